//! Reading a ledger: open sessions, seats and their holders, peaks.

use guichet_core::{PluginKey, UserName};

use super::plugin_seats::{AccountIndex, PluginSeats, Seat};
use super::{Ledger, SessionState};
use crate::entitlement::{Entitlement, Entitlements};
use crate::event::Sequence;
use crate::moment::Moment;
use crate::refusal::RefusalCounts;
use crate::seat_count::{Owned, SeatCount};
use crate::session::SessionId;

/// One open session.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct OpenSession {
    /// Its id.
    pub session: SessionId,
    /// Its account.
    pub user: UserName,
    /// When it was opened.
    pub opened: Moment,
    /// The plug-ins that it uses, in the order of first use.
    pub plugins: Vec<PluginKey>,
}

/// One account that holds a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The account.
    pub user: UserName,
    /// Its sessions that use the seat, by id.
    pub sessions: Vec<SessionId>,
    /// When the seat was granted.
    pub since: Moment,
    /// The event that granted it.
    pub granted: Sequence,
}

/// The most seats that were ever in use at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peak {
    /// How many.
    pub count: SeatCount,
    /// When it came to that first.
    pub at: Moment,
    /// The event that made it.
    pub sequence: Sequence,
    /// Who held the seats, by name.
    pub users: Vec<UserName>,
}

/// The seats of one plug-in, for reading.
#[derive(Debug, Clone, Copy)]
pub struct PluginUse<'a> {
    ledger: &'a Ledger,
    key: &'a PluginKey,
    seats: &'a PluginSeats,
}

impl<'a> PluginUse<'a> {
    /// Returns the plug-in.
    pub const fn plugin(self) -> &'a PluginKey {
        self.key
    }

    /// Returns what is recorded as owned.
    pub const fn entitlement(self) -> &'a Entitlement {
        &self.seats.entitlement
    }

    /// Returns how many seats are owned at a moment.
    pub fn owned_at(self, at: Moment) -> Owned {
        self.seats.owned_at(at)
    }

    /// Returns how many seats are in use; O(1).
    pub fn in_use(self) -> SeatCount {
        self.seats.in_use()
    }

    /// Returns how many seats were granted so far.
    pub const fn granted(self) -> u64 {
        self.seats.granted
    }

    /// Returns how many requests were answered with the seat that the account held.
    pub const fn held(self) -> u64 {
        self.seats.held
    }

    /// Returns how many requests were refused, by reason.
    pub const fn refusals(self) -> RefusalCounts {
        self.seats.refusals
    }

    /// Returns who holds the seats, longest first; O(n log n) in the seats.
    pub fn holders(self) -> Vec<Holder> {
        let seats = self.seats.seats.iter();
        let each = seats.filter_map(|(account, seat)| self.view_seat(*account, seat));
        let mut holders: Vec<Holder> = each.collect();
        holders.sort_unstable_by_key(|holder| holder.granted);
        holders
    }

    /// Returns the seat that one account holds; O(1) and its sessions.
    pub fn holder(self, user: &UserName) -> Option<Holder> {
        let account = self.ledger.account_index(user)?;
        self.view_seat(account, self.seats.seats.get(&account)?)
    }

    /// Returns the peak: exact, kept at every event; `None` before the first seat.
    pub fn peak(self) -> Option<Peak> {
        let mark = self.seats.peak?;
        let accounts = self.seats.peak_accounts();
        let names = accounts.filter_map(|index| self.ledger.account_name(index));
        let mut users: Vec<UserName> = names.cloned().collect();
        users.sort_unstable();
        Some(Peak {
            count: mark.count,
            at: mark.at,
            sequence: mark.sequence,
            users,
        })
    }

    fn view_seat(self, account: AccountIndex, seat: &Seat) -> Option<Holder> {
        Some(Holder {
            user: self.ledger.account_name(account)?.clone(),
            sessions: seat.sessions.iter().cloned().collect(),
            since: seat.since,
            granted: seat.granted,
        })
    }
}

impl Ledger {
    /// Returns the place of the last event.
    pub const fn last_sequence(&self) -> Sequence {
        self.last
    }

    /// Returns the latest moment that an event has, without those that are more than a day after the
    /// clock; O(log n) in the days on which something happened.
    ///
    /// Never before an event that the clock has reached. Of the second day after the clock, an event
    /// counts only where no later one is too far ahead.
    #[cfg(feature = "sqlite")]
    pub(crate) fn latest_moment(&self, clock: Moment) -> Option<Moment> {
        self.moments.latest(clock)
    }

    /// Returns how many sessions are open; O(1).
    pub fn session_count(&self) -> usize {
        self.sessions.len()
    }

    /// Returns whether the last request is wholly applied: no seat waits to be freed.
    pub const fn is_settled(&self) -> bool {
        self.left.is_empty()
    }

    /// Returns one open session.
    pub fn session(&self, session: &SessionId) -> Option<OpenSession> {
        let state = self.sessions.get(session)?;
        self.view_session(session, state)
    }

    /// Returns the open sessions in the order in which they were opened; O(n log n).
    pub fn sessions(&self) -> Vec<OpenSession> {
        let mut sorted: Vec<_> = self.sessions.iter().collect();
        sorted.sort_unstable_by_key(|(_, state)| state.sequence);
        let view = |(id, state)| self.view_session(id, state);
        sorted.into_iter().filter_map(view).collect()
    }

    /// Returns the seats of a plug-in; `None` when no event was ever about it.
    pub fn plugin_use(&self, plugin: &PluginKey) -> Option<PluginUse<'_>> {
        let index = self.plugin_keys.get(plugin)?;
        let (key, seats) = self.plugins.get(index.0 as usize)?;
        Some(PluginUse {
            ledger: self,
            key,
            seats,
        })
    }

    /// Returns the seats of every plug-in that an event was about, in the order of first mention.
    pub(crate) fn plugin_uses(&self) -> impl ExactSizeIterator<Item = PluginUse<'_>> {
        self.plugins.iter().map(|(key, seats)| PluginUse {
            ledger: self,
            key,
            seats,
        })
    }

    /// Returns what is recorded as owned of every plug-in that an event was about.
    pub fn entitlements(&self) -> Entitlements {
        let each = self.plugins.iter();
        each.map(|(key, seats)| (key.clone(), seats.entitlement.clone()))
            .collect()
    }

    /// Returns an id for a new session: `s` and a number that no open session has.
    #[cfg(feature = "sqlite")]
    pub(crate) fn fresh_session_id(&self) -> SessionId {
        let mut number = self.last.next().get();
        loop {
            let id = SessionId::numbered(number);
            if !self.sessions.contains_key(&id) {
                return id;
            }
            number = number.saturating_add(1);
        }
    }

    fn view_session(&self, id: &SessionId, state: &SessionState) -> Option<OpenSession> {
        let key = |index: &super::PluginIndex| Some(self.plugins.get(index.0 as usize)?.0.clone());
        Some(OpenSession {
            session: id.clone(),
            user: self.account_name(state.account)?.clone(),
            opened: state.opened,
            plugins: state.uses.iter().filter_map(key).collect(),
        })
    }
}
