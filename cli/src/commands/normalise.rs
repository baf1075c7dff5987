//! `normalise`: one text for one meaning, so that git shows real changes only.

use std::path::PathBuf;

use guichet::storage::{DirectoryText, Target, normalise};
use guichet::{Expected, Output};
use serde::Serialize;

use crate::context::{Context, located};
use crate::editing::done::Done;
use crate::effect::Effect;
use crate::error::Result;
use crate::exit_status::ExitStatus;
use crate::files;
use crate::help::examples;
use crate::output::{Document, Page, Report, Text};
use crate::texts;

/// The arguments of `normalise`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet normalise" => "rewrite the directory here",
    "guichet normalise --check" => "exit status 1 if it would change",
    "guichet normalise - < directory.json" => "as git's clean filter",
))]
pub(crate) struct Args {
    /// The directory.json, `-` for standard input to standard output [default: the one that counts]
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    /// Only check whether the file is in its normal form (exit status 0 or 1)
    #[arg(long)]
    check: bool,

    /// The name to show for standard input in messages
    #[arg(
        long,
        value_name = "NAME",
        default_value = "-",
        hide_default_value = true
    )]
    name: PathBuf,
}

impl Args {
    /// Returns what the command changes.
    pub(crate) fn effect(&self) -> Effect {
        let standard_input = self.file.as_deref().is_some_and(files::is_standard_input);
        if self.check || standard_input {
            Effect::Reads
        } else {
            Effect::Edits
        }
    }
}

/// Runs `normalise`.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let target = match &args.file {
        Some(file) if files::is_standard_input(file) => None,
        Some(file) => Some(match files::place(context, file)? {
            Output::Directory(target) => target,
            Output::Elsewhere => Target::File(file.clone()),
        }),
        None => Some(context.target()?),
    };
    let (file, name) = match target {
        None => (PathBuf::from("-"), args.name.clone()),
        Some(target) if args.check => {
            let path = located(&target)?.path;
            (path.clone(), path)
        }
        Some(target) => {
            let project = context.project_of(target)?;
            let outcome = project.normalise(&context.editor_of(&project)?, Expected::Any)?;
            return Ok(Box::new(Done::new(context, &outcome)?));
        }
    };
    let text = texts::read(context, &file, &name, DirectoryText::parse)?;
    let normal = normalise(&text.document, &text.directory);
    if !args.check {
        return Ok(Box::new(Document::new(normal)));
    }
    Ok(Box::new(Check {
        path: name.display().to_string(),
        normal: text.document.as_bytes() == normal.as_bytes(),
    }))
}

/// Whether a text is in its normal form.
#[derive(Debug, Serialize)]
struct Check {
    path: String,
    normal: bool,
}

impl Report for Check {
    fn text(&self, _: Page) -> Text {
        let path = &self.path;
        if self.normal {
            return Text::saying(format_args!("yes: {path} is in its normal form"));
        }
        let mut text = Text::saying(format_args!("no: {path} is not in its normal form"));
        text.help(format_args!(
            "`guichet normalise {path}` puts it in its normal form."
        ));
        text
    }

    fn status(&self) -> ExitStatus {
        ExitStatus::answering(self.normal)
    }
}
