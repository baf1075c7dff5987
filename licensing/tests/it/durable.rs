//! The ledger in a SQLite file: what it keeps, and that what it answers is kept.

use std::path::PathBuf;

use guichet_core::{AdmissionReason, Diagnostic as _, PluginKey, UserName};
use guichet_licensing::sqlite::{Life, OpenOptions, SqliteLedger};
use guichet_licensing::{Entitlements, Event, Ledger, TakeOutcome};
use rusqlite::Connection;

use crate::support::{minute, plugin, seats, session, user};

pub(crate) fn everyone(_: &UserName, _: &PluginKey) -> AdmissionReason {
    AdmissionReason::Everyone
}

pub(crate) struct Folder {
    _folder: tempfile::TempDir,
    pub(crate) path: PathBuf,
}

pub(crate) fn folder() -> Folder {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Guichet/seats.sqlite");
    Folder {
        _folder: folder,
        path,
    }
}

impl Folder {
    pub(crate) fn open(&self) -> SqliteLedger {
        OpenOptions::create().open(&self.path).unwrap()
    }

    pub(crate) fn raw(&self) -> Connection {
        Connection::open(&self.path).unwrap()
    }

    pub(crate) fn refused(&self) -> &'static str {
        let error = OpenOptions::existing().open(&self.path).unwrap_err();
        assert!(error.help().is_some(), "{error}");
        assert!(error.to_string().contains("seats.sqlite"), "{error}");
        error.code()
    }
}

pub(crate) fn owned(count: u32) -> Entitlements {
    [(plugin("write"), seats(count))].into_iter().collect()
}

/// Ann and Bob have sessions, Ann holds the only seat, Bob was refused.
pub(crate) fn sample(ledger: &mut SqliteLedger) {
    ledger.entitle(&owned(1), minute(0)).unwrap();
    for (id, name) in [("a", "Ann"), ("b", "Bob"), ("c", "ann")] {
        let life = Life::until_closed();
        ledger
            .open_session(Some(&session(id)), &user(name), &life, minute(1))
            .unwrap();
        ledger
            .take(&session(id), &plugin("write"), &everyone, minute(2))
            .unwrap();
    }
}

/// Every event of a ledger, as another process reads them.
pub(crate) fn history(ledger: &SqliteLedger) -> Vec<Event> {
    let read = OpenOptions::existing().read(ledger.path()).unwrap();
    read.history().unwrap()
}

#[test]
fn what_was_answered_is_there_for_the_next_process() {
    let folder = folder();
    let mut ledger = folder.open();
    sample(&mut ledger);
    let history = history(&ledger);
    let state = ledger.ledger().clone();
    drop(ledger);
    let again = OpenOptions::existing().open(&folder.path).unwrap();
    assert_eq!(*again.ledger(), state);
    assert_eq!(self::history(&again), history);
    let mut replayed = Ledger::new();
    for event in &history {
        replayed.apply(event).unwrap();
    }
    assert_eq!(replayed, state);
}

#[test]
fn two_open_ledgers_see_each_others_events() {
    let folder = folder();
    let (mut one, mut two) = (folder.open(), folder.open());
    one.entitle(&owned(1), minute(0)).unwrap();
    let life = Life::until_closed();
    let ann = one
        .open_session(None, &user("Ann"), &life, minute(1))
        .unwrap()
        .session;
    let bob = two
        .open_session(None, &user("Bob"), &life, minute(1))
        .unwrap()
        .session;
    assert_ne!(ann, bob);
    let taken = one
        .take(&ann, &plugin("write"), &everyone, minute(2))
        .unwrap();
    assert_eq!(taken.outcome, TakeOutcome::Granted);
    let refused = two
        .take(&bob, &plugin("write"), &everyone, minute(3))
        .unwrap();
    assert_eq!(refused.outcome.as_str(), "exhausted");
    assert_eq!(refused.holders, [user("Ann")]);
    two.close_session(&ann, minute(4)).unwrap();
    assert_eq!(one.refresh().unwrap().session_count(), 1);
    let gone = one.take(&ann, &plugin("write"), &everyone, minute(5));
    assert_eq!(gone.unwrap_err().code(), "unknown-session");
}

#[test]
fn a_request_that_fails_half_way_leaves_nothing_behind() {
    let folder = folder();
    let mut ledger = folder.open();
    sample(&mut ledger);
    ledger.entitle(&owned(2), minute(3)).unwrap();
    let (before, state) = (history(&ledger), ledger.ledger().clone());
    let full_disk = "CREATE TRIGGER full BEFORE INSERT ON seats
                     BEGIN SELECT raise(ABORT, 'as if the disk were full'); END";
    folder.raw().execute_batch(full_disk).unwrap();
    let write = plugin("write");
    let failed = ledger.take(&session("b"), &write, &everyone, minute(4));
    assert_eq!(failed.unwrap_err().code(), "ledger-unusable");
    folder.raw().execute_batch("DROP TRIGGER full").unwrap();

    assert_eq!(*ledger.refresh().unwrap(), state);
    assert_eq!(history(&ledger), before);
    let taken = ledger.take(&session("b"), &write, &everyone, minute(5));
    assert_eq!(taken.unwrap().outcome, TakeOutcome::Granted);
    assert_eq!(*folder.open().ledger(), *ledger.ledger());
}

#[test]
fn a_session_without_an_id_gets_one_that_no_open_session_has() {
    let folder = folder();
    let mut ledger = folder.open();
    let life = Life::until_closed();
    for id in ["s2", "s3", "s5"] {
        let id = session(id);
        ledger
            .open_session(Some(&id), &user("Ann"), &life, minute(1))
            .unwrap();
    }
    let ids: Vec<String> = (0..3)
        .map(|_| ledger.open_session(None, &user("Ann"), &life, minute(2)))
        .map(|opened| opened.unwrap().session.to_string())
        .collect();
    assert_eq!(ids, ["s4", "s6", "s7"], "s5 is open");
}

#[test]
fn what_is_owned_already_is_not_recorded_again() {
    let folder = folder();
    let mut ledger = folder.open();
    assert_eq!(ledger.entitle(&owned(1), minute(0)).unwrap().len(), 1);
    assert_eq!(ledger.entitle(&owned(1), minute(1)).unwrap(), []);
    assert_eq!(ledger.entitle(&owned(2), minute(2)).unwrap().len(), 1);
    let recorded = ledger.ledger().entitlements();
    assert_eq!(recorded, owned(2));
}

#[test]
fn a_ledger_says_whose_file_it_is_and_writes_a_log() {
    let folder = folder();
    sample(&mut folder.open());
    let raw = folder.raw();
    let text = |pragma: &str| -> String {
        raw.pragma_query_value(None, pragma, |row| row.get(0))
            .unwrap()
    };
    let number = |pragma: &str| -> i64 {
        raw.pragma_query_value(None, pragma, |row| row.get(0))
            .unwrap()
    };
    assert_eq!(text("journal_mode"), "wal");
    assert_eq!(number("user_version"), 1);
    assert_eq!(
        number("application_id"),
        i64::from(u32::from_be_bytes(*b"Gcht"))
    );
    assert_eq!(text("integrity_check"), "ok");
}

#[test]
fn people_can_read_the_history_with_any_sqlite_tool() {
    let folder = folder();
    sample(&mut folder.open());
    let raw = folder.raw();
    let mut query = raw.prepare("SELECT * FROM history").unwrap();
    let rows = query.query_map([], |row| {
        let texts: Vec<Option<String>> = (1..7).map(|n| row.get(n)).collect::<Result<_, _>>()?;
        let number: i64 = row.get(0)?;
        let texts: Vec<String> = texts.into_iter().flatten().collect();
        Ok(format!("{number} {}", texts.join(" ")))
    });
    let lines: Vec<String> = rows.unwrap().collect::<Result<_, _>>().unwrap();
    assert_eq!(
        lines,
        [
            "1 2026-11-20T09:00:00.000Z entitlement-changed write 1",
            "2 2026-11-20T09:01:00.000Z session-opened a Ann",
            "3 2026-11-20T09:02:00.000Z seat-granted a Ann write",
            "4 2026-11-20T09:02:00.000Z session-opened b Bob",
            "5 2026-11-20T09:02:00.000Z seat-refused b Bob write exhausted",
            "6 2026-11-20T09:02:00.000Z session-opened c ann",
            "7 2026-11-20T09:02:00.000Z seat-held c ann write",
        ]
    );
}

#[test]
fn events_are_only_added() {
    let folder = folder();
    sample(&mut folder.open());
    for statement in ["DELETE FROM events", "UPDATE events SET user = 'Eve'"] {
        let error = folder.raw().execute(statement, []).unwrap_err();
        assert!(
            error.to_string().contains("events are only added"),
            "{error}"
        );
    }
}

#[test]
fn every_kind_of_event_comes_back_as_it_was_written() {
    let folder = folder();
    let mut ledger = folder.open();
    let rights = "5 + 3 until 2027-01-31 + unlimited until 2026-12-31";
    let odd = "Zoë 'd\"été\" \u{1F600}";
    let mut entitlements = owned(1);
    entitlements.set(plugin(odd), rights.parse().unwrap());
    entitlements.set(plugin("view"), "none".parse().unwrap());
    ledger.entitle(&entitlements, minute(0)).unwrap();
    let nobody = |_: &UserName, _: &PluginKey| AdmissionReason::Nobody;
    let life = Life::until_closed();
    for id in ["1", "2", "3"] {
        let id = session(&format!("{odd}{id}"));
        ledger
            .open_session(Some(&id), &user(id.as_str()), &life, minute(1))
            .unwrap();
        ledger.take(&id, &plugin(odd), &nobody, minute(2)).unwrap();
        ledger
            .take(&id, &plugin("view"), &everyone, minute(2))
            .unwrap();
        ledger
            .take(&id, &plugin("write"), &everyone, minute(2))
            .unwrap();
        ledger
            .take(&id, &plugin(odd), &everyone, minute(2))
            .unwrap();
        ledger
            .take(&id, &plugin(odd), &everyone, minute(2))
            .unwrap();
    }
    ledger
        .close_session(&session(&format!("{odd}1")), minute(3))
        .unwrap();
    let state = ledger.ledger().clone();
    let events = history(&folder.open());
    let kinds: std::collections::BTreeSet<&str> = events
        .iter()
        .map(|event: &Event| event.kind.as_str())
        .collect();
    assert_eq!(kinds.len(), 7, "{kinds:?}");
    assert_eq!(*folder.open().ledger(), state);
}
