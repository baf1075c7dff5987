//! Merging, example by example.

use guichet_core::{
    AccessArea, Change, Credential, Directory, DirectoryBuilder, Grantee, MethodName, PluginKey,
    Reference, compare, merge,
};

use super::merged;
use crate::changes::{members, office};
use crate::compare::examples::groups;
use crate::support::{edit, group, user, users_of};

#[track_caller]
pub(super) fn branch(base: &Directory, changes: impl IntoIterator<Item = Change>) -> Directory {
    let mut branch = base.clone();
    for change in changes {
        edit(&mut branch, change).unwrap();
    }
    branch
}

#[track_caller]
pub(super) fn conflicts(base: &Directory, ours: &Directory, theirs: &Directory) -> Vec<String> {
    let merge = merge(base, ours, theirs);
    let conflicts = merge.conflicts().iter();
    conflicts.map(ToString::to_string).collect()
}

fn rename(from: &str, to: &str) -> Change {
    Change::RenameGroup {
        group: group(from),
        name: group(to),
    }
}

fn add(name: &str, method: &str) -> Change {
    Change::AddUser {
        name: Some(user(name)),
        startup_method: Some(MethodName::from_stored(method)),
        groups: vec![group("Devs")],
    }
}

#[test]
fn different_users_come_into_the_same_group_from_both_sides() {
    let base = office();
    let ours = branch(&base, [add("Carl", "")]);
    let theirs = branch(&base, [add("Dora", ""), members("Devs", &["Zoë"], &[])]);
    let (result, left, conflicts) = merged(&base, &ours, &theirs);
    assert_eq!((left, conflicts), (Vec::new(), Vec::new()));
    assert_eq!(
        users_of(&result, "Devs"),
        ["Ann", "Bob", "Zoë", "Carl", "Dora"]
    );
}

#[test]
fn one_group_renamed_in_two_ways_is_a_conflict_that_can_be_read() {
    let base = office();
    let ours = branch(&base, [rename("Devs", "Dev team")]);
    let theirs = branch(&base, [rename("Devs", "Developers")]);
    assert_eq!(
        conflicts(&base, &ours, &theirs),
        [
            "both versions changed the same thing; ours: group `Devs` is now called `Dev team`; \
             theirs: group `Devs` is now called `Developers`"
        ]
    );
    assert!(merge(&base, &ours, &theirs).difference().is_empty());
}

#[test]
fn who_joins_a_group_on_one_side_is_in_it_under_the_name_of_the_other() {
    let base = office();
    let ours = branch(&base, [rename("Devs", "Dev team")]);
    let theirs = branch(&base, [members("Devs", &["Zoë"], &["QA"])]);
    for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
        let (result, left, conflicts) = merged(&base, ours, theirs);
        assert_eq!((left, conflicts), (Vec::new(), Vec::new()));
        assert_eq!(users_of(&result, "Dev team"), ["Ann", "Bob", "Zoë"]);
        assert_eq!(result.find_group("Devs"), None);
    }
}

#[test]
fn a_rename_that_one_side_shows_is_known_on_the_other() {
    let base = groups(&[("Devs", &["Ann", "Bob"])]);
    let ours = groups(&[("Developers", &["Ann", "Bob"])]);
    let theirs = groups(&[("Developers", &["Carl", "Dora"])]);
    let (result, left, conflicts) = merged(&base, &ours, &theirs);
    assert_eq!((left, conflicts), (Vec::new(), Vec::new()));
    assert_eq!(users_of(&result, "Developers"), ["Carl", "Dora"]);
}

#[test]
fn removing_what_the_other_side_changed_is_a_conflict_whichever_side_removed() {
    let base = office();
    let delete = Change::DeleteUser { user: user("Ann") };
    let removed = branch(&base, [delete]);
    let method = Change::SetStartupMethod {
        user: user("Ann"),
        method: Some(MethodName::from_stored("Start")),
    };
    let changed = branch(&base, [method, members("QA", &["Ann"], &[])]);
    let (result, _, told) = merged(&base, &changed, &removed);
    assert!(result.find_user("Ann").is_some());
    assert_eq!(
        users_of(&result, "Devs"),
        ["Ann", "Bob"],
        "nothing of hers is lost"
    );
    assert_eq!(
        told.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "one version removed what the other changed; ours: the startup method of user `Ann` is \
             now `Start`, before: none, user `Ann` is now in group `QA`; theirs: user `Ann` was removed"
        ]
    );
    let (result, _, told) = merged(&base, &removed, &changed);
    assert_eq!(result.find_user("Ann"), None);
    assert_eq!(told.len(), 1);
    let taken_out = Change::RemoveMembers {
        group: group("Devs"),
        users: vec![user("Ann")],
        groups: Vec::new(),
    };
    let less = branch(&base, [taken_out]);
    assert_eq!(
        conflicts(&base, &less, &removed),
        Vec::<String>::new(),
        "both took away"
    );
}

#[test]
fn a_user_that_both_added_conflicts_only_where_they_differ() {
    let base = office();
    let ours = branch(&base, [add("Carl", "Start")]);
    let same = branch(&base, [add("Carl", "Start"), members("QA", &["Carl"], &[])]);
    let (result, left, told) = merged(&base, &ours, &same);
    assert_eq!((left, told), (Vec::new(), Vec::new()));
    assert_eq!(users_of(&result, "QA"), ["Carl"]);
    let other = branch(&base, [add("carl", "Begin")]);
    assert_eq!(
        conflicts(&base, &ours, &other),
        [
            "both versions changed the same thing; ours: user `Carl` was added, with startup method `Start`; \
             theirs: user `carl` was added, with startup method `Begin`"
        ]
    );
}

#[test]
fn a_password_that_both_changed_is_a_conflict_without_the_passwords() {
    let base = office();
    let set = |text: &str| Change::SetPassword {
        user: user("Ann"),
        credential: Some(Credential::from_stored(text)),
    };
    let (ours, theirs) = (branch(&base, [set("one")]), branch(&base, [set("two")]));
    assert_eq!(
        conflicts(&base, &ours, &theirs),
        [
            "both versions changed the same thing; ours: the password of user `Ann` is now unknown, before: \
             none; theirs: the password of user `Ann` is now unknown, before: none"
        ]
    );
    let (result, ..) = merged(&base, &base, &theirs);
    assert!(
        compare(&result, &theirs).is_empty(),
        "the stored password came along"
    );
}

#[test]
fn grants_and_settings_are_one_value_each() {
    let base = office();
    let area = |grantee| Change::GrantArea {
        area: AccessArea::Design,
        grantee,
    };
    let plugin = |name: &str| Change::GrantPlugin {
        plugin: PluginKey::from_stored("write"),
        grantee: Grantee::Group(group(name)),
    };
    let default = |name: &str| Change::SetDefaultUser {
        user: Some(user(name)),
    };
    let ours = branch(&base, [area(Grantee::Nobody), plugin("QA"), default("Bob")]);
    let theirs = branch(
        &base,
        [area(Grantee::Everyone), plugin("QA"), default("Zoë")],
    );
    assert_eq!(
        conflicts(&base, &ours, &theirs),
        [
            "both versions changed the same thing; ours: the Design environment is now open to nobody, \
             before: group `Devs`; theirs: the Design environment is now open to everyone, before: \
             group `Devs`",
            "both versions changed the same thing; ours: the Default User is now `Bob`, before: `Ann`; \
             theirs: the Default User is now `Zoë`, before: `Ann`",
        ]
    );
}

#[test]
fn one_name_for_two_groups_is_a_conflict() {
    let base = groups(&[("Devs", &["Ann"]), ("QA", &["Bob"])]);
    let ours = branch(&base, [rename("Devs", "Team")]);
    let theirs = branch(
        &base,
        [rename("QA", "TEAM"), members("Devs", &["Bob"], &[])],
    );
    assert_eq!(
        conflicts(&base, &ours, &theirs),
        [
            "both versions used the same name for different things; ours: group `Devs` is now called `Team`; theirs: \
             group `QA` is now called `TEAM`"
        ]
    );
    let (result, left, _) = merged(&base, &ours, &theirs);
    assert_eq!(left, Vec::<String>::new());
    assert_eq!(
        users_of(&result, "Team"),
        ["Ann", "Bob"],
        "the rest of theirs is there"
    );
    assert!(result.find_group("QA").is_some());
}

#[test]
fn one_name_for_two_users_is_a_conflict() {
    let base = office();
    let ours = branch(&base, [add("Carl", "")]);
    let alias = Change::RenameUser {
        user: user("Designer"),
        name: user("carl"),
    };
    let theirs = branch(&base, [alias]);
    assert_eq!(
        conflicts(&base, &ours, &theirs),
        [
            "both versions used the same name for different things; ours: user `Carl` was added, user `Carl` is now in \
             group `Devs`; theirs: user `Designer` is now called `carl`"
        ]
    );
    let (result, left, _) = merged(&base, &ours, &theirs);
    assert_eq!(left, Vec::<String>::new());
    assert_eq!(users_of(&result, "Devs"), ["Ann", "Bob", "Carl"]);
    let designer = result.user(result.designer()).unwrap();
    assert_eq!(designer.name().as_str(), "Designer");
}

#[test]
fn a_name_that_is_taken_because_another_was_taken_back_is_a_conflict_of_its_own() {
    let base = office();
    let alias = Change::RenameUser {
        user: user("Designer"),
        name: user("Carl"),
    };
    let exchanged = branch(&base, [alias, add("Designer", "")]);
    let carl = branch(&base, [add("Carl", "")]);
    assert_eq!(conflicts(&base, &exchanged, &carl).len(), 1);
    assert_eq!(
        conflicts(&base, &carl, &exchanged),
        [
            "both versions used the same name for different things; ours: user `Carl` was added, user `Carl` is now in \
             group `Devs`; theirs: user `Designer` is now called `Carl`",
            "their version uses a name that is still taken in ours; theirs: user `Designer` was added, \
             user `Designer` is now in group `Devs`",
        ]
    );
}

#[test]
fn a_name_that_a_dispute_gave_up_is_free_for_another() {
    let base = office();
    let alias = |name: &str| Change::RenameUser {
        user: user("Designer"),
        name: user(name),
    };
    let renamed = branch(&base, [alias("Carl")]);
    let disputed = branch(&base, [add("Carl", ""), alias("Chief")]);
    let dispute = |ours: &str, theirs: &str| {
        format!(
            "both versions changed the same thing; ours: user `Designer` is now called `{ours}`; theirs: \
             user `Designer` is now called `{theirs}`"
        )
    };
    assert_eq!(
        conflicts(&base, &disputed, &renamed),
        [dispute("Chief", "Carl")]
    );
    let kept = "both versions used the same name for different things; ours: user `Designer` is now called `Carl`; \
                theirs: user `Carl` was added, user `Carl` is now in group `Devs`";
    assert_eq!(
        conflicts(&base, &renamed, &disputed),
        [dispute("Carl", "Chief"), kept.to_owned()]
    );
}

/// A bug that happened: what ours had twice was one conflict, what theirs had twice were two.
#[test]
fn one_name_is_one_conflict_also_where_a_file_has_it_twice() {
    let base = groups(&[("Sales", &["Ann"])]);
    let twice = groups(&[("Sales", &["Ann"]), ("Devs", &[]), ("devs", &[])]);
    let renamed = branch(&base, [rename("Sales", "Devs")]);
    assert_eq!(
        conflicts(&base, &twice, &renamed),
        [
            "both versions used the same name for different things; ours: group `Devs` was added, group `devs` was added; \
             theirs: group `Sales` is now called `Devs`"
        ]
    );
    assert_eq!(
        conflicts(&base, &renamed, &twice),
        [
            "both versions used the same name for different things; ours: group `Sales` is now called `Devs`; \
             theirs: group `Devs` was added, group `devs` was added"
        ]
    );
}

#[test]
fn memberships_that_close_a_cycle_only_together_are_a_conflict_with_the_cycle() {
    let base = groups(&[("A", &["Ann", "B"]), ("B", &["Bob"]), ("C", &["Carl"])]);
    let ours = branch(&base, [members("B", &[], &["C"])]);
    let theirs = branch(&base, [members("C", &["Ann"], &["A"])]);
    assert_eq!(
        conflicts(&base, &ours, &theirs),
        [
            "together, the groups would contain each other: `B` contains `C`, `C` contains `A`, \
             `A` contains `B`; ours: group `C` is now in group `B`; theirs: group `A` is now in \
             group `C`"
        ]
    );
    let (result, left, _) = merged(&base, &ours, &theirs);
    assert_eq!(left, Vec::<String>::new());
    assert_eq!(
        users_of(&result, "C"),
        ["Ann", "Carl"],
        "the user came, the group did not"
    );
}

#[test]
fn a_name_that_waited_on_one_side_finds_who_is_new_on_the_other() {
    let mut base = DirectoryBuilder::new();
    base.group(group("Devs"));
    let base = base.finish();
    let mut ours = DirectoryBuilder::new();
    let devs = ours.group(group("Devs"));
    ours.members_of(devs).user("Carl");
    ours.members_of(devs).group("QA");
    ours.default_user("Carl");
    let ours = ours.finish();
    let new = Change::AddUser {
        name: Some(user("Carl")),
        startup_method: None,
        groups: Vec::new(),
    };
    let theirs = branch(&base, [new]);
    let (result, left, told) = merged(&base, &ours, &theirs);
    assert_eq!((left, told), (Vec::new(), Vec::new()));
    assert_eq!(users_of(&result, "Devs"), ["Carl"]);
    assert_eq!(
        result
            .settings()
            .default_user()
            .as_ref()
            .and_then(Reference::known)
            .copied(),
        result.find_user("Carl")
    );
}

#[test]
fn a_group_that_theirs_lacks_is_emptied_and_said() {
    let base = groups(&[
        ("Devs", &["Ann"]),
        ("Temps", &["Ann", "Bob"]),
        ("QA", &["Carl"]),
    ]);
    let ours = branch(&base, [members("Devs", &["Carl"], &[])]);
    let theirs = branch(
        &groups(&[("Devs", &["Ann"]), ("QA", &["Carl"])]),
        [Change::AddUser {
            name: Some(user("Bob")),
            startup_method: None,
            groups: Vec::new(),
        }],
    );
    let (result, left, told) = merged(&base, &ours, &theirs);
    assert_eq!(told, Vec::new());
    assert_eq!(
        left,
        ["group `Temps` was removed: 4D cannot delete group `Temps`"]
    );
    assert_eq!(users_of(&result, "Temps"), Vec::<String>::new());
}
