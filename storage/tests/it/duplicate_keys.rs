//! A key that stands twice: the last one counts, everywhere, and it is reported (decision D11).

use std::collections::HashSet;

use guichet_core::{
    AccessArea, Change, Diagnostic, Directory, Grantee, PluginKey, Rules, SchemaName, Severity,
    SqlRight, UserName, same_in_order,
};
use guichet_storage::{DirectoryText, encode, merge, normalise};
use proptest::prelude::*;
use proptest::sample::select;

use crate::changes::{edited, idea};
use crate::meaning::parse;

/// A value of a directory file, whose objects may have a key twice.
#[derive(Clone, Debug)]
enum Tree {
    Text(&'static str),
    List(Vec<&'static str>),
    Object(Vec<(&'static str, Tree)>),
}

impl Tree {
    fn text(&self) -> String {
        match self {
            Self::Text(text) => format!("\"{text}\""),
            Self::List(names) => {
                let names = names.iter().map(|name| format!("\"{name}\""));
                format!("[{}]", names.collect::<Vec<_>>().join(", "))
            }
            Self::Object(members) => {
                let members = members
                    .iter()
                    .map(|(key, value)| format!("\"{key}\": {}", value.text()));
                format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// The same with nothing but the members that count, each where it stands last.
    fn counted(&self) -> Self {
        let Self::Object(members) = self else {
            return self.clone();
        };
        let mut seen = HashSet::new();
        let mut last: Vec<_> = members
            .iter()
            .rev()
            .filter(|(key, _)| seen.insert(*key))
            .map(|(key, value)| (*key, value.counted()))
            .collect();
        last.reverse();
        Self::Object(last)
    }

    /// How many members do not count, in all objects.
    fn overridden(&self) -> usize {
        let Self::Object(members) = self else {
            return 0;
        };
        let keys: HashSet<_> = members.iter().map(|(key, _)| key).collect();
        let inside: usize = members.iter().map(|(_, value)| value.overridden()).sum();
        members.len() - keys.len() + inside
    }
}

const PEOPLE: [&str; 7] = [
    "designer",
    "administrator",
    "Ann",
    "ann",
    "Bob",
    "Boss",
    "Designer",
];
const TEAMS: [&str; 4] = ["Sales", "sales", "Devs", "Boss"];

fn object(
    keys: &'static [&'static str],
    value: impl Strategy<Value = Tree> + 'static,
    most: usize,
) -> impl Strategy<Value = Tree> {
    proptest::collection::vec((select(keys), value), 0..=most).prop_map(Tree::Object)
}

fn texts(from: &'static [&'static str]) -> impl Strategy<Value = Tree> {
    select(from).prop_map(Tree::Text)
}

/// A directory file in which any key may stand any number of times.
fn file() -> impl Strategy<Value = Tree> {
    let granted = || texts(&["Sales", "Devs", "*", "", "Gone"]);
    let user = object(
        &["alias", "password", "startupMethod"],
        texts(&["Ann", "Boss", "r0z/2g0H3wUsWfuzy66adw=="]),
        3,
    );
    let list = |names: &'static [&'static str]| {
        proptest::collection::vec(select(names), 0..4).prop_map(Tree::List)
    };
    let users = object(&["users"], list(&PEOPLE), 2);
    let nested = object(&["groups"], list(&TEAMS), 2);
    let group = (users, nested).prop_map(|(users, nested)| match (users, nested) {
        (Tree::Object(users), Tree::Object(nested)) => {
            Tree::Object(users.into_iter().chain(nested).collect())
        }
        (users, _) => users,
    });
    let schema = object(
        &[
            "readOnlyAccessGroup",
            "readWriteAccessGroup",
            "allAccessGroup",
        ],
        granted(),
        4,
    );
    let settings = prop_oneof![
        (
            select(
                &[
                    "designAccessGroup",
                    "DesignAccessGroup",
                    "remoteMobileAccessGroupRW"
                ][..]
            ),
            granted()
        ),
        (
            select(
                &[
                    "remoteDefaultUser",
                    "RemoteDefaultUser",
                    "localGenericWebUser"
                ][..]
            ),
            texts(&["Ann", "Bob", "Boss", ""])
        ),
    ];
    let sections = prop_oneof![
        4 => object(&PEOPLE, user, 6).prop_map(|users| ("users", users)),
        3 => object(&TEAMS, group, 5).prop_map(|groups| ("groups", groups)),
        1 => object(&["DEFAULT_SCHEMA", "default_schema", "Mine"], schema, 3).prop_map(|all| ("sqlSchemaGranters", all)),
        1 => object(&["web", "write", "mine"], granted(), 3).prop_map(|all| ("remoteGranters", all)),
        1 => proptest::collection::vec(settings, 0..4).prop_map(|all| ("settings", Tree::Object(all))),
    ];
    proptest::collection::vec(sections, 0..7).prop_map(Tree::Object)
}

fn same(left: &Directory, right: &Directory) -> Result<(), TestCaseError> {
    prop_assert!(same_in_order(left, right));
    Ok(())
}

proptest! {
    #[test]
    fn a_file_means_what_its_last_keys_mean(tree in file()) {
        let (whole, counted) = (parse(&tree.text()), parse(&tree.counted().text()));
        same(&whole.directory, &counted.directory)?;
        let reported = whole.problems.iter().filter(|problem| problem.code() == "duplicate-key");
        prop_assert!(reported.count() >= tree.overridden());
        let normal = normalise(&whole.document, &whole.directory);
        let normal = DirectoryText::parse(normal.into_bytes()).unwrap();
        let names = |directory: &Directory| {
            let mut names: Vec<_> = directory.users().map(|(_, user)| user.clone()).collect();
            names.sort_by(|left, right| left.name().cmp(right.name()));
            names
        };
        prop_assert_eq!(names(&normal.directory), names(&whole.directory));
    }

    #[test]
    fn an_edit_patches_the_keys_that_count(
        tree in file(), ideas in proptest::collection::vec(idea(), 1..5),
    ) {
        let text = parse(&tree.text());
        let after = edited(&text.directory, &ideas);
        if let Ok(patch) = encode(&text.document, &text.directory, &after) {
            let written = parse(&patch.apply(text.document.text()).unwrap());
            // What no file of 4D has a key for goes to `guichet.toml`.
            let in_options = |directory: &Directory| {
                let grants = directory.grants();
                let barcode = grants.plugin(&PluginKey::from_stored("barcode"));
                (grants.area(&AccessArea::Http).cloned(), barcode.clone())
            };
            let same_options = in_options(&text.directory) == in_options(&after);
            prop_assert!(!same_options || same_in_order(&written.directory, &after));
            if let Ok(merged) = merge(&text, &text, &written) {
                prop_assert!(merged.is_clean());
            }
        }
    }
}

#[test]
fn of_two_designers_the_last_counts_also_without_an_administrator() {
    let digest = "$2b$10$kDmGbtoQTzsXnyHWwReaPIvXkS0xbTjsuOqdLUcEZmXwYPv3kQ2aa";
    let text = parse(&format!(
        r#"{{"users":{{"designer":{{"alias":"First"}},"Ann":{{}},
            "designer":{{"password":"{digest}","alias":"Last"}}}},
            "groups":{{"G":{{}}}},"settings":{{"designAccessGroup":"G"}}}}"#
    ));
    let designer = text.directory.user(text.directory.designer()).unwrap();
    assert_eq!(designer.name(), &UserName::from_stored("Last"));
    assert!(designer.credential().is_some());
    let codes: Vec<_> = text.problems.iter().map(Diagnostic::code).collect();
    assert_eq!(codes, ["missing-built-in", "duplicate-key"]);
    assert_eq!(text.problems[1].place.pointer.as_str(), "/users/designer");
}

/// What a text says of the three rights on the default schema.
fn rights(text: &DirectoryText) -> Vec<String> {
    let grants = text.directory.grants();
    let rights = SqlRight::ALL.map(|right| {
        let schema = SchemaName::default_schema();
        let area = AccessArea::Sql { schema, right };
        let named = text.directory.grantee_by_name(grants.area(&area).unwrap());
        named.as_text().to_owned()
    });
    rights.to_vec()
}

#[test]
fn of_two_spellings_of_a_schema_the_narrower_right_counts_and_both_places_are_told() {
    let text = |first: &str, second: &str| {
        parse(&format!(
            r#"{{"groups": {{"Sales": {{}}, "Devs": {{}}}},
                "sqlSchemaGranters": {{"DEFAULT_SCHEMA": {{{first}}},
                "default_schema": {{{second}}}}}}}"#
        ))
    };
    let open = r#""readOnlyAccessGroup": "*", "allAccessGroup": "*""#;
    let closed = r#""readOnlyAccessGroup": "Sales", "readWriteAccessGroup": "Devs""#;
    for (first, second) in [(open, closed), (closed, open)] {
        let text = text(first, second);
        assert_eq!(rights(&text), ["Sales", "Devs", "*"]);
        let twin = text.problems.last().unwrap();
        assert_eq!(twin.code(), "twin-schema");
        assert_eq!(twin.severity(), Severity::Error);
        assert_eq!(twin.place.position.line, 3);
        assert_eq!(
            twin.place.pointer.as_str(),
            "/sqlSchemaGranters/default_schema"
        );
        assert!(
            twin.to_string()
                .contains("`DEFAULT_SCHEMA`, at line 2, column"),
            "{twin}"
        );
    }
    let two = text(closed, r#""readOnlyAccessGroup": "Devs""#);
    assert_eq!(rights(&two), ["", "Devs", "*"]);
    // An edit of a right is made in every spelling that says it.
    let mut after = two.directory.clone();
    let change = Change::GrantArea {
        area: AccessArea::Sql {
            schema: SchemaName::default_schema(),
            right: SqlRight::Read,
        },
        grantee: Grantee::Everyone,
    };
    drop(after.apply(&[change], &Rules::default()).unwrap());
    let patch = encode(&two.document, &two.directory, &after).unwrap();
    let written = parse(&patch.apply(two.document.text()).unwrap());
    assert_eq!(rights(&written), ["*", "Devs", "*"]);
}
