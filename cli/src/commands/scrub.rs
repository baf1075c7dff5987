//! `scrub`: a directory without anybody in it, safe to publish.

use std::path::PathBuf;

use guichet::storage::{DirectoryText, ScrubKey, scrub};
use zeroize::Zeroizing;

use crate::context::Context;
use crate::editing::output::OutputArgs;
use crate::editing::password::{self, FromStdin};
use crate::effect::Effect;
use crate::error::{CliError, Result};
use crate::files;
use crate::help::examples;
use crate::output::Report;

/// The arguments of `scrub`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet scrub > directory.scrubbed.json",
    "guichet scrub old.json --key-file key.txt \\\n    -o old.scrubbed.json" => "the same key gives the same names",
))]
pub(crate) struct Args {
    /// The directory.json, `-` for standard input [default: the one that counts]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    #[command(flatten)]
    key: KeyArgs,

    #[command(flatten)]
    to: OutputArgs,
}

/// Where the key comes from: never the command line, which other accounts of the machine can read.
#[derive(Debug, clap::Args)]
#[group(multiple = false)]
struct KeyArgs {
    /// Ask for a key; the same key gives the same names in several files
    #[arg(long)]
    ask_key: bool,

    /// Read the key from standard input: its first line
    #[arg(long)]
    key_stdin: bool,

    /// Read the key from a file: its first line
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
}

impl KeyArgs {
    /// Returns the key, if there is to be one.
    fn key(&self, context: &mut Context<'_>) -> Result<Option<ScrubKey>> {
        let text = match &self.key_file {
            Some(file) => {
                let text = Zeroizing::new(files::read_text(context, file)?);
                Zeroizing::new(text.lines().next().unwrap_or_default().to_owned())
            }
            None if self.key_stdin => password::key(context, FromStdin::Yes)?,
            None if self.ask_key => password::key(context, FromStdin::No)?,
            None => return Ok(None),
        };
        if text.is_empty() {
            return Err(CliError::new("usage", "the key is empty")
                .help("Use a long random text, and keep it for the next file."));
        }
        Ok(Some(ScrubKey::from_text(&text)))
    }
}

impl Args {
    /// Returns what the command changes.
    pub(crate) const fn effect(&self) -> Effect {
        self.to.effect()
    }
}

/// Runs `scrub`.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let file = match &args.file {
        Some(file) => file.clone(),
        None => context.locate()?.path,
    };
    let key = args.key.key(context)?;
    let key = key.as_ref();
    let (mut written, ()) = args.to.write(
        context,
        &file,
        DirectoryText::parse,
        |project, editor, expected, text| Ok((project.scrub(editor, expected, text, key)?, ())),
        |text| Ok((scrub(&text.document, &text.directory, key), ())),
    )?;
    Ok(match written.text.take() {
        Some(document) => Box::new(document),
        None => Box::new(written),
    })
}
