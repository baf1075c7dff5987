//! The memberships among the groups of one cycle, by small numbers.

use std::collections::HashMap;
use std::ops::ControlFlow;

use guichet_core::GroupHandle;

use crate::budget::{Budget, Spent};
use crate::cycle::Cycle;
use crate::graph::Graph;
use crate::search::shortest_ring;

/// A cycle's groups and the memberships between them.
#[derive(Debug)]
pub(crate) struct CycleGraph {
    /// Container and nested group.
    edges: Vec<(GroupHandle, GroupHandle)>,
    /// The number of each edge's container.
    containers: Vec<usize>,
    /// Downward, for each group: the nested group and the number of the edge.
    nested: Vec<Vec<(usize, usize)>>,
}

/// No ring of several groups is shorter.
const SHORTEST: usize = 2;

/// From this many groups of a ring a shorter one is searched for.
const SHORTENED_FROM: usize = 4;

/// How far a depth-first search is with a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Unseen,
    Open,
    Done,
}

/// A group on the way down of a depth-first search.
#[derive(Debug)]
struct Open {
    group: usize,
    /// The edge by which the search came.
    by: usize,
    /// The place in its list of what is looked at next.
    next: usize,
}

impl CycleGraph {
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
            containers: Vec::new(),
            nested: Vec::with_capacity(groups.len()),
        };
        for (number_of_container, container) in groups.iter().enumerate() {
            let mut list = Vec::new();
            for nested in graph.nested(*container) {
                if let Some(number) = numbers.get(nested)
                    && (alone || nested != container)
                {
                    list.push((*number, web.edges.len()));
                    web.edges.push((*container, *nested));
                    web.containers.push(number_of_container);
                }
            }
            web.nested.push(list);
        }
        web
    }

    pub(crate) fn edges(&self) -> &[(GroupHandle, GroupHandle)] {
        &self.edges
    }

    fn nested(&self, group: usize) -> &[(usize, usize)] {
        self.nested.get(group).map_or(&[], Vec::as_slice)
    }

    /// Finds a short ring of usable edges, as the numbers of its edges; `None` if there is no ring.
    ///
    /// One depth-first search, then a breadth-first one from each of the first groups of what it
    /// found.
    ///
    /// # Errors
    ///
    /// [`Spent`]: the search is not at its end.
    pub(crate) fn short_ring(
        &self,
        usable: &[bool],
        budget: &mut Budget,
    ) -> Result<Option<Vec<usize>>, Spent> {
        // Not even begun when nothing is left.
        budget.spend(1)?;
        let mut found = None;
        let looked_at = self.depth_first(usable, |open, closing| {
            let way = open.iter().skip(1).map(|open| open.by);
            found = Some(std::iter::once(closing).chain(way).collect::<Vec<_>>());
            ControlFlow::Break(())
        });
        budget.spend(looked_at)?;
        let Some(mut best) = found else {
            return Ok(None);
        };
        let starts = best.iter().filter_map(|edge| self.containers.get(*edge));
        let starts: Vec<usize> = starts.take(SHORTENED_FROM).copied().collect();
        for start in starts {
            if best.len() <= SHORTEST {
                break;
            }
            if let Some(ring) = self.ring_from(start, usable, budget)?
                && ring.len() < best.len()
            {
                best = ring;
            }
        }
        Ok(Some(best))
    }

    fn ring_from(
        &self,
        start: usize,
        usable: &[bool],
        budget: &mut Budget,
    ) -> Result<Option<Vec<usize>>, Spent> {
        let mut looked_at = Ok(());
        let ring = shortest_ring(start, |group| {
            let nested = self.nested(group);
            looked_at = looked_at.and_then(|()| budget.spend(nested.len()));
            let nested = if looked_at.is_ok() { nested } else { &[] };
            let usable = nested
                .iter()
                .filter(|(_, edge)| usable.get(*edge) == Some(&true));
            usable.map(|(nested, _)| *nested)
        });
        looked_at?;
        Ok(ring.map(|ring| {
            let nested = ring.iter().cycle().skip(1);
            let edges = ring.iter().zip(nested);
            let edges = edges.filter_map(|(container, nested)| self.edge(*container, *nested));
            let mut edges: Vec<usize> = edges.collect();
            edges.reverse();
            edges
        }))
    }

    fn edge(&self, container: usize, nested: usize) -> Option<usize> {
        let edges = self.nested(container);
        let found = edges.iter().find(|(group, _)| *group == nested)?;
        Some(found.1)
    }

    /// Returns the usable edges that close a ring in one depth-first search: without them there is
    /// none, and none of them can be put back alone.
    ///
    /// Linear in groups and edges.
    pub(crate) fn closing_edges(&self, usable: &[bool], budget: &mut Budget) -> Vec<usize> {
        let mut closing = Vec::new();
        let looked_at = self.depth_first(usable, |_, edge| {
            closing.push(edge);
            ControlFlow::Continue(())
        });
        // Done all the same: an answer is due.
        let _ = budget.spend(looked_at);
        closing
    }

    /// Searches everything once, and hands over each edge that closes a ring with the way from the
    /// group that it leads to down to the one that it starts from; counts how much it looked at.
    fn depth_first(
        &self,
        usable: &[bool],
        mut closes: impl FnMut(&[Open], usize) -> ControlFlow<()>,
    ) -> usize {
        let mut looked_at = self.nested.len();
        let mut states = vec![State::Unseen; self.nested.len()];
        // Where on the way down an open group is.
        let mut depths = vec![0_usize; self.nested.len()];
        for root in 0..self.nested.len() {
            if states.get(root) != Some(&State::Unseen) {
                continue;
            }
            set(&mut states, root, State::Open);
            set(&mut depths, root, 0);
            let mut open = vec![Open {
                group: root,
                by: usize::MAX,
                next: 0,
            }];
            while let Some(at) = open.last_mut() {
                let Some((nested, edge)) = self.nested(at.group).get(at.next).copied() else {
                    set(&mut states, at.group, State::Done);
                    open.pop();
                    continue;
                };
                at.next = at.next.saturating_add(1);
                looked_at = looked_at.saturating_add(1);
                if usable.get(edge) != Some(&true) {
                    continue;
                }
                match states.get(nested) {
                    Some(State::Open) => {
                        let from = depths.get(nested).copied().unwrap_or_default();
                        let way = open.get(from..).unwrap_or_default();
                        if closes(way, edge).is_break() {
                            return looked_at;
                        }
                    }
                    Some(State::Unseen) => {
                        set(&mut states, nested, State::Open);
                        set(&mut depths, nested, open.len());
                        open.push(Open {
                            group: nested,
                            by: edge,
                            next: 0,
                        });
                    }
                    _ => {}
                }
            }
        }
        looked_at
    }
}

fn set<T>(list: &mut [T], place: usize, value: T) {
    if let Some(there) = list.get_mut(place) {
        *there = value;
    }
}

#[cfg(test)]
mod tests {
    use guichet_core::{DirectoryBuilder, GroupName};

    use super::CycleGraph;
    use crate::budget::{Budget, Spent};
    use crate::closure::Closure;

    #[test]
    fn a_short_ring_is_found_wherever_it_is_and_without_what_is_removed() {
        let mut builder = DirectoryBuilder::new();
        let [a, b, c, d] =
            ["a", "b", "c", "d"].map(|name| builder.group(GroupName::from_stored(name)));
        builder.members_of(a).group("b");
        builder.members_of(b).group("c");
        builder.members_of(c).group("a");
        builder.members_of(c).group("d");
        builder.members_of(d).group("c");
        let closure = Closure::new(builder.finish());
        let web = CycleGraph::of(closure.graph(), &closure.cycles()[0]);
        let ring = |removed: &[usize]| {
            let mut usable = vec![true; 5];
            for edge in removed {
                usable[*edge] = false;
            }
            let mut budget = Budget::new(100);
            let mut ring = web.short_ring(&usable, &mut budget).unwrap()?;
            ring.sort_unstable();
            Some(ring)
        };
        assert_eq!(web.edges(), [(a, b), (b, c), (c, a), (c, d), (d, c)]);
        assert_eq!(ring(&[]), Some(vec![3, 4]));
        assert_eq!(ring(&[3]), Some(vec![0, 1, 2]));
        assert_eq!(ring(&[3, 1]), None);
        let mut budget = Budget::new(3);
        assert_eq!(web.short_ring(&[true; 5], &mut budget), Err(Spent));
    }
}
