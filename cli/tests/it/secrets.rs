//! Stored passwords are in no output of any command, whatever the file.

use guichet_core::{Credential, PasswordKind};
use serde_json::Value;

use crate::effects::{Changes, HAND_OVER, LINES, busy};
use crate::harness::{Project, fixture};

/// Every stored password of a file.
fn stored(directory: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(directory);
    let strings = text.split('"').map(str::to_owned);
    strings
        .filter(|text| {
            let kind = Credential::from_stored(text.as_str()).kind();
            matches!(kind, PasswordKind::Bcrypt | PasswordKind::Legacy)
        })
        .collect()
}

/// Lines for passwords, beside one for each command.
const MORE: [&str; 5] = [
    "scrub",
    "users passwd #1 --password-stdin",
    "users passwd #1 --password-stdin --dry-run",
    "verify #1 --password-stdin",
    "lint --fix --dry-run",
];

/// Every command, only tried and then made; what changes something is made in a copy.
fn no_command_says_them(project: &Project) {
    for (line, changes) in LINES {
        match changes {
            _ if HAND_OVER.contains(line) => {}
            Changes::Nothing => assert_says_nothing(project, &[line]),
            Changes::Files | Changes::Refused | Changes::Ledger => {
                assert_says_nothing(project, &[&format!("{line} --dry-run")]);
                assert_says_nothing(&project.copied(), &[line]);
            }
        }
    }
    assert_says_nothing(project, &MORE);
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
        no_command_says_them(&busy(project));
    }
    no_command_says_them(&busy(Project::accounting()));
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
