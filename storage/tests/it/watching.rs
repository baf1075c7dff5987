//! Watching a project on a real disk.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use guichet_storage::filesystem::Disk;
use guichet_storage::{DirectoryWatch, Revision, WatchKind};

use crate::project::{DATA, Project, USER, add_user, edit};
use crate::support::file;

/// How long things must be calm before it is looked.
const CALM: Duration = Duration::from_millis(40);
/// How long an event may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long nothing must come to show that nothing comes.
const SILENCE: Duration = Duration::from_millis(250);

fn watch(project: &Project) -> DirectoryWatch {
    DirectoryWatch::new(Arc::new(Disk), project.target(), CALM).unwrap()
}

fn expect(watch: &mut DirectoryWatch, kind: WatchKind, project: &Project, inside: &str) {
    let event = watch.next(PATIENCE).unwrap().expect("nothing came");
    assert_eq!((event.kind, &event.path), (kind, &project.path(inside)));
    let revision =
        fs::read(project.path(inside)).map_or(Revision::ABSENT, |bytes| Revision::new(&bytes));
    assert_eq!(event.revision, revision);
}

fn expect_silence(watch: &mut DirectoryWatch) {
    assert_eq!(watch.next(SILENCE).unwrap(), None);
}

#[test]
fn one_save_is_one_event_and_the_watch_survives_atomic_replaces() {
    let project = Project::new().with(USER, &file("corpus", "one-group"));
    let mut watch = watch(&project);
    for number in 0..4 {
        edit(&project.store(), add_user(&format!("user {number}")));
        expect(&mut watch, WatchKind::Changed, &project, USER);
        expect_silence(&mut watch);
    }
    // As 4D saves: into the file itself.
    fs::write(project.path(USER), file("corpus", "two-groups-fr")).unwrap();
    expect(&mut watch, WatchKind::Changed, &project, USER);
}

#[test]
fn the_data_file_starts_and_stops_to_shadow_the_other_though_its_folder_was_not_there() {
    let project = Project::new().with(USER, &file("corpus", "one-group"));
    let mut watch = watch(&project);
    for _ in 0..2 {
        fs::create_dir_all(project.path("Data/Settings")).unwrap();
        thread::sleep(CALM);
        fs::write(project.path(DATA), file("corpus", "two-groups-fr")).unwrap();
        expect(&mut watch, WatchKind::ShadowingStarted, &project, DATA);
        edit(&project.store(), add_user("Ann"));
        expect(&mut watch, WatchKind::Changed, &project, DATA);
        // The options may lie in the user settings, also when the file that counts does not.
        let options = project.path("Settings/guichet.toml");
        fs::write(&options, "[access]\nhttp = \"\"\n").unwrap();
        expect(&mut watch, WatchKind::Changed, &project, DATA);
        fs::remove_file(&options).unwrap();
        expect(&mut watch, WatchKind::Changed, &project, DATA);
        fs::remove_dir_all(project.path("Data")).unwrap();
        expect(&mut watch, WatchKind::ShadowingStopped, &project, USER);
    }
    edit(&project.store(), add_user("Bob"));
    expect(&mut watch, WatchKind::Changed, &project, USER);
}

#[test]
fn a_file_that_is_made_removed_or_unreadable_is_told() {
    let project = Project::new();
    let mut watch = watch(&project);
    edit(&project.store(), add_user("Ann"));
    expect(&mut watch, WatchKind::Changed, &project, USER);
    fs::write(
        project.path("Settings/guichet.toml"),
        "[access]\nhttp = \"\"\n",
    )
    .unwrap();
    expect(&mut watch, WatchKind::Changed, &project, USER);
    fs::remove_file(project.path(USER)).unwrap();
    expect(&mut watch, WatchKind::Removed, &project, USER);
    fs::create_dir(project.path(USER)).unwrap();
    let event = watch.next(PATIENCE).unwrap().unwrap();
    assert_eq!(event.kind, WatchKind::Unreadable);
    fs::remove_dir(project.path(USER)).unwrap();
    fs::write(project.path(USER), "{}").unwrap();
    let event = watch.next(PATIENCE).unwrap().unwrap();
    assert_eq!(event.kind, WatchKind::Changed);
}

#[test]
fn files_that_do_not_count_and_plain_reading_are_silent() {
    let project = Project::new().with(USER, &file("corpus", "one-group"));
    let mut watch = watch(&project);
    fs::write(project.path("Settings/directory 2.json"), "{}").unwrap();
    fs::write(project.path("notes.txt"), "").unwrap();
    project.store().load().unwrap();
    fs::write(project.path(USER), file("corpus", "one-group")).unwrap();
    expect_silence(&mut watch);
}

/// A bug once: nothing was told, and no patience ended, while 4D wrote its data file beside the settings.
#[test]
fn a_folder_that_is_never_calm_hides_no_change() {
    let project = Project::new()
        .with(USER, &file("corpus", "one-group"))
        .with("Data/data.4DD", b"");
    let mut watch = watch(&project);
    let (data, done) = (project.path("Data/data.4DD"), AtomicBool::new(false));
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut writes = (0..5000).take_while(|_| !done.load(Ordering::Relaxed));
            writes.all(|number| {
                fs::write(&data, number.to_string()).unwrap();
                thread::sleep(Duration::from_millis(5));
                number < 4999
            })
        });
        expect_silence(&mut watch);
        edit(&project.store(), add_user("Ann"));
        expect(&mut watch, WatchKind::Changed, &project, USER);
        done.store(true, Ordering::Relaxed);
        assert!(writer.join().unwrap(), "it became calm at last");
    });
}
