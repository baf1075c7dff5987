//! The keys of `directory.json`, each list in the order in which 4D writes it.

use guichet_core::{BuiltInPlugin, SqlRight, UserKind};

/// The keys of the document.
pub(crate) const ROOT: [&str; 5] = [
    "users",
    "groups",
    "sqlSchemaGranters",
    "remoteGranters",
    "settings",
];

/// The key that a merge adds to a document for what it could not decide.
pub(crate) const CONFLICTS: &str = "guichetConflicts";

/// The keys of a document, with the one that a merge adds.
pub(crate) const DOCUMENT: [&str; 6] = {
    let [users, groups, schemas, plugins, settings] = ROOT;
    [users, groups, schemas, plugins, settings, CONFLICTS]
};

/// The keys of a user.
pub(crate) const USER: [&str; 3] = ["startupMethod", "password", "alias"];

/// The keys of a group.
pub(crate) const GROUP: [&str; 2] = ["users", "groups"];

/// The keys of a schema, in the order of [`SqlRight::ALL`] too.
pub(crate) const SCHEMA: [&str; 3] = [
    SqlRight::Read.key(),
    SqlRight::Write.key(),
    SqlRight::All.key(),
];

/// 4D's own plug-in keys, in the order of [`BuiltInPlugin::ALL`] too.
pub(crate) const PLUGINS: [&str; 6] = [
    BuiltInPlugin::Web.key(),
    BuiltInPlugin::Soap.key(),
    BuiltInPlugin::Oci.key(),
    BuiltInPlugin::Write.key(),
    BuiltInPlugin::View.key(),
    BuiltInPlugin::OdbcPro.key(),
];

/// The keys of `settings`.
pub(crate) const SETTINGS: [&str; 6] = [
    "localGenericWebUser",
    "designAccessGroup",
    "localMobileAccessGroupRW",
    "remoteMobileAccessGroupRW",
    "remoteGenericWebUser",
    "remoteDefaultUser",
];

/// A built-in user: its key, and its name where the file has no entry for it.
#[derive(Debug)]
pub(crate) struct BuiltIn {
    pub(crate) key: &'static str,
    pub(crate) name: &'static str,
    pub(crate) kind: UserKind,
}

/// The two built-in users, in the order of their numbers.
pub(crate) const BUILT_INS: [BuiltIn; 2] = [
    BuiltIn {
        key: "designer",
        name: "Designer",
        kind: UserKind::Designer,
    },
    BuiltIn {
        key: "administrator",
        name: "Administrator",
        kind: UserKind::Administrator,
    },
];

/// Returns whether a key of `users` is that of a built-in user.
pub(crate) fn is_built_in(key: &str) -> bool {
    BUILT_INS.iter().any(|built_in| built_in.key == key)
}

/// Returns whether two keys are the same except for the case of their first, ASCII, letter.
///
/// `settings` is written with capital letters in some files of 2020.
pub(crate) fn same_but_first_letter(known: &str, name: &str) -> bool {
    match (known.split_at_checked(1), name.split_at_checked(1)) {
        (Some((first, rest)), Some((other, behind))) => {
            rest == behind && first.eq_ignore_ascii_case(other)
        }
        _ => false,
    }
}
