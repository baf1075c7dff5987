//! Processes as a session remembers them, and whether they still run.

/// A process, told apart from a later one that the system gives the same number.
///
/// The system's boot and the start of the process since that boot tell them apart. Where the system
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
    /// Marks a running process of this machine; `None` when there is no such process, or the
    /// system does not show it.
    pub fn of(process: u32) -> Option<Self> {
        let Sight::Runs { started } = system::look(process) else {
            return None;
        };
        Some(Self {
            host: system::host().unwrap_or_default(),
            boot: system::boot(),
            space: system::space(),
            process,
            started: Some(started),
        })
    }

    /// Marks the process that runs this code.
    pub fn current() -> Option<Self> {
        Self::of(std::process::id())
    }
}

/// What became of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It runs.
    Alive,
    /// It has ended for certain.
    Ended,
    /// Nobody can tell from here: another machine, another container, a system that does not say.
    Unknown,
}

/// Whoever can tell what became of a process.
pub trait Processes {
    /// Tells what became of a process.
    fn fate(&self, mark: &ProcessMark) -> Fate;
}

/// The processes of this machine, as the system shows them (Linux: `/proc`).
#[derive(Debug, Clone, Copy, Default)]
pub struct LocalProcesses;

impl Processes for LocalProcesses {
    fn fate(&self, mark: &ProcessMark) -> Fate {
        let (Some(host), Some(boot), Some(space)) =
            (system::host(), system::boot(), system::space())
        else {
            return Fate::Unknown;
        };
        let (Some(marked_boot), Some(started)) = (&mark.boot, mark.started) else {
            return Fate::Unknown;
        };
        if *marked_boot != boot {
            // A ledger in WAL mode is used on one machine: under the same name it was restarted.
            return if mark.host == host {
                Fate::Ended
            } else {
                Fate::Unknown
            };
        }
        if mark.space.as_ref() != Some(&space) {
            return Fate::Unknown;
        }
        match system::look(mark.process) {
            Sight::Runs { started: since } if since == started => Fate::Alive,
            Sight::Runs { .. } | Sight::Gone => Fate::Ended,
            Sight::Hidden => Fate::Unknown,
        }
    }
}

/// What the system shows under a process number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sight {
    /// A process that runs.
    #[cfg_attr(
        not(target_os = "linux"),
        expect(dead_code, reason = "other systems show nothing")
    )]
    Runs { started: u64 },
    /// No process, or one that has ended and waits to be collected.
    #[cfg_attr(
        not(target_os = "linux"),
        expect(dead_code, reason = "other systems show nothing")
    )]
    Gone,
    /// Nothing, which need not mean that there is none.
    Hidden,
}

#[cfg(target_os = "linux")]
mod system {
    //! What Linux says of itself.

    use std::io::ErrorKind;

    use super::Sight;

    pub(super) fn host() -> Option<String> {
        line("/proc/sys/kernel/hostname")
    }

    pub(super) fn boot() -> Option<String> {
        line("/proc/sys/kernel/random/boot_id")
    }

    pub(super) fn space() -> Option<String> {
        let link = std::fs::read_link("/proc/self/ns/pid").ok()?;
        link.to_str().map(str::to_owned)
    }

    pub(super) fn look(process: u32) -> Sight {
        const NO_SUCH_PROCESS: i32 = 3; // it ended between opening and reading
        match std::fs::read_to_string(format!("/proc/{process}/stat")) {
            Ok(text) => parse(&text),
            Err(error) => {
                let absent = error.kind() == ErrorKind::NotFound
                    || error.raw_os_error() == Some(NO_SUCH_PROCESS);
                let mounts = line("/proc/self/mounts").unwrap_or_default();
                if absent && shows_everyone(&mounts) {
                    Sight::Gone
                } else {
                    Sight::Hidden
                }
            }
        }
    }

    fn line(path: &str) -> Option<String> {
        let text = std::fs::read_to_string(path).ok()?;
        Some(text.trim_end().to_owned())
    }

    /// Whether the processes of other users are shown: `/proc` is mounted without `hidepid`.
    pub(super) fn shows_everyone(mounts: &str) -> bool {
        let mut options = mounts.lines().filter_map(|line| {
            let mut fields = line.split(' ').skip(1);
            (fields.next() == Some("/proc")).then(|| fields.nth(1))?
        });
        let last = options.next_back(); // the one mounted on top
        last.is_some_and(|options| {
            let mut hiding = options
                .split(',')
                .filter_map(|o| o.strip_prefix("hidepid="));
            hiding.all(|value| matches!(value, "0" | "off"))
        })
    }

    /// Reads the state (third field) and the start (22nd). The second field, the name in
    /// parentheses, may hold spaces and parentheses of its own.
    pub(super) fn parse(stat: &str) -> Sight {
        let parsed = || {
            let (_, fields) = stat.rsplit_once(')')?;
            let mut fields = fields.split_ascii_whitespace();
            let state = fields.next()?;
            let started = fields.nth(18)?.parse().ok()?;
            Some(if matches!(state, "Z" | "X" | "x") {
                Sight::Gone
            } else {
                Sight::Runs { started }
            })
        };
        parsed().unwrap_or(Sight::Hidden)
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    //! Other systems say nothing that could be read without a call into C.

    use super::Sight;

    pub(super) fn host() -> Option<String> {
        None
    }

    pub(super) fn boot() -> Option<String> {
        None
    }

    pub(super) fn space() -> Option<String> {
        None
    }

    pub(super) fn look(_process: u32) -> Sight {
        Sight::Hidden
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::Sight;
    use super::system::{parse, shows_everyone};

    const REST: &str = "1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 4242 0 0";

    #[test]
    fn a_name_with_parentheses_and_spaces_does_not_shift_the_fields() {
        let stat = format!("7 (a) S (b c) R {REST}");
        assert_eq!(parse(&stat), Sight::Runs { started: 4242 });
        assert_eq!(parse("7 (a"), Sight::Hidden);
    }

    #[test]
    fn a_process_that_only_waits_to_be_collected_has_ended() {
        assert_eq!(parse(&format!("7 (a) Z {REST}")), Sight::Gone);
    }

    #[test]
    fn a_process_that_may_be_hidden_is_not_taken_for_ended() {
        let open = "proc /proc proc rw,nosuid,relatime 0 0\nsysfs /sys sysfs rw 0 0";
        assert!(shows_everyone(open));
        for value in ["1", "2", "invisible", "ptraceable"] {
            let hidden = format!("{open}\nproc /proc proc rw,hidepid={value} 0 0");
            assert!(!shows_everyone(&hidden), "{value}");
        }
        assert!(!shows_everyone(""));
    }
}
