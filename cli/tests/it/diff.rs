//! `diff`: what another directory means for people, then every change.

use serde_json::json;

use crate::harness::{DATA_FILE, Project, fixture};

/// The file that is compared with the one that counts.
const FILE: &str = "Settings/directory.json";
const BOTH: &str = "Settings/directory.json Data/Settings/directory.json";

#[test]
fn people_come_first() {
    let project = Project::accounting();
    insta::assert_snapshot!(project.session(&[
        &format!("diff {BOTH}"),
        &format!("diff {BOTH} --format markdown"),
        &format!("diff {DATA_FILE} {DATA_FILE}"),
    ]));
}

#[test]
fn programs_get_the_same() {
    let project = Project::accounting();
    insta::assert_snapshot!(project.guichet(&format!("diff {BOTH} --format json")));
}

/// Each kind of change, from the directory as it was to the one that the edits made.
#[test]
fn every_edit_is_told() {
    let project = Project::accounting();
    project.write("old.json", project.directory());
    for line in [
        "users add Tom --startup-method Start",
        "users rename Designer Boss",
        "users startup-method \"Ann Lee\"",
        "users passwd \"Zoé Martin\" --remove",
        "users delete \"Karim O'Neil\"",
        "groups add Shop",
        "groups rename Finance Money",
        "members remove Accounting Money",
        "members add Devs \"Ann Lee\"",
        "plugins set write --nobody",
        "access set design Shop",
        "access set sql:DEFAULT_SCHEMA:all --everyone",
        "settings default-user Tom",
    ] {
        let run = project.guichet(line);
        assert_eq!(run.status, 0, "{run}");
    }
    insta::assert_snapshot!(project.guichet(&format!("diff old.json {DATA_FILE}")));
    let back = project.guichet(&format!("diff {DATA_FILE} old.json --format markdown"));
    insta::assert_snapshot!("and_back_as_markdown", back);
}

/// The largest corpus file in another order, and a directory of the size of the largest known one.
#[test]
fn statement_80_two_permutations_of_one_directory_are_equal_and_differ_only_in_order() {
    let project = Project::with(std::fs::read(fixture("survey-78-users")).unwrap());
    let resaved = std::fs::read(fixture("survey-78-users.resaved")).unwrap();
    project.write("resaved.json", resaved);
    let run = project.guichet("diff Settings/directory.json resaved.json --format json");
    assert_eq!(run.status, 0, "{run}");
    let document = run.json();
    assert_eq!(document["equal"], true);
    assert_eq!(document["order_only"], true);
    assert_eq!(document["changes"], json!([]));
    assert_eq!(document["access"], json!([]));

    let (forward, backward) = (
        large(|count| (0..count).collect()),
        large(|count| (0..count).rev().collect()),
    );
    let project = Project::with(forward);
    project.write("backward.json", backward);
    let document = project
        .guichet("diff Settings/directory.json backward.json --format json")
        .json();
    assert_eq!(
        (&document["equal"], &document["order_only"]),
        (&json!(true), &json!(true))
    );
}

/// 1 415 users and 193 groups, six deep, in the order that is asked for.
fn large(order: impl Fn(usize) -> Vec<usize>) -> String {
    let users = order(1_415)
        .into_iter()
        .map(|user| format!("\"U{user}\": {{}}"));
    let groups = order(193).into_iter().map(|group| {
        let users = order(1_415).into_iter().filter(|user| user % 193 == group);
        let users: Vec<String> = users.map(|user| format!("\"U{user}\"")).collect();
        let nested = if group % 6 < 5 && group + 1 < 193 {
            format!("\"G{}\"", group + 1)
        } else {
            String::new()
        };
        format!(
            "\"G{group}\": {{\"users\": [{}], \"groups\": [{nested}]}}",
            users.join(", ")
        )
    });
    format!(
        "{{\"users\": {{\"designer\": {{}}, \"administrator\": {{}}, {}}}, \"groups\": {{{}}}}}",
        users.collect::<Vec<_>>().join(", "),
        groups.collect::<Vec<_>>().join(", "),
    )
}

#[test]
fn another_layout_or_an_unknown_key_is_said_to_be_no_change() {
    let project = Project::with("{\"groups\": {\"Devs\": {}}}");
    project.write(
        "new.json",
        "{\n  \"groups\": {\"Devs\": {\"colour\": 3}}\n}",
    );
    insta::assert_snapshot!(project.session(&[
        "diff Settings/directory.json new.json",
        "diff Settings/directory.json new.json --format json",
    ]), @r#"
    $ guichet diff Settings/directory.json new.json
    same meaning; the texts differ only in layout or unknown keys
    [0]

    $ guichet diff Settings/directory.json new.json --format json
    {
      "equal": true,
      "order_only": false,
      "text_only": true,
      "changes": [],
      "access": [],
      "seats": [],
      "digest": "af1349b9f5f9a1a6a0404dea36dcc949"
    }
    [0]
    "#);
}

/// An approval holds for the changes, whatever the order of the two files is.
#[test]
fn the_digest_is_of_what_is_different() {
    let project =
        Project::with("{\"users\": {\"Ann\": {}, \"Bob\": {}}, \"groups\": {\"Devs\": {}}}");
    project.write(
        "other.json",
        "{\"groups\": {\"Devs\": {}}, \"users\": {\"Bob\": {}, \"Ann\": {}}}",
    );
    project.write(
        "new.json",
        "{\"users\": {\"Bob\": {}, \"Ann\": {}}, \"groups\": {\"Devs\": {\"users\": [\"Bob\"]}}}",
    );
    let digest = |old: &str, new: &str| {
        let document = project
            .guichet(&format!("diff {old} {new} --format json"))
            .json();
        document["digest"].as_str().unwrap().to_owned()
    };
    let first = digest("Settings/directory.json", "new.json");
    assert_eq!(first, digest("other.json", "new.json"));
    assert_ne!(first, digest("new.json", "other.json"));
}

#[test]
fn one_side_comes_from_standard_input() {
    let project = Project::accounting();
    let input = String::from_utf8(project.directory()).unwrap();
    let run = project.guichet_fed(&format!("diff - {DATA_FILE}"), &input);
    assert_eq!(
        (run.status, run.stdout.as_str()),
        (0, "same meaning\n"),
        "{run}"
    );
}

#[test]
fn a_side_that_is_no_directory_is_told_with_its_place() {
    let project = Project::accounting();
    project.write("broken.json", "{\"users\": 1}");
    insta::assert_snapshot!(project.session(&[
        &format!("diff broken.json {DATA_FILE}"),
        &format!("diff {DATA_FILE} missing.json"),
    ]), @r#"
    $ guichet diff broken.json Data/Settings/directory.json
    --- standard error
    error: `broken.json` is not a directory of users and groups: `users` should be an object but is a number
     --> broken.json:1:11
      |
    1 | {"users": 1}
      |           ^ /users
    help: Write an object in braces, as 4D does.
    [2]

    $ guichet diff Data/Settings/directory.json missing.json
    --- standard error
    error: cannot read `missing.json`
      because: the file does not exist
    help: Check the path.
    [2]
    "#);
}

#[test]
fn two_users_of_one_name_who_gain_access_are_told_apart() {
    let directory = |members: &str| {
        format!(
            r#"{{"users": {{"designer": {{"password": "AAAAAAAAAAAAAAAAAAAAAA==", "alias": "Boss"}},
                "administrator": {{"alias": "Administrator"}}, "Boss": {{}}}},
                "remoteGranters": {{"write": "{members}"}}}}"#
        )
    };
    let project = Project::with(directory(""));
    project.write("new.json", directory("*"));
    let told = project
        .guichet("diff Settings/directory.json new.json")
        .stdout;
    let line = "3 users gain plugin:write (Boss (#1), Administrator, Boss (#3))\n";
    assert!(told.contains(line), "{told}");
}

/// Somebody's redirection that failed is not a directory from which everybody is gone; git alone hands
/// over an empty file for one that was not there.
#[test]
fn an_empty_side_is_no_directory() {
    let project = Project::accounting();
    project.write("empty.json", "");
    for line in [
        format!("diff empty.json {DATA_FILE} --format json"),
        format!("diff {DATA_FILE} empty.json --format json"),
        format!("diff - {DATA_FILE} --format json"),
    ] {
        let run = project.guichet(&line);
        assert_eq!(run.json_error()["code"], "json-syntax", "{run}");
    }
    let handed = project.guichet(&format!("git diff {FILE} empty.json 0 0 {FILE} 0 0"));
    assert!(handed.stdout.contains("was added"), "{handed}");
}

#[test]
fn programs_tell_two_users_of_one_name_apart() {
    let directory = |grantee: &str| {
        format!(
            r#"{{"users": {{"designer": {{"password": "AAAAAAAAAAAAAAAAAAAAAA==", "alias": "Boss"}},
                "administrator": {{"alias": "Administrator"}}, "Boss": {{}}}},
                "remoteGranters": {{"write": "{grantee}"}}}}"#
        )
    };
    let project = Project::with(directory(""));
    project.write("new.json", directory("*"));
    let document = project
        .guichet("diff Settings/directory.json new.json --format json")
        .json();
    let access = document["access"].as_array().unwrap();
    let ids: Vec<_> = access
        .iter()
        .map(|one| (&one["user"], &one["id"]))
        .collect();
    let ids = json!(ids);
    assert_eq!(ids, json!([["Boss", 1], ["Administrator", 2], ["Boss", 3]]));
}
