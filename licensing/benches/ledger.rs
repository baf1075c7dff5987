//! What a request costs: of the pure ledger, and of the durable one beside a bare commit.
//!
//! `durable/take` and `durable/bare-commit` are measured in one run on one disk; the target is a
//! ratio of at most 1.3. `pure/event` counts events: the target is a million a second.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark stops at the first surprise"
)]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use guichet_core::{AdmissionReason, PluginKey, UserName};
use guichet_licensing::sqlite::{Life, OpenOptions, SqliteLedger};
use guichet_licensing::{CloseReason, Entitlement, Entitlements, Ledger, Limit, Moment, SessionId};
use rusqlite::{Connection, Transaction, TransactionBehavior};

const SESSIONS: u32 = 100_000;
const EVENTS_OF_A_ROUND: u64 = 4; // opened, granted, closed, released

fn everyone(_: &UserName, _: &PluginKey) -> AdmissionReason {
    AdmissionReason::Everyone
}

fn write() -> PluginKey {
    PluginKey::from_stored("write")
}

fn id(number: u32) -> SessionId {
    SessionId::new(&format!("session {number}")).unwrap()
}

fn user(number: u32) -> UserName {
    UserName::from_stored(format!("User {number}"))
}

fn unlimited() -> Entitlement {
    Entitlement::from_limit(Limit::Unlimited)
}

/// A ledger in which many accounts have a session and a seat.
fn busy(sessions: u32) -> Ledger {
    let mut ledger = Ledger::new();
    ledger.entitle(&write(), &unlimited(), Moment::EPOCH);
    for number in 0..sessions {
        let at = Moment::EPOCH;
        ledger.open(&id(number), &user(number), at).unwrap();
        ledger.take(&id(number), &write(), &everyone, at).unwrap();
    }
    ledger
}

fn pure(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("pure");
    for sessions in [10, SESSIONS] {
        let mut ledger = busy(sessions);
        let (id, user, write) = (id(sessions), user(sessions), write());
        group.throughput(Throughput::Elements(EVENTS_OF_A_ROUND));
        group.bench_function(format!("event/{sessions}-open-sessions"), |bencher| {
            bencher.iter(|| {
                let at = Moment::EPOCH;
                ledger.open(&id, &user, at).unwrap();
                black_box(ledger.take(&id, &write, &everyone, at).unwrap());
                ledger.close(&id, CloseReason::Closed, at).unwrap()
            });
        });
    }
    group.finish();
}

fn durable(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let mut group = criterion.benchmark_group("durable");
    group.sample_size(30);
    let bare = bare_database(&folder.path().join("bare.sqlite"));
    let mut number = 0_u32;
    group.bench_function("bare-commit", |bencher| {
        bencher.iter(|| {
            number += 1;
            bare_commit(&bare, number);
        });
    });
    let path = folder.path().join("seats.sqlite");
    let mut ledger = OpenOptions::create().open(path).unwrap();
    let owned: Entitlements = [(write(), unlimited())].into_iter().collect();
    ledger.entitle(&owned, Moment::EPOCH).unwrap();
    let mut number = 0_u32;
    group.bench_function("take", |bencher| {
        bencher.iter_custom(|rounds| takes(&mut ledger, &mut number, rounds));
    });
    group.finish();
}

/// Opens as many sessions as are asked for, then measures their requests for a seat.
fn takes(ledger: &mut SqliteLedger, number: &mut u32, rounds: u64) -> Duration {
    let mut open = || {
        *number += 1;
        let (id, user) = (id(*number), user(*number));
        let life = Life::until_closed();
        ledger
            .open_session(Some(&id), &user, &life, Moment::EPOCH)
            .unwrap();
        id
    };
    let sessions: Vec<SessionId> = (0..rounds).map(|_| open()).collect();
    let start = Instant::now();
    for id in &sessions {
        let take = ledger.take(id, &write(), &everyone, Moment::EPOCH);
        black_box(take.unwrap());
    }
    start.elapsed()
}

/// One row in one table, with the same journal and the same syncing.
fn bare_commit(connection: &Connection, number: u32) {
    let transaction =
        Transaction::new_unchecked(connection, TransactionBehavior::Immediate).unwrap();
    transaction
        .prepare_cached("INSERT INTO t (b) VALUES (?1)")
        .unwrap()
        .execute([format!("a row of about the size of an event {number}")])
        .unwrap();
    transaction.commit().unwrap();
}

fn bare_database(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection
        .pragma_update(None, "journal_mode", "WAL")
        .unwrap();
    connection
        .pragma_update(None, "synchronous", "FULL")
        .unwrap();
    connection
        .execute_batch("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)")
        .unwrap();
    connection
}
criterion_group!(benches, pure, durable);
criterion_main!(benches);
