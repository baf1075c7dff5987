//! What is asked of every implementation, with the answers.

#![expect(
    clippy::indexing_slicing,
    reason = "every index is drawn below the length of what it points into"
)]

use std::fmt;

use super::graph::{Graph, SEED};
use super::random::Random;
use super::search::Search;
use super::shape::Shape;

/// How many membership queries; half of their answers are yes.
const MEMBERSHIP_QUERIES: u32 = 32_768;

/// How many queries of each other kind.
const OTHER_QUERIES: u32 = 1_024;

/// How often a draw is repeated until it gives the wanted answer.
const TRIES: u32 = 64;

/// One question, and what a right implementation answers. All numbers are ids from 0.
///
/// Its `Display` form is a line of the query file: the word of the kind, then the numbers in the
/// order of the fields, yes as 1 and no as 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Query {
    /// Is the user a member of the group?
    Member { user: u32, group: u32, yes: bool },
    /// How many groups is the user a member of?
    GroupsOf { user: u32, count: usize },
    /// How many users are members of the group?
    UsersOf { group: u32, count: usize },
    /// Would a cycle arise if the inner group were put into the outer one?
    Cycle { inner: u32, outer: u32, yes: bool },
    /// Put the user into the group, ask for a membership, take the user out, ask again.
    EditUser {
        user: u32,
        group: u32,
        asked: u32,
        yes_after_putting: bool,
        yes_after_taking: bool,
    },
    /// Put the inner group into the outer one, ask for a membership, take it out, ask again.
    EditGroup {
        inner: u32,
        outer: u32,
        user: u32,
        asked: u32,
        yes_after_putting: bool,
        yes_after_taking: bool,
    },
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bit = |yes: &bool| u8::from(*yes);
        match self {
            Self::Member { user, group, yes } => {
                write!(f, "member {user} {group} {}", bit(yes))
            }
            Self::GroupsOf { user, count } => write!(f, "groups-of {user} {count}"),
            Self::UsersOf { group, count } => write!(f, "users-of {group} {count}"),
            Self::Cycle { inner, outer, yes } => {
                write!(f, "cycle {inner} {outer} {}", bit(yes))
            }
            Self::EditUser {
                user,
                group,
                asked,
                yes_after_putting: putting,
                yes_after_taking: taking,
            } => write!(
                f,
                "edit-user {user} {group} {asked} {} {}",
                bit(putting),
                bit(taking)
            ),
            Self::EditGroup {
                inner,
                outer,
                user,
                asked,
                yes_after_putting: putting,
                yes_after_taking: taking,
            } => write!(
                f,
                "edit-group {inner} {outer} {user} {asked} {} {}",
                bit(putting),
                bit(taking)
            ),
        }
    }
}

/// Returns the queries of a workload, all of one kind together; always the same ones.
pub(crate) fn queries(shape: &Shape, graph: &Graph) -> Vec<Query> {
    let mut draw = Draw {
        graph,
        search: Search::new(graph),
        random: Random::seeded(SEED ^ 0xAB_CDEF),
    };
    let mut all = draw.memberships(shape.queries_per_user);
    for _ in 0..OTHER_QUERIES {
        all.push(draw.groups_of());
    }
    for _ in 0..OTHER_QUERIES {
        all.push(draw.users_of());
    }
    for nth in 0..OTHER_QUERIES {
        all.push(draw.cycle(nth % 2 == 0));
    }
    for _ in 0..OTHER_QUERIES {
        all.extend(draw.edit_user());
    }
    for _ in 0..OTHER_QUERIES {
        all.extend(draw.edit_group());
    }
    all
}

/// Draws queries and finds their answers.
struct Draw<'a> {
    graph: &'a Graph,
    search: Search,
    random: Random,
}

impl Draw<'_> {
    fn user(&mut self) -> u32 {
        self.random.below(self.graph.users)
    }

    fn group(&mut self) -> u32 {
        self.random.below(self.graph.groups)
    }

    fn one_of(&mut self, ids: &[u32]) -> u32 {
        let bound = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        ids[self.random.below(bound) as usize]
    }

    /// Draws a group that the last search did not come by; `None` when it came by nearly all.
    fn group_not_come_by(&mut self) -> Option<u32> {
        (0..TRIES)
            .map(|_| self.random.below(self.graph.groups))
            .find(|group| !self.search.came_by(*group))
    }

    /// Draws memberships, for each user as many that are as that are not, in random order.
    fn memberships(&mut self, queries_per_user: u32) -> Vec<Query> {
        let mut all = Vec::new();
        while all.len() < MEMBERSHIP_QUERIES as usize {
            let user = self.user();
            let groups = self.search.groups_of_user(user);
            for _ in 0..queries_per_user / 2 {
                let Some(other) = self.group_not_come_by() else {
                    break;
                };
                for (group, yes) in [(self.one_of(&groups), true), (other, false)] {
                    all.push(Query::Member { user, group, yes });
                }
            }
        }
        self.random.shuffle(&mut all);
        all
    }

    fn groups_of(&mut self) -> Query {
        let user = self.user();
        let count = self.search.groups_of_user(user).len();
        Query::GroupsOf { user, count }
    }

    fn users_of(&mut self) -> Query {
        let group = self.group();
        let count = self.search.users_of_group(group).len();
        Query::UsersOf { group, count }
    }

    fn cycle(&mut self, wanted: bool) -> Query {
        let outer = self.group();
        let outer_groups = self.search.group_and_outer_groups(outer);
        let inner = if wanted {
            self.one_of(&outer_groups)
        } else {
            self.group()
        };
        let yes = self.search.came_by(inner);
        Query::Cycle { inner, outer, yes }
    }

    /// Draws a user and a group that does not hold the user directly.
    fn edit_user(&mut self) -> Option<Query> {
        let (user, group) = (0..TRIES)
            .map(|_| {
                let user = self.random.below(self.graph.users);
                (user, self.random.below(self.graph.groups))
            })
            .find(|(user, group)| !self.search.direct_groups(*user).contains(group))?;
        let gained = self.search.group_and_outer_groups(group);
        let asked = self.one_of(&gained);
        self.search.groups_of_user(user);
        Some(Query::EditUser {
            user,
            group,
            asked,
            yes_after_putting: true,
            yes_after_taking: self.search.came_by(asked),
        })
    }

    /// Draws two groups that can be put into one another without a cycle and are not yet.
    fn edit_group(&mut self) -> Option<Query> {
        let (outer, inner) = (0..TRIES)
            .map(|_| {
                let groups = self.graph.groups;
                let (a, b) = (self.random.below(groups), self.random.below(groups));
                let places = (a.min(b) as usize, a.max(b) as usize);
                let order = &self.graph.outermost_first;
                (order[places.0], order[places.1])
            })
            .find(|(outer, inner)| {
                outer != inner && !self.search.direct_outer_groups(*inner).contains(outer)
            })?;
        let users = self.search.users_of_group(inner);
        let user = if users.is_empty() {
            self.user()
        } else {
            self.one_of(&users)
        };
        let gained = self.search.group_and_outer_groups(outer);
        let asked = self.one_of(&gained);
        self.search.groups_of_user(user);
        let before = self.search.came_by(asked);
        Some(Query::EditGroup {
            inner,
            outer,
            user,
            asked,
            yes_after_putting: before || !users.is_empty(),
            yes_after_taking: before,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{MEMBERSHIP_QUERIES, OTHER_QUERIES, Query, queries};
    use crate::workload::graph::{Graph, Link};
    use crate::workload::search::Search;
    use crate::workload::shape::Shape;

    fn asked_of(name: &str) -> (Graph, Vec<Query>) {
        let shape = Shape::parse(name).unwrap();
        let graph = Graph::of(shape);
        let queries = queries(shape, &graph);
        (graph, queries)
    }

    #[test]
    fn there_are_as_many_of_each_kind_as_said_and_half_the_memberships_hold() {
        let (_, queries) = asked_of("W1");
        assert_eq!(
            queries.len(),
            (MEMBERSHIP_QUERIES + 5 * OTHER_QUERIES) as usize
        );
        let yes = queries
            .iter()
            .filter(|query| matches!(query, Query::Member { yes: true, .. }))
            .count();
        assert_eq!(yes, MEMBERSHIP_QUERIES as usize / 2);
    }

    /// Answers an edit the slow way: builds the graph anew with one link more.
    fn with_link(graph: &Graph, user_link: Option<Link>, group_link: Option<Link>) -> Search {
        let mut edited = graph.clone();
        edited.user_links.extend(user_link);
        edited.group_links.extend(group_link);
        Search::new(&edited)
    }

    #[test]
    fn answers_about_edits_equal_those_of_the_edited_graph() {
        for name in ["W1", "W2t"] {
            let (graph, queries) = asked_of(name);
            let is_member =
                |search: &mut Search, user, group| search.groups_of_user(user).contains(&group);
            let mut before = Search::new(&graph);
            for query in queries.iter().skip(MEMBERSHIP_QUERIES as usize).step_by(16) {
                let (user, asked, mut after, expected) = match *query {
                    Query::EditUser {
                        user,
                        group,
                        asked,
                        yes_after_putting,
                        yes_after_taking,
                    } => (
                        user,
                        asked,
                        with_link(&graph, Some((user, group)), None),
                        (yes_after_putting, yes_after_taking),
                    ),
                    Query::EditGroup {
                        inner,
                        outer,
                        user,
                        asked,
                        yes_after_putting,
                        yes_after_taking,
                    } => (
                        user,
                        asked,
                        with_link(&graph, None, Some((inner, outer))),
                        (yes_after_putting, yes_after_taking),
                    ),
                    _ => continue,
                };
                let answers = (
                    is_member(&mut after, user, asked),
                    is_member(&mut before, user, asked),
                );
                assert_eq!(answers, expected, "{name}: {query}");
            }
        }
    }

    #[test]
    fn a_line_holds_the_kind_and_its_numbers() {
        let query = Query::EditGroup {
            inner: 1,
            outer: 2,
            user: 3,
            asked: 4,
            yes_after_putting: true,
            yes_after_taking: false,
        };
        assert_eq!(query.to_string(), "edit-group 1 2 3 4 1 0");
        let query = Query::Member {
            user: 5,
            group: 6,
            yes: false,
        };
        assert_eq!(query.to_string(), "member 5 6 0");
    }
}
