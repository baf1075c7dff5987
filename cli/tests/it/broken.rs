//! Files that cannot be used: the place is shown, every problem is named, the status is 2.

use crate::harness::Project;

const BROKEN: [&str; 6] = [
    "an-array",
    "cut-in-a-list",
    "everything-of-the-wrong-kind",
    "invalid-utf8",
    "members-not-strings",
    "too-deep",
];

#[test]
fn the_line_is_shown_and_the_problem_under_it() {
    let shown = BROKEN.map(|name| Project::fixture(name).guichet("show").to_string());
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn programs_get_every_problem_with_its_place() {
    let project = Project::fixture("everything-of-the-wrong-kind");
    insta::assert_snapshot!(project.guichet("show --format json"));
}

#[test]
fn every_command_that_reads_refuses_a_broken_file() {
    let project = Project::fixture("cut-in-a-list");
    for line in [
        "show",
        "users list",
        "users show #1",
        "groups list",
        "groups show #15001",
        "effective",
        "tree",
        "check #1 design",
        "explain #1 design",
        "who-can design",
        "what-can #1",
        "plugins list",
        "plugins show write",
        "access list",
    ] {
        let error = project
            .guichet(&format!("{line} --format json"))
            .json_error();
        assert_eq!(error["code"], "json-syntax", "{line}");
        assert_eq!(error["line"], 14, "{line}");
    }
}

/// More problems than anybody reads at once: the first ones are drawn, the rest is counted.
#[test]
fn many_problems_do_not_flood_the_screen() {
    let members = "1,".repeat(5_000);
    let directory = format!(r#"{{"groups": {{"Sales": {{"users": [{members}1]}}}}}}"#);
    let project = Project::with(directory);
    let run = project.guichet("show");
    assert!(run.stderr.len() < 5_000, "{}", run.stderr.len());
    assert!(
        run.stderr.contains("cannot be used: 5001 problems"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("… and 4991 more"), "{}", run.stderr);
    let error = project.guichet("show --format json").json_error();
    assert_eq!(error["problems"].as_array().map(Vec::len), Some(5_001));
}

/// One line of 10 MB is told by its place; drawing it would say nothing.
#[test]
fn a_line_that_is_too_long_is_not_drawn() {
    let directory = format!(r#"{{"users": "{}", 1}}"#, "a".repeat(10_000_000));
    let run = Project::with(directory).guichet("show");
    assert!(run.stderr.len() < 1_000, "{}", run.stderr.len());
    assert!(run.stderr.contains("directory.json:1:"), "{}", run.stderr);
}

/// Decision D30: the other file might give more access, so it is never taken instead.
#[test]
fn a_broken_file_in_the_data_folder_is_no_reason_to_take_the_other() {
    let project = Project::accounting();
    project.write("Data/Settings/directory.json", "{");
    insta::assert_snapshot!(project.session(&["where", "show"]), @"
    $ guichet where
    directory  [PROJECT]/Data/Settings/directory.json
    source     data settings folder, which has priority
    shadowed   [PROJECT]/Settings/directory.json (not read)
    options    [PROJECT]/Settings/guichet.toml
    [0]

    $ guichet show
    --- standard error
    error: `[PROJECT]/Data/Settings/directory.json` is not JSON: expected a key in quotation marks, found the end of the text
     --> [PROJECT]/Data/Settings/directory.json:1:2
      |
    1 | {
      |  ^
    help: The file may be cut: restore it from a backup.
    [2]
    ");
}

/// Decision D30 again: a folder, a pipe or a closed file in its place.
#[test]
fn what_stands_in_the_place_of_the_file_is_an_error() {
    let project = Project::accounting();
    std::fs::remove_file(project.root().join("Data/Settings/directory.json")).unwrap();
    std::fs::create_dir(project.root().join("Data/Settings/directory.json")).unwrap();
    insta::assert_snapshot!(project.session(&["where", "show --format json"]));
}

/// Root may read every file, so there another account asks.
#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_an_error() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;

    use crate::harness::program;

    let project = Project::accounting();
    let file = project.root().join("Data/Settings/directory.json");
    set_permissions(project.root(), Permissions::from_mode(0o755)).unwrap();
    set_permissions(&file, Permissions::from_mode(0o000)).unwrap();
    let is_root = std::fs::read(&file).is_ok();
    for line in [&["where"][..], &["show"], &["check", "#3", "design"]] {
        let mut asked = program();
        if is_root {
            asked.uid(4321).gid(4321);
        }
        asked.args(line).args(["--format", "json"]);
        let output = asked.current_dir(project.root()).output().unwrap();
        let error: serde_json::Value = serde_json::from_slice(&output.stderr).unwrap();
        let error = &error["error"];
        assert_eq!(error["code"], "file-not-readable", "{line:?}");
        let path = error["path"].as_str().unwrap();
        assert!(path.ends_with("Data/Settings/directory.json"), "{path}");
    }
}

#[test]
fn wrong_options_are_shown_like_a_wrong_directory() {
    let project = Project::accounting();
    project.write(
        "Settings/guichet.toml",
        "[policy]\ndesigner_plugin = \"always\"\n\n[plugins.write]\nseats = \"two\"\n",
    );
    insta::assert_snapshot!(project.session(&["show", "show --format json"]));
}

#[test]
fn options_that_are_no_toml_are_shown_too() {
    let project = Project::accounting();
    project.write("Settings/guichet.toml", "[policy\n");
    insta::assert_snapshot!(project.guichet("show"), @"
    $ guichet show
    --- standard error
    error: `[PROJECT]/Settings/guichet.toml` cannot be used: this is not TOML: unclosed table, expected `]`
     --> [PROJECT]/Settings/guichet.toml:1:8
      |
    1 | [policy
      |        ^
    [2]
    ");
}

/// The file may be a pipe that is empty now: opening it again would wait for ever.
#[test]
#[cfg(unix)]
fn a_pipe_is_read_once_and_its_line_is_shown() {
    let project = Project::with("{}");
    project.write("base.json", "{}");
    let made = std::process::Command::new("mkfifo")
        .arg(project.root().join("ours"))
        .status();
    assert!(made.unwrap().success());
    let ours = project.root().join("ours");
    let pipe = ours.clone();
    let writer = std::thread::spawn(move || std::fs::write(pipe, "{\n  7").unwrap());
    let (ended, end) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let run = project.guichet("merge base.json ours base.json");
        let _ = ended.send(run.to_string());
    });
    let told = end.recv_timeout(std::time::Duration::from_secs(30));
    writer.join().unwrap();
    if told.is_err() {
        // Whoever waits goes on, so that nothing is left running.
        std::fs::write(ours, "").unwrap();
    }
    let told = told.expect("it waits for a pipe that nobody writes to");
    assert!(told.contains("2 |   7"), "{told}");
}

/// What git hands over is not what the path names by now, and neither is standard input.
#[test]
fn the_line_is_that_of_the_text_that_was_read() {
    let project = Project::with("{\n  \"of the file\": 1\n}");
    let line = "normalise - --name Settings/directory.json";
    let run = project.guichet_fed(line, "{\n  \"read\" 1\n}");
    assert!(run.stderr.contains("2 |   \"read\" 1"), "{run}");
    assert!(!run.stderr.contains("of the file"), "{run}");
    project.write("old", "{\n  \"revision\" 1\n}");
    let line = "git diff Settings/directory.json old 0123 100644 \
                Settings/directory.json 4567 100644";
    let run = project.guichet(line);
    assert!(!run.to_string().contains("of the file"), "{run}");
    assert!(run.to_string().contains("2 |   \"revision\" 1"), "{run}");
}
