//! The command line of Guichet: arguments in, text or JSON out.
//!
//! Thin on purpose: it parses words, wires storage, policy and licensing together, and prints. A
//! rule that another program would have to write again belongs in a library crate.
//!
//! | module | what is there |
//! |---|---|
//! | `args` | the command line as types |
//! | `runner` | one run, from words to exit status |
//! | `context`, `loaded` | which directory, loaded once a command |
//! | `ledger`, `clock` | the ledger of seats, and what time it is |
//! | `words` | words that point at a user, a group, a plug-in, an access |
//! | `commands` | one command a file |
//! | `editing` | edits: made, tried, told |
//! | `sentences`, `people`, `demand` | decisions in words; who gains and who loses what; how many seats that takes |
//! | `output` | text for people, JSON for programs |
//! | `files`, `texts` | files beside the directory that counts, and texts of directories |
//! | `error`, `failure`, `usage` | errors, and how they are told |

mod args;
mod clock;
mod commands;
mod context;
mod demand;
mod editing;
mod error;
pub mod exit_status;
mod failure;
mod files;
mod help;
mod ledger;
mod loaded;
mod output;
mod people;
pub mod runner;
mod sentences;
mod suggest;
mod texts;
mod unreadable;
mod usage;
mod version;
mod words;

use std::io::{IsTerminal as _, Write};
use std::process::ExitCode;

pub use output::Paint;
use runner::{Attached, Surroundings};

/// Returns the definition of the command line, for reference pages and tests.
pub fn command() -> clap::Command {
    <args::Cli as clap::CommandFactory>::command()
}

/// Runs the program with the process's own arguments, streams and folder.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the environment"
)]
pub fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().collect();
    let (stdout, stderr) = (std::io::stdout(), std::io::stderr());
    let colour = |choice: anstream::ColorChoice| match choice {
        anstream::ColorChoice::Never => Paint::Plain,
        _ => Paint::Colour,
    };
    let columns = std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok());
    let width = |terminal: bool| {
        let of_terminal = || terminal_size::terminal_size().map(|(width, _)| width.0);
        if terminal {
            columns.or_else(of_terminal)
        } else {
            None
        }
    };
    let out = Attached {
        paint: colour(anstream::AutoStream::choice(&stdout)),
        width: width(stdout.is_terminal()),
    };
    let err = Attached {
        paint: colour(anstream::AutoStream::choice(&stderr)),
        width: width(stderr.is_terminal()),
    };
    let mut output = std::io::BufWriter::new(stdout.lock());
    let ask = |words: &str| rpassword::prompt_password(words);
    let mut surroundings = Surroundings {
        stdin: &mut std::io::stdin().lock(),
        stdout: &mut output,
        stderr: &mut stderr.lock(),
        out,
        err,
        current_folder: std::env::current_dir(),
        prompt: std::io::stdin().is_terminal().then_some(&ask),
    };
    let status = runner::run(&words, &mut surroundings);
    let _ = output.flush();
    status.into()
}
