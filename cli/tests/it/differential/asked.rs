//! The command asked in this process, about one file after the other.

use std::ffi::OsString;
use std::path::PathBuf;

use guichet_cli::Paint;
use guichet_cli::exit_status::ExitStatus;
use guichet_cli::runner::{Attached, Origin, Surroundings, run};
use serde_json::Value;
use tempfile::TempDir;

use super::random::Case;

/// A folder with one directory.json and its guichet.toml.
pub(super) struct Asked {
    folder: TempDir,
    mode: std::cell::Cell<&'static str>,
}

impl Asked {
    pub(super) fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
            mode: std::cell::Cell::new("server"),
        }
    }

    pub(super) fn write(&self, case: &Case) {
        std::fs::write(self.file(), case.directory.json()).unwrap();
        let options = self.folder.path().join("guichet.toml");
        std::fs::write(options, case.options.toml()).unwrap();
        self.mode.set(if case.options.single_user {
            "single-user"
        } else {
            "server"
        });
    }

    /// Returns the text of the directory.
    pub(super) fn text(&self) -> String {
        std::fs::read_to_string(self.file()).unwrap()
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("directory.json")
    }

    /// Returns the JSON document that a command answers with, from whichever stream.
    pub(super) fn ask(&self, words: &[&str], input: &str) -> (ExitStatus, Value) {
        let attached = Attached {
            paint: Paint::Plain,
            width: None,
        };
        let file = self.file();
        let global = [
            "guichet",
            "--format",
            "json",
            "--mode",
            self.mode.get(),
            "--directory",
        ];
        let line: Vec<OsString> = global
            .into_iter()
            .map(OsString::from)
            .chain([file.into_os_string()])
            .chain(words.iter().map(OsString::from))
            .collect();
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let status = run(
            &line,
            &mut Surroundings {
                stdin: &mut input.as_bytes(),
                stdout: &mut stdout,
                stderr: &mut stderr,
                out: attached,
                err: attached,
                current_folder: Ok(self.folder.path().to_owned()),
                now: "2026-11-28T12:00:00Z".parse().unwrap(),
                prompt: None,
                program: None,
                origin: Origin::default(),
            },
        );
        let said = if stdout.is_empty() { stderr } else { stdout };
        let said = serde_json::from_slice(&said).unwrap_or_else(|error| {
            panic!("{words:?}: {error}: {}", String::from_utf8_lossy(&said))
        });
        (status, said)
    }
}
