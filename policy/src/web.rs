//! The memberships among the groups of one cycle, by small numbers.

use std::collections::{HashMap, VecDeque};

use guichet_core::GroupHandle;

use crate::cycle::Cycle;
use crate::graph::Graph;

/// A cycle's groups and the memberships between them.
#[derive(Debug)]
pub(crate) struct Web {
    /// Container and nested group.
    edges: Vec<(GroupHandle, GroupHandle)>,
    /// Downward, for each group: the nested group and the number of the edge.
    nested: Vec<Vec<(usize, usize)>>,
}

/// No ring of several groups is shorter.
const SHORTEST: usize = 2;

/// How far a depth-first search is with a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Unseen,
    Open,
    Done,
}

impl Web {
    pub(crate) fn of(graph: &Graph, cycle: &Cycle) -> Self {
        let groups = cycle.groups();
        let numbers: HashMap<GroupHandle, usize> = groups
            .iter()
            .enumerate()
            .map(|(number, group)| (*group, number))
            .collect();
        // A group in itself is a cycle of its own.
        let alone = groups.len() == 1;
        let mut web = Self {
            edges: Vec::new(),
            nested: Vec::with_capacity(groups.len()),
        };
        for container in groups {
            let mut list = Vec::new();
            for nested in graph.nested(*container) {
                if let Some(number) = numbers.get(nested)
                    && (alone || nested != container)
                {
                    list.push((*number, web.edges.len()));
                    web.edges.push((*container, *nested));
                }
            }
            web.nested.push(list);
        }
        web
    }

    pub(crate) fn groups(&self) -> usize {
        self.nested.len()
    }

    pub(crate) fn edges(&self) -> &[(GroupHandle, GroupHandle)] {
        &self.edges
    }

    fn nested(&self, group: usize) -> &[(usize, usize)] {
        self.nested.get(group).map_or(&[], Vec::as_slice)
    }

    /// Finds a shortest ring that uses none of the removed edges, as the numbers of its edges.
    ///
    /// At most one breadth-first search from each group.
    pub(crate) fn shortest_ring(&self, removed: &[usize]) -> Option<Vec<usize>> {
        let mut usable = vec![true; self.edges.len()];
        for edge in removed {
            if let Some(place) = usable.get_mut(*edge) {
                *place = false;
            }
        }
        let mut best: Option<Vec<usize>> = None;
        for start in 0..self.groups() {
            if let Some(ring) = self.ring_from(start, &usable)
                && best.as_ref().is_none_or(|best| ring.len() < best.len())
            {
                if ring.len() <= SHORTEST {
                    return Some(ring);
                }
                best = Some(ring);
            }
        }
        best
    }

    fn ring_from(&self, start: usize, usable: &[bool]) -> Option<Vec<usize>> {
        // How each group was reached: from which group, over which edge.
        let mut reached: Vec<Option<(usize, usize)>> = vec![None; self.groups()];
        let mut queue = VecDeque::from([start]);
        while let Some(group) = queue.pop_front() {
            for (nested, edge) in self.nested(group) {
                if usable.get(*edge) != Some(&true) {
                    continue;
                }
                if *nested == start {
                    let mut ring = vec![*edge];
                    let mut at = group;
                    while let Some((before, edge)) = reached.get(at).copied().flatten() {
                        ring.push(edge);
                        at = before;
                    }
                    return Some(ring);
                }
                if let Some(place) = reached.get_mut(*nested)
                    && place.is_none()
                {
                    *place = Some((group, *edge));
                    queue.push_back(*nested);
                }
            }
        }
        None
    }

    /// Returns the edges that close a ring in one depth-first search: without them there is none.
    ///
    /// Linear in groups and edges.
    pub(crate) fn closing_edges(&self) -> Vec<usize> {
        let mut closing = Vec::new();
        let mut states = vec![State::Unseen; self.groups()];
        for root in 0..self.groups() {
            if states.get(root) != Some(&State::Unseen) {
                continue;
            }
            set(&mut states, root, State::Open);
            let mut open = vec![(root, self.nested(root).iter())];
            while let Some((group, rest)) = open.last_mut() {
                let Some((nested, edge)) = rest.next() else {
                    set(&mut states, *group, State::Done);
                    open.pop();
                    continue;
                };
                match states.get(*nested) {
                    Some(State::Open) => closing.push(*edge),
                    Some(State::Unseen) => {
                        set(&mut states, *nested, State::Open);
                        open.push((*nested, self.nested(*nested).iter()));
                    }
                    _ => {}
                }
            }
        }
        closing
    }
}

fn set(states: &mut [State], group: usize, state: State) {
    if let Some(place) = states.get_mut(group) {
        *place = state;
    }
}

#[cfg(test)]
mod tests {
    use guichet_core::{DirectoryBuilder, GroupName};

    use super::Web;
    use crate::closure::Closure;

    #[test]
    fn a_shortest_ring_is_found_wherever_it_is_and_without_what_is_removed() {
        let mut builder = DirectoryBuilder::new();
        let [a, b, c, d] = ["a", "b", "c", "d"].map(|name| builder.group(GroupName::stored(name)));
        builder.members_of(a).group("b");
        builder.members_of(b).group("c");
        builder.members_of(c).group("a");
        builder.members_of(c).group("d");
        builder.members_of(d).group("c");
        let closure = Closure::new(builder.finish());
        let web = Web::of(closure.graph(), &closure.cycles()[0]);
        let ring = |removed: &[usize]| {
            let mut ring = web.shortest_ring(removed)?;
            ring.sort_unstable();
            Some(ring)
        };
        assert_eq!(web.edges(), [(a, b), (b, c), (c, a), (c, d), (d, c)]);
        assert_eq!(ring(&[]), Some(vec![3, 4]));
        assert_eq!(ring(&[3]), Some(vec![0, 1, 2]));
        assert_eq!(ring(&[3, 1]), None);
    }
}
