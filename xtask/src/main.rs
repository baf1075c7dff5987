//! The team's own commands, run as `cargo xtask TASK`.
//!
//! Only what no tool does by itself: everything else is a step of [`ci`] that runs the tool. Knows no
//! crate of the product; what it needs to know about them it asks cargo and git.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a tool of the team prints, writes files, reads its environment and measures time"
)]

mod api;
mod book;
mod ci;
mod dist;
mod examples;
mod fuzz;
mod generate;
mod shell;
mod tidy;
mod tree;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

use shell::Command;

/// The team's own commands.
#[derive(Debug, Parser)]
#[command(name = "xtask", bin_name = "cargo xtask")]
enum Task {
    /// Run the whole gate: every check, then every test
    Ci(ci::Options),
    /// Write every generated file anew: public items, errors, command line, statements, pictures
    Generate,
    /// Check the house rules that no tool knows
    Tidy,
    /// Compare the public items of each library crate with docs/api
    Api,
    /// Run every example of the library crates
    Examples,
    /// Give random input to the fuzz targets; needs cargo-fuzz
    Fuzz(fuzz::Options),
    /// Build the documentation as a site; needs mdBook
    Book,
    /// Measure the engine and its peers; `cargo xtask bench --help` lists the rest
    #[command(disable_help_flag = true)]
    Bench {
        /// What goes to the benchmarks
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Build what users download: program, pages, licences, archive; needs cargo-about
    Dist,
}

fn main() -> ExitCode {
    match run(Task::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    match task {
        Task::Ci(options) => ci::run(&options),
        Task::Generate => generate::run(),
        Task::Tidy => tidy::run(),
        Task::Api => api::check(),
        Task::Examples => examples::run(),
        Task::Fuzz(options) => fuzz::run(&options),
        Task::Book => book::run(),
        Task::Bench { args } => bench(&args),
        Task::Dist => dist::run(),
    }
}

/// Hands everything to the benchmarks, which are a workspace of their own.
fn bench(args: &[String]) -> Result<()> {
    let door = "run --quiet --locked --manifest-path bench/Cargo.toml --target-dir target/bench \
                --package guichet-bench --";
    Command::cargo(door).args(args).run()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        super::Task::command().debug_assert();
    }
}
