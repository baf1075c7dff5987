//! One command a file: its arguments, and what it finds.

pub(crate) mod access;
pub(crate) mod apply;
pub(crate) mod check;
pub(crate) mod diff;
pub(crate) mod effective;
pub(crate) mod explain;
pub(crate) mod git;
pub(crate) mod groups;
pub(crate) mod init;
pub(crate) mod lint;
pub(crate) mod locate;
pub(crate) mod log;
pub(crate) mod members;
pub(crate) mod merge;
pub(crate) mod normalise;
pub(crate) mod plugins;
pub(crate) mod resolve;
pub(crate) mod schema;
pub(crate) mod scrub;
pub(crate) mod seats;
pub(crate) mod session;
pub(crate) mod settings;
pub(crate) mod shell;
pub(crate) mod show;
pub(crate) mod test;
pub(crate) mod tree;
pub(crate) mod undo;
pub(crate) mod users;
pub(crate) mod verify;
pub(crate) mod watch;
pub(crate) mod what_can;
pub(crate) mod who_can;

use crate::args::Command;
use crate::context::Context;
use crate::error::Result;
use crate::exit_status::ExitStatus;
use crate::help;
use crate::output::{Printer, Report};

/// What a command leaves behind.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// An answer to print.
    Report(Box<dyn Report>),
    /// It printed its answers as they came.
    Printed(ExitStatus),
}

/// Runs the command that was asked for.
pub(crate) fn run(
    command: &Command,
    context: &mut Context<'_>,
    printer: &mut Printer<'_>,
) -> Result<Outcome> {
    let report = match command {
        Command::Where => locate::run(context),
        Command::Show => show::run(context),
        Command::Init => init::run(context),
        Command::Users(command) => users::run(command, context),
        Command::Groups(command) => groups::run(command, context),
        Command::Members(command) => members::run(command, context),
        Command::Effective(args) => effective::run(args, context),
        Command::Tree(args) => tree::run(args, context),
        Command::Check(args) => check::run(args, context),
        Command::Explain(args) => explain::run(args, context),
        Command::WhoCan(args) => who_can::run(args, context),
        Command::WhatCan(args) => what_can::run(args, context),
        Command::Plugins(command) => plugins::run(command, context),
        Command::Access(command) => access::run(command, context),
        Command::Settings(command) => settings::run(command, context),
        Command::Apply(args) => apply::run(args, context),
        Command::Undo => undo::run(context),
        Command::Log => log::run(context),
        Command::Verify(args) => verify::run(args, context),
        Command::Session(args) => session::run(args, context),
        Command::Seats(args) => seats::run(args, context),
        Command::Diff(args) => diff::run(args, context),
        Command::Merge(args) => merge::run(args, context),
        Command::Resolve(args) => resolve::run(args, context),
        Command::Normalise(args) => normalise::run(args, context),
        Command::Scrub(args) => scrub::run(args, context),
        Command::Lint(args) => lint::run(args, context),
        Command::Test(args) => test::run(args, context),
        Command::Git(command) => git::run(command, context),
        Command::Schema(args) => schema::run(args),
        Command::Completions(args) => Ok(shell::completions(args)),
        Command::Man(args) => shell::man(args),
        Command::Help(args) => help::run(args),
        Command::Watch(args) => return watch::run(args, context, printer).map(Outcome::Printed),
    }?;
    Ok(Outcome::Report(report))
}
