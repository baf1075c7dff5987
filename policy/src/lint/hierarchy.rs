//! The hierarchy of groups as numbers, for rules that walk it often.

use std::collections::HashSet;

use guichet_core::GroupHandle;

use crate::closure::Closure;
use crate::graph::Graph;
use crate::search::{Walk, upward};

/// Groups that contain one another are one component here, so that nothing goes round in circles; every
/// other group is a component of its own.
pub(super) struct Hierarchy<'a> {
    graph: &'a Graph,
    /// The component of each group, by [`GroupHandle::index`].
    component_of: Vec<usize>,
    components: Vec<Component>,
    /// The latest search, which goes no lower than a level.
    walk: Walk<GroupHandle>,
    floor: usize,
    /// How many memberships all searches looked at.
    looked_at: usize,
}

#[derive(Debug, Clone, Default)]
struct Component {
    /// Its groups, one unless they contain one another.
    groups: Vec<GroupHandle>,
    /// The components that hold it directly, each once.
    above: Vec<usize>,
    /// No lower than any component below it and one more.
    level: usize,
}

impl<'a> Hierarchy<'a> {
    /// Numbers the groups of a directory. O(groups + memberships of groups).
    pub(super) fn new(closure: &'a Closure) -> Self {
        let graph = closure.graph();
        let directory = closure.directory();
        let mut hierarchy = Self {
            graph,
            component_of: vec![usize::MAX; directory.group_table_size()],
            components: Vec::new(),
            walk: Walk::new([]),
            floor: 0,
            looked_at: 0,
        };
        for cycle in closure.cycles() {
            hierarchy.add_component(cycle.groups());
        }
        for (group, _) in directory.groups() {
            if hierarchy.component(group).is_none() {
                hierarchy.add_component(&[group]);
            }
        }
        hierarchy.link();
        hierarchy.measure();
        hierarchy
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
        self.components.push(Component {
            groups: groups.to_vec(),
            ..Component::default()
        });
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

    fn link(&mut self) {
        for number in 0..self.components.len() {
            let groups = self
                .components
                .get(number)
                .map_or(&[][..], |component| &component.groups);
            let mut above: Vec<usize> = groups
                .iter()
                .flat_map(|group| self.graph.containers(*group))
                .filter_map(|container| self.component(*container))
                .filter(|container| *container != number)
                .collect();
            above.sort_unstable();
            above.dedup();
            if let Some(component) = self.components.get_mut(number) {
                component.above = above;
            }
        }
    }

    /// Gives every component its level, from the lowest upward.
    fn measure(&mut self) {
        let mut below = vec![0_usize; self.components.len()];
        for component in &self.components {
            for above in &component.above {
                if let Some(count) = below.get_mut(*above) {
                    *count = count.saturating_add(1);
                }
            }
        }
        let mut ready: Vec<usize> = (0..below.len())
            .filter(|number| below.get(*number) == Some(&0))
            .collect();
        while let Some(number) = ready.pop() {
            let Some(component) = self.components.get(number) else {
                continue;
            };
            let level = component.level.saturating_add(1);
            for above in component.above.clone() {
                if let Some(component) = self.components.get_mut(above) {
                    component.level = component.level.max(level);
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

    /// Returns the level of a group, higher than those of the groups below it, except in its own cycle.
    pub(super) fn level(&self, group: GroupHandle) -> usize {
        level(&self.component_of, &self.components, group)
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
        let (component_of, components, floor) = (&self.component_of, &self.components, self.floor);
        let (graph, looked_at) = (self.graph, &mut self.looked_at);
        self.walk.advance(|group| {
            let nested = graph.nested(group);
            *looked_at = looked_at.saturating_add(nested.len());
            let nested = nested.iter().copied();
            nested.filter(move |below| level(component_of, components, *below) >= floor)
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

fn level(component_of: &[usize], components: &[Component], group: GroupHandle) -> usize {
    let component = component_of
        .get(group.index())
        .and_then(|component| components.get(*component));
    component.map_or(0, |component| component.level)
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
