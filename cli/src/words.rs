//! The words of the command line that point at things: a user, a group, an access.

use guichet_core::{
    Directory, GroupHandle, GroupId, PluginKey, SchemaName, SqlRight, UserHandle, UserId,
};
use guichet_licensing::PluginCatalogue;
use guichet_policy::{Access, AccessError};

use crate::error::{CliError, Result};
use crate::suggest::nearest;

/// Finds a user by name, or by number written `#3`.
///
/// A name wins over a number, in case somebody is called `#3`.
pub(crate) fn user(directory: &Directory, word: &str) -> Result<UserHandle> {
    let by_number = || {
        let number = word.strip_prefix('#')?.parse().ok()?;
        directory.user_by_id(UserId::new(number).ok()?)
    };
    directory.find_user(word).or_else(by_number).ok_or_else(|| {
        let error = CliError::new("unknown-user", format!("there is no user `{word}`"));
        let names = directory.users().map(|(_, user)| user.name().as_str());
        error.help(nearest(word, names).unwrap_or_else(|| {
            "`guichet users list` shows the users, and `#3` means the user with number 3."
                .to_owned()
        }))
    })
}

/// Finds a group by name, or by number written `#15001`.
pub(crate) fn group(directory: &Directory, word: &str) -> Result<GroupHandle> {
    let by_number = || {
        let number = word.strip_prefix('#')?.parse().ok()?;
        directory.group_by_id(GroupId::new(number).ok()?)
    };
    directory
        .find_group(word)
        .or_else(by_number)
        .ok_or_else(|| {
            let error = CliError::new("unknown-group", format!("there is no group `{word}`"));
            let names = directory.groups().map(|(_, group)| group.name().as_str());
            error.help(nearest(word, names).unwrap_or_else(|| {
                "`guichet groups list` shows the groups, and `#15001` means the first one."
                    .to_owned()
            }))
        })
}

/// Finds a plug-in by key, number, constant name, or the name that `guichet.toml` gives it.
pub(crate) fn plugin(catalogue: &PluginCatalogue, word: &str) -> Result<PluginKey> {
    catalogue.resolve(word).map(|plugin| plugin.key.clone()).map_err(|_| {
        let error = CliError::new("unknown-plugin", format!("there is no plug-in `{word}`"));
        let keys = catalogue.plugins().iter().map(|plugin| plugin.key.as_str());
        error.help(nearest(word, keys).unwrap_or_else(|| {
            "`guichet plugins list` shows the plug-ins; a third party's is declared in guichet.toml."
                .to_owned()
        }))
    })
}

const ACCESS_WORDS: [&str; 8] = [
    "design",
    "runtime-explorer",
    "http",
    "rest",
    "sql",
    "plugin:",
    "group:",
    "administration",
];

/// Reads an ACCESS.
pub(crate) fn access(
    directory: &Directory,
    catalogue: &PluginCatalogue,
    word: &str,
) -> Result<Access> {
    let (kind, rest) = word
        .split_once(':')
        .map_or((word, None), |(kind, rest)| (kind, Some(rest)));
    match (kind, rest) {
        ("design", None) => Ok(Access::Design),
        ("runtime-explorer", None) => Ok(Access::RuntimeExplorer),
        ("http", None) => Ok(Access::Http),
        ("rest", None) => Ok(Access::Rest),
        ("administration", None) => Ok(Access::Administration),
        ("sql", rest) => sql(directory, word, rest.unwrap_or_default()),
        ("plugin", Some(rest)) => plugin(catalogue, rest).map(Access::Plugin),
        ("group", Some(rest)) => group(directory, rest).map(Access::Group),
        _ => Err(unknown_access(word)),
    }
}

fn unknown_access(word: &str) -> CliError {
    let error = CliError::new("unknown-access", format!("`{word}` is not an access"));
    let list = "An access is `design`, `runtime-explorer`, `http`, `rest`, \
                `sql[:SCHEMA[:read|write|all]]`, `plugin:KEY`, `group:NAME` or `administration`.";
    match nearest(word, ACCESS_WORDS) {
        Some(near) => error.help(format!("{near} {list}")),
        None => error.help(list),
    }
}

/// Reads what follows `sql:`, which is `SCHEMA`, `SCHEMA:RIGHT` or nothing.
fn sql(directory: &Directory, word: &str, rest: &str) -> Result<Access> {
    let (schema, right) = rest.rsplit_once(':').unwrap_or((rest, "read"));
    let Some(right) = SqlRight::EVERY
        .into_iter()
        .find(|known| known.as_str() == right)
    else {
        return Err(unknown_access(word));
    };
    let default = SchemaName::default_schema();
    let asked = if schema.is_empty() {
        default.as_str()
    } else {
        schema
    };
    Access::sql(directory, asked, right).map_err(|error| {
        let AccessError::UnknownSchema { known, .. } = &error else {
            return CliError::from_error(&error);
        };
        let near = nearest(asked, known.iter().map(SchemaName::as_str));
        let told = CliError::from_error(&error);
        match near {
            Some(near) => told.help(near),
            None => told,
        }
    })
}
