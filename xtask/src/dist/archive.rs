//! The archive, the Debian package and their sums, the same bytes from the same files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::PACKAGE;
use crate::failure::{Failure, Outcome};
use crate::shell;

/// Packs a folder, with GNU tar and gzip: sorted, owned by nobody, everything from one moment.
///
/// # Errors
///
/// A program is missing or failed.
pub(super) fn tarball(folder: &Path, to: &Path, moment: &str) -> Outcome {
    let failed = |reason: String| Failure::failed(format!("`{}`: {reason}", to.display()));
    let file = fs::File::create(to).map_err(|error| Failure::io(to, &error))?;
    let mut tar = Command::new("tar")
        .args(tar_arguments(moment))
        .arg("--directory")
        .arg(folder.parent().unwrap_or(Path::new(".")))
        .arg(folder.file_name().unwrap_or_default())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| failed(format!("`tar` did not start: {error}")))?;
    let packed = tar.stdout.take().map_or_else(Stdio::null, Stdio::from);
    let zipped = Command::new("gzip")
        .args(["--no-name", "--best"])
        .stdin(packed)
        .stdout(file)
        .status()
        .map_err(|error| failed(format!("`gzip` did not start: {error}")))?;
    let packed = tar.wait().map_err(|error| failed(error.to_string()))?;
    if packed.success() && zipped.success() {
        Ok(())
    } else {
        Err(failed(format!("tar: {packed}, gzip: {zipped}")))
    }
}

fn tar_arguments(moment: &str) -> Vec<String> {
    [
        "--create",
        "--format=ustar",
        "--sort=name",
        "--owner=0",
        "--group=0",
        "--numeric-owner",
        "--mode=u+rw,go+r,go-w,a+X",
        &format!("--mtime=@{moment}"),
    ]
    .map(str::to_owned)
    .to_vec()
}

/// Makes the Debian package of what was built in `build`, as `cli/Cargo.toml` describes it; returns
/// its path, in `folder`, under the name that Debian gives it, with version and architecture.
///
/// # Errors
///
/// cargo-deb failed.
pub(super) fn debian_package(build: &Path, folder: &Path, moment: &str) -> Outcome<PathBuf> {
    let build = build.to_string_lossy();
    let output = folder.to_string_lossy();
    shell::cargo(
        &[
            "deb",
            "--package",
            PACKAGE,
            "--no-build",
            "--no-strip",
            "--quiet",
            "--output",
            &output,
        ],
        &[
            ("CARGO_TARGET_DIR", build.as_ref()),
            ("SOURCE_DATE_EPOCH", moment),
        ],
    )?;
    let entries = fs::read_dir(folder).map_err(|error| Failure::io(folder, &error))?;
    let mut files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    files
        .find(|file| file.extension().is_some_and(|extension| extension == "deb"))
        .ok_or_else(|| Failure::failed("cargo-deb made no package"))
}

/// Writes `SHA256SUMS`, which `sha256sum --check` reads.
///
/// # Errors
///
/// `sha256sum` is missing or failed, or the file cannot be written.
pub(super) fn sums(folder: &Path, files: &[PathBuf]) -> Outcome {
    let names: Vec<_> = files.iter().filter_map(|file| file.file_name()).collect();
    let output = Command::new("sha256sum")
        .args(names)
        .current_dir(folder)
        .output()
        .map_err(|error| Failure::failed(format!("`sha256sum` did not start: {error}")))?;
    if !output.status.success() {
        return Err(Failure::failed(format!(
            "`sha256sum` failed ({})",
            output.status
        )));
    }
    let path = folder.join("SHA256SUMS");
    fs::write(&path, output.stdout).map_err(|error| Failure::io(&path, &error))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::time::{Duration, SystemTime};

    use super::{sums, tarball};

    /// Makes a folder of files, all of one moment, and packs it.
    fn packed(root: &Path, name: &str, files: [&str; 2], moment: SystemTime) -> Vec<u8> {
        let folder = root.join(name).join("guichet");
        fs::create_dir_all(&folder).unwrap();
        for file in files {
            fs::write(folder.join(file), file).unwrap();
            let open = fs::File::options().write(true).open(folder.join(file));
            open.unwrap().set_modified(moment).unwrap();
        }
        let archive = root.join(name).join("a.tar.gz");
        tarball(&folder, &archive, "1700000000").unwrap();
        sums(&root.join(name), std::slice::from_ref(&archive)).unwrap();
        fs::read(archive).unwrap()
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_same_files_make_the_same_archive_whenever_and_in_whatever_order() {
        let root = std::env::temp_dir().join(format!("guichet-archive-{}", std::process::id()));
        let later = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let first = packed(&root, "first", ["a", "b"], SystemTime::UNIX_EPOCH);
        let second = packed(&root, "second", ["b", "a"], later);
        let sums = fs::read_to_string(root.join("first/SHA256SUMS")).unwrap();
        fs::remove_dir_all(&root).unwrap();
        assert!(!first.is_empty());
        assert_eq!(first, second);
        assert!(sums.ends_with("  a.tar.gz\n"), "{sums}");
    }
}
