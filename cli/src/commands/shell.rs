//! `completions` and `man`: made from the same definition as the parser.

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::args::Cli;
use crate::error::{CliError, Result};
use crate::output::{Raw, Report};

/// The arguments of `completions`.
#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: Shell,
}

/// Runs `completions`.
pub(crate) fn completions(args: &CompletionsArgs) -> Box<dyn Report> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "guichet", &mut script);
    Box::new(Raw(String::from_utf8_lossy(&script).into_owned()))
}

/// Runs `man`.
pub(crate) fn man() -> Result<Box<dyn Report>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command())
        .render(&mut page)
        .map_err(|error| CliError::new("io", format!("cannot render the manual page: {error}")))?;
    Ok(Box::new(Raw(String::from_utf8_lossy(&page).into_owned())))
}
