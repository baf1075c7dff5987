//! Programs that some tasks need and that are not part of Rust: where they are, or how to get them.

use std::env;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Outcome};
use crate::shell;

/// Where a program comes from, and which compiler it works with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// Cargo installs it.
    Cargo,
    /// Cargo installs it, and it works with a nightly toolchain, which has to be there beside ours.
    CargoWithNightly,
    /// The system has it.
    System,
}

/// A program that a task needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tool {
    /// The name of its file; what cargo installs is a package of this name.
    program: &'static str,
    origin: Origin,
}

const fn tool(program: &'static str, origin: Origin) -> Tool {
    Tool { program, origin }
}

/// The documentation as a site.
pub(crate) const MDBOOK: Tool = tool("mdbook", Origin::Cargo);
/// Licences, bans and sources of dependencies.
pub(crate) const CARGO_DENY: Tool = tool("cargo-deny", Origin::Cargo);
/// Which lines the tests run.
pub(crate) const CARGO_LLVM_COV: Tool = tool("cargo-llvm-cov", Origin::Cargo);
/// Whether a test fails when the code is wrong.
pub(crate) const CARGO_MUTANTS: Tool = tool("cargo-mutants", Origin::Cargo);
/// Tests that end with the first failure.
pub(crate) const CARGO_NEXTEST: Tool = tool("cargo-nextest", Origin::Cargo);
/// Packages for Debian.
pub(crate) const CARGO_DEB: Tool = tool("cargo-deb", Origin::Cargo);
/// Input that nobody thought of.
pub(crate) const CARGO_FUZZ: Tool = tool("cargo-fuzz", Origin::CargoWithNightly);
/// What a crate promises to others.
pub(crate) const CARGO_PUBLIC_API: Tool = tool("cargo-public-api", Origin::CargoWithNightly);
/// How many instructions a program takes.
pub(crate) const VALGRIND: Tool = tool("valgrind", Origin::System);

impl Tool {
    /// Returns the path of the program.
    ///
    /// # Errors
    ///
    /// It is not on `PATH`, or its toolchain is missing; the message says how to install it.
    pub(crate) fn find(self) -> Outcome<PathBuf> {
        let found = self
            .find_in(&env::var_os("PATH").unwrap_or_default())
            .ok_or_else(|| Failure::failed(self.absence()))?;
        if self.origin == Origin::CargoWithNightly {
            shell::has_nightly()?;
        }
        Ok(found)
    }

    /// Returns whether the program is there; says loudly what is skipped when it is not.
    pub(crate) fn is_there_for(self, what: &str) -> bool {
        let found = self.find();
        if let Err(failure) = &found {
            eprintln!("SKIPPED: {what}: {failure}");
        }
        found.is_ok()
    }

    fn find_in(self, folders: &std::ffi::OsStr) -> Option<PathBuf> {
        let name = format!("{}{}", self.program, env::consts::EXE_SUFFIX);
        env::split_paths(folders)
            .map(|folder| folder.join(&name))
            .find(|path| Path::is_file(path))
    }

    fn absence(self) -> String {
        let program = self.program;
        let install = match self.origin {
            Origin::Cargo | Origin::CargoWithNightly => {
                format!("`cargo install --locked {program}`")
            }
            Origin::System => "the packages of the system".to_owned(),
        };
        format!("`{program}` is not installed; get it with {install}")
    }
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::ffi::OsStr;

    use super::{CARGO_DENY, Origin, tool};

    #[test]
    fn a_program_is_found_in_the_folders_that_are_given() {
        let this = env::current_exe().unwrap();
        let name = this.file_name().unwrap().to_str().unwrap().to_owned();
        let name = name.trim_end_matches(env::consts::EXE_SUFFIX).to_owned();
        let own = tool(name.leak(), Origin::System);
        let folders = env::join_paths([this.join("nowhere"), this.parent().unwrap().into()]);
        assert_eq!(own.find_in(&folders.unwrap()), Some(this));
        assert_eq!(own.find_in(OsStr::new("")), None);
    }

    #[test]
    fn what_is_missing_is_named_with_the_way_to_get_it() {
        let absence = CARGO_DENY.absence();
        assert!(
            absence.ends_with("get it with `cargo install --locked cargo-deny`"),
            "{absence}"
        );
    }
}
