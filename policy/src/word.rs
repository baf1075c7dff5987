//! An access as people write it: the same words that [`Access::describe`] writes.

use guichet_core::suggest::{nearest, nearest_of};
use guichet_core::{Directory, PluginKey, SchemaName, SqlRight};

use crate::access::Access;
use crate::error::AccessError;
use crate::plugins::Plugins;

impl Access {
    /// The words that an access begins with.
    pub const KEYWORDS: [&str; 8] = [
        "design",
        "runtime-explorer",
        "http",
        "rest",
        "sql",
        "plugin:",
        "group:",
        "administration",
    ];

    /// What an access is, in one sentence: advice for whoever wrote something else.
    pub const SYNTAX: &str = "An access is `design`, `runtime-explorer`, `http`, `rest`, \
                              `sql[:SCHEMA[:read|write|all]]`, `plugin:KEY`, `group:NAME` or \
                              `administration`.";

    /// Reads an access from the words of the command line and of policy tests.
    ///
    /// `design`, `runtime-explorer`, `http`, `rest`, `sql[:SCHEMA[:read|write|all]]` (without them
    /// reading `DEFAULT_SCHEMA`), `plugin:PLUGIN`, `group:NAME` or `administration`. Groups and
    /// schemas are found in the directory (decision D7), the plug-in by `plugin`, because who knows
    /// their numbers and names is somebody else.
    ///
    /// ```
    /// use guichet_core::{DirectoryBuilder, PluginKey};
    /// use guichet_policy::{Access, AccessError};
    ///
    /// let directory = DirectoryBuilder::new().finish();
    /// let write = |word: &str| (word == "write").then(|| PluginKey::from_stored(word));
    /// let access = Access::from_words(&directory, "sql", write)?;
    /// assert_eq!(access.describe(&directory).to_string(), "sql:DEFAULT_SCHEMA:read");
    /// let access = Access::from_words(&directory, "plugin:write", write)?;
    /// assert_eq!(access, Access::Plugin(PluginKey::from_stored("write")));
    /// # Ok::<(), AccessError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - [`AccessError::NotAnAccess`]: no access is written so;
    /// - [`AccessError::UnknownSchema`], [`AccessError::UnknownGroup`],
    ///   [`AccessError::UnknownPlugin`]: what is named does not exist.
    pub fn from_words(
        directory: &Directory,
        words: &str,
        plugin: impl FnOnce(&str) -> Option<PluginKey>,
    ) -> Result<Self, AccessError> {
        let (kind, rest) = match words.split_once(':') {
            Some((kind, rest)) => (kind, Some(rest)),
            None => (words, None),
        };
        match (kind, rest) {
            ("design", None) => Ok(Self::Design),
            ("runtime-explorer", None) => Ok(Self::RuntimeExplorer),
            ("http", None) => Ok(Self::Http),
            ("rest", None) => Ok(Self::Rest),
            ("administration", None) => Ok(Self::Administration),
            ("sql", rest) => sql(directory, words, rest.unwrap_or_default()),
            ("plugin", Some(word)) => {
                let found = plugin(word).map(Self::Plugin);
                found.ok_or_else(|| {
                    AccessError::unknown_plugin(word, Plugins::of(directory).in_order())
                })
            }
            ("group", Some(name)) => group(directory, name),
            _ => Err(not_an_access(words)),
        }
    }
}

/// Reads what follows `sql:`, which is `SCHEMA`, `SCHEMA:RIGHT` or nothing.
fn sql(directory: &Directory, words: &str, rest: &str) -> Result<Access, AccessError> {
    let (schema, right) = rest.rsplit_once(':').unwrap_or((rest, "read"));
    let right = SqlRight::ALL
        .into_iter()
        .find(|known| known.as_str() == right)
        .ok_or_else(|| not_an_access(words))?;
    let default = SchemaName::default_schema();
    let schema = if schema.is_empty() {
        default.as_str()
    } else {
        schema
    };
    Access::sql(directory, schema, right)
}

fn group(directory: &Directory, name: &str) -> Result<Access, AccessError> {
    let found = directory.find_group(name).map(Access::Group);
    found.ok_or_else(|| {
        let names = directory.groups().map(|(_, group)| group.name());
        AccessError::UnknownGroup {
            group: name.to_owned(),
            suggestion: nearest_of(name, names.map(|name| (name.as_str(), name)))
                .first()
                .map(|name| (*name).clone()),
        }
    })
}

fn not_an_access(words: &str) -> AccessError {
    AccessError::NotAnAccess {
        words: words.to_owned(),
        suggestion: nearest(words, Access::KEYWORDS).first().copied(),
    }
}
