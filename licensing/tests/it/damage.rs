//! Ledger files that are damaged, locked, or something else.

use guichet_core::Diagnostic as _;
use guichet_licensing::sqlite::OpenOptions;

use crate::durable::{folder, history, sample};
use crate::support::{minute, session};

#[test]
fn a_damaged_ledger_is_refused_and_left_as_it_is() {
    let tampering = [
        "DELETE FROM seats WHERE session = 'c'",
        "DELETE FROM sessions WHERE session = 'b'",
        "UPDATE seats SET granted = 4",
        "UPDATE seats SET account = 'bob' WHERE session = 'a'",
        "UPDATE sessions SET account = 'eve' WHERE session = 'b'",
        "UPDATE sessions SET opened = 2 WHERE session = 'b'",
        "UPDATE sessions SET opened = -4 WHERE session = 'b'",
        "INSERT INTO seats VALUES ('b', 'write', 'bob', 5)",
        "INSERT INTO sessions (session, account, opened) VALUES ('x', 'eve', 3)",
        "UPDATE entitlements SET owned = '5'",
        "UPDATE entitlements SET owned = 'many'",
        "DELETE FROM entitlements",
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
fn a_history_that_ends_before_a_seat_is_freed_is_damaged() {
    let folder = folder();
    let mut ledger = folder.open();
    sample(&mut ledger);
    for id in ["a", "c"] {
        ledger.close_session(&session(id), minute(3)).unwrap();
    }
    let last = history(&ledger).pop().unwrap();
    assert_eq!(last.kind.as_str(), "seat-released");
    drop(ledger);
    let statement = format!(
        "DROP TRIGGER events_are_not_removed; DELETE FROM events WHERE sequence = {}",
        last.sequence
    );
    folder.raw().execute_batch(&statement).unwrap();
    let error = OpenOptions::existing().open(&folder.path).unwrap_err();
    let told = error.to_string();
    assert!(
        told.ends_with("is damaged: the last event is incomplete"),
        "{told}"
    );
}

#[test]
fn the_history_of_a_ledger_is_checked_again_when_it_is_read() {
    let folder = folder();
    sample(&mut folder.open());
    let read = OpenOptions::existing().read(&folder.path).unwrap();
    let forge = "DROP TRIGGER events_are_not_changed; \
                 UPDATE events SET user = 'Eve' WHERE sequence = 3";
    folder.raw().execute_batch(forge).unwrap();
    let error = read.history().unwrap_err();
    let told = error.to_string();
    assert!(
        told.ends_with("is damaged: event 3 is not the one that was written"),
        "{told}"
    );
}

#[test]
fn a_file_that_sqlite_finds_malformed_is_damaged() {
    let folder = folder();
    sample(&mut folder.open());
    let mut bytes = std::fs::read(&folder.path).unwrap();
    let page = 4096; // the first one holds the schema, the second one events
    bytes[page..2 * page].fill(0x15);
    std::fs::write(&folder.path, bytes).unwrap();
    let error = OpenOptions::existing().open(&folder.path).unwrap_err();
    assert_eq!(error.code(), "ledger-damaged");
    let told = error.to_string();
    assert!(
        told.ends_with("is damaged: the file is malformed"),
        "{told}"
    );
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
    let expected = history(&folder.open());
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
        let opened = OpenOptions::existing().open(&folder.path);
        let read = |_| OpenOptions::existing().read(&folder.path)?.history();
        match opened.and_then(read) {
            Err(error) => {
                assert!(error.help().is_some());
                refused += 1;
            }
            Ok(history) => assert_eq!(history, expected, "byte {place}"),
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
fn a_database_of_somebody_else_is_told_by_its_marks() {
    let ours = i64::from(u32::from_be_bytes(*b"Gcht"));
    for (tables, application, version) in [
        ("CREATE TABLE other (a);", 0, 1),
        ("CREATE TABLE other (a);", 7, 1),
        ("CREATE TABLE other (a);", ours, 0),
        ("", 7, 0),
        ("", 0, 1),
        ("", ours, 0),
    ] {
        let folder = folder();
        std::fs::create_dir_all(folder.path.parent().unwrap()).unwrap();
        let marks = format!(
            "{tables} PRAGMA application_id = {application}; PRAGMA user_version = {version};"
        );
        folder.raw().execute_batch(&marks).unwrap();
        assert_eq!(folder.refused(), "not-a-ledger", "{marks}");
    }
}

#[test]
fn a_path_that_leads_through_a_file_is_not_taken_for_an_absent_ledger() {
    let folder = folder();
    drop(folder.open());
    let inside = folder.path.join("seats.sqlite");
    let error = OpenOptions::existing().open(inside).unwrap_err();
    assert_eq!(error.code(), "ledger-unusable");
}

#[test]
fn a_ledger_that_would_not_be_durable_is_refused_after_the_patience_given() {
    let patience = std::time::Duration::from_millis(30);
    let start = std::time::Instant::now();
    let opened = OpenOptions::create().patience(patience).open(":memory:"); // knows no write-ahead log
    let waited = start.elapsed();
    assert!(opened.is_err());
    assert!(
        (patience..OpenOptions::PATIENCE).contains(&waited),
        "{waited:?}"
    );
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
