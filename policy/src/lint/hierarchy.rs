//! The hierarchy of groups as numbers, for rules that walk it often.

use guichet_core::GroupHandle;

use crate::closure::Closure;
use crate::graph::Graph;
use crate::reference::shortest_chain;
use crate::spread::spread;

/// Groups that contain one another are one knot here, so that nothing goes round in circles; every
/// other group is a knot of its own.
pub(super) struct Hierarchy<'a> {
    graph: &'a Graph,
    /// The knot of each group, by [`GroupHandle::index`].
    knot_of: Vec<usize>,
    knots: Vec<Knot>,
    /// The number of the search that is going on; what an earlier one noted does not count.
    search: u32,
    /// How many steps upward all searches took.
    looked_at: usize,
}

#[derive(Debug, Clone, Default)]
struct Knot {
    /// Its groups, one unless they contain one another.
    groups: Vec<GroupHandle>,
    /// The knots that hold it directly, each once.
    above: Vec<usize>,
    /// No lower than any knot below it and one more.
    level: usize,
    /// The search in which it is one of the starts.
    start_of: u32,
    /// The search in which it was found, and the knot below it that it was found from.
    found_in: u32,
    from: usize,
}

/// A group that is above another one of the same list.
pub(super) struct Implied {
    /// The group.
    pub(super) group: GroupHandle,
    /// A chain up to it from the other one, both included; each next group holds the one before.
    pub(super) chain: Vec<GroupHandle>,
}

impl<'a> Hierarchy<'a> {
    /// Numbers the groups of a directory. O(groups + memberships of groups).
    pub(super) fn new(closure: &'a Closure) -> Self {
        let graph = closure.graph();
        let directory = closure.directory();
        let mut hierarchy = Self {
            graph,
            knot_of: vec![usize::MAX; directory.group_table_size()],
            knots: Vec::new(),
            search: 0,
            looked_at: 0,
        };
        for cycle in closure.cycles() {
            hierarchy.add_knot(cycle.groups());
        }
        for (group, _) in directory.groups() {
            if hierarchy.knot(group).is_none() {
                hierarchy.add_knot(&[group]);
            }
        }
        hierarchy.link();
        hierarchy.measure();
        hierarchy
    }

    fn add_knot(&mut self, groups: &[GroupHandle]) {
        let number = self.knots.len();
        for group in groups {
            if let Some(place) = self.knot_of.get_mut(group.index()) {
                // A group that is placed in itself may be in a larger knot already.
                if *place != usize::MAX {
                    return;
                }
                *place = number;
            }
        }
        self.knots.push(Knot {
            groups: groups.to_vec(),
            ..Knot::default()
        });
    }

    /// Returns the groups that hold a group directly, without those that are in a cycle with it.
    ///
    /// These lead back to it, so that every container seems to be above another one.
    pub(super) fn outer_containers(&self, group: GroupHandle) -> Vec<GroupHandle> {
        let own = self.knot(group);
        let containers = self.graph.containers(group).iter().copied();
        containers
            .filter(|container| self.knot(*container) != own)
            .collect()
    }

    fn knot(&self, group: GroupHandle) -> Option<usize> {
        let knot = self.knot_of.get(group.index()).copied();
        knot.filter(|knot| *knot != usize::MAX)
    }

    fn link(&mut self) {
        for number in 0..self.knots.len() {
            let groups = self.knots.get(number).map_or(&[][..], |knot| &knot.groups);
            let mut above: Vec<usize> = groups
                .iter()
                .flat_map(|group| self.graph.containers(*group))
                .filter_map(|container| self.knot(*container))
                .filter(|container| *container != number)
                .collect();
            above.sort_unstable();
            above.dedup();
            if let Some(knot) = self.knots.get_mut(number) {
                knot.above = above;
            }
        }
    }

    /// Gives every knot its level, from the lowest upward.
    fn measure(&mut self) {
        let mut below = vec![0_usize; self.knots.len()];
        for knot in &self.knots {
            for above in &knot.above {
                if let Some(count) = below.get_mut(*above) {
                    *count = count.saturating_add(1);
                }
            }
        }
        let mut ready: Vec<usize> = (0..below.len())
            .filter(|number| below.get(*number) == Some(&0))
            .collect();
        while let Some(number) = ready.pop() {
            let Some(knot) = self.knots.get(number) else {
                continue;
            };
            let level = knot.level.saturating_add(1);
            for above in knot.above.clone() {
                if let Some(knot) = self.knots.get_mut(above) {
                    knot.level = knot.level.max(level);
                }
                if let Some(count) = below.get_mut(above) {
                    *count = count.saturating_sub(1);
                    if *count == 0 {
                        ready.push(above);
                    }
                }
            }
        }
    }

    /// Returns those of some groups that are above another one of them, and not in a cycle with it.
    ///
    /// O(what is above the groups, no higher than the highest of them).
    pub(super) fn implied(&mut self, groups: &[GroupHandle]) -> Vec<Implied> {
        if groups.len() < 2 {
            return Vec::new();
        }
        self.climb(groups);
        groups
            .iter()
            .filter_map(|group| {
                let knot = self.knot(*group)?;
                (self.knots.get(knot)?.found_in == self.search).then(|| Implied {
                    group: *group,
                    chain: self.chain(*group, knot, groups),
                })
            })
            .collect()
    }

    #[cfg(test)]
    pub(super) const fn looked_at(&self) -> usize {
        self.looked_at
    }

    /// Searches upward from some groups, no higher than the highest of them: what is as high as that
    /// cannot be below it.
    fn climb(&mut self, groups: &[GroupHandle]) {
        self.search = self.search.saturating_add(1);
        let starts: Vec<usize> = groups
            .iter()
            .filter_map(|group| self.knot(*group))
            .collect();
        let level = |number: &usize| self.knots.get(*number).map(|knot| knot.level);
        let Some(ceiling) = starts.iter().filter_map(level).max() else {
            return;
        };
        let mut waiting = Vec::new();
        for number in starts {
            let Some(knot) = self.knots.get_mut(number) else {
                continue;
            };
            if knot.start_of != self.search {
                knot.start_of = self.search;
                waiting.push(number);
            }
        }
        let mut next = 0;
        while let Some(number) = waiting.get(next).copied() {
            next = next.saturating_add(1);
            let lower = self.knots.get(number).filter(|knot| knot.level < ceiling);
            let count = lower.map_or(0, |knot| knot.above.len());
            self.looked_at = self.looked_at.saturating_add(count);
            for place in 0..count {
                let above = self
                    .knots
                    .get(number)
                    .and_then(|knot| knot.above.get(place));
                let Some(above) = above.copied() else {
                    continue;
                };
                let Some(knot) = self.knots.get_mut(above) else {
                    continue;
                };
                if knot.level > ceiling || knot.found_in == self.search {
                    continue;
                }
                knot.found_in = self.search;
                knot.from = number;
                if knot.start_of != self.search {
                    waiting.push(above);
                }
            }
        }
    }

    /// The chain by which the search came to a group.
    fn chain(&self, goal: GroupHandle, knot: usize, starts: &[GroupHandle]) -> Vec<GroupHandle> {
        let mut chain = Vec::new();
        let mut number = knot;
        while let Some(knot) = self.knots.get(number) {
            let [group] = knot.groups.as_slice() else {
                return self.chain_through_cycles(goal, starts);
            };
            chain.push(*group);
            // A start ends the chain, but for the goal itself.
            if knot.start_of == self.search && chain.len() > 1 {
                break;
            }
            number = knot.from;
        }
        chain.reverse();
        chain
    }

    /// The same when a knot of several groups is on the way: the groups within it matter too.
    fn chain_through_cycles(&self, goal: GroupHandle, starts: &[GroupHandle]) -> Vec<GroupHandle> {
        let own = self.knot(goal);
        let starts = starts.iter().copied();
        let chain = shortest_chain(
            starts.filter(|start| self.knot(*start) != own),
            |group| self.graph.containers(group).iter().copied(),
            |group| group == goal,
        );
        chain.unwrap_or_default()
    }
}

/// Tells of each group, by [`GroupHandle::index`], whether anybody is effectively in it.
///
/// O(groups + memberships).
pub(super) fn occupied(closure: &Closure) -> Vec<bool> {
    let graph = closure.graph();
    let groups = closure.directory().groups();
    let with_users = groups.filter(|(_, group)| !group.users().is_empty());
    spread(closure, with_users.map(|(group, _)| group), |group| {
        graph.containers(group)
    })
}
