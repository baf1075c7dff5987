//! The command line as types: clap turns words into these, nothing else reads words.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands::{
    access, apply, check, diff, effective, explain, git, groups, lint, members, merge, normalise,
    plugins, resolve, schema, scrub, seats, session, settings, shell, test, tree, users, verify,
    watch, what_can, who_can,
};
use crate::effect::Effect;
use crate::help::{self, examples};

/// Users, groups, access and licences of a 4D application, from its directory.json
#[derive(Debug, Parser)]
#[command(name = "guichet", bin_name = "guichet", version = crate::version::LONG)]
#[command(subcommand_required = true, arg_required_else_help = true)]
#[command(
    disable_help_subcommand = true,
    override_usage = "guichet [OPTIONS] <COMMAND>"
)]
pub(crate) struct Cli {
    /// What applies to every command.
    #[command(flatten)]
    pub(crate) global: GlobalArgs,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The flags that every command takes, before or after its name.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct GlobalArgs {
    /// Read exactly this directory.json, whatever project it belongs to
    #[arg(long, global = true, value_name = "FILE", conflicts_with_all = ["project", "data"])]
    pub(crate) directory: Option<PathBuf>,

    /// The 4D project: the folder that holds `Project/` [default: the nearest one, upward from here]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) project: Option<PathBuf>,

    /// The data folder, whose directory.json has priority [default: `Data` in the project]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,

    /// Where the application runs, `server` or `single-user`: only a server controls access
    #[arg(long, global = true, value_name = "MODE", default_value = "server")]
    #[arg(hide_possible_values = true)]
    pub(crate) mode: ModeArg,

    /// Who edits, by name or as `#3`; what this user may not do is refused [default: the Designer]
    #[arg(long = "as", global = true, value_name = "USER")]
    pub(crate) editor: Option<String>,

    /// Change nothing: print what would change, in the file and in who has access
    #[arg(long, global = true)]
    pub(crate) dry_run: bool,

    /// What to print: `text` or `json`; `tree` also draws `dot`, `mermaid` and `svg`, `diff` writes
    /// `markdown`, `lint` writes `sarif` and `github`, `test` writes `junit`
    #[arg(long, global = true, value_name = "FORMAT", default_value = "text")]
    #[arg(hide_possible_values = true)]
    pub(crate) format: Format,

    /// When to print in colour: `auto`, `always` or `never`; `auto` follows the variable `NO_COLOR`
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    #[arg(hide_possible_values = true)]
    pub(crate) color: ColorArg,
}

/// `--mode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ModeArg {
    /// 4D Server: access is controlled once the Designer has a password
    Server,
    /// Single-user 4D: everyone works as the Designer
    SingleUser,
}

impl From<ModeArg> for guichet::core::Mode {
    fn from(mode: ModeArg) -> Self {
        match mode {
            ModeArg::Server => Self::Server,
            ModeArg::SingleUser => Self::SingleUser,
        }
    }
}

/// `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One JSON document, for programs
    Json,
    /// Graphviz, `tree` only
    Dot,
    /// Mermaid, `tree` only
    Mermaid,
    /// A picture, `tree` only
    Svg,
    /// For a pull request, `diff` only
    Markdown,
    /// For code scanning, `lint` only
    Sarif,
    /// Annotations of GitHub Actions, `lint` only
    Github,
    /// A report of tests, `test` only
    Junit,
}

impl Format {
    /// Tells whether every command prints it.
    pub(crate) const fn is_for_all(self) -> bool {
        matches!(self, Self::Text | Self::Json)
    }

    /// Returns the word of the command line.
    pub(crate) fn word(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorArg {
    /// On a terminal that wants it
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands; `help` has them in groups, each in one line of at most 60 characters.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print which directory.json counts, and which one it shadows
    #[command(after_help = examples!(
        "guichet where" => "in a project, or in a folder below it",
        "guichet where --project ../app --data /srv/app/data",
    ))]
    Where,
    /// Print a summary: file, users, groups, problems
    #[command(after_help = examples!(
        "guichet show",
        "guichet show --directory old/directory.json" => "a file of no project",
    ))]
    Show,
    /// Make the directory.json of a new project
    #[command(after_help = examples!(
        "guichet init --dry-run" => "where it would be, and what it would say",
    ))]
    Init,
    /// List, show, add, rename and delete users; set passwords
    #[command(subcommand)]
    Users(users::Command),
    /// List, show, add, rename and empty groups
    #[command(subcommand)]
    Groups(groups::Command),
    /// Add users and groups to a group, or remove them
    #[command(subcommand)]
    Members(members::Command),
    /// List every user's groups and every group's users
    Effective(effective::Args),
    /// Draw the hierarchy of groups
    Tree(tree::Args),
    /// Check whether a user has an access
    ///
    /// The exit status is 0 for yes and 1 for no.
    Check(check::Args),
    /// Explain why a user has an access, or what would give it
    Explain(explain::Args),
    /// List the users who have an access
    WhoCan(who_can::Args),
    /// List what a user has access to
    WhatCan(what_can::Args),
    /// List plug-ins and their groups; give one to a group
    #[command(subcommand)]
    Plugins(plugins::Command),
    /// List access areas and their groups; give one to a group
    #[command(subcommand)]
    Access(access::Command),
    /// Set the Default User and the generic web users
    #[command(subcommand)]
    Settings(settings::Command),
    /// Make a list of changes, all of them or none
    Apply(apply::Args),
    /// Undo the last change made with guichet
    #[command(after_help = examples!("guichet undo --dry-run" => "what would be undone"))]
    Undo,
    /// List the changes made with guichet
    #[command(after_help = examples!("guichet log --format json"))]
    Log,
    /// Print each change to the directory until you stop it
    Watch(watch::Args),
    /// Check whether a password is a user's
    ///
    /// The exit status is 0 for yes and 1 for no.
    Verify(verify::Args),
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
    /// The exit status is 1 while a conflict is undecided.
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
            Self::Init
            | Self::Members(members::Command::Add(_) | members::Command::Remove(_))
            | Self::Settings(
                settings::Command::DefaultUser(_) | settings::Command::WebUser { .. },
            )
            | Self::Apply(_)
            | Self::Undo => Effect::Edits,
            Self::Where
            | Self::Show
            | Self::Effective(_)
            | Self::Tree(_)
            | Self::Check(_)
            | Self::Explain(_)
            | Self::WhoCan(_)
            | Self::WhatCan(_)
            | Self::Log
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

    /// Returns the formats that only this command prints, beside text and JSON.
    pub(crate) const fn formats(&self) -> &'static [Format] {
        match self {
            Self::Tree(_) => &[Format::Dot, Format::Mermaid, Format::Svg],
            Self::Diff(_) => &[Format::Markdown],
            Self::Lint(_) => &[Format::Sarif, Format::Github],
            Self::Test(_) => &[Format::Junit],
            _ => &[],
        }
    }
}
