//! At least one command line for each command; `{name}` is a hostile name.

use super::looks::Looked;

/// A command line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) command: &'static str,
    /// Words with spaces between them.
    pub(super) line: &'static str,
    /// Flags that choose a format of its own, and what that is.
    pub(super) formats: &'static [(&'static [&'static str], Looked)],
    /// It hands a directory over instead of telling about it.
    pub(super) hands_over: bool,
    /// It is run on damaged files too.
    pub(super) reads_damage: bool,
}

const fn row(command: &'static str, line: &'static str) -> Row {
    Row {
        command,
        line,
        formats: &[],
        hands_over: false,
        reads_damage: false,
    }
}

const fn with(row: Row, formats: &'static [(&'static [&'static str], Looked)]) -> Row {
    Row { formats, ..row }
}

const fn document(row: Row) -> Row {
    Row {
        hands_over: true,
        ..row
    }
}

const fn damaged(row: Row) -> Row {
    Row {
        reads_damage: true,
        ..row
    }
}

pub(super) const ROWS: &[Row] = &[
    row("where", "where"),
    row(
        "where",
        "where --directory odd\u{1b}[31m\nFORGED\u{202e}.json",
    ),
    damaged(row("show", "show")),
    row(
        "show",
        "show --directory odd\u{1b}[31m\nFORGED\u{202e}.broken",
    ),
    row("init", "init --dry-run"),
    row("users list", "users list"),
    row("users show", "users show {name}"),
    row("users show", "users show x{name}"),
    damaged(row("users add", "users add new{name} --group {name}")),
    row("users duplicate", "users duplicate {name} --dry-run"),
    row("users rename", "users rename {name} other{name}"),
    row("users delete", "users delete {name} --dry-run"),
    row("users passwd", "users passwd {name} --remove --dry-run"),
    row(
        "users startup-method",
        "users startup-method {name} {name} --dry-run",
    ),
    row("groups list", "groups list"),
    row("groups show", "groups show {name}"),
    row("groups add", "groups add Plain --dry-run"),
    row("groups duplicate", "groups duplicate {name}"),
    row("groups rename", "groups rename {name} Plain"),
    row("groups empty", "groups empty {name} --dry-run"),
    row("groups delete", "groups delete {name}"),
    row("members add", "members add {name} {name} --dry-run"),
    row("members add", "members add {name} --user {name}"),
    row(
        "members remove",
        "members remove {name} --user {name} --dry-run",
    ),
    row("effective", "effective"),
    with(
        row("tree", "tree"),
        &[
            (&["--format", "dot"], Looked::Dot),
            (&["--format", "mermaid"], Looked::Mermaid),
            (&["--format", "svg"], Looked::Xml),
        ],
    ),
    row("tree", "tree {name}"),
    row("check", "check {name} group:{name}"),
    row("check", "check {name} plugin:{name}"),
    row("check", "check {name} sql:{name}:write"),
    row("check", "check --batch questions.tsv"),
    row("explain", "explain {name} plugin:{name}"),
    row("explain", "explain {name} group:{name}"),
    row("who-can", "who-can group:{name}"),
    row("who-can", "who-can {name}"),
    row("what-can", "what-can {name}"),
    row("plugins list", "plugins list"),
    row("plugins get", "plugins get {name}"),
    row("plugins set", "plugins set {name} {name} --dry-run"),
    row("access list", "access list"),
    row(
        "access set",
        "access set sql:{name}:read --nobody --dry-run",
    ),
    row(
        "settings default-user",
        "settings default-user {name} --dry-run",
    ),
    row("settings web-user", "settings web-user {name}"),
    row("apply", "apply changes.json"),
    row("apply", "apply bad.json"),
    row("undo", "undo --dry-run"),
    row("log", "log"),
    row("watch", "watch --count 0"),
    row("verify", "verify {name} --password-stdin"),
    row("session open", "session open {name} --ledger seats.sqlite"),
    row(
        "session close",
        "session close x{name} --ledger seats.sqlite",
    ),
    row(
        "session heartbeat",
        "session heartbeat {name} --ledger seats.sqlite",
    ),
    row("session list", "session list --ledger seats.sqlite"),
    row("seats status", "seats status --ledger seats.sqlite"),
    row(
        "seats take",
        "seats take {name} {name} --ledger seats.sqlite",
    ),
    row(
        "seats explain",
        "seats explain {name} {name} --ledger seats.sqlite",
    ),
    with(
        row(
            "seats report",
            "seats report --ledger seats.sqlite --to 2027-01-01",
        ),
        &[(&["--csv"], Looked::Csv)],
    ),
    row("seats plan", "seats plan --ledger seats.sqlite"),
    row(
        "seats plan",
        "seats plan --ledger seats.sqlite --against other.json",
    ),
    row(
        "seats simulate",
        "seats simulate seats.sqlite --seats write=1",
    ),
    row(
        "seats simulate",
        "seats simulate usage.json --ledger seats.sqlite",
    ),
    row(
        "seats import-licences",
        "seats import-licences licences.json --ledger seats.sqlite",
    ),
    with(
        damaged(row("diff", "diff same.json other.json")),
        &[(&["--format", "markdown"], Looked::Markdown)],
    ),
    with(
        row("diff", "diff other.json same.json"),
        &[(&["--format", "markdown"], Looked::Markdown)],
    ),
    document(row("merge", "merge base.json same.json other.json")),
    row("merge", "merge base.json same.json other.json -o out.json"),
    row(
        "merge",
        "merge base.json disputed.json odd\u{1b}[31m\nFORGED\u{202e}.broken",
    ),
    row("resolve", "resolve --directory disputed.json --dry-run"),
    damaged(row("normalise", "normalise --dry-run")),
    document(row("normalise", "normalise -")),
    document(row("scrub", "scrub")),
    row("scrub", "scrub odd\u{1b}[31m\nFORGED\u{202e}.broken"),
    row("scrub", "scrub -o out\u{9b}1m.json"),
    with(
        damaged(row("lint", "lint")),
        &[
            (&["--format", "sarif"], Looked::Sarif),
            (&["--format", "github"], Looked::Github),
        ],
    ),
    row("lint", "lint --fix --dry-run"),
    with(
        row(
            "lint",
            "lint --directory odd\u{1b}[31m\nFORGED\u{202e}.json",
        ),
        &[
            (&["--format", "sarif"], Looked::Sarif),
            (&["--format", "github"], Looked::Github),
        ],
    ),
    with(
        row("test", "test policy.toml policy.yaml --coverage"),
        &[(&["--format", "junit"], Looked::Xml)],
    ),
    with(
        row("test", "test policy.yaml --coverage"),
        &[(&["--format", "junit"], Looked::Xml)],
    ),
    row("test", "test bad.toml"),
    with(row("test", "test --init users"), &[(&[], Looked::Toml)]),
    row("git install", "git install --program a{name} --dry-run"),
    row("git uninstall", "git uninstall --dry-run"),
    damaged(row(
        "git diff",
        "git diff odd{name} same.json 0 0 other.json 0 0",
    )),
    row("git diff", "git diff odd{name}"),
    damaged(row("git textconv", "git textconv same.json")),
    row(
        "git textconv",
        "git textconv odd\u{1b}[31m\nFORGED\u{202e}.broken",
    ),
    row("schema", "schema"),
    row("schema", "schema {name}"),
    row("completions", "completions bash"),
    row("man", "man"),
    row("man", "man {name}"),
    // What the parser refuses is repeated by it.
    row("users list", "users {name}"),
    row("users list", "users list {name}"),
    row("users list", "users list --{name}"),
    row("users list", "users list --mode {name}"),
    row("session close", "session close {name}"),
    row("seats report", "seats report --from {name}"),
    row("seats status", "seats status --ledger {name}:x"),
];
