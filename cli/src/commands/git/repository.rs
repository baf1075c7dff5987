//! A git repository, through the program `git` itself.
//!
//! A library would have to follow git's own rules of where configuration is and what a worktree is,
//! and would weigh more than everything else that the command line depends on; whoever sets up a
//! repository has the program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::error::{CliError, Result};

/// Returns the git folder of the repository that a folder is in, which all its work trees share.
///
/// # Errors
///
/// `no-git`: the program cannot be run; `not-a-repository`; `git-failed`: git does not say which one it is, for
/// instance because the folder is another account's.
pub(super) fn git_folder(folder: &Path) -> Result<PathBuf> {
    found(folder, "--git-common-dir", "is not in a git repository")
}

/// Returns the top folder of the work tree that a folder is in.
pub(super) fn root(folder: &Path) -> Result<PathBuf> {
    found(folder, "--show-toplevel", "is not in a git work tree")
}

/// Returns the value of a setting of the repository that a folder is in.
///
/// # Errors
///
/// `git-failed`, `no-git`.
pub(super) fn setting(folder: &Path, key: &str) -> Result<Option<String>> {
    let output = git(folder, &["config", "--local", "--get", key])?;
    match output.status.code() {
        Some(1) => Ok(None),
        _ => answered(&output).map(Some),
    }
}

/// Sets a setting of the repository that a folder is in, or removes it.
pub(super) fn set(folder: &Path, key: &str, value: Option<&str>) -> Result<()> {
    let action = value.map_or("--unset-all", |_| "--replace-all");
    let words = ["config", "--local", action, key].into_iter().chain(value);
    let output = git(folder, &words.collect::<Vec<_>>())?;
    answered(&output).map(drop)
}

/// Asks git for a folder of the repository around another one.
fn found(folder: &Path, which: &str, where_not: &str) -> Result<PathBuf> {
    let output = git(folder, &["rev-parse", which])?;
    let why = said(&output.stderr);
    let is_outside = ["not a git repository", "run in a work tree"];
    if output.status.success() || !is_outside.iter().any(|words| why.contains(words)) {
        return answered(&output).map(|path| folder.join(path));
    }
    let message = format!("`{}` {where_not}", folder.display());
    let mut error = CliError::new("not-a-repository", message)
        .help("Change to the repository, or run `git init`.");
    error.causes.push(why);
    Err(error)
}

fn git(folder: &Path, words: &[&str]) -> Result<Output> {
    let mut command = Command::new("git");
    // What it refuses is read, so it says so in English.
    command.args(words).current_dir(folder).env("LC_ALL", "C");
    command.output().map_err(|error| {
        CliError::new("no-git", format!("`git` cannot be run: {error}"))
            .help("Install git, or put it on the path.")
    })
}

/// Returns what git answers, or why it refuses.
fn answered(output: &Output) -> Result<String> {
    if output.status.success() {
        return Ok(said(&output.stdout));
    }
    let message = format!("git reports: {}", said(&output.stderr));
    Err(CliError::new("git-failed", message))
}

/// What git printed, without the line end.
fn said(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.trim_end_matches(['\r', '\n']).to_owned()
}
