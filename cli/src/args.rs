//! The command line as types: clap turns words into these, nothing else reads words.

use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, ValueEnum};

use crate::commands::Command;
use crate::ledger::LedgerArgs;

/// Show and edit who may do what in a 4D application
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
    /// What applies to the commands about the ledger of seats; their help shows it.
    #[command(flatten)]
    pub(crate) ledger: LedgerArgs,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// The word for it.
    #[arg(skip)]
    pub(crate) name: String,
}

/// The flags that every command takes, before or after its name.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct GlobalArgs {
    /// Use this directory.json, not the project's
    #[arg(long, global = true, value_name = "FILE", conflicts_with_all = ["project", "data"])]
    pub(crate) directory: Option<PathBuf>,

    /// The project: the folder that contains `Project/` [default: search upward from here]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) project: Option<PathBuf>,

    /// The data folder; its directory.json has priority [default: `Data` in the project]
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,

    /// `server` or `single-user`; only a server controls access
    #[arg(long, global = true, value_name = "MODE", default_value = "server")]
    #[arg(hide_possible_values = true)]
    pub(crate) mode: ModeArg,

    /// Edit as this user, by name or as `#3`; what they may not do is refused [default: the Designer]
    #[arg(long = "as", global = true, value_name = "USER")]
    pub(crate) editor: Option<String>,

    /// Save nothing; print what would change, in the file and in who has access
    #[arg(long, global = true)]
    pub(crate) dry_run: bool,

    /// On a terminal, ask before an edit that takes access from more users than this [default: 20]
    #[arg(long, global = true, value_name = "N")]
    pub(crate) ask_above: Option<usize>,

    /// Make the edit without asking
    #[arg(long, global = true)]
    pub(crate) yes: bool,

    /// What to print: `text` or `json`; `tree` also draws `dot`, `mermaid` and `svg`, `diff` writes
    /// `markdown`, `lint` writes `sarif` and `github`, `test` writes `junit`
    #[arg(long, global = true, value_name = "FORMAT", default_value = "text")]
    #[arg(hide_possible_values = true)]
    pub(crate) format: Format,

    /// Short for `--format json`
    #[arg(long, global = true, conflicts_with = "format")]
    pub(crate) json: bool,

    /// When to print in colour: `auto`, `always` or `never`; `auto` follows the variable `NO_COLOR`
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    #[arg(hide_possible_values = true)]
    pub(crate) color: ColorChoice,
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
    /// Graphviz
    Dot,
    /// Mermaid
    Mermaid,
    /// A picture
    Svg,
    /// For a pull request
    Markdown,
    /// For code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// A report of tests
    Junit,
}

impl Format {
    /// Returns the one command that prints it, where not every command does.
    pub(crate) const fn command(self) -> Option<&'static str> {
        match self {
            Self::Text | Self::Json => None,
            Self::Dot | Self::Mermaid | Self::Svg => Some("tree"),
            Self::Markdown => Some("diff"),
            Self::Sarif | Self::Github => Some("lint"),
            Self::Junit => Some("test"),
        }
    }

    /// Returns its word on the command line, as messages quote it.
    pub(crate) fn quoted(self) -> String {
        let value = self.to_possible_value();
        value.map_or_else(String::new, |value| format!("`{}`", value.get_name()))
    }
}
