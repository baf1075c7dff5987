//! The program as it is shipped: released, stripped, without a trace of the machine.

use std::env;
use std::path::{Path, PathBuf};

use super::{PACKAGE, PROGRAM};
use crate::failure::{Failure, Outcome};
use crate::shell;

/// Builds the program in a target folder; returns where it is.
///
/// # Errors
///
/// Cargo failed.
pub(super) fn program(target: &Path) -> Outcome<PathBuf> {
    let home = env::var_os("CARGO_HOME").map_or_else(
        || PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(".cargo"),
        PathBuf::from,
    );
    let flags = remapped(&[
        (&shell::workspace_root(), "/guichet"),
        (target, "/target"),
        (&home, "/cargo"),
    ]);
    let folder = target.to_string_lossy();
    shell::cargo(
        &[
            "build",
            "--release",
            "--locked",
            "--package",
            PACKAGE,
            "--bin",
            PROGRAM,
            "--target-dir",
            &folder,
        ],
        &[("CARGO_ENCODED_RUSTFLAGS", &flags)],
    )?;
    Ok(target
        .join("release")
        .join(format!("{PROGRAM}{}", env::consts::EXE_SUFFIX)))
}

/// Returns the flags that replace folders of this machine in messages of the program.
///
/// Of two that fit, the compiler takes the last: the target folder may lie in the project.
fn remapped(folders: &[(&Path, &str)]) -> String {
    let flags: Vec<String> = folders
        .iter()
        .map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()))
        .collect();
    flags.join("\u{1f}")
}

/// Returns the name of the system that this compiler builds for, such as
/// `x86_64-unknown-linux-gnu`.
///
/// # Errors
///
/// The compiler could not be asked.
pub(super) fn host() -> Outcome<String> {
    let answer = super::run_program(Path::new("rustc"), &["-vV"])?;
    let host = answer.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned)
        .ok_or_else(|| Failure::failed("`rustc -vV` names no host"))
}

/// Returns the moment that files are given, in seconds since 1970: `SOURCE_DATE_EPOCH`, else that
/// of the last commit, else 0.
///
/// # Errors
///
/// `SOURCE_DATE_EPOCH` is no number.
pub(super) fn moment() -> Outcome<String> {
    let text = match env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text,
        Err(_) => super::run_program(Path::new("git"), &["log", "-1", "--format=%ct"])
            .unwrap_or_else(|_| "0".to_owned()),
    };
    let seconds: u64 = text.trim().parse().map_err(|_| {
        Failure::failed(format!(
            "`SOURCE_DATE_EPOCH` is no number of seconds: `{text}`"
        ))
    })?;
    Ok(seconds.to_string())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{host, remapped};

    #[test]
    fn folders_of_the_machine_are_replaced_in_order() {
        assert_eq!(
            remapped(&[
                (Path::new("/a b"), "/guichet"),
                (Path::new("/c"), "/target")
            ]),
            "--remap-path-prefix=/a b=/guichet\u{1f}--remap-path-prefix=/c=/target"
        );
    }

    #[test]
    fn the_compiler_says_what_it_builds_for() {
        assert!(host().unwrap().split('-').count() >= 3);
    }
}
