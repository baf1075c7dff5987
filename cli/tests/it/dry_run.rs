//! `--dry-run`: what would change, and nothing does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::harness::Project;

/// Every file below a folder, with its bytes.
pub(crate) fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.insert(path.clone(), std::fs::read(path).unwrap());
            }
        }
    }
    files
}

const EDITS: [&str; 13] = [
    "users add Mia --group Finance",
    "users duplicate \"Ann Lee\"",
    "users rename \"Ann Lee\" Anna",
    "users delete \"Paul Durand\"",
    "users startup-method \"Ann Lee\"",
    "users passwd Designer --remove",
    "groups add Shop",
    "groups empty Finance",
    "members remove Finance \"General Mgmt\"",
    "plugins set write --everyone",
    "access set design Accounting",
    "access set http Devs",
    "settings default-user \"Ann Lee\"",
];

#[test]
fn a_dry_run_as_text_and_as_json() {
    let project = Project::accounting();
    let lines = EDITS.map(|line| format!("{line} --dry-run"));
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    insta::assert_snapshot!(project.session(&lines));
    insta::assert_snapshot!(
        "a_dry_run_as_json",
        project.session(&[
            "members remove Finance \"General Mgmt\" --dry-run --format json",
            "settings default-user --none --dry-run --format json",
        ])
    );
    insta::assert_snapshot!(
        "a_dry_run_in_colour",
        project
            .session(&["--color always users delete \"Paul Durand\" --dry-run"])
            .replace('\u{1b}', "^")
    );
}

#[test]
fn a_dry_run_writes_nothing() {
    let project = Project::accounting();
    assert_eq!(project.guichet("users add Before").status, 0);
    let before = files(project.root());
    for line in EDITS
        .iter()
        .chain(&["undo", "users rename Anne Bob", "apply -"])
    {
        let run = project.guichet_fed(&format!("{line} --dry-run"), "[]");
        assert_ne!(run.status, 1, "{run}");
    }
    assert_eq!(files(project.root()), before);
    let nothing = Project::empty_folder();
    std::fs::create_dir(nothing.root().join("Project")).unwrap();
    assert_eq!(nothing.guichet("init --dry-run").status, 0);
    assert_eq!(nothing.guichet("users add --dry-run").status, 0);
    assert_eq!(files(nothing.root()), BTreeMap::new());
}

/// What a dry run foretells is what the edit then does, revisions and events included.
#[test]
fn a_dry_run_foretells_the_edit() {
    for line in EDITS {
        let project = Project::accounting();
        let mut foretold = project
            .guichet(&format!("{line} --dry-run --format json"))
            .json();
        let who_could = |access: &str| {
            let line = format!("who-can {access} --format json");
            project.guichet(&line).json()["users"].clone()
        };
        let before = who_could("plugin:write");
        let done = project.guichet(&format!("{line} --format json")).json();
        let after = who_could("plugin:write");
        let access = foretold["access"].take();
        let moved = access.as_array().unwrap().iter();
        let moved = moved.filter(|change| change["access"] == "plugin:write");
        for change in moved {
            let has =
                |users: &serde_json::Value| users.as_array().unwrap().contains(&change["user"]);
            assert_eq!(change["before"], has(&before), "{line}: {change}");
            assert_eq!(change["after"], has(&after), "{line}: {change}");
        }
        for member in ["changed", "path", "before", "after", "events"] {
            assert_eq!(foretold[member], done[member], "{line}: {member}");
        }
    }
}

/// A bug once: both said that the file was written; a device was refused, which is written to without a
/// dry run.
#[test]
fn a_dry_run_says_of_another_file_that_it_is_not_written() {
    let project = Project::accounting();
    project.write("base.json", project.directory());
    for line in ["merge base.json base.json base.json", "scrub"] {
        for output in ["out.json", "/dev/null"] {
            if !cfg!(unix) && output == "/dev/null" {
                continue;
            }
            let line = format!("{line} -o {output} --dry-run");
            let told = project.guichet(&line);
            assert_eq!(told.status, 0, "{told}");
            let first = told.stdout.lines().next().unwrap();
            assert_eq!(
                first,
                format!("dry run: nothing is saved; it would write {output}")
            );
            let document = project.guichet(&format!("{line} --format json")).json();
            assert_eq!(document["dry_run"], true, "{document}");
        }
    }
    assert!(!project.root().join("out.json").exists());
}

/// Neither the lock nor its folder is made.
#[test]
fn a_refused_edit_writes_nothing_at_all() {
    let project = Project::accounting();
    let before = files(project.root());
    for line in [
        "users delete Nobody",
        "users delete Designer",
        "users add Mia --as \"Ann Lee\"",
        "groups delete Finance",
        "resolve --ours 3",
        "normalise --as \"Ann Lee\"",
    ] {
        let run = project.guichet(line);
        assert_eq!(run.status, 2, "{run}");
        assert_eq!(files(project.root()), before, "{line}");
    }
}

#[test]
fn of_a_long_line_the_part_that_differs_is_shown() {
    let [before, after] = ["a", "b"].map(|letter| letter.repeat(500));
    let project = Project::with(format!(
        "{{\"users\": {{\"Ann\": {{}}}},\n\"groups\": {{\"Devs\": {{\n\"users\": [\"{before}\", \"Ann\", \"{after}\"]}}}}}}"
    ));
    let run = project.guichet("users rename Ann Bob --dry-run");
    let [before, after] = ["a", "b"].map(|letter| letter.repeat(36));
    for (sign, name) in [('-', "Ann"), ('+', "Bob")] {
        let line = format!("{sign}…{before}\", \"{name}\", \"{after}…\n");
        assert!(run.stdout.contains(&line), "{run}");
    }
}
