//! Times a reader of `directory.json`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::input::InputError;
use crate::limits::Limits;
use crate::memory;
use crate::timing::repeats;

/// What a reader found: a checksum that two readers can be compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parsed {
    /// How many users.
    pub users: usize,
    /// How many groups.
    pub groups: usize,
    /// How many users and groups are in the lists of all groups, each resolved.
    pub members: usize,
}

/// Times a reader on the file that the command line names (`FILE [BUDGET_MS]`), and prints one line
/// of JSON. A budget of 0 reads once, so that the peak of memory speaks of one reading.
///
/// `read` gets the text and has to resolve every member.
pub fn parse(read: impl Fn(Vec<u8>) -> Parsed) -> ExitCode {
    match line(&read) {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn line(read: &impl Fn(Vec<u8>) -> Parsed) -> Result<String, InputError> {
    let mut words = std::env::args().skip(1);
    let usage = || InputError("usage: PARSER FILE [BUDGET_MS]".to_owned());
    let file = PathBuf::from(words.next().ok_or_else(usage)?);
    let budget = words.next().map_or(Ok(1_000), |word| word.parse());
    let budget = Duration::from_millis(budget.map_err(|_| usage())?);
    let limits = Limits {
        enough: budget,
        budget,
    };
    let mut parsed = None;
    let mut failed = None;
    let [timing] = repeats(limits, || match std::fs::read(&file) {
        Ok(bytes) => {
            let start = Instant::now();
            parsed = Some(read(bytes));
            [start.elapsed()]
        }
        Err(error) => {
            failed = Some(InputError(format!("`{}`: {error}", file.display())));
            [budget]
        }
    });
    if let Some(error) = failed {
        return Err(error);
    }
    let parsed = parsed.ok_or_else(usage)?;
    Ok(json!({
        "median_ns": timing.map(|timing| timing.median),
        "users": parsed.users,
        "groups": parsed.groups,
        "members": parsed.members,
        "peak_kib": memory::peak_kib(),
    })
    .to_string())
}
