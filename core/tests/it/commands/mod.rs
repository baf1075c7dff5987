//! 4D's own commands, with the results and errors that its documentation gives.

mod groups;
mod session;
mod users;

use std::collections::BTreeSet;

use guichet_core::commands::{
    MemberNumber, NewGroupProperties, NewUserProperties, PasswordArgument,
};
use guichet_core::{
    Credential, Directory, DirectoryBuilder, GroupHandle, GroupId, Membership, MethodName, Rules,
    UserHandle, UserId,
};

use crate::support::{group, user};

/// Membership by walking up, as slowly as can be.
pub(crate) struct Walk<'a>(pub(crate) &'a Directory);

impl Membership for Walk<'_> {
    fn is_member(&self, user: UserHandle, group: GroupHandle) -> bool {
        let mut seen = BTreeSet::from([group]);
        let mut open = vec![group];
        while let Some(group) = open.pop() {
            let group = self.0.group(group).unwrap();
            if group.users().contains(&user) {
                return true;
            }
            open.extend(group.groups().iter().filter(|nested| seen.insert(**nested)));
        }
        false
    }

    fn membership_path(&self, _: UserHandle, _: GroupHandle) -> Option<Vec<GroupHandle>> {
        None
    }
}

/// Ann (3, in Devs) and Bob (4); Devs (15001) in All (15002); a Designer with a password.
pub(crate) fn office() -> Directory {
    let mut builder = DirectoryBuilder::new();
    let ann = builder.user(user("Ann"));
    builder.startup_method(ann, MethodName::from_stored("Start"));
    builder.credential(ann, Credential::from_stored("r0z/2g0H3wUsWfuzy66adw=="));
    builder.user(user("Bob"));
    let designer = builder.as_directory().designer();
    builder.credential(designer, Credential::from_stored("a digest"));
    let devs = builder.group(group("Devs"));
    let all = builder.group(group("All"));
    builder.members_of(devs).user("Ann");
    let mut listed = builder.members_of(all);
    listed.user("Designer");
    listed.group("Devs");
    listed.user("nobody");
    listed.user("Nobody");
    builder.finish()
}

pub(crate) fn rules() -> Rules<'static> {
    Rules::default()
}

pub(crate) fn properties(name: &str) -> NewUserProperties {
    NewUserProperties {
        name: user(name),
        startup: MethodName::from_stored("Start"),
        password: PasswordArgument::Keep,
        memberships: None,
    }
}

pub(crate) fn group_properties(
    name: &str,
    members: Option<Vec<MemberNumber>>,
) -> NewGroupProperties {
    NewGroupProperties {
        name: group(name),
        members,
    }
}

pub(crate) fn user_number(number: u32) -> MemberNumber {
    MemberNumber::User(UserId::new(number).unwrap())
}

pub(crate) fn group_number(number: u32) -> MemberNumber {
    MemberNumber::Group(GroupId::new(number).unwrap())
}
