//! Every call that fails, every moment to die in: the old files or the new ones, and the next edit goes on.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use guichet_core::{AccessArea, Change, Grantee, GroupName};
use guichet_storage::filesystem::FileSystem;
use guichet_storage::{
    DirectoryStore, Expected, ProjectPath, Rewrite, SaveError, StoreSettings, Target, UndoReach,
    normalise,
};

use crate::faults::{Call, Faults};
use crate::project::{add_user, make, note};
use crate::simulated::Simulated;
use crate::support::file;

const USER: &str = "/shop/Settings/directory.json";
const OPTIONS: &str = "/shop/Settings/guichet.toml";
const SERVER: &str = "/app/Server Database/Settings/directory.json";
const DATA: &str = "/data/Settings/directory.json";

/// A disk, what is done on it, and the two files that it is about.
struct Scene {
    name: &'static str,
    disk: Simulated,
    project: &'static str,
    data: Option<&'static str>,
    act: fn(&DirectoryStore) -> Result<(), SaveError>,
    directory: &'static str,
    options: &'static str,
}

/// The bytes of both files.
type Both = (Option<Vec<u8>>, Option<Vec<u8>>);

fn saved<T, E: std::fmt::Debug>(
    result: Result<T, guichet_storage::EditError<E>>,
) -> Result<(), SaveError> {
    match result {
        Ok(_) => Ok(()),
        Err(guichet_storage::EditError::Save(error)) => Err(error),
        Err(refused) => panic!("{refused:?}"),
    }
}

fn edit(store: &DirectoryStore) -> Result<(), SaveError> {
    saved(store.edit(&note(), make(vec![add_user("Ann")])))
}

fn rename(store: &DirectoryStore) -> Result<(), SaveError> {
    let (group, name) = (
        GroupName::from_stored("Ekib"),
        GroupName::from_stored("Team"),
    );
    saved(store.edit(&note(), make(vec![Change::RenameGroup { group, name }])))
}

fn close_http(store: &DirectoryStore) -> Result<(), SaveError> {
    let (area, grantee) = (AccessArea::Http, Grantee::Nobody);
    saved(store.edit(&note(), make(vec![Change::GrantArea { area, grantee }])))
}

fn undo(store: &DirectoryStore) -> Result<(), SaveError> {
    let granted = || Ok::<_, Infallible>(());
    saved(store.undo_asking(&note(), UndoReach::Creation, granted))
}

fn rewrite(store: &DirectoryStore) -> Result<(), SaveError> {
    saved(store.rewrite(Expected::Any, &note(), |loaded| {
        let document = loaded.document.as_ref().unwrap();
        let what = vec!["the file was put in its normal order".to_owned()];
        let text = format!("{}\n", normalise(document, &loaded.directory));
        Ok::<_, Infallible>(Rewrite { text, what })
    }))
}

fn init(store: &DirectoryStore) -> Result<(), SaveError> {
    store.init(&note()).map(drop)
}

fn scenes() -> Vec<Scene> {
    let directory = file("corpus", "two-groups-fr");
    let toml: &[u8] = b"[access]\nhttp = \"Ekib\"\n";
    let both = || Simulated::new(&[(USER, &directory), (OPTIONS, toml)], &["/shop/Project"]);
    let shop = |name, disk, act| Scene {
        name,
        disk,
        project: "/shop",
        data: None,
        act,
        directory: USER,
        options: OPTIONS,
    };
    let alone = || Simulated::new(&[(USER, &directory)], &["/shop/Project"]);
    let edited = both();
    let mut all = vec![
        shop("edit", alone(), edit as fn(&DirectoryStore) -> _),
        shop("both files", both(), rename),
        shop("whole text", alone(), rewrite),
        shop("options made", alone(), close_http),
        shop("init", Simulated::new(&[], &["/shop/Project"]), init),
    ];
    let again = shop("undo of both files", edited, undo);
    rename(&again.store(&again.disk)).unwrap();
    all.push(again);
    let made = shop(
        "undo of init",
        Simulated::new(&[], &["/shop/Project"]),
        undo,
    );
    init(&made.store(&made.disk)).unwrap();
    all.push(made);
    all.push(Scene {
        name: "built server",
        disk: Simulated::new(&[(SERVER, &directory)], &["/data"]),
        project: "/app/Server Database",
        data: Some("/data"),
        act: edit,
        directory: DATA,
        options: "/data/Settings/guichet.toml",
    });
    all.push(Scene {
        name: "whole text of a built server",
        disk: Simulated::new(&[(SERVER, &directory)], &["/data"]),
        project: "/app/Server Database",
        data: Some("/data"),
        act: rewrite,
        directory: DATA,
        options: "/data/Settings/guichet.toml",
    });
    all
}

impl Scene {
    fn store(&self, disk: &Simulated) -> DirectoryStore {
        self.store_on(Arc::new(disk.clone()))
    }

    fn store_on(&self, files: Arc<dyn FileSystem>) -> DirectoryStore {
        let target = Target::Project {
            project: ProjectPath::At(self.project.into()),
            data: self.data.map(Into::into),
        };
        let settings = StoreSettings {
            lock_timeout: Duration::from_millis(1),
            ..StoreSettings::default()
        };
        DirectoryStore::with_files(files, target, settings)
    }

    fn both(&self, disk: &Simulated) -> Both {
        (disk.bytes(self.directory), disk.bytes(self.options))
    }

    /// Both files before and after, and how many writing calls it takes.
    fn outcome(&self) -> (Both, Both, usize) {
        let disk = self.disk.copied();
        let old = self.both(&disk);
        (self.act)(&self.store(&disk)).unwrap();
        let new = self.both(&disk);
        assert_ne!(old, new, "{}", self.name);
        (old, new, disk.calls())
    }

    /// Checks what is left of an edit that did not come to its end, and goes on editing.
    fn check(&self, disk: &Simulated, old: &Both, new: &Both, when: &str) {
        let name = self.name;
        let found = self.both(disk);
        let options_first = (old.0.clone(), new.1.clone());
        assert!(
            found == *old || found == *new || found == options_first,
            "{name} {when}: {:?} {:?}",
            found.0.map(String::from_utf8),
            found.1.map(String::from_utf8)
        );
        let store = self.store(disk);
        store
            .load()
            .unwrap_or_else(|error| panic!("{name} {when}: {error}"));
        if found == *old {
            // What did not happen is not told.
            let told = store.log().unwrap();
            let first = self.store(&self.disk).log().unwrap();
            assert_eq!(told, first, "{name} {when}");
        }
        let change = vec![add_user("somebody else")];
        saved(store.edit(&note(), make(change)))
            .unwrap_or_else(|error| panic!("{name} {when}: {error}"));
        let left = disk.all_names();
        assert!(
            left.iter().all(|name| !name.contains("tmp")),
            "{name} {when}: {left:?}"
        );
        undo(&store).unwrap_or_else(|error| panic!("{name} {when}: {error}"));
        assert_eq!(self.both(disk), found, "{name} {when}");
    }
}

#[test]
fn whoever_dies_at_any_moment_leaves_the_old_files_or_the_new_ones() {
    for scene in scenes() {
        let (old, new, calls) = scene.outcome();
        for call in 0..=calls {
            let disk = scene.disk.copied();
            disk.dies_before(call);
            let result = (scene.act)(&scene.store(&disk));
            match result {
                // Who says that it is done has done it.
                Ok(()) => assert!(scene.both(&disk) == new, "{} {call}", scene.name),
                Err(error) => assert!(call < calls, "{} {call}: {error}", scene.name),
            }
            scene.check(
                &disk.after_a_kill(),
                &old,
                &new,
                &format!("killed before call {call}"),
            );
            for (number, disk) in disk.after_power_losses().iter().enumerate() {
                let when = format!("power lost before call {call}, case {number}");
                scene.check(disk, &old, &new, &when);
            }
        }
    }
}

#[test]
fn what_was_saved_survives_a_loss_of_power_at_once() {
    for scene in scenes() {
        let (_, new, _) = scene.outcome();
        let disk = scene.disk.copied();
        (scene.act)(&scene.store(&disk)).unwrap();
        for disk in disk.after_power_losses() {
            assert_eq!(scene.both(&disk), new, "{}", scene.name);
        }
    }
}

#[test]
fn every_call_that_fails_is_an_error_that_leaves_the_old_files_or_the_new_ones() {
    const CALLS: [Call; 17] = [
        Call::Entry,
        Call::Probe,
        Call::Read,
        Call::Resolve,
        Call::IsReadOnly,
        Call::Names,
        Call::CreateFolders,
        Call::Create,
        Call::Append,
        Call::Write,
        Call::Resemble,
        Call::Sync,
        Call::Rename,
        Call::Remove,
        Call::SyncFolder,
        Call::Lock,
        Call::Sign,
    ];
    let mut failures = 0;
    for scene in scenes() {
        let (old, new, _) = scene.outcome();
        for call in CALLS {
            for failing in 0.. {
                let disk = scene.disk.copied();
                let count = Arc::new(AtomicUsize::new(0));
                let counted = Arc::clone(&count);
                let faults = Faults::new(Arc::new(disk.clone()), move |asked, _| {
                    let fails = asked == call && counted.fetch_add(1, Ordering::Relaxed) == failing;
                    fails.then_some(std::io::ErrorKind::StorageFull)
                });
                let result = (scene.act)(&scene.store_on(Arc::new(faults)));
                if count.load(Ordering::Relaxed) <= failing {
                    assert!(result.is_ok(), "{} {call:?}", scene.name);
                    break;
                }
                failures += 1;
                let when = format!("{call:?} number {failing} failed");
                let left = disk.all_names();
                let unfinished = left.iter().any(|name| name.contains("tmp"));
                assert!(
                    !unfinished || call == Call::Remove,
                    "{} {when}: {left:?}",
                    scene.name
                );
                if result.is_err() && call != Call::SyncFolder && !scene.name.starts_with("undo")
                // which reads once more when all is done
                {
                    assert!(scene.both(&disk) == old, "{} {when}", scene.name);
                }
                scene.check(&disk, &old, &new, &when);
            }
        }
    }
    assert!(failures > 200, "{failures}");
}
