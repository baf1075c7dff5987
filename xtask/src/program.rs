//! `cargo xtask program`: the whole program from start to exit, beside `jq` on the same file.
//!
//! Runs of the two alternate. What is large is weighed too: the most memory that the process ever
//! had, as the system says while it runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::bench::figures;
use crate::failure::{Failure, Outcome};
use crate::workload::{self, Shape};
use crate::{shell, workspace};

/// A directory of 150 KB.
const FIRM: &str = "firm";

/// 4D's maximum.
const MAXIMUM: &str = "W2";

/// What the commands on 4D's maximum must stay under.
const LONGEST: Duration = Duration::from_secs(1);
const MOST_MIB: u64 = 150;

const RUNS: usize = 10;

/// Measures, and fails when the program is slower than `jq` or too large.
///
/// # Errors
///
/// The command line is wrong, something does not run, or a target is missed.
pub(crate) fn run(args: &[String]) -> Outcome {
    if args.iter().any(|arg| arg == "--help") {
        println!("{}", help());
        return Ok(());
    }
    let runs = runs(args)?;
    shell::cargo(&["build", "--release", "-p", "guichet-cli"], &[])?;
    let program = workspace::target_folder()?
        .join("release/guichet")
        .with_extension(std::env::consts::EXE_EXTENSION);
    let mut missed = beside_jq(&program, &directory(FIRM)?, runs)?;
    let large = directory(MAXIMUM)?;
    for command in [["effective"], ["lint"], ["show"]] {
        missed.extend(weigh(&program, &large, &command)?);
    }
    if missed.is_empty() {
        Ok(())
    } else {
        Err(Failure::failed(missed.join("; ")))
    }
}

fn runs(args: &[String]) -> Outcome<usize> {
    match args {
        [] => Ok(RUNS),
        [flag, number] if flag == "--runs" => number
            .parse()
            .map_err(|_| Failure::usage(format!("program: `{number}` is no number"))),
        _ => Err(Failure::usage(help())),
    }
}

fn help() -> String {
    format!(
        "usage: cargo xtask program [--runs N]\n\
         \n\
         Builds `guichet` in release and measures it from start to exit: `check` beside `jq .` on a\n\
         directory of 150 KB ({RUNS} alternating runs unless said), and the large commands on\n\
         {MAXIMUM}, which must stay under {} s and {MOST_MIB} MiB.",
        LONGEST.as_secs()
    )
}

/// Writes a workload and returns its directory.json.
fn directory(name: &str) -> Outcome<PathBuf> {
    let shape = Shape::named(name)
        .ok_or_else(|| Failure::failed(format!("there is no workload `{name}`")))?;
    Ok(workload::write(shape)?.directory)
}

/// Compares `guichet check` with `jq .`; returns what was missed.
fn beside_jq(program: &Path, file: &Path, runs: usize) -> Outcome<Vec<String>> {
    let size = fs::metadata(file).map_err(|error| Failure::io(file, &error))?;
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    for _ in 0..runs {
        let mut check = Command::new(program);
        check.arg("--directory").arg(file);
        check.args(["check", "User 1000", "design"]);
        ours.push(timed(check, &[0, 1])?);
        let mut jq = Command::new("jq");
        jq.arg(".").arg(file);
        match timed(jq, &[0]) {
            Ok(took) => theirs.push(took),
            Err(reason) => {
                println!("program: SKIPPED the comparison, jq does not run: {reason}");
                return Ok(Vec::new());
            }
        }
    }
    let (Some(ours), Some(theirs)) = (figures::median(&ours), figures::median(&theirs)) else {
        return Ok(Vec::new());
    };
    println!(
        "{} bytes, {runs} alternating runs: guichet check {}, jq . {}",
        size.len(),
        figures::time(ours),
        figures::time(theirs)
    );
    let slower = ours >= theirs;
    Ok(slower
        .then(|| "`guichet check` is slower than `jq .`".to_owned())
        .into_iter()
        .collect())
}

/// Runs a command that must end with one of these codes, and returns how long it took, in ns.
fn timed(mut command: Command, codes: &[i32]) -> Outcome<f64> {
    let start = Instant::now();
    let status = silent(&mut command).status();
    let took = start.elapsed();
    let status = status.map_err(|error| Failure::failed(error.to_string()))?;
    ended_well(&command, status, codes)?;
    Ok(took.as_secs_f64() * 1e9)
}

fn silent(command: &mut Command) -> &mut Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
}

fn ended_well(command: &Command, status: ExitStatus, codes: &[i32]) -> Outcome {
    if status.code().is_some_and(|code| codes.contains(&code)) {
        Ok(())
    } else {
        let program = command.get_program().to_string_lossy().into_owned();
        Err(Failure::failed(format!("`{program}` ended with {status}")))
    }
}

/// Runs a large command and says its time and memory; returns what was missed.
fn weigh(program: &Path, file: &Path, words: &[&str]) -> Outcome<Vec<String>> {
    let mut command = Command::new(program);
    command.arg("--directory").arg(file).args(words);
    let (took, peak) = watched(command)?;
    let peak_mib = peak.div_ceil(1_024);
    let name = words.join(" ");
    println!(
        "guichet {name} on {MAXIMUM}: {}, at most {peak_mib} MiB",
        figures::time(took.as_secs_f64() * 1e9)
    );
    let slow = took > LONGEST;
    let large = peak_mib > MOST_MIB;
    let mut missed = Vec::new();
    missed.extend(slow.then(|| format!("`guichet {name}` took longer than {LONGEST:?}")));
    missed.extend(large.then(|| format!("`guichet {name}` needed more than {MOST_MIB} MiB")));
    Ok(missed)
}

/// Runs a command and watches its memory; returns its time and its peak in KiB.
///
/// The peak only grows, so the last look before the end misses a millisecond of it at most.
fn watched(mut command: Command) -> Outcome<(Duration, u64)> {
    let failed = |error: std::io::Error| Failure::failed(error.to_string());
    let start = Instant::now();
    let mut child = silent(&mut command).spawn().map_err(failed)?;
    let status_file = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    let status = loop {
        if let Some(status) = child.try_wait().map_err(failed)? {
            break status;
        }
        let said = fs::read_to_string(&status_file).unwrap_or_default();
        peak = peak.max(high_water_mark(&said).unwrap_or(0));
        thread::sleep(Duration::from_millis(1));
    };
    let took = start.elapsed();
    ended_well(&command, status, &[0, 1])?;
    Ok((took, peak))
}

fn high_water_mark(status: &str) -> Option<u64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::{high_water_mark, runs, timed, watched};

    #[test]
    fn the_number_of_runs_can_be_said() {
        assert_eq!(runs(&[]), Ok(10));
        assert_eq!(runs(&["--runs".to_owned(), "3".to_owned()]), Ok(3));
        assert!(runs(&["--runs".to_owned()]).is_err());
    }

    #[test]
    fn another_exit_code_than_the_allowed_ones_fails() {
        assert!(timed(Command::new("true"), &[0]).unwrap() > 0.0);
        assert!(timed(Command::new("false"), &[0]).is_err());
        assert!(timed(Command::new("false"), &[0, 1]).is_ok());
    }

    #[test]
    fn a_process_is_timed_and_weighed() {
        let mut sleep = Command::new("sleep");
        sleep.arg("0.05");
        let (took, peak_kib) = watched(sleep).unwrap();
        assert!(took.as_millis() >= 50);
        assert!(peak_kib > 0 || !std::path::Path::new("/proc/self/status").exists());
        assert_eq!(high_water_mark("VmHWM:\t    1234 kB\n"), Some(1_234));
    }
}
