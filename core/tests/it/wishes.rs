//! Wishes of another source: what is said holds, what is not said is untouched.

use std::collections::BTreeSet;

use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use guichet_core::Diagnostic as _;
use guichet_core::Reference;
use guichet_core::identity::same_name;
use guichet_core::{
    Absent, AccessArea, Change, Credential, Delta, Directory, DirectoryBuilder, Grantee,
    MethodName, PluginKey, Rules, UserKind, Wish, WishError, compare,
};

use crate::compare::{plugins, rules};
use crate::model::generator::draft;
use crate::support::{group, groups_of, user, users_of};

const USERS: &[&str] = &[
    "Ann", "ann", "Bob", "bob", "Zo\u{eb}", "Boss", "Carl", "Designer",
];
const GROUPS: &[&str] = &["Devs", "devs", "Ops", "QA", "Sales", "New"];

/// What a wish says, kept beside it.
#[derive(Debug, Clone)]
struct Content {
    /// With the startup method, if one is given; an empty one removes it.
    users: Vec<(&'static str, Option<&'static str>)>,
    groups: Vec<(&'static str, Vec<&'static str>, Vec<&'static str>)>,
    design: Option<&'static str>,
    write: Option<&'static str>,
    /// An empty one removes it.
    default_user: Option<&'static str>,
    absent: [Absent; 3],
}

fn content() -> impl Strategy<Value = Content> {
    let absent = || select(&[Absent::Kept, Absent::Removed][..]);
    let method = option::of(select(&["One", "Two", ""][..]));
    let listed = (
        select(GROUPS),
        prop::collection::vec(select(USERS), 0..4),
        prop::collection::vec(select(GROUPS), 0..2),
    );
    (
        prop::collection::vec((select(USERS), method), 0..6),
        prop::collection::vec(listed, 0..4),
        option::of(select(&["*", "", "Devs", "New"][..])),
        option::of(select(&["*", "", "Ops"][..])),
        option::of(prop_oneof![1 => Just(""), 3 => select(USERS)]),
        [absent(), absent(), absent()],
    )
        .prop_map(
            |(users, groups, design, write, default_user, absent)| Content {
                users,
                groups,
                design,
                write,
                default_user,
                absent,
            },
        )
}

impl Content {
    fn wish(&self) -> Wish {
        let mut wish = Wish::new();
        for (name, method) in &self.users {
            wish.user(user(name));
            if let Some(method) = method {
                wish.startup_method(user(name), Some(MethodName::from_stored(method)));
            }
        }
        for (name, users, groups) in &self.groups {
            wish.group(group(name));
            for member in users {
                wish.member_user(group(name), user(member));
            }
            for member in groups {
                wish.member_group(group(name), group(member));
            }
        }
        if let Some(design) = self.design {
            wish.area(AccessArea::Design, Grantee::parse(design));
        }
        if let Some(write) = self.write {
            wish.plugin(PluginKey::from_stored("write"), Grantee::parse(write));
        }
        if let Some(default) = self.default_user {
            wish.default_user(Some(default).filter(|name| !name.is_empty()).map(user));
        }
        let [users, groups, members] = self.absent;
        wish.absent_users(users);
        wish.absent_groups(groups);
        wish.absent_members(members);
        wish
    }

    fn names_group(&self, name: &str) -> bool {
        self.groups.iter().any(|(known, ..)| same_name(known, name))
    }

    fn names_user(&self, name: &str) -> bool {
        self.users.iter().any(|(known, _)| same_name(known, name))
    }

    /// What must hold of a directory.
    fn holds(&self, directory: &Directory) {
        for (name, _) in &self.users {
            assert!(directory.find_user(name).is_some(), "{name}");
        }
        for (place, (name, method)) in self.users.iter().enumerate() {
            let later = self.users[place + 1..].iter();
            let found = directory.find_user(name).unwrap();
            let again = |(other, method): &(&str, Option<_>)| {
                method.is_some() && directory.find_user(other) == Some(found)
            };
            if let Some(method) = method.filter(|_| !later.clone().any(again)) {
                let known = directory.user(found).unwrap().startup_method();
                assert_eq!(known.map_or("", MethodName::as_str), method, "{name}");
            }
        }
        for (name, ..) in &self.groups {
            let handle = directory.find_group(name).unwrap();
            let same = self
                .groups
                .iter()
                .filter(|(other, ..)| directory.find_group(other) == Some(handle));
            let users: BTreeSet<_> = same
                .clone()
                .flat_map(|(_, users, _)| users)
                .map(|name| directory.find_user(name).unwrap())
                .collect();
            let groups: BTreeSet<_> = same
                .flat_map(|(.., groups)| groups)
                .map(|name| directory.find_group(name).unwrap())
                .collect();
            let known = directory.group(handle).unwrap();
            assert!(
                users.iter().all(|user| known.users().contains(user)),
                "{name}"
            );
            assert!(
                groups.iter().all(|group| known.groups().contains(group)),
                "{name}"
            );
            if self.absent[2] == Absent::Removed {
                assert_eq!(known.users().len(), users.len(), "{name}");
                assert_eq!(known.groups().len(), groups.len(), "{name}");
                assert!(known.missing_users().is_empty() && known.missing_groups().is_empty());
            }
        }
        if self.absent[0] == Absent::Removed {
            let ordinary = directory
                .users()
                .filter(|(_, user)| user.kind() == UserKind::User);
            for (_, user) in ordinary {
                assert!(self.names_user(user.name().as_str()), "{}", user.name());
            }
        }
        if let Some(design) = self.design {
            let known = directory.grants().area(&AccessArea::Design).unwrap();
            assert_eq!(*known, directory.resolve_grantee(&Grantee::parse(design)));
        }
    }

    /// Whether the wish, or what a change always brings with it, explains a difference.
    fn explains(&self, delta: &Delta, before: &Directory) -> bool {
        let [users, groups, members] = self.absent;
        // Twins by case are different users and groups.
        let means_user = |name: &str| {
            let user = before.find_user(name);
            self.users
                .iter()
                .any(|(known, _)| before.find_user(known) == user)
        };
        let means_group = |name: &str| {
            let meant = before.find_group(name);
            self.groups
                .iter()
                .any(|(known, ..)| before.find_group(known) == meant)
        };
        let gone = |name: &str| users == Absent::Removed && !means_user(name);
        let takes_out = |group: &str| {
            let absent = if means_group(group) { members } else { groups };
            absent == Absent::Removed
        };
        match delta {
            Delta::UserAdded { user, .. } => self.names_user(user.as_str()),
            Delta::UserRemoved { user, .. } => gone(user.as_str()),
            Delta::StartupMethodChanged { user, .. } => self
                .users
                .iter()
                .any(|(known, method)| method.is_some() && same_name(known, user.as_str())),
            Delta::GroupAdded { group, .. } => self.names_group(group.as_str()),
            // A waiting name found its bearer, or the wish says it.
            Delta::MemberUserAdded { group, user } => {
                let waited = before.find_user(user.as_str()).is_none();
                waited || self.names_group(group.as_str())
            }
            Delta::MemberGroupAdded { group, member } => {
                let waited = before.find_group(member.as_str()).is_none();
                waited || self.names_group(group.as_str())
            }
            Delta::MemberUserRemoved { group, user } => {
                takes_out(group.as_str()) || gone(user.as_str())
            }
            Delta::MemberGroupRemoved { group, .. } => takes_out(group.as_str()),
            Delta::MissingUserRemoved { group, name } => {
                takes_out(group.as_str()) || self.names_user(name.as_str())
            }
            Delta::MissingGroupRemoved { group, name } => {
                takes_out(group.as_str()) || self.names_group(name.as_str())
            }
            Delta::AreaGranted {
                area,
                before: Grantee::Group(Reference::Missing(name)),
                ..
            } => self.names_group(name.as_str()) || *area == AccessArea::Design,
            Delta::AreaGranted { area, .. } => *area == AccessArea::Design && self.design.is_some(),
            Delta::PluginGranted {
                before: Grantee::Group(Reference::Missing(name)),
                ..
            } => self.names_group(name.as_str()),
            Delta::PluginGranted { plugin, .. } => {
                plugin.as_str() == "write" && self.write.is_some()
            }
            Delta::DefaultUserChanged { before, .. } => {
                self.default_user.is_some()
                    || before.as_ref().is_some_and(|named| {
                        gone(named.name().as_str()) || self.names_user(named.name().as_str())
                    })
            }
            _ => false,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_said_holds_what_is_not_said_stays_and_twice_is_once(draft in draft(), content in content()) {
        let before = draft.directory();
        let wish = content.wish();
        let Ok(changes) = wish.changes(&before) else {
            return Ok(());
        };
        let plugins = plugins();
        let mut after = before.clone();
        // Groups that would contain each other, or a Default User that is to go: refused whole.
        if after.apply(&changes, &rules(&plugins)).is_err() {
            return Ok(());
        }
        content.holds(&after);
        for delta in compare(&before, &after).deltas() {
            prop_assert!(content.explains(delta, &before), "{:?} by {:?}", delta, changes);
        }
        prop_assert_eq!(wish.changes(&after), Ok(Vec::new()));
    }
}

/// A Designer with a password, Design for Devs, Ann in Devs, Bob nowhere.
fn office() -> Directory {
    let mut builder = DirectoryBuilder::new();
    let designer = builder.as_directory().designer();
    builder.credential(designer, Credential::from_stored("a digest"));
    builder.user(user("Ann"));
    builder.user(user("Bob"));
    let devs = builder.group(group("Devs"));
    builder.members_of(devs).user("Ann");
    builder.grant_area(&AccessArea::Design, &Grantee::parse("Devs"));
    builder.finish()
}

#[test]
fn an_empty_wish_changes_nothing() {
    assert_eq!(Wish::new().changes(&office()), Ok(Vec::new()));
}

#[test]
fn a_wish_that_says_nothing_of_grants_and_passwords_keeps_them() {
    let mut directory = office();
    let mut wish = Wish::new();
    wish.user(user("Zoë"));
    wish.member_user(group("Devs"), user("Zoë"));
    wish.absent_users(Absent::Removed);
    wish.absent_groups(Absent::Removed);
    wish.absent_members(Absent::Removed);
    let changes = wish.changes(&directory).unwrap();
    drop(directory.apply(&changes, &Rules::default()).unwrap());
    assert_eq!(users_of(&directory, "Devs"), ["Zoë"]);
    assert_eq!(directory.user_count(), 3);
    let old = office();
    assert_eq!(directory.grants(), old.grants());
    assert_eq!(directory.access_control(), old.access_control());
    assert_eq!(
        directory.user(directory.designer()),
        old.user(old.designer())
    );
}

#[test]
fn a_directory_of_another_source_opens_what_it_does_not_say() {
    // Why there are wishes: a built directory is a whole one.
    let (old, mut built) = (office(), DirectoryBuilder::new());
    built.user(user("Ann"));
    let plan = compare(&old, &built.finish()).plan(&old, &Rules::default());
    let opens = |change: &Change| {
        matches!(
            change,
            Change::GrantArea {
                grantee: Grantee::Everyone,
                ..
            }
        )
    };
    assert!(plan.changes().iter().any(opens));
}

#[test]
fn the_absent_go_only_where_that_is_asked() {
    let directory = office();
    let mut wish = Wish::new();
    wish.user(user("Carl"));
    wish.group(group("Ops"));
    let count = |wish: &Wish| wish.changes(&directory).unwrap().len();
    assert_eq!(count(&wish), 2, "Carl and Ops come");
    wish.absent_users(Absent::Removed);
    assert_eq!(count(&wish), 4, "and Ann and Bob go");
    wish.absent_groups(Absent::Removed);
    assert_eq!(count(&wish), 5, "and Devs is emptied");
}

#[test]
fn two_spellings_of_one_name_are_one() {
    let mut directory = office();
    let mut wish = Wish::new();
    for (spelling, member) in [("New", "ann"), ("NEW", "BOB")] {
        wish.member_user(group(spelling), user(member));
        wish.user(user(&format!("carl{spelling}").replace("NEW", "New")));
    }
    wish.member_group(group("new"), group("DEVS"));
    wish.absent_members(Absent::Removed);
    let changes = wish.changes(&directory).unwrap();
    drop(directory.apply(&changes, &Rules::default()).unwrap());
    assert_eq!(users_of(&directory, "New"), ["Ann", "Bob"]);
    assert_eq!(groups_of(&directory, "New"), ["Devs"]);
    assert_eq!(directory.group_count(), 2);
    assert_eq!(directory.user_count(), 5);
}

#[test]
fn a_member_that_nobody_is_refuses_the_wish() {
    let directory = office();
    let mut wish = Wish::new();
    wish.member_user(group("Devs"), user("Nemo"));
    let error = wish.changes(&directory).unwrap_err();
    assert_eq!(error.code(), "unknown-user");
    assert_eq!(
        error.to_string(),
        "the wish puts `Nemo` in group `Devs` but does not list user `Nemo`"
    );
    let mut wish = Wish::new();
    wish.member_user(group("Devs"), user("Ann"));
    assert!(wish.changes(&directory).is_ok());
    wish.absent_users(Absent::Removed);
    let gone = WishError::UnknownUser {
        group: group("Devs"),
        user: user("Ann"),
    };
    assert_eq!(wish.changes(&directory), Err(gone), "she is to be deleted");
    let mut wish = Wish::new();
    wish.member_group(group("Devs"), group("Nowhere"));
    assert_eq!(
        wish.changes(&directory).unwrap_err().code(),
        "unknown-group"
    );
}

#[test]
fn passwords_and_settings_are_set_where_they_are_said() {
    let mut directory = office();
    let mut wish = Wish::new();
    wish.password(user("Ann"), Some(Credential::from_stored("another digest")));
    wish.web_user(guichet_core::WebSide::Local, Some(user("bob")));
    let changes = wish.changes(&directory).unwrap();
    assert_eq!(changes.len(), 2);
    drop(directory.apply(&changes, &Rules::default()).unwrap());
    assert_eq!(wish.changes(&directory), Ok(Vec::new()));
}
