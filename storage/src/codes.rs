//! The table of this crate's codes: what the reference of errors says of each.

use guichet_core::Severity::{Error, Info, Warning};
use guichet_core::{Code, Severity};

/// Every code of this crate, of files; codes of the crates below it are in their tables.
pub const CODES: &[Code] = &[
    Code::finding(
        "duplicate-key",
        &[Error],
        "A key is in one object twice. The last one counts.",
        "Keep one of them.",
    ),
    Code::finding(
        "duplicate-member",
        &[Warning],
        "A group lists the same member twice.",
        "Remove one of them.",
    ),
    Code::finding(
        "empty-collection",
        &[Info],
        "`[]` or `{}` is written where 4D leaves the key out.",
        "",
    ),
    Code::finding(
        "empty-user-name",
        &[Warning],
        "A user has an empty name, so nothing can refer to it.",
        "Give the user a name.",
    ),
    Code::finding(
        "granted-twice",
        &[Warning],
        "A plug-in has a group in both files. `directory.json` counts.",
        "Remove `group` from `guichet.toml`.",
    ),
    Code::finding(
        "long-group-name",
        &[Info],
        "A group name is longer than 4D allows for new ones.",
        "",
    ),
    Code::finding(
        "missing-alias",
        &[Info],
        "`designer` or `administrator` has no alias, so the key is the name.",
        "",
    ),
    Code::finding(
        "missing-built-in",
        &[Warning, Error],
        "`designer` (error) or `administrator` (warning) is missing. Without the Designer's password nothing is checked.",
        "Restore the file from a backup.",
    ),
    Code::finding(
        "missing-grantee",
        &[Error],
        "An access is given to a group that does not exist, so nobody has it.",
        "Give it to a group that exists, to everyone or to nobody.",
    ),
    Code::finding(
        "missing-nested-group",
        &[Warning],
        "A group lists a group that does not exist.",
        "Remove it from the list, or correct the name.",
    ),
    Code::finding(
        "missing-setting-user",
        &[Error],
        "A setting names a user who does not exist, so it means nobody.",
        "Name a user who exists, or write `\"\"` for nobody.",
    ),
    Code::finding(
        "missing-user",
        &[Warning],
        "A group lists a user who does not exist.",
        "Remove the name from the list, or correct it.",
    ),
    Code::finding(
        "name-by-case",
        &[Warning],
        "A name is found, but is written in another case or Unicode form where it is defined.",
        "Write it as it is defined.",
    ),
    Code::finding(
        "plugin-by-case",
        &[Warning],
        "A plug-in key resembles one of 4D's and is taken for another plug-in.",
        "Write the key as 4D does.",
    ),
    Code::finding(
        "settings-leftover",
        &[Warning],
        "A number in the project settings contradicts the directory, which counts.",
        "Remove the attribute: 4D reads `directory.json`.",
    ),
    Code::finding(
        "shadowed-file-differs",
        &[Warning],
        "Two `directory.json` differ. The one in the data folder counts.",
        "Merge what you need into the data folder's file, then delete this one.",
    ),
    Code::finding(
        "stray-alias",
        &[Warning],
        "An ordinary user has an alias. It has no effect.",
        "",
    ),
    Code::finding(
        "too-many",
        &[Warning],
        "The file has more users or groups than 4D can create.",
        "",
    ),
    Code::finding(
        "twin-group",
        &[Warning],
        "Two groups have the same name.",
        "Rename one of them.",
    ),
    Code::finding(
        "twin-schema",
        &[Error],
        "An SQL schema is in the file twice, in two spellings. Of each right the narrower one counts.",
        "Put the rights of both into one entry, and remove the other.",
    ),
    Code::finding(
        "twin-user",
        &[Warning],
        "Two users have the same name.",
        "Rename one of them.",
    ),
    Code::finding(
        "ungrantable-group",
        &[Warning],
        "A group is called `*` or has no name, so it cannot be given access.",
        "Rename the group.",
    ),
    Code::finding(
        "unknown-key",
        &[Info, Warning],
        "A key is not known. It is kept and has no effect. A warning if it resembles a known key.",
        "Correct the key if it is a mistake.",
    ),
    Code::finding(
        "unknown-password",
        &[Warning],
        "A stored password has an unknown format, so it cannot be checked.",
        "Set the password again.",
    ),
    Code::finding(
        "unresolved-conflict",
        &[Error],
        "Both sides of a merge changed the same thing. The merge kept our side, and nobody has decided yet.",
        "List the conflicts: `guichet resolve --list`. Correct the file where the other side is right, then run `guichet resolve --ours NUMBER`.",
    ),
    Code::error(
        "ambiguous-name",
        "Several users or groups have exactly this name. An edit would mean the first one.",
        "Rename one of them first.",
    ),
    Code::error(
        "built-in-plugin",
        "`guichet.toml` changes what is fixed for one of 4D's own plug-ins.",
        "Remove `number` and `name`. `seats` may stay.",
    ),
    Code::error(
        "conflict",
        "The file changed during the edit.",
        "Check the file, then repeat the edit.",
    ),
    Code::error(
        "disk-full",
        "The disk is full.",
        "Free some disk space and try again.",
    ),
    Code::error(
        "empty-side",
        "One of the files to merge is empty.",
        "Check the file. An empty version would delete every user and group.",
    ),
    Code::error(
        "empty-user-name",
        "A setting cannot name a user without a name.",
        "Rename the user first.",
    ),
    Code::error(
        "file-exists",
        "`directory.json` already exists.",
        "Edit it instead.",
    ),
    Code::error(
        "file-not-found",
        "A file does not exist.",
        "Check the path.",
    ),
    Code::error(
        "file-not-readable",
        "You may not read this file.",
        "Give this account read permission, or use another account.",
    ),
    Code::error(
        "file-not-writable",
        "You may not write this file or in its folder.",
        "Give this account write permission for the folder, or use another account.",
    ),
    Code::error(
        "file-too-large",
        "A file or standard input is longer than any directory.",
        "Check the file.",
    ),
    Code::error(
        "input-output",
        "The system reports another error.",
        "Read the message of the system.",
    ),
    Code::error(
        "internal",
        "The program has a fault. Nothing was written.",
        "Report it with the message.",
    ),
    Code::error(
        "json-syntax",
        "`directory.json` is not JSON.",
        "Correct the text at the place that is shown, or restore the file from a backup.",
    ),
    Code::error(
        "json-too-deep",
        "The file nests more brackets than any directory.",
        "Check that it is a `directory.json`.",
    ),
    Code::error(
        "json-too-large",
        "The file is too long or has too many values.",
        "Check that it is a `directory.json`.",
    ),
    Code::error(
        "lock-unsupported",
        "The file system does not support locks.",
        "Copy the project to a file system with locks, and work there.",
    ),
    Code::error(
        "locked",
        "Somebody else is editing. The message says who.",
        "Wait and try again. The lock ends with the process that holds it.",
    ),
    Code::error(
        "no-data-folder",
        "The data folder does not exist.",
        "Name the folder that contains the data file, with `--data`.",
    ),
    Code::error(
        "no-project",
        "There is no 4D project here or in a folder above.",
        "Name the project: `--project FOLDER`.",
    ),
    Code::error(
        "not-a-file",
        "A folder, a pipe or a broken link is in the place of a file.",
        "Put the file back. The other `directory.json` is not used, because it may give other access.",
    ),
    Code::error(
        "not-a-project",
        "The folder is not a 4D project.",
        "Name the folder that contains `Project/`.",
    ),
    Code::error(
        "not-a-revision",
        "The text is not a revision.",
        "Write 32 hexadecimal digits, or `absent`.",
    ),
    Code::error(
        "not-utf8",
        "The text is not UTF-8.",
        "Save the file as UTF-8, or restore it from a backup.",
    ),
    Code::error(
        "nothing-to-undo",
        "There is no edit to undo, or the file changed after it.",
        "Only edits by Guichet can be undone, and only until somebody else changes the file.",
    ),
    Code::error(
        "plugin-number-taken",
        "Two plug-ins have the same number in `guichet.toml`.",
        "Give each plug-in a number of its own.",
    ),
    Code::error(
        "read-only",
        "The file is read-only.",
        "Name the project and its data folder, so that the edit can go there, or make the file writable.",
    ),
    Code::error(
        "reserved-name",
        "The name is the key of a built-in user.",
        "Choose another name.",
    ),
    Code::error(
        "toml-syntax",
        "`guichet.toml` is not TOML.",
        "Correct the text at the place that is shown.",
    ),
    Code::error(
        "undoes-creation",
        "The edit to undo created `directory.json`; without it, everybody has every access.",
        "To remove the file all the same, run `guichet undo --init`.",
    ),
    Code::error(
        "ungrantable-group",
        "Access cannot be given to a group called `*` or without a name.",
        "Rename the group first.",
    ),
    Code::error(
        "unknown-option",
        "`guichet.toml` has an unknown key.",
        "Correct the key.",
    ),
    Code::error(
        "watch-failed",
        "The system cannot watch this folder.",
        "Raise the system's limit of watched folders.",
    ),
    Code::error(
        "wrong-kind",
        "The file is JSON but not a directory of users and groups.",
        "Correct the value at the place that is shown.",
    ),
    Code::error(
        "wrong-option",
        "A key of `guichet.toml` has a value that it cannot have.",
        "Write one of the values that the message lists.",
    ),
];

/// Returns how serious a problem with a code can be, the least serious first.
pub(crate) fn severities(code: &str) -> &'static [Severity] {
    let mut problems = CODES.iter().filter(|row| !row.severities.is_empty());
    let row = problems.find(|row| row.code == code);
    row.map_or(&[], |row| row.severities)
}

/// Returns what to do about a problem; `None` if nothing needs to be done.
pub(crate) fn advice_on_problem(code: &str) -> Option<String> {
    advice(|row| row.code == code && !row.severities.is_empty())
}

/// Returns what to do about an error.
pub(crate) fn advice_on_error(code: &str) -> Option<String> {
    advice(|row| row.code == code && row.severities.is_empty())
}

fn advice(wanted: impl Fn(&Code) -> bool) -> Option<String> {
    let row = CODES.iter().find(|row| wanted(row))?;
    Some(row.advice.to_owned()).filter(|advice| !advice.is_empty())
}
