//! What the removal of one membership of a cycle takes from users.

use std::collections::{HashMap, HashSet, VecDeque};

use guichet_core::{GroupHandle, UserHandle};

use crate::budget::{Budget, Spent};
use crate::cycle::Cycle;
use crate::graph::Graph;
use crate::search::{downward, upward};

/// How many users are followed upward at once: one for each bit of a mask.
const LANES: usize = 64;

/// Counts, for the memberships of one cycle, the pairs of a user and a group that each of them alone
/// makes members; each is counted once, as long as the budget lasts.
#[derive(Debug)]
pub(crate) struct Prices<'g> {
    graph: &'g Graph,
    surroundings: Option<Surroundings>,
    counted: HashMap<(GroupHandle, GroupHandle), u64>,
    budget: Budget,
}

/// All that a cycle can matter to: the groups below it with their users, those above it, and every
/// other group through which these users come into those above.
#[derive(Debug)]
struct Surroundings {
    numbers: HashMap<GroupHandle, usize>,
    /// The groups that hold each one directly.
    containers: Vec<Vec<usize>>,
    /// The groups of the cycle and those above it.
    above: Vec<usize>,
    /// The users of the groups of the cycle and of those below it: they are in all of `above`.
    users: Vec<UserHandle>,
}

impl<'g> Prices<'g> {
    pub(crate) fn of(graph: &'g Graph, cycle: &Cycle, mut budget: Budget) -> Self {
        Self {
            graph,
            surroundings: Surroundings::of(graph, cycle, &mut budget).ok(),
            counted: HashMap::new(),
            budget,
        }
    }

    #[cfg(test)]
    pub(crate) fn set(&mut self, edge: (GroupHandle, GroupHandle), lost: u64) {
        self.counted.insert(edge, lost);
    }

    pub(crate) const fn budget(&self) -> &Budget {
        &self.budget
    }

    /// Returns how many pairs the membership of `nested` in `container` alone makes members; none
    /// when the budget does not last to count them.
    pub(crate) fn of_edge(&mut self, container: GroupHandle, nested: GroupHandle) -> Option<u64> {
        if let Some(lost) = self.counted.get(&(container, nested)) {
            return Some(*lost);
        }
        if self.budget.is_spent() {
            return None;
        }
        let surroundings = self.surroundings.as_ref()?;
        let removed = (container, nested);
        let lost = surroundings.lost_without(self.graph, removed, &mut self.budget);
        let lost = lost.ok()?;
        self.counted.insert(removed, lost);
        Some(lost)
    }
}

impl Surroundings {
    fn of(graph: &Graph, cycle: &Cycle, budget: &mut Budget) -> Result<Self, Spent> {
        let mut one = Self {
            numbers: HashMap::new(),
            containers: Vec::new(),
            above: Vec::new(),
            users: Vec::new(),
        };
        let mut groups = Vec::new();
        let mut users = HashSet::new();
        for (group, _) in upward(graph, cycle.groups()) {
            budget.spend(graph.containers(group).len().saturating_add(1))?;
            one.above.push(groups.len());
            one.numbers.insert(group, groups.len());
            groups.push(group);
        }
        for (group, _) in downward(graph, cycle.groups()) {
            let members = graph
                .nested(group)
                .len()
                .saturating_add(graph.users(group).len());
            budget.spend(members.saturating_add(1))?;
            users.extend(graph.users(group).iter().copied());
            one.numbers.entry(group).or_insert_with(|| {
                groups.push(group);
                groups.len().saturating_sub(1)
            });
        }
        // Users also come into the groups above through others, which are neither above nor below.
        let direct = users.iter().flat_map(|user| graph.groups_of(*user).iter());
        let direct: Vec<GroupHandle> = direct.copied().collect();
        budget.spend(direct.len())?;
        let mut leading = HashSet::new();
        let above: Vec<GroupHandle> = groups.iter().take(one.above.len()).copied().collect();
        for (group, _) in downward(graph, &above) {
            budget.spend(graph.nested(group).len().saturating_add(1))?;
            leading.insert(group);
        }
        for (group, _) in upward(graph, &direct) {
            budget.spend(graph.containers(group).len().saturating_add(1))?;
            if !leading.contains(&group) {
                continue;
            }
            one.numbers.entry(group).or_insert_with(|| {
                groups.push(group);
                groups.len().saturating_sub(1)
            });
        }
        for group in groups {
            let containers = graph.containers(group);
            budget.spend(containers.len())?;
            let known = containers
                .iter()
                .filter_map(|one_above| one.numbers.get(one_above));
            one.containers.push(known.copied().collect());
        }
        one.users = users.into_iter().collect();
        one.users.sort_unstable();
        Ok(one)
    }

    fn lost_without(
        &self,
        graph: &Graph,
        (container, nested): (GroupHandle, GroupHandle),
        budget: &mut Budget,
    ) -> Result<u64, Spent> {
        let removed = self.numbers.get(&nested).zip(self.numbers.get(&container));
        // Which of the users who are followed are in each group.
        let mut masks = vec![0_u64; self.containers.len()];
        let mut kept = 0_u64;
        for users in self.users.chunks(LANES) {
            // Emptied here, summed up below.
            budget.spend(masks.len())?;
            masks.fill(0);
            let mut waiting = Waiting::new(&masks);
            for (lane, user) in users.iter().enumerate() {
                let lane = 1_u64.checked_shl(u32::try_from(lane).unwrap_or(u32::MAX));
                let groups = graph.groups_of(*user);
                budget.spend(groups.len())?;
                for group in groups.iter().filter_map(|group| self.numbers.get(group)) {
                    waiting.add(&mut masks, *group, lane.unwrap_or_default());
                }
            }
            while let Some(group) = waiting.next() {
                let mask = masks.get(group).copied().unwrap_or_default();
                let containers = self.containers.get(group).map_or(&[][..], Vec::as_slice);
                budget.spend(containers.len().saturating_add(1))?;
                for container in containers {
                    if removed != Some((&group, container)) {
                        waiting.add(&mut masks, *container, mask);
                    }
                }
            }
            let above = self.above.iter().filter_map(|group| masks.get(*group));
            kept = above.fold(kept, |sum, mask| {
                sum.saturating_add(mask.count_ones().into())
            });
        }
        let pairs = self.users.len().saturating_mul(self.above.len());
        Ok(u64::try_from(pairs)
            .unwrap_or(u64::MAX)
            .saturating_sub(kept))
    }
}

/// The groups whose containers do not know yet who came in.
struct Waiting {
    queue: VecDeque<usize>,
    is_queued: Vec<bool>,
}

impl Waiting {
    fn new(masks: &[u64]) -> Self {
        Self {
            queue: VecDeque::new(),
            is_queued: vec![false; masks.len()],
        }
    }

    fn add(&mut self, masks: &mut [u64], group: usize, users: u64) {
        if let Some((mask, is_queued)) = masks.get_mut(group).zip(self.is_queued.get_mut(group))
            && users & !*mask != 0
        {
            *mask |= users;
            if !std::mem::replace(is_queued, true) {
                self.queue.push_back(group);
            }
        }
    }

    fn next(&mut self) -> Option<usize> {
        let group = self.queue.pop_front()?;
        if let Some(is_queued) = self.is_queued.get_mut(group) {
            *is_queued = false;
        }
        Some(group)
    }
}

#[cfg(test)]
mod tests {
    use guichet_core::{DirectoryBuilder, GroupName, UserName};

    use super::{Budget, Prices};
    use crate::closure::Closure;

    /// Returns the steps of pricing one membership of a cycle of two groups with `users` users, each
    /// also in one of `others` groups that have nothing to do with the cycle.
    fn steps(users: usize, others: usize) -> usize {
        let mut builder = DirectoryBuilder::new();
        let names: Vec<String> = (0..users).map(|n| format!("u{n}")).collect();
        for name in &names {
            builder.user(UserName::from_stored(name));
        }
        let [a, b] = ["a", "b"].map(|name| builder.group(GroupName::from_stored(name)));
        builder.members_of(a).group("b");
        let mut members = builder.members_of(b);
        members.group("a");
        for name in &names {
            members.user(name);
        }
        let other: Vec<_> = (0..others)
            .map(|n| builder.group(GroupName::from_stored(format!("g{n}"))))
            .collect();
        for (name, group) in names.iter().zip(other.iter().cycle()) {
            builder.members_of(*group).user(name);
        }
        let closure = Closure::new(builder.finish());
        let budget = Budget::new(usize::MAX);
        let mut prices = Prices::of(closure.graph(), &closure.cycles()[0], budget);
        assert_eq!(prices.of_edge(a, b), Some(u64::try_from(users).unwrap()));
        prices.budget().taken()
    }

    #[test]
    fn groups_that_do_not_lead_to_the_cycle_are_not_followed_for_each_user() {
        let (few, many) = (steps(640, 1), steps(640, 640));
        assert!(many < 2 * few, "{few} {many}");
    }
}
