//! `scrub`: a directory without anybody in it, safe to publish.

use std::path::PathBuf;

use guichet::storage::{ScrubKey, scrub};
use guichet::{Expected, Output};
use serde::Serialize;
use zeroize::Zeroizing;

use super::merge::unwritten;
use crate::context::Context;
use crate::editing::done::Done;
use crate::editing::password::{self, FromStdin};
use crate::effect::{Effect, Made};
use crate::error::{CliError, Result};
use crate::files;
use crate::help::examples;
use crate::output::{Document, Page, Report, Text};
use crate::texts;

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

    /// The file to write; writing the directory 4D reads is an edit, and `undo` undoes it
    /// [default: standard output]
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
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
        if self.output.is_some() {
            Effect::Edits
        } else {
            Effect::Reads
        }
    }
}

/// Runs `scrub`.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let file = match &args.file {
        Some(file) => file.clone(),
        None => context.locate()?.path,
    };
    let key = args.key.key(context)?;
    let place = (args.output.as_ref()).map(|output| files::place(context, output));
    if let Some(Output::Directory(target)) = place.transpose()? {
        let source = match files::place(context, &file)? {
            Output::Directory(of) if of == target => None,
            Output::Directory(_) | Output::Elsewhere => Some(texts::read(context, &file, &file)?),
        };
        let project = context.project_of(target)?;
        let editor = context.editor_of(&project)?;
        let outcome = project.scrub(&editor, Expected::Any, source.as_ref(), key.as_ref())?;
        let edit = Done::new(context, &outcome)?;
        return Ok(Box::new(Written::new(args, context, Some(edit))));
    }
    let text = texts::read(context, &file, &file)?;
    let scrubbed = scrub(&text.document, &text.directory, key.as_ref());
    let Some(output) = &args.output else {
        return Ok(Box::new(Document::new(scrubbed)));
    };
    files::put_elsewhere(context, output, scrubbed.as_bytes(), &file)?;
    Ok(Box::new(Written::new(args, context, None)))
}

#[derive(Debug, Serialize)]
struct Written {
    path: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dry_run: bool,
    edit: Option<Done>,
}

impl Written {
    fn new(args: &Args, context: &Context<'_>, edit: Option<Done>) -> Self {
        let path = args.output.as_ref().map(|path| path.display().to_string());
        Self {
            path: path.unwrap_or_default(),
            dry_run: context.is_dry_run(),
            edit,
        }
    }
}

impl Report for Written {
    fn text(&self, page: Page) -> Text {
        match &self.edit {
            Some(edit) => edit.text(page),
            None if self.dry_run => Text::saying(unwritten(&self.path)),
            None => Text::saying(format_args!("written to {}", self.path)),
        }
    }

    fn made(&self) -> Made {
        match &self.edit {
            Some(edit) => edit.made(),
            None if self.dry_run => Made::Nothing,
            None => Made::File,
        }
    }
}
