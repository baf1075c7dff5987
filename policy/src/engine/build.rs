//! A snapshot from a directory, linear in its memberships.

use std::sync::{Arc, OnceLock};

use guichet_core::{Directory, GroupHandle};

use super::flat::{Flat, Open, count};
use super::lists::Lists;
use super::number;
use super::rows::{Budget, Rows};
use super::snapshot::{NO_GROUP, Order, Snapshot, nested_in, users_in};

/// Rows may take this much, or as much as the memberships themselves if that is more.
const LEAST_BUDGET: usize = 8 << 20;

/// The groups of a directory by position in the file, with what is directly in them: positions of
/// groups and slots of users.
struct Positions {
    handles: Vec<GroupHandle>,
    /// The position of each slot.
    of_slot: Vec<u32>,
    nested: Flat,
    users: Flat,
    /// In how many groups each position and each slot of a user is.
    containers: Vec<u32>,
    groups_of_user: Vec<u32>,
}

impl Positions {
    fn of(directory: &Directory) -> Self {
        let groups = directory.group_count();
        let mut positions = Self {
            handles: Vec::with_capacity(groups),
            of_slot: vec![NO_GROUP; directory.group_table_size()],
            nested: Flat::with_capacity(groups),
            users: Flat::with_capacity(groups),
            containers: vec![0; groups],
            groups_of_user: vec![0; directory.user_table_size()],
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
            positions.users.items.extend(users.clone());
            positions.users.end_list();
            users.for_each(|user| count(&mut positions.groups_of_user, user));
        }
        for nested in &mut positions.nested.items {
            let position = positions.of_slot.get(*nested as usize);
            *nested = position.copied().unwrap_or(NO_GROUP);
            count(&mut positions.containers, *nested);
        }
        positions
    }
}

/// The groups in the order of levels: a label is a place in it.
struct Leveled {
    /// The position of each label.
    order: Vec<u32>,
    /// The level of each position.
    levels: Vec<u32>,
    kind: Order,
}

/// Numbers the groups from above: a group gets its number after its last container.
///
/// What is in a cycle or below one never does; it comes last, all on one level.
fn level(nested: &Flat, mut waiting_for: Vec<u32>) -> Leveled {
    let count = waiting_for.len();
    let mut levels = vec![0_u32; count];
    let mut order: Vec<u32> = Vec::with_capacity(count);
    let waits = |position: &u32, waiting_for: &[u32]| {
        let containers = waiting_for.get(*position as usize);
        containers.is_some_and(|containers| *containers > 0)
    };
    order.extend((0..number(count)).filter(|position| !waits(position, &waiting_for)));
    let mut next = 0;
    while let Some(group) = order.get(next).map(|group| *group as usize) {
        next = next.saturating_add(1);
        super::count_steps(1);
        let below = levels.get(group).map_or(1, |level| level.saturating_add(1));
        for inner in nested.list(group) {
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
    let last = order.last().and_then(|group| levels.get(*group as usize));
    let lowest = last.map_or(0, |level| level.saturating_add(1));
    order.extend((0..number(count)).filter(|position| waits(position, &waiting_for)));
    for group in order.iter().skip(sound) {
        if let Some(level) = levels.get_mut(*group as usize) {
            *level = lowest;
        }
    }
    Leveled {
        levels,
        kind: if sound == count {
            Order::Strict
        } else {
            Order::Loose
        },
        order,
    }
}

impl Snapshot {
    /// Takes the memberships of a directory.
    ///
    /// Linear in users, groups and memberships; no row is computed yet.
    pub fn new(directory: &Directory) -> Self {
        let positions = Positions::of(directory);
        let leveled = level(&positions.nested, positions.containers.clone());
        let order = &leveled.order;
        let mut labels = vec![NO_GROUP; order.len()];
        for (label, position) in order.iter().enumerate() {
            if let Some(place) = labels.get_mut(*position as usize) {
                *place = number(label);
            }
        }
        let label = |position: u32| labels.get(position as usize).copied().unwrap_or(NO_GROUP);
        let user_slots = directory.user_table_size();
        let mut user_of = vec![directory.designer(); user_slots];
        for (user, _) in directory.users() {
            if let Some(place) = user_of.get_mut(user.index()) {
                *place = user;
            }
        }
        let mut groups_of_user = Open::with_counts(positions.groups_of_user);
        for (position, users) in (0..).zip(positions.users.lists()) {
            let group = label(position);
            for user in users {
                groups_of_user.place(*user, group);
            }
        }
        let mut containers = Open::in_order(positions.containers, order);
        for (position, nested) in (0..).zip(positions.nested.lists()) {
            let container = label(position);
            for nested in nested {
                containers.place(*nested, container);
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
            containers: Lists::of(&containers.closed_in(order)),
            groups_of_user: Lists::of(&groups_of_user.closed()),
            members: Arc::new(OnceLock::new()),
            user_rows: Rows::new(user_slots),
            group_rows: Rows::new(order.len()),
            budget: Budget::new(LEAST_BUDGET),
        };
        // As much again is made when somebody asks downward.
        let budget = snapshot.membership_bytes().saturating_mul(2);
        snapshot.budget = Budget::new(LEAST_BUDGET.max(budget));
        snapshot
    }

    /// Turns the upward lists around. Linear.
    pub(super) fn members_from_above(&self) -> Lists {
        let labels = 0..number(self.group_of.len());
        let nested = labels.flat_map(|nested| {
            let containers = self.containers.list(nested as usize);
            containers
                .iter()
                .map(move |container| (nested_in(*container), nested))
        });
        let users = (0..number(self.user_of.len())).flat_map(|user| {
            let groups = self.groups_of_user.list(user as usize);
            groups.iter().map(move |group| (users_in(*group), user))
        });
        let owners = self.group_of.len().saturating_mul(2);
        Lists::of(&Flat::gathered(owners, nested.chain(users)))
    }
}
