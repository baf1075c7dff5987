//! The command line of Guichet: arguments in, text or JSON out.
//!
//! Thin on purpose: it parses words, calls the crate `guichet`, and prints. A rule that another
//! program would have to write again belongs in a library crate.
//!
//! ```
//! use guichet_cli::Paint;
//! use guichet_cli::exit_status::ExitStatus;
//! use guichet_cli::runner::{Attached, Origin, Surroundings, run};
//!
//! let plain = Attached { paint: Paint::Plain, width: None };
//! let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
//! let mut surroundings = Surroundings {
//!     stdin: &mut std::io::empty(),
//!     stdout: &mut stdout,
//!     stderr: &mut stderr,
//!     out: plain,
//!     err: plain,
//!     current_folder: std::env::current_dir(),
//!     now: "2026-11-21T09:00:00Z".parse()?,
//!     origin: Origin::default(),
//!     prompt: None, // no terminal to ask for a password on
//!     program: None,
//! };
//! let words = ["guichet", "schema", "check"].map(Into::into);
//! assert_eq!(run(&words, &mut surroundings), ExitStatus::Yes);
//! assert!(String::from_utf8(stdout)?.contains("\"title\": \"guichet check\""));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A *word* is what somebody typed; an *edit* is changes made under the lock; a *report* is what a
//! command found, printed as text or as JSON; a *finding* is one thing that is wrong or odd at one place
//! of a file.
//!
//! | module | what is there |
//! |---|---|
//! | `args`, `help`, `effect` | the command line as types, pieces of its help, and what a command changes |
//! | [`runner`], [`exit_status`] | one run, from words to exit status |
//! | `context` | which project, and the view of it that a command asks |
//! | `ledger`, `clock` | the ledger of seats, and moments as people write them |
//! | `commands` | one command a file |
//! | `editing` | edits: their words, and what they did or would do |
//! | `sentences`, `people`, `demand` | decisions in words; who gains and who loses what; how many seats that takes |
//! | `output` | text for people, JSON for programs |
//! | `files`, `texts` | files beside the directory that counts, and texts of directories |
//! | `error`, `usage`, `first_words` | errors, how they are printed, and first words that are no command |
//!
//! A command costs what the crates below say of their parts: reading is linear in the file, and so is
//! all else but `effective`, which writes the whole closure and is linear in what it writes, without
//! keeping it.

mod args;
mod clock;
mod codes;
mod commands;
mod context;
mod demand;
mod editing;
mod effect;
mod error;
pub mod exit_status;
mod files;
mod first_words;
mod help;
mod ledger;
mod output;
mod people;
pub mod runner;
mod sentences;
mod texts;
mod usage;
mod version;

use std::ffi::OsString;
use std::io::{IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anstream::stream::RawStream;
pub use codes::CODES;
pub use output::Paint;
use runner::{Attached, Origin, Surroundings};

/// Returns the definition of the command line, for reference pages and tests.
pub fn command() -> clap::Command {
    help::command()
}

/// Runs the program with the process's own arguments, streams and folder.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the environment"
)]
pub fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().collect();
    let (stdout, stderr) = (std::io::stdout(), std::io::stderr());
    let (out, err) = (attached(&stdout), attached(&stderr));
    let mut output = std::io::BufWriter::new(stdout.lock());
    let ask = |words: &str| rpassword::prompt_password(words);
    let mut surroundings = Surroundings {
        stdin: &mut std::io::stdin().lock(),
        stdout: &mut output,
        stderr: &mut stderr.lock(),
        out,
        err,
        current_folder: std::env::current_dir(),
        now: guichet::Clock::System.now(),
        origin: Origin {
            account: whoami::username().ok(),
            host: whoami::hostname().ok(),
        },
        prompt: std::io::stdin().is_terminal().then_some(&ask),
        program: program(words.first()),
    };
    let status = runner::run(&words, &mut surroundings);
    let _ = output.flush();
    status.into()
}

/// Returns what a stream is attached to; `COLUMNS` says more of a terminal's width than the terminal.
#[expect(
    clippy::disallowed_methods,
    reason = "the width that somebody chose, like its other surroundings"
)]
fn attached(stream: &impl RawStream) -> Attached {
    let chosen = || std::env::var("COLUMNS").ok()?.parse().ok();
    let of_terminal = || Some(terminal_size::terminal_size()?.0.0);
    let width = || chosen().or_else(of_terminal);
    Attached {
        paint: match anstream::AutoStream::choice(stream) {
            anstream::ColorChoice::Never => Paint::Plain,
            _ => Paint::Colour,
        },
        width: stream.is_terminal().then(width).flatten(),
    }
}

/// Returns where this program lies: by the path that it was called by, which a new version keeps, as a link
/// in a folder of programs does.
#[expect(
    clippy::disallowed_methods,
    reason = "where the process was started, like its other surroundings"
)]
fn program(called: Option<&OsString>) -> Option<PathBuf> {
    let called = Path::new(called?);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = if called.components().count() > 1 {
        Some(std::env::current_dir().ok()?.join(called))
    } else {
        let mut folders = std::env::split_paths(&path);
        folders.find_map(|folder| Some(folder.join(called)).filter(|file| file.is_file()))
    };
    let found = found.filter(|path| path.is_absolute() && path.is_file());
    found.or_else(|| std::env::current_exe().ok())
}
