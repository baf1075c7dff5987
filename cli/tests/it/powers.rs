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

#[test]
fn each_editor_may_make_the_edits_of_the_table_and_no_other() {
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
fn the_log_names_who_edited() {
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

/// A way to write the directory as a whole, and whether the Administrator and an ordinary user may.
const WHOLE: [(&str, bool, bool); 14] = [
    ("undo", true, false),
    ("apply users.json", true, false),
    ("apply design.json", false, false),
    ("normalise", true, false),
    ("normalise ./Data/Settings/directory.json", true, false),
    ("lint --fix", true, false),
    ("resolve --ours 1", true, false),
    ("resolve --all-ours", true, false),
    ("scrub -o Data/Settings/directory.json", false, false),
    (
        "scrub base.json -o ./Data/Settings/directory.json",
        false,
        false,
    ),
    (
        "merge base.json Data/Settings/directory.json groups.json -o Data/Settings/directory.json",
        true,
        false,
    ),
    (
        "merge base.json Data/Settings/directory.json areas.json -o Data/Settings/directory.json",
        false,
        false,
    ),
    (
        "merge base.json base.json groups.json -o ./Data/Settings/directory.json",
        true,
        false,
    ),
    (
        "merge base.json base.json base.json -o Data/../Data/Settings/directory.json",
        true,
        false,
    ),
];

/// A directory with something to do for each of them, and an edit to take back.
fn busy() -> Project {
    let project = Project::accounting();
    project.write("base.json", project.directory());
    let text = String::from_utf8(project.directory()).unwrap();
    let doubled = text.replacen("\"Ann Lee\"\n", "\"Ann Lee\",\n\t\t\t\t\"Ann Lee\"\n", 1);
    assert_ne!(doubled, text);
    let disputed = doubled
        .trim_end()
        .strip_suffix('}')
        .unwrap()
        .trim_end()
        .to_owned();
    let conflict = r#"{"kind": "both-changed", "ours": ["a"], "theirs": ["b"]}"#;
    let conflicts = format!(",\n\t\"guichetConflicts\": [{conflict}, {conflict}]\n}}");
    project.write(crate::harness::DATA_FILE, disputed + &conflicts);
    project.write("users.json", r#"[{"change": "add-user", "name": "Mia"}]"#);
    project.write(
        "design.json",
        r#"[{"change": "grant-area", "area": "design", "grantee": "everyone"}]"#,
    );
    for (file, edit) in [
        ("groups.json", "groups rename Devs Makers"),
        ("areas.json", "access set design --everyone"),
    ] {
        project.write(file, text.as_str());
        let run = project.guichet(&format!("{edit} --directory {file}"));
        assert_eq!(run.status, 0, "{run}");
    }
    let run = project.guichet("users add Before");
    assert_eq!(run.status, 0, "{run}");
    project
}

/// Once only changes were asked for: a merge or an undo took whatever it was given.
#[test]
fn whatever_writes_the_directory_asks_who_edits() {
    let prepared = busy();
    for (line, administrator, user) in WHOLE {
        for (editor, refusal) in [
            ("Designer", None),
            ("#2", (!administrator).then_some("not-allowed")),
            ("\"ann lee\"", (!user).then_some("not-allowed")),
            ("Nobody", Some("unknown-user")),
        ] {
            let project = prepared.copied();
            let before = project.directory();
            for tried in [" --dry-run", ""] {
                let run = project.guichet(&format!("{line} --as {editor} --format json{tried}"));
                match refusal {
                    Some(code) => {
                        assert_eq!(run.json_error()["code"], code, "{run}");
                        assert_eq!(project.directory(), before, "{run}");
                    }
                    None => assert!(run.status < 2, "{run}"),
                }
            }
            assert_eq!(
                project.directory() == before,
                refusal.is_some(),
                "{line} as {editor}"
            );
        }
        let project = prepared.copied();
        let run = project.guichet(&format!("{line} --as \"ann lee\" --mode single-user"));
        assert!(run.status < 2, "{run}");
    }
}

/// No writing command is left out of the two tables.
#[test]
fn the_tables_name_every_command_that_edits() {
    let named = |command: &str| {
        let mut lines = TABLE.iter().chain(&WHOLE);
        lines.any(|(line, _, _)| line.starts_with(command))
    };
    for command in crate::effects::editing_commands() {
        // A new directory has no password yet, and a group is never deleted.
        if command != "init" && command != "groups delete" && command != "groups duplicate" {
            assert!(named(&command), "{command}");
        }
    }
}

/// The last change may be one that the editor could not have made: then it is not theirs to take back.
#[test]
fn nobody_takes_back_what_they_could_not_have_done() {
    let project = Project::accounting();
    let set = project.guichet("users passwd Designer --remove");
    assert_eq!(set.status, 0, "{set}");
    let set = project.guichet_fed("users passwd Designer --password-stdin", "Secret1\n");
    assert_eq!(set.status, 0, "{set}");
    let protected = project.directory();
    for editor in ["#2", "\"Ann Lee\""] {
        let run = project.guichet(&format!("undo --as {editor} --format json"));
        assert_eq!(run.json_error()["code"], "not-allowed", "{run}");
    }
    assert_eq!(project.directory(), protected);
    let own = project.guichet("users passwd \"Ann Lee\" --remove --as \"Ann Lee\"");
    assert_eq!(own.status, 0, "{own}");
    assert_eq!(project.guichet("undo --as \"Ann Lee\"").status, 0);
    assert_eq!(project.directory(), protected);
}

/// Written elsewhere it is nobody's edit.
#[test]
fn who_edits_is_refused_where_another_file_is_written() {
    let project = busy();
    for line in [
        "scrub -o out.json",
        "merge base.json base.json groups.json -o out.json",
    ] {
        let run = project.guichet(&format!("{line} --as Designer --format json"));
        assert_eq!(run.json_error()["code"], "usage", "{run}");
        assert!(!project.root().join("out.json").exists());
    }
}
