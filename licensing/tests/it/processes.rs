//! Real processes on one ledger: the race for the last seat, and processes that are killed.
//!
//! The processes are the test itself, started again with a task in its environment.

use std::any::type_name;
use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use guichet_licensing::sqlite::{Life, LocalProcesses, OpenOptions, ProcessMark, SqliteLedger};
use guichet_licensing::{Entitlements, EventKind, Moment};

use crate::durable::{everyone, history};
use crate::support::{minute, plugin, seats, session, user};

const TASK: &str = "GUICHET_LICENSING_TEST_TASK";

/// What a test that was started again does: in which folder, and under which name.
struct Task {
    folder: PathBuf,
    name: String,
}

impl Task {
    /// Returns the task that the environment gives, if a test has started this process.
    fn given() -> Option<Self> {
        let task = std::env::var(TASK).ok()?;
        let (folder, name) = task.split_once('|').unwrap();
        Some(Self {
            folder: folder.into(),
            name: name.to_owned(),
        })
    }
}

/// Makes the command that runs one test alone.
pub(crate) fn alone<T: Fn()>(program: &Path, _test: T) -> Command {
    let (_, name) = type_name::<T>().split_once("::").unwrap();
    let mut command = Command::new(program);
    command.args([name, "--exact", "--nocapture"]);
    command
}

fn spawn(test: impl Fn(), folder: &Path, name: &str) -> Child {
    alone(&std::env::current_exe().unwrap(), test)
        .env(TASK, format!("{}|{name}", folder.display()))
        .stdout(Stdio::null()) // what goes wrong is said on stderr
        .spawn()
        .unwrap()
}

fn ledger(folder: &Path) -> SqliteLedger {
    let patient = OpenOptions::create().patience(Duration::from_mins(1));
    patient.open(folder.join("seats.sqlite")).unwrap()
}

fn entitle(folder: &Path, count: u32) {
    let owned: Entitlements = [(plugin("write"), seats(count))].into_iter().collect();
    ledger(folder).entitle(&owned, minute(0)).unwrap();
}

fn race_for_a_seat(Task { folder, name }: &Task) {
    let mut ledger = ledger(folder);
    let life = Life::until_closed();
    let id = session(name);
    ledger
        .open_session(Some(&id), &user(name), &life, minute(1))
        .unwrap();
    std::fs::write(folder.join(format!("{name}.ready")), "").unwrap();
    while !folder.join("go").exists() {
        std::thread::sleep(Duration::from_micros(200));
    }
    let take = ledger
        .take(&id, &plugin("write"), &everyone, minute(2))
        .unwrap();
    std::fs::write(folder.join(format!("{name}.answer")), take.outcome.as_str()).unwrap();
}

fn files(folder: &Path, ending: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let wanted = paths.filter(|path| path.extension().is_some_and(|e| e == ending));
    wanted
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect()
}

fn await_files(folder: &Path, ending: &str, count: usize) {
    for _ in 0..60_000 {
        if files(folder, ending).len() >= count {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("{count} files .{ending} did not appear");
}

#[test]
fn of_24_processes_exactly_as_many_get_a_seat_as_are_owned() {
    const PROCESSES: usize = 24;
    if let Some(task) = Task::given() {
        race_for_a_seat(&task);
        return;
    }
    for owned in [1, 7] {
        let folder = tempfile::tempdir().unwrap();
        entitle(folder.path(), owned);
        let mut children: Vec<Child> = (0..PROCESSES)
            .map(|number| {
                spawn(
                    of_24_processes_exactly_as_many_get_a_seat_as_are_owned,
                    folder.path(),
                    &format!("p{number}"),
                )
            })
            .collect();
        await_files(folder.path(), "ready", PROCESSES);
        std::fs::write(folder.path().join("go"), "").unwrap();
        for child in &mut children {
            assert!(child.wait().unwrap().success());
        }
        let answers = files(folder.path(), "answer");
        let granted = answers
            .iter()
            .filter(|answer| *answer == "new-seat")
            .count();
        let exhausted = answers
            .iter()
            .filter(|answer| *answer == "exhausted")
            .count();
        assert_eq!(granted, owned as usize);
        assert_eq!(exhausted, PROCESSES - owned as usize);
        let ledger = ledger(folder.path());
        let found = ledger.ledger().plugin_use(&plugin("write")).unwrap();
        assert_eq!(found.in_use().get(), owned);
        assert_eq!(found.holders().len(), owned as usize);
    }
}

#[test]
fn a_new_ledger_is_made_once_when_many_processes_make_it_at_once() {
    if let Some(task) = Task::given() {
        race_for_a_seat(&task);
        return;
    }
    for _ in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let mut children: Vec<Child> = (0..8)
            .map(|number| {
                spawn(
                    a_new_ledger_is_made_once_when_many_processes_make_it_at_once,
                    folder.path(),
                    &format!("p{number}"),
                )
            })
            .collect();
        std::fs::write(folder.path().join("go"), "").unwrap();
        for child in &mut children {
            assert!(child.wait().unwrap().success());
        }
        assert_eq!(files(folder.path(), "answer"), ["no-licence"; 8]);
        assert_eq!(ledger(folder.path()).ledger().session_count(), 8);
    }
}

/// Opens, takes and closes until it is killed; writes down what it was answered.
fn take_and_close_for_ever(Task { folder, name }: &Task) {
    let mut ledger = ledger(folder);
    let process = ProcessMark::from_process_id(std::process::id());
    let life = process.map_or_else(
        |_| Life::until_closed(),
        |process| Life::until_closed().of_process(process),
    );
    let mut answers = std::fs::File::create(folder.join(format!("{name}.answers"))).unwrap();
    for round in 0.. {
        let id = session(&format!("{name}-{round}"));
        let at = minute(round);
        ledger
            .open_session(Some(&id), &user(name), &life, at)
            .unwrap();
        let take = ledger.take(&id, &plugin("write"), &everyone, at).unwrap();
        let answer = format!("{id} {}\n", take.outcome.as_str());
        answers.write_all(answer.as_bytes()).unwrap(); // in one piece, or not at all
        if round % 3 != 0 {
            ledger.close_session(&id, at).unwrap();
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn processes_killed_200_times_lose_and_double_no_seat() {
    const ROUNDS: u32 = 50;
    const AT_ONCE: u32 = 4;
    const OWNED: u32 = 3;
    if let Some(task) = Task::given() {
        take_and_close_for_ever(&task);
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    entitle(folder, OWNED);
    let mut random: u64 = 0x4D_2026;
    let mut answered = 0;
    for round in 0..ROUNDS {
        let names: Vec<String> = (0..AT_ONCE).map(|n| format!("r{round}n{n}")).collect();
        let mut children: Vec<Child> = names
            .iter()
            .map(|name| {
                spawn(
                    processes_killed_200_times_lose_and_double_no_seat,
                    folder,
                    name,
                )
            })
            .collect();
        for name in &names {
            while !folder.join(format!("{name}.answers")).exists() {
                std::thread::sleep(Duration::from_micros(100));
            }
        }
        for child in &mut children {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            std::thread::sleep(Duration::from_micros(random % 25_000));
            child.kill().unwrap();
            child.wait().unwrap();
        }
        let mut ledger = ledger(folder); // replays and compares
        assert!(ledger.ledger().is_sound());
        let before = ledger.ledger().session_count();
        let at: Moment = minute(round);
        let reaped = ledger.reap(&LocalProcesses, at).unwrap();
        assert_eq!(reaped.len(), before, "every process of a session is dead");
        let found = ledger.ledger().plugin_use(&plugin("write")).unwrap();
        assert_eq!(found.in_use().get(), 0, "no seat is lost");
        assert!(found.peak().is_none_or(|peak| peak.count.get() <= OWNED));
        for name in &names {
            let answers = std::fs::read_to_string(folder.join(format!("{name}.answers"))).unwrap();
            answered += answers.lines().count();
        }
    }
    assert!(answered > 0);
    let written = written_answers(&ledger(folder));
    for line in files(folder, "answers")
        .iter()
        .flat_map(|text| text.lines())
    {
        assert!(written.contains(line), "answered and not kept: {line}");
    }
    println!(
        "{} processes killed, {answered} answers kept",
        ROUNDS * AT_ONCE
    );
}

fn written_answers(ledger: &SqliteLedger) -> BTreeSet<String> {
    let history = history(ledger);
    let answer = |kind: &EventKind| {
        let word = match kind {
            EventKind::SeatGranted(_) => "new-seat",
            EventKind::SeatHeld(_) => "already-held",
            EventKind::SeatRefused(_, reason) => reason.as_str(),
            _ => return None,
        };
        Some(format!("{} {word}", kind.session()?))
    };
    history
        .iter()
        .filter_map(|event| answer(&event.kind))
        .collect()
}
