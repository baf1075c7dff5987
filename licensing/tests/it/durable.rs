//! The ledger in a SQLite file: what it keeps, what it refuses, how its sessions end.

use std::cell::RefCell;
use std::num::NonZeroU32;
use std::path::PathBuf;

use guichet_core::{Diagnostic as _, PluginKey, UserName};
use guichet_licensing::sqlite::{
    Fate, Life, LocalProcesses, OpenOptions, ProcessMark, Processes, SqliteLedger,
};
use guichet_licensing::{CloseReason, Entitlements, Event, Ledger, Standing, TakeOutcome};
use rusqlite::Connection;

use crate::support::{minute, plugin, seats, session, user};

pub(crate) fn everyone(_: &UserName, _: &PluginKey) -> Standing {
    Standing::Everyone
}

struct Folder {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

fn folder() -> Folder {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Guichet/seats.sqlite");
    Folder {
        _folder: folder,
        path,
    }
}

impl Folder {
    fn open(&self) -> SqliteLedger {
        OpenOptions::create().open(&self.path).unwrap()
    }

    fn raw(&self) -> Connection {
        Connection::open(&self.path).unwrap()
    }

    fn refused(&self) -> &'static str {
        let error = OpenOptions::existing().open(&self.path).unwrap_err();
        assert!(error.help().is_some(), "{error}");
        assert!(error.to_string().contains("seats.sqlite"), "{error}");
        error.code()
    }
}

fn owned(count: u32) -> Entitlements {
    [(plugin("write"), seats(count))].into_iter().collect()
}

/// Ann and Bob have sessions, Ann holds the only seat, Bob was refused.
fn sample(ledger: &mut SqliteLedger) {
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

#[test]
fn what_was_answered_is_there_for_the_next_process() {
    let folder = folder();
    let mut ledger = folder.open();
    sample(&mut ledger);
    let history = ledger.history().unwrap();
    let state = ledger.ledger().clone();
    drop(ledger);
    let mut again = OpenOptions::existing().open(&folder.path).unwrap();
    assert_eq!(*again.ledger(), state);
    assert_eq!(again.history().unwrap(), history);
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
fn the_settings_that_make_a_commit_durable_are_in_force() {
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

    let settings = guichet_licensing::sqlite::OpenOptions::existing()
        .open(&folder.path)
        .unwrap()
        .durability()
        .unwrap();
    assert_eq!(settings.journal_mode, "wal");
    assert_eq!(
        settings.synchronous, 2,
        "FULL: the log is synced at every commit"
    );
    assert_eq!(settings.full_fsync, 1);
    assert_eq!(settings.checkpoint_full_fsync, 1);
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
            "4 2026-11-20T09:01:00.000Z session-opened b Bob",
            "5 2026-11-20T09:02:00.000Z seat-refused b Bob write exhausted",
            "6 2026-11-20T09:01:00.000Z session-opened c ann",
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
fn a_damaged_ledger_is_refused_and_left_as_it_is() {
    let tampering = [
        "DELETE FROM seats WHERE session = 'c'",
        "DELETE FROM sessions WHERE session = 'b'",
        "UPDATE seats SET granted = 4",
        "UPDATE sessions SET account = 'eve' WHERE session = 'b'",
        "INSERT INTO seats VALUES ('b', 'write', 'bob', 5)",
        "INSERT INTO sessions (session, account, opened) VALUES ('x', 'eve', 3)",
        "UPDATE entitlements SET owned = '5'",
        "INSERT INTO entitlements VALUES ('view', '5')",
        "DROP TRIGGER events_are_not_removed; DELETE FROM events WHERE sequence = 7",
        "DROP TRIGGER events_are_not_removed; DELETE FROM events WHERE sequence = 3",
        "DROP TRIGGER events_are_not_changed; UPDATE events SET kind = 'seat-lost' WHERE sequence = 3",
        "DROP TRIGGER events_are_not_changed; UPDATE events SET user = 'Eve' WHERE sequence = 3",
        "DROP TRIGGER events_are_not_changed; UPDATE events SET detail = NULL WHERE sequence = 5",
        "DROP TRIGGER events_are_not_changed; UPDATE events SET at = at + 1 WHERE sequence = 5",
        "DROP TRIGGER events_are_not_changed; UPDATE events SET at = at + 1 WHERE sequence = 7",
        "DROP TRIGGER events_are_not_changed; UPDATE events SET link = x'00' WHERE sequence = 7",
        "INSERT INTO events VALUES (8, 0, 'seat-granted', 'b', 'Bob', 'write', NULL, x'00')",
        "INSERT INTO events VALUES (8, 0, 'session-closed', 'a', 'Ann', NULL, 'closed', x'00')",
    ];
    for statement in tampering {
        let folder = folder();
        sample(&mut folder.open());
        folder.raw().execute_batch(statement).unwrap();
        let before = std::fs::read(&folder.path).unwrap();
        assert_eq!(folder.refused(), "ledger-damaged", "{statement}");
        assert_eq!(std::fs::read(&folder.path).unwrap(), before, "{statement}");
    }
}

#[test]
fn an_open_ledger_notices_that_its_events_are_gone() {
    let folder = folder();
    let mut ledger = folder.open();
    sample(&mut ledger);
    let undo = "DROP TRIGGER events_are_not_removed; DELETE FROM events WHERE sequence = 7";
    folder.raw().execute_batch(undo).unwrap();
    assert_eq!(ledger.refresh().unwrap_err().code(), "ledger-damaged");
}

#[test]
fn flipped_bytes_are_refused_or_make_no_difference() {
    let folder = folder();
    sample(&mut folder.open());
    let expected = folder.open().history().unwrap();
    let bytes = std::fs::read(&folder.path).unwrap();
    let mut refused = 0;
    let texts = (0..bytes.len() - 4).filter(|place| bytes[*place..].starts_with(b"seat-"));
    let near = texts.flat_map(|place| place.saturating_sub(12)..place + 48);
    let spread = (0..bytes.len()).step_by(bytes.len() / 150);
    for place in spread
        .chain(near.step_by(3))
        .filter(|place| *place < bytes.len())
    {
        let mut damaged = bytes.clone();
        damaged[place] ^= 0x15;
        std::fs::write(&folder.path, damaged).unwrap();
        match OpenOptions::existing().open(&folder.path) {
            Err(error) => {
                assert!(error.help().is_some());
                refused += 1;
            }
            Ok(mut ledger) => assert_eq!(ledger.history().unwrap(), expected, "byte {place}"),
        }
    }
    assert!(refused > 0);
}

#[test]
fn other_files_are_refused_and_not_touched() {
    let folder = folder();
    assert_eq!(folder.refused(), "ledger-missing");
    std::fs::create_dir_all(folder.path.parent().unwrap()).unwrap();

    std::fs::write(&folder.path, "a text of somebody".repeat(100)).unwrap();
    assert_eq!(folder.refused(), "not-a-ledger");

    std::fs::remove_file(&folder.path).unwrap();
    folder
        .raw()
        .execute_batch("CREATE TABLE other (a)")
        .unwrap();
    let before = std::fs::read(&folder.path).unwrap();
    assert_eq!(folder.refused(), "not-a-ledger");
    assert_eq!(std::fs::read(&folder.path).unwrap(), before);

    std::fs::remove_file(&folder.path).unwrap();
    drop(folder.open());
    folder
        .raw()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    assert_eq!(folder.refused(), "ledger-too-new");
}

#[test]
fn a_folder_that_cannot_be_made_is_said() {
    let folder = folder();
    std::fs::write(folder.path.parent().unwrap(), "a file in its place").unwrap();
    let error = OpenOptions::create().open(&folder.path).unwrap_err();
    assert_eq!(error.code(), "ledger-folder");
}

#[test]
fn a_ledger_that_stays_locked_is_said_to_be_busy() {
    let folder = folder();
    sample(&mut folder.open());
    let blocker = folder.raw();
    blocker.execute_batch("BEGIN IMMEDIATE").unwrap();
    let short = OpenOptions::existing().patience(std::time::Duration::from_millis(20));
    let mut ledger = short.open(&folder.path).unwrap(); // reading does not wait
    let error = ledger.close_session(&session("a"), minute(9)).unwrap_err();
    assert_eq!(error.code(), "ledger-busy");
    blocker.execute_batch("ROLLBACK").unwrap();
    ledger.close_session(&session("a"), minute(9)).unwrap();
}

/// Processes of which a test decides what became of them.
struct Fates(RefCell<Fate>);

impl Processes for Fates {
    fn fate(&self, _: &ProcessMark) -> Fate {
        *self.0.borrow()
    }
}

fn mark() -> ProcessMark {
    ProcessMark {
        host: "server".to_owned(),
        boot: None,
        space: None,
        process: 4242,
        started: Some(7),
    }
}

fn reasons(ledger: &mut SqliteLedger, fate: Fate, minutes: u32) -> Vec<(String, &'static str)> {
    let processes = Fates(RefCell::new(fate));
    let reaped = ledger.reap(&processes, minute(minutes)).unwrap();
    let name = |reaped: &guichet_licensing::sqlite::Reaped| {
        (reaped.session.as_str().to_owned(), reaped.reason.as_str())
    };
    reaped.iter().map(name).collect()
}

#[test]
fn a_session_ends_by_itself_only_when_it_cannot_live_any_more() {
    let two_minutes = NonZeroU32::new(120).unwrap();
    let folder = folder();
    let mut ledger = folder.open();
    let forever = Life::until_closed();
    let lives = [
        ("forever", forever.clone()),
        ("beats", forever.clone().with_heartbeat(two_minutes)),
        ("process", forever.clone().of_process(mark())),
        (
            "both",
            forever.with_heartbeat(two_minutes).of_process(mark()),
        ),
    ];
    for (id, life) in &lives {
        ledger
            .open_session(Some(&session(id)), &user(id), life, minute(0))
            .unwrap();
    }
    let listed = ledger.living_sessions().unwrap();
    let expected: Vec<&Life> = lives.iter().map(|(_, life)| life).collect();
    assert_eq!(listed.iter().map(|s| &s.life).collect::<Vec<_>>(), expected);

    assert_eq!(reasons(&mut ledger, Fate::Unknown, 2), []);
    assert_eq!(
        ledger.heartbeat(&session("beats"), minute(2)).unwrap(),
        Some(minute(4))
    );
    assert_eq!(
        ledger.heartbeat(&session("forever"), minute(2)).unwrap(),
        None
    );
    assert_eq!(reasons(&mut ledger, Fate::Alive, 4), []);
    assert_eq!(
        reasons(&mut ledger, Fate::Alive, 5),
        [("beats".to_owned(), "heartbeat-lapsed")],
        "a process that lives keeps its silent session"
    );
    assert_eq!(
        reasons(&mut ledger, Fate::Unknown, 5),
        [("both".to_owned(), "heartbeat-lapsed")]
    );
    assert_eq!(reasons(&mut ledger, Fate::Unknown, 5_000), []);
    assert_eq!(
        reasons(&mut ledger, Fate::Ended, 5_000),
        [("process".to_owned(), "process-ended")]
    );
    let silent = ledger.heartbeat(&session("beats"), minute(6)).unwrap_err();
    assert_eq!(silent.code(), "unknown-session");
    let left = ledger.living_sessions().unwrap();
    assert_eq!(
        left.len(),
        1,
        "nothing ends a session without process and heartbeat"
    );
}

#[test]
fn a_heartbeat_never_shortens_a_life() {
    let folder = folder();
    let mut ledger = folder.open();
    let life = Life::until_closed().with_heartbeat(NonZeroU32::new(60).unwrap());
    ledger
        .open_session(Some(&session("a")), &user("Ann"), &life, minute(10))
        .unwrap();
    let deadline = ledger.heartbeat(&session("a"), minute(3)).unwrap();
    assert_eq!(
        deadline,
        Some(minute(11)),
        "a clock that lags is not believed"
    );
}

#[test]
fn the_seats_of_a_dead_process_are_freed() {
    let folder = folder();
    let mut ledger = folder.open();
    ledger.entitle(&owned(1), minute(0)).unwrap();
    let life = Life::until_closed().of_process(mark());
    ledger
        .open_session(Some(&session("a")), &user("Ann"), &life, minute(0))
        .unwrap();
    ledger
        .take(&session("a"), &plugin("write"), &everyone, minute(0))
        .unwrap();
    let reaped = ledger
        .reap(&Fates(RefCell::new(Fate::Ended)), minute(1))
        .unwrap();
    assert_eq!(reaped.len(), 1);
    assert_eq!(reaped[0].reason, CloseReason::ProcessEnded);
    assert_eq!(reaped[0].freed, [plugin("write")]);
    assert_eq!(
        ledger
            .ledger()
            .plugin_use(&plugin("write"))
            .unwrap()
            .in_use()
            .get(),
        0
    );
}

#[cfg(target_os = "linux")]
#[test]
fn this_process_lives_and_one_that_was_waited_for_has_ended() {
    let current = ProcessMark::current().unwrap();
    assert_eq!(LocalProcesses.fate(&current), Fate::Alive);
    let reused = ProcessMark {
        started: current.started.map(|started| started + 1),
        ..current.clone()
    };
    assert_eq!(
        LocalProcesses.fate(&reused),
        Fate::Ended,
        "the number was given again"
    );
    let elsewhere = ProcessMark {
        space: Some("pid:[1]".to_owned()),
        ..current.clone()
    };
    assert_eq!(LocalProcesses.fate(&elsewhere), Fate::Unknown);
    let before = ProcessMark {
        boot: Some("another boot".to_owned()),
        ..current.clone()
    };
    assert_eq!(LocalProcesses.fate(&before), Fate::Ended);
    let other = ProcessMark {
        host: "another".to_owned(),
        ..before
    };
    assert_eq!(LocalProcesses.fate(&other), Fate::Unknown);

    let mut child = std::process::Command::new("sleep")
        .arg("30")
        .spawn()
        .unwrap();
    let mark = ProcessMark::of(child.id()).unwrap();
    assert_eq!(LocalProcesses.fate(&mark), Fate::Alive);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(LocalProcesses.fate(&mark), Fate::Ended);
    assert_eq!(ProcessMark::of(child.id()), None);
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
    let nobody = |_: &UserName, _: &PluginKey| Standing::Nobody;
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
    let events = folder.open().history().unwrap();
    let kinds: std::collections::BTreeSet<&str> = events
        .iter()
        .map(|event: &Event| event.kind.as_str())
        .collect();
    assert_eq!(kinds.len(), 7, "{kinds:?}");
    assert_eq!(*folder.open().ledger(), state);
}
