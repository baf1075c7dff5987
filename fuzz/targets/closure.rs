//! Any hierarchy: the engine says what a plain search says, also after edits.

#![no_main]

use guichet_core::{Directory, GroupHandle, Membership as _, UserHandle};
use guichet_fuzz::{Draft, Edit, edited};
use guichet_policy::Closure;
use libfuzzer_sys::fuzz_target;

/// Who is in a group, by walking down from it.
fn walked(directory: &Directory, group: GroupHandle) -> Vec<UserHandle> {
    let mut seen = vec![group];
    let mut users = Vec::new();
    let mut place = 0;
    while let Some(group) = seen.get(place).and_then(|group| directory.group(*group)) {
        users.extend(group.users());
        for nested in group.groups() {
            if !seen.contains(nested) {
                seen.push(*nested);
            }
        }
        place += 1;
    }
    users
}

fuzz_target!(|input: (Draft, Vec<Edit>)| {
    let (draft, edits) = input;
    let directory = edited(&draft.directory(), &edits);
    let closure = Closure::new(directory.clone());
    for (group, _) in directory.groups() {
        let members = walked(&directory, group);
        let listed = closure.users_of_group(group);
        for (user, _) in directory.users() {
            let expected = members.contains(&user);
            assert_eq!(closure.is_member(user, group), expected);
            assert_eq!(listed.contains(&user), expected);
            assert_eq!(closure.groups_of_user(user).contains(&group), expected);
            assert_eq!(closure.membership_path(user, group).is_some(), expected);
        }
    }
});
