//! The table of this crate's codes: what the reference of errors says of each.

use crate::diagnostic::Code;

/// Every code of this crate, of the domain; codes of the crates below it are in their tables.
pub const CODES: &[Code] = &[
    Code::error(
        "bad-password",
        "The password is wrong (−9978 in 4D).",
        "Type it again, or have the Designer set a new one.",
    ),
    Code::error(
        "bad-user-name",
        "The user does not exist, or another user has the name (−9979 in 4D).",
        "List the names: `guichet users list`.",
    ),
    Code::error(
        "built-in",
        "The Designer and the Administrator cannot be deleted.",
        "Rename the user or change the password instead.",
    ),
    Code::error(
        "costly-digest",
        "The stored password takes too long to check: its bcrypt cost is too high.",
        "Set the password again.",
    ),
    Code::error(
        "cycle",
        "The groups would contain each other.",
        "Remove one of these groups from its container first.",
    ),
    Code::error(
        "damaged-digest",
        "The stored password is damaged bcrypt.",
        "Set the password again.",
    ),
    Code::error(
        "group-deletion",
        "4D does not delete groups.",
        "Remove its members instead: it then gives nobody any access.",
    ),
    Code::error(
        "illegal-name",
        "A new name is empty, blank or `*`, or has a control character.",
        "Choose a name with at least one visible character, other than `*`.",
    ),
    Code::error(
        "legacy-digest",
        "The stored password was made by 4D before 19 R3 and cannot be checked.",
        "Set the password again.",
    ),
    Code::error(
        "merge-both-changed",
        "Both versions changed the same thing, or added the same user, to different values.",
        "The result has our value. Make their change if it is right.",
    ),
    Code::error(
        "merge-cycle",
        "The memberships of both versions together make groups contain each other.",
        "The result has our memberships. Decide which group contains which.",
    ),
    Code::error(
        "merge-removed-and-changed",
        "One version removed a user or group that the other changed.",
        "The result has our version. Keep what was removed, or drop the change to it.",
    ),
    Code::error(
        "merge-same-name",
        "The two versions gave one name to two different users or groups.",
        "The result has ours. Rename theirs and merge again.",
    ),
    Code::error(
        "name-taken",
        "Another user or group has this name already.",
        "Choose another name. Upper and lower case are the same.",
    ),
    Code::error(
        "name-too-long",
        "A new name has too many characters: 15 for groups, 80 for users.",
        "Choose a shorter name.",
    ),
    Code::error(
        "not-allowed",
        "This user may not make this change (−9991 in 4D).",
        "Make it as the Designer, the Administrator or the owner.",
    ),
    Code::error(
        "password-characters",
        "A new password has a character that `password_charset` does not allow.",
        "Choose letters and digits, or set the policy `password_charset` to `any`.",
    ),
    Code::error(
        "password-empty",
        "A new password is empty.",
        "To let the user in without a password, remove it: `--remove`.",
    ),
    Code::error(
        "password-hash",
        "The password could not be hashed.",
        "Report it: this is a fault of the program.",
    ),
    Code::error(
        "password-too-long",
        "A new password has more than 15 characters.",
        "Choose a shorter password.",
    ),
    Code::error(
        "plugin-digits",
        "The text is not four digits.",
        "Write the four digits of the licence, such as `0019` for 4D Write.",
    ),
    Code::error(
        "stale-reversal",
        "The directory changed after this edit, so it cannot be undone alone.",
        "Undo the later edits first.",
    ),
    Code::error(
        "too-many-groups",
        "The directory is full: 4D allows no more groups.",
        "Rename a group that you no longer need, and use it again.",
    ),
    Code::error(
        "too-many-users",
        "The directory is full: 4D allows no more users.",
        "Delete users that you no longer need.",
    ),
    Code::error(
        "unknown-digest",
        "The stored password has an unknown format and cannot be checked.",
        "Set the password again.",
    ),
    Code::error(
        "unknown-group",
        "No group has this name or number.",
        "List the groups: `guichet groups list`.",
    ),
    Code::error(
        "unknown-plugin",
        "No plug-in has this key, number, constant or name.",
        "Declare a third-party plug-in in `guichet.toml`, below `[plugins]`.",
    ),
    Code::error(
        "unknown-schema",
        "The directory has no such SQL schema.",
        "Create the schema in 4D first, with `CREATE SCHEMA`.",
    ),
    Code::error(
        "unknown-user",
        "No user has this name or number.",
        "List the users: `guichet users list`.",
    ),
];

/// Returns what the table advises for a code.
pub(crate) fn advice(code: &str) -> Option<String> {
    let row = CODES.iter().find(|row| row.code == code);
    row.map(|row| row.advice.to_owned())
}
