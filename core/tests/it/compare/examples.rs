//! Comparing, example by example: what it says, and who counts as the same.

use guichet_core::{
    AccessArea, Change, Credential, Directory, DirectoryBuilder, Grantee, MethodName, PluginKey,
    Rules, SchemaName, SqlRight, compare, order_only,
};

use crate::changes::office;
use crate::support::{edit, group, user};

/// Groups of users, in the order given; what is in two lists is a group in a group.
pub(crate) fn groups(lists: &[(&str, &[&str])]) -> Directory {
    let mut builder = DirectoryBuilder::new();
    let is_group = |name: &str| lists.iter().any(|(group, _)| *group == name);
    for name in lists.iter().flat_map(|(_, members)| *members) {
        if !is_group(name) && builder.as_directory().find_user(name).is_none() {
            builder.user(user(name));
        }
    }
    let handles: Vec<_> = lists
        .iter()
        .map(|(name, _)| builder.group(group(name)))
        .collect();
    for (handle, (_, members)) in handles.into_iter().zip(lists) {
        for name in *members {
            if is_group(name) {
                builder.members_of(handle).group(name);
            } else {
                builder.members_of(handle).user(name);
            }
        }
    }
    builder.finish()
}

#[track_caller]
fn said(old: &Directory, new: &Directory) -> Vec<String> {
    compare(old, new)
        .deltas()
        .map(ToString::to_string)
        .collect()
}

/// What is left over when the difference is carried out; the rest is checked here.
#[track_caller]
fn left(old: &Directory, new: &Directory) -> Vec<String> {
    let plan = compare(old, new).plan(old, &Rules::default());
    let mut result = old.clone();
    assert!(result.apply(plan.changes(), &Rules::default()).is_ok());
    assert_eq!(
        compare(&result, new).is_empty(),
        plan.leftovers().is_empty()
    );
    plan.leftovers().iter().map(ToString::to_string).collect()
}

#[test]
fn each_kind_of_difference_has_its_sentence() {
    let old = office();
    let mut new = DirectoryBuilder::new();
    new.designer(user("Boss"));
    let bob = new.user(user("BOB"));
    new.credential(bob, Credential::from_stored("AAAAAAAAAAAAAAAAAAAAAA=="));
    new.startup_method(bob, MethodName::from_stored("Start"));
    new.user(user("Zoë"));
    let eve = new.user(user("Eve"));
    new.credential(eve, Credential::from_stored("?"));
    new.startup_method(eve, MethodName::from_stored("Begin"));
    let devs = new.group(group("Devs"));
    let all = new.group(group("All"));
    new.group(group("QA"));
    new.group(group("Ops"));
    new.members_of(devs).user("Bob");
    new.members_of(devs).group("QA");
    new.members_of(all).user("Eve");
    new.members_of(all).user("Ann");
    new.members_of(all).group("Temps");
    new.grant_area(&AccessArea::Design, &Grantee::Group(group("Temps")));
    let sql = AccessArea::Sql {
        schema: SchemaName::default_schema(),
        right: SqlRight::Write,
    };
    new.grant_area(&sql, &Grantee::Nobody);
    new.grant_plugin(
        &PluginKey::from_stored("write"),
        &Grantee::Group(group("All")),
    );
    new.default_user("Ann");
    new.remote_web_user("");
    let new = new.finish();
    assert_eq!(
        said(&old, &new),
        [
            "user `Eve` was added, with a password (unknown), with startup method `Begin`",
            "user `Ann` was removed",
            "user `Bob` is now called `BOB`",
            "user `Designer` is now called `Boss`",
            "the password of user `BOB` is now legacy, before: none",
            "the startup method of user `BOB` is now `Start`, before: none",
            "group `Ops` was added",
            "user `Eve` is now in group `All`",
            "group `QA` is now in group `Devs`",
            "group `Devs` is no longer in group `All`",
            "user `Ann` is no longer in group `Devs`",
            "group `All` now lists the unknown user `Ann`",
            "group `All` now lists the unknown group `Temps`",
            "the Design environment is now open to the unknown group `Temps`, before: group `Devs`",
            "writing of SQL schema `DEFAULT_SCHEMA` is now open to nobody, before: everyone",
            "plug-in `write` is now open to group `All`, before: everyone",
            "the Default User is now the unknown user `Ann`, before: `Ann`",
            "the remote generic web user is now none, before: `Boss`",
        ]
    );
    assert_eq!(
        left(&old, &new),
        [
            "group `All` now lists the unknown user `Ann`: no user is named `Ann`",
            "group `All` now lists the unknown group `Temps`: no group is named `Temps`",
            "the Design environment is now open to the unknown group `Temps`, before: \
             group `Devs`: no group is named `Temps`",
            "the Default User is now the unknown user `Ann`, before: `Ann`: no user is \
             named `Ann`",
        ]
    );
    let back = said(&new, &old);
    assert_eq!(back.len(), said(&old, &new).len());
    assert_eq!(
        left(&new, &old),
        ["group `Ops` was removed: 4D cannot delete group `Ops`"]
    );
}

#[test]
fn no_sentence_and_no_text_shows_a_stored_password() {
    let secret = "r0z/2g0H3wUsWfuzy66adw==";
    let mut new = DirectoryBuilder::new();
    let ann = new.user(user("Ann"));
    new.credential(ann, Credential::from_stored(secret));
    let designer = new.designer(user("Designer"));
    new.credential(designer, Credential::from_stored(secret));
    let difference = compare(&DirectoryBuilder::new().finish(), &new.finish());
    assert_eq!(difference.len(), 2);
    assert!(!difference.canonical().contains(secret));
    assert!(!format!("{difference:?}").contains(secret));
}

#[test]
fn another_password_of_the_same_kind_is_a_difference() {
    let with = |text: &str| {
        let mut builder = DirectoryBuilder::new();
        let designer = builder.designer(user("Designer"));
        builder.credential(designer, Credential::from_stored(text));
        builder.finish()
    };
    let (old, new) = (with("one"), with("two"));
    assert_eq!(
        said(&old, &new),
        ["the password of user `Designer` changed (unknown)"]
    );
    assert_eq!(left(&old, &new), Vec::<String>::new());
}

#[test]
fn a_group_with_all_the_same_under_another_name_was_renamed() {
    let old = groups(&[("Devs", &["Ann", "Bob"]), ("QA", &["Ann"])]);
    let new = groups(&[("QA", &["Ann"]), ("Developers", &["Bob", "Ann"])]);
    assert_eq!(
        said(&old, &new),
        ["group `Devs` is now called `Developers`"]
    );
    assert_eq!(left(&old, &new), Vec::<String>::new());
}

#[test]
fn a_group_with_most_of_it_was_renamed_and_changed() {
    let old = groups(&[("Devs", &["Ann", "Bob", "Carl"])]);
    let new = groups(&[("Developers", &["Ann", "Bob"]), ("Others", &["Carl"])]);
    assert_eq!(
        said(&old, &new),
        [
            "group `Others` was added",
            "group `Devs` is now called `Developers`",
            "user `Carl` is now in group `Others`",
            "user `Carl` is no longer in group `Developers`",
        ]
    );
    assert_eq!(left(&old, &new), Vec::<String>::new());
}

#[test]
fn a_group_without_members_is_recognised_by_what_is_granted_to_it() {
    let granted = |design: &str, write: &str| {
        let mut builder = DirectoryBuilder::new();
        builder.group(group(design));
        builder.group(group(write));
        builder.grant_area(&AccessArea::Design, &Grantee::parse(design));
        builder.grant_plugin(&PluginKey::from_stored("write"), &Grantee::parse(write));
        builder.finish()
    };
    assert_eq!(
        said(&granted("A", "B"), &granted("Y", "X")),
        ["group `A` is now called `Y`", "group `B` is now called `X`"]
    );
}

#[test]
fn two_groups_with_the_same_leave_open_which_was_renamed() {
    let old = groups(&[("Devs", &["Ann"])]);
    let new = groups(&[("One", &["Ann"]), ("Two", &["Ann"])]);
    assert_eq!(
        said(&old, &new),
        [
            "group `One` was added",
            "group `Two` was added",
            "group `Devs` was removed",
            "user `Ann` is now in group `One`",
            "user `Ann` is now in group `Two`",
            "user `Ann` is no longer in group `Devs`",
        ]
    );
    assert_eq!(
        left(&old, &new),
        ["group `Devs` was removed: 4D cannot delete group `Devs`"]
    );
}

#[test]
fn groups_that_are_nested_in_renamed_groups_are_recognised_after_them() {
    let old = groups(&[("A", &["Ann", "B"]), ("B", &["C"]), ("C", &[])]);
    let new = groups(&[("Z", &[]), ("Y", &["Z"]), ("X", &["Ann", "Y"])]);
    assert_eq!(
        said(&old, &new),
        [
            "group `A` is now called `X`",
            "group `B` is now called `Y`",
            "group `C` is now called `Z`",
        ]
    );
}

#[test]
fn a_cycle_of_the_newer_file_is_left_over_with_the_cycle() {
    let old = groups(&[("A", &["Ann"]), ("B", &["Bob"])]);
    let new = groups(&[("A", &["Ann", "B"]), ("B", &["Bob", "A"])]);
    assert_eq!(
        left(&old, &new),
        [
            "group `A` is now in group `B`: the groups would contain each other: `B` contains \
             `A`, `A` contains `B`"
        ]
    );
    assert_eq!(left(&new, &old), Vec::<String>::new());
}

#[test]
fn the_two_built_ins_may_exchange_their_names() {
    let named = |designer: &str, administrator: &str| {
        let mut builder = DirectoryBuilder::new();
        builder.designer(user(designer));
        builder.administrator(user(administrator));
        builder.user(user("exchanged"));
        builder.finish()
    };
    let (old, new) = (named("Ann", "Bob"), named("Bob", "Ann"));
    assert_eq!(left(&old, &new), Vec::<String>::new());
    let chain = named("Bob", "Carl");
    assert_eq!(left(&old, &chain), Vec::<String>::new());
}

#[test]
fn a_user_who_has_the_name_of_the_designer_is_not_taken_for_the_designer() {
    let twin = |method: &str| {
        let mut builder = DirectoryBuilder::new();
        builder.designer(user("Ann"));
        let ann = builder.user(user("Ann"));
        builder.startup_method(ann, MethodName::from_stored(method));
        builder.finish()
    };
    assert_eq!(
        left(&twin("One"), &twin("Two")),
        [
            "the startup method of user `Ann` is now `Two`, before: `One`: a user named `Ann` already \
             exists"
        ]
    );
    let mut old = DirectoryBuilder::new();
    old.designer(user("Ann"));
    old.group(group("Devs"));
    let mut new = DirectoryBuilder::new();
    let ann = new.user(user("Ann"));
    new.credential(ann, Credential::from_stored("?"));
    let devs = new.group(group("Devs"));
    new.members_of(devs).user("Ann");
    new.designer(user("Ann"));
    let left = left(&old.finish(), &new.finish());
    let refused = |left: &String| left.ends_with("a user named `Ann` already exists");
    assert_eq!(left.len(), 2, "{left:?}");
    assert!(left.iter().all(refused), "{left:?}");
}

#[test]
fn who_may_not_make_a_change_has_it_left_over() {
    let old = office();
    let mut new = office();
    let grant = Change::GrantArea {
        area: AccessArea::Design,
        grantee: Grantee::Everyone,
    };
    edit(&mut new, grant).unwrap();
    edit(&mut new, Change::DeleteUser { user: user("Bob") }).unwrap();
    let rules = Rules::new(
        guichet_core::Actor::Administrator,
        guichet_core::Options::default(),
    );
    let plan = compare(&old, &new).plan(&old, &rules);
    assert_eq!(plan.changes(), [Change::DeleteUser { user: user("Bob") }]);
    let left: Vec<String> = plan.leftovers().iter().map(ToString::to_string).collect();
    assert_eq!(
        left,
        [
            "the Design environment is now open to everyone, before: group `Devs`: \
             the Administrator may not give access to an area"
        ]
    );
}

#[test]
fn what_an_absent_grant_says_too_is_no_difference_and_no_reordering() {
    let old = office();
    let mut new = office();
    let grant = |grantee| Change::GrantPlugin {
        plugin: PluginKey::from_stored("write"),
        grantee,
    };
    edit(&mut new, grant(Grantee::Nobody)).unwrap();
    edit(&mut new, grant(Grantee::Everyone)).unwrap();
    assert!(compare(&old, &new).is_empty());
    assert!(!order_only(&old, &new), "one has a grant more");
}
