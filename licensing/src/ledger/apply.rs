//! Applying events: the only code that changes a ledger.

use guichet_core::identity::{folded_name, same_name};
use guichet_core::{PluginKey, UserName};

use super::error::{Flaw, ReplayError};
use super::plugin_seats::{AccountIndex, PluginSeats, Seat};
use super::{Ledger, LeftSeat, PluginIndex, SessionState};
use crate::event::{Event, EventKind, SeatUse};
use crate::moment::Moment;
use crate::refusal::Refusal;
use crate::session::SessionId;

impl Ledger {
    /// Applies the event that comes next.
    ///
    /// # Errors
    ///
    /// [`ReplayError`] when the event cannot follow the ones before it; the ledger is unchanged.
    pub fn apply(&mut self, event: &Event) -> Result<(), ReplayError> {
        self.try_apply(event).map_err(|flaw| ReplayError {
            sequence: event.sequence,
            flaw,
        })
    }

    fn try_apply(&mut self, event: &Event) -> Result<(), Flaw> {
        let expected = self.last.next();
        if event.sequence != expected {
            return Err(Flaw::Gap { expected });
        }
        if !self.left.is_empty() && !matches!(event.kind, EventKind::SeatReleased { .. }) {
            return Err(Flaw::NotFreed);
        }
        self.apply_kind(event)?;
        self.last = event.sequence;
        self.moments.add(event.at);
        Ok(())
    }

    fn apply_kind(&mut self, event: &Event) -> Result<(), Flaw> {
        match &event.kind {
            EventKind::SessionOpened { session, user } => self.opened(event, session, user),
            EventKind::SessionClosed { session, user, .. } => self.closed(session, user),
            EventKind::EntitlementChanged {
                plugin,
                entitlement,
            } => {
                let index = self.intern_plugin(plugin);
                if let Some(seats) = self.plugin_mut(index) {
                    seats.entitlement = entitlement.clone();
                }
                Ok(())
            }
            EventKind::SeatGranted(seat) => self.granted(event, seat),
            EventKind::SeatHeld(seat) => self.held(seat),
            EventKind::SeatRefused(seat, reason) => self.refused(event.at, *reason, seat),
            EventKind::SeatReleased(seat) => self.released(seat),
        }
    }

    fn opened(&mut self, event: &Event, id: &SessionId, user: &UserName) -> Result<(), Flaw> {
        if self.sessions.contains_key(id) {
            return Err(Flaw::SessionOpen(id.clone()));
        }
        let account = self.intern_account(user);
        if let Some(name) = self.accounts.get_mut(account.0 as usize) {
            *name = user.clone();
        }
        let state = SessionState {
            account,
            opened: event.at,
            sequence: event.sequence,
            uses: Vec::new(),
        };
        self.sessions.insert(id.clone(), state);
        Ok(())
    }

    fn closed(&mut self, id: &SessionId, user: &UserName) -> Result<(), Flaw> {
        self.session_of(id, user)?;
        let Some(state) = self.sessions.remove(id) else {
            return Err(Flaw::SessionNotOpen(id.clone()));
        };
        for index in state.uses.into_iter().rev() {
            let Some(seats) = self.plugin_mut(index) else {
                continue;
            };
            let Some(seat) = seats.seats.get_mut(&state.account) else {
                continue;
            };
            seat.sessions.remove(id);
            if seat.sessions.is_empty() {
                self.left.push(LeftSeat {
                    session: id.clone(),
                    account: state.account,
                    plugin: index,
                });
            }
        }
        Ok(())
    }

    fn granted(&mut self, event: &Event, about: &SeatUse) -> Result<(), Flaw> {
        let account = self.session_of(&about.session, &about.user)?;
        let seats = self.plugin_by_key(&about.plugin);
        if seats.is_some_and(|seats| seats.seats.contains_key(&account)) {
            return Err(Flaw::HeldAlready);
        }
        if self.shortage(&about.plugin, event.at).is_some() {
            return Err(Flaw::NoSeatFree);
        }
        let plugin = self.intern_plugin(&about.plugin);
        let seat = Seat {
            since: event.at,
            granted: event.sequence,
            sessions: [about.session.clone()].into(),
        };
        if let Some(seats) = self.plugin_mut(plugin) {
            seats.grant(account, seat);
        }
        if let Some(session) = self.sessions.get_mut(&about.session) {
            session.uses.push(plugin);
        }
        Ok(())
    }

    fn held(&mut self, about: &SeatUse) -> Result<(), Flaw> {
        let account = self.session_of(&about.session, &about.user)?;
        let Some(plugin) = self.plugin_keys.get(&about.plugin).copied() else {
            return Err(Flaw::NotHeld);
        };
        let Some(seats) = self.plugin_mut(plugin) else {
            return Err(Flaw::NotHeld);
        };
        let Some(seat) = seats.seats.get_mut(&account) else {
            return Err(Flaw::NotHeld);
        };
        let joins = seat.sessions.insert(about.session.clone());
        seats.held = seats.held.saturating_add(1);
        if joins && let Some(session) = self.sessions.get_mut(&about.session) {
            session.uses.push(plugin);
        }
        Ok(())
    }

    fn refused(&mut self, at: Moment, reason: Refusal, about: &SeatUse) -> Result<(), Flaw> {
        let account = self.session_of(&about.session, &about.user)?;
        let seats = self.plugin_by_key(&about.plugin);
        let seat = seats.and_then(|seats| seats.seats.get(&account));
        let applies = if reason.is_shortage() {
            seat.is_none() && self.shortage(&about.plugin, at) == Some(reason)
        } else {
            seat.is_none_or(|seat| !seat.sessions.contains(&about.session))
        };
        if !applies {
            return Err(Flaw::RefusedWrongly);
        }
        let plugin = self.intern_plugin(&about.plugin);
        if let Some(seats) = self.plugin_mut(plugin) {
            seats.refusals.count(reason);
        }
        Ok(())
    }

    fn released(&mut self, about: &SeatUse) -> Result<(), Flaw> {
        let next = self.left.last().ok_or(Flaw::NotLeft)?;
        let plugin = next.plugin;
        let account = next.account;
        let is_it = next.session == about.session
            && self.plugin_keys.get(&about.plugin) == Some(&plugin)
            && self.is_account(account, &about.user);
        if !is_it {
            return Err(Flaw::NotLeft);
        }
        self.left.pop();
        if let Some(seats) = self.plugin_mut(plugin) {
            seats.release(account);
        }
        Ok(())
    }

    /// Finds the account of an open session and checks that it is the one named.
    fn session_of(&self, id: &SessionId, user: &UserName) -> Result<AccountIndex, Flaw> {
        let session = self.sessions.get(id);
        let account = session
            .ok_or_else(|| Flaw::SessionNotOpen(id.clone()))?
            .account;
        if self.is_account(account, user) {
            Ok(account)
        } else {
            Err(Flaw::OtherAccount(id.clone()))
        }
    }

    fn is_account(&self, index: AccountIndex, user: &UserName) -> bool {
        self.account_name(index)
            .is_some_and(|name| same_name(name.as_str(), user.as_str()))
    }

    fn intern_account(&mut self, user: &UserName) -> AccountIndex {
        let next = AccountIndex(u32::try_from(self.accounts.len()).unwrap_or(u32::MAX));
        let folded = folded_name(user.as_str());
        let index = *self.account_names.entry(folded).or_insert(next);
        if index == next {
            self.accounts.push(user.clone());
        }
        index
    }

    fn intern_plugin(&mut self, key: &PluginKey) -> PluginIndex {
        if let Some(index) = self.plugin_keys.get(key) {
            return *index;
        }
        let index = PluginIndex(u32::try_from(self.plugins.len()).unwrap_or(u32::MAX));
        self.plugins.push((key.clone(), PluginSeats::default()));
        self.plugin_keys.insert(key.clone(), index);
        index
    }
}
