//! Flags that every command takes: their place, their values, one JSON document.

use crate::harness::Project;

#[test]
fn flags_stand_before_or_after_the_command() {
    let project = Project::accounting();
    let asked = [
        "--format json --mode single-user check \"Web Guest\" design",
        "check --format json \"Web Guest\" --mode single-user design",
        "check \"Web Guest\" design --mode=single-user --format=json",
    ];
    let answers = asked.map(|line| project.guichet(line).json());
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
    let nested = [
        "--format json users list",
        "users --format json list",
        "users list --format json",
    ];
    let lists = nested.map(|line| project.guichet(line).json());
    assert!(lists.iter().all(|list| *list == lists[0]));
}

#[test]
fn the_directory_can_be_named_in_three_ways() {
    let project = Project::accounting();
    let path = |line: &str| project.guichet(line).json()["path"].clone();
    assert_eq!(
        path("where --format json"),
        "[PROJECT]/Data/Settings/directory.json"
    );
    assert_eq!(
        path("where --project . --format json"),
        "./Data/Settings/directory.json"
    );
    assert_eq!(
        path("where --project . --data Project --format json"),
        "./Settings/directory.json"
    );
    assert_eq!(
        path("where --directory Settings/directory.json --format json"),
        "Settings/directory.json"
    );
}

#[test]
fn a_project_is_found_from_a_folder_inside_of_it() {
    let project = Project::accounting();
    project.write("Project/Sources/Methods/ShowDashboard.4dm", "");
    let inside = project.root().join("Project/Sources/Methods");
    let mut program = crate::harness::program();
    let run = program.arg("where").current_dir(inside).output().unwrap();
    let text = String::from_utf8(run.stdout).unwrap();
    assert!(text.contains("Data/Settings/directory.json"), "{text}");
}

/// Programs read standard output; there is one document on it whatever was asked.
#[test]
fn every_command_prints_one_json_document() {
    let project = Project::accounting();
    for line in [
        "where",
        "show",
        "users list",
        "users show #1",
        "groups list",
        "groups show #15001",
        "effective",
        "tree",
        "tree Finance",
        "check #1 design",
        "check #3 design",
        "explain #1 design",
        "explain #3 design",
        "who-can design",
        "what-can #1",
        "plugins list",
        "plugins show write",
        "access list",
        "completions bash",
        "man",
        "man users show",
        "--version",
        "--help",
        "users --help",
        "help tree",
    ] {
        let run = project.guichet(&format!("--format json {line}"));
        assert!(!run.json().is_null(), "{line}");
        assert!(run.status < 2, "{line}");
    }
}

/// A member of the user or group that is asked for may be called like a flag.
#[test]
fn names_that_look_like_flags_follow_two_dashes() {
    let project = Project::with(
        r#"{"users": {"designer": {}, "administrator": {}, "--mode": {}}, "groups": {}}"#,
    );
    let run = project.guichet("users show --format json -- --mode");
    assert_eq!(run.json()["name"], "--mode");
}

/// People ask for help where they are.
#[test]
fn help_below_a_command_is_the_help_of_that_command() {
    let project = Project::accounting();
    for (asked, same) in [
        ("users help", "help users"),
        ("users help add", "help users add"),
        (
            "git --format json help install",
            "help git install --format json",
        ),
    ] {
        let (asked, same) = (project.guichet(asked), project.guichet(same));
        assert_eq!((asked.status, asked.stdout), (0, same.stdout));
    }
    let error = project.guichet("users help ad --format json").json_error();
    assert_eq!(error["code"], "unknown-command");
}
