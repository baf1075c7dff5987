//! The file of a built server is never written, however its path is spelled (decision D31).
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use guichet_core::Diagnostic as _;
use guichet_storage::{DirectoryStore, ProjectPath, StoreSettings, Target};
use tempfile::TempDir;

use crate::project::{USER, add_user, make, note};
use crate::support::file;

/// A built server with its file, below a folder.
fn server() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let server = folder.path().join("Shop Server/Server Database");
    fs::create_dir_all(server.join("Settings")).unwrap();
    fs::create_dir_all(server.join("Project")).unwrap();
    fs::write(server.join(USER), file("corpus", "one-group")).unwrap();
    symlink(&server, folder.path().join("link")).unwrap();
    symlink(server.join(USER), folder.path().join("directory.json")).unwrap();
    (folder, server)
}

fn check(name: &str, target: Target, server: &Path) {
    let store = DirectoryStore::new(target, StoreSettings::default());
    match store.edit(&note(), make(vec![add_user("Zed")])) {
        Ok(edited) => assert!(
            edited.path.ends_with("Data/Settings/directory.json"),
            "{name}"
        ),
        Err(error) => assert_eq!(error.code(), "read-only", "{name}"),
    }
    let found = fs::read(server.join(USER)).unwrap();
    assert!(found == file("corpus", "one-group"), "{name}");
    assert!(!server.join("Settings/.guichet").exists(), "{name}");
}

#[test]
fn the_file_of_a_built_server_is_never_written_however_it_is_called() {
    let names: &[fn(&Path) -> Target] = &[
        |server| Target::File(server.join(USER)),
        |server| Target::File(server.join("Settings/../Settings/./directory.json")),
        |server| Target::File(server.join("../../link/Settings/directory.json")),
        |server| Target::File(server.join("../../directory.json")),
        |server| at(server.to_owned()),
        |server| at(server.join(".")),
        |server| at(server.join("Project/..")),
        |server| at(server.join("Settings/..")),
        |server| at(server.join("../../link")),
        |server| above(server.join("Settings")),
        |server| above(server.join("Project/Sources")),
        |server| Target::Project {
            project: ProjectPath::At(server.to_owned()),
            data: Some(server.to_owned()),
        },
    ];
    for (number, name) in names.iter().enumerate() {
        let (_folder, server) = server();
        check(&format!("name {number}"), name(&server), &server);
    }
}

fn at(project: PathBuf) -> Target {
    let (project, data) = (ProjectPath::At(project), None);
    Target::Project { project, data }
}

fn above(from: PathBuf) -> Target {
    let (project, data) = (ProjectPath::Above(from), None);
    Target::Project { project, data }
}

/// Tells this binary, started again in another folder, how the directory or the project is called from there.
const DIRECTORY: &str = "GUICHET_TEST_DIRECTORY";
const PROJECT: &str = "GUICHET_TEST_PROJECT";

#[test]
fn nor_is_it_from_inside() {
    if let Some(path) = std::env::var_os(DIRECTORY) {
        let store = DirectoryStore::new(Target::File(path.into()), StoreSettings::default());
        let error = store
            .edit(&note(), make(vec![add_user("Zed")]))
            .unwrap_err();
        assert_eq!(error.code(), "read-only");
        return;
    }
    if let Some(path) = std::env::var_os(PROJECT) {
        let store = DirectoryStore::new(at(path.into()), StoreSettings::default());
        let edited = store.edit(&note(), make(vec![add_user("Zed")])).unwrap();
        assert!(edited.path.ends_with("Data/Settings/directory.json"));
        return;
    }
    for (folder, name, path) in [
        ("", DIRECTORY, "Settings/directory.json"),
        ("", DIRECTORY, "./Settings/directory.json"),
        ("Settings", DIRECTORY, "directory.json"),
        ("", PROJECT, "."),
        ("Settings", PROJECT, ".."),
        ("", PROJECT, "Project/.."),
    ] {
        let (_folder, server) = server();
        let output = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "embedded::nor_is_it_from_inside"])
            .current_dir(server.join(folder))
            .env(name, path)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{folder} {path}: {said}");
        let found = fs::read(server.join(USER)).unwrap();
        assert!(found == file("corpus", "one-group"), "{folder} {path}");
    }
}

#[test]
fn a_file_is_the_same_under_all_its_paths_and_a_hard_link_is_another_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = |inside: &str| folder.path().join(inside);
    fs::create_dir_all(path("Settings/inner")).unwrap();
    fs::write(path(USER), file("corpus", "one-group")).unwrap();
    symlink(path("Settings"), path("link")).unwrap();
    symlink(path(USER), path("file")).unwrap();
    fs::hard_link(path(USER), path("hard.json")).unwrap();
    let store = DirectoryStore::new(Target::File(path(USER)), StoreSettings::default());
    for same in [
        USER,
        "Settings/./directory.json",
        "Settings/inner/../directory.json",
        "link/directory.json",
        "file",
    ] {
        assert!(store.is_same_file(&path(same)).unwrap(), "{same}");
    }
    for other in ["hard.json", "Settings/other.json", "nowhere/directory.json"] {
        assert!(!store.is_same_file(&path(other)).unwrap(), "{other}");
    }
    // One that is not there yet has paths, too.
    fs::remove_file(path(USER)).unwrap();
    assert!(store.is_same_file(&path("link/directory.json")).unwrap());
}
