//! Measures a durable request for a seat beside one bare SQLite commit with the same durability.
//!
//! Both alternate in one run on one disk, so that their ratio means something on a noisy machine:
//! `cargo run --release -p guichet-licensing --example durable_cost [ROUNDS]`. Prints one JSON object.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program that measures"
)]

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use guichet_core::{PluginKey, UserName};
use guichet_licensing::sqlite::{Life, OpenOptions};
use guichet_licensing::{Entitlement, Entitlements, Moment, Owned, SessionId, Standing};
use rusqlite::{Connection, TransactionBehavior};

fn main() -> Result<(), Box<dyn Error>> {
    let rounds: u32 = std::env::args()
        .nth(1)
        .map_or(Ok(300), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    let mut bare = bare_database(&folder.path().join("bare.sqlite"))?;
    let mut ledger = OpenOptions::create().open(folder.path().join("seats.sqlite"))?;

    let write = PluginKey::stored("write");
    let everyone = |_: &UserName, _: &PluginKey| Standing::Everyone;
    let owned: Entitlements = [(write.clone(), Entitlement::of(Owned::Unlimited))]
        .into_iter()
        .collect();
    ledger.entitle(&owned, Moment::EPOCH)?;
    let mut sessions = Vec::new();
    for number in 0..rounds {
        let id = SessionId::new(&format!("session {number}"))?;
        let user = UserName::stored(format!("User {number}"));
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
    println!(
        r#"{{"open_sessions":{rounds},"take_us":{},"bare_commit_us":{},"ratio":{ratio:.3},"events":{events},"open_us":{}}}"#,
        take.as_micros(),
        commit.as_micros(),
        open.as_micros()
    );
    Ok(())
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
