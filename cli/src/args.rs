//! The command line as types: clap turns words into these, nothing else reads words.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands::{
    access, apply, check, diff, effective, explain, git, groups, lint, members, merge, normalise,
    plugins, resolve, schema, scrub, seats, session, settings, shell, test, tree, users, verify,
    watch, what_can, who_can,
};
use crate::effect::Effect;
use crate::help::examples;

/// The most columns that help takes.
pub(crate) const WIDEST: usize = 100;

/// Users, groups, access and licences of a 4D application, from its directory.json.
///
/// Guichet reads the directory.json of a 4D project (or of its data folder, which has priority) and answers
/// who may do what, and why.
#[derive(Debug, Parser)]
#[command(name = "guichet", bin_name = "guichet", version = crate::version::LONG)]
#[command(max_term_width = WIDEST)]
#[command(subcommand_required = true, arg_required_else_help = true)]
#[command(after_help = concat!(
    "Exit status: 0 yes or done, 1 no, 2 the request is wrong or could not be carried out.\n\n",
    examples!(
        "guichet where" => "the directory.json that counts here",
        "guichet explain \"Ann Lee\" plugin:write" => "may Ann Lee load 4D Write, and why",
        "guichet who-can design --format json" => "everyone who may open the Design environment",
        "guichet tree --format svg > groups.svg" => "a picture of the groups",
    )
))]
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

    /// Who edits, by name or as `#3`: what this user may not do is refused [default: the Designer]
    #[arg(long = "as", global = true, value_name = "USER")]
    pub(crate) editor: Option<String>,

    /// Do not edit: print what would change, in the file and in who has access
    #[arg(long, global = true)]
    pub(crate) dry_run: bool,

    /// What to print: `text` or `json`; `tree` also draws `dot`, `mermaid` and `svg`, `diff` writes
    /// `markdown`, `lint` writes `sarif` and `github`, `test` writes `junit`
    #[arg(long, global = true, value_name = "FORMAT", default_value = "text")]
    #[arg(hide_possible_values = true)]
    pub(crate) format: Format,

    /// When to colour: `auto`, `always` or `never`; the variable `NO_COLOR` is honoured
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

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Tell which directory.json counts, and which one it shadows
    #[command(after_help = examples!(
        "guichet where" => "in a project, or in a folder below it",
        "guichet where --project ../app --data /srv/app/data",
    ))]
    Where,
    /// Sum up the directory: file, users, groups, access control, problems
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
    /// List, show, add, duplicate, rename and delete users; set their passwords
    #[command(subcommand)]
    Users(users::Command),
    /// List, show, add, duplicate, rename and empty groups
    #[command(subcommand)]
    Groups(groups::Command),
    /// Place users and groups in a group, or take them out
    #[command(subcommand)]
    Members(members::Command),
    /// Print the whole closure: every user's groups and every group's users
    Effective(effective::Args),
    /// Draw the hierarchy of groups
    Tree(tree::Args),
    /// Tell whether a user has an access (exit status 0 or 1)
    Check(check::Args),
    /// Tell why a user has an access, or what would give it
    Explain(explain::Args),
    /// List the users who have an access
    WhoCan(who_can::Args),
    /// List what a user has access to
    WhatCan(what_can::Args),
    /// List plug-ins and the group that may use each; give one to a group
    #[command(subcommand)]
    Plugins(plugins::Command),
    /// List access areas and the group that may reach each; give one to a group
    #[command(subcommand)]
    Access(access::Command),
    /// Set the Default User and the generic web users
    #[command(subcommand)]
    Settings(settings::Command),
    /// Make a list of changes, all of them or none
    Apply(apply::Args),
    /// Take back the last change made by this tool
    #[command(after_help = examples!("guichet undo --dry-run" => "what would be taken back"))]
    Undo,
    /// List the changes made by this tool
    #[command(after_help = examples!("guichet log --format json"))]
    Log,
    /// Tell of every change of the directory, as long as it runs
    Watch(watch::Args),
    /// Tell whether a password is a user's (exit status 0 or 1)
    Verify(verify::Args),
    /// Open, close and list the sessions that seats belong to
    Session(session::Args),
    /// Take seats of plug-ins, tell who holds them and how many are needed
    Seats(seats::Args),
    /// Compare two directories: who gains and who loses what, then every change (exit status 1)
    Diff(diff::Args),
    /// Merge what two sides made of one directory (exit status 1 with conflicts)
    Merge(merge::Args),
    /// List the conflicts that a merge left in the file, and decide them (exit status 1 undecided)
    Resolve(resolve::Args),
    /// Put a directory in its normal form, so that git shows real changes only
    Normalise(normalise::Args),
    /// Replace every name and stored password, so that the file can be published
    Scrub(scrub::Args),
    /// Tell what is odd, risky or probably not meant (exit status 1 for errors)
    Lint(lint::Args),
    /// Ask what a team expects of its directory (exit status 0 or 1)
    Test(test::Args),
    /// Let git compare and merge directories by meaning
    #[command(subcommand)]
    Git(git::Command),
    /// Print the JSON Schema of an output, of directory.json or of guichet.toml
    Schema(schema::Args),
    /// Print a completion script for a shell
    Completions(shell::CompletionsArgs),
    /// Print the manual page of the program or of one command
    Man(shell::ManArgs),
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
            | Self::Man(_) => Effect::Reads,
        }
    }

    /// Returns the formats that only this command prints, beside text and JSON.
    pub(crate) const fn formats(&self) -> &'static [Format] {
        match self {
            Self::Tree(_) => &[Format::Dot, Format::Mermaid, Format::Svg],
            Self::Diff(_) => &[Format::Markdown],
            Self::Lint(_) => &[Format::Sarif, Format::Github],
            Self::Test(_) => &[Format::Junit],
            Self::Where
            | Self::Show
            | Self::Init
            | Self::Users(_)
            | Self::Groups(_)
            | Self::Members(_)
            | Self::Effective(_)
            | Self::Check(_)
            | Self::Explain(_)
            | Self::WhoCan(_)
            | Self::WhatCan(_)
            | Self::Plugins(_)
            | Self::Access(_)
            | Self::Settings(_)
            | Self::Apply(_)
            | Self::Undo
            | Self::Log
            | Self::Watch(_)
            | Self::Verify(_)
            | Self::Session(_)
            | Self::Seats(_)
            | Self::Merge(_)
            | Self::Resolve(_)
            | Self::Normalise(_)
            | Self::Scrub(_)
            | Self::Git(_)
            | Self::Schema(_)
            | Self::Completions(_)
            | Self::Man(_) => &[],
        }
    }
}
