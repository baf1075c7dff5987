//! What the commands say about one another, on whole files.

use serde_json::Value;

use crate::harness::{Project, fixture};

const FILES: [&str; 5] = [
    "crlf-2025",
    "demo-13-users",
    "office-45-groups",
    "two-groups-fr",
    "upper-camel-settings-2020",
];

fn names(value: &Value) -> Vec<String> {
    let mut names: Vec<String> = value
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

fn json(project: &Project, line: &str) -> Value {
    project.guichet(&format!("{line} --format json")).json()
}

/// The expected files were computed by an independent walk over the look-alikes.
#[test]
fn effective_equals_the_independent_walk() {
    for name in FILES {
        let path = fixture(name).with_extension("expected.json");
        let expected: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let effective = json(&Project::fixture(name), "effective");
        for (command, walk) in [("users", "user"), ("groups", "group")] {
            let (found, wanted) = (&effective[command], &expected[walk]);
            for (name, members) in found.as_object().unwrap() {
                let wanted = wanted.get(name).map(names).unwrap_or_default();
                assert_eq!(names(members), wanted, "{name}");
            }
        }
    }
}

/// Decision D35: `what-can`, `who-can`, `check` and `explain` are one answer asked in four ways.
#[test]
fn the_four_questions_agree() {
    for name in ["two-groups-fr", "demo-13-users"] {
        let project = Project::fixture(name);
        let users = json(&project, "users list");
        let mut questions = String::new();
        let mut expected = Vec::new();
        for user in users.as_array().unwrap() {
            let (id, user) = (&user["id"], user["name"].as_str().unwrap());
            for row in json(&project, &format!("what-can #{id}"))["access"]
                .as_array()
                .unwrap()
            {
                let access = row["access"].as_str().unwrap();
                questions.push_str(&format!("{user}\t{access}\n"));
                expected.push((user.to_owned(), access.to_owned(), row["allowed"].clone()));
            }
        }
        let answers = project.guichet_fed("check --batch - --format json", &questions);
        let answers = answers.json();
        let answers: Vec<_> = answers
            .as_array()
            .unwrap()
            .iter()
            .map(|answer| {
                let word = |member: &str| answer[member].as_str().unwrap().to_owned();
                (word("user"), word("access"), answer["allowed"].clone())
            })
            .collect();
        assert_eq!(answers, expected);

        let mut accesses: Vec<&String> = expected.iter().map(|(_, access, _)| access).collect();
        accesses.sort();
        accesses.dedup();
        for access in accesses {
            let who = json(&project, &format!("who-can \"{access}\""));
            let mut allowed: Vec<String> = expected
                .iter()
                .filter(|(_, one, allowed)| one == access && *allowed == true)
                .map(|(user, ..)| user.clone())
                .collect();
            allowed.sort();
            assert_eq!(names(&who["users"]), allowed, "{access}");
        }
    }
}

/// Only a member has a path, and it leads from the user to the granted group.
#[test]
fn the_path_is_empty_unless_the_reason_is_membership() {
    let project = Project::accounting();
    for line in [
        "check Designer design",
        "check \"Ann Lee\" design",
        "check \"Ann Lee\" plugin:web",
        "check \"Ann Lee\" plugin:write --mode single-user",
    ] {
        assert_eq!(
            json(&project, line)["path"],
            serde_json::json!([]),
            "{line}"
        );
    }
    assert_eq!(
        json(&project, "check \"Ann Lee\" plugin:write")["path"],
        serde_json::json!(["Ann Lee", "General Mgmt", "Finance"])
    );
}
