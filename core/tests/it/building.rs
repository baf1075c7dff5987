//! Placing many members at once, beside a list that is searched from the front.

use guichet_core::identity::same_name;
use guichet_core::{
    AccessArea, DirectoryBuilder, Grantee, GroupHandle, GroupName, Placement, PluginKey,
    SchemaName, SqlRight, UserHandle, UserName,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Few names, so that twins, exact twins and duplicates come up all the time.
const NAMES: &[&str] = &[
    "Ann",
    "ann",
    "ANN",
    "Bob",
    "bob",
    "Zo\u{eb}",
    "zoe\u{308}",
    "a user of more than 23 bytes",
    "x1",
    "x2",
    "x3",
];

/// Finds as decision D7 says: the first that is exactly it, else the first that is the same.
fn find(known: &[(UserHandle, &str)], name: &str) -> Placement<UserHandle> {
    let exact = known.iter().find(|(_, known)| *known == name);
    let same = known.iter().find(|(_, known)| same_name(known, name));
    match (exact, same) {
        (Some((user, _)), _) => Placement::Exact(*user),
        (None, Some((user, _))) => Placement::ByCase(*user),
        (None, None) => Placement::Missing,
    }
}

proptest! {
    #[test]
    fn many_members_are_placed_as_a_search_from_the_front_would(
        users in vec(select(NAMES), 0..40),
        mut members in vec((0..3_usize, select(NAMES)), 0..200),
        together in any::<bool>(),
    ) {
        let mut builder = DirectoryBuilder::new();
        let known: Vec<(UserHandle, &str)> = users
            .iter()
            .map(|name| (builder.user(UserName::from_stored(name)), *name))
            .collect();
        let groups: Vec<GroupHandle> = ["A", "B", "C"]
            .iter()
            .map(|name| builder.group(GroupName::from_stored(name)))
            .collect();
        if together {
            members.sort_by_key(|(group, _)| *group);
        }
        let mut lists = vec![Vec::new(); groups.len()];
        let expected: Vec<_> = members
            .iter()
            .map(|(group, name)| {
                let placement = find(&known, name);
                match placement.handle() {
                    Some(user) if lists[*group].contains(&user) => Placement::Duplicate(user),
                    Some(user) => {
                        lists[*group].push(user);
                        placement
                    }
                    None => placement,
                }
            })
            .collect();
        let mut told = Vec::new();
        let pairs = members.iter().map(|(group, name)| (groups[*group], *name));
        builder.place_users(pairs, |_, _, placement| told.push(placement));
        prop_assert_eq!(told, expected);
        let directory = builder.finish();
        for (group, list) in groups.iter().zip(&lists) {
            prop_assert_eq!(directory.group(*group).unwrap().users(), list);
        }
        prop_assert!(directory.is_sound());
    }

    #[test]
    fn a_twin_is_told_as_a_search_from_the_front_would(users in vec(select(NAMES), 0..40)) {
        let mut builder = DirectoryBuilder::new();
        let mut known = Vec::new();
        for name in users {
            let (user, twin) = builder.user_noting_twin(UserName::from_stored(name));
            prop_assert_eq!(twin, find(&known, name));
            known.push((user, name));
        }
    }
}

#[test]
fn many_groups_are_placed_as_many_users_are() {
    let mut builder = DirectoryBuilder::new();
    let names = ["Devs", "Temps", "Ops"];
    let [devs, temps, ops] = names.map(|name| builder.group(GroupName::from_stored(name)));
    // An order that no 4D writes.
    builder.members_of(devs).group("Ops");
    builder.members_of(devs).group("Temps");
    let mut told = Vec::new();
    let members = ["OPS", "Nowhere"].map(|name| (devs, name));
    builder.place_groups(members, |group, name, placement| {
        told.push((group, name, placement));
    });
    assert_eq!(
        told,
        [
            (devs, "OPS", Placement::Duplicate(ops)),
            (devs, "Nowhere", Placement::Missing),
        ]
    );
    let directory = builder.finish();
    let devs = directory.group(devs).unwrap();
    assert_eq!(devs.groups(), [ops, temps]);
    assert_eq!(devs.missing_groups(), [GroupName::from_stored("Nowhere")]);
}

#[test]
fn a_setting_says_whom_its_text_means() {
    let mut builder = DirectoryBuilder::new();
    let ann = builder.user(UserName::from_stored("Ann"));
    assert_eq!(builder.default_user(""), None);
    assert_eq!(builder.local_web_user("ANN"), Some(Placement::ByCase(ann)));
    assert_eq!(builder.remote_web_user("Bob"), Some(Placement::Missing));
}

#[test]
fn a_grant_says_which_group_its_text_means() {
    let mut builder = DirectoryBuilder::new();
    let devs = builder.group(GroupName::from_stored("Devs"));
    let mut grant = |text| builder.grant_area(&AccessArea::Design, &Grantee::parse(text));
    assert_eq!(grant("*"), None);
    assert_eq!(grant(""), None);
    assert_eq!(grant("devs"), Some(Placement::ByCase(devs)));
    assert_eq!(grant("Ops"), Some(Placement::Missing));
}

#[test]
fn of_two_spellings_of_a_schema_the_narrower_right_counts() {
    let texts = ["*", "", "Devs", "DEVS", "Ops", "Later"];
    let area = |schema: &str| AccessArea::Sql {
        schema: SchemaName::from_stored(schema),
        right: SqlRight::Read,
    };
    let narrowed = |first: &str, second: &str| {
        let mut builder = DirectoryBuilder::new();
        builder.group(GroupName::from_stored("Devs"));
        builder.group(GroupName::from_stored("Ops"));
        builder.narrow_area(&area("HR"), &Grantee::parse(first));
        builder.narrow_area(&area("hr"), &Grantee::parse(second));
        let directory = builder.finish();
        assert_eq!(
            directory.grants().schemas().len(),
            2,
            "the default one, and one"
        );
        let grantee = directory.grants().area(&area("Hr")).unwrap();
        directory.grantee_by_name(grantee).as_text().to_owned()
    };
    for first in texts {
        for second in texts {
            let told = narrowed(first, second);
            let expected = match (first, second) {
                ("*", one) | (one, "*") => one,
                ("Devs" | "DEVS", "Devs" | "DEVS") => "Devs",
                (one, two) if one == two => one,
                _ => "",
            };
            let expected = if expected == "DEVS" { "Devs" } else { expected };
            assert_eq!(told, expected, "{first:?} {second:?}");
        }
    }
}

/// Far more than any 4D has, as only a made-up file would.
#[test]
fn many_plug_ins_and_schemas_are_found_as_fast_as_few() {
    const MANY: usize = 20_000;
    let mut builder = DirectoryBuilder::new();
    let plugin = |n: usize| PluginKey::from_stored(format!("plug-in {n}"));
    let area = |name: String| AccessArea::Sql {
        schema: SchemaName::from_stored(name),
        right: SqlRight::Read,
    };
    for n in 0..MANY {
        builder.grant_plugin(&plugin(n), &Grantee::Nobody);
        builder.grant_area(&area(format!("Schema {n}")), &Grantee::Nobody);
    }
    builder.grant_area(&area("SCHEMA 7".to_owned()), &Grantee::Everyone);
    let directory = builder.finish();
    let grants = directory.grants();
    assert_eq!(grants.schemas().len(), MANY + 1, "with the default one");
    for n in 0..MANY {
        assert_eq!(grants.plugin(&plugin(n)), &Grantee::Nobody);
        let schema = grants.area(&area(format!("schema {n}"))).unwrap();
        assert_eq!(*schema == Grantee::Nobody, n != 7, "{n}");
    }
}
