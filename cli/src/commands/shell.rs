//! `completions` and `man`: made from the same definition as the parser.

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::args::Cli;
use crate::error::{CliError, Result};
use crate::help::{self, examples};
use crate::output::{Foreign, Report};

/// The arguments of `completions`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet completions bash > \\\n    ~/.local/share/bash-completion/completions/guichet",
    "guichet completions fish > \\\n    ~/.config/fish/completions/guichet.fish",
))]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: Shell,
}

/// The arguments of `man`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet man > guichet.1",
    "guichet man users show | man -l -",
))]
pub(crate) struct ManArgs {
    /// The command [default: the whole program]
    #[arg(value_name = "COMMAND")]
    pub(crate) words: Vec<String>,
}

/// Runs `completions`.
pub(crate) fn completions(args: &CompletionsArgs) -> Box<dyn Report> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "guichet", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    Box::new(Foreign::own(script))
}

/// Runs `man`.
pub(crate) fn man(args: &ManArgs) -> Result<Box<dyn Report>> {
    let mut page = Vec::new();
    let rendered = clap_mangen::Man::new(help::find(Cli::command(), &args.words)?)
        .source(concat!("guichet ", env!("CARGO_PKG_VERSION")))
        .manual("Guichet")
        .render(&mut page);
    rendered.map_err(|error| {
        let message = format!("cannot render the manual page: {error}");
        CliError::new("input-output", message)
    })?;
    let page = String::from_utf8_lossy(&page).into_owned();
    Ok(Box::new(Foreign::own(page)))
}
