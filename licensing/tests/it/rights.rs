//! Who may use a ledger: whoever may write its folder.

use std::fs::{Permissions, set_permissions, symlink_metadata};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use guichet_core::Diagnostic as _;
use guichet_licensing::sqlite::OpenOptions;

use crate::durable::{folder, sample};
use crate::processes::alone;

fn give(path: &Path, mode: u32) {
    set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn mode(path: &Path) -> u32 {
    symlink_metadata(path).unwrap().mode() & 0o7777
}

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

/// Former versions made ledgers with the rights that the umask of the first account left.
#[cfg(target_os = "linux")]
#[test]
fn a_ledger_that_is_too_narrow_is_widened_for_whoever_may_write_its_folder() {
    let folder = folder();
    drop(folder.open());
    let own = folder.path.parent().unwrap();
    let data = own.parent().unwrap();
    let narrow = [(0o750, 0o755, 0o644), (0o1777, 0o755, 0o600)];
    for (of_data, of_own, of_file) in narrow {
        give(data, of_data);
        give(own, of_own);
        give(&folder.path, of_file);
        drop(OpenOptions::existing().open(&folder.path).unwrap());
        let untouched = (mode(own), mode(&folder.path));
        assert_eq!(untouched, (of_own, of_file), "{of_data:o}");
    }
    give(data, 0o775);
    let mut ledger = OpenOptions::existing().open(&folder.path).unwrap();
    assert_eq!((mode(own), mode(&folder.path)), (0o775, 0o660));
    sample(&mut ledger);
    let beside = folder.path.with_file_name("seats.sqlite-wal");
    assert_eq!(mode(&beside) & 0o060, 0o060);
}

/// A typing error in `--ledger` names a file of somebody's secrets, perhaps.
#[test]
fn a_file_that_is_no_ledger_keeps_its_rights() {
    let folder = tempfile::tempdir().unwrap();
    give(folder.path(), 0o775);
    let path = folder.path().join("secrets.env");
    std::fs::write(
        &path,
        "TOKEN=once upon a time in a file that is long enough\n".repeat(100),
    )
    .unwrap();
    give(&path, 0o600);
    let error = OpenOptions::existing().open(&path).unwrap_err();
    assert_eq!(error.code(), "not-a-ledger");
    assert_eq!(mode(&path), 0o600);
}

const LEDGER: &str = "GUICHET_LICENSING_TEST_LEDGER";

/// Root may write everything, so another account opens it then: this test, started again.
#[test]
fn a_ledger_that_this_account_may_not_write_can_be_read_and_says_so() {
    const NOBODY: u32 = 65_534;
    if let Ok(path) = std::env::var(LEDGER) {
        let error = OpenOptions::existing().open(&path).unwrap_err();
        let read = OpenOptions::existing().read(&path).unwrap();
        println!("<{}> <{}>", error.code(), read.ledger().session_count());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("seats.sqlite");
    sample(&mut OpenOptions::create().open(&path).unwrap());
    let program = folder.path().join("tests");
    // Copied by another process: a file that this one writes may still be open in a child that another
    // test starts meanwhile, and then it cannot be run.
    let copied = Command::new("cp")
        .arg(std::env::current_exe().unwrap())
        .arg(&program)
        .status();
    assert!(copied.unwrap().success());
    give(&program, 0o755);
    give(&path, 0o444);
    give(folder.path(), 0o555);
    let this = a_ledger_that_this_account_may_not_write_can_be_read_and_says_so;
    let mut command = alone(&program, this);
    command.env(LEDGER, &path).current_dir(folder.path());
    if symlink_metadata(&path).unwrap().uid() == 0 {
        command.gid(NOBODY).uid(NOBODY);
    }
    let output = command.output().unwrap();
    give(folder.path(), 0o755);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    assert!(text.contains("<ledger-read-only> <3>"), "{text}");
}
