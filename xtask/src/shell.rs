//! Runs other programs from the root of the project, and says what it runs.

use std::env;
use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{self, Stdio};

use anyhow::{Context as _, Result, bail};

/// Returns the root folder of the project: the parent of `xtask/`.
pub(crate) fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_path_buf()
}

/// A command that runs from the root.
#[derive(Debug)]
pub(crate) struct Command(process::Command);

impl Command {
    /// Makes a command of a program and its arguments, separated by blanks.
    pub(crate) fn new(line: &str) -> Self {
        let (program, args) = line.split_once(' ').unwrap_or((line, ""));
        Self::of(program.as_ref(), args)
    }

    /// Makes a command of the cargo that runs this program.
    pub(crate) fn cargo(args: &str) -> Self {
        Self::of(
            &env::var_os("CARGO").unwrap_or_else(|| "cargo".into()),
            args,
        )
    }

    fn of(program: &OsStr, args: &str) -> Self {
        let mut command = process::Command::new(program);
        command.args(args.split_whitespace()).current_dir(root());
        command.stdin(Stdio::null());
        Self(command)
    }

    /// Adds an argument, blanks and all.
    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.0.arg(arg);
        self
    }

    /// Adds arguments.
    pub(crate) fn args(mut self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Self {
        self.0.args(args);
        self
    }

    /// Sets a variable of the environment.
    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.0.env(name, value);
        self
    }

    /// Runs it, with its output on ours.
    ///
    /// # Errors
    ///
    /// It could not be started or failed.
    pub(crate) fn run(mut self) -> Result<()> {
        eprintln!("$ {self}");
        let status = self.0.status().with_context(|| self.missing())?;
        if status.success() {
            return Ok(());
        }
        bail!("`{self}` failed ({status})")
    }

    /// Runs it and returns what it wrote on its standard output.
    ///
    /// # Errors
    ///
    /// It could not be started, failed, or did not write UTF-8.
    pub(crate) fn output(mut self) -> Result<String> {
        let output = self.0.stderr(Stdio::inherit()).output();
        let output = output.with_context(|| self.missing())?;
        if !output.status.success() {
            bail!("`{self}` failed ({})", output.status)
        }
        String::from_utf8(output.stdout).with_context(|| format!("`{self}` did not write UTF-8"))
    }

    fn missing(&self) -> String {
        format!("`{self}` did not start; `.ci/tools` installs what the gate needs")
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let variables = self.0.get_envs().filter_map(|(name, value)| {
            Some(format!(
                "{}={}",
                name.to_string_lossy(),
                value?.to_string_lossy()
            ))
        });
        let program = Path::new(self.0.get_program())
            .file_name()
            .unwrap_or_default();
        let args = self
            .0
            .get_args()
            .map(|arg| arg.to_string_lossy().into_owned());
        let words = variables
            .chain([program.to_string_lossy().into_owned()])
            .chain(args);
        f.write_str(&words.collect::<Vec<_>>().join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::{Command, root};

    #[test]
    fn a_command_reads_as_a_person_would_type_it() {
        let command = Command::new("cargo doc --no-deps").env("RUSTDOCFLAGS", "-Dwarnings");
        assert_eq!(
            command.to_string(),
            "RUSTDOCFLAGS=-Dwarnings cargo doc --no-deps"
        );
    }

    #[test]
    fn the_root_holds_the_workspace_manifest() {
        assert!(root().join("xtask/Cargo.toml").is_file());
    }

    #[test]
    fn a_failing_command_is_named() {
        let failure = Command::cargo("no-such-command-of-cargo")
            .run()
            .unwrap_err();
        assert!(
            failure
                .to_string()
                .starts_with("`cargo no-such-command-of-cargo` failed")
        );
    }
}
