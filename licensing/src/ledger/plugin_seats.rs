//! The seats of one plug-in: who holds them, what was refused, and the exact peak.

use std::collections::{BTreeSet, HashMap};

use crate::entitlement::Entitlement;
use crate::event::Sequence;
use crate::moment::Moment;
use crate::refusal::{Refusal, RefusalCounts};
use crate::seat_count::{Owned, SeatCount};
use crate::session::SessionId;

/// A dense number of an account inside one ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct AccountIndex(pub(super) u32);

/// One seat in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seat {
    pub(super) since: Moment,
    pub(super) granted: Sequence,
    // INVARIANT: only open sessions of the account; empty only until the release that follows.
    pub(super) sessions: BTreeSet<SessionId>,
}

/// The most seats that were ever in use at once, and when it came to that first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PeakMark {
    pub(super) count: SeatCount,
    pub(super) at: Moment,
    pub(super) sequence: Sequence,
}

/// The seats of one plug-in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct PluginSeats {
    pub(super) entitlement: Entitlement,
    pub(super) seats: HashMap<AccountIndex, Seat>,
    pub(super) granted: u64,
    pub(super) held: u64,
    pub(super) refusals: RefusalCounts,
    pub(super) peak: Option<PeakMark>,
    // INVARIANT: the accounts that held a seat at the peak and gave it back since. An account that held one
    // at the peak is here, or holds a seat granted at or before the peak.
    pub(super) left_since_peak: Vec<AccountIndex>,
}

impl PluginSeats {
    pub(super) fn owned_at(&self, at: Moment) -> Owned {
        self.entitlement.owned_at(at)
    }

    pub(super) fn in_use(&self) -> SeatCount {
        SeatCount::new(u32::try_from(self.seats.len()).unwrap_or(u32::MAX))
    }

    /// Returns why the next seat would be refused, if seats are missing.
    pub(super) fn shortage(&self, at: Moment) -> Option<Refusal> {
        let owned = self.owned_at(at);
        if !owned.gives_seats() {
            Some(Refusal::NoLicence)
        } else if owned.allows_one_more(self.in_use()) {
            None
        } else {
            Some(Refusal::Exhausted)
        }
    }

    pub(super) fn grant(&mut self, account: AccountIndex, seat: Seat) {
        let (at, sequence) = (seat.since, seat.granted);
        self.seats.insert(account, seat);
        self.granted = self.granted.saturating_add(1);
        let count = self.in_use();
        if self.peak.is_none_or(|peak| peak.count < count) {
            self.peak = Some(PeakMark {
                count,
                at,
                sequence,
            });
            self.left_since_peak.clear();
        }
    }

    pub(super) fn release(&mut self, account: AccountIndex) {
        let Some(seat) = self.seats.remove(&account) else {
            return;
        };
        if self.peak.is_some_and(|peak| seat.granted <= peak.sequence) {
            self.left_since_peak.push(account);
        }
    }

    /// The accounts that held a seat at the peak, in no order.
    pub(super) fn peak_accounts(&self) -> impl Iterator<Item = AccountIndex> {
        let sequence = self.peak.map_or(Sequence::NONE, |peak| peak.sequence);
        let still = self
            .seats
            .iter()
            .filter_map(move |(account, seat)| (seat.granted <= sequence).then_some(*account));
        self.left_since_peak.iter().copied().chain(still)
    }
}
