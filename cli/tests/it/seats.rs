//! Sessions and seats from the command line: each command, and one whole story.

use serde_json::json;

use crate::harness::{Project, Run};

/// Runs command lines at nine o'clock and so many minutes.
fn at(project: &Project, minute: u32, line: &str) -> Run {
    project.at_noon(&format!("{line} --at 2026-11-21T09:{minute:02}:00Z"))
}

/// An office in which Ann Lee and Paul Durand hold both seats of 4D Write.
fn busy_office() -> Project {
    let project = Project::accounting();
    for (minute, line) in [
        (0, "session open \"Ann Lee\" --id ann"),
        (1, "session open \"Paul Durand\" --id paul"),
        (2, "session open Administrator --id admin"),
        (3, "seats take ann write"),
        (4, "seats take paul write"),
    ] {
        let run = at(&project, minute, line);
        assert_eq!(run.status, 0, "{run}");
    }
    project
}

fn shown(project: &Project, lines: &[(u32, &str)]) -> String {
    let runs = lines
        .iter()
        .map(|(minute, line)| at(project, *minute, line).to_string());
    runs.collect::<Vec<_>>().join("\n")
}

/// What 4D returns about its own licences: the example of its page, and a product that is no plug-in.
const LICENCES: &str = r#"{"name": "4D Server", "products": [
    {"id": 808465207, "name": "4D View", "allowedCount": 15, "rights": [
        {"count": 5}, {"count": 10, "expirationDate": {"day": 31, "month": 1, "year": 2027}},
        {"count": 10, "expirationDate": {"day": 31, "month": 1, "year": 2026}}]},
    {"id": 808464697, "name": "4D Write", "allowedCount": 32767, "rights": [{"count": 32767}]},
    {"id": 7, "name": "Something else", "allowedCount": 1, "rights": [{"count": 1}]}]}"#;

/// What 4D returns about the licences in use.
const USAGE: &str = r#"[
    {"productId": 808464697, "token": "t1", "time": "2026-11-20T09:00:00Z",
     "session": {"userName": "Ann Lee", "ID": "1"}},
    {"productId": 808464697, "token": "t2", "time": "2026-11-20T09:05:00Z",
     "session": {"userName": "Paul Durand", "ID": "2"}},
    {"productId": 808464697, "token": "t3", "time": "2026-11-20T09:06:00Z",
     "session": {"userName": "Administrator", "ID": "3"}},
    {"productId": 7, "token": "t4", "time": "2026-11-20T09:07:00Z"}]"#;

fn commands(format: &str) -> String {
    let project = busy_office();
    project.write("licences.json", LICENCES);
    project.write("usage.json", USAGE);
    let lines = [
        (5, "seats take ann write"),
        (5, "seats take admin write"),
        (6, "seats status"),
        (6, "session list"),
        (7, "seats explain Administrator write"),
        (7, "seats plan --against [PROJECT]/Settings/directory.json"),
        (
            7,
            "seats simulate [PROJECT]/Data/Guichet/seats.sqlite --seats write=3 --refused 50%",
        ),
        (7, "seats simulate [PROJECT]/usage.json"),
        (8, "session heartbeat ann"),
        (8, "session close ann"),
        (9, "seats import-licences [PROJECT]/licences.json"),
        (10, "seats report"),
        (10, "session open \"Ann Lee\" --id again --heartbeat 60"),
    ];
    let lines = lines.map(|(minute, line)| (minute, format!("{line}{format}")));
    let runs = lines
        .iter()
        .map(|(minute, line)| at(&project, *minute, line).to_string());
    runs.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_command_as_text() {
    insta::assert_snapshot!(commands(""));
}

#[test]
fn every_command_as_json() {
    insta::assert_snapshot!(commands(" --format json"));
}

/// Statements 29 and 31: a seat that is used stays with its user until the session ends, whatever
/// becomes of the group.
#[test]
fn a_user_who_leaves_the_group_keeps_the_seat_until_the_session_ends() {
    let project = busy_office();
    let before = project.root().join("Data/Settings/directory.json");
    let before = std::fs::read_to_string(before).unwrap();
    project.write("before.json", &before);
    let after = before.replace(
        "\"Administrator\",\n\t\t\t\t\"Ann Lee\"",
        "\"Administrator\"",
    );
    assert_ne!(before, after);
    project.write("Data/Settings/directory.json", after);
    insta::assert_snapshot!(shown(
        &project,
        &[
            (11, "seats take ann write"),
            (12, "seats status"),
            (13, "seats explain \"Ann Lee\" write"),
            (14, "seats take admin write"),
            (15, "seats plan --against [PROJECT]/before.json"),
            (16, "session close ann"),
            (17, "seats take admin write"),
            (18, "session open \"Ann Lee\" --id ann"),
            (19, "seats take ann write"),
            (20, "seats explain \"Ann Lee\" write"),
            (
                21,
                "seats simulate [PROJECT]/Data/Guichet/seats.sqlite --against [PROJECT]/before.json --since 2026-11-21T09:18:00Z",
            ),
            (22, "seats report"),
        ],
    ));
}

/// A session whose process has ended is shown as ended, and closed by the next command that writes.
#[cfg(target_os = "linux")]
#[test]
fn a_session_ends_with_its_process() {
    let project = Project::accounting();
    let mut process = std::process::Command::new("sleep")
        .arg("60")
        .spawn()
        .unwrap();
    let open = format!("session open \"Ann Lee\" --id a --process {}", process.id());
    assert_eq!(project.guichet(&open).status, 0);
    let sessions = || project.guichet("session list --format json").json();
    assert_eq!(sessions()[0]["process"], json!(process.id()));
    process.kill().unwrap();
    process.wait().unwrap();
    assert_eq!(sessions()[0]["ended"], "its process has ended");
    let next = project.guichet("session open \"Ann Lee\" --id b");
    assert_eq!(next.status, 0, "{next}");
    assert_eq!(sessions().as_array().unwrap().len(), 1);
    assert_eq!(sessions()[0]["session"], "b");
}

/// A session that was silent for too long is shown as ended, and closed by the next command that
/// writes: at its deadline, not when somebody wrote.
#[test]
fn a_silent_session_ends_after_its_time_out() {
    let project = Project::accounting();
    let open = at(
        &project,
        0,
        "session open \"Ann Lee\" --id a --heartbeat 120",
    );
    assert_eq!(open.status, 0, "{open}");
    let heard = at(&project, 1, "session heartbeat a --format json").json();
    assert_eq!(heard["deadline"], "2026-11-21T09:03:00Z");
    let ended =
        |minute| at(&project, minute, "session list --format json").json()[0]["ended"].take();
    assert_eq!(ended(3), json!(null));
    assert_eq!(ended(4), "no heartbeat since 2026-11-21T09:03:00Z");
    assert_eq!(ended(3), json!(null), "nobody closed it");
    let next = at(&project, 20, "session open Administrator --id b");
    assert_eq!(next.status, 0, "{next}");
    let told = at(
        &project,
        20,
        "seats explain \"Ann Lee\" write --format json",
    )
    .json();
    let events = told["events"].as_array().unwrap();
    let closed = events
        .iter()
        .find(|event| event["kind"] == "session-closed")
        .unwrap();
    assert_eq!(closed["at"], "2026-11-21T09:03:00Z");
    assert_eq!(closed["reason"], "heartbeat-lapsed");
}

#[test]
fn a_report_is_also_csv_and_a_chart() {
    let project = busy_office();
    let csv = at(
        &project,
        10,
        "seats report --plugin write --csv --svg [PROJECT]/write.svg",
    );
    insta::assert_snapshot!(csv, @r#"
    $ guichet seats report --plugin write --csv --svg [PROJECT]/write.svg --at 2026-11-21T09:10:00Z
    plugin,owned,in_use_at_start,in_use_at_end,peak,peak_at,peak_users,granted,held,not_entitled,no_licence,exhausted,accounts,seat_seconds
    write,2,0,2,2,2026-11-21T09:04:00Z,"Ann Lee, Paul Durand",2,0,0,0,0,2,780
    [0]
    "#);
    let chart = std::fs::read_to_string(project.root().join("write.svg")).unwrap();
    assert!(
        chart.starts_with("<svg") && chart.contains("peak 2"),
        "{chart}"
    );
    let again = at(
        &project,
        10,
        "seats report --plugin view --svg [PROJECT]/write.svg",
    );
    assert_eq!(again.status, 2, "nothing of view can be drawn: {again}");
}

/// Telling how things stand makes no file.
#[test]
fn reading_makes_no_ledger() {
    let project = Project::accounting();
    for line in ["seats status", "seats plan", "seats report", "session list"] {
        assert_eq!(project.guichet(line).status, 0, "{line}");
    }
    assert!(!project.root().join("Data/Guichet").exists());
}

#[test]
fn the_ledger_is_named_before_or_after_the_command() {
    let project = Project::accounting();
    let open = "session open \"Ann Lee\" --id a --ledger mine.sqlite";
    assert_eq!(project.guichet(open).status, 0);
    for line in [
        "--ledger mine.sqlite session list",
        "session --ledger mine.sqlite list",
        "session list --ledger mine.sqlite",
        "--at 2030-01-01 --ledger sqlite:mine.sqlite session list",
    ] {
        let run = project.guichet(&format!("{line} --format json"));
        assert_eq!(run.status, 0, "{run}");
        assert_eq!(run.json()[0]["session"], "a", "{line}");
    }
    for line in [
        "--ledger mine.sqlite seats status",
        "seats --ledger mine.sqlite status",
    ] {
        assert_eq!(project.guichet(line).status, 0, "{line}");
    }
    for line in ["--ledger mine.sqlite users list", "show --at 2030-01-01"] {
        let run = project.guichet(&format!("{line} --format json"));
        assert_eq!(run.json_error()["code"], "usage", "{line}");
    }
}

/// A ledger that ends with the process would give the last seat to everybody.
#[test]
fn ledgers_that_cannot_be_shared_are_refused() {
    let project = Project::accounting();
    insta::assert_snapshot!(project.session(&[
        "seats status --ledger memory:",
        "seats status --ledger postgres://seats",
        "--directory Settings/directory.json session open \"Ann Lee\"",
        "session close a",
        "seats report --from 2026-11-22 --to 2026-11-21",
        "seats status --at noon",
    ]));
    let open = "session open \"Ann Lee\" --id a --ledger sqlite:mine.sqlite";
    assert_eq!(project.guichet(open).status, 0);
    let sessions = project
        .guichet("session list --ledger mine.sqlite --format json")
        .json();
    assert_eq!(sessions[0]["user"], "Ann Lee");
}
