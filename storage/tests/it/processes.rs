//! Real processes that edit one file at once: nothing is lost, and a killed one is in nobody's way.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use guichet_core::Rules;
use guichet_storage::{DirectoryStore, StoreSettings, Target};

use crate::project::{add_user, make, names, note};
use crate::support::file;

/// Tells this binary, started again, which file it is to edit, and what it is called.
const FILE: &str = "GUICHET_TEST_FILE";
const NAME: &str = "GUICHET_TEST_NAME";
/// How many users it is to add; `hold` to keep the lock until it is killed.
const WORK: &str = "GUICHET_TEST_WORK";

/// An unfinished file as a killed process leaves it.
const LEFT: &str = ".guichet/1.guichet-tmp";

fn start(path: &Path, name: &str, work: &str) -> Child {
    editor(path, name, work).spawn().unwrap()
}

/// Returns this binary as a process that edits a file.
pub(crate) fn editor(path: &Path, name: &str, work: &str) -> Command {
    let mut editor = Command::new(std::env::current_exe().unwrap());
    editor
        .args([
            "--exact",
            "processes::the_work_of_one_process",
            "--nocapture",
        ])
        .envs([
            (FILE, path.as_os_str()),
            (NAME, name.as_ref()),
            (WORK, work.as_ref()),
        ])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    editor
}

fn store(path: &Path) -> DirectoryStore {
    let settings = StoreSettings {
        lock_timeout: Duration::from_mins(1),
        ..StoreSettings::default()
    };
    DirectoryStore::new(Target::File(path.to_owned()), settings)
}

/// Does the work of one process; alone, it shows that a user added is found again.
#[test]
fn the_work_of_one_process() {
    let Some(path) = std::env::var_os(FILE) else {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("directory.json");
        fs::write(&path, file("corpus", "one-group")).unwrap();
        work(&path, "alone", "1");
        assert!(
            store(&path)
                .load()
                .unwrap()
                .directory
                .find_user("alone 0")
                .is_some()
        );
        return;
    };
    let (name, wanted) = (std::env::var(NAME).unwrap(), std::env::var(WORK).unwrap());
    work(Path::new(&path), &name, &wanted);
}

fn work(path: &Path, name: &str, wanted: &str) {
    let store = store(path);
    if wanted == "hold" {
        store
            .edit(&note(), |directory, _| {
                fs::write(path.with_file_name(LEFT), "half of a fi").unwrap();
                std::thread::sleep(Duration::from_mins(10));
                directory.apply(&[], &Rules::default())
            })
            .unwrap();
        return;
    }
    for number in 0..wanted.parse().unwrap() {
        let change = add_user(&format!("{name} {number}"));
        store.edit(&note(), make(vec![change])).unwrap();
    }
}

fn race(processes: usize, edits: usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("directory.json");
    fs::write(&path, file("corpus", "two-groups-fr")).unwrap();
    let first = store(&path).load().unwrap().directory.user_count();
    let children: Vec<_> = (0..processes)
        .map(|number| start(&path, &format!("process {number}"), &edits.to_string()))
        .collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
    }
    let store = store(&path);
    let directory = store.load().unwrap().directory;
    assert_eq!(directory.user_count(), first + processes * edits);
    for process in 0..processes {
        for number in 0..edits {
            let name = format!("process {process} {number}");
            assert!(directory.find_user(&name).is_some(), "{name}");
        }
    }
    // The history is one chain from the first file to the last, and leads back all the way.
    let log = store.log().unwrap();
    assert_eq!(log.len(), processes * edits);
    assert!(log.windows(2).all(|pair| pair[0].after == pair[1].before));
    for _ in &log {
        store.undo(&note()).unwrap();
    }
    assert_eq!(fs::read(&path).unwrap(), file("corpus", "two-groups-fr"));
    let left = names(&folder.path().join(".guichet"));
    assert!(left.iter().all(|name| !name.contains("tmp")), "{left:?}");
}

#[test]
fn two_processes_lose_nothing() {
    race(2, 10);
}

#[test]
fn twenty_four_processes_lose_nothing() {
    race(24, 2);
}

#[test]
fn a_killed_process_leaves_no_lock_and_what_it_left_is_cleared() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("directory.json");
    fs::write(&path, file("corpus", "one-group")).unwrap();
    let mut child = start(&path, "killed", "hold");
    let left = folder.path().join(LEFT);
    while !left.exists() {
        assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
        std::thread::sleep(Duration::from_millis(5));
    }
    let hasty = StoreSettings {
        lock_timeout: Duration::from_millis(5),
        ..StoreSettings::default()
    };
    let hasty = DirectoryStore::new(Target::File(path.clone()), hasty);
    let error = hasty
        .edit(&note(), make(vec![add_user("Ann")]))
        .unwrap_err();
    let owner = format!("(process {})", child.id());
    assert!(error.to_string().contains(&owner), "{error}");
    child.kill().unwrap();
    child.wait().unwrap();
    hasty.edit(&note(), make(vec![add_user("Ann")])).unwrap();
    let left = names(&folder.path().join(".guichet"));
    assert!(left.iter().all(|name| !name.contains("tmp")), "{left:?}");
}
