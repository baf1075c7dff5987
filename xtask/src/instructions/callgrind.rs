//! Runs a program under callgrind and reads how many instructions it took.

use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use crate::failure::{Failure, Outcome};
use crate::workload::Files;

/// What the measured program says about itself.
#[derive(Debug, Deserialize)]
struct Said {
    questions: u32,
    wrong: usize,
}

/// Returns how many instructions one question of a kind takes, warm.
///
/// # Errors
///
/// Valgrind or the program failed, or an answer was wrong.
pub(super) fn count(program: &Path, files: &Files, operation: &str) -> Outcome<f64> {
    let (_, once) = run(program, files, operation, "0")?;
    let (questions, twice) = run(program, files, operation, "1")?;
    Ok((twice - once) / f64::from(questions.max(1)))
}

/// Runs once; returns how many questions a pass has, and all instructions.
fn run(program: &Path, files: &Files, operation: &str, times: &str) -> Outcome<(u32, f64)> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .arg(&files.links)
        .arg(&files.queries)
        .args(["--count", operation, times])
        .output()
        .map_err(|error| Failure::failed(format!("`valgrind` did not start: {error}")))?;
    let diagnostics = String::from_utf8_lossy(&output.stderr);
    let failed = |reason: &str| {
        let last: Vec<&str> = diagnostics.lines().rev().take(5).collect();
        Failure::failed(format!(
            "callgrind, {operation}: {reason}\n{}",
            last.join("\n")
        ))
    };
    if !output.status.success() {
        return Err(failed("the program failed"));
    }
    let said: Said = serde_json::from_slice(&output.stdout)
        .map_err(|error| failed(&format!("not understood: {error}")))?;
    if said.wrong > 0 {
        return Err(failed(&format!("{} wrong answer(s)", said.wrong)));
    }
    let counted = collected(&diagnostics).ok_or_else(|| failed("it says no count"))?;
    Ok((said.questions, counted))
}

/// Finds the count in what callgrind writes when it ends: `==123== Collected : 4567`.
fn collected(diagnostics: &str) -> Option<f64> {
    let line = diagnostics
        .lines()
        .rfind(|line| line.contains("Collected :"))?;
    line.rsplit(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::collected;

    #[test]
    fn the_count_is_read_from_the_last_lines() {
        let text = "==9== Callgrind\n==9== \n==9== Events    : Ir\n==9== Collected : 123456\n\
                    ==9== \n==9== I   refs:      123,456\n";
        assert_eq!(collected(text), Some(123_456.0));
        assert_eq!(collected("==9== Callgrind\n"), None);
    }
}
