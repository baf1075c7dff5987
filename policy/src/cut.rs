//! Which memberships to remove so that a cycle is gone, and what that costs in access (decision D34).

use guichet_core::GroupHandle;

use crate::closure::Closure;
use crate::cycle::Cycle;
use crate::engine::{Edit, Scratch};
use crate::web::Web;

/// The search for the smallest set gives up after about this many steps from group to group.
const SEARCH_STEPS: usize = 20_000_000;

/// Cycles of more groups are cut where one search happens to close its rings.
const SEARCHED_GROUPS: usize = 64;

/// Every membership of a cycle is priced when there are no more than this many.
const PRICED_MEMBERSHIPS: usize = 256;

/// A price is not counted when it would take more than this many steps from user to group.
const PRICE_STEPS: usize = 20_000_000;

/// Memberships whose removal leaves nothing of a cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The memberships, in the order of the file.
    pub memberships: Vec<CutMembership>,
    /// Whether fewer could do.
    pub size: CutSize,
}

/// One membership to remove.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CutMembership {
    /// The group that holds the other one.
    pub container: GroupHandle,
    /// The group to take out of it.
    pub nested: GroupHandle,
    /// How many pairs of a user and a group are no longer members of each other when this membership
    /// alone is removed; `None` when the directory is too large to count them.
    pub lost: Option<u64>,
}

/// Whether a cut is known to be as small as possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CutSize {
    /// No smaller set does; of those of this size it loses least, each membership counted alone.
    Smallest,
    /// A smaller one may exist: the cycle is too large to try all.
    Small,
}

impl Closure {
    /// Returns the memberships to remove so that nothing is left of a cycle of this directory.
    ///
    /// Exact for up to 64 groups unless too many sets would have to be tried. Else greedy: the
    /// cheapest membership of a shortest ring, again and again, then those put back that were not
    /// needed; for still larger cycles, every membership that closes a ring in one depth-first
    /// search.
    ///
    /// ```
    /// use guichet_core::{DirectoryBuilder, GroupName, UserName};
    /// use guichet_policy::{Closure, CutSize};
    ///
    /// let mut builder = DirectoryBuilder::new();
    /// builder.user(UserName::stored("Ann"));
    /// let sales = builder.group(GroupName::stored("Sales"));
    /// let staff = builder.group(GroupName::stored("Staff"));
    /// builder.members_of(sales).group("Staff");
    /// builder.members_of(staff).group("Sales");
    /// builder.members_of(sales).user("Ann");
    ///
    /// let closure = Closure::new(builder.finish());
    /// let cycle = &closure.cycles()[0];
    /// let cut = closure.cheapest_cut(cycle);
    /// // Ann is in Sales directly, so taking Staff out of it costs nothing.
    /// assert_eq!(cut.size, CutSize::Smallest);
    /// assert_eq!(cut.memberships[0].container, sales);
    /// assert_eq!(cut.memberships[0].nested, staff);
    /// assert_eq!(cut.memberships[0].lost, Some(0));
    /// ```
    pub fn cheapest_cut(&self, cycle: &Cycle) -> Cut {
        let web = Web::of(self.graph(), cycle);
        let mut prices = vec![None; web.edges().len()];
        if prices.len() <= PRICED_MEMBERSHIPS {
            for (price, (container, nested)) in prices.iter_mut().zip(web.edges()) {
                *price = self.lost_without(*container, *nested);
            }
        }
        let (mut removed, size) = cut(&web, &prices);
        removed.sort_unstable();
        let edge = |edge: &usize| {
            let (container, nested) = web.edges().get(*edge).copied()?;
            let price = prices.get(*edge).copied().flatten();
            Some(CutMembership {
                container,
                nested,
                lost: price.or_else(|| self.lost_without(container, nested)),
            })
        };
        Cut {
            memberships: removed.iter().filter_map(edge).collect(),
            size,
        }
    }

    /// Counts the pairs of a user and a group that one membership alone makes members.
    fn lost_without(&self, container: GroupHandle, nested: GroupHandle) -> Option<u64> {
        let mut scratch = Scratch::new();
        let snapshot = self.snapshot();
        let users = snapshot.users_of_group(nested, &mut scratch).to_vec();
        let above = snapshot.containers(container, &mut scratch).len();
        if users.len().saturating_mul(above.saturating_add(1)) > PRICE_STEPS {
            return None;
        }
        let without = snapshot.after([Edit::TakeGroup { container, nested }]);
        let mut lost = 0_u64;
        for user in users {
            let before = snapshot.groups_of_user(user, &mut scratch).len();
            let after = without.groups_of_user(user, &mut scratch).len();
            let fewer = before.saturating_sub(after);
            lost = lost.saturating_add(u64::try_from(fewer).unwrap_or(u64::MAX));
        }
        Some(lost)
    }
}

/// The edges to remove.
fn cut(web: &Web, prices: &[Option<u64>]) -> (Vec<usize>, CutSize) {
    if web.groups() > SEARCHED_GROUPS {
        let removed = web.closing_edges();
        let size = if removed.len() > 1 {
            CutSize::Small
        } else {
            CutSize::Smallest
        };
        return (removed, size);
    }
    match smallest(web, prices) {
        Some(removed) => (removed, CutSize::Smallest),
        None => (greedy(web, prices), CutSize::Small),
    }
}

fn price(prices: &[Option<u64>], edge: usize) -> u64 {
    prices.get(edge).copied().flatten().unwrap_or(u64::MAX)
}

/// Tries sets of one membership, then of two, and so on; every set has one of each ring that is left.
fn smallest(web: &Web, prices: &[Option<u64>]) -> Option<Vec<usize>> {
    let steps = web.groups().saturating_mul(web.edges().len());
    let mut patience = SEARCH_STEPS / steps.max(1);
    for size in 0..=web.edges().len() {
        let mut best: Option<(u64, Vec<usize>)> = None;
        let mut open: Vec<Vec<usize>> = vec![Vec::new()];
        while let Some(removed) = open.pop() {
            patience = patience.checked_sub(1)?;
            match web.shortest_ring(&removed) {
                None => {
                    let each = removed.iter().map(|edge| price(prices, *edge));
                    let cost = each.fold(0, u64::saturating_add);
                    if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                        best = Some((cost, removed));
                    }
                }
                Some(ring) if removed.len() < size => {
                    // The last one pushed is tried first.
                    open.extend(ring.into_iter().rev().map(|edge| {
                        let mut more = removed.clone();
                        more.push(edge);
                        more
                    }));
                }
                Some(_) => {}
            }
        }
        if let Some((_, removed)) = best {
            return Some(removed);
        }
    }
    None
}

fn greedy(web: &Web, prices: &[Option<u64>]) -> Vec<usize> {
    let mut removed = Vec::new();
    while let Some(ring) = web.shortest_ring(&removed) {
        let cheapest = ring.into_iter().min_by_key(|edge| price(prices, *edge));
        removed.extend(cheapest);
    }
    for edge in removed.clone() {
        let fewer: Vec<usize> = removed.iter().copied().filter(|one| *one != edge).collect();
        if web.shortest_ring(&fewer).is_none() {
            removed = fewer;
        }
    }
    removed
}

#[cfg(test)]
mod tests {
    use guichet_core::{DirectoryBuilder, GroupName};

    use super::{Closure, Web, greedy};

    #[test]
    fn what_a_later_choice_makes_needless_is_put_back() {
        let mut builder = DirectoryBuilder::new();
        let [a, b, c, d] = ["a", "b", "c", "d"].map(|name| builder.group(GroupName::stored(name)));
        builder.members_of(a).group("b");
        builder.members_of(a).group("c");
        builder.members_of(b).group("a");
        builder.members_of(c).group("b");
        builder.members_of(c).group("d");
        builder.members_of(d).group("c");
        let closure = Closure::new(builder.finish());
        let web = Web::of(closure.graph(), &closure.cycles()[0]);
        let edges = [(a, b), (a, c), (b, a), (c, b), (c, d), (d, c)];
        assert_eq!(web.edges(), edges);
        // Of the two short rings the first and the fifth are the cheapest; the long one then needs
        // the third, which the first short one has too.
        let prices = [1, 9, 2, 9, 3, 4].map(Some);
        assert_eq!(greedy(&web, &prices), [4, 2]);
    }
}
