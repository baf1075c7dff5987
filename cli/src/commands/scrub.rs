//! `scrub`: a directory without anybody in it, safe to publish.

use std::path::{Path, PathBuf};

use guichet::storage::locate::Target;
use guichet::storage::scrub::{ScrubKey, scrub};
use guichet::storage::store::Rewrite;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::context::Context;
use crate::editing::password::{self, FromStdin};
use crate::editing::rewriting::rewrite;
use crate::effect::Effect;
use crate::error::{CliError, Result};
use crate::files::{self, Place};
use crate::help::examples;
use crate::output::{Document, Handed, Page, Report, Text};
use crate::texts;

/// The arguments of `scrub`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet scrub > directory.scrubbed.json",
    "guichet scrub old.json --key-file key.txt \\\n    -o old.scrubbed.json" => "the same names as with the same key before",
))]
pub(crate) struct Args {
    /// The directory.json, `-` for standard input [default: the one that counts]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    #[command(flatten)]
    key: KeyArgs,

    /// Where to write it; over the directory that counts it is an edit, which `undo` takes back
    /// [default: standard output]
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
}

/// Where the key comes from: never the command line, which other accounts of the machine can read.
#[derive(Debug, clap::Args)]
#[group(multiple = false)]
struct KeyArgs {
    /// Ask for a key: with the same one a name becomes the same in several files
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
                .help("Use a long and random text, and keep it for the next file."));
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
    if let Some(output) = &args.output
        && let Place::Counting(target) = files::place(context, output)?
    {
        return over_the_directory(&file, output, target, key.as_ref(), context);
    }
    let text = texts::read(context, &file, &file)?;
    let scrubbed = scrub(&text.document, &text.directory, key.as_ref());
    let Some(output) = &args.output else {
        return Ok(Box::new(Handed(Document::new(scrubbed))));
    };
    files::put_elsewhere(context, output, scrubbed.as_bytes(), &file)?;
    Ok(Box::new(Written {
        path: output.clone(),
        edit: None,
    }))
}

/// Puts it in the place of the directory that counts, as an edit: under its lock, and remembered.
fn over_the_directory(
    file: &Path,
    output: &Path,
    target: Target,
    key: Option<&ScrubKey>,
    context: &mut Context<'_>,
) -> Result<Box<dyn Report>> {
    let source = match files::place(context, file)? {
        Place::Counting(_) => None,
        Place::Elsewhere => Some(texts::read(context, file, file)?),
    };
    let edit = rewrite(context, target, |document, loaded| {
        let text = match &source {
            Some(source) => scrub(&source.document, &source.directory, key),
            None => scrub(document, &loaded.directory, key),
        };
        let what = vec!["every name and stored password was replaced".to_owned()];
        Ok(Rewrite { text, what })
    })?;
    Ok(Box::new(Written {
        path: output.to_owned(),
        edit: Some(edit),
    }))
}

#[derive(Debug)]
struct Written {
    path: PathBuf,
    edit: Option<Box<dyn Report>>,
}

impl Report for Written {
    fn json(&self) -> Value {
        json!({
            "path": self.path.display().to_string(),
            "edit": self.edit.as_ref().map(|edit| edit.json()),
        })
    }

    fn text(&self, page: Page) -> Text {
        match &self.edit {
            Some(edit) => edit.text(page),
            None => Text::saying(format_args!("written to {}", self.path.display())),
        }
    }
}
