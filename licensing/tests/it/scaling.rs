//! A hundred thousand open sessions: nothing scans them.

use std::time::{Duration, Instant};

use guichet_core::{AdmissionReason, PluginKey, UserName};
use guichet_licensing::{CloseReason, Ledger};

use crate::support::{minute, plugin, seats, session, user};

fn everyone(_: &UserName, _: &PluginKey) -> AdmissionReason {
    AdmissionReason::Everyone
}

/// A ledger in which every account has a session and a seat, save one seat that is free.
fn full(accounts: u32) -> Ledger {
    let mut ledger = Ledger::new();
    ledger.entitle(&plugin("write"), &seats(accounts + 1), minute(0));
    for number in 0..accounts {
        let name = format!("u{number}");
        ledger
            .open(&session(&name), &user(&name), minute(1))
            .unwrap();
        let take = ledger.take(&session(&name), &plugin("write"), &everyone, minute(2));
        assert!(take.unwrap().outcome.is_granted());
    }
    ledger
}

/// The shortest of five times for a hundred visitors who open, ask and close.
fn visits(ledger: &mut Ledger) -> Duration {
    let (id, name, key) = (session("visitor"), user("visitor"), plugin("write"));
    let hundred = |ledger: &mut Ledger| {
        let start = Instant::now();
        for _ in 0..100 {
            ledger.open(&id, &name, minute(3)).unwrap();
            let event = ledger.decide_take(&id, &key, &everyone, minute(4)).unwrap();
            ledger.apply(&event).unwrap();
            ledger.close(&id, CloseReason::Closed, minute(5)).unwrap();
        }
        start.elapsed()
    };
    (0..5).map(|_| hundred(ledger)).min().unwrap()
}

#[test]
fn a_request_costs_about_the_same_with_100_000_sessions_as_with_100() {
    let (mut small, mut large) = (full(100), full(100_000));
    assert_eq!(large.session_count(), 100_000);
    let slower = |small: &mut Ledger, large: &mut Ledger| {
        visits(large).as_secs_f64() / visits(small).as_secs_f64()
    };
    // A scan would be a thousand times slower; caches and noise are far below 20.
    let ratios: Vec<f64> = (0..4).map(|_| slower(&mut small, &mut large)).collect();
    assert!(ratios.iter().any(|ratio| *ratio < 20.0), "{ratios:?}");
    assert!(large.is_sound());
}
