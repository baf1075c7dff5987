//! Commands that only tell how seats stand write nothing.

use std::collections::BTreeMap;
use std::path::Path;

use crate::harness::Project;

/// What every command about the ledger that writes nothing is called by.
const READING: &[&str] = &[
    "seats status",
    "seats explain \"Ann Lee\" write",
    "seats report",
    "seats report --csv",
    "seats report --plugin write --svg [PROJECT]/write.svg",
    "seats plan",
    "seats plan --against [PROJECT]/Settings/directory.json",
    "seats simulate [PROJECT]/Data/Guichet/seats.sqlite",
    "seats simulate [PROJECT]/usage.json",
    "session list",
];

/// What else tells about plug-ins and their seats, without the ledger.
const BESIDE: &[&str] = &[
    "lint",
    "diff [PROJECT]/Settings/directory.json [PROJECT]/Data/Settings/directory.json",
    "plugins list",
    "plugins show write",
];

/// An office in which Ann Lee holds a seat in a session that must be heard of every ten minutes.
fn office() -> Project {
    let project = Project::accounting();
    project.write("usage.json", "[]");
    for line in [
        "session open \"Ann Lee\" --id hb --heartbeat 600 --at 2026-11-28T11:55:00Z",
        "seats take hb write --at 2026-11-28T11:55:00Z",
    ] {
        let run = project.at_noon(line);
        assert_eq!(run.status, 0, "{run}");
    }
    project
}

/// Every file of a folder with what is in it.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap();
    let entries = entries.map(|entry| entry.unwrap());
    entries
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// Reading with a moment in the future once closed every session with a heartbeat, for good.
#[test]
fn every_reading_command_leaves_the_ledger_as_it_is_at_any_moment() {
    let project = office();
    let folder = project.root().join("Data/Guichet");
    let before = files(&folder);
    assert_eq!(before.len(), 1, "{:?}", before.keys());
    for moment in [
        "",
        " --at 2030-01-01T00:00:00Z",
        " --at 2026-11-28T11:57:00Z",
    ] {
        for line in READING {
            let run = project.at_noon(&format!("{line}{moment}"));
            assert!(run.status < 2, "{run}");
            assert!(files(&folder) == before, "{line}{moment}");
        }
    }
    for line in BESIDE {
        let run = project.at_noon(line);
        assert!(run.status < 2, "{run}");
        assert!(files(&folder) == before, "{line}");
    }
    let sessions = project.at_noon("session list --format json").json();
    assert_eq!(sessions[0]["session"], "hb");
    assert_eq!(sessions[0]["ended"], serde_json::Value::Null);
    let again = project.at_noon("seats take hb write --format json").json();
    assert_eq!(again["reason"], "already-held");
}

/// How many seats are in use, as one command says and as another does.
fn in_use(project: &Project, moment: &str) -> (u64, u64) {
    let status = project.at_noon(&format!("seats status --format json{moment}"));
    let report = project.at_noon(&format!("seats report --format json{moment}"));
    let of_write = |mut document: serde_json::Value| {
        let mut plugins = document["plugins"].take();
        let mut plugins = plugins.as_array_mut().unwrap().drain(..);
        plugins.find(|plugin| plugin["plugin"] == "write").unwrap()
    };
    let number = |value: &serde_json::Value| value.as_u64().unwrap();
    (
        number(&of_write(status.json())["in_use"]),
        number(&of_write(report.json())["in_use_at_end"]),
    )
}

#[test]
fn a_session_that_is_overdue_is_shown_as_ended_by_every_reading_command() {
    let project = office();
    assert_eq!(in_use(&project, ""), (1, 1));
    assert_eq!(in_use(&project, " --at 2026-11-28T12:05:00Z"), (1, 1));
    assert_eq!(in_use(&project, " --at 2026-11-28T12:05:01Z"), (0, 0));
    let list = project.at_noon("session list --at 2026-11-28T12:20:00Z");
    assert!(
        list.stdout
            .contains("ended: no heartbeat since 2026-11-28T12:05:00Z"),
        "{list}"
    );
}

/// SQLite's own reader leaves two files beside a ledger that it may not write, and they lock out
/// whoever may.
#[cfg(unix)]
#[test]
fn a_ledger_that_cannot_be_written_is_read_and_written_later() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt as _;

    let project = office();
    let folder = project.root().join("Data/Guichet");
    let file = folder.join("seats.sqlite");
    let before = files(&folder);
    let modes = |file_mode, folder_mode| {
        set_permissions(&file, Permissions::from_mode(file_mode)).unwrap();
        set_permissions(&folder, Permissions::from_mode(folder_mode)).unwrap();
    };
    modes(0o444, 0o555);
    for line in READING {
        let run = project.at_noon(line);
        assert!(run.status < 2, "{run}");
    }
    assert!(files(&folder) == before);
    modes(0o644, 0o755);
    let take = project.at_noon("seats take hb write");
    assert_eq!(take.status, 0, "{take}");
}
