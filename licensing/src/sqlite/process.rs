//! Processes as a session remembers them, and whether they still run.

use guichet_core::Diagnostic;

#[cfg(not(target_os = "linux"))]
use super::elsewhere as system;
#[cfg(target_os = "linux")]
use super::linux as system;

/// A process, and not a later one with the same number.
///
/// The system's boot and the start of the process since that boot distinguish them. Where the system
/// does not say (any but Linux, today) these are absent, and such a process is never taken for
/// ended.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ProcessMark {
    /// The name of the machine.
    pub host: String,
    /// The id of the machine's boot.
    pub boot: Option<String>,
    /// The space of process numbers: two containers on one machine have two.
    pub space: Option<String>,
    /// The number of the process.
    pub process: u32,
    /// When it started, in ticks since the boot.
    pub started: Option<u64>,
}

impl ProcessMark {
    /// Marks a running process of this machine.
    ///
    /// # Errors
    ///
    /// [`UnknownProcess`]: there is no such process, or the system does not show it.
    pub fn from_process_id(process: u32) -> Result<Self, UnknownProcess> {
        let unknown = UnknownProcess { process };
        let here = system::machine().ok_or(unknown)?;
        let Sight::Runs { started } = system::look(process) else {
            return Err(unknown);
        };
        Ok(Self {
            host: here.host,
            boot: Some(here.boot),
            space: Some(here.space),
            process,
            started: Some(started),
        })
    }
}

/// A process that no session can belong to, because the system does not show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("process {process} cannot be found on this machine")]
pub struct UnknownProcess {
    /// The number of the process.
    pub process: u32,
}

impl Diagnostic for UnknownProcess {
    fn code(&self) -> &'static str {
        "unknown-process"
    }

    fn help(&self) -> Option<String> {
        Some(if cfg!(target_os = "linux") {
            "Name a process that runs on this machine.".to_owned()
        } else {
            "On this system Guichet cannot follow a process. Use a heartbeat instead.".to_owned()
        })
    }
}

/// What became of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ProcessState {
    /// It runs.
    Alive,
    /// It has certainly ended.
    Ended,
    /// Unknown from here: another machine, another container, a system that does not say.
    Unknown,
}

/// Finds out what became of a process.
pub trait Processes {
    /// Returns what became of a process.
    fn state(&self, mark: &ProcessMark) -> ProcessState;
}

/// The processes of this machine, as the system shows them (Linux: `/proc`).
#[derive(Debug, Clone, Copy, Default)]
pub struct LocalProcesses;

impl Processes for LocalProcesses {
    fn state(&self, mark: &ProcessMark) -> ProcessState {
        let Some(here) = system::machine() else {
            return ProcessState::Unknown;
        };
        let (Some(boot), Some(started)) = (&mark.boot, mark.started) else {
            return ProcessState::Unknown;
        };
        if *boot != here.boot {
            // A ledger in WAL mode is used on one machine: under the same name it was restarted.
            return if mark.host == here.host {
                ProcessState::Ended
            } else {
                ProcessState::Unknown
            };
        }
        if mark.space.as_ref() != Some(&here.space) {
            return ProcessState::Unknown;
        }
        match system::look(mark.process) {
            Sight::Runs { started: since } if since == started => ProcessState::Alive,
            Sight::Runs { .. } | Sight::Gone => ProcessState::Ended,
            Sight::Hidden => ProcessState::Unknown,
        }
    }
}

/// What distinguishes this machine from others, and from itself before a restart.
pub(super) struct Machine {
    pub(super) host: String,
    pub(super) boot: String,
    pub(super) space: String,
}

/// What the system shows under a process number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    not(target_os = "linux"),
    expect(dead_code, reason = "other systems show nothing")
)]
pub(super) enum Sight {
    /// A process that runs.
    Runs { started: u64 },
    /// No process, or one that has ended and waits to be collected.
    Gone,
    /// Nothing, although there may be a process.
    Hidden,
}
