//! Says what was measured and on which machine.

use std::fs;
use std::thread;

use super::results::{Host, Revision};
use crate::shell::{rust_version, said};

/// The folders whose text decides what the engine costs.
const SOURCES: &[&str] = &["core", "policy", "bench"];

/// Asks git for the commit, its time, and whether the sources differ from it; without git and
/// outside a clone, both are empty.
pub(super) fn revision() -> Revision {
    let mut status = vec!["status", "--porcelain", "--"];
    status.extend(SOURCES);
    Revision {
        commit: said("git", &["rev-parse", "HEAD"]).unwrap_or_default(),
        committed: said("git", &["show", "--no-patch", "--format=%cI", "HEAD"]).unwrap_or_default(),
        edited: said("git", &status).is_none_or(|changed| !changed.is_empty()),
    }
}

/// Describes this machine; what the system does not say is empty.
pub(super) fn host() -> Host {
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    Host {
        processor: field(&read("/proc/cpuinfo"), "model name").unwrap_or_default(),
        threads: thread::available_parallelism().map_or(0, usize::from),
        memory_mib: field(&read("/proc/meminfo"), "MemTotal")
            .and_then(|kib| kib.trim_end_matches(" kB").parse::<u64>().ok())
            .map_or(0, |kib| kib / 1_024),
        system: format!("{} {}", std::env::consts::OS, std::env::consts::ARCH),
        rust: rust_version(),
    }
}

/// Returns the first value of a field in a text of `name : value` lines.
fn field(text: &str, name: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        (found.trim() == name).then(|| value.trim().to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::{field, revision};

    #[test]
    fn a_field_is_found_whatever_surrounds_its_name() {
        let text = "processor\t: 0\nmodel name\t: Some CPU @ 2 GHz\nmodel name\t: Other\n";
        assert_eq!(
            field(text, "model name").as_deref(),
            Some("Some CPU @ 2 GHz")
        );
        assert_eq!(field(text, "model"), None);
    }

    #[test]
    fn the_revision_is_a_commit_with_its_time_or_unknown() {
        let revision = revision();
        let known = revision.commit.len() == 40 && revision.committed.contains('T');
        let no_clone = revision.commit.is_empty() && revision.edited;
        assert!(known || no_clone, "{revision:?}");
    }
}
