//! A git repository, through the program `git` itself.
//!
//! A library would have to follow git's own rules of where configuration is and what a worktree is,
//! and would weigh more than everything else that the command line depends on; whoever sets up a
//! repository has the program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::error::{CliError, Result};

/// A repository with its work tree.
#[derive(Debug)]
pub(super) struct Repository {
    root: PathBuf,
}

/// Returns the git folder of the repository that a folder is in, which all its work trees share.
///
/// # Errors
///
/// `no-git`: the program cannot be run; `not-a-repository`; `git-failed`: git does not say which one it is, for
/// instance because the folder is another account's.
pub(super) fn git_folder(folder: &Path) -> Result<PathBuf> {
    let output = git(folder, &["rev-parse", "--git-common-dir"])?;
    if output.status.success() {
        return Ok(folder.join(said(&output.stdout)));
    }
    Err(if said(&output.stderr).contains("not a git repository") {
        not_here(folder, "is not in a git repository", &output)
    } else {
        refused(&output)
    })
}

impl Repository {
    /// Finds the repository whose work tree a folder is in.
    ///
    /// # Errors
    ///
    /// `no-git`: the program cannot be run; `not-a-repository`: it finds none.
    pub(super) fn around(folder: &Path) -> Result<Self> {
        let output = git(folder, &["rev-parse", "--show-toplevel"])?;
        if !output.status.success() {
            return Err(not_here(folder, "is not in a git work tree", &output));
        }
        let root = said(&output.stdout).into();
        Ok(Self { root })
    }

    /// Returns the top folder of the work tree.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the value of a setting of this repository.
    ///
    /// # Errors
    ///
    /// `git-failed`, `no-git`.
    pub(super) fn setting(&self, key: &str) -> Result<Option<String>> {
        let output = git(&self.root, &["config", "--local", "--get", key])?;
        match output.status.code() {
            Some(0) => Ok(Some(said(&output.stdout))),
            Some(1) => Ok(None),
            _ => Err(refused(&output)),
        }
    }

    /// Sets a setting of this repository, or removes it.
    ///
    /// # Errors
    ///
    /// As [`setting`](Self::setting).
    pub(super) fn set(&self, key: &str, value: Option<&str>) -> Result<()> {
        let output = match value {
            Some(value) => git(
                &self.root,
                &["config", "--local", "--replace-all", key, value],
            ),
            None => git(&self.root, &["config", "--local", "--unset-all", key]),
        }?;
        if output.status.success() {
            Ok(())
        } else {
            Err(refused(&output))
        }
    }
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

fn not_here(folder: &Path, what: &str, output: &Output) -> CliError {
    let message = format!("`{}` {what}", folder.display());
    let mut error = CliError::new("not-a-repository", message)
        .help("Change to the repository, or run `git init`.");
    error.causes.push(said(&output.stderr));
    error
}

fn refused(output: &Output) -> CliError {
    let message = format!("git reports: {}", said(&output.stderr));
    CliError::new("git-failed", message)
}

/// What git printed, without the line end.
fn said(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.trim_end_matches(['\r', '\n']).to_owned()
}
