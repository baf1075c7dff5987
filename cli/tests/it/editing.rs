//! Every editing command: what it says, and which lines of the file it touches.

use serde_json::Value;

use crate::harness::Project;

/// Each line is an edit of a copy of its own.
fn each(lines: &[&str]) -> String {
    let edits = lines.iter().map(|line| Project::accounting().edited(line));
    edits.collect::<Vec<_>>().join("\n")
}

#[test]
fn users_are_edited() {
    insta::assert_snapshot!(each(&[
        "users add",
        "users add \"Mia Chen\" --startup-method Start --group Devs --group Finance",
        "users duplicate \"Ann Lee\"",
        "users duplicate #3 Ann2",
        "users rename \"Ann Lee\" \"Anna Lee\"",
        "users rename Designer Boss",
        "users delete \"Ann Lee\"",
        "users startup-method \"Paul Durand\" Start",
        "users startup-method \"Ann Lee\"",
        "users passwd \"Ann Lee\" --remove",
        "users passwd Designer --remove",
    ]));
}

#[test]
fn groups_and_members_are_edited() {
    insta::assert_snapshot!(each(&[
        "groups add",
        "groups add Warehouse --no-administrator",
        "groups duplicate Accounting",
        "groups duplicate #15001 Books",
        "groups rename Finance Money",
        "groups empty Accounting",
        "members add Finance \"Web Guest\" Devs \"Ann Lee\"",
        "members add Devs --user #5 --group Finance",
        "members remove Accounting Finance \"Zoé Martin\"",
    ]));
}

#[test]
fn access_and_settings_are_edited() {
    insta::assert_snapshot!(each(&[
        "plugins set write Accounting",
        "plugins set \"4D View license\" --everyone",
        "plugins set web --nobody",
        "access set design Accounting",
        "access set runtime-explorer --everyone",
        "access set rest Finance",
        "access set rest Finance --mode single-user",
        "access set sql:DEFAULT_SCHEMA:all Devs",
        "access set plugin:write --nobody",
        "settings default-user \"Web Guest\"",
        "settings web-user \"Paul Durand\"",
        "settings web-user --remote --none",
    ]));
}

/// What 4D's file has no keys for is written into guichet.toml, comments kept.
#[test]
fn options_are_edited_where_they_stand() {
    let project = Project::accounting();
    let mut text = project.session(&["access set http --everyone", "plugins set barcode Devs"]);
    let options = project.root().join("Settings/guichet.toml");
    text.push_str(&std::fs::read_to_string(options).unwrap());
    insta::assert_snapshot!(text);
}

#[test]
fn edits_as_json() {
    insta::assert_snapshot!(each(&[
        "users add \"Mia Chen\" --group Devs --format json",
        "users delete \"Paul Durand\" --format json",
        "users startup-method \"Ann Lee\" Start --format json",
        "groups add Warehouse --format json",
        "groups rename Devs Makers --format json",
        "members remove Finance \"General Mgmt\" --format json",
        "plugins set write --nobody --format json",
        "access set sql:DEFAULT_SCHEMA:all --everyone --format json",
        "settings default-user \"Ann Lee\" --format json",
        "users passwd \"Ann Lee\" --remove --format json",
        "settings default-user --none --format json",
    ]));
}

#[test]
fn refused_edits_say_why_and_touch_nothing() {
    insta::assert_snapshot!(each(&[
        "users add \"ann lee\"",
        "users add *",
        "users add Mia --group Finanse",
        "users rename Anne Bob",
        "users delete Administrator",
        "groups add \"A name of 16 cha\"",
        "groups rename Devs Finance",
        "groups delete Devs",
        "groups delete Dev",
        "members add \"General Mgmt\" Accounting",
        "members add Devs Devs",
        "members add Finance Finanse",
        "members remove Finance Nobody",
        "plugins set wirte Finance",
        "plugins set write Finanse",
        "plugins set write",
        "plugins set write Finance --everyone",
        "access set administration Devs",
        "access set group:Devs Finance",
        "access set desing Devs",
        "settings default-user Anne",
        "show --dry-run",
        "users add --as Anne",
    ]));
}

/// An edit that finds nothing to do writes nothing at all, not even a line of the history.
#[test]
fn an_edit_that_changes_nothing_writes_nothing() {
    let project = Project::accounting();
    for line in [
        "members add Finance \"Paul Durand\"",
        "plugins set write Finance",
        "settings default-user --none",
        "users startup-method \"Ann Lee\" ShowDashboard",
        "users passwd \"Web Guest\" --remove",
    ] {
        let before = project.directory();
        let run = project.guichet(line);
        assert_eq!(run.status, 0, "{run}");
        assert!(run.stdout.starts_with("Nothing to change"), "{run}");
        let told = project.guichet(&format!("{line} --format json")).json();
        assert_eq!(told["changed"], false, "{line}");
        assert_eq!(told["before"], told["after"], "{line}");
        assert_eq!(project.directory(), before, "{line}");
    }
    assert_eq!(
        project.guichet("log --format json").json(),
        Value::Array(vec![])
    );
}

/// Where one name is a user's and a group's, the flags say which is meant.
#[test]
fn a_name_of_both_kinds_must_be_told_apart() {
    let project = Project::with(
        r#"{"users": {"designer": {}, "administrator": {}, "Sales": {}},
            "groups": {"Sales": {}, "Shop": {"users": ["Ghost"], "groups": ["Spook"]}}}"#,
    );
    insta::assert_snapshot!(project.session(&[
        "members add Shop Sales",
        "members add Shop Sales --format json",
        "members add Shop --user Sales",
        "members add Shop --group Sales",
        "members remove Shop Ghost Spook",
        "members remove Shop --user Sales --group Sales",
        "groups show Shop",
    ]));
}

/// A number is a position; an edit by number of somebody whose exact name is another's would hit the
/// wrong one, so it is refused.
#[test]
fn a_number_never_edits_somebody_else() {
    let project = Project::with(
        r#"{"users": {"designer": {"alias": "Bob"}, "administrator": {}, "Bob": {}}, "groups": {}}"#,
    );
    let before = project.directory();
    let error = project
        .guichet("users delete #3 --format json")
        .json_error();
    assert_eq!(error["code"], "ambiguous-name");
    assert_eq!(project.directory(), before);
}

#[test]
fn a_new_project_gets_the_file_that_4d_makes() {
    let project = Project::empty_folder();
    std::fs::create_dir(project.root().join("Project")).unwrap();
    let mut text = project.session(&[
        "init --dry-run",
        "init --dry-run --format json",
        "where",
        "init",
        "init",
        "show",
        "users add",
    ]);
    text.push_str(&String::from_utf8(project.directory()).unwrap());
    insta::assert_snapshot!(text);
}

/// Statement 67: the embedded file of a built server stays, its data folder gets the change.
#[test]
fn statement_67_a_built_server_is_edited_in_its_data_folder() {
    let folder = Project::empty_folder();
    let embedded = "Server Database/Settings/directory.json";
    let original = Project::accounting().directory();
    folder.write(embedded, &original);
    folder.write("Data/Data.4DD", "");
    let line = "--project \"Server Database\" --data Data groups empty Devs --format json";
    let told = folder.guichet(line).json();
    assert_eq!(told["path"], "[PROJECT]/Data/Settings/directory.json");
    assert_eq!(told["before"], "absent");
    assert_eq!(
        std::fs::read(folder.root().join(embedded)).unwrap(),
        original
    );
    let shown = folder.guichet(&line.replace("empty", "show")).json();
    assert_eq!(shown["users"], serde_json::json!([]));
}

#[test]
fn a_group_is_not_deleted_but_emptied() {
    let project = Project::accounting();
    let error = project
        .guichet("groups delete Finance --format json")
        .json_error();
    assert_eq!(error["code"], "group-deletion");
    assert!(
        error["help"]
            .as_str()
            .unwrap()
            .contains("guichet groups empty")
    );
    assert_eq!(project.guichet("groups empty Finance").status, 0);
    let shown = project.guichet("groups show Finance --format json").json();
    assert_eq!(shown["effective_users"], serde_json::json!([]));
}
