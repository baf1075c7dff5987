//! `--as`: who may do what (decision D27), edit by edit.

use crate::harness::Project;

/// An edit of each kind, and whether the Administrator and an ordinary user may make it.
const TABLE: [(&str, bool, bool); 22] = [
    ("users add Mia", true, false),
    ("users duplicate \"Paul Durand\"", true, false),
    ("users rename \"Paul Durand\" Pol", true, false),
    ("users rename Administrator Admin", true, false),
    ("users rename Designer Boss", false, false),
    ("users delete \"Paul Durand\"", true, false),
    ("users startup-method \"Paul Durand\" Start", true, false),
    ("users startup-method Designer Start", false, false),
    ("users passwd \"Paul Durand\" --remove", true, false),
    ("users passwd Designer --remove", false, false),
    ("users passwd Administrator --remove", true, false),
    ("users passwd \"Ann Lee\" --remove", true, true),
    ("groups add Shop", true, false),
    ("groups rename Devs Makers", true, false),
    ("groups empty Devs", true, false),
    ("members add Devs \"Ann Lee\"", true, false),
    ("members remove Finance \"General Mgmt\"", true, false),
    ("plugins set write --everyone", true, false),
    ("access set design --everyone", false, false),
    ("access set http --everyone", false, false),
    ("settings default-user \"Ann Lee\"", false, false),
    ("settings web-user \"Ann Lee\"", false, false),
];

/// Statements 6 and 7 are two of its rows.
#[test]
fn statement_06_the_administrator_may_edit_all_but_what_is_the_designers() {
    let project = Project::accounting();
    for (line, administrator, user) in TABLE {
        for (editor, may) in [
            ("Designer", true),
            ("#2", administrator),
            ("\"ann lee\"", user),
        ] {
            let run = project.guichet(&format!("{line} --as {editor} --dry-run --format json"));
            if may {
                assert_eq!(run.json()["changed"], true, "{line} as {editor}");
            } else {
                assert_eq!(
                    run.json_error()["code"],
                    "not-allowed",
                    "{line} as {editor}"
                );
            }
        }
    }
}

#[test]
fn statement_07_the_administrator_creates_users_and_groups() {
    let project = Project::accounting();
    for line in ["users add Mia", "groups add Shop"] {
        let run = project.guichet(&format!("{line} --as Administrator"));
        assert_eq!(run.status, 0, "{run}");
    }
    let log = project.guichet("log --format json").json();
    let who: Vec<_> = log
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["who"].clone())
        .collect();
    assert_eq!(who, ["Administrator", "Administrator"]);
}

#[test]
fn the_policy_decides_about_ones_own_password() {
    let project = Project::accounting();
    project.write(
        "Settings/guichet.toml",
        "[policy]\nusers_may_change_password = false\n",
    );
    let line = "users passwd \"Ann Lee\" --remove --as \"Ann Lee\" --format json";
    assert_eq!(project.guichet(line).json_error()["code"], "not-allowed");
}

/// Where nothing is controlled, everybody works as the Designer.
#[test]
fn without_control_everybody_edits_as_the_designer() {
    let project = Project::accounting();
    let line = "settings default-user \"Ann Lee\" --as \"Web Guest\"";
    assert_eq!(project.guichet(line).status, 2);
    assert_eq!(
        project
            .guichet(&format!("{line} --mode single-user"))
            .status,
        0
    );
    assert_eq!(project.guichet("users passwd Designer --remove").status, 0);
    let line = line.replace("Ann Lee", "Paul Durand");
    assert_eq!(project.guichet(&line).status, 0);
}
