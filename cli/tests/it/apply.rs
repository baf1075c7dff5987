//! `apply`: a list of changes, whole or not at all.

use crate::harness::Project;

/// One change of every kind.
const EVERY_KIND: &str = r#"[
  {"change": "add-user", "name": "Mia", "startup_method": "Start", "groups": ["Devs"]},
  {"change": "duplicate-user", "user": "Mia"},
  {"change": "rename-user", "user": "Mia", "name": "Mia Chen"},
  {"change": "delete-user", "user": "New user1"},
  {"change": "set-password", "user": "Ann Lee", "credential": null},
  {"change": "set-startup-method", "user": "Ann Lee"},
  {"change": "add-group", "name": "Shop", "administrator": "outside"},
  {"change": "duplicate-group", "group": "Finance", "name": "Money"},
  {"change": "rename-group", "group": "Money", "name": "Cash"},
  {"change": "empty-group", "group": "Cash"},
  {"change": "add-members", "group": "Shop", "users": ["Mia Chen"], "groups": ["Devs"]},
  {"change": "remove-members", "group": "Shop", "groups": ["Devs"]},
  {"change": "grant-plugin", "plugin": "write", "grantee": {"group": "Shop"}},
  {"change": "grant-area", "area": "design", "grantee": "everyone"},
  {"change": "grant-area", "area": {"rest": "remote"}, "grantee": "nobody"},
  {"change": "grant-area", "area": {"sql": {"schema": "DEFAULT_SCHEMA", "right": "all"}}, "grantee": {"group": "Shop"}},
  {"change": "set-default-user", "user": "Mia Chen"},
  {"change": "set-web-user", "side": "remote"}
]"#;

#[test]
fn a_list_with_every_kind_of_change() {
    let project = Project::accounting();
    project.write("changes.json", EVERY_KIND);
    let first = project.directory();
    insta::assert_snapshot!(project.edited("apply changes.json"));
    assert_eq!(
        project
            .guichet("log --format json")
            .json()
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(project.guichet("undo").status, 0);
    assert_eq!(project.directory(), first);
}

/// However good the changes before and behind it: one that is refused is the end of all.
#[test]
fn a_list_is_made_whole_or_not_at_all() {
    let project = Project::accounting();
    let first = project.directory();
    let kinds: Vec<&str> = EVERY_KIND.lines().collect();
    let bad = r#"  {"change": "delete-user", "user": "Administrator"},"#;
    for place in [1, 5, kinds.len() - 2] {
        let mut lines = kinds.clone();
        lines.insert(place, bad);
        let error = project
            .guichet_fed("apply - --format json", &lines.join("\n"))
            .json_error();
        assert_eq!(error["code"], "built-in");
        assert_eq!(error["line"], place + 1);
        assert_eq!(error["column"], 3);
        assert_eq!(project.directory(), first);
    }
}

#[test]
fn a_bad_list_is_told_with_its_place() {
    let project = Project::accounting();
    let mut text = String::new();
    for list in [
        "[\n  {\"change\": \"add-user\"},\n  {\"change\": \"add-usr\"}\n]",
        "[{\"change\": \"add-user\", \"nam\": \"Mia\"}]",
        "[{\"change\": \"rename-user\", \"user\": \"Ann Lee\"}]",
        "[{\"change\": \"set-password\", \"user\": \"Ann Lee\", \"credential\": \"mine\"}]",
        "[\n{\"change\": \"delete-user\", \"user\": \"Anne\"}]",
        "[{\"change\": \"add-members\", \"group\": \"Finanse\"}]",
        "[{\"change\": \"add-group\", \"name\": \"Été\"} {}]",
        "[{\"change\": \"grant-area\", \"area\": {\"sql\": {\"schema\": \"DEFAULT_SHEMA\", \"right\": \"all\"}}, \"grantee\": \"nobody\"}]",
        "{\"change\": \"add-user\"}",
        "[",
        "",
        "users add Mia",
        "nobody",
    ] {
        project.write("changes.json", list);
        let run = project.guichet("apply changes.json");
        text.push_str(&format!("{list}\n{}\n", run.stderr));
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{list}");
    }
    insta::assert_snapshot!(text);
}

#[test]
fn an_empty_list_changes_nothing() {
    let told = Project::accounting().guichet_fed("apply - --format json", "\u{feff}[]");
    assert_eq!(told.json()["changed"], false);
}

/// The file that documents the kinds is a list that can be applied.
#[test]
fn the_list_of_the_reference_can_be_applied() {
    let reference = crate::repository::text("docs/cli.md");
    let (_, section) = reference.split_once("### Lists of changes\n").unwrap();
    let list = section.split("```json\n").nth(1).unwrap();
    let list = list.split("```").next().unwrap();
    let run = Project::accounting().guichet_fed("apply -", list);
    assert_eq!(run.status, 0, "{run}");
}
