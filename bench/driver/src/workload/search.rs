//! The plain search that every answer is checked against: slow, obvious, without recursion.

#![expect(
    clippy::indexing_slicing,
    reason = "every id is below the count that its table was made for"
)]

use super::graph::{Graph, Link};

/// Neighbours by id, in one table.
#[derive(Debug)]
struct Neighbours {
    starts: Vec<usize>,
    ids: Vec<u32>,
}

impl Neighbours {
    /// Collects for each id below `count` what it is linked to, in the order of `links`.
    fn of(count: u32, links: impl Iterator<Item = Link> + Clone) -> Self {
        let mut starts = vec![0; count as usize + 1];
        for (from, _) in links.clone() {
            starts[from as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut ids = vec![0; *next.last().unwrap_or(&0)];
        for (from, to) in links {
            ids[next[from as usize]] = to;
            next[from as usize] += 1;
        }
        Self { starts, ids }
    }

    fn of_id(&self, id: u32) -> &[u32] {
        &self.ids[self.starts[id as usize]..self.starts[id as usize + 1]]
    }
}

/// A set of ids that is emptied in no time.
#[derive(Debug)]
struct Marks {
    round: u32,
    round_of_id: Vec<u32>,
}

impl Marks {
    fn for_ids_below(count: u32) -> Self {
        Self {
            round: 0,
            round_of_id: vec![0; count as usize],
        }
    }

    fn clear(&mut self) {
        self.round += 1;
    }

    /// Marks an id and returns whether it was not marked before.
    fn add(&mut self, id: u32) -> bool {
        std::mem::replace(&mut self.round_of_id[id as usize], self.round) != self.round
    }

    fn has(&self, id: u32) -> bool {
        self.round_of_id[id as usize] == self.round
    }
}

/// Answers questions about a graph by searching it each time.
#[derive(Debug)]
pub(super) struct Search {
    groups_of_user: Neighbours,
    users_of_group: Neighbours,
    outer_groups: Neighbours,
    inner_groups: Neighbours,
    group_marks: Marks,
    user_marks: Marks,
}

impl Search {
    /// Prepares the tables; linear in users, groups and links.
    pub(super) fn new(graph: &Graph) -> Self {
        let (user_links, group_links) = (graph.user_links.iter(), graph.group_links.iter());
        let turn = |&(member, group): &Link| (group, member);
        Self {
            groups_of_user: Neighbours::of(graph.users, user_links.clone().copied()),
            users_of_group: Neighbours::of(graph.groups, user_links.map(turn)),
            outer_groups: Neighbours::of(graph.groups, group_links.clone().copied()),
            inner_groups: Neighbours::of(graph.groups, group_links.map(turn)),
            group_marks: Marks::for_ids_below(graph.groups),
            user_marks: Marks::for_ids_below(graph.users),
        }
    }

    /// Returns the groups that directly hold a user.
    pub(super) fn direct_groups(&self, user: u32) -> &[u32] {
        self.groups_of_user.of_id(user)
    }

    /// Returns the groups that directly hold a group.
    pub(super) fn direct_outer_groups(&self, group: u32) -> &[u32] {
        self.outer_groups.of_id(group)
    }

    /// Returns every group whose member the user is, directly or through other groups.
    pub(super) fn groups_of_user(&mut self, user: u32) -> Vec<u32> {
        let start = self.groups_of_user.of_id(user);
        reach(start, &self.outer_groups, &mut self.group_marks)
    }

    /// Returns the group and every group that it lies in, directly or through other groups.
    pub(super) fn group_and_outer_groups(&mut self, group: u32) -> Vec<u32> {
        reach(&[group], &self.outer_groups, &mut self.group_marks)
    }

    /// Returns whether the last search of groups came by this one.
    pub(super) fn came_by(&self, group: u32) -> bool {
        self.group_marks.has(group)
    }

    /// Returns every user who is a member of the group, directly or through other groups.
    pub(super) fn users_of_group(&mut self, group: u32) -> Vec<u32> {
        self.user_marks.clear();
        let mut users = Vec::new();
        for inner in reach(&[group], &self.inner_groups, &mut self.group_marks) {
            let direct = self.users_of_group.of_id(inner).iter().copied();
            users.extend(direct.filter(|user| self.user_marks.add(*user)));
        }
        users
    }
}

/// Returns everything that can be reached from `start`, itself included, each id once.
fn reach(start: &[u32], neighbours: &Neighbours, marks: &mut Marks) -> Vec<u32> {
    marks.clear();
    let mut found: Vec<u32> = start.iter().copied().filter(|id| marks.add(*id)).collect();
    let mut looked_at = 0;
    while let Some(id) = found.get(looked_at).copied() {
        looked_at += 1;
        let next = neighbours.of_id(id).iter().copied();
        found.extend(next.filter(|id| marks.add(*id)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::Search;
    use crate::workload::graph::Graph;

    /// Groups 0 and 1 lie in 2, which lies in 3; user 0 is in 0 and 1, user 1 in 3, user 2 in none.
    fn diamond() -> Search {
        Search::new(&Graph {
            users: 3,
            groups: 4,
            user_links: vec![(0, 0), (0, 1), (1, 3)],
            group_links: vec![(0, 2), (1, 2), (2, 3)],
            outermost_first: vec![3, 2, 1, 0],
        })
    }

    #[test]
    fn a_diamond_is_counted_once_in_both_directions() {
        let mut search = diamond();
        assert_eq!(search.groups_of_user(0), [0, 1, 2, 3]);
        assert_eq!(search.groups_of_user(1), [3]);
        assert!(search.came_by(3) && !search.came_by(2));
        assert_eq!(search.groups_of_user(2), Vec::<u32>::new());
        assert_eq!(search.users_of_group(3), [1, 0]);
        assert_eq!(search.users_of_group(2), [0]);
        assert_eq!(search.group_and_outer_groups(1), [1, 2, 3]);
    }
}
