//! Who may put a whole directory in the place of another: what changes would ask, and no less.

use proptest::prelude::*;

use guichet_core::{
    AccessArea, Act, Actor, Besides, Change, Credential, Directory, DirectoryBuilder, Grantee,
    MethodName, Options, PluginKey, Refusal, RestSide, Rewrite, Rules,
};

use crate::compare::{plugins, rules};
use crate::model::actor;
use crate::model::generator::{change, draft, who};
use crate::support::{group, user};

fn asked(before: &Directory, after: &Directory, actor: Actor) -> Result<(), Act> {
    asked_besides(before, after, Besides::Nothing, actor)
}

fn asked_besides(
    before: &Directory,
    after: &Directory,
    besides: Besides,
    actor: Actor,
) -> Result<(), Act> {
    let rewrite = Rewrite {
        before,
        after,
        besides,
    };
    match rewrite.check(actor, &Options::default()) {
        Ok(()) => Ok(()),
        Err(Refusal::NotAllowed { act, .. }) => Err(act),
        Err(other) => panic!("{other}"),
    }
}

/// Stored passwords of a known kind, which changes and rewrites treat alike.
fn with_known_passwords(change: Change) -> Change {
    match change {
        Change::SetPassword {
            user,
            credential: Some(stored),
        } => {
            let digit = if stored.expose_stored_text().ends_with("one") {
                "A"
            } else {
                "B"
            };
            Change::SetPassword {
                user,
                credential: Some(Credential::from_stored(format!("{}==", digit.repeat(22)))),
            }
        }
        other => other,
    }
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec(change().prop_map(with_known_passwords), 1..6)
}

/// Whether a list frees a name that somebody else can have in the end.
fn frees_a_name(changes: &[Change]) -> bool {
    changes.iter().any(|change| {
        matches!(
            change,
            Change::DeleteUser { .. } | Change::RenameUser { .. } | Change::RenameGroup { .. }
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn what_an_actor_makes_by_changes_they_may_write_as_a_whole(
        draft in draft(),
        who in who(),
        list in changes(),
    ) {
        let before = draft.directory();
        let actor = actor(&before, &who);
        let plugins = plugins();
        let mut after = before.clone();
        let mut made = Vec::new();
        for change in list {
            let rules = Rules { actor, ..rules(&plugins) };
            if after.apply(std::slice::from_ref(&change), &rules).is_ok() {
                made.push(change);
            }
        }
        let answer = asked(&before, &after, actor);
        let stricter = matches!(answer, Err(Act::EditSettings | Act::GrantArea))
            && made.len() > 1
            && frees_a_name(&made);
        prop_assert!(answer == Ok(()) || stricter, "{:?} by {:?}: {:?}", made, actor, answer);
    }

    #[test]
    fn what_an_actor_may_not_change_they_may_not_write_as_a_whole(
        draft in draft(),
        who in who(),
        change in change(),
    ) {
        let before = draft.directory();
        let actor = actor(&before, &who);
        let plugins = plugins();
        let mut after = before.clone();
        let applied = after.apply(std::slice::from_ref(&change), &rules(&plugins));
        let as_actor = before.clone().apply(
            std::slice::from_ref(&change),
            &Rules { actor, ..rules(&plugins) },
        );
        if as_actor.is_err() && applied.is_ok_and(|applied| !applied.events.is_empty()) {
            prop_assert!(asked(&before, &after, actor).is_err(), "{:?} by {:?}", change, actor);
        }
    }

    #[test]
    fn who_may_not_write_something_may_not_write_it_back_and_forth(
        old in draft(),
        new in draft(),
        who in who(),
    ) {
        let (old, new) = (old.directory(), new.directory());
        prop_assert_eq!(asked(&old, &old.clone(), actor(&old, &who)), Ok(()));
        prop_assert_eq!(asked(&old, &new, Actor::Designer), Ok(()));
        let differ = !guichet_core::compare(&old, &new).is_empty();
        if differ {
            prop_assert!(asked(&old, &new, Actor::Nobody).is_err());
        }
    }
}

/// Ann and Bob with passwords, Devs with Design, Ops, and a Designer with a password.
fn office(edit: impl FnOnce(&mut DirectoryBuilder)) -> Directory {
    let mut builder = DirectoryBuilder::new();
    let designer = builder.as_directory().designer();
    builder.credential(designer, digest("D"));
    for name in ["Ann", "Bob"] {
        let account = builder.user(user(name));
        builder.credential(account, digest("x"));
    }
    builder.group(group("Devs"));
    builder.grant_area(&AccessArea::Design, &Grantee::Group(group("Devs")));
    edit(&mut builder);
    builder.finish()
}

fn digest(letter: &str) -> Credential {
    Credential::from_stored(format!("{}==", letter.repeat(22)))
}

fn ann(directory: &Directory) -> Actor {
    Actor::User(directory.find_user("Ann").unwrap())
}

#[track_caller]
fn check(
    edit: impl FnOnce(&mut DirectoryBuilder),
    administrator: Result<(), Act>,
    of_ann: Result<(), Act>,
) {
    let before = office(|builder| {
        builder.group(group("Ops"));
    });
    let after = office(edit);
    assert_eq!(asked(&before, &after, Actor::Administrator), administrator);
    assert_eq!(asked(&before, &after, ann(&before)), of_ann);
}

#[test]
fn a_group_that_is_gone_is_the_designers_to_delete() {
    check(|_| {}, Err(Act::DeleteGroup), Err(Act::DeleteGroup));
}

#[test]
fn a_group_that_has_another_name_is_one_that_was_renamed() {
    let renamed = |builder: &mut DirectoryBuilder| {
        builder.group(group("Operators"));
    };
    check(renamed, Ok(()), Err(Act::EditGroup));
}

#[test]
fn an_area_that_follows_a_renamed_group_is_not_given() {
    // Too different in their members to be recognised as one group.
    let web = |name: &str, member: &str, rest: &str| {
        office(|builder| {
            let web = builder.group(group(name));
            builder.members_of(web).user(member);
            let local = AccessArea::Rest(RestSide::Local);
            builder.grant_area(&AccessArea::Http, &Grantee::Group(group(name)));
            builder.grant_area(&local, &Grantee::Group(group(rest)));
        })
    };
    let before = web("Web", "Ann", "Web");
    let asked = |after: &Directory| asked(&before, after, Actor::Administrator);
    assert_eq!(asked(&web("Net", "Bob", "Net")), Ok(()));
    assert_eq!(asked(&web("Net", "Bob", "Devs")), Err(Act::GrantArea));
}

#[test]
fn the_designers_password_is_the_designers() {
    let boss = |builder: &mut DirectoryBuilder| {
        builder.group(group("Ops"));
        let designer = builder.as_directory().designer();
        builder.credential(designer, digest("E"));
    };
    check(boss, Err(Act::EditDesigner), Err(Act::EditDesigner));
}

#[test]
fn ones_own_password_is_ones_own_in_a_whole_text_too() {
    let own = |builder: &mut DirectoryBuilder| {
        builder.group(group("Ops"));
        let ann = builder.as_directory().find_user("Ann").unwrap();
        builder.credential(ann, digest("n"));
    };
    check(own, Ok(()), Ok(()));
    let of_bob = |builder: &mut DirectoryBuilder| {
        own(builder);
        let bob = builder.as_directory().find_user("Bob").unwrap();
        builder.credential(bob, digest("n"));
    };
    check(of_bob, Ok(()), Err(Act::EditUser));
    let method = |builder: &mut DirectoryBuilder| {
        own(builder);
        let ann = builder.as_directory().find_user("Ann").unwrap();
        builder.startup_method(ann, MethodName::from_stored("Evil"));
    };
    check(method, Ok(()), Err(Act::EditUser));
}

#[test]
fn a_digest_of_unknown_kind_is_stored_by_the_designer() {
    let unknown = |builder: &mut DirectoryBuilder| {
        builder.group(group("Ops"));
        let ann = builder.as_directory().find_user("Ann").unwrap();
        builder.credential(ann, Credential::from_stored("what is this"));
    };
    check(unknown, Err(Act::ChangeUnread), Err(Act::ChangeUnread));
}

#[test]
fn another_order_is_another_form() {
    let before = office(|builder| {
        builder.grant_plugin(&PluginKey::from_stored("web"), &Grantee::Nobody);
        builder.grant_plugin(&PluginKey::from_stored("write"), &Grantee::Nobody);
    });
    let after = office(|builder| {
        builder.grant_plugin(&PluginKey::from_stored("write"), &Grantee::Nobody);
        builder.grant_plugin(&PluginKey::from_stored("web"), &Grantee::Nobody);
    });
    assert_eq!(asked(&before, &after, Actor::Administrator), Ok(()));
    assert_eq!(asked(&before, &after, ann(&before)), Err(Act::Reformat));
}

#[test]
fn what_no_directory_holds_is_the_designers_and_another_form_is_not() {
    let directory = office(|_| {});
    let asked = |besides, actor| asked_besides(&directory, &directory, besides, actor);
    for (besides, administrator, of_ann) in [
        (Besides::Nothing, Ok(()), Ok(())),
        (Besides::Form, Ok(()), Err(Act::Reformat)),
        (
            Besides::Content,
            Err(Act::ChangeUnread),
            Err(Act::ChangeUnread),
        ),
    ] {
        assert_eq!(asked(besides, Actor::Administrator), administrator);
        assert_eq!(asked(besides, ann(&directory)), of_ann);
        assert_eq!(asked(besides, Actor::Designer), Ok(()));
    }
}

#[test]
fn a_deleted_user_leaves_the_settings_and_a_waiting_name_is_not_filled() {
    let guest = |name: &str, exists: bool| {
        office(|builder| {
            if exists {
                builder.user(user("Guest"));
            }
            builder.default_user(name);
        })
    };
    let (named, emptied) = (guest("Guest", true), guest("", false));
    assert_eq!(asked(&named, &emptied, Actor::Administrator), Ok(()));
    assert_eq!(
        asked(&emptied, &named, Actor::Administrator),
        Err(Act::EditSettings)
    );
    let waiting = guest("Guest", false);
    assert_eq!(
        asked(&waiting, &named, Actor::Administrator),
        Err(Act::EditSettings)
    );
}
