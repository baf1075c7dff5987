//! Who gains and who loses: equal to asking `check` for everybody before and after.

use guichet_core::{
    AccessArea, Change, Grantee, GroupName, Mode, Options, Rules, UserHandle, UserName,
};
use guichet_policy::{
    AccessChange, Effect, Policy, Risk, Turn, UserNumber, impact, impact_of_edit,
    impact_with_renames,
};
use proptest::prelude::*;

use crate::support::sketch::{control, granted};

fn policy(directory: guichet_core::Directory) -> Policy {
    Policy::new(directory, Mode::Server, Options::default())
}

/// Asks `check` for every user and every access, before and after; users are the same by name, and of
/// several of one name the first is the first, the second the second.
fn model(before: &Policy, after: &Policy) -> Vec<AccessChange> {
    let knowing = |one: &Policy, other: &Policy| {
        let plugins = other.plugins().iter().cloned();
        one.clone().with_plugins(plugins)
    };
    let (before, after) = (&knowing(before, after), &knowing(after, before));
    let mut accesses = after.accesses();
    accesses.extend(before.accesses());
    let named = |policy: &Policy| {
        let mut named: Vec<(UserName, usize, UserHandle)> = Vec::new();
        for (user, account) in policy.directory().users() {
            let same = named.iter().filter(|(name, ..)| name == account.name());
            named.push((account.name().clone(), same.count(), user));
        }
        named
    };
    let (had, has) = (named(before), named(after));
    let find = |list: &[(UserName, usize, UserHandle)], name: &UserName, nth: usize| {
        let found = list.iter().find(|one| (&one.0, one.1) == (name, nth));
        found.map(|(_, _, user)| *user)
    };
    let gone = had.iter().filter(|one| find(&has, &one.0, one.1).is_none());
    let allowed = |policy: &Policy, user: Option<UserHandle>, access: &_| {
        user.is_some_and(|user| policy.check(user, access).unwrap().allowed())
    };
    let mut changes: Vec<AccessChange> = Vec::new();
    for (name, nth, _) in has.iter().chain(gone) {
        let (was, is) = (find(&had, name, *nth), find(&has, name, *nth));
        let id = |policy: &Policy, user| policy.directory().user_id(user).unwrap();
        let number = is.map_or_else(
            || UserNumber::Gone(id(before, was.unwrap())),
            |is| UserNumber::Now(id(after, is)),
        );
        for access in &accesses {
            let change = AccessChange {
                user: name.clone(),
                number,
                access: access.describe(after.directory()).to_string(),
                before: allowed(before, was, access),
                after: allowed(after, is, access),
                risk: Risk::Other,
            };
            if change.before != change.after && !changes.contains(&change) {
                changes.push(change);
            }
        }
    }
    changes
}

proptest! {
    #[test]
    fn impact_is_the_difference_of_check(left in granted(), right in granted()) {
        let (before, after) = (policy(left.build().directory), policy(right.build().directory));
        let changes = impact(&before, &after);
        let plain = changes.iter().cloned().map(|change| AccessChange { risk: Risk::Other, ..change });
        prop_assert_eq!(plain.collect::<Vec<_>>(), model(&before, &after));
    }

    /// No change is lost in the groups and none is told twice; who gains or loses the same is in one.
    #[test]
    fn the_groups_of_an_effect_are_the_changes(left in granted(), right in granted()) {
        let (before, after) = (policy(left.build().directory), policy(right.build().directory));
        let changes = impact(&before, &after);
        let effect = Effect::new(&changes);
        let mut told = Vec::new();
        for group in &effect.groups {
            for user in &group.users {
                let of_group = |access: &String| (user.number, access.clone(), group.turn);
                told.extend(group.access.iter().map(of_group));
            }
        }
        let key = |one: &(UserNumber, String, Turn)| format!("{one:?}");
        let all = changes.iter();
        let mut all: Vec<_> = all.map(|one| (one.number, one.access.clone(), one.turn())).collect();
        all.sort_by_key(key);
        told.sort_by_key(key);
        prop_assert_eq!(told, all);
        let of_group = effect.groups.iter().map(|group| (group.turn, &group.access));
        let different: std::collections::HashSet<_> = of_group.collect();
        prop_assert_eq!(different.len(), effect.groups.len());
        prop_assert!(effect.groups.is_sorted_by_key(|group| (group.risk, group.turn)));
    }

    #[test]
    fn nothing_changes_between_a_directory_and_itself(one in granted()) {
        let policy = policy(one.build().directory);
        prop_assert_eq!(impact(&policy, &policy), []);
        prop_assert_eq!(impact_of_edit(&policy, &policy), []);
    }
}

/// A new name is no change of access; to somebody who compares two files it is.
#[test]
fn a_renamed_user_keeps_everything() {
    let mut builder = guichet_core::DirectoryBuilder::new();
    builder.user(UserName::from_stored("Ann"));
    let mut edited = builder.finish();
    let before = policy(edited.clone());
    let change = Change::RenameUser {
        user: UserName::from_stored("Ann"),
        name: UserName::from_stored("Anna"),
    };
    let applied = edited.apply(&[change], &Rules::default()).unwrap();
    assert_eq!(applied.events.len(), 1);
    let after = policy(edited);
    assert_eq!(impact_of_edit(&before, &after), []);
    let renamed = |name: &UserName| (name.as_str() == "Anna").then(|| UserName::from_stored("Ann"));
    assert_eq!(impact_with_renames(&before, &after, renamed), []);
    let by_name = impact(&before, &after);
    let accesses = after.accesses().len();
    assert_eq!(by_name.len(), 2 * accesses);
    assert!(
        by_name
            .iter()
            .all(|change| change.after == (change.user.as_str() == "Anna"))
    );
}

/// Administration, Design, what is open to everyone now, plug-ins, the rest.
#[test]
fn the_most_dangerous_is_told_first() {
    let directory = |text: &str| policy(crate::support::json::directory(text));
    let users =
        r#""users": {"designer": {"password": "AAAAAAAAAAAAAAAAAAAAAA=="}, "Ann": {}, "Bob": {}}"#;
    let before = format!(
        r#"{{{users}, "groups": {{"A": {{}}, "B": {{"users": ["Bob"]}}}},
        "settings": {{"designAccessGroup": "A"}}, "remoteGranters": {{"write": "B", "view": "A"}}}}"#
    );
    let after = format!(
        r#"{{{users}, "groups": {{"A": {{"users": ["Ann"]}}, "B": {{}}}},
        "settings": {{"designAccessGroup": "A"}}, "remoteGranters": {{"write": "B", "view": "*"}}}}"#
    );
    let effect = Effect::new(&impact(&directory(&before), &directory(&after)));
    let told: Vec<_> = effect
        .groups
        .iter()
        .map(|group| (group.risk, group.turn))
        .collect();
    let told = format!("{told:?}");
    assert_eq!(
        told, "[(Design, Gain), (Everyone, Gain), (Plugin, Loss)]",
        "{effect:#?}"
    );
}

/// A deleted user loses what there was, a new one gains what is open to everyone.
#[test]
fn a_deleted_user_loses_everything_and_a_new_one_gains() {
    let mut builder = guichet_core::DirectoryBuilder::new();
    builder.user(UserName::from_stored("Ann"));
    builder.group(GroupName::from_stored("Devs"));
    let mut edited = builder.finish();
    let before = policy(edited.clone());
    let changes = [
        Change::DeleteUser {
            user: UserName::from_stored("Ann"),
        },
        Change::AddUser {
            name: Some(UserName::from_stored("Bob")),
            startup_method: None,
            groups: Vec::new(),
        },
    ];
    let applied = edited.apply(&changes, &Rules::default()).unwrap();
    assert_eq!(applied.events.len(), 2);
    let after = policy(edited);
    let names = |gained: bool| {
        let changes = impact_of_edit(&before, &after).into_iter();
        let mut names: Vec<_> = changes
            .filter(|change| change.after == gained)
            .map(|change| change.user.to_string())
            .collect();
        names.dedup();
        names
    };
    assert_eq!(
        (names(true), names(false)),
        (vec!["Bob".to_owned()], vec!["Ann".to_owned()])
    );
}

/// A built-in user may be called as somebody else is: the first means the first, the second the
/// second.
#[test]
fn users_of_one_name_are_compared_in_their_order() {
    let twins = |open: bool| {
        let mut builder = guichet_core::DirectoryBuilder::new();
        control(&mut builder);
        builder.designer(UserName::from_stored("Ann"));
        builder.user(UserName::from_stored("Ann"));
        let grantee = if open {
            Grantee::Everyone
        } else {
            Grantee::Nobody
        };
        builder.grant_area(&AccessArea::Http, &grantee);
        policy(builder.finish())
    };
    assert_eq!(impact(&twins(true), &twins(true)), []);
    let changes = impact(&twins(true), &twins(false));
    let lost: Vec<_> = changes
        .iter()
        .map(|change| (change.user.as_str(), change.access.as_str(), change.after))
        .collect();
    // The Designer keeps everything.
    assert_eq!(
        lost,
        [("Administrator", "http", false), ("Ann", "http", false)]
    );
}

#[test]
fn two_users_of_one_name_are_told_apart() {
    let text = |members: &str| {
        let text = format!(
            r#"{{"users": {{"designer": {{"password": "AAAAAAAAAAAAAAAAAAAAAA==", "alias": "Boss"}},
                "administrator": {{"alias": "Ann"}}, "Ann": {{}}, "Boss": {{}}}},
                "groups": {{"Devs": {{"users": [{members}]}}}},
                "remoteGranters": {{"write": "Devs"}}}}"#
        );
        policy(crate::support::json::directory(&text))
    };
    // A name means the first that has it.
    let gained = impact(&text(""), &text(r#""Boss", "Ann""#));
    let told: Vec<(&str, u32)> = gained
        .iter()
        .map(|change| (change.user.as_str(), change.number.id().get()))
        .collect();
    assert_eq!(told, [("Boss", 1), ("Ann", 2)]);
}
