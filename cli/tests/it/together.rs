//! Two processes that edit at once lose nothing.

use std::process::Stdio;

use crate::harness::{Project, program};

#[test]
fn edits_of_many_processes_are_all_kept() {
    const PROCESSES: usize = 6;
    const EDITS: usize = 3;
    let project = Project::accounting();
    for round in 0..EDITS {
        let children: Vec<_> = (0..PROCESSES)
            .map(|process| {
                program()
                    .args([
                        "users",
                        "add",
                        &format!("u{process} {round}"),
                        "--group",
                        "Devs",
                    ])
                    .current_dir(project.root())
                    .stdin(Stdio::null())
                    .stdout(Stdio::null())
                    .stderr(Stdio::piped())
                    .spawn()
                    .unwrap()
            })
            .collect();
        for child in children {
            let output = child.wait_with_output().unwrap();
            let told = String::from_utf8(output.stderr).unwrap();
            assert!(output.status.success(), "{told}");
        }
    }
    let devs = project.guichet("groups show Devs --format json").json();
    assert_eq!(
        devs["users"].as_array().unwrap().len(),
        1 + PROCESSES * EDITS
    );
    let log = project.guichet("log --format json").json();
    assert_eq!(log.as_array().unwrap().len(), PROCESSES * EDITS);
}
