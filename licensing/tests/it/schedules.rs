//! The race for the last seat: every order in which takers can decide and write.
//!
//! A taker of the durable ledger works in two steps inside one transaction that excludes others:
//! read and decide, then write. Here the steps of two and three takers are interleaved in every
//! possible way, with and without the lock that the transaction is.

use guichet_core::AdmissionReason;
use guichet_licensing::{Event, EventKind, Ledger};

use crate::support::{minute, plugin, seats, session, user};

/// Every order of `takers` times two steps, each order a list of taker numbers.
fn schedules(takers: usize) -> Vec<Vec<usize>> {
    let mut done: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..takers * 2 {
        let longer = |schedule: Vec<usize>| {
            (0..takers)
                .filter(|taker| schedule.iter().filter(|step| *step == taker).count() < 2)
                .map(|taker| [schedule.clone(), vec![taker]].concat())
                .collect::<Vec<_>>()
        };
        done = done.into_iter().flat_map(longer).collect();
    }
    done
}

fn start(takers: usize, owned: u32) -> Ledger {
    let mut ledger = Ledger::new();
    ledger.entitle(&plugin("write"), &seats(owned), minute(0));
    for taker in 0..takers {
        let name = format!("u{taker}");
        let opened = ledger.open(&session(&name), &user(&name), minute(0));
        assert!(opened.is_ok());
    }
    ledger
}

fn decide(ledger: &Ledger, taker: usize) -> Event {
    let everyone = |_: &_, _: &_| AdmissionReason::Everyone;
    let id = session(&format!("u{taker}"));
    let event = ledger.decide_take(&id, &plugin("write"), &everyone, minute(1));
    event.expect("the session is open")
}

fn grants(events: &[Event]) -> usize {
    let granted = |event: &&Event| matches!(event.kind, EventKind::SeatGranted { .. });
    events.iter().filter(granted).count()
}

#[test]
fn without_a_lock_a_stale_decision_is_never_written() {
    // The sequence number is the guard: of two decisions made on one state, one fits.
    for takers in [2, 3] {
        for owned in 1..=2 {
            for schedule in schedules(takers) {
                let mut ledger = start(takers, owned);
                let mut decided: Vec<Option<Event>> = vec![None; takers];
                let mut written = Vec::new();
                for taker in &schedule {
                    match decided[*taker].take() {
                        None => decided[*taker] = Some(decide(&ledger, *taker)),
                        Some(event) => {
                            if ledger.apply(&event).is_ok() {
                                written.push(event);
                            }
                        }
                    }
                }
                assert!(grants(&written) <= owned as usize, "{schedule:?}");
                assert!(!written.is_empty(), "{schedule:?}");
                assert!(ledger.is_sound());
            }
        }
    }
}

#[test]
fn under_the_lock_exactly_the_owned_seats_are_granted_in_every_order() {
    for takers in [2, 3] {
        for owned in 0..=3 {
            for schedule in schedules(takers) {
                let mut ledger = start(takers, owned);
                let mut written = Vec::new();
                let mut lock: Option<(usize, Event)> = None;
                let mut waiting: Vec<usize> = Vec::new();
                // A step that finds the lock taken waits for the writer, then runs.
                for taker in schedule {
                    match lock.take() {
                        Some((owner, event)) if owner == taker => {
                            assert!(ledger.apply(&event).is_ok());
                            written.push(event);
                        }
                        Some(held) => {
                            lock = Some(held);
                            waiting.push(taker);
                        }
                        None => lock = Some((taker, decide(&ledger, taker))),
                    }
                }
                if let Some((_, event)) = lock {
                    assert!(ledger.apply(&event).is_ok());
                    written.push(event);
                }
                waiting.sort_unstable();
                waiting.dedup();
                let asked: Vec<_> = written
                    .iter()
                    .filter_map(|e| e.kind.session())
                    .cloned()
                    .collect();
                for taker in waiting {
                    if asked.contains(&session(&format!("u{taker}"))) {
                        continue;
                    }
                    let event = decide(&ledger, taker);
                    assert!(ledger.apply(&event).is_ok());
                    written.push(event);
                }
                assert_eq!(written.len(), takers);
                assert_eq!(grants(&written), takers.min(owned as usize));
            }
        }
    }
}
