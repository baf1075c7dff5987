//! The table of this crate's codes: what the reference of errors says of each.

use guichet::core::Code;

/// Every code of this crate, of the command line; codes of the crates below it are in their tables.
pub const CODES: &[Code] = &[
    Code::error(
        "batch-line",
        "A line of `--batch` is not a question.",
        "Write a user, a tab and an access.",
    ),
    Code::error(
        "current-folder",
        "The current folder no longer exists.",
        "Name the project with `--project`, or change to another folder.",
    ),
    Code::error(
        "git-failed",
        "Git reports an error.",
        "Read the message of git.",
    ),
    Code::error("no-git", "Git cannot be started.", "Install git."),
    Code::error(
        "no-terminal",
        "There is no terminal to ask for the password.",
        "Give it on standard input: `--password-stdin`.",
    ),
    Code::error(
        "not-a-repository",
        "The folder is not in a git repository.",
        "Change to the repository, or run `git init`.",
    ),
    Code::error(
        "not-confirmed",
        "An edit takes access from many users, and the question about it was not answered by yes.",
        "Answer `y`, or give `--yes`.",
    ),
    Code::error(
        "passwords-differ",
        "The two passwords are not the same.",
        "Try again.",
    ),
    Code::error(
        "unknown-command",
        "There is no manual page for this command.",
        "List the commands: `guichet help`.",
    ),
    Code::error(
        "unknown-output",
        "There is no schema of this name.",
        "List the schemas: `guichet schema`.",
    ),
    Code::error(
        "usage",
        "The command line is not valid.",
        "Read the help: `guichet help COMMAND`.",
    ),
];
