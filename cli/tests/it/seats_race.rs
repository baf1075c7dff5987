//! Many processes of the program at one ledger.

use std::process::Stdio;

use crate::harness::{Project, program};

/// 24 accounts ask for 5 seats at once, each in a process of its own.
#[test]
fn the_last_seats_are_given_once() {
    const ASKED: usize = 24;
    const OWNED: usize = 5;
    let users: Vec<String> = (0..ASKED)
        .map(|number| format!("\"U{number}\": {{}}"))
        .collect();
    let project = Project::with(format!(
        r#"{{"users": {{"designer": {{"password": "AAAAAAAAAAAAAAAAAAAAAA=="}}, "administrator": {{}}, {}}},
            "groups": {{}}, "remoteGranters": {{"write": "*"}}}}"#,
        users.join(", ")
    ));
    project.write(
        "Settings/guichet.toml",
        format!("[plugins.write]\nseats = {OWNED}\n"),
    );
    let command = |words: String| {
        let mut command = program();
        command
            .args(words.split(' '))
            .args(["--ledger", "seats.sqlite"]);
        command.current_dir(project.root()).stdout(Stdio::null());
        command
    };
    for number in 0..ASKED {
        let open = command(format!("session open U{number} --id s{number}")).status();
        assert!(open.unwrap().success());
    }
    let takers: Vec<_> = (0..ASKED)
        .map(|number| {
            command(format!("seats take s{number} write"))
                .spawn()
                .unwrap()
        })
        .collect();
    let statuses = takers
        .into_iter()
        .map(|mut taker| taker.wait().unwrap().code());
    let mut statuses: Vec<_> = statuses.collect();
    statuses.sort_unstable();
    let expected = [vec![Some(0); OWNED], vec![Some(1); ASKED - OWNED]].concat();
    assert_eq!(statuses, expected);
    let status = project
        .guichet("seats status --ledger seats.sqlite --format json")
        .json();
    let plugins = status["plugins"].as_array().unwrap();
    let write = plugins
        .iter()
        .find(|plugin| plugin["plugin"] == "write")
        .unwrap();
    assert_eq!(write["in_use"], OWNED);
    assert_eq!(write["refused"], ASKED - OWNED);
}
