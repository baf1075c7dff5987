//! Measures what seats cost: a durable request beside one bare SQLite commit with the same
//! durability, and the pure machine with few and with many open sessions.
//!
//! Request and commit alternate in one run on one disk, so that their ratio means something on a
//! noisy machine. `cargo run --release -p guichet-licensing --example seat_costs [ROUNDS]` prints one
//! JSON object; `cargo xtask bench seats` shows it beside the targets.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program that measures"
)]

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use guichet_core::{AdmissionReason, PluginKey, UserName};
use guichet_licensing::sqlite::{Life, OpenOptions};
use guichet_licensing::{CloseReason, Entitlement, Entitlements, Ledger, Limit, Moment, SessionId};
use rusqlite::{Connection, TransactionBehavior};

const FEW_SESSIONS: u32 = 10;
const MANY_SESSIONS: u32 = 100_000;

fn main() -> Result<(), Box<dyn Error>> {
    let rounds: u32 = std::env::args()
        .nth(1)
        .map_or(Ok(300), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    let mut bare = bare_database(&folder.path().join("bare.sqlite"))?;
    let mut ledger = OpenOptions::create().open(folder.path().join("seats.sqlite"))?;

    let write = PluginKey::from_stored("write");
    let everyone = |_: &UserName, _: &PluginKey| AdmissionReason::Everyone;
    let owned: Entitlements = [(write.clone(), Entitlement::from_limit(Limit::Unlimited))]
        .into_iter()
        .collect();
    ledger.entitle(&owned, Moment::EPOCH)?;
    let mut sessions = Vec::new();
    for number in 0..rounds {
        let id = SessionId::new(&format!("session {number}"))?;
        let user = UserName::from_stored(format!("User {number}"));
        ledger.open_session(Some(&id), &user, &Life::until_closed(), Moment::EPOCH)?;
        sessions.push(id);
    }

    let (mut takes, mut commits) = (Vec::new(), Vec::new());
    for id in &sessions {
        let start = Instant::now();
        ledger.take(id, &write, &everyone, Moment::EPOCH)?;
        takes.push(start.elapsed());
        let start = Instant::now();
        bare_commit(&mut bare, id.as_str())?;
        commits.push(start.elapsed());
    }
    let (take, commit) = (median(&mut takes), median(&mut commits));
    let ratio = take.as_secs_f64() / commit.as_secs_f64();
    let path = ledger.path().to_owned();
    let events = ledger.ledger().last_sequence();
    drop(ledger);
    let start = Instant::now();
    OpenOptions::existing().open(path)?; // replays every event and compares
    let open = start.elapsed();
    let few = pure_events_per_second(FEW_SESSIONS)?;
    let many = pure_events_per_second(MANY_SESSIONS)?;
    println!(
        r#"{{"pure_few_sessions":{FEW_SESSIONS},"pure_few_events_per_second":{few:.0},"pure_many_sessions":{MANY_SESSIONS},"pure_many_events_per_second":{many:.0},"open_sessions":{rounds},"take_us":{},"bare_commit_us":{},"ratio":{ratio:.3},"events":{events},"open_us":{}}}"#,
        take.as_micros(),
        commit.as_micros(),
        open.as_micros()
    );
    Ok(())
}

/// Opens, takes, closes and so releases, many times, beside that many sessions with a seat each.
fn pure_events_per_second(sessions: u32) -> Result<f64, Box<dyn Error>> {
    const ROUNDS: u32 = 100_000;
    let write = PluginKey::from_stored("write");
    let everyone = |_: &UserName, _: &PluginKey| AdmissionReason::Everyone;
    let at = Moment::EPOCH;
    let mut ledger = Ledger::new();
    ledger.entitle(&write, &Entitlement::from_limit(Limit::Unlimited), at);
    for number in 0..sessions {
        let id = SessionId::new(&format!("session {number}"))?;
        ledger.open(&id, &UserName::from_stored(format!("User {number}")), at)?;
        ledger.take(&id, &write, &everyone, at)?;
    }
    let (id, user) = (
        SessionId::new("one more")?,
        UserName::from_stored("One more"),
    );
    let before = ledger.last_sequence();
    let start = Instant::now();
    for _ in 0..ROUNDS {
        ledger.open(&id, &user, at)?;
        ledger.take(&id, &write, &everyone, at)?;
        ledger.close(&id, CloseReason::Closed, at)?;
    }
    let seconds = start.elapsed().as_secs_f64();
    let events = ledger.last_sequence().get().saturating_sub(before.get());
    Ok(f64::from(u32::try_from(events)?) / seconds)
}

fn bare_database(path: &Path) -> Result<Connection, rusqlite::Error> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)")?;
    Ok(connection)
}

fn bare_commit(connection: &mut Connection, text: &str) -> Result<(), rusqlite::Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction
        .prepare_cached("INSERT INTO t (b) VALUES (?1)")?
        .execute([format!("a row of about the size of an event: {text}")])?;
    transaction.commit()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
