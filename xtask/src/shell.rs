//! Runs other programs: says what it runs, and fails with the command line when they fail.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Failure, Outcome};

/// A variable of the environment, set for one command only.
pub(crate) type Variable<'a> = (&'a str, &'a str);

/// Returns the root folder of the workspace: the parent of `xtask/`.
pub(crate) fn workspace_root() -> PathBuf {
    let manifest_folder = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest_folder
        .parent()
        .map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Runs cargo from the workspace root, with its output on ours.
///
/// # Errors
///
/// Cargo could not be started or ended with another code than 0.
pub(crate) fn cargo(args: &[&str], variables: &[Variable<'_>]) -> Outcome {
    let mut command = cargo_command(args);
    command.envs(variables.iter().copied());
    run(command, &command_line(args, variables), &[])
}

/// Runs cargo as [`cargo`] does, for a tool that ends with one of these codes when it found
/// something that its report tells.
///
/// # Errors
///
/// Cargo could not be started or ended with another code.
pub(crate) fn cargo_ending_in(args: &[&str], variables: &[Variable<'_>], codes: &[i32]) -> Outcome {
    let mut command = cargo_command(args);
    command.envs(variables.iter().copied());
    run(command, &command_line(args, variables), codes)
}

/// Runs cargo from the workspace root and returns what it wrote on its standard output.
///
/// # Errors
///
/// Cargo could not be started, ended with another code than 0, or did not write UTF-8.
pub(crate) fn cargo_output(args: &[&str]) -> Outcome<String> {
    output(cargo_command(args), &command_line(args, &[]))
}

/// Returns what a program says on its standard output, without the white space around it; nothing
/// where it is not there or does not end well.
pub(crate) fn said(program: &str, args: &[&str]) -> Option<String> {
    let mut command = Command::new(program);
    command.args(args).current_dir(workspace_root());
    let output = command.output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// Returns the name of the compiler with its version; empty where it cannot be asked.
pub(crate) fn rust_version() -> String {
    said("rustc", &["--version"]).unwrap_or_default()
}

/// Runs the cargo of the nightly toolchain from the workspace root, with its output on ours.
///
/// # Errors
///
/// As [`cargo`].
pub(crate) fn nightly(args: &[&str]) -> Outcome {
    let args = [&["+nightly"], args].concat();
    run(nightly_command(&args), &command_line(&args, &[]), &[])
}

/// Runs the cargo of the nightly toolchain and returns what it wrote on its standard output.
///
/// # Errors
///
/// As [`cargo_output`].
pub(crate) fn nightly_output(args: &[&str]) -> Outcome<String> {
    let args = [&["+nightly"], args].concat();
    output(nightly_command(&args), &command_line(&args, &[]))
}

/// Checks that there is a nightly toolchain.
///
/// # Errors
///
/// There is none; the message says how to get one.
pub(crate) fn has_nightly() -> Outcome {
    let found = nightly_command(&["+nightly", "--version"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if found {
        return Ok(());
    }
    Err(Failure::failed(
        "there is no nightly toolchain; get one with `rustup toolchain install nightly`",
    ))
}

fn run(mut command: Command, line: &str, codes: &[i32]) -> Outcome {
    eprintln!("$ {line}");
    let status = command
        .status()
        .map_err(|error| Failure::failed(format!("`{line}` did not start: {error}")))?;
    let expected = |code: i32| codes.contains(&code);
    if status.success() || status.code().is_some_and(expected) {
        Ok(())
    } else {
        Err(Failure::failed(format!("`{line}` failed ({status})")))
    }
}

fn output(mut command: Command, line: &str) -> Outcome<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Failure::failed(format!("`{line}` did not start: {error}")))?;
    if !output.status.success() {
        return Err(Failure::failed(format!(
            "`{line}` failed ({})",
            output.status
        )));
    }
    String::from_utf8(output.stdout)
        .map_err(|error| Failure::failed(format!("`{line}` did not write UTF-8: {error}")))
}

fn cargo_command(args: &[&str]) -> Command {
    let program = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command
        .args(args)
        .current_dir(workspace_root())
        .stdin(Stdio::null());
    command
}

/// Asks rustup's cargo, which alone knows other toolchains, and forgets ours.
fn nightly_command(args: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command
        .args(args)
        .current_dir(workspace_root())
        .stdin(Stdio::null());
    for variable in ["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN"] {
        command.env_remove(variable);
    }
    command
}

/// Returns the command as a person would type it.
fn command_line(args: &[&str], variables: &[Variable<'_>]) -> String {
    let mut words: Vec<String> = variables
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    words.push("cargo".to_owned());
    words.extend(args.iter().map(|&arg| arg.to_owned()));
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{cargo, command_line, workspace_root};

    #[test]
    fn the_command_line_reads_as_a_person_would_type_it() {
        assert_eq!(
            command_line(&["doc", "--no-deps"], &[("RUSTDOCFLAGS", "-Dwarnings")]),
            "RUSTDOCFLAGS=-Dwarnings cargo doc --no-deps"
        );
    }

    #[test]
    fn the_root_holds_the_workspace_manifest() {
        assert!(workspace_root().join("xtask/Cargo.toml").is_file());
    }

    #[test]
    fn a_failing_command_is_named_in_the_failure() {
        let failure = cargo(&["no-such-command-of-cargo"], &[]).unwrap_err();
        assert!(
            failure
                .to_string()
                .starts_with("`cargo no-such-command-of-cargo` failed")
        );
    }
}
