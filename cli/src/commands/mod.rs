//! One command a file: its arguments, and what it finds.

pub(crate) mod access;
pub(crate) mod check;
pub(crate) mod effective;
pub(crate) mod explain;
pub(crate) mod groups;
pub(crate) mod locate;
pub(crate) mod plugins;
pub(crate) mod seats;
pub(crate) mod session;
pub(crate) mod shell;
pub(crate) mod show;
pub(crate) mod tree;
pub(crate) mod users;
pub(crate) mod what_can;
pub(crate) mod who_can;

use crate::args::{Cli, Command};
use crate::context::Context;
use crate::error::Result;
use crate::output::Report;

/// Runs the command that was asked for.
pub(crate) fn run(cli: &Cli, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    match &cli.command {
        Command::Where => locate::run(context),
        Command::Show => show::run(context),
        Command::Users(command) => users::run(command, context),
        Command::Groups(command) => groups::run(command, context),
        Command::Effective(args) => effective::run(args, context),
        Command::Tree(args) => tree::run(args, context),
        Command::Check(args) => check::run(args, context),
        Command::Explain(args) => explain::run(args, context),
        Command::WhoCan(args) => who_can::run(args, context),
        Command::WhatCan(args) => what_can::run(args, context),
        Command::Plugins(command) => plugins::run(command, context),
        Command::Access(command) => access::run(command, context),
        Command::Session(args) => session::run(args, context),
        Command::Seats(args) => seats::run(args, context),
        Command::Completions(args) => Ok(shell::completions(args)),
        Command::Man(args) => shell::man(args),
    }
}
