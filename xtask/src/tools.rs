//! Programs that some tasks need and that are not part of Rust: where they are, or how to get them.

use std::env;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Outcome};
use crate::shell;

/// Which compiler a program works with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// The one of this project, or none.
    Ours,
    /// A nightly one, which has to be there beside it.
    Nightly,
}

/// A program that a task needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tool {
    /// The name of its file.
    pub(crate) program: &'static str,
    /// What a person types to get it.
    pub(crate) install: &'static str,
    /// What it works with.
    pub(crate) toolchain: Toolchain,
}

/// The documentation as a site.
pub(crate) const MDBOOK: Tool = Tool {
    program: "mdbook",
    install: "cargo install --locked mdbook",
    toolchain: Toolchain::Ours,
};

/// Licences, bans and sources of dependencies.
pub(crate) const CARGO_DENY: Tool = Tool {
    program: "cargo-deny",
    install: "cargo install --locked cargo-deny",
    toolchain: Toolchain::Ours,
};

/// Which lines the tests run.
pub(crate) const CARGO_LLVM_COV: Tool = Tool {
    program: "cargo-llvm-cov",
    install: "cargo install --locked cargo-llvm-cov",
    toolchain: Toolchain::Ours,
};

/// Whether a test fails when the code is wrong.
pub(crate) const CARGO_MUTANTS: Tool = Tool {
    program: "cargo-mutants",
    install: "cargo install --locked cargo-mutants",
    toolchain: Toolchain::Ours,
};

/// Tests that end with the first failure.
pub(crate) const CARGO_NEXTEST: Tool = Tool {
    program: "cargo-nextest",
    install: "cargo install --locked cargo-nextest",
    toolchain: Toolchain::Ours,
};

/// Input that nobody thought of.
pub(crate) const CARGO_FUZZ: Tool = Tool {
    program: "cargo-fuzz",
    install: "cargo install --locked cargo-fuzz",
    toolchain: Toolchain::Nightly,
};

/// What a crate promises to others.
pub(crate) const CARGO_PUBLIC_API: Tool = Tool {
    program: "cargo-public-api",
    install: "cargo install --locked cargo-public-api",
    toolchain: Toolchain::Nightly,
};

/// Packages for Debian.
pub(crate) const CARGO_DEB: Tool = Tool {
    program: "cargo-deb",
    install: "cargo install --locked cargo-deb",
    toolchain: Toolchain::Ours,
};

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
        match self.toolchain {
            Toolchain::Ours => {}
            Toolchain::Nightly => shell::has_nightly()?,
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
        format!(
            "`{}` is not installed; get it with `{}`",
            self.program, self.install
        )
    }
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::ffi::OsStr;

    use super::{CARGO_DENY, Tool, Toolchain};

    #[test]
    fn a_program_is_found_in_the_folders_that_are_given() {
        let this = env::current_exe().unwrap();
        let name = this.file_name().unwrap().to_str().unwrap().to_owned();
        let own = Tool {
            program: name
                .trim_end_matches(env::consts::EXE_SUFFIX)
                .to_owned()
                .leak(),
            install: "",
            toolchain: Toolchain::Ours,
        };
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
