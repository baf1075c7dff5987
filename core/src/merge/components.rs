//! Groups that contain each other.

use std::collections::HashMap;

use crate::compare::identities::GroupKey;
use crate::compare::state::State;

/// Returns for every group a number that it shares with just those that it contains and that
/// contain it, directly or not.
///
/// Two walks over all nestings, the second one upwards (Kosaraju and Sharir); no recursion.
pub(super) fn components(state: &State<'_>) -> HashMap<GroupKey, usize> {
    let mut containers: HashMap<GroupKey, Vec<GroupKey>> = HashMap::new();
    for container in groups(state) {
        for nested in nested(state, container) {
            containers.entry(*nested).or_default().push(container);
        }
    }
    let mut components: HashMap<GroupKey, usize> = HashMap::new();
    for (number, group) in finished(state).into_iter().rev().enumerate() {
        let mut pending = vec![group];
        while let Some(group) = pending.pop() {
            if components.contains_key(&group) {
                continue;
            }
            components.insert(group, number);
            pending.extend(containers.get(&group).into_iter().flatten());
        }
    }
    components
}

fn groups(state: &State<'_>) -> impl Iterator<Item = GroupKey> {
    (0..state.groups.len()).map(GroupKey)
}

fn nested<'s>(state: &'s State<'_>, group: GroupKey) -> &'s [GroupKey] {
    state
        .group(group)
        .map_or(&[], |group| &group.members.groups)
}

/// Returns the groups, each after all that a walk down from it found first.
fn finished(state: &State<'_>) -> Vec<GroupKey> {
    let mut seen = vec![false; state.groups.len()];
    let mut first_visit = |group: GroupKey| {
        let seen = seen.get_mut(group.0);
        seen.is_some_and(|seen| !std::mem::replace(seen, true))
    };
    let mut finished = Vec::with_capacity(state.groups.len());
    for group in groups(state) {
        if !first_visit(group) {
            continue;
        }
        let mut walk = vec![(group, nested(state, group).iter())];
        while let Some((group, rest)) = walk.last_mut() {
            match rest.next() {
                Some(next) if first_visit(*next) => {
                    walk.push((*next, nested(state, *next).iter()));
                }
                Some(_) => {}
                None => {
                    finished.push(*group);
                    walk.pop();
                }
            }
        }
    }
    finished
}
