//! `undo` and `log`: several steps back give the first bytes.

use crate::harness::{DATA_FILE, Project};

const EDITS: [&str; 10] = [
    "users add Tom --startup-method Start",
    "groups add Shop",
    "users add Mia --group Finance",
    "users rename Designer Boss",
    "groups rename Finance Money",
    "members remove Accounting Money",
    "plugins set write --nobody",
    "access set http --everyone",
    "users delete \"Paul Durand\"",
    "users passwd Boss --remove",
];

#[test]
fn undoing_every_step_gives_the_first_bytes_back() {
    for project in [
        Project::accounting(),
        Project::fixture("crlf-2025"),
        Project::fixture("two-groups-fr"),
        Project::fixture("odd-characters"),
    ] {
        let first = project.directory();
        let mut steps = Vec::new();
        for line in EDITS {
            let before = project.directory();
            let run = project.guichet(&format!("{line} --format json"));
            if run.status == 0 && run.json()["changed"] == true {
                steps.push(before);
            }
        }
        assert!(steps.len() > 1);
        for before in steps.into_iter().rev() {
            let run = project.guichet("undo");
            assert_eq!(run.status, 0, "{run}");
            assert_eq!(project.directory(), before);
        }
        assert_eq!(project.directory(), first);
        let error = project.guichet("undo --format json").json_error();
        assert_eq!(error["code"], "nothing-to-undo");
    }
}

#[test]
fn the_log_and_undo_as_text_and_as_json() {
    let project = Project::accounting();
    let lines = [
        "log",
        "undo",
        "users add Mia --group Finance",
        "groups empty Devs --as Administrator",
        "undo --dry-run",
        "undo",
        "undo --format json",
        "log",
        "log --format json",
        "log --limit 1",
        "log --since 2026-11-29",
        "log --since tomorrow",
    ];
    let runs = lines.map(|line| project.at_noon(line).to_string());
    insta::assert_snapshot!(runs.join("\n"));
}

#[test]
fn what_the_program_itself_records_is_when_and_where() {
    let project = Project::accounting();
    assert_eq!(project.guichet("users add Mia").status, 0);
    let log = project
        .guichet("log --since 2026-01-01 --format json")
        .json();
    let entry = &log.as_array().unwrap()[0];
    assert_eq!(entry["id"].as_str().unwrap().len(), 12);
    assert_eq!(entry["who"], "Designer");
    assert!(entry["host"].is_string(), "{entry}");
}

/// A bug once: `undo` after `undo` removed the file, and everybody had every access.
#[test]
fn the_creation_of_the_file_is_undone_only_when_asked_for() {
    let project = Project::accounting();
    for file in [DATA_FILE, "Settings/directory.json"] {
        let _ = std::fs::remove_file(project.root().join(file));
    }
    let text = project.session(&[
        "init",
        "users add Mia",
        "undo",
        "undo --dry-run",
        "undo",
        "undo --init",
        "show",
    ]);
    insta::assert_snapshot!(text);
}

/// Somebody with an editor changed the file since: then nothing is taken back.
#[test]
fn what_others_changed_is_not_undone() {
    let project = Project::accounting();
    assert_eq!(project.guichet("users add Mia").status, 0);
    let text = String::from_utf8(project.directory()).unwrap();
    project.write(DATA_FILE, text.replace("Karim", "Kareem"));
    let before = project.directory();
    let error = project.guichet("undo --format json").json_error();
    assert_eq!(error["code"], "nothing-to-undo");
    assert_eq!(project.directory(), before);
}
