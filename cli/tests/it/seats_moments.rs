//! When something may be recorded.

use crate::harness::Project;

/// What writes to the ledger.
const WRITING: &[&str] = &[
    "session open Administrator --id other",
    "session heartbeat ann",
    "session close ann",
    "seats take ann write",
    "seats import-licences [PROJECT]/licences.json",
];

fn office() -> Project {
    let project = Project::accounting();
    project.write(
        "licences.json",
        r#"{"products": [{"id": 808465207, "name": "4D View", "allowedCount": 15}]}"#,
    );
    let open = "session open \"Ann Lee\" --id ann --heartbeat 600 --at 2026-11-21T09:00:00Z";
    assert_eq!(project.at_noon(open).status, 0);
    project
}

/// An event of the past once was recorded after later ones, and reports missed it.
#[test]
fn a_moment_before_the_last_event_is_refused_and_named() {
    let project = office();
    for line in WRITING {
        let run = project.at_noon(&format!("{line} --at 2026-11-01 --format json"));
        let error = run.json_error();
        assert_eq!(error["code"], "past-moment", "{line}");
        let told = error["message"].as_str().unwrap();
        assert!(told.contains("2026-11-21T09:00:00Z"), "{told}");
        assert!(
            error["help"].as_str().unwrap().contains("leave it out"),
            "{line}"
        );
    }
}

#[test]
fn a_moment_in_the_future_is_refused_from_a_minute_on() {
    let project = office();
    for line in WRITING {
        let run = project.at_noon(&format!("{line} --at 2026-11-28T12:01:01Z --format json"));
        let error = run.json_error();
        assert_eq!(error["code"], "future-moment", "{line}");
        let help = error["help"].as_str().unwrap();
        assert!(help.contains("2026-11-21T09:00:00Z"), "{help}");
    }
    let sessions = project.at_noon("session list --at 2026-11-21T09:05:00Z --format json");
    assert_eq!(
        sessions.json()[0]["ended"],
        serde_json::Value::Null,
        "nothing was closed"
    );
    let within = project.at_noon("session open Administrator --at 2026-11-28T12:01:00Z");
    assert_eq!(within.status, 0, "{within}");
}

/// A host clock that lags a little must not refuse a seat.
#[test]
fn now_is_never_before_the_last_event() {
    let project = office();
    let ahead = "session open \"Paul Durand\" --id paul --at 2026-11-28T12:00:50Z";
    assert_eq!(project.at_noon(ahead).status, 0);
    let take = project.at_noon("seats take paul write");
    assert_eq!(take.status, 0, "{take}");
    let told = project.at_noon("seats explain \"Paul Durand\" write --format json");
    let last = told.json()["events"]
        .as_array()
        .unwrap()
        .last()
        .unwrap()
        .clone();
    assert_eq!(last["kind"], "seat-granted");
    assert_eq!(last["at"], "2026-11-28T12:00:50Z");
}
