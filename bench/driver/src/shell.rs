//! Runs cargo and other programs, and knows the folders.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Failure, Outcome};

/// Returns the root folder of the project: two above the manifest of this package.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Returns the target folder that this program was built in; everything else is built there too.
///
/// # Errors
///
/// The system does not say where this program is.
pub(crate) fn target() -> Outcome<PathBuf> {
    let program = env::current_exe().map_err(|error| Failure::new(error.to_string()))?;
    let folder = program
        .ancestors()
        .find(|folder| folder.join("CACHEDIR.TAG").is_file());
    folder
        .map(Path::to_path_buf)
        .ok_or_else(|| Failure::new("this program does not lie in a target folder of cargo"))
}

/// Runs cargo on a manifest of the project, with its output on ours.
///
/// # Errors
///
/// Cargo could not be started or failed.
pub(crate) fn cargo(manifest: &str, args: &[&str]) -> Outcome {
    let status = cargo_command(manifest, args)?.status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::new(format!(
            "`cargo {}` failed ({status})",
            args.join(" ")
        ))),
        Err(error) => Err(Failure::new(format!("cargo did not start: {error}"))),
    }
}

/// Runs cargo as [`cargo`] does and returns what it wrote on its standard output.
///
/// # Errors
///
/// As [`cargo`].
pub(crate) fn cargo_output(manifest: &str, args: &[&str]) -> Outcome<String> {
    output(cargo_command(manifest, args)?.stderr(Stdio::inherit()))
}

fn cargo_command(manifest: &str, args: &[&str]) -> Outcome<Command> {
    let (subcommand, rest) = args.split_first().unwrap_or((&"help", &[]));
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // A lock file that is out of date fails here, rather than being rewritten in passing.
    command.args([subcommand, "--locked", "--manifest-path"]);
    command
        .arg(root().join(manifest))
        .arg("--target-dir")
        .arg(target()?);
    command.args(rest).stdin(Stdio::null());
    Ok(command)
}

/// Runs a command to its end and returns what it wrote on its standard output.
///
/// # Errors
///
/// It could not be started or failed; the message has what it said.
pub(crate) fn output(command: &mut Command) -> Outcome<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .map_err(|error| Failure::new(format!("`{name}` did not start: {error}")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Failure::new(format!(
            "`{name}` failed ({}): {}",
            output.status,
            said.trim()
        )));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Returns what a program says on its standard output, without the white space around it; nothing
/// where it is not there or fails.
pub(crate) fn said(program: &str, args: &[&str]) -> Option<String> {
    let text = output(Command::new(program).args(args).current_dir(root())).ok()?;
    Some(text.trim().to_owned())
}

/// Returns the name of the compiler with its version; empty where it cannot be asked.
pub(crate) fn rust_version() -> String {
    said("rustc", &["--version"]).unwrap_or_default()
}
