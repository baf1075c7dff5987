//! `scrub`: a directory without anybody in it, safe to publish.

use std::path::PathBuf;

use guichet_storage::scrub::{ScrubKey, scrub};
use serde_json::{Value, json};

use crate::context::Context;
use crate::effect::Effect;
use crate::error::Result;
use crate::files;
use crate::help::examples;
use crate::output::{Document, Handed, Page, Report, Text};
use crate::texts;

/// The arguments of `scrub`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet scrub > directory.scrubbed.json",
    "guichet scrub old.json --key \"long and random\" \\\n    -o old.scrubbed.json",
))]
pub(crate) struct Args {
    /// The directory.json, `-` for standard input [default: the one that counts]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    /// A secret text: with the same one a name becomes the same in several files
    #[arg(long, value_name = "KEY")]
    key: Option<String>,

    /// Where to write it [default: standard output]
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
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
    let text = texts::read(context, &file, &file)?;
    let key = args.key.as_deref().map(ScrubKey::from_text);
    let scrubbed = scrub(&text.document, &text.directory, key.as_ref());
    let Some(output) = &args.output else {
        return Ok(Box::new(Handed(Document::new(scrubbed))));
    };
    files::put(&*context.files(), output, scrubbed.as_bytes())?;
    Ok(Box::new(Written(output.clone())))
}

#[derive(Debug)]
struct Written(PathBuf);

impl Report for Written {
    fn json(&self) -> Value {
        json!({"path": self.0.display().to_string()})
    }

    fn text(&self, _: Page) -> Text {
        Text::saying(format_args!("written to {}", self.0.display()))
    }
}
