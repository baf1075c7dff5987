//! Who may use a ledger: whoever may write its folder.

use std::fs::{Permissions, set_permissions, symlink_metadata};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

use guichet_core::Diagnostic as _;
use guichet_licensing::sqlite::OpenOptions;

use crate::durable::sample;

#[test]
fn the_files_beside_a_ledger_have_the_rights_and_the_group_of_the_folder_too() {
    for (of_folder, of_files) in [(0o775, 0o664), (0o750, 0o640)] {
        let folder = tempfile::tempdir().unwrap();
        set_permissions(folder.path(), Permissions::from_mode(of_folder)).unwrap();
        let path = folder.path().join("seats.sqlite");
        let mut ledger = OpenOptions::create().open(&path).unwrap();
        sample(&mut ledger);
        let group = symlink_metadata(folder.path()).unwrap().gid();
        for ending in ["", "-wal", "-shm"] {
            let file = folder.path().join(format!("seats.sqlite{ending}"));
            let found = symlink_metadata(file).unwrap();
            let found = (found.mode() & 0o777, found.gid());
            assert_eq!(found, (of_files, group), "{ending:?} {of_folder:o}");
        }
    }
}

#[test]
fn a_link_in_place_of_a_ledger_makes_no_file_and_changes_no_rights_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    set_permissions(folder.path(), Permissions::from_mode(0o777)).unwrap();
    let target = elsewhere.path().join("target");
    let path = folder.path().join("seats.sqlite");
    symlink(&target, &path).unwrap();
    let refused = OpenOptions::create().open(&path).unwrap_err();
    assert_eq!(refused.code(), "ledger-unusable");
    assert!(symlink_metadata(&target).is_err(), "it was made");
    std::fs::write(&target, "").unwrap();
    set_permissions(&target, Permissions::from_mode(0o600)).unwrap();
    drop(OpenOptions::create().open(&path));
    assert_eq!(symlink_metadata(&target).unwrap().mode() & 0o777, 0o600);
}
