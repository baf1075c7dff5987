//! A ledger that several accounts of one machine share.

use std::fs::{Permissions, set_permissions, symlink_metadata};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::Command;

use crate::harness::{Project, program, words};

fn mode(path: &Path) -> u32 {
    symlink_metadata(path).unwrap().permissions().mode() & 0o7777
}

/// The ledger once had the rights of whoever came first, cut by that account's umask: nobody else
/// could take a seat any more.
#[test]
fn a_new_ledger_has_the_rights_of_its_folder_whatever_the_umask() {
    for (folder, made, file) in [
        (0o2775, 0o2775, 0o664),
        (0o755, 0o755, 0o644),
        (0o700, 0o700, 0o600),
        (0o1777, 0o755, 0o644),
    ] {
        let project = Project::accounting();
        let data = project.root().join("Data");
        set_permissions(&data, Permissions::from_mode(folder)).unwrap();
        let open = Command::new("sh")
            .args(["-c", "umask 077; exec \"$@\"", "sh"])
            .arg(program().get_program())
            .args(words("session open \"Ann Lee\" --id ann"))
            .current_dir(project.root())
            .env_clear()
            .status();
        assert!(open.unwrap().success());
        let ledger = data.join("Guichet/seats.sqlite");
        assert_eq!(mode(&data.join("Guichet")), made, "{folder:o}");
        assert_eq!(mode(&ledger), file, "{folder:o}");
        let left = std::fs::read_dir(data.join("Guichet")).unwrap().count();
        assert_eq!(left, 1, "nothing else is left there");
    }
}
