//! Every reading command on the example of the readme and on look-alikes of real files.

use crate::harness::Project;

#[test]
fn the_example_as_text() {
    insta::assert_snapshot!(Project::accounting().session(&[
        "where",
        "show",
        "users list",
        "users show \"Ann Lee\"",
        "groups list",
        "groups show Finance",
        "effective",
        "tree",
        "plugins list",
        "plugins show write",
        "access list",
    ]));
}

#[test]
fn the_example_as_json() {
    insta::assert_snapshot!(Project::accounting().session(&[
        "where --format json",
        "show --format json",
        "users list --format json",
        "users show \"Ann Lee\" --format json",
        "groups list --format json",
        "groups show Finance --format json",
        "effective --format json",
        "tree --format json",
        "plugins list --format json",
        "plugins show write --format json",
        "access list --format json",
    ]));
}

#[test]
fn questions_as_text() {
    insta::assert_snapshot!(Project::accounting().session(&[
        "check \"Ann Lee\" plugin:write",
        "check \"Zoé Martin\" plugin:write",
        "check Designer design",
        "check Administrator design",
        "check Administrator administration",
        "check \"Ann Lee\" administration",
        "check \"Web Guest\" plugin:web",
        "check Designer sql:DEFAULT_SCHEMA:all",
        "check \"Paul Durand\" sql:DEFAULT_SCHEMA:all",
        "check \"Paul Durand\" group:Accounting",
        "check \"Zoé Martin\" group:Finance",
        "check Designer group:Finance",
        "explain \"Ann Lee\" plugin:write",
        "explain Administrator plugin:view",
        "explain \"Zoé Martin\" plugin:write",
        "explain \"Web Guest\" design",
        "who-can plugin:write",
        "who-can sql",
        "who-can sql:DEFAULT_SCHEMA:all",
        "who-can administration",
        "what-can \"Ann Lee\"",
    ]));
}

#[test]
fn questions_as_json() {
    insta::assert_snapshot!(Project::accounting().session(&[
        "check \"Ann Lee\" plugin:write --format json",
        "check \"Zoé Martin\" plugin:write --format json",
        "explain \"Ann Lee\" plugin:write --format json",
        "explain \"Zoé Martin\" plugin:write --format json",
        "explain \"Web Guest\" sql:DEFAULT_SCHEMA:all --format json",
        "who-can plugin:write --format json",
        "who-can plugin:web --format json",
        "who-can sql:DEFAULT_SCHEMA:all --format json",
        "what-can \"Ann Lee\" --format json",
    ]));
}

/// A French file with renamed built-in users and passwords of the old shape.
#[test]
fn renamed_built_in_users_are_marked_by_a_word() {
    insta::assert_snapshot!(Project::fixture("two-groups-fr").session(&[
        "show",
        "users list",
        "users show #1",
        "groups list",
        "groups show Ekib",
        "tree",
        "who-can plugin:web",
        "what-can Ego",
    ]));
}

#[test]
fn look_alikes_of_real_files_are_summed_up() {
    let mut text = String::new();
    for name in [
        "crlf-2025",
        "demo-13-users",
        "office-45-groups",
        "upper-camel-settings-2020",
    ] {
        let project = Project::fixture(name);
        text.push_str(&format!("=== {name}\n"));
        text.push_str(&project.session(&["show", "tree", "access list"]));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn odd_files_are_read_and_their_problems_counted() {
    let mut text = String::new();
    for name in [
        "cycle",
        "dangling-members",
        "duplicate-keys",
        "odd-characters",
        "renamed-built-ins-by-key",
    ] {
        let project = Project::fixture(name);
        text.push_str(&format!("=== {name}\n"));
        text.push_str(&project.session(&["show", "users list", "groups list"]));
    }
    insta::assert_snapshot!(text);
}

/// Decision D9: a number is a position, and a name wins over it.
#[test]
fn users_and_groups_answer_to_their_numbers() {
    let project = Project::accounting();
    let name = |line: &str| project.guichet(line).json()["name"].clone();
    assert_eq!(name("users show #1 --format json"), "Designer");
    assert_eq!(name("users show #3 --format json"), "Ann Lee");
    assert_eq!(name("groups show #15001 --format json"), "Accounting");
    let answer = project
        .guichet("check #3 group:#15002 --format json")
        .json();
    assert_eq!(answer["access"], "group:Finance");
    assert_eq!(answer["allowed"], true);
}

/// A hostile file must not move the cursor, recolour or reorder what a person reads.
#[test]
fn a_name_cannot_act_on_the_terminal() {
    let project = Project::with(
        r#"{"users": {"designer": {}, "administrator": {}, "Eve\u001b[2J\nyes": {}},
            "groups": {"Top\u202egro": {"users": ["Eve\u001b[2J\nyes"]}}}"#,
    );
    insta::assert_snapshot!(project.session(&[
        "users list",
        "users show #3",
        "groups show #15001",
        "tree",
        "check #3 group:#15001",
        "who-can group:#15001",
    ]));
}

/// Of a user called as the Designer is, and the Designer, one was lost.
#[test]
fn accounts_of_equal_names_are_told_apart_in_the_closure() {
    let project = Project::with(
        r#"{"users": {"designer": {"alias": "Boss"}, "administrator": {"alias": "Boss (#1)"}, "Boss": {}},
            "groups": {"Devs": {"users": ["Boss", "Boss (#1)"]}}}"#,
    );
    let users = project.guichet("users list --format json").json();
    let closure = project.guichet("effective --format json").json();
    assert_eq!(
        closure["users"].as_object().unwrap().len(),
        users.as_array().unwrap().len()
    );
    // Each label that is a name is the account that the name finds.
    for user in users.as_array().unwrap() {
        let name = user["name"].as_str().unwrap();
        let found = project.guichet(&format!("users show \"{name}\" --format json"));
        assert_eq!(
            closure["users"][name],
            found.json()["effective_groups"],
            "{name}"
        );
    }
    insta::assert_snapshot!(project.session(&["effective", "effective --format json"]));
}

/// Twelve full layers of sixty groups: 60¹¹ shortest chains, more than can be counted.
#[test]
fn chains_that_cannot_be_counted_are_said_to_be_more_than_a_number() {
    const LAYERS: usize = 12;
    const WIDTH: usize = 60;
    let groups = (0..LAYERS * WIDTH).map(|n| {
        let below = (n / WIDTH + 1) * WIDTH;
        let nested: Vec<String> = (below..below + WIDTH)
            .map(|n| format!("\"g{n}\""))
            .collect();
        if below < LAYERS * WIDTH {
            format!("\"g{n}\": {{\"groups\": [{}]}}", nested.join(","))
        } else {
            format!("\"g{n}\": {{\"users\": [\"Ann\"]}}")
        }
    });
    let groups: Vec<String> = groups.collect();
    let project = Project::with(format!(
        r#"{{"users": {{"designer": {{"password": "AAAAAAAAAAAAAAAAAAAAAA=="}}, "Ann": {{}}}},
            "groups": {{{}}}}}"#,
        groups.join(",")
    ));
    let text = project.guichet("explain Ann group:g0").stdout;
    let count = "  more than 18446744073709551615 shortest chains of nested groups:\n";
    assert!(text.contains(count), "{text}");
    assert!(text.ends_with("    … and so on\n"), "{text}");
    let json = project.guichet("explain Ann group:g0 --format json").json();
    assert_eq!(json["path_count_exact"], false);
}

#[test]
fn every_group_that_has_an_sql_right_is_named() {
    let project = Project::with(
        r#"{"users": {"designer": {"password": "AAAAAAAAAAAAAAAAAAAAAA=="}},
            "groups": {"Readers": {}, "Writers": {}},
            "sqlSchemaGranters": {"SALES": {"readOnlyAccessGroup": "Readers",
                "readWriteAccessGroup": "Writers", "allAccessGroup": ""}}}"#,
    );
    let json = project
        .guichet("who-can sql:SALES:read --format json")
        .json();
    assert_eq!(json["group"], "Readers");
    assert_eq!(json["groups"], serde_json::json!(["Readers", "Writers"]));
}
