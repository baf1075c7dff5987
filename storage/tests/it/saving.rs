//! Saving on a real disk: conflicts, locks, the history, and how an edit is taken back.

use std::collections::HashSet;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use guichet_core::{
    AccessArea, Change, Credential, Diagnostic as _, Directory, Grantee, UserName, same_in_order,
};
use guichet_storage::filesystem::{Disk, FileSystem as _};
use guichet_storage::{
    DirectoryStore, EditError, Expected, Origin, Revision, SaveError, StoreSettings, Target,
};

use crate::faults::{Call, Faults};
use crate::project::{HISTORY, LOCK, Project, UNDO, USER, add_user, edit, make, note};
use crate::support::{file, files};

/// The most changes that the history lists.
const MOST_CHANGES: usize = 1000;

/// The most bytes of a history when it was cut.
const MOST_HISTORY_BYTES: usize = 1 << 20;

/// The most changes that can be taken back.
const MOST_UNDOS: usize = 100;

#[test]
fn an_edit_is_written_remembered_and_taken_back_step_by_step() {
    let first = file("corpus", "two-groups-fr");
    let project = Project::new().with(USER, &first);
    let store = project.store();
    let mut states = vec![first];
    for change in [
        add_user("Zoë"),
        Change::RenameUser {
            user: UserName::from_stored("Zoë"),
            name: UserName::from_stored("Zoé"),
        },
        // Back to what it was: the texts of two steps are the same.
        Change::RenameUser {
            user: UserName::from_stored("Zoé"),
            name: UserName::from_stored("Zoë"),
        },
        Change::SetPassword {
            user: UserName::from_stored("Ego"),
            credential: None,
        },
    ] {
        let edited = edit(&store, change);
        assert_eq!(edited.files.len(), 1);
        assert_eq!(
            edited.revision_before,
            Revision::new(states.last().unwrap())
        );
        states.push(project.read(USER));
        assert_eq!(edited.revision_after, Revision::new(states.last().unwrap()));
        assert!(same_in_order(
            &edited.after,
            &store.load().unwrap().directory
        ));
    }
    let log = store.log().unwrap();
    assert_eq!(log.len(), 4);
    assert_eq!(log[0].what, ["user `Zoë` (number 5) was added"]);
    assert_eq!(
        (log[0].who.as_str(), log[0].when.to_string().as_str()),
        ("Designer", "2026-11-21T12:00:00Z")
    );
    states.pop();
    while let Some(former) = states.pop() {
        let undone = store.undo(&note()).unwrap();
        assert_eq!(project.read(USER), former);
        assert_eq!(undone.entry.before, Revision::new(&former));
        let read = store.load().unwrap().directory;
        assert!(same_in_order(&undone.edited.after, &read));
    }
    assert_eq!(store.undo(&note()).unwrap_err().code(), "nothing-to-undo");
    assert_eq!(store.log().unwrap().len(), 8);
    assert_eq!(
        store.log().unwrap()[7].what,
        ["undone: user `Zoë` (number 5) was added"]
    );
}

#[test]
fn an_edit_that_changes_nothing_writes_nothing() {
    let project = Project::new().with(USER, &file("corpus", "one-group"));
    let store = project.store();
    let nothing = store
        .edit(
            &note(),
            make(vec![
                add_user("Ann"),
                Change::DeleteUser {
                    user: UserName::from_stored("Ann"),
                },
            ]),
        )
        .unwrap();
    assert!(nothing.files.is_empty());
    assert_eq!(project.names("Settings"), [".guichet", "directory.json"]);
    assert_eq!(project.read(USER), file("corpus", "one-group"));
}

#[test]
fn a_plan_writes_nothing_and_says_what_an_edit_would_write() {
    let project = Project::new().with(USER, &file("corpus", "one-group"));
    let store = project.store();
    let planned = store.plan(make(vec![add_user("Ann")])).unwrap();
    assert_eq!(project.names("Settings"), ["directory.json"]);
    let edited = edit(&store, add_user("Ann"));
    assert_eq!(planned.files, edited.files);
    assert_eq!(
        edited.files[0].after.as_deref(),
        Some(project.read(USER).as_slice())
    );
}

#[test]
fn a_refused_edit_leaves_everything_as_it_was() {
    let project = Project::new().with(USER, &file("corpus", "one-group"));
    let change = Change::DeleteUser {
        user: UserName::from_stored("Designer"),
    };
    let error = project
        .store()
        .edit(&note(), make(vec![add_user("Ann"), change]))
        .unwrap_err();
    assert!(matches!(error, EditError::Refused(_)), "{error:?}");
    assert_eq!(project.read(USER), file("corpus", "one-group"));
}

#[test]
fn a_file_that_has_changed_is_a_conflict() {
    let project = Project::new().with(USER, &file("corpus", "one-group"));
    let store = project.store();
    let revision = store.load().unwrap().revision;
    let expected = Expected::Revision(revision);
    store
        .edit_expecting(expected, &note(), make(vec![add_user("Ann")]))
        .unwrap();
    let error = store
        .edit_expecting(expected, &note(), make(vec![add_user("Bob")]))
        .unwrap_err();
    assert_eq!(error.code(), "conflict");
}

#[test]
fn a_file_that_4d_writes_while_we_edit_is_a_conflict_not_a_loss() {
    let project = Project::new().with(USER, &file("corpus", "one-group"));
    let path = project.path(USER);
    let error = project
        .store()
        .edit(&note(), |directory, options| {
            fs::write(&path, file("corpus", "two-groups-fr")).unwrap();
            make(vec![add_user("Ann")])(directory, options)
        })
        .unwrap_err();
    assert_eq!(error.code(), "conflict");
    assert_eq!(project.read(USER), file("corpus", "two-groups-fr"));
    assert!(project.store().log().unwrap().len() <= 1);
    edit(&project.store(), add_user("Bob"));
    project.store().undo(&note()).unwrap();
    assert_eq!(project.read(USER), file("corpus", "two-groups-fr"));
}

/// A bug that happened: the file was read a second time, and the edit was made of what it said then.
#[test]
fn options_that_somebody_writes_while_we_edit_are_a_conflict_not_a_loss() {
    let options = "Settings/guichet.toml";
    let project = Project::new()
        .with(USER, &file("corpus", "two-groups-fr"))
        .with(options, b"# ours\n");
    let theirs = b"[plugins.barcode]\nnumber = 15000\ngroup = \"*\"\n";
    let http = Change::GrantArea {
        area: AccessArea::Http,
        grantee: Grantee::Nobody,
    };
    let error = project
        .store()
        .edit(&note(), |directory, before| {
            fs::write(project.path(options), theirs).unwrap();
            make(vec![http])(directory, before)
        })
        .unwrap_err();
    assert_eq!(error.code(), "conflict");
    assert_eq!(project.read(options), theirs);
}

#[test]
fn what_somebody_else_changed_since_is_not_taken_back() {
    let project = Project::new().with(USER, &file("corpus", "one-group"));
    edit(&project.store(), add_user("Ann"));
    fs::write(project.path(USER), file("corpus", "two-groups-fr")).unwrap();
    assert_eq!(
        project.store().undo(&note()).unwrap_err().code(),
        "nothing-to-undo"
    );
    assert_eq!(project.read(USER), file("corpus", "two-groups-fr"));
}

#[test]
fn a_lock_that_is_held_is_named_with_its_owner() {
    let project = Project::new().with(USER, &file("corpus", "one-group"));
    let settings = StoreSettings {
        lock_timeout: Duration::from_millis(5),
        owner: "ann on ann's shop".to_owned(),
        ..StoreSettings::default()
    };
    let store = DirectoryStore::new(project.target(), settings);
    let error = store.edit(&note(), |directory, options| {
        let inner = store
            .edit(&note(), make(vec![add_user("Bob")]))
            .unwrap_err();
        let EditError::Save(SaveError::Locked { path, owner, .. }) = &inner else {
            panic!("{inner:?}")
        };
        assert_eq!(
            *path,
            fs::canonicalize(project.path("Settings"))
                .unwrap()
                .join(LOCK)
        );
        let expected = format!("ann on ann's shop (process {})", std::process::id());
        assert_eq!(owner.as_deref(), Some(expected.as_str()));
        assert!(inner.to_string().contains("is locked by ann on ann's shop"));
        make(vec![add_user("Ann")])(directory, options)
    });
    error.unwrap();
    let lock = project.path("Settings").join(LOCK);
    assert_eq!(fs::read(&lock).unwrap(), b"");
    let owner = lock.with_file_name("lock.owner");
    assert!(!owner.exists());
    // The name that a killed process left keeps nobody out.
    fs::write(&owner, "somebody long gone").unwrap();
    edit(&store, add_user("Bob"));
}

#[test]
fn the_history_is_bounded_readable_and_holds_no_digest() {
    let project = Project::new().with(USER, &file("corpus", "two-groups-fr"));
    let store = project.store();
    let digest = "$2b$10$kDmGbtoQTzsXnyHWwReaPIvXkS0xbTjsuOqdLUcEZmXwYPv3kQ2aa";
    edit(
        &store,
        Change::SetPassword {
            user: UserName::from_stored("Ego"),
            credential: Some(Credential::from_stored(digest)),
        },
    );
    let history = project.path(HISTORY);
    let text = fs::read_to_string(&history).unwrap();
    assert!(!text.contains(digest) && !text.contains("U6mhlkkHRv5qiu"));
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(
        lines[0],
        format!("{{\"begun\":{},\"options\":\"absent\"}}", lines[1])
    );
    insta::assert_snapshot!(lines[1], @r#"
    {"id":"70f12f9b3f7d","when":"2026-11-21T12:00:00Z","who":"Designer","what":["the password of user `Ego` is now bcrypt, before: legacy"],"before":"99b03388eefd421b0ad7ee74b6d6baa7","after":"e47a4b905be1a78bb089e00b1dca35a2"}
    "#);
    // A long past is cut at its oldest end, once it is twice as long as it may be.
    let entry = lines[1];
    let past = vec![entry.replace("Ego", "somebody"); MOST_CHANGES + 5].join("\n");
    fs::write(&history, format!("{past}\nnot a line of ours\n")).unwrap();
    edit(&store, add_user("Ann"));
    let kept = fs::read_to_string(&history).unwrap();
    assert!(kept.contains("not a line of ours"));
    assert_eq!(store.log().unwrap().len(), MOST_CHANGES);
    let times = 2 * MOST_HISTORY_BYTES / entry.len() + 1;
    fs::write(&history, vec![entry; times].join("\n")).unwrap();
    edit(&store, add_user("Cem"));
    let length = fs::read(&history).unwrap().len();
    assert!(length <= MOST_HISTORY_BYTES + 2 * 4096, "{length}");
    let undo = project.path(UNDO);
    let past = fs::read_to_string(&undo).unwrap();
    let first = past.lines().next().unwrap();
    fs::write(
        &undo,
        format!("{}\n{past}", vec![first; 2 * MOST_UNDOS].join("\n")),
    )
    .unwrap();
    edit(&store, add_user("Bob"));
    assert_eq!(
        fs::read_to_string(&undo).unwrap().lines().count(),
        MOST_UNDOS
    );
}

/// A bug once: a change was taken for one that never came true, and deleted.
#[test]
fn a_change_stays_in_the_history_when_somebody_restores_the_file() {
    let project = Project::new().with(USER, &file("corpus", "two-groups-fr"));
    let store = project.store();
    edit(&store, add_user("Ann"));
    fs::write(project.path(USER), file("corpus", "two-groups-fr")).unwrap();
    assert_eq!(store.log().unwrap().len(), 1);
    edit(&store, add_user("Bob"));
    let told: Vec<_> = store.log().unwrap();
    assert_eq!(told.len(), 2);
    assert!(told[0].what[0].contains("Ann") && told[1].what[0].contains("Bob"));
}

/// A bug once: the history was written whole at each edit.
#[cfg(unix)]
#[test]
fn a_line_of_the_history_is_added_and_what_was_there_stays_as_it_is() {
    use std::os::unix::fs::MetadataExt as _;

    let project = Project::new().with(USER, &file("corpus", "two-groups-fr"));
    let store = project.store();
    edit(&store, add_user("Ann"));
    let files = [HISTORY, UNDO];
    let inodes = || files.map(|file| fs::metadata(project.path(file)).unwrap().ino());
    let (first, before) = (inodes(), files.map(|file| project.read(file)));
    // A crash has cut the last line.
    let cut = [&before[0][..], b"{\"begun\":{\"when\""].concat();
    fs::write(project.path(HISTORY), &cut).unwrap();
    edit(&store, add_user("Bob"));
    assert_eq!(inodes(), first);
    assert!(
        project
            .read(HISTORY)
            .starts_with(&[&cut[..], b"\n"].concat())
    );
    assert!(project.read(UNDO).starts_with(&before[1]));
    assert_eq!(store.log().unwrap().len(), 2);
}

#[test]
fn unfinished_files_of_killed_processes_are_cleared_by_the_next_edit() {
    let project = Project::new().with(USER, &file("corpus", "one-group"));
    let theirs = project.path("Settings/directory.json.tmp");
    fs::write(&theirs, "").unwrap();
    edit(&project.store(), add_user("Ann"));
    let left = project.path("Settings/.guichet/0123456789abcdef.guichet-tmp");
    fs::write(&left, "{\"users\"").unwrap();
    // A folder of such a name is in nobody's way.
    fs::create_dir(project.path("Settings/.guichet/folder.guichet-tmp")).unwrap();
    fs::create_dir(project.path("Settings/.directory.json.1.guichet-tmp")).unwrap();
    edit(&project.store(), add_user("Bob"));
    assert!(!left.exists() && theirs.exists());
}

/// A bug once: the history of other accounts was replaced by whoever could not read it.
#[test]
fn a_history_that_we_may_not_read_is_set_aside_and_never_written_over() {
    let project = Project::new().with(USER, &file("corpus", "one-group"));
    edit(&project.store(), add_user("Ann"));
    for aside in ["1", "2"] {
        let theirs = project.read(HISTORY);
        let may_read = AtomicBool::new(false);
        let faults = Faults::new(Arc::new(Disk), move |asked, path| {
            let ours = path.ends_with("directory.json.history.jsonl");
            if ours && asked == Call::Rename {
                may_read.store(true, Ordering::Relaxed);
            }
            let closed = ours && !may_read.load(Ordering::Relaxed);
            (closed && matches!(asked, Call::Read | Call::Append))
                .then_some(std::io::ErrorKind::PermissionDenied)
        });
        let settings = StoreSettings::default();
        let store = DirectoryStore::with_files(Arc::new(faults), project.target(), settings);
        edit(&store, add_user(&format!("user {aside}")));
        assert_eq!(project.read(&format!("{HISTORY}.{aside}")), theirs);
        let ours = String::from_utf8(project.read(HISTORY)).unwrap();
        assert_eq!(ours.lines().count(), 2, "{ours}");
    }
}

/// A bug once: what takes the changes of other accounts back was replaced by whoever could not read it.
#[test]
fn what_takes_back_the_changes_of_others_is_set_aside_and_never_written_over() {
    let project = Project::new().with(USER, &file("corpus", "one-group"));
    edit(&project.store(), add_user("Ann"));
    for aside in ["1", "2"] {
        let theirs = project.read(UNDO);
        let may_read = AtomicBool::new(false);
        let faults = Faults::new(Arc::new(Disk), move |asked, path| {
            let ours = path.ends_with("directory.json.undo.jsonl");
            if ours && asked == Call::Rename {
                may_read.store(true, Ordering::Relaxed);
            }
            let closed = ours && !may_read.load(Ordering::Relaxed);
            (closed && matches!(asked, Call::Read | Call::Append))
                .then_some(std::io::ErrorKind::PermissionDenied)
        });
        let settings = StoreSettings::default();
        let store = DirectoryStore::with_files(Arc::new(faults), project.target(), settings);
        edit(&store, add_user(&format!("user {aside}")));
        assert_eq!(project.read(&format!("{UNDO}.{aside}")), theirs);
        let ours = String::from_utf8(project.read(UNDO)).unwrap();
        assert_eq!(ours.lines().count(), 1, "{ours}");
    }
}

/// A bug once: of a change of `guichet.toml` alone nothing showed that it was made, once the directory had changed too.
#[test]
fn an_edit_of_options_alone_that_was_cut_short_stays_in_the_log() {
    let project = Project::new()
        .with(USER, &file("corpus", "one-group"))
        .with("Settings/guichet.toml", b"[access]\nhttp = \"*\"\n");
    let store = project.store();
    let close = guichet_core::Change::GrantArea {
        area: guichet_core::AccessArea::Http,
        grantee: guichet_core::Grantee::Nobody,
    };
    let edited = edit(&store, close);
    assert_eq!(edited.files.len(), 1);
    let cut = || {
        let history = String::from_utf8(project.read(HISTORY)).unwrap();
        let (begun, _) = history.trim_end().rsplit_once('\n').unwrap();
        fs::write(project.path(HISTORY), format!("{begun}\n")).unwrap();
    };
    cut();
    assert_eq!(store.log().unwrap().len(), 1);
    edit(&store, add_user("Ann"));
    assert_eq!(store.log().unwrap().len(), 2);
    // One that never was made is not told.
    let options = project.read("Settings/guichet.toml");
    let open = guichet_core::Change::GrantArea {
        area: guichet_core::AccessArea::Http,
        grantee: guichet_core::Grantee::Everyone,
    };
    edit(&store, open);
    cut();
    fs::write(project.path("Settings/guichet.toml"), options).unwrap();
    edit(&store, add_user("Bob"));
    let log = store.log().unwrap();
    assert_eq!(log.len(), 3, "{log:?}");
}

/// What a file system does not know is no failure of an edit that was made.
#[test]
fn a_folder_that_cannot_be_flushed_by_its_file_system_fails_no_edit() {
    for kind in [
        std::io::ErrorKind::InvalidInput,
        std::io::ErrorKind::Unsupported,
    ] {
        let project = Project::new().with(USER, &file("corpus", "one-group"));
        let faults = Faults::new(Arc::new(Disk), move |asked, _| {
            (asked == Call::SyncFolder).then_some(kind)
        });
        let settings = StoreSettings::default();
        let store = DirectoryStore::with_files(Arc::new(faults), project.target(), settings);
        edit(&store, add_user("Ann"));
        store.undo(&note()).unwrap();
    }
}

#[test]
fn a_full_disk_and_a_closed_folder_are_said_and_nothing_is_left() {
    for (call, kind, code) in [
        (Call::Write, std::io::ErrorKind::StorageFull, "disk-full"),
        (
            Call::Create,
            std::io::ErrorKind::PermissionDenied,
            "file-not-writable",
        ),
        (
            Call::Lock,
            std::io::ErrorKind::PermissionDenied,
            "file-not-writable",
        ),
        (
            Call::Lock,
            std::io::ErrorKind::Unsupported,
            "lock-unsupported",
        ),
        (
            Call::Rename,
            std::io::ErrorKind::ReadOnlyFilesystem,
            "file-not-writable",
        ),
    ] {
        let project = Project::new().with(USER, &file("corpus", "one-group"));
        let faults = Faults::new(Arc::new(Disk), move |asked, _| {
            (asked == call).then_some(kind)
        });
        let store = DirectoryStore::with_files(
            Arc::new(faults),
            project.target(),
            StoreSettings::default(),
        );
        let error = store
            .edit(&note(), make(vec![add_user("Ann")]))
            .unwrap_err();
        assert_eq!(error.code(), code);
        assert!(error.help().is_some());
        assert_eq!(project.read(USER), file("corpus", "one-group"));
        let left = project.names("Settings");
        assert!(left.iter().all(|name| !name.contains("tmp")), "{left:?}");
        edit(&project.store(), add_user("Ann"));
    }
}

#[test]
fn statement_77_a_renamed_designer_keeps_its_key_and_its_memberships() {
    for (name, bytes) in files("corpus") {
        let project = Project::new().with(USER, &bytes);
        let store = project.store();
        let before = store.load().unwrap().directory;
        let old = before.user(before.designer()).unwrap().name().clone();
        let new = UserName::from_stored("The new Boss");
        let edited = edit(
            &store,
            Change::RenameUser {
                user: old.clone(),
                name: new.clone(),
            },
        );
        let text = String::from_utf8(project.read(USER)).unwrap();
        assert!(text.contains("\"designer\": {"), "{name}");
        let places = |text: &[u8], name: &UserName| {
            String::from_utf8_lossy(text)
                .matches(&format!("\"{name}\""))
                .count()
        };
        assert_eq!(
            places(text.as_bytes(), &new),
            places(&bytes, &old) - group_keys(&before, &old),
            "{name}"
        );
        assert_eq!(edited.after.designer(), before.designer());
    }
}

/// How often a text stands as the name of a group: that is not the user.
fn group_keys(directory: &Directory, name: &UserName) -> usize {
    directory
        .groups()
        .filter(|(_, group)| group.name().as_str() == name.as_str())
        .count()
}

#[test]
fn a_name_that_is_a_built_in_s_key_cannot_be_written() {
    let project = Project::new().with(USER, &file("corpus", "two-groups-fr"));
    let error = project
        .store()
        .edit(&note(), make(vec![add_user("administrator")]))
        .unwrap_err();
    assert_eq!(error.code(), "reserved-name");
    assert!(Disk.read(&project.path(USER)).unwrap() == file("corpus", "two-groups-fr"));
}

#[test]
fn files_side_by_side_have_a_past_of_their_own() {
    let project = Project::new()
        .with("a.json", &file("corpus", "one-group"))
        .with("b.json", &file("corpus", "one-group"));
    let store =
        |name| DirectoryStore::new(Target::File(project.path(name)), StoreSettings::default());
    edit(&store("a.json"), add_user("Ann"));
    assert_eq!(
        store("b.json").undo(&note()).unwrap_err().code(),
        "nothing-to-undo"
    );
    edit(&store("b.json"), add_user("Ann"));
    assert_eq!(store("a.json").log().unwrap().len(), 1);
    store("a.json").undo(&note()).unwrap();
    assert_eq!(project.read("a.json"), file("corpus", "one-group"));
    assert_ne!(project.read("b.json"), file("corpus", "one-group"));
}

/// Lines of former versions have neither an account nor an id in the file.
#[test]
fn every_change_has_an_id_and_says_which_account_made_it_where() {
    let project = Project::new().with(USER, &file("corpus", "one-group"));
    edit(&project.store(), add_user("Ann"));
    let former = project.store().log().unwrap();
    assert_eq!((&former[0].account, &former[0].host), (&None, &None));
    let id = format!("\"id\":\"{}\",", former[0].id);
    let text = String::from_utf8(project.read(HISTORY)).unwrap();
    fs::write(project.path(HISTORY), text.replace(&id, "")).unwrap();

    let origin = Origin {
        account: Some("ann".to_owned()),
        host: Some("shop".to_owned()),
    };
    let settings = StoreSettings {
        origin: origin.clone(),
        ..StoreSettings::default()
    };
    let store = DirectoryStore::new(project.target(), settings);
    edit(&store, add_user("Bob"));
    store.undo(&note()).unwrap();
    let log = store.log().unwrap();
    assert_eq!(log[0], former[0]);
    for entry in &log[1..] {
        assert_eq!(entry.account, origin.account);
        assert_eq!(entry.host, origin.host);
    }
    let ids: HashSet<_> = log.iter().map(|entry| entry.id).collect();
    assert_eq!(ids.len(), 3);
    assert_eq!(store.log().unwrap(), log);
}
