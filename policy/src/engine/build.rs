//! A snapshot from a directory, linear in its memberships.

use std::sync::Arc;

use guichet_core::{Directory, GroupHandle};

use super::lists::{Flat, Lists};
use super::number;
use super::rows::{Budget, Rows};
use super::snapshot::{NO_GROUP, Order, Snapshot};

/// Rows may take this much, or as much as the memberships themselves if that is more.
const LEAST_BUDGET: usize = 8 << 20;

/// The groups of a directory by position in the file, with what is directly in them.
struct Positions {
    handles: Vec<GroupHandle>,
    /// The position of each slot.
    of_slot: Vec<u32>,
    /// Nested groups by slot.
    nested: Flat,
    users: Flat,
}

impl Positions {
    fn of(directory: &Directory) -> Self {
        let count = directory.group_count();
        let mut positions = Self {
            handles: Vec::with_capacity(count),
            of_slot: vec![NO_GROUP; directory.group_table_size()],
            nested: Flat::with_capacity(count),
            users: Flat::with_capacity(count),
        };
        for (handle, group) in directory.groups() {
            if let Some(position) = positions.of_slot.get_mut(handle.index()) {
                *position = number(positions.handles.len());
            }
            positions.handles.push(handle);
            let nested = group.groups().iter().map(|nested| number(nested.index()));
            positions.nested.items.extend(nested);
            positions.nested.end_list();
            let users = group.users().iter().map(|user| number(user.index()));
            positions.users.items.extend(users);
            positions.users.end_list();
        }
        for slot in &mut positions.nested.items {
            *slot = positions
                .of_slot
                .get(*slot as usize)
                .copied()
                .unwrap_or(NO_GROUP);
        }
        positions
    }
}

/// The positions of groups in the order of levels, and the level of each position.
struct Leveled {
    order: Vec<u32>,
    levels: Vec<u32>,
    kind: Order,
}

/// Numbers the groups from above: a group comes when its last container has come.
///
/// What is in a cycle or below one never does; it comes last, all on one level.
fn level(nested: &Flat) -> Leveled {
    let count = nested.ends.len();
    let mut waiting_for = vec![0_u32; count];
    for group in &nested.items {
        if let Some(containers) = waiting_for.get_mut(*group as usize) {
            *containers = containers.saturating_add(1);
        }
    }
    let mut levels = vec![0_u32; count];
    let mut order: Vec<u32> = Vec::with_capacity(count);
    let roots = waiting_for
        .iter()
        .enumerate()
        .filter(|(_, containers)| **containers == 0);
    order.extend(roots.map(|(position, _)| number(position)));
    let mut next = 0;
    while let Some(group) = order.get(next).map(|group| *group as usize) {
        next = next.saturating_add(1);
        super::count_steps(1);
        let begin = group
            .checked_sub(1)
            .and_then(|before| nested.ends.get(before));
        let begin = begin.map_or(0, |begin| *begin as usize);
        let end = nested.ends.get(group).map_or(begin, |end| *end as usize);
        let below = levels.get(group).map_or(1, |level| level.saturating_add(1));
        for inner in nested.items.get(begin..end).unwrap_or_default() {
            super::count_steps(1);
            let place = *inner as usize;
            if let (Some(containers), Some(level)) =
                (waiting_for.get_mut(place), levels.get_mut(place))
            {
                *containers = containers.saturating_sub(1);
                *level = below.max(*level);
                if *containers == 0 {
                    order.push(*inner);
                }
            }
        }
    }
    let sound = order.len();
    if sound == count {
        return Leveled {
            order,
            levels,
            kind: Order::Strict,
        };
    }
    let last = order.last().and_then(|group| levels.get(*group as usize));
    let lowest = last.map_or(0, |level| level.saturating_add(1));
    let left = waiting_for
        .iter()
        .enumerate()
        .filter(|(_, containers)| **containers > 0);
    order.extend(left.map(|(position, _)| number(position)));
    for group in order.iter().skip(sound) {
        if let Some(level) = levels.get_mut(*group as usize) {
            *level = lowest;
        }
    }
    Leveled {
        order,
        levels,
        kind: Order::Loose,
    }
}

/// The lists of positions as lists by label; `renamed` turns the items.
fn by_label(lists: &Flat, order: &[u32], renamed: impl Fn(u32) -> u32) -> Flat {
    let mut flat = Flat::with_capacity(order.len());
    flat.items.reserve(lists.items.len());
    for position in order {
        let position = *position as usize;
        let begin = position
            .checked_sub(1)
            .and_then(|before| lists.ends.get(before));
        let begin = begin.map_or(0, |begin| *begin as usize);
        let end = lists.ends.get(position).map_or(begin, |end| *end as usize);
        let items = lists.items.get(begin..end).unwrap_or_default();
        flat.items.extend(items.iter().map(|item| renamed(*item)));
        flat.end_list();
    }
    flat
}

impl Snapshot {
    /// Takes the memberships of a directory.
    ///
    /// Linear in users, groups and memberships; no row is computed yet.
    pub fn new(directory: &Directory) -> Self {
        let positions = Positions::of(directory);
        let leveled = level(&positions.nested);
        let order = &leveled.order;
        let mut labels = vec![NO_GROUP; order.len()];
        for (label, position) in order.iter().enumerate() {
            if let Some(place) = labels.get_mut(*position as usize) {
                *place = number(label);
            }
        }
        let label = |position: u32| labels.get(position as usize).copied().unwrap_or(NO_GROUP);
        let nested = by_label(&positions.nested, order, label);
        let users = by_label(&positions.users, order, |user| user);
        let user_slots = directory.user_table_size();
        let mut user_of = vec![directory.designer(); user_slots];
        for (user, _) in directory.users() {
            if let Some(place) = user_of.get_mut(user.index()) {
                *place = user;
            }
        }
        let at = |position: &u32| *position as usize;
        let handles = order
            .iter()
            .filter_map(|position| positions.handles.get(at(position)));
        let levels = order
            .iter()
            .filter_map(|position| leveled.levels.get(at(position)));
        let mut snapshot = Self {
            label_of: Arc::new(positions.of_slot.iter().map(|slot| label(*slot)).collect()),
            group_of: Arc::new(handles.copied().collect()),
            user_of: Arc::new(user_of),
            levels: Arc::new(levels.copied().collect()),
            order: leveled.kind,
            containers: Lists::of(&nested.turned(order.len())),
            groups_of_user: Lists::of(&users.turned(user_slots)),
            nested: Lists::of(&nested),
            users: Lists::of(&users),
            user_rows: Rows::new(user_slots),
            group_rows: Rows::new(order.len()),
            budget: Budget::new(LEAST_BUDGET),
        };
        let budget = LEAST_BUDGET.max(snapshot.membership_bytes());
        snapshot.budget = Budget::new(budget);
        snapshot
    }
}
