//! The programs that are measured: building them, and running each in a process of its own.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome};
use crate::{shell, workload};

/// Every implementation, the engine first; each is the package `NAME-peer`.
pub(super) const PEERS: [&str; 5] = ["guichet", "petgraph", "casbin", "cedar", "sqlite"];

/// The workspace of the peers, from the root of the project.
const MANIFEST: &str = "bench/Cargo.toml";

/// A process that takes longer is ended, and the table says so.
const LONGEST: Duration = Duration::from_mins(5);

/// Where the programs are built.
#[derive(Debug)]
pub(crate) struct Workshop {
    target: PathBuf,
}

/// One built implementation: a program that takes time and one that weighs.
#[derive(Debug)]
pub(crate) struct Peer {
    pub(crate) name: String,
    /// The program that takes time, or counts.
    pub(crate) timer: PathBuf,
    weigher: PathBuf,
}

impl Workshop {
    /// Finds the folder to build in.
    ///
    /// # Errors
    ///
    /// The system does not say where this program was built.
    pub(crate) fn open() -> Outcome<Self> {
        Ok(Self {
            target: shell::target()?,
        })
    }

    /// Builds the named implementations in release, and no other.
    ///
    /// # Errors
    ///
    /// One of them does not compile.
    pub(crate) fn build<'a>(
        &self,
        names: impl IntoIterator<Item = &'a &'a str>,
    ) -> Outcome<Vec<Peer>> {
        let names: Vec<String> = names.into_iter().map(|name| (*name).to_owned()).collect();
        let packages: Vec<String> = names.iter().map(|name| format!("{name}-peer")).collect();
        let mut args = vec!["build", "--release", "--bins"];
        args.extend(packages.iter().flat_map(|package| ["-p", package]));
        shell::cargo(MANIFEST, &args)?;
        let peers = names.into_iter().map(|name| Peer {
            timer: self.program(&format!("{name}-peer")),
            weigher: self.program(&format!("{name}-weigh")),
            name,
        });
        Ok(peers.collect())
    }

    /// Builds other programs of one package in release.
    ///
    /// # Errors
    ///
    /// They do not compile.
    pub(crate) fn programs(&self, package: &str, names: &[&str]) -> Outcome<Vec<PathBuf>> {
        shell::cargo(MANIFEST, &["build", "--release", "--bins", "-p", package])?;
        Ok(names.iter().map(|name| self.program(name)).collect())
    }

    fn program(&self, name: &str) -> PathBuf {
        let folder = self.target.join("release");
        folder
            .join(name)
            .with_extension(std::env::consts::EXE_EXTENSION)
    }
}

/// Returns the version of the library behind each peer, as the lock file has it.
pub(super) fn versions() -> BTreeMap<String, String> {
    let lock = fs::read_to_string(shell::root().join("bench/Cargo.lock")).unwrap_or_default();
    let libraries = PEERS.iter().filter_map(|name| {
        let library = match *name {
            "guichet" => "guichet-policy",
            "cedar" => "cedar-policy",
            "sqlite" => "rusqlite",
            other => other,
        };
        Some(((*name).to_owned(), locked_version(&lock, name, library)?))
    });
    libraries.collect()
}

/// Finds the version of a library that the package `NAME-peer` uses, in the text of a lock file.
fn locked_version(lock: &str, name: &str, library: &str) -> Option<String> {
    let packages = || lock.split("[[package]]");
    let head = |package: &str| format!("\nname = \"{package}\"\n");
    let user = packages().find(|text| text.contains(&head(&format!("{name}-peer"))))?;
    // With two versions in the file, the list of dependencies says which one is meant.
    let said = user.split(&format!("\"{library} ")).nth(1);
    if let Some(version) = said.and_then(|rest| rest.split(['"', ' ']).next()) {
        return Some(version.to_owned());
    }
    let package = packages().find(|text| text.contains(&head(library)))?;
    let version = package.split("version = \"").nth(1)?.split('"').next()?;
    Some(version.to_owned())
}

/// What came out of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Printed {
    /// The last line, if it printed any.
    pub(crate) last: Option<String>,
    /// Why it did not end well.
    pub(crate) failed: Option<String>,
}

impl Peer {
    /// Times a workload.
    pub(crate) fn time(&self, files: &workload::Files, options: &[&str]) -> Printed {
        run(&self.timer, files, options)
    }

    /// Weighs a workload.
    pub(super) fn weigh(&self, files: &workload::Files, options: &[&str]) -> Printed {
        run(&self.weigher, files, options)
    }
}

fn run(program: &Path, files: &workload::Files, options: &[&str]) -> Printed {
    let mut command = Command::new(program);
    command.arg(&files.links).arg(&files.queries).args(options);
    printed_within(command, LONGEST)
}

/// Runs a command that prints a few lines, and ends it when it takes too long.
fn printed_within(mut command: Command, longest: Duration) -> Printed {
    let start = Instant::now();
    let spawned = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) => {
            return Printed {
                last: None,
                failed: Some(format!("it did not start: {error}")),
            };
        }
    };
    let failed = loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => break None,
            Ok(Some(status)) => break Some(format!("it ended with {status}")),
            Ok(None) if start.elapsed() < longest => thread::sleep(Duration::from_millis(5)),
            Ok(None) => {
                let seconds = longest.as_secs();
                let stopped = child.kill().and_then(|()| child.wait());
                break Some(match stopped {
                    Ok(_) => format!("it did not end in {seconds} s"),
                    Err(error) => format!("it could not be stopped: {error}"),
                });
            }
            Err(error) => break Some(error.to_string()),
        }
    };
    let mut text = String::new();
    let read = child
        .stdout
        .take()
        .map(|mut out| out.read_to_string(&mut text));
    let unread = read.and_then(Result::err).map(|error| error.to_string());
    Printed {
        last: text.lines().last().map(str::to_owned),
        failed: failed.or(unread),
    }
}

/// Turns what a process printed into a value.
///
/// # Errors
///
/// It is not the JSON that was expected.
pub(crate) fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Outcome<T> {
    serde_json::from_str(text)
        .map_err(|error| Failure::new(format!("a program printed `{}`: {error}", text.trim())))
}

#[cfg(test)]
mod tests {
    use std::process::Command;
    use std::time::Duration;

    use super::{locked_version, printed_within};

    const LOCK: &str = r#"
[[package]]
name = "petgraph"
version = "0.6.5"

[[package]]
name = "petgraph"
version = "0.8.3"

[[package]]
name = "rusqlite"
version = "0.41.1"

[[package]]
name = "petgraph-peer"
version = "0.0.0"
dependencies = [
 "peer-kit",
 "petgraph 0.8.3",
]

[[package]]
name = "sqlite-peer"
version = "0.0.0"
dependencies = [
 "rusqlite",
]
"#;

    #[test]
    fn the_version_that_a_peer_uses_is_found_among_several() {
        let version = |name, library| locked_version(LOCK, name, library);
        assert_eq!(version("petgraph", "petgraph").as_deref(), Some("0.8.3"));
        assert_eq!(version("sqlite", "rusqlite").as_deref(), Some("0.41.1"));
        assert_eq!(version("casbin", "casbin"), None);
    }

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_process_that_takes_too_long_is_ended_and_what_it_said_is_kept() {
        let script = "echo first; echo second; exec sleep 600";
        let printed = printed_within(shell(script), Duration::from_millis(500));
        assert_eq!(printed.last.as_deref(), Some("second"));
        assert_eq!(printed.failed.as_deref(), Some("it did not end in 0 s"));
    }

    #[test]
    fn how_a_process_ended_is_told() {
        let printed = printed_within(shell("exit 3"), Duration::from_mins(1));
        assert_eq!(printed.last, None);
        assert_eq!(
            printed.failed.as_deref(),
            Some("it ended with exit status: 3")
        );
        let printed = printed_within(shell("echo {}"), Duration::from_mins(1));
        assert_eq!(printed.last.as_deref(), Some("{}"));
        assert_eq!(printed.failed, None);
    }
}
