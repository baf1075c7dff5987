//! Taking changes back while others write, and where the two files lie apart.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use guichet_core::{AccessArea, Change, Diagnostic as _, Grantee};
use guichet_storage::filesystem::{Disk, FileSystem as _, LockAttempt};
use guichet_storage::{DirectoryStore, StoreSettings};

use crate::faults::{Call, Faults};
use crate::project::{DATA, LOCK, Project, USER, add_user, edit, note, undo_creation};
use crate::support::file;

/// A bug once: a file that the change had made was taken away though 4D had written it a moment ago.
#[test]
fn what_4d_writes_while_a_change_is_taken_back_stays() {
    let theirs = file("corpus", "two-groups-fr");
    for made in [true, false] {
        for read in 0..5 {
            let project = if made {
                let project = Project::new();
                project.store().init(&note()).unwrap();
                project
            } else {
                let project = Project::new().with(USER, &file("corpus", "one-group"));
                edit(&project.store(), add_user("Ann"));
                project
            };
            let (path, count, bytes) = (project.path(USER), AtomicUsize::new(0), theirs.clone());
            let disk = Faults::new(Arc::new(Disk), move |call, asked| {
                let reads = call == Call::Read && asked.ends_with(USER);
                if reads && count.fetch_add(1, Ordering::Relaxed) == read {
                    fs::write(&path, &bytes).unwrap();
                }
                None
            });
            let settings = StoreSettings::default();
            let store = DirectoryStore::with_files(Arc::new(disk), project.target(), settings);
            if undo_creation(&store).is_err() {
                assert_eq!(project.read(USER), theirs, "{made} {read}");
            } else {
                // It was all over before 4D wrote.
                assert_eq!(read, 4, "{made}");
            }
        }
    }
}

/// A bug once: an edit that writes both folders locked both, and taking it back locked one.
#[test]
fn the_folder_of_options_that_lie_elsewhere_is_locked_too() {
    let options = "Settings/guichet.toml";
    let project = Project::new()
        .with(DATA, &file("corpus", "one-group"))
        .with(options, b"[access]\nhttp = \"*\"\n");
    let settings = StoreSettings {
        lock_timeout: Duration::from_millis(1),
        ..StoreSettings::default()
    };
    let store = DirectoryStore::new(project.target(), settings);
    let (area, grantee) = (AccessArea::Http, Grantee::Nobody);
    edit(&store, Change::GrantArea { area, grantee });
    let closed = project.read(options);

    let lock = project.path("Settings").join(LOCK);
    let LockAttempt::Held(held) = Disk.try_lock(&lock).unwrap() else {
        panic!("nobody else locks it")
    };
    assert_eq!(store.undo(&note()).unwrap_err().code(), "locked");
    assert_eq!(project.read(options), closed);
    drop(held);
    let left = project.path("Settings/.guichet/4711.guichet-tmp");
    fs::write(&left, "[acc").unwrap();
    store.undo(&note()).unwrap();
    assert!(!left.exists());
    assert_eq!(project.read(options), b"[access]\nhttp = \"*\"\n");
}
