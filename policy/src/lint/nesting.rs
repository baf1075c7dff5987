//! The nesting of groups as numbers, for rules that walk it often.

use std::collections::HashSet;

use guichet_core::GroupHandle;

use crate::closure::Closure;
use crate::graph::Graph;
use crate::search::{Walk, levels, upward};

/// Groups that contain one another are one component here, so the components have no cycles; every other
/// group is a component of its own.
pub(super) struct Nesting<'a> {
    graph: &'a Graph,
    /// The component of each group, by [`GroupHandle::index`].
    component_of: Vec<usize>,
    /// The groups of each component, one unless they contain one another.
    components: Vec<Vec<GroupHandle>>,
    /// The level of each component: higher than that of any component below it.
    levels: Vec<usize>,
    /// The latest search, which goes no lower than a level.
    walk: Walk<GroupHandle>,
    floor: usize,
    /// How many memberships all searches looked at.
    looked_at: usize,
}

impl<'a> Nesting<'a> {
    /// Numbers the groups of a directory. O(groups + memberships of groups).
    pub(super) fn new(closure: &'a Closure) -> Self {
        let graph = closure.graph();
        let directory = closure.directory();
        let mut nesting = Self {
            graph,
            component_of: vec![usize::MAX; directory.group_table_size()],
            components: Vec::new(),
            levels: Vec::new(),
            walk: Walk::new([]),
            floor: 0,
            looked_at: 0,
        };
        for cycle in closure.cycles() {
            nesting.add_component(cycle.groups());
        }
        for (group, _) in directory.groups() {
            if nesting.component(group).is_none() {
                nesting.add_component(&[group]);
            }
        }
        let above = nesting.above();
        let holding = |component| above.get(component).map_or(&[][..], Vec::as_slice);
        nesting.levels = levels(above.len(), holding, []);
        nesting
    }

    fn add_component(&mut self, groups: &[GroupHandle]) {
        let number = self.components.len();
        for group in groups {
            if let Some(place) = self.component_of.get_mut(group.index()) {
                // A group that is placed in itself may be in a larger component already.
                if *place != usize::MAX {
                    return;
                }
                *place = number;
            }
        }
        self.components.push(groups.to_vec());
    }

    /// Returns the groups that hold a group directly, without those that are in a cycle with it.
    ///
    /// These lead back to it, so that every container seems to be above another one.
    pub(super) fn outer_containers(&self, group: GroupHandle) -> Vec<GroupHandle> {
        let own = self.component(group);
        let containers = self.graph.containers(group).iter().copied();
        containers
            .filter(|container| self.component(*container) != own)
            .collect()
    }

    fn component(&self, group: GroupHandle) -> Option<usize> {
        let component = self.component_of.get(group.index()).copied();
        component.filter(|component| *component != usize::MAX)
    }

    /// Returns the components that hold each component directly, each once.
    fn above(&self) -> Vec<Vec<usize>> {
        let above = self.components.iter().enumerate().map(|(number, groups)| {
            let containers = groups
                .iter()
                .flat_map(|group| self.graph.containers(*group));
            let components = containers.filter_map(|container| self.component(*container));
            let mut above: Vec<usize> = components.filter(|above| *above != number).collect();
            above.sort_unstable();
            above.dedup();
            above
        });
        above.collect()
    }

    /// Returns the level of a group, higher than those of the groups below it, except in its own cycle.
    pub(super) fn level(&self, group: GroupHandle) -> usize {
        level(&self.component_of, &self.levels, group)
    }

    /// Begins a search downward from a group, no lower than a level: what is below has nothing of that
    /// level in it.
    pub(super) fn begin(&mut self, goal: GroupHandle, floor: usize) {
        self.floor = floor;
        self.walk = Walk::new([goal]);
    }

    /// Returns the next group that the search comes to, nearest first, with the number of groups on the
    /// way up from it to the goal, the goal not counted.
    pub(super) fn advance(&mut self) -> Option<(GroupHandle, usize)> {
        let (component_of, levels, floor) = (&self.component_of, &self.levels, self.floor);
        let (graph, looked_at) = (self.graph, &mut self.looked_at);
        self.walk.advance(|group| {
            let nested = graph.nested(group);
            *looked_at = looked_at.saturating_add(nested.len());
            let nested = nested.iter().copied();
            nested.filter(move |below| level(component_of, levels, *below) >= floor)
        })
    }

    /// Returns whether two groups are the same or contain one another.
    pub(super) fn is_one_cycle(&self, one: GroupHandle, other: GroupHandle) -> bool {
        self.component(one) == self.component(other)
    }

    /// Returns the groups on the way up from a group that the search has come to, the goal not among
    /// them.
    pub(super) fn way(
        &self,
        group: GroupHandle,
        goal: GroupHandle,
    ) -> impl Iterator<Item = GroupHandle> + '_ {
        let way = self.walk.way_back(group);
        way.take_while(move |group| *group != goal)
    }

    #[cfg(test)]
    pub(super) const fn looked_at(&self) -> usize {
        self.looked_at
    }
}

fn level(component_of: &[usize], levels: &[usize], group: GroupHandle) -> usize {
    let component = component_of.get(group.index());
    let level = component.and_then(|component| levels.get(*component));
    level.copied().unwrap_or_default()
}

/// Returns the groups that anybody is effectively in.
///
/// O(groups + memberships).
pub(super) fn occupied(closure: &Closure) -> HashSet<GroupHandle> {
    let groups = closure.directory().groups();
    let with_users = groups.filter(|(_, group)| !group.users().is_empty());
    let with_users: Vec<GroupHandle> = with_users.map(|(group, _)| group).collect();
    let occupied = upward(closure.graph(), &with_users);
    occupied.map(|(group, _)| group).collect()
}
