//! The chain of memberships that gives a user something, and all the shortest ones.

use std::collections::{HashMap, HashSet};
use std::fmt;

use guichet_core::{Directory, GroupHandle, UserHandle};

use crate::graph::Graph;
use crate::search::{downward, shortest_chain};

/// A chain of memberships: a user, the group that holds the user directly, each next container, up
/// to the group in question.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path {
    user: UserHandle,
    // INVARIANT: not empty; the first holds the user directly, each next holds the one before it.
    groups: Vec<GroupHandle>,
}

impl Path {
    /// Returns the user at the start of the chain.
    pub const fn user(&self) -> UserHandle {
        self.user
    }

    /// Returns the groups of the chain, never none: the first holds the user directly, each next one
    /// holds the one before it, the last is the group in question.
    pub fn groups(&self) -> &[GroupHandle] {
        &self.groups
    }

    pub(crate) fn into_groups(self) -> Vec<GroupHandle> {
        self.groups
    }

    /// Returns the names along the chain: the user's, then each group's.
    pub fn names<'d>(&self, directory: &'d Directory) -> impl Iterator<Item = &'d str> {
        let user = directory.user(self.user).map(|user| user.name().as_str());
        let groups = self
            .groups
            .iter()
            .filter_map(|group| directory.group(*group))
            .map(|group| group.name().as_str());
        user.into_iter().chain(groups)
    }
}

/// Finds the first of the shortest chains from a user to any of some groups, by one search upward:
/// the one that [`ShortestPaths::first`] returns.
pub(crate) fn first_path(graph: &Graph, user: UserHandle, goals: &[GroupHandle]) -> Option<Path> {
    let starts = graph.groups_of(user).iter().copied();
    let onward = |group| graph.containers(group).iter().copied();
    let groups = shortest_chain(starts, onward, |group| goals.contains(&group))?;
    Some(Path { user, groups })
}

/// How many chains there are, as far as they can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChainCount {
    /// So many.
    Exactly(u64),
    /// More than [`u64::MAX`].
    More,
}

impl ChainCount {
    const NONE: Self = Self::Exactly(0);

    fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Self::Exactly(one), Self::Exactly(other)) => {
                one.checked_add(other).map_or(Self::More, Self::Exactly)
            }
            _ => Self::More,
        }
    }
}

impl fmt::Display for ChainCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(count) => write!(f, "{count}"),
            Self::More => write!(f, "more than {}", u64::MAX),
        }
    }
}

/// Every shortest chain from a user to a group, or to the nearest of several.
///
/// Kept as the steps that lie on some shortest chain, because there may be more chains than atoms:
/// twenty full layers of a hundred groups have 100¹⁹. They are made one at a time by
/// [`iter`](ShortestPaths::iter).
#[derive(Debug, Clone)]
pub struct ShortestPaths {
    user: UserHandle,
    starts: Vec<GroupHandle>,
    // INVARIANT: a group on a shortest chain has its next groups here, none when it is a goal.
    onward: HashMap<GroupHandle, Vec<GroupHandle>>,
    count: ChainCount,
}

impl ShortestPaths {
    pub(crate) fn none(user: UserHandle) -> Self {
        Self {
            user,
            starts: Vec::new(),
            onward: HashMap::new(),
            count: ChainCount::NONE,
        }
    }

    /// Searches downward from the goals until a group that holds the user directly is met, then
    /// keeps what leads back up.
    pub(crate) fn search(graph: &Graph, user: UserHandle, goals: &[GroupHandle]) -> Self {
        let holding = graph.groups_of(user);
        if holding.is_empty() {
            return Self::none(user);
        }
        let mut steps_to_goal = HashMap::new();
        let mut shortest = usize::MAX;
        let direct: HashSet<_> = holding.iter().copied().collect();
        for (group, steps) in downward(graph, goals) {
            if steps > shortest {
                break;
            }
            steps_to_goal.insert(group, steps);
            if direct.contains(&group) {
                shortest = steps;
            }
        }
        let starts: Vec<_> = holding
            .iter()
            .copied()
            .filter(|group| steps_to_goal.get(group) == Some(&shortest))
            .collect();
        let (onward, count) = steps_up(graph, &starts, shortest, &steps_to_goal);
        Self {
            user,
            starts,
            onward,
            count,
        }
    }

    /// Returns whether there is no chain at all: whether the user is not a member.
    pub const fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Returns how many shortest chains there are.
    pub const fn count(&self) -> ChainCount {
        self.count
    }

    /// Returns the chains one after the other: by the order of the file, the group that holds the
    /// user first.
    pub fn iter(&self) -> Paths<'_> {
        Paths {
            of: self,
            choices: None,
        }
    }

    /// Returns the first chain: the one that a decision names.
    pub fn first(&self) -> Option<Path> {
        self.iter().next()
    }

    fn onward(&self, group: GroupHandle) -> &[GroupHandle] {
        self.onward.get(&group).map_or(&[], Vec::as_slice)
    }
}

/// The steps of the shortest chains, layer by layer, and how many chains they make.
fn steps_up(
    graph: &Graph,
    starts: &[GroupHandle],
    length: usize,
    steps_to_goal: &HashMap<GroupHandle, usize>,
) -> (HashMap<GroupHandle, Vec<GroupHandle>>, ChainCount) {
    let mut onward: HashMap<GroupHandle, Vec<GroupHandle>> = HashMap::new();
    let mut discovered: Vec<GroupHandle> = Vec::new();
    let mut layer = starts.to_vec();
    let mut steps = length;
    while !layer.is_empty() {
        let mut next_layer = Vec::new();
        for group in layer {
            if onward.contains_key(&group) {
                continue;
            }
            let nearer: Vec<_> = match steps.checked_sub(1) {
                None => Vec::new(),
                Some(one_less) => graph
                    .containers(group)
                    .iter()
                    .copied()
                    .filter(|container| steps_to_goal.get(container) == Some(&one_less))
                    .collect(),
            };
            next_layer.extend(&nearer);
            discovered.push(group);
            onward.insert(group, nearer);
        }
        layer = next_layer;
        steps = steps.saturating_sub(1);
    }
    let mut chains_from: HashMap<GroupHandle, ChainCount> = HashMap::new();
    for group in discovered.iter().rev() {
        let next = onward.get(group).map_or(&[][..], Vec::as_slice);
        let chains = if next.is_empty() {
            ChainCount::Exactly(1)
        } else {
            sum(next, &chains_from)
        };
        chains_from.insert(*group, chains);
    }
    let count = sum(starts, &chains_from);
    (onward, count)
}

fn sum(groups: &[GroupHandle], chains_from: &HashMap<GroupHandle, ChainCount>) -> ChainCount {
    groups
        .iter()
        .filter_map(|group| chains_from.get(group))
        .fold(ChainCount::NONE, |total, chains| total.plus(*chains))
}

impl<'a> IntoIterator for &'a ShortestPaths {
    type Item = Path;
    type IntoIter = Paths<'a>;

    fn into_iter(self) -> Paths<'a> {
        self.iter()
    }
}

/// Makes the chains of a [`ShortestPaths`] one at a time; each costs its own length.
#[derive(Debug, Clone)]
pub struct Paths<'a> {
    of: &'a ShortestPaths,
    // For each place of the chain: the groups that may be there, and which one is; none before the
    // first chain.
    choices: Option<Vec<(&'a [GroupHandle], usize)>>,
}

/// Moves to the next choice at the deepest place that still has one.
fn turn(choices: &mut Vec<(&[GroupHandle], usize)>) {
    while let Some((groups, index)) = choices.last_mut() {
        *index = index.saturating_add(1);
        if *index < groups.len() {
            return;
        }
        choices.pop();
    }
}

impl Iterator for Paths<'_> {
    type Item = Path;

    fn next(&mut self) -> Option<Path> {
        let choices = match &mut self.choices {
            None => self.choices.insert(vec![(&self.of.starts, 0)]),
            Some(choices) => {
                turn(choices);
                choices
            }
        };
        let chosen = |(groups, index): &(&[GroupHandle], usize)| groups.get(*index).copied();
        let mut group = choices.last().and_then(chosen)?;
        loop {
            let next = self.of.onward(group);
            let Some(first) = next.first() else { break };
            choices.push((next, 0));
            group = *first;
        }
        Some(Path {
            user: self.of.user,
            groups: choices.iter().filter_map(chosen).collect(),
        })
    }
}
