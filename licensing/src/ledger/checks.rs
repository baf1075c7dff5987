//! Checking a ledger against itself and against what somebody else wrote down of it.

use std::collections::BTreeMap;

#[cfg(feature = "sqlite")]
use guichet_core::{PluginKey, identity::folded_name};

use super::Ledger;
use super::plugin_seats::AccountIndex;
use crate::seat_count::SeatCount;
#[cfg(feature = "sqlite")]
use crate::{event::Sequence, session::SessionId};

impl Ledger {
    /// Tells whether the invariants of the type hold; they always do, and tests ask.
    ///
    /// Seats and sessions point at each other, a seat has a session unless it waits to be freed,
    /// and every count fits.
    pub fn is_sound(&self) -> bool {
        let mut open: BTreeMap<AccountIndex, u32> = BTreeMap::new();
        let uses_are_seats = self.sessions.iter().all(|(id, state)| {
            *open.entry(state.account).or_default() += 1;
            state.uses.iter().all(|index| {
                let seats = self.plugin(*index).map(|seats| &seats.seats);
                seats
                    .and_then(|seats| seats.get(&state.account))
                    .is_some_and(|seat| seat.sessions.contains(id))
            })
        });
        let counts_fit = self.accounts.iter().zip(0..).all(|(account, index)| {
            let counted = open.get(&AccountIndex(index)).copied().unwrap_or(0);
            account.open_sessions == counted
                && self.account_index(&account.name) == Some(AccountIndex(index))
        });
        let users: usize = self.sessions.values().map(|state| state.uses.len()).sum();
        let seated = self
            .plugins
            .iter()
            .flat_map(|(_, seats)| seats.seats.values());
        let sitting: usize = seated.clone().map(|seat| seat.sessions.len()).sum();
        let empty = seated.filter(|seat| seat.sessions.is_empty()).count();
        let peaks_fit = self.plugins.iter().all(|(_, seats)| {
            let peak = seats.peak.map_or(SeatCount::ZERO, |peak| peak.count);
            let accounts = seats.peak_accounts().count();
            seats.in_use() <= peak && u32::try_from(accounts) == Ok(peak.get())
        });
        uses_are_seats && counts_fit && users == sitting && empty == self.left.len() && peaks_fit
    }
}

/// What a durable ledger compares its tables with.
#[cfg(feature = "sqlite")]
impl Ledger {
    /// Returns how many pairs of a session and a seat that it uses there are.
    pub(crate) fn use_count(&self) -> usize {
        self.sessions.values().map(|state| state.uses.len()).sum()
    }

    /// Tells whether a session is open that was opened by this event, for the account of this
    /// folded name.
    pub(crate) fn has_session(&self, id: &SessionId, account: &str, opened: Sequence) -> bool {
        self.sessions.get(id).is_some_and(|state| {
            state.sequence == opened && self.account_names.get(account) == Some(&state.account)
        })
    }

    /// Returns the event that granted the seat which a session uses.
    pub(crate) fn seat_granted(&self, id: &SessionId, plugin: &PluginKey) -> Option<Sequence> {
        let state = self.sessions.get(id)?;
        let seat = self.plugin_by_key(plugin)?.seats.get(&state.account)?;
        seat.sessions.contains(id).then_some(seat.granted)
    }

    /// Returns the folded name of the account of an open session.
    pub(crate) fn account_of(&self, id: &SessionId) -> Option<String> {
        let state = self.sessions.get(id)?;
        Some(folded_name(self.account(state.account)?.name.as_str()))
    }
}
