//! Other systems' test cases, read as data where the folder with them lies beside the project.
//!
//! Their format is described in the folder's own README. Every case is asked twice: as given, and
//! with everything in the opposite order.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use guichet_core::{GroupHandle, Membership as _, UserHandle};
use guichet_policy::Closure;
use serde_json::Value;

use crate::support::json::{members, texts};
use crate::support::path_names;
use crate::support::sketch::Sketch;

/// What was asked, and how many of those ask whether a group is in itself.
#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    cases: usize,
    answers: usize,
    self_questions: usize,
}

/// Says something that the test harness shows also when the test passes.
fn tell(text: &str) {
    let line = format!("{text}\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}

fn read(name: &str) -> Option<Value> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/outside-cases");
    if !folder.is_dir() {
        tell(&format!(
            "SKIPPED: no outside cases beside the project, {name} was not checked"
        ));
        return None;
    }
    let text = fs::read_to_string(folder.join(name)).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

fn list<'a>(object: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    object[key].as_array().into_iter().flatten()
}

fn set(list: &Value) -> BTreeSet<&str> {
    texts(list).collect()
}

fn positions(names: &[String]) -> BTreeMap<&str, usize> {
    names.iter().map(String::as_str).zip(0..).collect()
}

/// Reads the users, groups and memberships of a case: `[group, member]` in both lists.
fn sketch(case: &Value) -> Sketch {
    let users: Vec<_> = texts(&case["users"]).map(str::to_owned).collect();
    let groups: Vec<_> = texts(&case["groups"]).map(str::to_owned).collect();
    let (user_at, group_at) = (positions(&users), positions(&groups));
    let edges = |key, member_at: &BTreeMap<&str, usize>| -> Vec<(usize, usize)> {
        list(case, key)
            .map(|edge| {
                let (group, member) = (edge[0].as_str().unwrap(), edge[1].as_str().unwrap());
                (group_at[group], member_at[member])
            })
            .collect()
    };
    Sketch {
        user_edges: edges("member_users", &user_at),
        group_edges: edges("member_groups", &group_at),
        users: users.clone(),
        groups: groups.clone(),
    }
}

/// A closure asked by name.
struct Asked {
    closure: Closure,
    users: BTreeMap<String, UserHandle>,
    groups: BTreeMap<String, GroupHandle>,
}

impl Asked {
    fn new(sketch: &Sketch) -> Self {
        let built = sketch.build();
        Self {
            users: sketch.users.iter().cloned().zip(built.users).collect(),
            groups: sketch.groups.iter().cloned().zip(built.groups).collect(),
            closure: Closure::new(built.directory),
        }
    }

    fn group(&self, name: &str) -> GroupHandle {
        self.groups[name]
    }

    fn names(&self, groups: Vec<GroupHandle>) -> BTreeSet<&str> {
        let directory = self.closure.directory();
        let name = |group| directory.group(group).unwrap().name().as_str();
        groups.into_iter().map(name).collect()
    }

    /// A name that the case does not list is no group: nothing is nested in it, nor it in anything.
    fn is_nested(&self, group: &str, container: &str) -> bool {
        let groups = (self.groups.get(group), self.groups.get(container));
        matches!(groups, (Some(group), Some(container))
            if self.closure.nested_groups(*container).contains(group))
    }

    fn groups_of(&self, user: &str) -> BTreeSet<&str> {
        self.names(self.closure.groups_of_user(self.users[user]))
    }

    fn users_of(&self, group: &str) -> BTreeSet<&str> {
        let directory = self.closure.directory();
        let name = |user| directory.user(user).unwrap().name().as_str();
        let users = self.closure.users_of_group(self.group(group));
        users.into_iter().map(name).collect()
    }
}

/// Asks every question of one case of the format `closure-cases/1`.
fn judge(asked: &Asked, case: &Value, count: &mut Count) {
    let name = &case["name"];
    for check in list(case, "checks") {
        let group = check["group"].as_str().unwrap();
        let expected = check["expect"].as_bool().unwrap();
        if let Some(user) = check["user"].as_str() {
            let found = asked
                .closure
                .is_member(asked.users[user], asked.group(group));
            assert_eq!(found, expected, "{name}: {user} in {group}");
        } else {
            let subject = check["subject_group"].as_str().unwrap();
            if subject == group {
                // The sources differ here; ours is decision D33, whatever they expect.
                assert!(!asked.is_nested(group, group), "{name}: {group} in itself");
                count.self_questions += 1;
                continue;
            }
            assert_eq!(
                asked.is_nested(subject, group),
                expected,
                "{name}: {subject} in {group}"
            );
        }
        count.answers += 1;
    }
    for question in list(case, "list_groups") {
        let among = set(&question["among"]);
        let found = if let Some(user) = question["user"].as_str() {
            asked.groups_of(user)
        } else {
            // There, a group counts as inside itself.
            let subject = question["subject_group"].as_str().unwrap();
            let mut found = asked.names(asked.closure.containers(asked.group(subject)));
            found.insert(subject);
            found
        };
        let found: BTreeSet<_> = found.intersection(&among).copied().collect();
        assert_eq!(found, set(&question["expect"]), "{name}: {question}");
        count.answers += 1;
    }
    for question in list(case, "list_users") {
        let users = asked.users_of(question["group"].as_str().unwrap());
        let among = set(&question["among"]);
        let found: BTreeSet<_> = users.intersection(&among).copied().collect();
        assert_eq!(found, set(&question["expect"]), "{name}: {question}");
        count.answers += 1;
    }
    for question in list(case, "list_subgroups") {
        let group = question["group"].as_str().unwrap();
        let nested = asked.names(asked.closure.nested_groups(asked.group(group)));
        let among = set(&question["among"]);
        let found: BTreeSet<_> = nested.intersection(&among).copied().collect();
        let mut expected = set(&question["expect"]);
        expected.remove(group); // decision D33
        assert_eq!(found, expected, "{name}: {question}");
        count.answers += 1;
    }
}

/// Asks a whole file in both orders, and prints what was asked.
fn closure_cases(file: &str, expected: &Count) {
    let Some(content) = read(file) else { return };
    let mut count = Count::default();
    let mut twins = Count::default();
    for case in list(&content, "cases") {
        let sketch = sketch(case);
        judge(&Asked::new(&sketch), case, &mut count);
        judge(&Asked::new(&sketch.reversed()), case, &mut twins);
        count.cases += 1;
        twins.cases += 1;
    }
    tell(&format!("{file}: {count:?}, as many in the opposite order"));
    assert_eq!(&count, expected);
    assert_eq!(&twins, expected);
}

#[test]
fn openfga_consolidated() {
    let expected = Count {
        cases: 439,
        answers: 439,
        self_questions: 0,
    };
    closure_cases("openfga-consolidated.json", &expected);
}

#[test]
fn openfga_sample_stores() {
    let expected = Count {
        cases: 145,
        answers: 145,
        self_questions: 0,
    };
    closure_cases("openfga-sample-stores.json", &expected);
}

#[test]
fn spicedb_testconfigs() {
    let expected = Count {
        cases: 138,
        answers: 134,
        self_questions: 4,
    };
    closure_cases("spicedb-testconfigs.json", &expected);
}

#[test]
fn spicedb_steelthread() {
    let expected = Count {
        cases: 2,
        answers: 2,
        self_questions: 0,
    };
    closure_cases("spicedb-steelthread.json", &expected);
}

#[test]
fn ldap_memberof() {
    let expected = Count {
        cases: 38,
        answers: 565,
        self_questions: 10,
    };
    closure_cases("389ds-memberof.json", &expected);
}

#[test]
fn ldap_slapi_memberof() {
    let expected = Count {
        cases: 12,
        answers: 12,
        self_questions: 0,
    };
    closure_cases("389ds-slapi-memberof.json", &expected);
}

#[test]
fn cedar_corpus() {
    let Some(content) = read("cedar-corpus.json") else {
        return;
    };
    let mut count = Count::default();
    for case in list(&content, "cases") {
        let groups: Vec<_> = texts(&case["nodes"]).map(str::to_owned).collect();
        let at = |name: &Value| groups.iter().position(|node| name == node).unwrap();
        let edges = list(case, "member_of").map(|edge| (at(&edge[1]), at(&edge[0])));
        let sketch = Sketch {
            group_edges: edges.collect(),
            groups: groups.clone(),
            ..Sketch::default()
        };
        for asked in [Asked::new(&sketch), Asked::new(&sketch.reversed())] {
            for check in list(case, "checks") {
                let found = list(check, "all_of").all(|needed| {
                    let node = needed["node"].as_str().unwrap();
                    texts(&needed["any_group"])
                        .any(|group| node == group || asked.is_nested(node, group))
                });
                assert_eq!(check["expect"], found, "{}", case["name"]);
                count.answers += 1;
            }
        }
        count.cases += 1;
    }
    tell(&format!(
        "cedar-corpus.json: {count:?}, half of the answers in the opposite order"
    ));
    assert_eq!((count.cases, count.answers), (60, 2 * 105));
}

/// A graph in which each node lists the groups that it is a member of, with one user in each node.
///
/// A neighbour that is no node is a dangling name and counts for nothing.
fn member_of(graph: &Value) -> Asked {
    let graph = members(graph);
    let groups: Vec<_> = graph.keys().cloned().collect();
    let at = |name: &str| groups.iter().position(|group| group == name);
    let mut group_edges = Vec::new();
    for (position, containers) in graph.values().enumerate() {
        let containers = texts(containers).filter_map(at);
        group_edges.extend(containers.map(|container| (container, position)));
    }
    Asked::new(&Sketch {
        users: groups.clone(),
        user_edges: (0..groups.len())
            .map(|position| (position, position))
            .collect(),
        group_edges,
        groups: groups.clone(),
    })
}

#[test]
fn opa_reachable() {
    let Some(content) = read("opa-reachable.json") else {
        return;
    };
    let mut count = Count::default();
    for case in list(&content, "reachable") {
        let asked = member_of(&case["graph"]);
        let initial = set(&case["initial"]);
        let found: BTreeSet<_> = initial
            .iter()
            .flat_map(|node| asked.groups_of(node))
            .collect();
        assert_eq!(found, set(&case["want"]), "{}", case["note"]);
        count.cases += 1;
        count.answers += 1;
    }
    // Theirs are all longest paths without a repeat, ours the shortest to one end: of their paths
    // with the same two ends, ours are exactly the shortest.
    for case in list(&content, "all_paths") {
        let asked = member_of(&case["graph"]);
        let paths: Vec<Vec<&str>> = list(case, "want")
            .map(|path| texts(path).collect())
            .collect();
        let ends: BTreeSet<_> = paths
            .iter()
            .map(|path| (path[0], path[path.len() - 1]))
            .collect();
        for (start, end) in ends {
            let joins = |path: &&Vec<&str>| path[0] == start && path[path.len() - 1] == end;
            let theirs: Vec<_> = paths.iter().filter(joins).collect();
            let shortest = theirs.iter().map(|path| path.len()).min();
            let theirs: BTreeSet<Vec<String>> = (theirs.into_iter())
                .filter(|path| Some(path.len()) == shortest)
                .map(|path| path.iter().map(|&name| name.to_owned()).collect())
                .collect();
            let (user, goal) = (asked.users[start], asked.group(end));
            let ours: BTreeSet<Vec<String>> = (asked.closure.all_shortest_paths(user, goal).iter())
                .map(|path| path_names(asked.closure.directory(), &path).split_off(1))
                .collect();
            assert_eq!(ours, theirs, "{}: {start} to {end}", case["note"]);
            count.answers += 1;
        }
        count.cases += 1;
    }
    tell(&format!(
        "opa-reachable.json: {count:?}; 2 rejections are of another file format"
    ));
    assert_eq!(count.cases, 3 + 8);
}

#[test]
fn real_organisations() {
    let Some(content) = read("real-organisations.json") else {
        return;
    };
    let mut count = Count::default();
    for organisation in list(&content, "directories") {
        let sketch = sketch(organisation);
        for asked in [Asked::new(&sketch), Asked::new(&sketch.reversed())] {
            for (user, groups) in members(&organisation["groups_of_user"]) {
                assert_eq!(asked.groups_of(&user), set(&groups), "{user}");
                count.answers += 1;
            }
        }
        count.cases += 1;
    }
    tell(&format!(
        "real-organisations.json: {count:?}, half of the answers in the opposite order"
    ));
    assert_eq!((count.cases, count.answers), (2, 2 * (1_509 + 402)));
}
