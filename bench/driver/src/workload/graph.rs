//! A workload filled in: who is in which group, and which group lies in which.

#![expect(
    clippy::indexing_slicing,
    reason = "every id is below the count that its table was made for"
)]

use super::random::Random;
use super::shape::{Nesting, Popularity, Shape};

/// The seed of all workloads; the shape's own offset is added.
pub(super) const SEED: u64 = 0x4D_2026;

/// A pair of a member (user or group) and the group that directly holds it, both as ids from 0.
pub(crate) type Link = (u32, u32);

/// Users, groups and their direct links. Without cycles, without doubles, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Graph {
    /// Users have the ids below this.
    pub(crate) users: u32,
    /// Groups have the ids below this.
    pub(crate) groups: u32,
    /// Who is directly in which group.
    pub(crate) user_links: Vec<Link>,
    /// Which group directly lies in which.
    pub(crate) group_links: Vec<Link>,
    /// The ids of the groups, each before all groups that lie in it.
    pub(super) outermost_first: Vec<u32>,
}

impl Graph {
    /// Fills in a shape; the same shape always gives the same graph.
    pub(crate) fn of(shape: &Shape) -> Self {
        let mut random = Random::seeded(SEED + shape.seed_offset);
        let group_places = nest(shape, &mut random);
        let user_places = enrol(shape, &mut random);
        let mut id_of_place: Vec<u32> = (0..shape.groups).collect();
        random.shuffle(&mut id_of_place);
        let id = |place: u32| id_of_place[place as usize];
        Self {
            users: shape.users,
            groups: shape.groups,
            user_links: in_order(user_places.into_iter().map(|(user, at)| (user, id(at)))),
            group_links: in_order(group_places.into_iter().map(|(a, b)| (id(a), id(b)))),
            outermost_first: id_of_place,
        }
    }
}

/// Puts groups into groups of higher layers; the pairs are places, not ids.
fn nest(shape: &Shape, random: &mut Random) -> Vec<Link> {
    let mut links = Vec::new();
    for place in shape.start_of_layer(1)..shape.groups {
        let layer = shape.layer(place);
        let above = shape.start_of_layer(layer - 1)..shape.start_of_layer(layer);
        match shape.nesting {
            Nesting::Full => links.extend(above.map(|parent| (place, parent))),
            Nesting::Random(numbers) => {
                let draw = random.below(u32::try_from(numbers.len()).unwrap_or(u32::MAX));
                for nth in 0..numbers[draw as usize] {
                    let parent = if nth == 0 {
                        above.start + pick(shape.popularity, above.end - above.start, random)
                    } else {
                        random.below(above.end)
                    };
                    links.push((place, parent));
                }
            }
        }
    }
    links
}

/// Puts users into groups; the groups are places, not ids.
fn enrol(shape: &Shape, random: &mut Random) -> Vec<Link> {
    let mut by_rank: Vec<u32> = (0..shape.groups).collect();
    if shape.popularity == Popularity::Skewed {
        random.shuffle(&mut by_rank);
    }
    let mut links = Vec::new();
    for user in 0..shape.users {
        for _ in 0..=random.below(shape.most_groups_of_a_user) {
            let rank = pick(shape.popularity, shape.groups, random);
            links.push((user, by_rank[rank as usize]));
        }
    }
    links
}

fn pick(popularity: Popularity, count: u32, random: &mut Random) -> u32 {
    match popularity {
        Popularity::Even => random.below(count),
        Popularity::Skewed => random.log_uniform(count),
    }
}

fn in_order(links: impl Iterator<Item = Link>) -> Vec<Link> {
    let mut links: Vec<Link> = links.collect();
    links.sort_unstable();
    links.dedup();
    links
}

#[cfg(test)]
mod tests {
    use super::Graph;
    use crate::workload::shape::Shape;

    fn graph(name: &str) -> Graph {
        Graph::of(Shape::parse(name).unwrap())
    }

    /// Counts the links per group that holds them and returns the largest count.
    fn largest(graph: &Graph) -> usize {
        let mut counts = vec![0; graph.groups as usize];
        for (_, group) in &graph.user_links {
            counts[*group as usize] += 1;
        }
        counts.into_iter().max().unwrap()
    }

    #[test]
    fn sizes_are_those_of_the_measured_workloads_within_two_of_a_hundred() {
        let near = |found: usize, expected: usize| found.abs_diff(expected) * 50 <= expected;
        for (name, user_links, group_links) in [
            ("W1", 410, 54),
            ("W2", 96_056, 58_770),
            ("W4", 32_000, 31_999),
            ("W5", 6_027, 190_000),
        ] {
            let graph = graph(name);
            let (users, groups) = (graph.user_links.len(), graph.group_links.len());
            println!("{name}: {users} {groups} {}", largest(&graph));
            assert!(near(users, user_links), "{name}: {users} user links");
            assert!(near(groups, group_links), "{name}: {groups} group links");
        }
    }

    #[test]
    fn the_order_of_groups_shows_that_there_is_no_cycle() {
        for name in ["W1", "W2t", "W3s", "W4s", "W5"] {
            let graph = graph(name);
            let mut place = vec![0; graph.groups as usize];
            for (at, id) in graph.outermost_first.iter().enumerate() {
                place[*id as usize] = at;
            }
            assert!(
                graph
                    .group_links
                    .iter()
                    .all(|(inner, outer)| place[*outer as usize] < place[*inner as usize])
            );
            let hidden = graph.group_links.iter().any(|(inner, outer)| inner < outer);
            assert!(hidden, "{name}: ids must not give the order away");
        }
    }

    #[test]
    fn a_few_groups_hold_most_users_where_the_shape_says_so() {
        let graph = graph("W3s");
        assert!(largest(&graph) > 20_000, "{}", largest(&graph));
    }
}
