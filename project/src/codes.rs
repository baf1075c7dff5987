//! The table of this crate's codes: what the reference of errors says of each.

use guichet_core::Code;

/// Every code of this crate, of a project that is opened; codes of the crates below it are in their tables.
pub const CODES: &[Code] = &[
    Code::error(
        "ambiguous-member",
        "A user and a group have this name.",
        "Say which one: `--user NAME` or `--group NAME`.",
    ),
    Code::error(
        "bad-change",
        "An entry of a list of changes is not a change.",
        "[Lists of changes](cli.md#lists-of-changes) shows each kind.",
    ),
    Code::error(
        "illegal-period",
        "The end of a report is before its start.",
        "`--from` must be the earlier one; without `--to` the report ends now.",
    ),
    Code::error(
        "no-thread",
        "The system has no thread left for watching.",
        "Close other programs, or raise the limit.",
    ),
    Code::error(
        "rehearsal",
        "A rehearsal writes to memory only, so it records no sessions and no seats.",
        "Use the project itself.",
    ),
    Code::error(
        "not-grantable",
        "This access cannot be given to a group.",
        "[Access](cli.md) lists what can be given.",
    ),
    Code::error(
        "unknown-conflict",
        "The file has no conflict of this number.",
        "List the conflicts: `guichet resolve --list`.",
    ),
    Code::error(
        "unknown-member",
        "Neither a user nor a group has this name or number.",
        "List them: `guichet show`.",
    ),
    Code::error(
        "unknown-name",
        "Nothing has this name.",
        "List the names: `guichet show`.",
    ),
];
