//! Worlds of users and groups, edited at random, in the engine and in a plain model.
#![allow(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "every number is drawn below the length of what it points into"
)]

use std::collections::BTreeSet;

use guichet_core::{DirectoryBuilder, GroupHandle, GroupName, UserHandle, UserName};
use guichet_policy::{Edit, SearchBuffers, Snapshot};

/// How much to do.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) edits: u64,
    pub(crate) checks: u64,
    pub(crate) seed: u64,
}

/// What was done.
#[derive(Debug, Default)]
pub(crate) struct Done {
    pub(crate) edits: u64,
    pub(crate) checks: u64,
    pub(crate) wrong: u64,
}

/// Edits in one world before the next one is made.
const EDITS_IN_WORLD: u64 = 1_000;

/// Does all of it.
pub(crate) fn run(plan: &Plan) -> Done {
    let mut random = Random(plan.seed);
    let mut done = Done::default();
    let mut worlds = 0_u64;
    while done.edits < plan.edits || done.checks < plan.checks {
        let size = if worlds % 50 == 49 {
            6_000
        } else {
            2 + random.below(60)
        };
        worlds += 1;
        let mut world = World::new(size, &mut random);
        let end = plan.edits.min(done.edits + EDITS_IN_WORLD);
        let checks_end = match end {
            end if end == plan.edits => plan.checks,
            end => (u128::from(plan.checks) * u128::from(end) / u128::from(plan.edits)) as u64,
        };
        let checks_each = checks_end.saturating_sub(done.checks) / (end - done.edits).max(1);
        while done.edits < end {
            world.edit(&mut random);
            done.edits += 1;
            for _ in 0..checks_each {
                done.wrong += u64::from(!world.check(&mut random));
                done.checks += 1;
            }
        }
        while done.checks < checks_end {
            done.wrong += u64::from(!world.check(&mut random));
            done.checks += 1;
        }
    }
    done
}

/// Splitmix64.
#[derive(Debug)]
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ mixed >> 31) % bound as u64) as usize
    }
}

/// Direct memberships and nothing else.
#[derive(Debug, Clone)]
struct Model {
    groups_of: Vec<BTreeSet<usize>>,
    containers: Vec<BTreeSet<usize>>,
    users: Vec<BTreeSet<usize>>,
    nested: Vec<BTreeSet<usize>>,
}

fn reach(starts: &BTreeSet<usize>, onward: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let mut reached = starts.clone();
    let mut waiting: Vec<usize> = starts.iter().copied().collect();
    while let Some(group) = waiting.pop() {
        waiting.extend(onward[group].iter().filter(|next| reached.insert(**next)));
    }
    reached
}

impl Model {
    fn groups_of_user(&self, user: usize) -> BTreeSet<usize> {
        reach(&self.groups_of[user], &self.containers)
    }

    fn users_of_group(&self, group: usize) -> BTreeSet<usize> {
        let groups = reach(&BTreeSet::from([group]), &self.nested);
        groups
            .iter()
            .flat_map(|group| self.users[*group].iter().copied())
            .collect()
    }

    fn above(&self, group: usize) -> BTreeSet<usize> {
        reach(&self.containers[group], &self.containers)
    }

    fn below(&self, group: usize) -> BTreeSet<usize> {
        reach(&self.nested[group], &self.nested)
    }
}

struct World {
    users: Vec<UserHandle>,
    groups: Vec<GroupHandle>,
    snapshot: Snapshot,
    model: Model,
    /// A snapshot that was left behind, and what it has to answer for good.
    old: Option<(Snapshot, Model)>,
    scratch: SearchBuffers,
    cycles_allowed: bool,
}

impl World {
    /// Half of the users and groups are there from the start, with memberships; the others are new
    /// to the snapshot.
    fn new(size: usize, random: &mut Random) -> Self {
        let cycles_allowed = random.below(3) == 0;
        let none = vec![BTreeSet::new(); size];
        let mut model = Model {
            groups_of: none.clone(),
            containers: none.clone(),
            users: none.clone(),
            nested: none,
        };
        let mut builder = DirectoryBuilder::new();
        let user_name = |n: usize| format!("u{n}");
        let group_name = |n: usize| format!("g{n}");
        let half = size.div_ceil(2);
        let mut users: Vec<_> = (0..half)
            .map(|n| builder.user(UserName::from_stored(user_name(n))))
            .collect();
        let mut groups: Vec<_> = (0..half)
            .map(|n| builder.group(GroupName::from_stored(group_name(n))))
            .collect();
        for (container, handle) in groups.iter().enumerate() {
            let mut members = builder.members_of(*handle);
            for _ in 0..random.below(4) {
                let user = random.below(half);
                if model.users[container].insert(user) {
                    members.user(&user_name(user));
                    model.groups_of[user].insert(container);
                }
            }
            for _ in 0..random.below(4) {
                let nested = if cycles_allowed || container + 1 == half {
                    random.below(half)
                } else {
                    container + 1 + random.below(half - container - 1)
                };
                let sound = cycles_allowed || nested > container;
                if sound && model.nested[container].insert(nested) {
                    members.group(&group_name(nested));
                    model.containers[nested].insert(container);
                }
            }
        }
        let snapshot = Snapshot::new(builder.as_directory());
        users.extend((half..size).map(|n| builder.user(UserName::from_stored(user_name(n)))));
        groups.extend((half..size).map(|n| builder.group(GroupName::from_stored(group_name(n)))));
        Self {
            users,
            groups,
            snapshot,
            model,
            old: None,
            scratch: SearchBuffers::new(),
            cycles_allowed,
        }
    }

    fn edit(&mut self, random: &mut Random) {
        match random.below(16) {
            0 => self.old = Some((self.snapshot.clone(), self.model.clone())),
            1 => self.old = None,
            _ => {}
        }
        let edit = self.draw(random);
        if random.below(4) == 0 {
            self.snapshot = self.snapshot.after([edit]);
        } else {
            self.snapshot.edit(edit);
        }
    }

    fn draw(&mut self, random: &mut Random) -> Edit {
        let size = self.groups.len();
        let (one, other) = (random.below(size), random.below(size));
        let (user, group) = (self.users[one], self.groups[other]);
        match random.below(9) {
            0 => Edit::AddUser { user },
            1 => Edit::AddGroup { group },
            2 | 3 => {
                self.model.groups_of[one].insert(other);
                self.model.users[other].insert(one);
                Edit::PlaceUser { group, user }
            }
            4 => {
                // Somebody who is in a group, if there is one.
                let other = self.model.groups_of[one].first().copied().unwrap_or(other);
                self.model.groups_of[one].remove(&other);
                self.model.users[other].remove(&one);
                let group = self.groups[other];
                Edit::TakeUser { group, user }
            }
            5 | 6 => {
                let (nested, container) = (self.groups[one], self.groups[other]);
                let closes = one == other || self.model.above(other).contains(&one);
                if closes && !self.cycles_allowed {
                    return Edit::AddGroup { group };
                }
                self.model.containers[one].insert(other);
                self.model.nested[other].insert(one);
                Edit::PlaceGroup { container, nested }
            }
            _ => {
                let other = self.model.containers[one].first().copied().unwrap_or(other);
                self.model.containers[one].remove(&other);
                self.model.nested[other].remove(&one);
                let (nested, container) = (self.groups[one], self.groups[other]);
                Edit::TakeGroup { container, nested }
            }
        }
    }

    /// Puts one question to the snapshot or to an old one; tells whether the answer was right.
    fn check(&mut self, random: &mut Random) -> bool {
        let size = self.groups.len();
        // Few users and groups are asked about often, so that they get rows.
        let often = if random.below(2) == 0 {
            size.min(5)
        } else {
            size
        };
        let (one, other) = (random.below(often), random.below(size));
        let (snapshot, model) = match &self.old {
            Some((snapshot, model)) if random.below(3) == 0 => (snapshot, model),
            _ => (&self.snapshot, &self.model),
        };
        let (user, group) = (self.users[one], self.groups[one]);
        let scratch = &mut self.scratch;
        let positions = |all: &[GroupHandle], found: &[GroupHandle]| -> BTreeSet<usize> {
            let position = |group| all.iter().position(|one| *one == group);
            found.iter().filter_map(|group| position(*group)).collect()
        };
        match random.below(if size > 1_000 { 8 } else { 12 }) {
            0..=5 => {
                let right = model.groups_of_user(one).contains(&other);
                snapshot.is_member(user, self.groups[other]) == right
            }
            6 | 7 => {
                let right = one == other || model.above(one).contains(&other);
                // A group that the snapshot does not know cannot close anything, not even on itself.
                let known = snapshot.closes_cycle(group, group);
                snapshot.closes_cycle(group, self.groups[other]) == (right && known)
            }
            8 => {
                let found = snapshot.groups_of_user(user, scratch);
                let right = model.groups_of_user(one);
                found.len() == right.len() && positions(&self.groups, found) == right
            }
            9 => {
                let found = snapshot.users_of_group(group, scratch);
                let right = model.users_of_group(one);
                let all = found
                    .iter()
                    .filter_map(|user| self.users.iter().position(|u| u == user));
                found.len() == right.len() && all.collect::<BTreeSet<_>>() == right
            }
            10 => {
                let found = snapshot.nested_groups(group, scratch);
                let mut right = model.below(one);
                right.remove(&one);
                found.len() == right.len() && positions(&self.groups, found) == right
            }
            _ => {
                let found = snapshot.containers(group, scratch);
                let mut right = model.above(one);
                right.remove(&one);
                let nested = found.first().is_none_or(|container| {
                    snapshot.is_nested(group, *container) && !snapshot.is_nested(group, group)
                });
                found.len() == right.len() && positions(&self.groups, found) == right && nested
            }
        }
    }
}
