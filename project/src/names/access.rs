//! An access as people type it, in any case, by its keyword or by the name of a plug-in.

use std::borrow::Cow;

use guichet_policy::{Access, AccessError};

use super::{NameKind, Names, WordError};

impl Names<'_> {
    /// Reads an access.
    ///
    /// `design`, `runtime-explorer`, `http`, `rest`, `sql[:SCHEMA[:read|write|all]]`,
    /// `plugin:WRITE`, `group:NAME` or `administration`; the keywords in any case. A plug-in may be
    /// named without `plugin:`, so that `4D Write` and `808464697` are accesses too.
    ///
    /// # Errors
    ///
    /// [`WordError::Unknown`] with the kind of what is not known: an access, a plug-in, a group or a
    /// schema.
    pub fn access(&self, words: &str) -> Result<Access, WordError> {
        let plugin = |word: &str| self.find_plugin(word);
        match Access::from_words(self.directory, &in_lower_case(words), plugin) {
            Ok(access) => Ok(access),
            Err(AccessError::UnknownGroup { group, .. }) => self.group(&group).map(Access::Group),
            Err(AccessError::UnknownPlugin { plugin, .. }) => {
                self.plugin(&plugin).map(Access::Plugin)
            }
            Err(AccessError::UnknownSchema { schema, .. }) => {
                Err(self.unknown(NameKind::Schema, schema.as_str()))
            }
            Err(_) => match self.find_plugin(words) {
                Some(plugin) => Ok(Access::Plugin(plugin)),
                None => Err(self.unknown(NameKind::Access, words)),
            },
        }
    }
}

/// Returns the words of an access with its keywords in lower case; names stay as they are.
fn in_lower_case(words: &str) -> Cow<'_, str> {
    let (keyword, rest) = match words.split_once(':') {
        Some((keyword, rest)) => (keyword, Some(rest)),
        None => (words, None),
    };
    let keyword = keyword.trim().to_lowercase().replace(' ', "-");
    match (keyword.as_str(), rest) {
        (_, None) => Cow::Owned(keyword),
        ("sql", Some(rest)) => Cow::Owned(match rest.rsplit_once(':') {
            Some((schema, right)) => format!("sql:{schema}:{}", right.to_lowercase()),
            None => format!("sql:{rest}"),
        }),
        (_, Some(rest)) => Cow::Owned(format!("{keyword}:{rest}")),
    }
}
