//! `watch`: a line for each change, also when the data folder's file starts or stops to count.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use crate::harness::{DATA_FILE, Project, program};

#[test]
fn every_change_is_a_line() {
    let project = Project::accounting();
    let mut child = program()
        .args(["watch", "--format", "json", "--count", "3"])
        .current_dir(project.root())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    // It cannot be seen when the watch has begun: an edit is made until one is told.
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let first: Value = std::thread::scope(|scope| {
        let project = &project;
        scope.spawn(move || {
            while stopped.recv_timeout(Duration::from_millis(500)).is_err() {
                assert_eq!(project.guichet("users add").status, 0);
            }
        });
        let line = lines.next().unwrap().unwrap();
        stop.send(()).unwrap();
        serde_json::from_str(&line).unwrap()
    });
    assert_eq!(first["kind"], "changed");
    let members: Vec<&String> = first.as_object().unwrap().keys().collect();
    assert_eq!(members, ["when", "kind", "path", "revision"]);

    // An edit may be told after the first one, then the file of the data folder goes away.
    std::fs::remove_file(project.root().join(DATA_FILE)).unwrap();
    let mut kinds = Vec::new();
    for line in lines {
        let event: Value = serde_json::from_str(&line.unwrap()).unwrap();
        kinds.push(event["kind"].clone());
        if event["kind"] == "shadowing-stopped" {
            std::fs::create_dir_all(project.root().join("Data/Settings")).unwrap();
            project.write(DATA_FILE, r#"{"users": {}, "groups": {}}"#);
        }
    }
    assert!(
        kinds.contains(&Value::from("shadowing-stopped")),
        "{kinds:?}"
    );
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn what_cannot_be_found_cannot_be_watched() {
    let nowhere = Project::empty_folder();
    let error = nowhere.guichet("watch --format json").json_error();
    assert_eq!(error["code"], "no-project");
}
