//! A git repository, through the program `git` itself.
//!
//! A library would have to follow git's own rules of where configuration is and what a worktree is,
//! and would weigh more than all else that the command line depends on; whoever sets up a repository
//! has the program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::error::{CliError, Result};

/// A repository with its work tree.
#[derive(Debug)]
pub(super) struct Repository {
    root: PathBuf,
}

impl Repository {
    /// Finds the repository that a folder is in.
    ///
    /// # Errors
    ///
    /// `no-git` where the program cannot be run, `not-a-repository` where it finds none.
    pub(super) fn around(folder: &Path) -> Result<Self> {
        let output = git(folder, &["rev-parse", "--show-toplevel"])?;
        if !output.status.success() {
            let message = format!("`{}` is in no work tree of git", folder.display());
            let mut error = CliError::new("not-a-repository", message)
                .help("Go to the repository, or make one with `git init`.");
            error.causes.push(told(&output.stderr));
            return Err(error);
        }
        let root = told(&output.stdout).into();
        Ok(Self { root })
    }

    /// Returns the top folder of the work tree.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the git folder, which all work trees of the repository share.
    ///
    /// # Errors
    ///
    /// `git-failed`, `no-git`.
    pub(super) fn git_folder(&self) -> Result<PathBuf> {
        let output = git(&self.root, &["rev-parse", "--git-common-dir"])?;
        if output.status.success() {
            Ok(self.root.join(told(&output.stdout)))
        } else {
            Err(failed(&output))
        }
    }

    /// Returns the value of a setting of this repository.
    ///
    /// # Errors
    ///
    /// `git-failed`, `no-git`.
    pub(super) fn setting(&self, key: &str) -> Result<Option<String>> {
        let output = git(&self.root, &["config", "--local", "--get", key])?;
        match output.status.code() {
            Some(0) => Ok(Some(told(&output.stdout))),
            Some(1) => Ok(None),
            _ => Err(failed(&output)),
        }
    }

    /// Sets a setting of this repository.
    ///
    /// # Errors
    ///
    /// As [`setting`](Self::setting).
    pub(super) fn set(&self, key: &str, value: &str) -> Result<()> {
        self.run(&["config", "--local", "--replace-all", key, value])
    }

    /// Takes a setting of this repository out.
    ///
    /// # Errors
    ///
    /// As [`setting`](Self::setting).
    pub(super) fn unset(&self, key: &str) -> Result<()> {
        self.run(&["config", "--local", "--unset-all", key])
    }

    fn run(&self, words: &[&str]) -> Result<()> {
        let output = git(&self.root, words)?;
        if output.status.success() {
            Ok(())
        } else {
            Err(failed(&output))
        }
    }
}

fn git(folder: &Path, words: &[&str]) -> Result<Output> {
    let mut command = Command::new("git");
    command.args(words).current_dir(folder);
    command.output().map_err(|error| {
        CliError::new("no-git", format!("`git` cannot be run: {error}"))
            .help("Install git, or put it on the path.")
    })
}

fn failed(output: &Output) -> CliError {
    CliError::new(
        "git-failed",
        format!("git refuses: {}", told(&output.stderr)),
    )
}

/// What git printed, without the line end.
fn told(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.trim_end_matches(['\r', '\n']).to_owned()
}
