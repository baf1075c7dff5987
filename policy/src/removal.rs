//! Which memberships to remove so that a cycle is gone, and what that costs in access (decision D34).

use guichet_core::GroupHandle;

use crate::budget::{Budget, Spent};
use crate::closure::Closure;
use crate::cycle::Cycle;
use crate::cycle_graph::CycleGraph;
use crate::graph::Graph;
use crate::price::Prices;

/// The most steps that are taken to cut cycles, all together.
const STEPS: usize = 8_000_000;

/// Memberships whose removal leaves nothing of a cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CycleRemoval {
    /// The memberships, in the order of the file.
    pub memberships: Vec<MembershipRemoval>,
    /// What is known of other cuts.
    pub proof: RemovalProof,
}

/// One membership to remove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MembershipRemoval {
    /// The group that holds the other one.
    pub container: GroupHandle,
    /// The group to remove from it.
    pub nested: GroupHandle,
    /// How many pairs of a user and a group are no longer members of each other when this membership
    /// alone is removed; `None` when counting them would take too many steps.
    pub lost: Option<u64>,
}

/// What is known of the cuts that were not chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum RemovalProof {
    /// No smaller set does, and of those of this size it loses least, each membership counted alone.
    Cheapest,
    /// No smaller set does; another one of this size may lose less, because not all were tried.
    Smallest,
    /// A smaller one may do, because not all were tried.
    Unproven,
}

impl Closure {
    /// Returns for each cycle of this directory the memberships to remove so that nothing is left of
    /// it.
    ///
    /// Sets of one membership are tried, then of two, and so on, until eight million steps are taken
    /// for all cycles together. Then the best that is known is returned: each cycle has its share, and
    /// what the small ones do not need the large ones have. Linear in the memberships beyond that.
    ///
    /// ```
    /// use guichet_core::{DirectoryBuilder, GroupName, UserName};
    /// use guichet_policy::{Closure, RemovalProof};
    ///
    /// let mut builder = DirectoryBuilder::new();
    /// builder.user(UserName::from_stored("Ann"));
    /// let sales = builder.group(GroupName::from_stored("Sales"));
    /// let staff = builder.group(GroupName::from_stored("Staff"));
    /// builder.members_of(sales).group("Staff");
    /// builder.members_of(staff).group("Sales");
    /// builder.members_of(sales).user("Ann");
    ///
    /// let closure = Closure::new(builder.finish());
    /// let removals = closure.cheapest_removals(&closure.cycles());
    /// let removal = &removals[0];
    /// // Ann is in Sales directly, so removing Staff from it costs nothing.
    /// assert_eq!(removal.proof, RemovalProof::Cheapest);
    /// assert_eq!(removal.memberships[0].container, sales);
    /// assert_eq!(removal.memberships[0].nested, staff);
    /// assert_eq!(removal.memberships[0].lost, Some(0));
    /// ```
    pub fn cheapest_removals(&self, cycles: &[Cycle]) -> Vec<CycleRemoval> {
        cuts(self.graph(), cycles, &mut Budget::new(STEPS))
    }
}

fn cuts(graph: &Graph, cycles: &[Cycle], budget: &mut Budget) -> Vec<CycleRemoval> {
    let mut smallest_first: Vec<(usize, &Cycle)> = cycles.iter().enumerate().collect();
    smallest_first.sort_by_key(|(_, cycle)| cycle.groups().len());
    let mut waiting = smallest_first.len();
    let mut cuts: Vec<(usize, CycleRemoval)> = Vec::with_capacity(waiting);
    for (place, cycle) in smallest_first {
        let mut share = budget.part(waiting);
        cuts.push((place, cut(graph, cycle, &mut share)));
        budget.put_back(&share);
        waiting = waiting.saturating_sub(1);
    }
    cuts.sort_unstable_by_key(|(place, _)| *place);
    cuts.into_iter().map(|(_, cut)| cut).collect()
}

fn cut(graph: &Graph, cycle: &Cycle, budget: &mut Budget) -> CycleRemoval {
    let mut search = Search::new(graph, cycle, budget);
    let (mut removed, proof) = search.best();
    removed.sort_unstable();
    let memberships = removed.iter().filter_map(|edge| {
        let (container, nested) = search.web.edges().get(*edge).copied()?;
        Some(MembershipRemoval {
            container,
            nested,
            lost: search.prices.of_edge(container, nested),
        })
    });
    let memberships = memberships.collect();
    search.finish(budget);
    CycleRemoval { memberships, proof }
}

/// The search for the cut of one cycle.
struct Search<'g> {
    web: CycleGraph,
    prices: Prices<'g>,
    /// For what is tried systematically, and for what is tried after that.
    trying: Budget,
    guessing: Budget,
}

/// What the systematic search found.
struct Tried {
    /// The cheapest of those cuts that were tried, all of which are as small as can be.
    best: Option<Vec<usize>>,
    /// No cut has fewer memberships.
    at_least: usize,
    /// What is known of those that were not tried.
    proof: RemovalProof,
}

impl<'g> Search<'g> {
    /// A third of the steps is for the systematic search, a third for guesses, a third for prices.
    fn new(graph: &'g Graph, cycle: &Cycle, budget: &mut Budget) -> Self {
        let (trying, guessing) = (budget.part(3), budget.part(2));
        Self {
            web: CycleGraph::of(graph, cycle),
            prices: Prices::of(graph, cycle, budget.part(1)),
            trying,
            guessing,
        }
    }

    fn finish(self, budget: &mut Budget) {
        for part in [&self.trying, &self.guessing, self.prices.budget()] {
            budget.put_back(part);
        }
    }

    /// The edges to remove.
    fn best(&mut self) -> (Vec<usize>, RemovalProof) {
        let tried = self.smallest();
        let mut best = tried.best.unwrap_or_default();
        if tried.proof == RemovalProof::Cheapest {
            return (best, tried.proof);
        }
        let every = vec![true; self.web.edges().len()];
        let simple = self.web.closing_edges(&every, &mut self.guessing);
        for other in [simple, self.greedy()] {
            let is_smaller = best.is_empty() || other.len() < best.len();
            let mut is_cheaper = || is_less(self.cost(&other), self.cost(&best));
            if is_smaller || (other.len() == best.len() && is_cheaper()) {
                best = other;
            }
        }
        let proof = if best.len() > tried.at_least {
            RemovalProof::Unproven
        } else if self.cost(&best) == Some(0) {
            RemovalProof::Cheapest
        } else {
            RemovalProof::Smallest
        };
        (best, proof)
    }

    /// Tries sets of one membership, then of two, and so on; every set has one of each ring that is
    /// left.
    fn smallest(&mut self) -> Tried {
        let mut usable = vec![true; self.web.edges().len()];
        for size in 0..=self.web.edges().len() {
            let mut best: Option<(Option<u64>, Vec<usize>)> = None;
            let mut proof = RemovalProof::Cheapest;
            let mut open: Vec<Vec<usize>> = vec![Vec::new()];
            while let Some(removed) = open.pop() {
                mark(&mut usable, &removed, Mark::Gone);
                let ring = self.web.short_ring(&usable, &mut self.trying);
                mark(&mut usable, &removed, Mark::There);
                match ring {
                    Err(Spent) => {
                        proof = RemovalProof::Smallest;
                        open.clear();
                    }
                    Ok(None) => {
                        let cost = self.cost(&removed);
                        if cost.is_none() {
                            proof = RemovalProof::Smallest;
                        }
                        let cheaper = |(least, _): &(Option<u64>, _)| is_less(cost, *least);
                        if best.as_ref().is_none_or(cheaper) {
                            best = Some((cost, removed));
                        }
                        if cost == Some(0) {
                            proof = RemovalProof::Cheapest;
                            open.clear();
                        }
                    }
                    Ok(Some(ring)) if removed.len() < size => {
                        // The last one pushed is tried first.
                        open.extend(ring.into_iter().rev().map(|edge| {
                            let mut more = removed.clone();
                            more.push(edge);
                            more
                        }));
                    }
                    Ok(Some(_)) => {}
                }
            }
            if best.is_some() || proof != RemovalProof::Cheapest {
                return Tried {
                    best: best.map(|(_, removed)| removed),
                    at_least: size,
                    proof,
                };
            }
        }
        Tried {
            best: None,
            at_least: 0,
            proof: RemovalProof::Unproven,
        }
    }

    /// Takes the cheapest membership of a short ring, again and again, then puts back what was not
    /// needed; where the steps do not last, what closes a ring in one search goes too.
    fn greedy(&mut self) -> Vec<usize> {
        let mut usable = vec![true; self.web.edges().len()];
        let mut removed = Vec::new();
        while let Ok(Some(ring)) = self.web.short_ring(&usable, &mut self.guessing) {
            let prices = &mut self.prices;
            let edges = self.web.edges();
            let price = |edge: &usize| {
                let (container, nested) = edges.get(*edge).copied()?;
                prices.of_edge(container, nested)
            };
            let cheapest = cheapest(&ring, price);
            mark(&mut usable, cheapest.as_slice(), Mark::Gone);
            removed.extend(cheapest);
        }
        let closing = self.web.closing_edges(&usable, &mut self.guessing);
        mark(&mut usable, &closing, Mark::Gone);
        removed.extend(closing);
        removed.retain(|edge| {
            mark(&mut usable, &[*edge], Mark::There);
            let needless = self.web.short_ring(&usable, &mut self.guessing) == Ok(None);
            if !needless {
                mark(&mut usable, &[*edge], Mark::Gone);
            }
            !needless
        });
        removed
    }

    /// What the removal of some edges costs, each counted alone; `None` if that is not known.
    fn cost(&mut self, removed: &[usize]) -> Option<u64> {
        let mut cost = 0_u64;
        for edge in removed {
            let (container, nested) = self.web.edges().get(*edge).copied()?;
            cost = cost.saturating_add(self.prices.of_edge(container, nested)?);
        }
        Some(cost)
    }
}

/// Returns the first of the edges that cost least; one whose price is not known costs most.
fn cheapest(ring: &[usize], mut price: impl FnMut(&usize) -> Option<u64>) -> Option<usize> {
    let mut best: Option<(u64, usize)> = None;
    for edge in ring {
        let price = price(edge).unwrap_or(u64::MAX);
        if best.is_none_or(|(least, _)| price < least) {
            best = Some((price, *edge));
        }
    }
    best.map(|(_, edge)| edge)
}

fn is_less(cost: Option<u64>, least: Option<u64>) -> bool {
    cost.unwrap_or(u64::MAX) < least.unwrap_or(u64::MAX)
}

/// Whether an edge may be walked over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    There,
    Gone,
}

fn mark(usable: &mut [bool], edges: &[usize], mark: Mark) {
    for edge in edges {
        if let Some(place) = usable.get_mut(*edge) {
            *place = mark == Mark::There;
        }
    }
}

#[cfg(test)]
mod tests {
    use guichet_core::{DirectoryBuilder, GroupName, UserName};

    use super::{Budget, RemovalProof, Search, cuts};
    use crate::closure::Closure;

    #[test]
    fn what_a_later_choice_makes_needless_is_put_back() {
        let mut builder = DirectoryBuilder::new();
        let [a, b, c, d] =
            ["a", "b", "c", "d"].map(|name| builder.group(GroupName::from_stored(name)));
        builder.members_of(a).group("b");
        builder.members_of(a).group("c");
        builder.members_of(b).group("a");
        builder.members_of(c).group("b");
        builder.members_of(c).group("d");
        builder.members_of(d).group("c");
        let closure = Closure::new(builder.finish());
        let mut budget = Budget::new(1_000);
        let mut search = Search::new(closure.graph(), &closure.cycles()[0], &mut budget);
        let edges = [(a, b), (a, c), (b, a), (c, b), (c, d), (d, c)];
        assert_eq!(search.web.edges(), edges);
        // Of the two short rings the first and the fifth are the cheapest; the long one then needs
        // the third, which the first short one has too.
        for (edge, price) in edges.into_iter().zip([1, 9, 2, 9, 3, 4]) {
            search.prices.set(edge, price);
        }
        assert_eq!(search.greedy(), [4, 2]);
    }

    /// Groups with a user in each, and the groups that `nested` says in each.
    fn linked(size: usize, nested: impl Fn(usize) -> Vec<usize>) -> Closure {
        let mut builder = DirectoryBuilder::new();
        let handles: Vec<_> = (0..size)
            .map(|n| builder.group(GroupName::from_stored(format!("g{n}"))))
            .collect();
        for (n, group) in handles.iter().enumerate() {
            builder.user(UserName::from_stored(format!("u{n}")));
            let mut members = builder.members_of(*group);
            members.user(&format!("u{n}"));
            for nested in nested(n) {
                members.group(&format!("g{nested}"));
            }
        }
        Closure::new(builder.finish())
    }

    /// Groups that all contain one another over four links each.
    fn connected(size: usize) -> Closure {
        linked(size, |n| {
            [0, 7, 28, 63].map(|step| (n + 1 + step) % size).to_vec()
        })
    }

    fn complete(size: usize) -> Closure {
        linked(size, |n| (0..size).filter(|other| *other != n).collect())
    }

    /// Found by a trial: one cycle of 4,000 groups and 16,000 links took 69 s, a complete graph of
    /// 200 groups 59 s.
    #[test]
    fn the_steps_of_a_cut_are_bounded_however_large_the_cycle_is() {
        const STEPS: usize = 200_000;
        for closure in [1_000, 2_000, 4_000]
            .map(connected)
            .into_iter()
            .chain([50, 100, 200].map(complete))
        {
            let cycles = closure.cycles();
            let mut budget = Budget::new(STEPS);
            let cuts = cuts(closure.graph(), &cycles, &mut budget);
            assert!(cuts.iter().all(|cut| cut.proof == RemovalProof::Unproven));
            let groups = closure.directory().groups();
            let size: usize = groups.map(|(_, group)| group.groups().len() + 1).sum();
            // Beyond the budget only some searches that look once at everything.
            let most = STEPS + 6 * size;
            assert!(budget.taken() <= most, "{} > {most}", budget.taken());
        }
    }

    /// A small cycle has its advice although a large one beside it takes all that there is.
    #[test]
    fn a_large_cycle_leaves_the_small_ones_their_share() {
        let mut builder = DirectoryBuilder::new();
        let names = |n: usize, side: &str| format!("{side}{n}");
        let big: Vec<_> = (0..300)
            .map(|n| builder.group(GroupName::from_stored(names(n, "big"))))
            .collect();
        for (n, group) in big.iter().enumerate() {
            for step in [1, 2, 5, 11] {
                let nested = names((n + step) % big.len(), "big");
                builder.members_of(*group).group(&nested);
            }
        }
        for n in 0..20 {
            let [left, right] =
                ["left", "right"].map(|side| builder.group(GroupName::from_stored(names(n, side))));
            builder.members_of(left).group(&names(n, "right"));
            builder.members_of(right).group(&names(n, "left"));
        }
        let closure = Closure::new(builder.finish());
        let cuts = cuts(closure.graph(), &closure.cycles(), &mut Budget::new(20_000));
        let (large, small) = cuts.split_first().unwrap();
        assert_eq!(large.proof, RemovalProof::Unproven);
        assert!(small.iter().all(|cut| cut.proof == RemovalProof::Cheapest));
    }
}
