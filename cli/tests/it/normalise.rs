//! `normalise`: in place, as a check, as a filter.

use crate::harness::{Project, fixture};

const FILE: &str = "Settings/directory.json";

fn survey() -> Project {
    Project::with(std::fs::read(fixture("survey-78-users")).unwrap())
}

#[test]
fn it_is_done_once_and_taken_back() {
    let project = survey();
    let before = project.directory();
    assert_eq!(project.guichet("normalise --check").status, 1);
    let run = project.guichet("normalise");
    assert_eq!(run.status, 0, "{run}");
    assert_eq!(project.guichet("normalise --check").status, 0);
    let normal = project.directory();
    let again = project.guichet("normalise --format json").json();
    assert_eq!(again["changed"], false);
    assert_eq!(project.directory(), normal);
    assert_eq!(project.guichet("undo").status, 0);
    assert_eq!(project.directory(), before);
}

/// The filter, the file in place and the file that 4D saved in another order are one text.
#[test]
fn there_is_one_normal_form() {
    let project = survey();
    let before = String::from_utf8(project.directory()).unwrap();
    let resaved = std::fs::read_to_string(fixture("survey-78-users.resaved")).unwrap();
    let filtered = project.guichet_fed("normalise -", &before);
    assert_eq!(filtered.status, 0);
    assert_eq!(
        project.guichet_fed("normalise -", &resaved).stdout,
        filtered.stdout
    );
    assert_eq!(project.guichet(&format!("normalise {FILE}")).status, 0);
    assert_eq!(project.directory(), filtered.stdout.as_bytes());
    assert_eq!(
        project
            .guichet_fed("normalise - --check", &filtered.stdout)
            .status,
        0
    );
}

/// git keeps what it has where a filter fails.
#[test]
fn a_text_that_is_no_directory_is_refused_and_nothing_printed() {
    let project = Project::accounting();
    let run = project.guichet_fed("normalise - --name Settings/other.json", "<<<<<<< ours\n");
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{run}");
    assert!(run.stderr.contains("Settings/other.json:1:1"), "{run}");
}

#[test]
fn what_it_does_is_told_and_tried() {
    let directory = "{\r\n  \"groups\": {\"Sales\": {}, \"Devs\": {}},\r\n  \"users\": {\"Zoë\": {}, \"Ann\": {}}\r\n}\r\n";
    let project = Project::with(directory);
    insta::assert_snapshot!(project.session(&[
        "normalise --check",
        "normalise --check --format json",
        "normalise --dry-run",
        "normalise --dry-run --format json",
        "normalise",
        "normalise",
        "normalise --check",
    ]));
}
