//! The table of this crate's codes: what the reference of errors says of each.

use guichet_core::Code;

/// Every code of this crate, of plug-ins, sessions and seats; codes of the crates below it are in their tables.
pub const CODES: &[Code] = &[
    Code::error(
        "duplicate-plugin-key",
        "Two plug-ins have keys that differ only in case.",
        "Keep one table `[plugins.KEY]`.",
    ),
    Code::error(
        "duplicate-plugin-name",
        "Two plug-ins have the same name.",
        "Give one of them another name in `guichet.toml`.",
    ),
    Code::error(
        "duplicate-plugin-number",
        "Two plug-ins have the same number.",
        "Give the plug-in the number that its vendor documents.",
    ),
    Code::error(
        "future-moment",
        "The moment is more than a minute after the clock of this machine.",
        "Remove `--at` to record it now, or correct the clock.",
    ),
    Code::error(
        "illegal-entitlement",
        "The text is not a number of owned seats.",
        "Write `none`, `5`, `unlimited` or `5 + 10 until 2027-01-31`.",
    ),
    Code::error(
        "illegal-field",
        "A field does not hold what 4D documents, or the file is the result of the other command.",
        "Import the result of `License info` or `License usage`.",
    ),
    Code::error(
        "illegal-moment",
        "The text is not a date and time.",
        "Write ISO 8601 with a zone, such as `2026-11-21T14:05:00Z`.",
    ),
    Code::error(
        "illegal-session-id",
        "The text cannot be the id of a session.",
        "Choose 1 to 120 characters without control characters.",
    ),
    Code::error(
        "illegal-share",
        "The text is not a share.",
        "Write 0% to 100% with at most four decimals, such as `2.5%`.",
    ),
    Code::error(
        "illegal-trace",
        "A step of the trace cannot follow the steps before it.",
        "Start the trace before its sessions, and open each session before it asks.",
    ),
    Code::error(
        "ledger-busy",
        "Another process keeps the ledger locked.",
        "Try again later.",
    ),
    Code::error(
        "ledger-damaged",
        "The ledger contradicts itself. Nothing was changed.",
        "Restore it from a backup, or move it aside and start a new one.",
    ),
    Code::error(
        "ledger-folder",
        "The folder for a new ledger cannot be created.",
        "Check that the data folder exists and can be written.",
    ),
    Code::error(
        "ledger-missing",
        "The ledger does not exist.",
        "The first `guichet session open` creates it.",
    ),
    Code::error(
        "ledger-read-only",
        "The ledger cannot be written.",
        "Change its permissions, or run as a user who may write it.",
    ),
    Code::error(
        "ledger-too-new",
        "A later version of Guichet wrote the ledger.",
        "Update Guichet.",
    ),
    Code::error(
        "ledger-unusable",
        "SQLite reports another error.",
        "Check that the file can be read and written, and that the disk is not full.",
    ),
    Code::error(
        "no-local-licence",
        "The result is `null`: a remote 4D has no licence of its own.",
        "Run the command on 4D Server or on a 4D with its own licence.",
    ),
    Code::error(
        "not-a-ledger",
        "The file is not a ledger of seats.",
        "Name another file.",
    ),
    Code::error(
        "not-json",
        "The file is not JSON.",
        "Write the result of the command with `JSON Stringify`.",
    ),
    Code::error(
        "past-moment",
        "The moment is before the latest event of the ledger.",
        "Remove `--at` to record it now, or name a later moment.",
    ),
    Code::error(
        "seat-overflow",
        "The number of seats is too large.",
        "Write 32767 for an unlimited number.",
    ),
    Code::error(
        "session-already-open",
        "A session with this id is open.",
        "Choose another id, or leave it out to get a new one.",
    ),
    Code::error(
        "unknown-process",
        "The process is not visible here.",
        "Name a process that runs on this machine.",
    ),
    Code::error(
        "unknown-session",
        "No open session has this id.",
        "List the open sessions: `guichet session list`.",
    ),
];
