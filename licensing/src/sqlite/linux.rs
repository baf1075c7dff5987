//! What Linux says of itself and of its processes.

use std::io::{Error, ErrorKind};

use super::process::{Machine, Sight};

/// Returns what distinguishes this machine, its boot and its space of process numbers from others.
pub(super) fn machine() -> Option<Machine> {
    let space = std::fs::read_link("/proc/self/ns/pid").ok()?;
    Some(Machine {
        host: line("/proc/sys/kernel/hostname")?,
        boot: line("/proc/sys/kernel/random/boot_id")?,
        space: space.to_str()?.to_owned(),
    })
}

/// Looks for a process by its number.
pub(super) fn look(process: u32) -> Sight {
    match std::fs::read_to_string(format!("/proc/{process}/stat")) {
        Ok(text) => parse(&text),
        Err(error) => unseen(&error, &line("/proc/self/mounts").unwrap_or_default()),
    }
}

fn line(path: &str) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    Some(text.trim_end().to_owned())
}

/// Says what it means that a process cannot be read: it is gone if no process has that number
/// and none would be hidden.
fn unseen(error: &Error, mounts: &str) -> Sight {
    const NO_SUCH_PROCESS: i32 = 3; // it ended between opening and reading
    let absent =
        error.kind() == ErrorKind::NotFound || error.raw_os_error() == Some(NO_SUCH_PROCESS);
    if absent && shows_everyone(mounts) {
        Sight::Gone
    } else {
        Sight::Hidden
    }
}

/// Whether the processes of other users are shown: `/proc` is mounted without `hidepid`.
fn shows_everyone(mounts: &str) -> bool {
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

/// Reads the state (third field) and the start (22nd). The second field, the name in parentheses,
/// may hold spaces and parentheses of its own.
fn parse(stat: &str) -> Sight {
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

#[cfg(test)]
mod tests {
    use super::{Error, Sight, parse, shows_everyone, unseen};

    const REST: &str = "1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 4242 0 0";
    const OPEN: &str = "proc /proc proc rw,nosuid,relatime 0 0\nsysfs /sys sysfs rw 0 0";
    const HIDDEN: &str = "proc /proc proc rw,hidepid=2 0 0";

    #[test]
    fn a_name_with_parentheses_and_spaces_does_not_shift_the_fields() {
        let stat = format!("7 (a) S (b c) R {REST}");
        assert_eq!(parse(&stat), Sight::Runs { started: 4242 });
        assert_eq!(parse("7 (a"), Sight::Hidden);
        assert_eq!(parse("7 (a) R 1 7"), Sight::Hidden);
    }

    #[test]
    fn a_process_that_only_waits_to_be_collected_has_ended() {
        for state in ["Z", "X", "x"] {
            let stat = format!("7 (a) {state} {REST}");
            assert_eq!(parse(&stat), Sight::Gone);
        }
    }

    #[test]
    fn a_process_that_may_be_hidden_is_not_taken_for_ended() {
        assert!(shows_everyone(OPEN));
        for value in ["1", "2", "invisible", "ptraceable"] {
            let hidden = format!("{OPEN}\nproc /proc proc rw,hidepid={value} 0 0");
            assert!(!shows_everyone(&hidden), "{value}");
        }
        for value in ["0", "off"] {
            let shown = format!("{HIDDEN}\nproc /proc proc rw,hidepid={value} 0 0");
            assert!(shows_everyone(&shown), "{value}: the last mount counts");
        }
        assert!(!shows_everyone(""));
    }

    #[test]
    fn only_a_number_that_nobody_has_means_that_the_process_is_gone() {
        let [no_such_file, no_such_process, denied, too_many_files] =
            [2, 3, 13, 24].map(Error::from_raw_os_error);
        assert_eq!(unseen(&no_such_file, OPEN), Sight::Gone);
        assert_eq!(unseen(&no_such_process, OPEN), Sight::Gone);
        for error in [denied, too_many_files] {
            assert_eq!(unseen(&error, OPEN), Sight::Hidden, "{error}");
        }
        for error in [no_such_file, no_such_process] {
            assert_eq!(unseen(&error, HIDDEN), Sight::Hidden, "{error}");
        }
    }
}
