//! Breadth-first searches over the direct memberships; nothing is remembered.
//!
//! Nothing recurses: a chain of 32 000 groups is an ordinary input.

use std::collections::hash_map::{Entry, HashMap};
use std::collections::{HashSet, VecDeque};
use std::hash::Hash;

use guichet_core::GroupHandle;

use crate::graph::Graph;

/// A breadth-first search, asked for one place after the other: the only one outside of the engine.
///
/// `onward` leads on from a place; it is asked only when the place after it is wanted.
#[derive(Debug)]
pub(crate) struct Walk<N> {
    came_from: HashMap<N, Option<N>>,
    queue: VecDeque<(N, usize)>,
    last: Option<(N, usize)>,
}

impl<N: Copy + Eq + Hash> Walk<N> {
    pub(crate) fn new(starts: impl IntoIterator<Item = N>) -> Self {
        let mut walk = Self {
            came_from: HashMap::new(),
            queue: VecDeque::new(),
            last: None,
        };
        for start in starts {
            walk.start(start);
        }
        walk
    }

    /// Adds a start, unless the place was reached; returns whether it did.
    pub(crate) fn start(&mut self, place: N) -> bool {
        self.reach(place, None, 0)
    }

    /// Returns the next place, nearest first and each once, with its number of steps; a start is 0
    /// steps away.
    pub(crate) fn advance<I: IntoIterator<Item = N>>(
        &mut self,
        onward: impl FnOnce(N) -> I,
    ) -> Option<(N, usize)> {
        if let Some((last, steps)) = self.last.take() {
            for next in onward(last) {
                self.reach(next, Some(last), steps.saturating_add(1));
            }
        }
        self.last = self.queue.pop_front();
        self.last
    }

    fn reach(&mut self, place: N, from: Option<N>, steps: usize) -> bool {
        let Entry::Vacant(entry) = self.came_from.entry(place) else {
            return false;
        };
        entry.insert(from);
        self.queue.push_back((place, steps));
        true
    }

    /// Returns the way back from a place that was reached to the start that it was reached from.
    pub(crate) fn way_back(&self, place: N) -> impl Iterator<Item = N> + '_ {
        let from = |place: &N| self.came_from.get(place).copied().flatten();
        std::iter::successors(Some(place), from)
    }
}

/// Visits some groups and everything that they are nested in, through any number of groups.
pub(crate) fn upward<'a>(
    graph: &'a Graph,
    starts: &'a [GroupHandle],
) -> impl Iterator<Item = (GroupHandle, usize)> + 'a {
    let mut walk = Walk::new(starts.iter().copied());
    std::iter::from_fn(move || walk.advance(|group| graph.containers(group).iter().copied()))
}

/// Visits some groups and everything that is nested in them, through any number of groups.
pub(crate) fn downward<'a>(
    graph: &'a Graph,
    starts: &'a [GroupHandle],
) -> impl Iterator<Item = (GroupHandle, usize)> + 'a {
    let mut walk = Walk::new(starts.iter().copied());
    std::iter::from_fn(move || walk.advance(|group| graph.nested(group).iter().copied()))
}

/// Finds a shortest chain from one of the starts to a goal, both included.
///
/// Of several, the first in the order of the starts and then of each place's list.
pub(crate) fn shortest_chain<N: Copy + Eq + Hash, I: IntoIterator<Item = N>>(
    starts: impl IntoIterator<Item = N>,
    mut onward: impl FnMut(N) -> I,
    is_goal: impl Fn(N) -> bool,
) -> Option<Vec<N>> {
    let mut walk = Walk::new(starts);
    loop {
        let (place, _) = walk.advance(&mut onward)?;
        if is_goal(place) {
            let mut chain: Vec<N> = walk.way_back(place).collect();
            chain.reverse();
            return Some(chain);
        }
    }
}

/// Finds a shortest ring through a place, which comes first, of two places or more.
pub(crate) fn shortest_ring<N: Copy + Eq + Hash, I: IntoIterator<Item = N>>(
    first: N,
    mut onward: impl FnMut(N) -> I,
) -> Option<Vec<N>> {
    let starts: Vec<N> = onward(first).into_iter().collect();
    let starts = starts.into_iter().filter(|start| *start != first);
    let mut ring = shortest_chain(starts, onward, |place| place == first)?;
    ring.rotate_right(1);
    Some(ring)
}

/// Finds the sets of groups that contain one another: the strongly connected components of two
/// groups or more, each in the order of the file.
///
/// Two passes (Kosaraju): groups in the downward order, then from each what can still be reached
/// upward.
pub(crate) fn components(graph: &Graph) -> Vec<Vec<GroupHandle>> {
    let mut components = Vec::new();
    let mut taken = HashSet::new();
    let groups = graph.directory().groups().map(|(group, _)| group);
    for root in downward_order(groups, |group| graph.nested(group)) {
        if !taken.insert(root) {
            continue;
        }
        let mut component = vec![root];
        let mut waiting = vec![root];
        while let Some(group) = waiting.pop() {
            for container in graph.containers(group) {
                if taken.insert(*container) {
                    component.push(*container);
                    waiting.push(*container);
                }
            }
        }
        if component.len() > 1 {
            graph.sort_groups(&mut component);
            components.push(component);
        }
    }
    components
}

/// Returns for each place below `count` the number of steps of the longest way to it; of a place in a
/// cycle or below one, of some way to it.
///
/// A place is done when all that lead to it are; where a cycle leaves none, the next one of `left` is.
/// O(places and steps).
pub(crate) fn levels<'a>(
    count: usize,
    onward: impl Fn(usize) -> &'a [usize],
    left: impl IntoIterator<Item = usize>,
) -> Vec<usize> {
    let mut waiting = vec![0_usize; count];
    for next in (0..count).flat_map(&onward) {
        if let Some(waiting) = waiting.get_mut(*next) {
            *waiting = waiting.saturating_add(1);
        }
    }
    let free = (0..count).filter(|place| waiting.get(*place) == Some(&0));
    let mut open: Vec<usize> = free.collect();
    let mut left = left.into_iter();
    let mut levels = vec![0_usize; count];
    let mut done = HashSet::with_capacity(count);
    while let Some(place) = open.pop().or_else(|| left.next()) {
        if !done.insert(place) {
            continue;
        }
        let below = levels.get(place).map_or(0, |level| level.saturating_add(1));
        for next in onward(place).iter().filter(|next| !done.contains(*next)) {
            if let (Some(level), Some(waiting)) = (levels.get_mut(*next), waiting.get_mut(*next)) {
                *level = (*level).max(below);
                *waiting = waiting.saturating_sub(1);
                if *waiting == 0 {
                    open.push(*next);
                }
            }
        }
    }
    levels
}

/// Orders places so that each comes before those that it leads to, except on the way back of a cycle:
/// of the places not yet taken, the first is in a cycle or alone, and no other leads to it.
///
/// Two places of one cycle may come in either order. O(places and steps).
pub(crate) fn downward_order<'a, N: Copy + Eq + Hash + 'a>(
    places: impl IntoIterator<Item = N>,
    onward: impl Fn(N) -> &'a [N],
) -> Vec<N> {
    let mut left = Vec::new();
    let mut entered = HashSet::new();
    for root in places {
        if !entered.insert(root) {
            continue;
        }
        let mut open = vec![(root, onward(root).iter())];
        while let Some((place, rest)) = open.last_mut() {
            match rest.next() {
                Some(next) if entered.insert(*next) => open.push((*next, onward(*next).iter())),
                Some(_) => {}
                None => {
                    left.push(*place);
                    open.pop();
                }
            }
        }
    }
    left.reverse();
    left
}
