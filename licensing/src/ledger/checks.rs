//! Checking a ledger against itself and against the tables of a durable one.

#[cfg(feature = "sqlite")]
use guichet_core::{PluginKey, identity::folded_name};

use super::Ledger;
use super::plugin_seats::AccountIndex;
use crate::seat_count::SeatCount;
#[cfg(feature = "sqlite")]
use crate::{event::Sequence, session::SessionId};

impl Ledger {
    /// Returns whether the invariants of the type hold; they always do: an oracle for tests and fuzzing.
    ///
    /// Seats and sessions point at each other, a seat has a session unless it waits to be freed,
    /// every account is found by its name, and the peaks fit.
    pub fn is_sound(&self) -> bool {
        let uses_are_seats = self.sessions.iter().all(|(id, state)| {
            state.uses.iter().all(|index| {
                let seats = self.plugin(*index).map(|seats| &seats.seats);
                seats
                    .and_then(|seats| seats.get(&state.account))
                    .is_some_and(|seat| seat.sessions.contains(id))
            })
        });
        let seated = self
            .plugins
            .iter()
            .flat_map(|(_, seats)| seats.seats.values());
        let sitting: usize = seated.clone().map(|seat| seat.sessions.len()).sum();
        let empty = seated.filter(|seat| seat.sessions.is_empty()).count();
        let mut accounts = self.accounts.iter().zip(0..);
        let names_fit =
            accounts.all(|(name, index)| self.account_index(name) == Some(AccountIndex(index)));
        let peaks_fit = self.plugins.iter().all(|(_, seats)| {
            let peak = seats.peak.map_or(SeatCount::ZERO, |peak| peak.count);
            let accounts = seats.peak_accounts().count();
            seats.in_use() <= peak && u32::try_from(accounts) == Ok(peak.get())
        });
        uses_are_seats
            && sitting == self.use_count()
            && empty == self.left.len()
            && names_fit
            && peaks_fit
    }

    /// Returns how many pairs of a session and a seat that it uses there are.
    pub(crate) fn use_count(&self) -> usize {
        self.sessions.values().map(|state| state.uses.len()).sum()
    }
}

/// What a durable ledger compares its tables with.
#[cfg(feature = "sqlite")]
impl Ledger {
    /// Returns whether a session is open that was opened by this event, for the account of this
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
        Some(folded_name(self.account_name(state.account)?.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use guichet_core::{AdmissionReason, PluginKey, UserName};

    use super::Ledger;
    use crate::ledger::plugin_seats::{PluginSeats, Seat};
    use crate::{CloseReason, Entitlement, Limit, Moment, SessionId};

    fn session(id: &str) -> SessionId {
        SessionId::new(id).unwrap()
    }

    /// Ann and Bob hold the two seats of 4D Write.
    fn two_seats() -> Ledger {
        let write = PluginKey::from_stored("write");
        let everyone = |_: &UserName, _: &PluginKey| AdmissionReason::Everyone;
        let mut ledger = Ledger::new();
        let two = Entitlement::from_limit(Limit::from_count(2));
        ledger.entitle(&write, &two, Moment::EPOCH);
        for name in ["Ann", "Bob"] {
            let (id, name) = (session(name), UserName::from_stored(name));
            ledger.open(&id, &name, Moment::EPOCH).unwrap();
            ledger.take(&id, &write, &everyone, Moment::EPOCH).unwrap();
        }
        ledger
    }

    fn seats(ledger: &mut Ledger) -> &mut PluginSeats {
        &mut ledger.plugins.first_mut().unwrap().1
    }

    fn seat_of_ann(ledger: &mut Ledger) -> &mut Seat {
        let ann = ledger.account_index(&UserName::from_stored("Ann")).unwrap();
        seats(ledger).seats.get_mut(&ann).unwrap()
    }

    /// Breaks one invariant; the ledger must notice.
    #[track_caller]
    fn unsound(damage: impl FnOnce(&mut Ledger)) {
        let mut ledger = two_seats();
        assert!(ledger.is_sound());
        damage(&mut ledger);
        assert!(!ledger.is_sound());
    }

    #[test]
    fn a_session_that_uses_a_seat_sits_on_it() {
        unsound(|ledger| {
            let (ann, bob) = (session("Ann"), session("Bob"));
            let sessions = &mut seat_of_ann(ledger).sessions;
            sessions.remove(&ann);
            sessions.insert(bob);
        });
    }

    #[test]
    fn a_session_that_sits_on_a_seat_uses_it() {
        unsound(|ledger| {
            seat_of_ann(ledger).sessions.insert(session("another"));
        });
    }

    #[test]
    fn a_seat_without_a_session_waits_to_be_freed() {
        unsound(|ledger| {
            let ann = session("Ann");
            seat_of_ann(ledger).sessions.clear();
            ledger.sessions.get_mut(&ann).unwrap().uses.clear();
        });
        unsound(|ledger| {
            let mut other = two_seats();
            let closed = other.decide_close(&session("Ann"), CloseReason::Closed, Moment::EPOCH);
            other.apply(closed.unwrap().first().unwrap()).unwrap();
            assert!(other.is_sound() && !other.is_settled());
            ledger.left = other.left;
        });
    }

    #[test]
    fn an_account_is_found_by_its_name() {
        unsound(|ledger| ledger.accounts.swap(0, 1));
    }

    #[test]
    fn a_peak_is_as_high_as_what_is_in_use_and_knows_who_made_it() {
        unsound(|ledger| seats(ledger).peak = None);
        unsound(|ledger| {
            let ann = ledger.account_index(&UserName::from_stored("Ann")).unwrap();
            seats(ledger).left_since_peak.push(ann);
        });
    }

    #[cfg(feature = "sqlite")]
    #[test]
    fn what_tables_say_is_held_against_the_event_that_made_it() {
        use crate::Sequence;

        let ledger = two_seats();
        let write = PluginKey::from_stored("write");
        let told = ["Ann", "Bob", "Zoe"].map(|name| {
            let id = session(name);
            (ledger.account_of(&id), ledger.seat_granted(&id, &write))
        });
        let [ann, bob] = [("ann", 3), ("bob", 5)]
            .map(|(name, event)| (Some(name.to_owned()), Some(Sequence::new(event))));
        assert_eq!(told, [ann, bob, (None, None)]);
        assert!(ledger.has_session(&session("Ann"), "ann", Sequence::new(2)));
        assert!(!ledger.has_session(&session("Ann"), "ann", Sequence::new(3)));
        assert!(!ledger.has_session(&session("Ann"), "bob", Sequence::new(2)));
    }
}
