//! Deciding requests: each makes the events that answer it, and changes nothing by itself.

use guichet_core::{PluginKey, UserName};

use super::error::SessionError;
use super::{Ledger, PluginUse, SessionState};
use crate::admission::Gate;
use crate::entitlement::{Entitlement, Entitlements};
use crate::event::{Event, EventKind, SeatUse, Sequence};
use crate::moment::Moment;
use crate::refusal::{Advice, Refusal};
use crate::session::{CloseReason, SessionId};

/// What became of a request for a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TakeOutcome {
    /// The account took a seat that was free.
    Granted,
    /// The account held a seat already; no second one is counted.
    AlreadyHeld,
    /// The account got none.
    Refused(Refusal),
}

impl TakeOutcome {
    /// Returns whether the session may use the plug-in.
    pub const fn is_granted(self) -> bool {
        matches!(self, Self::Granted | Self::AlreadyHeld)
    }

    /// Returns the word for programs: `new-seat`, `already-held` or the reason of the refusal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Granted => "new-seat",
            Self::AlreadyHeld => "already-held",
            Self::Refused(reason) => reason.as_str(),
        }
    }
}

/// The answer to a request for a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Take {
    /// The place of the event that records it.
    pub sequence: Sequence,
    /// The session that asked.
    pub session: SessionId,
    /// Its account.
    pub user: UserName,
    /// The plug-in.
    pub plugin: PluginKey,
    /// What became of it.
    pub outcome: TakeOutcome,
    /// Who holds the seats, longest first, when all are in use; otherwise empty.
    pub holders: Vec<UserName>,
    /// What to tell the account, when it is refused.
    pub advice: Option<Advice>,
}

impl Ledger {
    /// Decides whether a session can be opened, and with which event.
    ///
    /// # Errors
    ///
    /// [`SessionError::AlreadyOpen`] when the id is in use.
    pub(crate) fn decide_open(
        &self,
        session: &SessionId,
        user: &UserName,
        at: Moment,
    ) -> Result<Event, SessionError> {
        if self.sessions.contains_key(session) {
            let session = session.clone();
            return Err(SessionError::AlreadyOpen { session });
        }
        let (session, user) = (session.clone(), user.clone());
        Ok(self.next_event(at, EventKind::SessionOpened { session, user }))
    }

    /// Decides a request for a seat; the event says what becomes of it.
    ///
    /// The gate is asked only when the session does not use the account's seat yet.
    ///
    /// # Errors
    ///
    /// [`SessionError::NotOpen`] when there is no such session.
    pub fn decide_take(
        &self,
        session: &SessionId,
        plugin: &PluginKey,
        gate: &dyn Gate,
        at: Moment,
    ) -> Result<Event, SessionError> {
        let (state, user) = self.open_session(session)?;
        let seats = self.plugin_by_key(plugin);
        let seat = seats.and_then(|seats| seats.seats.get(&state.account));
        let uses_it = seat.is_some_and(|seat| seat.sessions.contains(session));
        let refusal = if uses_it {
            None
        } else {
            let refusal = Refusal::of_standing(gate.standing(user, plugin));
            refusal.or_else(|| match seat {
                Some(_) => None,
                None => self.shortage(plugin, at),
            })
        };
        let asked = SeatUse {
            session: session.clone(),
            user: user.clone(),
            plugin: plugin.clone(),
        };
        let kind = match (refusal, seat) {
            (Some(reason), _) => EventKind::SeatRefused(asked, reason),
            (None, Some(_)) => EventKind::SeatHeld(asked),
            (None, None) => EventKind::SeatGranted(asked),
        };
        Ok(self.next_event(at, kind))
    }

    /// Decides the end of a session: the event of its end and one for each seat that it frees.
    ///
    /// # Errors
    ///
    /// [`SessionError::NotOpen`] when there is no such session.
    pub(crate) fn decide_close(
        &self,
        session: &SessionId,
        reason: CloseReason,
        at: Moment,
    ) -> Result<Vec<Event>, SessionError> {
        let (state, user) = self.open_session(session)?;
        let freed = state.uses.iter().filter_map(|index| {
            let (key, seats) = self.plugins.get(index.0 as usize)?;
            let seat = seats.seats.get(&state.account)?;
            (seat.sessions.len() == 1).then_some(key)
        });
        let closed = EventKind::SessionClosed {
            session: session.clone(),
            user: user.clone(),
            reason,
        };
        let released = freed.map(|plugin| {
            EventKind::SeatReleased(SeatUse {
                session: session.clone(),
                user: user.clone(),
                plugin: plugin.clone(),
            })
        });
        let mut sequence = self.last;
        let kinds = std::iter::once(closed).chain(released);
        let numbered = kinds.map(|kind| {
            sequence = sequence.next();
            Event { sequence, at, kind }
        });
        Ok(numbered.collect())
    }

    /// Decides a change of what is owned; `None` when it is owned already.
    pub(crate) fn decide_entitle(
        &self,
        plugin: &PluginKey,
        entitlement: &Entitlement,
        at: Moment,
    ) -> Option<Event> {
        let known = self.plugin_by_key(plugin);
        let same = known.is_some_and(|seats| seats.entitlement == *entitlement);
        let changed = EventKind::EntitlementChanged {
            plugin: plugin.clone(),
            entitlement: entitlement.clone(),
        };
        (!same).then(|| self.next_event(at, changed))
    }

    /// Opens a session: decides and applies.
    ///
    /// # Errors
    ///
    /// [`SessionError::AlreadyOpen`] when the id is in use.
    pub fn open(
        &mut self,
        session: &SessionId,
        user: &UserName,
        at: Moment,
    ) -> Result<Event, SessionError> {
        let event = self.decide_open(session, user, at)?;
        self.apply_own(&event);
        Ok(event)
    }

    /// Asks for a seat: decides and applies.
    ///
    /// # Errors
    ///
    /// As [`decide_take`](Self::decide_take).
    pub fn take(
        &mut self,
        session: &SessionId,
        plugin: &PluginKey,
        gate: &dyn Gate,
        at: Moment,
    ) -> Result<Take, SessionError> {
        let event = self.decide_take(session, plugin, gate, at)?;
        self.apply_own(&event);
        self.answer(&event, gate)
            .ok_or_else(|| SessionError::not_open(session))
    }

    /// Ends a session: decides and applies. Returns the events.
    ///
    /// # Errors
    ///
    /// [`SessionError::NotOpen`] when there is no such session.
    pub fn close(
        &mut self,
        session: &SessionId,
        reason: CloseReason,
        at: Moment,
    ) -> Result<Vec<Event>, SessionError> {
        let events = self.decide_close(session, reason, at)?;
        for event in &events {
            self.apply_own(event);
        }
        Ok(events)
    }

    /// Records what is owned of a plug-in; returns the event, if it changes anything.
    pub fn entitle(
        &mut self,
        plugin: &PluginKey,
        entitlement: &Entitlement,
        at: Moment,
    ) -> Option<Event> {
        let event = self.decide_entitle(plugin, entitlement, at)?;
        self.apply_own(&event);
        Some(event)
    }

    /// Records what is owned of several plug-ins; those that are not named keep what they have.
    pub(crate) fn entitle_all(&mut self, entitlements: &Entitlements, at: Moment) -> Vec<Event> {
        let each = entitlements.iter();
        each.filter_map(|(plugin, entitlement)| self.entitle(plugin, entitlement, at))
            .collect()
    }

    /// Turns the event of a request into its answer; `None` for any other event.
    ///
    /// To be asked before the next event is applied, because it names the present holders.
    pub fn answer(&self, event: &Event, gate: &dyn Gate) -> Option<Take> {
        let (asked, outcome) = match &event.kind {
            EventKind::SeatGranted(asked) => (asked, TakeOutcome::Granted),
            EventKind::SeatHeld(asked) => (asked, TakeOutcome::AlreadyHeld),
            EventKind::SeatRefused(asked, reason) => (asked, TakeOutcome::Refused(*reason)),
            _ => return None,
        };
        let SeatUse {
            session,
            user,
            plugin,
        } = asked.clone();
        let advice = match outcome {
            TakeOutcome::Refused(reason) => Some(reason.advice(&user, &plugin, gate)),
            TakeOutcome::Granted | TakeOutcome::AlreadyHeld => None,
        };
        let is_exhausted = outcome == TakeOutcome::Refused(Refusal::Exhausted);
        let found = self.plugin_use(&plugin).filter(|_| is_exhausted);
        let holders = found.map(PluginUse::holders).unwrap_or_default();
        Some(Take {
            sequence: event.sequence,
            session,
            user,
            plugin,
            outcome,
            holders: holders.into_iter().map(|holder| holder.user).collect(),
            advice,
        })
    }

    fn open_session(
        &self,
        session: &SessionId,
    ) -> Result<(&SessionState, &UserName), SessionError> {
        let state = self.sessions.get(session);
        state
            .and_then(|state| Some((state, self.account_name(state.account)?)))
            .ok_or_else(|| SessionError::not_open(session))
    }

    fn next_event(&self, at: Moment, kind: EventKind) -> Event {
        Event {
            sequence: self.last.next(),
            at,
            kind,
        }
    }

    /// Applies an event that this ledger has just decided, which therefore fits.
    fn apply_own(&mut self, event: &Event) {
        let applied = self.apply(event);
        debug_assert!(applied.is_ok(), "a decided event fits: {applied:?}");
    }
}
