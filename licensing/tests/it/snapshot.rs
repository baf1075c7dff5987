//! Reading a ledger without a trace.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::path::Path;

use guichet_core::Diagnostic as _;
use guichet_licensing::sqlite::{Life, LocalProcesses, OpenOptions, SqliteLedger};
use guichet_licensing::{Ledger, Moment, When};

use crate::durable::{everyone, folder, history, owned, sample};
use crate::support::{minute, plugin, session, user};

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn what_is_read_is_what_was_written_and_nothing_is_left_behind() {
    let folder = folder();
    let mut ledger = folder.open();
    sample(&mut ledger);
    let (state, history) = (ledger.ledger().clone(), history(&ledger));
    let read = || OpenOptions::existing().read(&folder.path).unwrap();
    let open = read();
    assert_eq!(
        (open.ledger(), open.history().unwrap()),
        (&state, history.clone())
    );
    drop(ledger);
    let inside = folder.path.parent().unwrap();
    let before = files(inside);
    let closed = read();
    assert_eq!(
        (closed.ledger(), closed.history().unwrap()),
        (&state, history)
    );
    assert_eq!(closed.living_sessions().len(), 3);
    assert!(files(inside) == before);
}

#[test]
fn a_ledger_whose_writer_was_killed_is_read_with_what_its_log_holds() {
    let folder = folder();
    let mut ledger = folder.open();
    sample(&mut ledger);
    let killed = tempfile::tempdir().unwrap();
    for ending in ["", "-wal", "-shm"] {
        let name = format!("seats.sqlite{ending}");
        std::fs::copy(folder.path.with_file_name(&name), killed.path().join(&name)).unwrap();
    }
    let before = files(killed.path());
    let path = killed.path().join("seats.sqlite");
    let read = OpenOptions::existing().read(&path).unwrap();
    assert_eq!(read.ledger(), ledger.ledger());
    let after = files(killed.path());
    for name in ["seats.sqlite", "seats.sqlite-wal"] {
        assert!(before[name] == after[name], "{name}");
    }
    assert_eq!(before.len(), after.len());
    let mut again = OpenOptions::existing().open(&path).unwrap();
    again.close_session(&session("a"), minute(9)).unwrap();
}

#[test]
fn readers_beside_writers_see_one_state_each() {
    let folder = folder();
    folder.open().entitle(&owned(1), minute(0)).unwrap();
    let path = folder.path.clone();
    let writer = std::thread::spawn(move || {
        for round in 0..60 {
            // Opened and closed each time, so that the log comes and goes.
            let mut ledger = OpenOptions::existing().open(&path).unwrap();
            let id = session(&format!("s{round}"));
            let life = Life::until_closed();
            ledger
                .open_session(Some(&id), &user("Ann"), &life, minute(round))
                .unwrap();
            ledger
                .take(&id, &plugin("write"), &everyone, minute(round))
                .unwrap();
            ledger.close_session(&id, minute(round)).unwrap();
        }
    });
    let mut seen = 0;
    while !writer.is_finished() {
        let read = OpenOptions::existing().read(&folder.path).unwrap();
        let mut replayed = Ledger::new();
        for event in read.history().unwrap() {
            replayed.apply(&event).unwrap();
        }
        assert_eq!(replayed, *read.ledger());
        let now = read.ledger().last_sequence().get();
        assert!(now >= seen, "{now} after {seen}");
        seen = now;
    }
    writer.join().unwrap();
}

#[test]
fn a_file_that_is_no_ledger_is_refused_by_readers_too() {
    let folder = folder();
    let refused = || {
        OpenOptions::existing()
            .read(&folder.path)
            .unwrap_err()
            .code()
    };
    assert_eq!(refused(), "ledger-missing");
    std::fs::create_dir_all(folder.path.parent().unwrap()).unwrap();
    std::fs::write(&folder.path, "a text of somebody".repeat(100)).unwrap();
    assert_eq!(refused(), "not-a-ledger");
    std::fs::write(&folder.path, "").unwrap();
    let read = OpenOptions::existing().read(&folder.path).unwrap();
    assert_eq!(read.history().unwrap(), [], "whoever made it was stopped");
    assert_eq!(*read.ledger(), Ledger::new());
}

#[test]
fn a_session_that_is_overdue_ends_at_its_deadline_whoever_looks_and_whenever() {
    let folder = folder();
    let mut ledger = folder.open();
    ledger.entitle(&owned(1), minute(0)).unwrap();
    for (id, minutes) in [("long", 20), ("short", 5)] {
        let heartbeat = NonZeroU32::new(60 * minutes).unwrap();
        let life = Life::until_closed().with_heartbeat(heartbeat);
        ledger
            .open_session(Some(&session(id)), &user(id), &life, minute(0))
            .unwrap();
    }
    ledger
        .take(&session("short"), &plugin("write"), &everyone, minute(0))
        .unwrap();
    let read = OpenOptions::existing().read(&folder.path).unwrap();
    let later = read.seen_at(&LocalProcesses, minute(60));
    assert!(later.living_sessions().is_empty());
    let ended = later
        .ended_sessions()
        .iter()
        .map(|e| (e.session.session.session.as_str(), e.at));
    assert_eq!(
        ended.collect::<Vec<_>>(),
        [("short", minute(5)), ("long", minute(20))]
    );
    let shown = later.history().unwrap();
    ledger.reap(&LocalProcesses, minute(60)).unwrap();
    assert_eq!(
        history(&ledger),
        shown,
        "what is shown is what is recorded later"
    );
}

#[test]
fn moments_of_a_ledger_do_not_go_back() {
    let folder = folder();
    let mut ledger = folder.open();
    ledger.entitle(&owned(1), minute(10)).unwrap();
    let stated = |at| When::stated(at, minute(30));
    let past = ledger.entitle(&owned(2), stated(minute(9))).unwrap_err();
    assert_eq!(past.code(), "past-moment");
    let future = ledger
        .reap(&LocalProcesses, stated(minute(32)))
        .unwrap_err();
    assert_eq!(future.code(), "future-moment");
    ledger.entitle(&owned(2), stated(minute(31))).unwrap();
    ledger.entitle(&owned(3), minute(20)).unwrap(); // a clock that lags
    let moments: Vec<_> = history(&ledger).iter().map(|event| event.at).collect();
    assert_eq!(moments, [minute(10), minute(31), minute(31)]);
}

/// A clock that was years ahead once must not stop time for those who come after.
#[test]
fn an_event_of_a_wrong_clock_does_not_hold_up_time() {
    let folder = folder();
    let mut ledger = folder.open();
    let last = |ledger: &SqliteLedger| history(ledger).last().unwrap().at;
    let wrong: Moment = "2030-01-01T00:00:00Z".parse().unwrap();
    ledger.entitle(&owned(1), wrong).unwrap();
    ledger.entitle(&owned(2), minute(20)).unwrap();
    assert_eq!(last(&ledger), minute(20));
    ledger.entitle(&owned(3), wrong).unwrap();
    let stated = When::stated(minute(25), minute(30));
    ledger.entitle(&owned(4), stated).unwrap();
    assert_eq!(last(&ledger), minute(25));
}

#[test]
fn what_to_do_about_a_stated_moment_can_be_done() {
    let folder = folder();
    let mut ledger = folder.open();
    ledger.entitle(&owned(1), minute(60)).unwrap();
    let mut advice = |at, clock| {
        let refused = ledger.entitle(&owned(2), When::stated(at, clock));
        refused.unwrap_err().help().unwrap()
    };
    assert_eq!(
        advice(minute(50), minute(70)),
        "Use a moment from 2026-11-20T10:00:00Z on, or leave it out to record it now."
    );
    assert_eq!(
        advice(minute(20), minute(30)),
        "That event is ahead of this machine's clock: leave the moment out to record it now, or \
         correct the clock."
    );
}
