//! `cargo xtask dist`: what users download, in `target/dist/`.
//!
//! The program with its manual pages, completions and licence texts, as an archive and, with
//! cargo-deb, as a Debian package; and their SHA-256 sums. The bytes depend on the sources and the
//! compiler alone: `--twice` builds everything a second time in another folder and compares.

mod archive;
mod build;
mod contents;
mod licences;

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Outcome};
use crate::workspace::Workspace;
use crate::{shell, tools, workspace};

/// The package whose program is shipped.
const PACKAGE: &str = "guichet-cli";

/// The program.
const PROGRAM: &str = "guichet";

/// Whether everything is built once, or a second time to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Times {
    Once,
    Twice,
}

impl Times {
    fn parse(args: &[String]) -> Outcome<Self> {
        match args {
            [] => Ok(Self::Once),
            [only] if only == "--twice" => Ok(Self::Twice),
            _ => Err(Failure::usage("usage: cargo xtask dist [--twice]")),
        }
    }
}

/// Builds everything.
///
/// # Errors
///
/// Something cannot be built, or two builds differ.
pub(crate) fn run(args: &[String]) -> Outcome {
    let times = Times::parse(args)?;
    let target = workspace::target_folder()?;
    let folder = target.join("dist");
    let made = make(&target.join("dist-build"), &folder)?;
    for file in &made {
        let length = fs::metadata(file).map_err(|e| Failure::io(file, &e))?.len();
        println!("{} bytes  {}", thousands(length), file.display());
    }
    if times == Times::Twice {
        let again = make(&target.join("dist-build-again"), &target.join("dist-again"))?;
        compare(&made, &again)?;
        println!("a second build in another folder gave the same bytes");
    }
    Ok(())
}

/// Builds in one folder what goes into another; returns the files made.
fn make(build: &Path, folder: &Path) -> Outcome<Vec<PathBuf>> {
    let moment = build::moment()?;
    let program = build::program(build)?;
    let version = version()?;
    let name = format!("{PROGRAM}-{version}-{}", build::host()?);
    // Beside the program, where cargo-deb finds it as `target/release/package`.
    let staged = build.join("release/package").join(&name);
    contents::stage(&program, &staged)?;

    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| Failure::io(folder, &error))?;
    }
    fs::create_dir_all(folder).map_err(|error| Failure::io(folder, &error))?;
    let shipped = folder.join(PROGRAM);
    fs::copy(&program, &shipped).map_err(|error| Failure::io(&program, &error))?;
    let tarball = folder.join(format!("{name}.tar.gz"));
    archive::tarball(&staged, &tarball, &moment)?;
    let mut made = vec![shipped, tarball];
    if tools::CARGO_DEB.is_there_for("the Debian package") {
        contents::stage(&program, &build.join("release/package/deb"))?;
        made.push(archive::debian_package(build, folder, &moment)?);
    }
    archive::sums(folder, &made)?;
    Ok(made)
}

fn version() -> Outcome<String> {
    let workspace = Workspace::load()?;
    let package = workspace.packages.iter().find(|one| one.name == PACKAGE);
    package
        .map(|package| package.version.clone())
        .ok_or_else(|| Failure::failed(format!("there is no package `{PACKAGE}`")))
}

/// Compares the files of two builds, byte by byte.
fn compare(made: &[PathBuf], again: &[PathBuf]) -> Outcome {
    for (one, other) in made.iter().zip(again) {
        let bytes = |path: &PathBuf| fs::read(path).map_err(|error| Failure::io(path, &error));
        if bytes(one)? != bytes(other)? {
            return Err(Failure::failed(format!(
                "`{}` and `{}` differ: something of the machine or of the moment is in them",
                one.display(),
                other.display()
            )));
        }
    }
    Ok(())
}

/// Writes a number with a blank between thousands.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(' ');
        }
        shown.push(digit);
    }
    shown
}

/// Runs a program to its end.
fn run_program(program: &Path, args: &[&str]) -> Outcome<String> {
    let named = program.display();
    let output = std::process::Command::new(program)
        .args(args)
        .current_dir(shell::workspace_root())
        .output()
        .map_err(|error| Failure::failed(format!("`{named}` did not start: {error}")))?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        let line = args.join(" ");
        return Err(Failure::failed(format!("`{named} {line}` failed: {words}")));
    }
    String::from_utf8(output.stdout)
        .map_err(|error| Failure::failed(format!("`{named}` did not write UTF-8: {error}")))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Times, compare, thousands};

    #[test]
    fn lengths_are_readable() {
        let shown = [0, 999, 1000, 4_194_304].map(thousands);
        assert_eq!(shown, ["0", "999", "1 000", "4 194 304"]);
    }

    #[test]
    fn only_twice_may_follow() {
        assert_eq!(Times::parse(&["--twice".to_owned()]), Ok(Times::Twice));
        assert!(Times::parse(&["--thrice".to_owned()]).is_err());
    }

    #[test]
    fn builds_that_differ_in_one_byte_are_told_apart() {
        let folder = std::env::temp_dir().join(format!("guichet-dist-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let files = ["a", "b", "c"].map(|name| folder.join(name));
        for (file, bytes) in files.iter().zip(["same", "same", "sane"]) {
            fs::write(file, bytes).unwrap();
        }
        let [a, b, c] = files;
        assert_eq!(compare(std::slice::from_ref(&a), &[b]), Ok(()));
        assert!(compare(&[a], &[c]).is_err());
        fs::remove_dir_all(folder).unwrap();
    }
}
