//! Events that cannot follow what came before them: each is refused, with its reason, and leaves
//! the ledger as it was.

use guichet_core::AdmissionReason;
use guichet_licensing::{CloseReason, Event, EventKind, Flaw, Ledger, Refusal, SeatUse, Sequence};

use crate::support::{minute, plugin, seats, session, user};

/// Ann has two sessions and holds the only seat of `write` with the first; Bob has one; there is a
/// free seat of `view` and none of `web`.
fn office() -> Ledger {
    let everyone = |_: &_, _: &_| AdmissionReason::Everyone;
    let mut ledger = Ledger::new();
    ledger.entitle(&plugin("write"), &seats(1), minute(0));
    ledger.entitle(&plugin("view"), &seats(1), minute(0));
    for (id, name) in [("a1", "Ann"), ("a2", "Ann"), ("b", "Bob")] {
        ledger.open(&session(id), &user(name), minute(1)).unwrap();
    }
    let taken = ledger.take(&session("a1"), &plugin("write"), &everyone, minute(2));
    assert!(taken.unwrap().outcome.is_granted());
    ledger
}

fn next(ledger: &Ledger, kind: EventKind) -> Event {
    Event {
        sequence: ledger.last_sequence().next(),
        at: minute(3),
        kind,
    }
}

fn apply(ledger: &mut Ledger, kind: EventKind) -> Result<(), Flaw> {
    let event = next(ledger, kind);
    ledger.apply(&event).map_err(|error| error.flaw)
}

fn seat(id: &str, name: &str, key: &str) -> SeatUse {
    SeatUse {
        session: session(id),
        user: user(name),
        plugin: plugin(key),
    }
}

fn granted(id: &str, name: &str, key: &str) -> EventKind {
    EventKind::SeatGranted(seat(id, name, key))
}

fn held(id: &str, name: &str, key: &str) -> EventKind {
    EventKind::SeatHeld(seat(id, name, key))
}

fn refused(id: &str, name: &str, key: &str, reason: Refusal) -> EventKind {
    EventKind::SeatRefused(seat(id, name, key), reason)
}

fn released(id: &str, name: &str, key: &str) -> EventKind {
    EventKind::SeatReleased(seat(id, name, key))
}

fn opened(id: &str, name: &str) -> EventKind {
    EventKind::SessionOpened {
        session: session(id),
        user: user(name),
    }
}

fn closed(id: &str, name: &str) -> EventKind {
    EventKind::SessionClosed {
        session: session(id),
        user: user(name),
        reason: CloseReason::Closed,
    }
}

#[test]
fn an_event_that_cannot_be_is_refused_and_changes_nothing() {
    use Refusal::{Exhausted, NoLicence, NotEntitled};
    let other_account = || Flaw::OtherAccount(session("a1"));
    let not_open = || Flaw::SessionNotOpen(session("x"));
    let cases = [
        (opened("a1", "Bob"), Flaw::SessionOpen(session("a1"))),
        (closed("x", "Ann"), not_open()),
        (closed("a1", "Bob"), other_account()),
        (granted("x", "Ann", "view"), not_open()),
        (granted("a1", "Bob", "view"), other_account()),
        (granted("a2", "Ann", "write"), Flaw::HeldAlready),
        (granted("b", "Bob", "write"), Flaw::NoSeatFree),
        (granted("b", "Bob", "web"), Flaw::NoSeatFree),
        (held("a1", "Ann", "view"), Flaw::NotHeld),
        (held("a1", "Ann", "web"), Flaw::NotHeld),
        (held("b", "Bob", "write"), Flaw::NotHeld),
        (
            refused("a1", "Ann", "write", NotEntitled),
            Flaw::RefusedWrongly,
        ),
        (
            refused("a1", "Ann", "write", Exhausted),
            Flaw::RefusedWrongly,
        ),
        (
            refused("a2", "Ann", "write", Exhausted),
            Flaw::RefusedWrongly,
        ),
        (
            refused("b", "Bob", "write", NoLicence),
            Flaw::RefusedWrongly,
        ),
        (refused("b", "Bob", "view", Exhausted), Flaw::RefusedWrongly),
        (refused("b", "Bob", "web", Exhausted), Flaw::RefusedWrongly),
        (released("a1", "Ann", "write"), Flaw::NotLeft),
    ];
    let before = office();
    for (kind, flaw) in cases {
        let mut ledger = before.clone();
        assert_eq!(apply(&mut ledger, kind.clone()), Err(flaw), "{kind:?}");
        assert_eq!(ledger, before, "{kind:?}");
    }
}

#[test]
fn an_event_that_can_be_is_taken_whatever_the_spelling_of_the_account() {
    use Refusal::{Exhausted, NoLicence, NotEntitled};
    for kind in [
        opened("x", "Bob"),
        closed("a1", "ANN"),
        granted("b", "bob", "view"),
        held("a2", "Ann", "write"),
        refused("a2", "Ann", "write", NotEntitled),
        refused("b", "Bob", "write", NotEntitled),
        refused("b", "Bob", "write", Exhausted),
        refused("b", "Bob", "web", NoLicence),
    ] {
        assert_eq!(apply(&mut office(), kind.clone()), Ok(()), "{kind:?}");
    }
}

#[test]
fn events_follow_each_other_without_a_gap() {
    let mut ledger = office();
    let last = ledger.last_sequence();
    let expected = last.next();
    for number in [0, 1, last.get(), expected.get() + 1] {
        let event = Event {
            sequence: Sequence::new(number),
            ..next(&ledger, opened("x", "Bob"))
        };
        let error = ledger.apply(&event).unwrap_err();
        assert_eq!(error.flaw, Flaw::Gap { expected });
        assert_eq!(error.sequence.get(), number);
    }
}

#[test]
fn the_seats_that_a_session_leaves_are_freed_next_and_in_the_order_of_use() {
    let mut ledger = office();
    assert_eq!(apply(&mut ledger, granted("a1", "Ann", "view")), Ok(()));
    assert_eq!(apply(&mut ledger, closed("a1", "Ann")), Ok(()));
    assert!(!ledger.is_settled());
    for (kind, flaw) in [
        (opened("x", "Bob"), Flaw::NotFreed),
        (closed("b", "Bob"), Flaw::NotFreed),
        (granted("b", "Bob", "write"), Flaw::NotFreed),
        (released("a2", "Ann", "write"), Flaw::NotLeft),
        (released("a1", "Bob", "write"), Flaw::NotLeft),
        (released("a1", "Ann", "view"), Flaw::NotLeft),
        (released("a1", "Ann", "web"), Flaw::NotLeft),
    ] {
        assert_eq!(apply(&mut ledger, kind.clone()), Err(flaw), "{kind:?}");
    }
    assert_eq!(apply(&mut ledger, released("a1", "ann", "write")), Ok(()));
    assert!(!ledger.is_settled());
    assert_eq!(apply(&mut ledger, released("a1", "Ann", "view")), Ok(()));
    assert!(ledger.is_settled() && ledger.is_sound());
    assert_eq!(apply(&mut ledger, granted("b", "Bob", "write")), Ok(()));
}
