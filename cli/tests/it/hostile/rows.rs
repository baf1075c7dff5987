//! Command lines with hostile names: one for each command, and those that have more to show.

use super::looks::Looked;
use crate::effects::{HAND_OVER, LINES};

/// Flags that choose a format of its own, and what that is.
type Formats = &'static [(&'static [&'static str], Looked)];

/// A command line.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Words with spaces between them; `{name}` is a hostile name.
    pub(super) line: String,
    pub(super) formats: Formats,
    /// It hands a directory over instead of telling about it.
    pub(super) hands_over: bool,
    /// It is run on damaged files too.
    pub(super) reads_damage: bool,
    /// How it ends: each of these for some name, and no other.
    pub(super) ends: &'static [u8],
}

/// Every command with hostile names in place of users, groups, plug-ins and new names, then what has
/// more to show.
pub(super) fn rows() -> Vec<Row> {
    let one_each = LINES.iter().map(|(line, _)| {
        let words = line.split(' ').map(|word| match word {
            "Mia" | "Shop" | "Start" => "new{name}",
            "write" => "{name}",
            number if number.starts_with('#') => "{name}",
            word => word,
        });
        let words: Vec<&str> = words.collect();
        Row {
            hands_over: HAND_OVER.contains(line),
            ..row(&words.join(" "), &[], false)
        }
    });
    let more = MORE.iter().map(|line| row(line, &[], false));
    let damaged = DAMAGED
        .iter()
        .map(|(line, formats)| row(line, formats, true));
    let formatted = FORMATTED
        .iter()
        .map(|(line, formats)| row(line, formats, false));
    one_each
        .chain(more)
        .chain(damaged)
        .chain(formatted)
        .collect()
}

fn row(line: &str, formats: Formats, reads_damage: bool) -> Row {
    let ends = ENDS.iter().find(|(_, lines)| lines.contains(&line));
    Row {
        line: line.to_owned(),
        formats,
        hands_over: false,
        reads_damage,
        ends: ends.map_or(&[0], |(ends, _)| ends),
    }
}

const MORE: &[&str] = &[
    "where --directory odd\u{1b}[31m\nFORGED\u{202e}.json",
    "show --directory odd\u{1b}[31m\nFORGED\u{202e}.broken",
    "users show x{name}",
    "users rename {name} other{name} --dry-run",
    "users startup-method {name} {name} --dry-run",
    "groups add Plain --dry-run",
    "groups rename {name} Plain",
    "groups empty {name} --dry-run",
    "members add {name} --user {name}",
    "members remove {name} --user {name} --dry-run",
    "tree {name}",
    "check {name} group:{name}",
    "check {name} plugin:{name}",
    "check {name} sql:{name}:write",
    "check --batch questions.tsv",
    "explain {name} plugin:{name}",
    "explain {name} group:{name}",
    "who-can group:{name}",
    "who-can {name}",
    "plugins set {name} {name} --dry-run",
    "access set sql:{name}:read --nobody --dry-run",
    "apply bad.json",
    "session close x{name}",
    "seats take {name} {name}",
    "seats plan --against theirs.json",
    "seats simulate Data/Guichet/seats.sqlite --seats write=1",
    "seats simulate usage.json",
    "merge base.json same.json theirs.json -o out.json",
    "merge base.json disputed.json odd\u{1b}[31m\nFORGED\u{202e}.broken",
    "scrub odd\u{1b}[31m\nFORGED\u{202e}.broken",
    "scrub -o out\u{9b}1m.json",
    "lint --fix --dry-run",
    "test bad.toml",
    "git install --program a{name} --dry-run",
    "git diff odd{name}",
    "git textconv odd\u{1b}[31m\nFORGED\u{202e}.broken",
    "schema",
    "schema {name}",
    "man {name}",
    // What the parser refuses is repeated by it.
    "users {name}",
    "users list {name}",
    "users list --{name}",
    "users list --mode {name}",
    "seats report --from {name}",
    "seats status --ledger {name}:x",
];

const MARKDOWN: Formats = &[(&["--format", "markdown"], Looked::Markdown)];
const FINDINGS: Formats = &[
    (&["--format", "sarif"], Looked::Sarif),
    (&["--format", "github"], Looked::Github),
];

/// These are run on damaged files too.
const DAMAGED: &[(&str, Formats)] = &[
    ("show", &[]),
    ("users add new{name} --group {name}", &[]),
    ("diff same.json theirs.json", MARKDOWN),
    ("normalise --dry-run", &[]),
    ("lint", FINDINGS),
    ("git diff odd{name} same.json 0 0 theirs.json 0 0", &[]),
    ("git textconv same.json", &[]),
];

const FORMATTED: &[(&str, Formats)] = &[
    (
        "tree",
        &[
            (&["--format", "dot"], Looked::Dot),
            (&["--format", "mermaid"], Looked::Mermaid),
            (&["--format", "svg"], Looked::Xml),
        ],
    ),
    ("seats report --to 2027-01-01", &[(&["--csv"], Looked::Csv)]),
    ("diff theirs.json same.json", MARKDOWN),
    (
        "lint --directory odd\u{1b}[31m\nFORGED\u{202e}.json",
        FINDINGS,
    ),
    (
        "test policy.toml policy.yaml --coverage",
        &[(&["--format", "junit"], Looked::Xml)],
    ),
    (
        "test policy.yaml --coverage",
        &[(&["--format", "junit"], Looked::Xml)],
    ),
    ("test --init users", &[(&[], Looked::Toml)]),
];

/// How the lines end that do not end with 0 for every name: no is 1, a refusal 2.
const ENDS: &[(&[u8], &[&str])] = &[
    (
        &[1],
        &[
            "diff base.json theirs.json",
            "normalise messy.json --check",
            "lint",
            "lint --fix --directory messy.json",
            "test policy.toml",
            "merge base.json same.json theirs.json -o out.json",
            "lint --fix --dry-run",
            "diff same.json theirs.json",
            "diff theirs.json same.json",
            "lint --directory odd\u{1b}[31m\nFORGED\u{202e}.json",
            "test policy.toml policy.yaml --coverage",
            "test policy.yaml --coverage",
        ],
    ),
    (
        &[2],
        &[
            "init --project new",
            "groups add new{name}",
            "groups rename {name} new{name}",
            "groups delete {name}",
            "members add {name} {name}",
            "members remove {name} {name}",
            "verify {name} --password-stdin",
            "session close a",
            "session heartbeat a",
            "seats take a {name}",
            "seats simulate trace.jsonl",
            "merge base.json Data/Settings/directory.json theirs.json -o Data/Settings/directory.json",
            "git uninstall --project installed",
            "show --directory odd\u{1b}[31m\nFORGED\u{202e}.broken",
            "users show x{name}",
            "apply bad.json",
            "session close x{name}",
            "merge base.json disputed.json odd\u{1b}[31m\nFORGED\u{202e}.broken",
            "scrub odd\u{1b}[31m\nFORGED\u{202e}.broken",
            "test bad.toml",
            "schema {name}",
            "man {name}",
            "users {name}",
            "users list {name}",
            "users list --{name}",
            "users list --mode {name}",
            "seats report --from {name}",
            "seats status --ledger {name}:x",
        ],
    ),
    (&[0, 1], &["seats explain {name} {name}"]),
    (
        &[0, 2],
        &[
            "users add new{name}",
            "users rename {name} new{name}",
            "users delete {name}",
            "apply changes.json",
            "undo",
            "users rename {name} other{name} --dry-run",
            "groups rename {name} Plain",
            "users add new{name} --group {name}",
        ],
    ),
    (&[0, 1, 2], &["seats take {name} {name}"]),
];
