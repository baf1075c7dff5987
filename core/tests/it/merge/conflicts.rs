//! What a conflict lists of either side, and in what order conflicts come.

use guichet_core::{
    AccessArea, Change, DirectoryBuilder, Grantee, MethodName, PluginKey, WebSide, merge,
};

use super::examples::{branch, conflicts};
use crate::changes::{members, office};
use crate::compare::examples::groups;
use crate::support::{group, user};

fn area(grantee: Grantee) -> Change {
    Change::GrantArea {
        area: AccessArea::Design,
        grantee,
    }
}

fn plugin(key: &str, name: &str) -> Change {
    Change::GrantPlugin {
        plugin: PluginKey::from_stored(key),
        grantee: Grantee::Group(group(name)),
    }
}

fn web_user(side: WebSide, name: &str) -> Change {
    Change::SetWebUser {
        side,
        user: Some(user(name)),
    }
}

#[test]
fn of_a_plug_in_only_what_was_done_with_that_one_is_listed() {
    let base = office();
    let ours = branch(&base, [plugin("write", "QA"), plugin("view", "Devs")]);
    let theirs = branch(&base, [plugin("write", "All"), plugin("web", "Devs")]);
    assert_eq!(
        conflicts(&base, &ours, &theirs),
        [
            "both versions changed the same thing; ours: plug-in `write` is now open to group `QA`, before: \
             everyone; theirs: plug-in `write` is now open to group `All`, before: everyone"
        ]
    );
}

#[test]
fn of_a_web_user_only_what_was_done_with_that_one_is_listed() {
    let base = office();
    let ours = branch(
        &base,
        [
            web_user(WebSide::Local, "Ann"),
            web_user(WebSide::Remote, "Bob"),
        ],
    );
    let theirs = branch(&base, [web_user(WebSide::Remote, "Zoë")]);
    assert_eq!(
        conflicts(&base, &ours, &theirs),
        [
            "both versions changed the same thing; ours: the remote generic web user is now `Bob`, before: \
             `Designer`; theirs: the remote generic web user is now `Zoë`, before: `Designer`"
        ]
    );
}

#[test]
fn what_both_changed_comes_before_what_one_removed() {
    let base = office();
    let delete = Change::DeleteUser { user: user("Bob") };
    let method = Change::SetStartupMethod {
        user: user("Bob"),
        method: Some(MethodName::from_stored("Start")),
    };
    let ours = branch(&base, [area(Grantee::Nobody), delete]);
    let theirs = branch(&base, [area(Grantee::Everyone), method]);
    let told = conflicts(&base, &ours, &theirs);
    let kinds: Vec<&str> = told
        .iter()
        .filter_map(|one| one.split(';').next())
        .collect();
    assert_eq!(
        kinds,
        [
            "both versions changed the same thing",
            "one version removed what the other changed"
        ]
    );
}

#[test]
fn a_setting_never_names_whom_the_merge_has_not() {
    let base = office();
    let delete = Change::DeleteUser { user: user("Bob") };
    let ours = branch(&base, [delete]);
    let default = Change::SetDefaultUser {
        user: Some(user("Bob")),
    };
    let theirs = branch(&base, [default]);
    assert_eq!(conflicts(&base, &ours, &theirs).len(), 1);
    assert!(merge(&base, &ours, &theirs).difference().is_empty());
}

#[test]
fn a_cycle_of_one_file_is_no_conflict_although_the_other_side_placed_groups_too() {
    let lists: [(&str, &[&str]); 4] = [("A", &["B"]), ("B", &[]), ("C", &[]), ("D", &[])];
    let base = groups(&lists);
    let ours = branch(&base, [members("D", &[], &["C"])]);
    let mut theirs = DirectoryBuilder::new();
    let handles = lists.map(|(name, _)| theirs.group(group(name)));
    theirs.members_of(handles[0]).group("B");
    theirs.members_of(handles[1]).group("A");
    let theirs = theirs.finish();
    assert_eq!(conflicts(&base, &ours, &theirs), Vec::<String>::new());
}

#[test]
fn of_a_cycle_only_the_placement_that_closes_it_is_listed() {
    let base = groups(&[
        ("Z", &["Ann", "B"]),
        ("B", &["Bob"]),
        ("C", &["Carl"]),
        ("Other", &["Dora"]),
    ]);
    let ours = branch(&base, [members("B", &["Ann"], &["C", "Other"])]);
    let theirs = branch(&base, [members("C", &["Ann"], &["Other", "Z"])]);
    assert_eq!(
        conflicts(&base, &ours, &theirs),
        [
            "together, the groups would contain each other: `B` contains `C`, `C` contains `Z`, \
             `Z` contains `B`; ours: group `C` is now in group `B`; theirs: group `Z` is now in \
             group `C`"
        ]
    );
}
