//! Stored passwords are in no output of any command, whatever the file.

use guichet_core::{Credential, PasswordKind};
use serde_json::Value;

use crate::harness::{Project, fixture};

/// Every stored password of a file.
fn stored(directory: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(directory);
    let strings = text.split('"').map(str::to_owned);
    strings
        .filter(|text| {
            let kind = Credential::stored(text.as_str()).kind();
            matches!(kind, PasswordKind::Bcrypt | PasswordKind::Legacy)
        })
        .collect()
}

/// Command lines for every command; `#3` is the first ordinary user, `#15001` the first group.
const LINES: [&str; 74] = [
    "where",
    "show",
    "users list",
    "users show #1",
    "users show #3",
    "groups list",
    "groups show #15001",
    "effective",
    "tree",
    "tree --format svg",
    "check #3 design",
    "explain #3 design",
    "who-can design",
    "what-can #3",
    "plugins list",
    "plugins get write",
    "access list",
    "diff no-file.json no-file.json",
    "merge no-file.json no-file.json no-file.json",
    "schema check",
    "git install",
    "git textconv Settings/directory.json",
    "git diff a Settings/directory.json 0 0 /dev/null 0 0",
    "git uninstall",
    "session open #3 --id s",
    "session list",
    "session heartbeat s",
    "seats take s write",
    "seats status",
    "seats explain #3 write",
    "seats plan",
    "seats report",
    "seats simulate no-trace",
    "seats import-licences no-licences",
    "session close s",
    "log",
    "verify #1 --password-stdin",
    "verify #3 --password-stdin",
    "lint",
    "lint --fix --dry-run",
    "scrub",
    "test --init users",
    "normalise --check",
    "normalise --dry-run",
    "resolve",
    "users delete #3 --dry-run",
    "users rename #1 Boss --dry-run",
    "users passwd #1 --password-stdin --dry-run",
    "users passwd #3 --remove --dry-run",
    "users passwd #1 --password-stdin",
    "users rename #3 Third",
    "users duplicate #3",
    "users startup-method #3 Start",
    "users add Mia",
    "users passwd #3 --remove",
    "users delete #3",
    "groups add",
    "groups duplicate #15001",
    "groups rename #15001 First",
    "members add #15001 #3",
    "members remove #15001 #3",
    "groups empty #15001",
    "groups delete #15001",
    "plugins set write --nobody",
    "access set design --nobody",
    "settings default-user #3",
    "settings web-user #3",
    "apply no-list.json",
    "undo --dry-run",
    "undo",
    "log",
    "init",
    "watch --directory no-folder/no-file.json --count 0",
    "man users passwd",
];

/// A command that is new belongs into the list.
#[test]
fn the_list_has_every_command() {
    let mut open = vec![(String::new(), guichet_cli::command())];
    while let Some((words, command)) = open.pop() {
        let mut nested = command.get_subcommands().peekable();
        if nested.peek().is_none() && words != "completions" {
            let listed = |line: &&str| *line == words || line.starts_with(&format!("{words} "));
            assert!(LINES.iter().any(listed), "{words}");
        }
        for nested in nested {
            let words = format!("{words} {}", nested.get_name());
            open.push((words.trim_start().to_owned(), nested.clone()));
        }
    }
}

fn assert_says_nothing(project: &Project, lines: &[&str]) {
    let mut secrets = stored(&project.directory());
    for line in lines {
        for format in ["", " --format json"] {
            let line = if line.contains("--format") {
                (*line).to_owned()
            } else {
                format!("{line}{format}")
            };
            let run = project.guichet_fed(&line, "Typed99\n");
            secrets.extend(stored(&project.directory()));
            let told = format!("{}{}", run.stdout, run.stderr);
            assert!(!told.contains("Typed99"), "{line}");
            for secret in &secrets {
                // JSON may write a solidus either way.
                let escaped = secret.replace('/', "\\/");
                assert!(!told.contains(secret) && !told.contains(&escaped), "{line}");
            }
        }
    }
}

#[test]
fn no_command_prints_a_stored_password() {
    for name in ["two-groups-fr", "demo-13-users"] {
        let project = Project::fixture(name);
        assert!(!stored(&project.directory()).is_empty(), "{name}");
        assert_says_nothing(&project, &LINES);
    }
    assert_says_nothing(&Project::accounting(), &LINES);
}

/// Also where a file is odd or cannot be read at all.
#[test]
fn no_error_prints_a_stored_password() {
    let folder = fixture("any");
    let folder = folder.parent().unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        if !stored(&bytes).is_empty() {
            let project = Project::with(bytes);
            assert_says_nothing(&project, &["show", "users list", "users add --dry-run"]);
        }
    }
}

/// Lines that are drawn may hold a password beside what they are drawn for.
#[test]
fn no_drawn_line_shows_a_stored_password() {
    let legacy = "r0z/2g0H3wUsWfuzy66adw==";
    let bcrypt = format!("$2b$10${}", "a".repeat(53));
    let project = Project::with(format!(
        r#"{{"users": {{"designer": {{"password": "{legacy}"}}, "Ann": {{"password": "{bcrypt}", "colour": 1}}, "Bob": {{"password": "{legacy}"}}}},
            "groups": {{"Devs": {{"users": ["Nobody"]}}}}}}"#
    ));
    assert_says_nothing(
        &project,
        &["lint", "lint --fix --dry-run", "lint --format github"],
    );
    let lint = project.guichet("lint").stdout;
    assert!(lint.contains("\"password\": \"***"), "{lint}");
    let broken =
        format!(r#"{{"users": {{"Ann": {{"password": "{legacy}", "startupMethod": 1}}}}}}"#);
    assert_says_nothing(&Project::with(broken), &["show", "lint"]);
}

/// What is kept beside the directory: the history has sentences only.
#[test]
fn the_history_holds_no_stored_password() {
    let project = Project::fixture("two-groups-fr");
    let secrets = stored(&project.directory());
    assert_eq!(
        project
            .guichet_fed("users passwd #1 --password-stdin", "Abc123")
            .status,
        0
    );
    let log = project.guichet("log --format json").json();
    assert!(matches!(&log, Value::Array(entries) if entries.len() == 1));
    let history = project
        .root()
        .join("Settings/.guichet/directory.json.history.jsonl");
    let history = std::fs::read_to_string(history).unwrap();
    let new = stored(&project.directory());
    assert!(
        secrets
            .iter()
            .chain(&new)
            .all(|secret| !history.contains(secret))
    );
}
