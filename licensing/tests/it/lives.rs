//! Sessions that end without being closed.

use std::cell::RefCell;
use std::num::NonZeroU32;

use guichet_core::Diagnostic as _;
use guichet_licensing::sqlite::{
    ClosedSession, Life, LocalProcesses, OpenOptions, ProcessMark, ProcessState, Processes,
    SqliteLedger,
};
use guichet_licensing::{CloseReason, Moment, When};

use crate::durable::{everyone, folder, history, owned};
use crate::support::{minute, plugin, session, user};

/// Processes of which a test decides what became of them.
struct Fixed(RefCell<ProcessState>);

impl Processes for Fixed {
    fn state(&self, _: &ProcessMark) -> ProcessState {
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

fn reasons(
    ledger: &mut SqliteLedger,
    state: ProcessState,
    minutes: u32,
) -> Vec<(String, &'static str)> {
    let processes = Fixed(RefCell::new(state));
    let reaped = ledger.reap(&processes, minute(minutes)).unwrap();
    let name =
        |reaped: &ClosedSession| (reaped.session.as_str().to_owned(), reaped.reason.as_str());
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
    let living = || {
        let read = OpenOptions::existing().read(&folder.path).unwrap();
        read.living_sessions().to_vec()
    };
    let listed = living();
    let expected: Vec<&Life> = lives.iter().map(|(_, life)| life).collect();
    assert_eq!(listed.iter().map(|s| &s.life).collect::<Vec<_>>(), expected);

    assert_eq!(reasons(&mut ledger, ProcessState::Unknown, 2), []);
    assert_eq!(
        ledger.heartbeat(&session("beats"), minute(2)).unwrap(),
        Some(minute(4))
    );
    assert_eq!(
        ledger.heartbeat(&session("forever"), minute(2)).unwrap(),
        None
    );
    assert_eq!(reasons(&mut ledger, ProcessState::Alive, 4), []);
    assert_eq!(
        reasons(&mut ledger, ProcessState::Alive, 5),
        [("beats".to_owned(), "heartbeat-lapsed")],
        "a process that lives keeps its silent session"
    );
    assert_eq!(
        reasons(&mut ledger, ProcessState::Unknown, 5),
        [("both".to_owned(), "heartbeat-lapsed")]
    );
    assert_eq!(reasons(&mut ledger, ProcessState::Unknown, 5_000), []);
    assert_eq!(
        reasons(&mut ledger, ProcessState::Ended, 5_000),
        [("process".to_owned(), "process-ended")]
    );
    let silent = ledger.heartbeat(&session("beats"), minute(6)).unwrap_err();
    assert_eq!(silent.code(), "unknown-session");
    assert_eq!(
        living().len(),
        1,
        "nothing ends a session without process and heartbeat"
    );
}

#[test]
fn a_silent_session_lives_up_to_its_deadline_and_not_a_second_longer() {
    let folder = folder();
    let mut ledger = folder.open();
    let minute_long = Life::until_closed().with_heartbeat(NonZeroU32::new(60).unwrap());
    for (id, life) in [
        ("alone", minute_long.clone()),
        ("elsewhere", minute_long.of_process(mark())),
    ] {
        ledger
            .open_session(Some(&session(id)), &user(id), &life, minute(0))
            .unwrap();
    }
    let processes = Fixed(RefCell::new(ProcessState::Unknown));
    assert_eq!(ledger.reap(&processes, minute(1)).unwrap(), []);
    let later = ledger.reap(&processes, minute(1).plus_seconds(1)).unwrap();
    let ids: Vec<&str> = later.iter().map(|reaped| reaped.session.as_str()).collect();
    assert_eq!(ids, ["alone", "elsewhere"]);
    assert_eq!(later[0].user, user("alone"));
    assert!(later.iter().all(|reaped| reaped.freed.is_empty()));
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

/// A clock that was years ahead once must not date what the ledger closes by itself, for good.
#[test]
fn an_event_of_a_wrong_clock_does_not_date_the_end_of_sessions() {
    let folder = folder();
    let mut ledger = folder.open();
    let forever = Life::until_closed();
    let heartbeat = NonZeroU32::new(300).unwrap();
    for (id, life) in [
        ("silent", forever.clone().with_heartbeat(heartbeat)),
        ("crashed", forever.of_process(mark())),
    ] {
        ledger
            .open_session(Some(&session(id)), &user(id), &life, minute(0))
            .unwrap();
    }
    let wrong: Moment = "2030-01-01T00:00:00Z".parse().unwrap();
    ledger.entitle(&owned(1), wrong).unwrap();
    let processes = Fixed(RefCell::new(ProcessState::Ended));
    let read = OpenOptions::existing().read(&folder.path).unwrap();
    let shown = read.seen_at(&processes, minute(20)).history().unwrap();
    ledger.reap(&processes, minute(20)).unwrap();
    let recorded = history(&ledger);
    assert_eq!(recorded, shown);
    let ends: Vec<Moment> = recorded.iter().skip(3).map(|event| event.at).collect();
    assert_eq!(ends, [minute(5), minute(20)]);
}

/// What a wrong clock recorded last must not put the end of a session before what was recorded rightly.
#[test]
fn the_end_of_a_session_is_never_recorded_before_an_event_that_the_clock_has_reached() {
    for wrong in ["2030-01-01T00:00:00Z", "1970-01-01T00:00:00Z"] {
        let folder = folder();
        let mut ledger = folder.open();
        let life = Life::until_closed().with_heartbeat(NonZeroU32::new(300).unwrap());
        ledger
            .open_session(Some(&session("silent")), &user("Ann"), &life, minute(0))
            .unwrap();
        ledger.entitle(&owned(1), minute(10)).unwrap();
        let wrong: Moment = wrong.parse().unwrap();
        ledger.entitle(&owned(2), wrong).unwrap();
        let stated = When::stated(minute(9), minute(20));
        let refused = ledger.entitle(&owned(3), stated).unwrap_err();
        assert_eq!(refused.code(), "past-moment", "{wrong}");
        let processes = Fixed(RefCell::new(ProcessState::Unknown));
        let read = OpenOptions::existing().read(&folder.path).unwrap();
        let shown = read.seen_at(&processes, minute(20)).history().unwrap();
        ledger.reap(&processes, minute(20)).unwrap();
        let recorded = history(&ledger);
        assert_eq!(recorded, shown);
        assert_eq!(recorded.last().unwrap().at, minute(10), "{wrong}");
    }
}

/// Time stands still for events until the clock has reached the last one, but not for heartbeats.
#[test]
fn a_last_event_that_is_ahead_moves_no_deadline() {
    let folder = folder();
    let mut ledger = folder.open();
    let life = Life::until_closed().with_heartbeat(NonZeroU32::new(300).unwrap());
    let open = |ledger: &mut SqliteLedger, id: &str, minutes| {
        let opened = ledger.open_session(Some(&session(id)), &user(id), &life, minute(minutes));
        opened.unwrap().session
    };
    let before = open(&mut ledger, "before", 0);
    ledger.entitle(&owned(1), minute(600)).unwrap();
    open(&mut ledger, "after", 2);
    assert_eq!(reasons(&mut ledger, ProcessState::Unknown, 3), []);
    assert_eq!(
        ledger.heartbeat(&before, minute(4)).unwrap(),
        Some(minute(9))
    );
    let lapsed = |id: &str| [(id.to_owned(), "heartbeat-lapsed")];
    assert_eq!(
        reasons(&mut ledger, ProcessState::Unknown, 8),
        lapsed("after")
    );
    assert_eq!(
        reasons(&mut ledger, ProcessState::Unknown, 10),
        lapsed("before")
    );
    let moments = history(&ledger);
    let order = moments.is_sorted_by_key(|event| event.at);
    assert!(order, "events stay in the order of their moments");
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
        .reap(&Fixed(RefCell::new(ProcessState::Ended)), minute(1))
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
fn a_mark_names_the_machine_its_boot_and_the_start_of_the_process() {
    let mark = ProcessMark::from_process_id(std::process::id()).unwrap();
    let uname = std::process::Command::new("uname").arg("-n").output();
    let name = String::from_utf8(uname.unwrap().stdout).unwrap();
    assert_eq!(mark.host, name.trim_end());
    let boot = mark.boot.as_deref().unwrap();
    let groups: Vec<usize> = boot.split('-').map(str::len).collect();
    assert_eq!(groups, [8, 4, 4, 4, 12], "a UUID: {boot}");
    let space = mark.space.as_deref().unwrap();
    assert!(space.starts_with("pid:["), "{space}");
    assert_eq!(mark.process, std::process::id());
    let parent = ProcessMark::from_process_id(std::os::unix::process::parent_id()).unwrap();
    assert!(parent.started <= mark.started, "{parent:?} {mark:?}");
    let unknown = ProcessMark::from_process_id(u32::MAX).unwrap_err();
    assert_eq!(unknown.process, u32::MAX);
}

#[cfg(target_os = "linux")]
#[test]
fn of_a_mark_that_lacks_its_boot_or_start_nothing_is_known() {
    let current = ProcessMark::from_process_id(std::process::id()).unwrap();
    let without_boot = ProcessMark {
        boot: None,
        ..current.clone()
    };
    let without_start = ProcessMark {
        started: None,
        ..current.clone()
    };
    let without_space = ProcessMark {
        space: None,
        ..current
    };
    for mark in [without_boot, without_start, without_space] {
        assert_eq!(
            LocalProcesses.state(&mark),
            ProcessState::Unknown,
            "{mark:?}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn this_process_lives_and_one_that_was_waited_for_has_ended() {
    let current = ProcessMark::from_process_id(std::process::id()).unwrap();
    assert_eq!(LocalProcesses.state(&current), ProcessState::Alive);
    let reused = ProcessMark {
        started: current.started.map(|started| started + 1),
        ..current.clone()
    };
    assert_eq!(
        LocalProcesses.state(&reused),
        ProcessState::Ended,
        "the number was given again"
    );
    let elsewhere = ProcessMark {
        space: Some("pid:[1]".to_owned()),
        ..current.clone()
    };
    assert_eq!(LocalProcesses.state(&elsewhere), ProcessState::Unknown);
    let before = ProcessMark {
        boot: Some("another boot".to_owned()),
        ..current.clone()
    };
    assert_eq!(LocalProcesses.state(&before), ProcessState::Ended);
    let other = ProcessMark {
        host: "another".to_owned(),
        ..before
    };
    assert_eq!(LocalProcesses.state(&other), ProcessState::Unknown);

    let mut child = std::process::Command::new("sleep")
        .arg("30")
        .spawn()
        .unwrap();
    let mark = ProcessMark::from_process_id(child.id()).unwrap();
    assert_eq!(LocalProcesses.state(&mark), ProcessState::Alive);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(LocalProcesses.state(&mark), ProcessState::Ended);
    assert!(ProcessMark::from_process_id(child.id()).is_err());
}
