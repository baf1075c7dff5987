//! The words of the command line that point at things: a user, a group, an access.

use guichet::core::{Directory, GroupHandle, GroupId, PluginKey, UserHandle, UserId};
use guichet::licensing::PluginCatalogue;
use guichet::policy::{Access, AccessError};

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

/// Reads an ACCESS; its group may also be written by number, its plug-in however the catalogue knows it.
pub(crate) fn access(
    directory: &Directory,
    catalogue: &PluginCatalogue,
    words: &str,
) -> Result<Access> {
    let known = |word: &str| {
        catalogue
            .resolve(word)
            .ok()
            .map(|plugin| plugin.key.clone())
    };
    Access::from_words(directory, words, known).or_else(|error| match &error {
        AccessError::UnknownGroup { group: word, .. } => group(directory, word).map(Access::Group),
        AccessError::UnknownPlugin { plugin: word, .. } => {
            plugin(catalogue, word).map(Access::Plugin)
        }
        _ => Err(CliError::from_diagnostic(&error)),
    })
}
