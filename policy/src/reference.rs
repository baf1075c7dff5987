//! The plain engine: breadth-first searches over the direct memberships, nothing remembered.
//!
//! It is written to be obviously right and is the oracle for anything faster. Nothing recurses: a
//! chain of 32 000 groups is an ordinary input.

use std::collections::{HashMap, HashSet, VecDeque};

use guichet_core::GroupHandle;

use crate::graph::Graph;

/// Visits every group that can be reached from some, each once, nearest first.
///
/// Yields each group with its number of steps; the starting groups are 0 steps away.
pub(crate) struct Walk<F> {
    onward: F,
    seen: HashSet<GroupHandle>,
    queue: VecDeque<(GroupHandle, usize)>,
}

impl<'a, F: Fn(GroupHandle) -> &'a [GroupHandle]> Walk<F> {
    fn new(starts: impl IntoIterator<Item = GroupHandle>, onward: F) -> Self {
        let mut walk = Self {
            onward,
            seen: HashSet::new(),
            queue: VecDeque::new(),
        };
        for start in starts {
            walk.reach(start, 0);
        }
        walk
    }

    fn reach(&mut self, group: GroupHandle, steps: usize) {
        if self.seen.insert(group) {
            self.queue.push_back((group, steps));
        }
    }
}

impl<'a, F: Fn(GroupHandle) -> &'a [GroupHandle]> Iterator for Walk<F> {
    type Item = (GroupHandle, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let (group, steps) = self.queue.pop_front()?;
        for next in (self.onward)(group) {
            self.reach(*next, steps.saturating_add(1));
        }
        Some((group, steps))
    }
}

/// Visits some groups and everything that they are nested in, through any number of groups.
pub(crate) fn upward<'a>(
    graph: &'a Graph,
    starts: &'a [GroupHandle],
) -> impl Iterator<Item = (GroupHandle, usize)> + 'a {
    Walk::new(starts.iter().copied(), |group| graph.containers(group))
}

/// Visits some groups and everything that is nested in them, through any number of groups.
pub(crate) fn downward<'a>(
    graph: &'a Graph,
    starts: &'a [GroupHandle],
) -> impl Iterator<Item = (GroupHandle, usize)> + 'a {
    Walk::new(starts.iter().copied(), |group| graph.nested(group))
}

/// Finds a shortest chain from one of the starting groups to a goal, both included.
///
/// Of several, the first in the order of the starting groups and then of each group's list.
pub(crate) fn shortest_chain<I: IntoIterator<Item = GroupHandle>>(
    starts: impl IntoIterator<Item = GroupHandle>,
    mut onward: impl FnMut(GroupHandle) -> I,
    is_goal: impl Fn(GroupHandle) -> bool,
) -> Option<Vec<GroupHandle>> {
    let mut came_from: HashMap<GroupHandle, Option<GroupHandle>> = HashMap::new();
    let mut queue = VecDeque::new();
    for start in starts {
        if came_from.insert(start, None).is_none() {
            queue.push_back(start);
        }
    }
    let goal = loop {
        let group = queue.pop_front()?;
        if is_goal(group) {
            break group;
        }
        for next in onward(group) {
            came_from.entry(next).or_insert_with(|| {
                queue.push_back(next);
                Some(group)
            });
        }
    };
    let mut chain = vec![goal];
    let mut group = goal;
    while let Some(Some(previous)) = came_from.get(&group) {
        chain.push(*previous);
        group = *previous;
    }
    chain.reverse();
    Some(chain)
}

/// Finds the sets of groups that contain one another: the strongly connected components of two
/// groups or more, each in the order of the file.
///
/// Two passes (Kosaraju): groups in the order in which a downward search leaves them, then, from the
/// last one left, what can still be reached upward.
pub(crate) fn knots(graph: &Graph) -> Vec<Vec<GroupHandle>> {
    let mut knots = Vec::new();
    let mut taken = HashSet::new();
    for root in order_of_leaving(graph).into_iter().rev() {
        if !taken.insert(root) {
            continue;
        }
        let mut knot = vec![root];
        let mut waiting = vec![root];
        while let Some(group) = waiting.pop() {
            for container in graph.containers(group) {
                if taken.insert(*container) {
                    knot.push(*container);
                    waiting.push(*container);
                }
            }
        }
        if knot.len() > 1 {
            graph.sort_groups(&mut knot);
            knots.push(knot);
        }
    }
    knots
}

fn order_of_leaving(graph: &Graph) -> Vec<GroupHandle> {
    let mut left = Vec::new();
    let mut entered = HashSet::new();
    for (root, _) in graph.directory().groups() {
        if !entered.insert(root) {
            continue;
        }
        let mut open = vec![(root, graph.nested(root).iter())];
        while let Some((group, rest)) = open.last_mut() {
            match rest.next() {
                Some(nested) if entered.insert(*nested) => {
                    open.push((*nested, graph.nested(*nested).iter()));
                }
                Some(_) => {}
                None => {
                    left.push(*group);
                    open.pop();
                }
            }
        }
    }
    left
}
