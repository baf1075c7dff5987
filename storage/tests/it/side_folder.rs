//! The folder beside a directory: its rights, what lies in it, and what former versions left elsewhere.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use guichet_storage::filesystem::{Disk, put};

use guichet_storage::EditNote;

use crate::processes::editor;
use crate::project::{HISTORY, LOCK, Project, UNDO, USER, add_user, edit, make, mode, note};
use crate::support::file;

fn project() -> Project {
    Project::new().with(USER, &file("corpus", "one-group"))
}

#[test]
fn git_never_sees_the_past_of_a_directory() {
    let project = project();
    edit(&project.store(), add_user("Ann"));
    assert_eq!(project.names("Settings"), [".guichet", "directory.json"]);
    let git = |words: &[&str]| {
        let git = Command::new("git")
            .arg("-C")
            .arg(project.folder.path())
            .args(words)
            .output();
        String::from_utf8_lossy(&git.unwrap().stdout).into_owned()
    };
    git(&["init"]);
    git(&["add", "-A"]);
    assert_eq!(git(&["ls-files"]), "Settings/directory.json\n");
}

#[test]
fn whoever_may_write_the_folder_may_edit() {
    for (folder, lock) in [
        (0o755, 0o600),
        (0o775, 0o660),
        (0o2775, 0o660),
        (0o2770, 0o660),
        (0o777, 0o666),
        (0o700, 0o600),
    ] {
        let project = project();
        let settings = project.path("Settings");
        fs::set_permissions(&settings, fs::Permissions::from_mode(folder)).unwrap();
        edit(&project.store(), add_user("Ann"));
        assert_eq!(mode(&settings.join(LOCK)), lock, "{folder:o}");
        let side = fs::metadata(settings.join(".guichet")).unwrap();
        assert_eq!(side.permissions().mode() & 0o7777, folder);
        assert_eq!(side.gid(), fs::metadata(&settings).unwrap().gid());
    }
}

/// A bug once: the side folder kept the rights that it was made with, and whoever came later was locked out for good.
#[test]
fn who_may_edit_follows_the_folder_also_later() {
    let project = project();
    let settings = project.path("Settings");
    for (index, (folder, lock)) in [
        (0o755, 0o600),
        (0o2777, 0o666),
        (0o2770, 0o660),
        (0o700, 0o600),
    ]
    .into_iter()
    .enumerate()
    {
        fs::set_permissions(&settings, fs::Permissions::from_mode(folder)).unwrap();
        edit(&project.store(), add_user(&format!("user {index}")));
        let side = fs::metadata(settings.join(".guichet")).unwrap();
        assert_eq!(side.permissions().mode() & 0o7777, folder);
        assert_eq!(mode(&settings.join(LOCK)), lock, "{folder:o}");
    }
}

#[test]
fn what_is_no_lock_of_ours_is_locked_and_not_opened_to_others() {
    for (victim, text) in [("victim", "precious"), ("empty", "")] {
        let project = project();
        edit(&project.store(), add_user("Ann"));
        let (victim, settings) = (project.path(victim), project.path("Settings"));
        fs::write(&victim, text).unwrap();
        fs::set_permissions(&victim, fs::Permissions::from_mode(0o600)).unwrap();
        fs::remove_file(settings.join(LOCK)).unwrap();
        fs::hard_link(&victim, settings.join(LOCK)).unwrap();
        fs::set_permissions(&settings, fs::Permissions::from_mode(0o777)).unwrap();
        edit(&project.store(), add_user("Bob"));
        assert_eq!(mode(&victim), 0o600);
    }
}

#[test]
fn what_former_versions_left_is_taken_over_and_nothing_is_lost() {
    let project = project();
    let store = project.store();
    edit(&store, add_user("Ann"));
    let (history, undo) = (project.read(HISTORY), project.read(UNDO));
    fs::remove_dir_all(project.path("Settings/.guichet")).unwrap();
    fs::write(project.path("Settings/directory.history.jsonl"), &history).unwrap();
    fs::write(project.path("Settings/directory.undo.jsonl"), &undo).unwrap();
    fs::write(project.path("Settings/directory.json.lock"), "").unwrap();
    fs::write(project.path("Settings/.directory.json.77.guichet-tmp"), "{").unwrap();
    assert_eq!(store.log().unwrap().len(), 1);
    edit(&store, add_user("Bob"));
    assert_eq!(project.names("Settings"), [".guichet", "directory.json"]);
    assert!(project.read(HISTORY).starts_with(&history));
    assert_eq!(store.log().unwrap().len(), 2);
    store.undo(&note()).unwrap();
    store.undo(&note()).unwrap();
    assert_eq!(project.read(USER), file("corpus", "one-group"));
}

/// A bug once: what a former version had written after ours came before it.
#[test]
fn the_past_of_a_former_version_is_put_in_order_of_time() {
    let project = project();
    let store = project.store();
    let at = |minute: u32| EditNote {
        when: format!("2026-11-21T12:{minute:02}:00Z").parse().unwrap(),
        ..note()
    };
    let mut parts = Vec::new();
    for (minute, name) in [(0, "Ann"), (1, "Bob"), (2, "Cid")] {
        store.edit(&at(minute), make(vec![add_user(name)])).unwrap();
        parts.push([HISTORY, UNDO].map(|part| project.read(part)));
    }
    for (part, (ours, former)) in [
        (HISTORY, "directory.history.jsonl"),
        (UNDO, "directory.undo.jsonl"),
    ]
    .into_iter()
    .enumerate()
    {
        // The second edit was made by the former version, the other two by ours.
        let [first, second, third] = [0, 1, 2].map(|edit: usize| &parts[edit][part]);
        let kept = [&first[..], &third[second.len()..]].concat();
        fs::write(project.path(ours), kept).unwrap();
        fs::write(
            project.path("Settings").join(former),
            &second[first.len()..],
        )
        .unwrap();
    }
    // Taken over by the first edit or undo, whole, and in order.
    for _ in 0..3 {
        store.undo(&at(3)).unwrap();
    }
    assert_eq!(project.read(USER), file("corpus", "one-group"));
    let log = store.log().unwrap();
    assert!(log.is_sorted_by_key(|entry| entry.when), "{log:?}");
    assert_eq!(log.len(), 6);
}

#[test]
fn links_in_the_place_of_our_files_are_not_followed() {
    let project = project();
    let victim = project.path("victim");
    fs::write(&victim, "precious").unwrap();
    let side = project.path("Settings/.guichet");
    fs::create_dir(&side).unwrap();
    for name in [
        "directory.json.history.jsonl",
        "directory.json.undo.jsonl",
        "lock.owner",
        ".gitignore",
    ] {
        symlink(&victim, side.join(name)).unwrap();
    }
    edit(&project.store(), add_user("Ann"));
    assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
    let lock = side.join("lock");
    fs::remove_file(&lock).unwrap();
    symlink(&victim, &lock).unwrap();
    let error = project.store().edit(&note(), make(vec![add_user("Bob")]));
    assert!(error.is_err());
    assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
    // Nor is a folder that leads elsewhere.
    fs::remove_dir_all(&side).unwrap();
    fs::create_dir(project.path("elsewhere")).unwrap();
    symlink(project.path("elsewhere"), &side).unwrap();
    assert!(
        project
            .store()
            .edit(&note(), make(vec![add_user("Bob")]))
            .is_err()
    );
    assert!(project.names("elsewhere").is_empty());
}

/// A bug once: the lines of a file that only the editor may read were copied into a history that everybody may read.
#[test]
fn nothing_behind_a_link_is_copied_into_the_history() {
    let project = project();
    let victim = project.path("victim");
    fs::write(&victim, "precious\n").unwrap();
    fs::set_permissions(&victim, fs::Permissions::from_mode(0o600)).unwrap();
    fs::create_dir(project.path("Settings/.guichet")).unwrap();
    let former = ["directory.history.jsonl", "directory.undo.jsonl"];
    for former in former {
        symlink(&victim, project.path("Settings").join(former)).unwrap();
    }
    for ours in [HISTORY, UNDO] {
        symlink(&victim, project.path(ours)).unwrap();
    }
    edit(&project.store(), add_user("Ann"));
    for ours in [HISTORY, UNDO] {
        let text = String::from_utf8(project.read(ours)).unwrap();
        assert!(text.contains("Ann") && !text.contains("precious"), "{text}");
    }
    assert_eq!(fs::read_to_string(&victim).unwrap(), "precious\n");
    // What is not ours is neither taken over nor taken away.
    for former in former {
        let former = project.path("Settings").join(former);
        assert!(fs::symlink_metadata(&former).unwrap().is_symlink());
    }
    assert_eq!(project.store().log().unwrap().len(), 1);
}

#[test]
fn a_pipe_in_the_place_of_the_past_hangs_no_edit() {
    for place in [UNDO, HISTORY] {
        let project = project();
        edit(&project.store(), add_user("Ann"));
        fs::remove_file(project.path(place)).unwrap();
        let made = Command::new("mkfifo").arg(project.path(place)).status();
        assert!(made.unwrap().success());
        edit(&project.store(), add_user("Bob"));
        assert!(fs::metadata(project.path(place)).unwrap().is_file());
    }
}

/// As root every mode lets everybody do everything, so the edits are made by another account.
#[test]
fn a_lock_that_may_only_be_read_is_taken_all_the_same() {
    let project = project();
    let (settings, path) = (project.path("Settings"), project.path(USER));
    let may = |path: &std::path::Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    may(project.folder.path(), 0o755);
    may(&settings, 0o777);
    let is_root = fs::metadata(&path).unwrap().uid() == 0;
    for mode in [0o600, 0o444] {
        if settings.join(LOCK).exists() {
            may(&settings.join(LOCK), mode);
        }
        let mut editor = editor(&path, &format!("mode {mode:o}"), "1");
        if is_root {
            editor.uid(4321).gid(4321);
        }
        let output = editor.output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
    assert_eq!(project.store().log().unwrap().len(), 2);
}

/// A bug once: what a killed `merge -o` had begun lay in the folder of whoever named it for ever.
#[test]
fn an_output_that_a_killed_process_began_is_cleared_by_the_next() {
    let project = project();
    let of = |digit: &str| format!(".{}.guichet-tmp", digit.repeat(32));
    let [left, empty, written, folder] = ["a", "b", "c", "d"].map(of);
    fs::write(project.path(&left), "half of a fi").unwrap();
    fs::write(project.path(&empty), "").unwrap();
    fs::create_dir(project.path(&folder)).unwrap();
    fs::write(project.path(".notes.guichet-tmp"), "not ours").unwrap();
    let other = fs::File::create(project.path(&written)).unwrap();
    other.lock().unwrap();
    put(&Disk, &project.path("new.json"), b"{}", None).unwrap();
    let names = project.names("");
    for (name, stays) in [
        (left.as_str(), false),
        (&empty, false),
        (&written, true),
        (&folder, true),
        (".notes.guichet-tmp", true),
    ] {
        assert_eq!(names.contains(&name.to_owned()), stays, "{names:?}");
    }
}

#[test]
fn an_output_is_never_wider_than_its_source_and_never_replaces_what_is_no_file() {
    let project = project();
    let (source, new) = (project.path(USER), project.path("new.json"));
    fs::set_permissions(&source, fs::Permissions::from_mode(0o600)).unwrap();
    put(&Disk, &new, b"{}", Some(&source)).unwrap();
    assert_eq!(
        (mode(&new), fs::read(&new).unwrap()),
        (0o600, b"{}".to_vec())
    );
    fs::set_permissions(&new, fs::Permissions::from_mode(0o640)).unwrap();
    put(&Disk, &new, b"[]", Some(&source)).unwrap();
    assert_eq!(
        (mode(&new), fs::read(&new).unwrap()),
        (0o640, b"[]".to_vec())
    );
    let link = project.path("link.json");
    symlink(&new, &link).unwrap();
    put(&Disk, &link, b"{}", None).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read(&new).unwrap(), b"{}");
    symlink(project.path("nothing"), project.path("broken")).unwrap();
    assert!(put(&Disk, &project.path("broken"), b"{}", None).is_err());
    assert!(put(&Disk, &project.path("Settings"), b"{}", None).is_err());
    put(&Disk, std::path::Path::new("/dev/null"), b"{}", None).unwrap();
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
    let embedded = project.path("Server Database/Settings/directory.json");
    fs::create_dir_all(embedded.parent().unwrap()).unwrap();
    assert!(put(&Disk, &embedded, b"{}", None).is_err());
    assert!(!embedded.exists());
    let left = project.names("");
    assert!(left.iter().all(|name| !name.contains("tmp")), "{left:?}");
}
