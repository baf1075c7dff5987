//! The table of this crate's codes: what the reference of errors says of each.

use guichet_core::Code;

/// Every code of this crate, of decisions, tests and lint; codes of the crates below it are in their tables.
pub const CODES: &[Code] = &[
    Code::error(
        "suite-format",
        "A file of tests is not TOML or YAML, or has an unknown key.",
        "A suite has the tables `check`, `who_can`, `what_can` and `seats`.",
    ),
    Code::error(
        "unknown-access",
        "The word is not an access.",
        "Write `design`, `runtime-explorer`, `http`, `rest`, `sql`, `plugin:KEY`, `group:NAME` or `administration`.",
    ),
    Code::error(
        "unknown-rule",
        "There is no lint rule of this name.",
        "[Lint](lints.md) lists the rules.",
    ),
];
