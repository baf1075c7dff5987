//! Runs the program in a folder of its own, with nothing from outside: no environment, no terminal.

use std::ffi::OsString;
use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use guichet_cli::Paint;
use guichet_cli::exit_status::ExitStatus;
use guichet_cli::runner::{Attached, Origin, Prompt, Surroundings, run};
use serde_json::Value;
use tempfile::TempDir;

use crate::repository::repository;

/// The directory of the example that counts.
pub(crate) const DATA_FILE: &str = "Data/Settings/directory.json";

/// What time it is for [`Project::at_noon`].
pub(crate) const NOON: &str = "2026-11-28T12:00:00Z";

/// A folder that holds a 4D project, gone when the test ends.
#[derive(Debug)]
pub(crate) struct Project {
    root: PathBuf,
    _folder: TempDir,
}

impl Project {
    /// Makes a folder with nothing in it.
    pub(crate) fn empty_folder() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        Self {
            root,
            _folder: folder,
        }
    }

    /// Makes a copy of the example of the readme.
    pub(crate) fn accounting() -> Self {
        let project = Self::empty_folder();
        copy_folder(&repository().join("examples/accounting"), &project.root);
        project
    }

    /// Makes a copy of this folder with everything in it.
    pub(crate) fn copied(&self) -> Self {
        let copy = Self::empty_folder();
        copy_folder(&self.root, &copy.root);
        copy
    }

    /// Makes a project whose user settings hold this `directory.json`.
    pub(crate) fn with(directory: impl AsRef<[u8]>) -> Self {
        let project = Self::empty_folder();
        std::fs::create_dir(project.root.join("Project")).unwrap();
        project.write("Settings/directory.json", directory);
        project
    }

    /// Makes a project whose user settings hold a file of `tests/fixtures`.
    pub(crate) fn fixture(name: &str) -> Self {
        Self::with(std::fs::read(fixture(name)).unwrap())
    }

    /// Writes a file of the project.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// Returns the project's folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Runs the program here; the words are written as in a shell, with double quotes.
    pub(crate) fn guichet(&self, line: &str) -> Run {
        self.guichet_fed(line, "")
    }

    /// Runs the program here with these words, whatever is in them.
    pub(crate) fn guichet_of(&self, words: &[&str]) -> Run {
        let mut command = program();
        command.args(words).current_dir(&self.root);
        self.run(&words.join(" "), &mut command, "")
    }

    /// Runs the program here with something on standard input.
    pub(crate) fn guichet_fed(&self, line: &str, input: &str) -> Run {
        let mut command = program();
        command.args(words(line)).current_dir(&self.root);
        self.run(line, &mut command, input)
    }

    /// Runs the program here with variables of the environment.
    pub(crate) fn guichet_in(&self, line: &str, environment: &[(&str, &str)]) -> Run {
        let mut command = program();
        command.args(words(line)).current_dir(&self.root);
        command.envs(environment.iter().copied());
        self.run(line, &mut command, "")
    }

    /// Runs the library here as on a terminal, of so many columns and with somebody who answers where
    /// that matters; returns how it ended and what was told.
    pub(crate) fn on_a_terminal(
        &self,
        line: &str,
        columns: Option<u16>,
        prompt: Option<Prompt<'_>>,
    ) -> (ExitStatus, String) {
        let (status, stdout, stderr) = self.in_process(line, "", columns, prompt);
        let told = String::from_utf8([stdout, stderr].concat()).unwrap();
        (status, told)
    }

    /// Runs the library here as on a terminal where somebody types this.
    pub(crate) fn answered(&self, line: &str, typed: &str) -> Run {
        let secret: Prompt<'_> = &|_| Err(std::io::ErrorKind::UnexpectedEof.into());
        let (status, stdout, stderr) = self.in_process(line, typed, Some(100), Some(secret));
        Run {
            line: line.to_owned(),
            status: status as i32,
            stdout: self.cleaned(stdout),
            stderr: self.cleaned(stderr),
        }
    }

    /// Runs the library here at noon of one day, so that a test is the same on any day. Paths are
    /// those of the process that tests, so a file of the project is `[PROJECT]/name`.
    pub(crate) fn at_noon(&self, line: &str) -> Run {
        let whole = line.replace("[PROJECT]", self.root.to_str().unwrap());
        let (status, stdout, stderr) = self.in_process(&whole, "", None, None);
        Run {
            line: line.to_owned(),
            status: status as i32,
            stdout: self.cleaned(stdout),
            stderr: self.cleaned(stderr),
        }
    }

    fn in_process(
        &self,
        line: &str,
        typed: &str,
        columns: Option<u16>,
        prompt: Option<Prompt<'_>>,
    ) -> (ExitStatus, Vec<u8>, Vec<u8>) {
        let mut typed = typed.as_bytes();
        let attached = Attached {
            paint: Paint::Plain,
            width: columns,
        };
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let words: Vec<OsString> = words(line).into_iter().map(OsString::from).collect();
        let words: Vec<OsString> = std::iter::once("guichet".into()).chain(words).collect();
        let status = run(
            &words,
            &mut Surroundings {
                stdin: &mut typed,
                stdout: &mut stdout,
                stderr: &mut stderr,
                out: attached,
                err: attached,
                current_folder: Ok(self.root.clone()),
                now: NOON.parse().unwrap(),
                prompt,
                program: None,
                origin: Origin {
                    account: Some("ann".to_owned()),
                    host: Some("shop".to_owned()),
                },
            },
        );
        (status, stdout, stderr)
    }

    /// Runs several command lines and returns all that they print, as one text to look at.
    pub(crate) fn session(&self, lines: &[&str]) -> String {
        let runs = lines.iter().map(|line| self.guichet(line).to_string());
        runs.collect::<Vec<_>>().join("\n")
    }

    /// Returns the bytes of the directory that counts.
    pub(crate) fn directory(&self) -> Vec<u8> {
        let data = self.root.join(DATA_FILE);
        std::fs::read(&data)
            .or_else(|_| std::fs::read(self.root.join("Settings/directory.json")))
            .unwrap()
    }

    /// Runs a command line, and returns what it prints and what becomes of the lines of the directory.
    pub(crate) fn edited(&self, line: &str) -> String {
        let before = String::from_utf8(self.directory()).unwrap();
        let run = self.guichet(line);
        let after = String::from_utf8(self.directory()).unwrap();
        let diff = similar::TextDiff::from_lines(&before, &after);
        let diff = diff.unified_diff().context_radius(1).to_string();
        let diff = diff.replace("\n\\ No newline at end of file", "");
        format!("{run}{}", diff.replace('\r', ""))
    }

    fn run(&self, line: &str, command: &mut Command, input: &str) -> Run {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that fails before it reads closes its end.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Run {
            line: line.to_owned(),
            status: output.status.code().expect("not ended by a signal"),
            stdout: self.cleaned(output.stdout),
            stderr: self.cleaned(output.stderr),
        }
    }

    /// Puts words in place of what is different in every run.
    fn cleaned(&self, bytes: Vec<u8>) -> String {
        let text = String::from_utf8(bytes).unwrap();
        let root = self.root.to_str().unwrap();
        let version = guichet_cli::command();
        let commit = commit(version.get_version().unwrap());
        text.replace(root, "[PROJECT]")
            .replace(env!("CARGO_BIN_EXE_guichet"), "[GUICHET]")
            .replace(&format!("commit {commit}"), "commit [COMMIT]")
            .replace(
                &format!("\"commit\": \"{commit}\""),
                "\"commit\": \"[COMMIT]\"",
            )
    }
}

/// Returns the program with an empty environment and 80 columns.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guichet"));
    command.env_clear().env("COLUMNS", "80");
    command
}

/// Returns the path of a file of `tests/fixtures`.
pub(crate) fn fixture(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    folder.join(format!("{name}.json"))
}

/// What one run printed and how it ended.
#[derive(Debug)]
#[must_use = "look at the output or assert on it"]
pub(crate) struct Run {
    line: String,
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Returns the one JSON document on standard output; there is nothing on standard error.
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.stderr, "", "{}", self.line);
        serde_json::from_str(&self.stdout).expect("one JSON document")
    }

    /// Returns the error object on standard error; there is nothing on standard output, and the
    /// status says so.
    pub(crate) fn json_error(&self) -> Value {
        assert_eq!(
            (self.status, self.stdout.as_str()),
            (2, ""),
            "{}",
            self.line
        );
        let mut document: Value = serde_json::from_str(&self.stderr).expect("one JSON document");
        document["error"].take()
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "$ guichet {}", self.line)?;
        f.write_str(&self.stdout)?;
        if !self.stderr.is_empty() {
            write!(f, "--- standard error\n{}", self.stderr)?;
        }
        writeln!(f, "[{}]", self.status)
    }
}

/// Splits a command line at spaces outside of double quotes.
pub(crate) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, piece) in line.split('"').enumerate() {
        if index % 2 == 1 {
            words.push(piece.to_owned());
        } else {
            words.extend(piece.split_whitespace().map(ToOwned::to_owned));
        }
    }
    words
}

fn commit(version: &str) -> &str {
    let (_, commit) = version.split_once("commit ").unwrap();
    commit.trim_end_matches(')')
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
