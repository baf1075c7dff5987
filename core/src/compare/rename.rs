//! Which group of an older directory goes by another name in a newer one.
//!
//! A file does not record that a group was renamed. But 4D deletes no group (decision D21), so a
//! group that is gone and a group that is new are likely one. They count as one when what is placed
//! in them, what they are placed in and what is granted to them leave no doubt:
//!
//! 1. it is all the same, and no other group that is gone or new has just that; or else
//! 2. they share at least half of it, and neither shares at least half with another. This is
//!    looked at only while at most [`SIMILAR`] groups are gone and as many are new: files that
//!    differ in more are hardly two versions of one.
//!
//! Whatever is left is gone, or new. A group that is found tells more about the groups around it,
//! so all is asked again, up to [`ROUNDS`] times.

use std::collections::{HashMap, HashSet};

use crate::grantee::{Grantee, GroupReference, StoredGrantee};
use crate::id::{GroupHandle, UserHandle};
use crate::plugin::PluginKey;
use crate::steps;

use super::areas::{AreaKey, areas};
use super::identities::{GroupKey, Side, UserKey};

/// How many groups may be gone, and how many new, for similar ones to be looked for.
const SIMILAR: usize = 100;

/// How many levels of renamed groups in renamed groups are followed.
const ROUNDS: usize = 8;

/// One thing that a group has, and that both directories may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Feature<'a> {
    User(UserKey),
    Nested(GroupKey),
    Container(GroupKey),
    Area(AreaKey),
    Plugin(&'a PluginKey),
    MissingUser(&'a str),
    MissingGroup(&'a str),
}

/// All that a group has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct Content<'a> {
    // INVARIANT: sorted and each once, when it is complete.
    known: Vec<Feature<'a>>,
    /// Members that only one of the two directories has.
    unknown_users: usize,
    /// Nested groups and containers that only one of the two has, so far.
    unknown_groups: usize,
}

impl Content<'_> {
    fn size(&self) -> usize {
        let unknown = self.unknown_users.saturating_add(self.unknown_groups);
        self.known.len().saturating_add(unknown)
    }

    /// Returns whether so many shared features are at least half of what either of two contents has.
    fn resembles(&self, other: &Self, shared: usize) -> bool {
        let either = self
            .size()
            .saturating_add(other.size())
            .saturating_sub(shared);
        shared.saturating_mul(2) >= either
    }
}

/// The keys that both directories have.
struct Shared {
    users: HashSet<UserKey>,
    groups: HashSet<GroupKey>,
}

impl Shared {
    fn with(newer: &Side<'_>) -> Self {
        let users = newer.directory.users();
        let groups = newer.directory.groups();
        Self {
            users: users.filter_map(|(user, _)| newer.user_key(user)).collect(),
            groups: groups
                .filter_map(|(group, _)| newer.group_key(group))
                .collect(),
        }
    }

    fn user(&self, side: &Side<'_>, user: UserHandle) -> Option<UserKey> {
        side.user_key(user).filter(|key| self.users.contains(key))
    }

    fn group(&self, side: &Side<'_>, group: GroupHandle) -> Option<GroupKey> {
        side.group_key(group)
            .filter(|key| self.groups.contains(key))
    }
}

/// Finds the groups of `newer` without a key that are groups of `older` under another name, and
/// gives them their keys.
///
/// Costs O(groups) when no group is gone or none is new; else a few times what reading both costs,
/// and where similar groups are looked for, up to [`SIMILAR`] times what the groups that are gone
/// and new have.
pub(super) fn find_renamed_groups(older: &Side<'_>, newer: &mut Side<'_>) {
    for _ in 0..ROUNDS {
        let shared = Shared::with(newer);
        let gone = only_in(older, &shared);
        let new = only_in(newer, &shared);
        if gone.is_empty() || new.is_empty() {
            return;
        }
        let gone = contents(older, &shared, gone);
        let new = contents(newer, &shared, new);
        let mut found = same(&gone, &new);
        if found.is_empty() && gone.len() <= SIMILAR && new.len() <= SIMILAR {
            found = similar(&gone, &new);
        }
        if found.is_empty() {
            return;
        }
        for (before, after) in found {
            if let Some(key) = older.group_key(before) {
                newer.set_group(after, key);
            }
        }
    }
}

fn only_in(side: &Side<'_>, shared: &Shared) -> Vec<GroupHandle> {
    let groups = side.directory.groups().map(|(group, _)| group);
    groups
        .filter(|group| shared.group(side, *group).is_none())
        .collect()
}

/// Returns all that each of some groups has.
fn contents<'a>(
    side: &Side<'a>,
    shared: &Shared,
    groups: Vec<GroupHandle>,
) -> HashMap<GroupHandle, Content<'a>> {
    let mut contents: HashMap<GroupHandle, Content<'a>> = HashMap::new();
    contents.extend(groups.into_iter().map(|group| (group, Content::default())));
    for (container, group) in side.directory.groups() {
        if let Some(content) = contents.get_mut(&container) {
            for user in &group.users {
                match shared.user(side, *user) {
                    Some(key) => content.known.push(Feature::User(key)),
                    None => content.unknown_users = content.unknown_users.saturating_add(1),
                }
            }
        }
        if let Some(content) = contents.get_mut(&container) {
            let users = group.missing_users.iter().map(AsRef::as_ref);
            let groups = group.missing_groups.iter().map(AsRef::as_ref);
            content.known.extend(users.map(Feature::MissingUser));
            content.known.extend(groups.map(Feature::MissingGroup));
        }
        for nested in &group.groups {
            let mut note = |group: &GroupHandle, feature: Option<Feature<'a>>| {
                let Some(content) = contents.get_mut(group) else {
                    return;
                };
                match feature {
                    Some(feature) => content.known.push(feature),
                    None => content.unknown_groups = content.unknown_groups.saturating_add(1),
                }
            };
            note(&container, shared.group(side, *nested).map(Feature::Nested));
            note(
                nested,
                shared.group(side, container).map(Feature::Container),
            );
        }
    }
    for (area, grantee) in areas(side) {
        if let Some(content) = granted(grantee).and_then(|group| contents.get_mut(group)) {
            content.known.push(Feature::Area(area));
        }
    }
    for grant in side.directory.grants().plugins() {
        if let Some(content) = granted(&grant.grantee).and_then(|group| contents.get_mut(group)) {
            content.known.push(Feature::Plugin(&grant.plugin));
        }
    }
    for content in contents.values_mut() {
        content.known.sort_unstable();
        // A list may name nobody twice.
        content.known.dedup();
    }
    contents
}

const fn granted(grantee: &StoredGrantee) -> Option<&GroupHandle> {
    match grantee {
        Grantee::Group(GroupReference::Known(group)) => Some(group),
        Grantee::Group(GroupReference::Missing(_)) | Grantee::Everyone | Grantee::Nobody => None,
    }
}

type Found = Vec<(GroupHandle, GroupHandle)>;

/// The groups that have just the same, alone on either side.
fn same(
    gone: &HashMap<GroupHandle, Content<'_>>,
    new: &HashMap<GroupHandle, Content<'_>>,
) -> Found {
    let mut alike: HashMap<&Content<'_>, (Vec<GroupHandle>, Vec<GroupHandle>)> = HashMap::new();
    for (group, content) in gone {
        alike.entry(content).or_default().0.push(*group);
    }
    for (group, content) in new {
        alike.entry(content).or_default().1.push(*group);
    }
    let alike = alike
        .into_iter()
        .filter(|(content, _)| content.unknown_users == 0);
    alike
        .filter_map(
            |(_, groups)| match (groups.0.as_slice(), groups.1.as_slice()) {
                ([before], [after]) => Some((*before, *after)),
                _ => None,
            },
        )
        .collect()
}

/// The groups that share at least half of what they have, with one group only.
///
/// Looks at each feature of a group that is gone once for each new group that has it too: at most
/// [`SIMILAR`] times what the groups have.
fn similar<'a>(
    gone: &HashMap<GroupHandle, Content<'a>>,
    new: &HashMap<GroupHandle, Content<'a>>,
) -> Found {
    let mut having: HashMap<Feature<'a>, Vec<GroupHandle>> = HashMap::new();
    for (group, content) in new {
        for feature in &content.known {
            having.entry(*feature).or_default().push(*group);
        }
    }
    let mut likenesses: Found = Vec::new();
    for (before, content) in gone {
        let mut shared: HashMap<GroupHandle, usize> = HashMap::new();
        for after in content
            .known
            .iter()
            .filter_map(|one| having.get(one))
            .flatten()
        {
            steps::add(1);
            let count = shared.entry(*after).or_default();
            *count = count.saturating_add(1);
        }
        let like = shared.into_iter().filter(|(after, shared)| {
            new.get(after)
                .is_some_and(|other| content.resembles(other, *shared))
        });
        likenesses.extend(like.map(|(after, _)| (*before, after)));
    }
    // How many likenesses each group is in, on its side.
    let mut rivals: [HashMap<GroupHandle, usize>; 2] = [HashMap::new(), HashMap::new()];
    for (before, after) in &likenesses {
        for (count, group) in rivals.iter_mut().zip([before, after]) {
            let count = count.entry(*group).or_default();
            *count = count.saturating_add(1);
        }
    }
    let [before_rivals, after_rivals] = rivals;
    likenesses.retain(|(before, after)| {
        before_rivals.get(before) == Some(&1) && after_rivals.get(after) == Some(&1)
    });
    likenesses
}

#[cfg(test)]
mod tests {
    use crate::builder::DirectoryBuilder;
    use crate::compare::compare;
    use crate::delta::Delta;
    use crate::directory::Directory;
    use crate::name::{GroupName, UserName};
    use crate::steps::assert_linear;

    use super::SIMILAR;

    /// As many groups as are looked at, with `size` users each, most of them their own; what is
    /// left out and the name depend on the side.
    fn groups(size: usize, prefix: &str, left_out: usize) -> Directory {
        let mut builder = DirectoryBuilder::new();
        for number in 0..SIMILAR * size {
            builder.user(UserName::from_stored(format!("{number}")));
        }
        for number in 0..SIMILAR {
            let group = builder.group(GroupName::from_stored(format!("{prefix} {number}")));
            let mut members = builder.members_of(group);
            let own = number * size..(number + 1) * size;
            for user in own.filter(|user| user % size != left_out) {
                members.user(&format!("{user}"));
            }
            members.user("0");
        }
        builder.finish()
    }

    #[test]
    fn similar_groups_are_found_in_linear_time() {
        assert_linear(10, |size| {
            let (old, new) = (groups(size, "old", 1), groups(size, "new", 2));
            let difference = compare(&old, &new);
            let renamed = |delta: &&Delta| matches!(delta, Delta::GroupRenamed { .. });
            assert_eq!(difference.deltas().filter(renamed).count(), SIMILAR);
        });
    }
}
