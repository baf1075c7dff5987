//! The commands: the list of them here, then one a file, with its arguments and what it finds.

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

use clap::Subcommand;

use crate::context::Context;
use crate::effect::Effect;
use crate::error::Result;
use crate::help::{self, examples};
use crate::output::{Printer, Report};

/// What people want to do, each before the first of its commands.
pub(crate) const GROUPS: [(&str, &str); 6] = [
    ("Look", "where"),
    ("Ask", "check"),
    ("Edit", "members"),
    ("Seats", "session"),
    ("Review", "diff"),
    ("Set up", "init"),
];

/// The commands in the order of `help`, each in one line of at most 60 characters.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print which directory.json 4D reads, and which it ignores
    #[command(after_help = examples!(
        "guichet where" => "in a project, or in a folder below it",
        "guichet where --project ../app --data /srv/app/data",
    ))]
    Where,
    /// Print a summary: file, users, groups, problems
    #[command(after_help = examples!(
        "guichet show",
        "guichet show --directory old/directory.json" => "a file outside a project",
    ))]
    Show,
    /// List, show, add, rename and delete users; set passwords
    #[command(subcommand)]
    Users(users::Command),
    /// List, show, add, rename and empty groups
    #[command(subcommand)]
    Groups(groups::Command),
    /// List every user's groups and every group's users
    Effective(effective::Args),
    /// Draw the hierarchy of groups
    Tree(tree::Args),
    /// List the changes made with guichet
    Log(log::Args),
    /// Print each change to the directory until you stop it
    Watch(watch::Args),
    /// Check whether a user has an access
    ///
    /// The exit status is 0 for yes and 1 for no.
    Check(check::Args),
    /// Explain why a user has an access, or what would give it
    Explain(explain::Args),
    /// List the users who have an access
    WhoCan(who_can::Args),
    /// List everything a user can access
    WhatCan(what_can::Args),
    /// Check whether a password is a user's
    ///
    /// The exit status is 0 for yes and 1 for no.
    Verify(verify::Args),
    /// List, add and remove the members of a group
    #[command(subcommand)]
    Members(members::Command),
    /// List plug-ins and their groups; give one to a group
    #[command(subcommand)]
    Plugins(plugins::Command),
    /// List access areas and their groups; give one to a group
    #[command(subcommand)]
    Access(access::Command),
    /// Show and set the Default User and the web users
    #[command(subcommand)]
    Settings(settings::Command),
    /// Apply a list of changes, all or none
    Apply(apply::Args),
    /// Undo the last change made with guichet
    Undo(undo::Args),
    /// Open, close and list the sessions that use seats
    Session(session::Args),
    /// Take seats of plug-ins, report their use, plan how many
    Seats(seats::Args),
    /// Compare two directories: who gains and who loses what
    ///
    /// The exit status is 0 where both mean the same and 1 where they differ.
    Diff(diff::Args),
    /// Merge two versions of a directory
    ///
    /// The exit status is 1 where the two contradict each other.
    Merge(merge::Args),
    /// List and decide the conflicts that a merge left
    ///
    /// Without `--list` and without a decision, the exit status is 1 if conflicts are left.
    Resolve(resolve::Args),
    /// Put a directory in its normal form, for git
    Normalise(normalise::Args),
    /// Replace names and passwords, so that a file can be public
    Scrub(scrub::Args),
    /// Report what is odd, risky or probably not meant
    ///
    /// The exit status is 1 where there is an error.
    Lint(lint::Args),
    /// Check what a team expects of its directory
    ///
    /// The exit status is 0 where every test holds, else 1.
    Test(test::Args),
    /// Create the directory.json of a new project
    #[command(after_help = examples!(
        "guichet init --dry-run" => "show the path and the content",
    ))]
    Init,
    /// Set git up to compare and merge directories by meaning
    #[command(subcommand)]
    Git(git::Command),
    /// Print the JSON Schema of an output or of a file
    Schema(schema::Args),
    /// Print a completion script for a shell
    Completions(shell::CompletionsArgs),
    /// Print the manual page of guichet or of one command
    Man(shell::ManArgs),
    /// Print the help of a command, or the options of all
    Help(help::Args),
}

impl Command {
    /// Returns what the command changes.
    ///
    /// Every command is named here, so that a new one has to say it.
    pub(crate) fn effect(&self) -> Effect {
        match self {
            Self::Users(command) => command.effect(),
            Self::Groups(command) => command.effect(),
            Self::Plugins(command) => command.effect(),
            Self::Access(command) => command.effect(),
            Self::Session(args) => args.effect(),
            Self::Seats(args) => args.effect(),
            Self::Merge(args) => args.effect(),
            Self::Normalise(args) => args.effect(),
            Self::Resolve(args) => args.effect(),
            Self::Scrub(args) => args.effect(),
            Self::Lint(args) => args.effect(),
            Self::Git(command) => command.effect(),
            Self::Members(members::Command::Edit(_))
            | Self::Settings(settings::Command::Edit(_))
            | Self::Init
            | Self::Apply(_)
            | Self::Undo(_) => Effect::Edits,
            Self::Where
            | Self::Show
            | Self::Members(members::Command::List { .. })
            | Self::Settings(settings::Command::Show)
            | Self::Effective(_)
            | Self::Tree(_)
            | Self::Check(_)
            | Self::Explain(_)
            | Self::WhoCan(_)
            | Self::WhatCan(_)
            | Self::Log(_)
            | Self::Watch(_)
            | Self::Verify(_)
            | Self::Diff(_)
            | Self::Test(_)
            | Self::Schema(_)
            | Self::Completions(_)
            | Self::Man(_)
            | Self::Help(_) => Effect::Reads,
        }
    }
}

/// Runs the command that was asked for, and returns its answer unless it printed its answers as they
/// came.
pub(crate) fn run(
    command: &Command,
    context: &mut Context<'_>,
    printer: &mut Printer<'_>,
) -> Result<Option<Box<dyn Report>>> {
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
        Command::Undo(args) => undo::run(args, context),
        Command::Log(args) => log::run(args, context),
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
        Command::Watch(args) => return watch::run(args, context, printer).map(|()| None),
    }?;
    Ok(Some(report))
}
