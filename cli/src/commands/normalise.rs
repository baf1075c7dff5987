//! `normalise`: one text for one meaning, so that git shows real changes only.

use std::path::{Path, PathBuf};

use guichet::storage::{Target, normalise};
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
    if let Some(file) = &args.file
        && files::is_standard_input(file)
    {
        let (before, normal) = both(context, file, &args.name)?;
        return Ok(if args.check {
            Box::new(Check::of(&args.name, before == normal))
        } else {
            Box::new(Document::new(normal))
        });
    }
    let target = match &args.file {
        Some(file) => match files::place(context, file)? {
            Output::Directory(target) => target,
            Output::Elsewhere => Target::File(file.clone()),
        },
        None => context.target()?,
    };
    if args.check {
        let path = located(&target)?.path;
        let (before, normal) = both(context, &path, &path)?;
        return Ok(Box::new(Check::of(&path, before == normal)));
    }
    let project = context.project_of(target)?;
    let outcome = project.normalise(&context.editor_of(&project)?, Expected::Any)?;
    Ok(Box::new(Done::new(context, &outcome)?))
}

/// Returns a text and its normal form.
fn both(context: &mut Context<'_>, file: &Path, name: &Path) -> Result<(String, String)> {
    let text = texts::read(context, file, name)?;
    let normal = normalise(&text.document, &text.directory);
    let bytes = text.document.into_bytes();
    // What was read is UTF-8, with a mark of its byte order perhaps.
    Ok((String::from_utf8_lossy(&bytes).into_owned(), normal))
}

/// Whether a text is in its normal form.
#[derive(Debug, Serialize)]
struct Check {
    path: String,
    normal: bool,
}

impl Check {
    fn of(path: &Path, normal: bool) -> Self {
        let path = path.display().to_string();
        Self { path, normal }
    }
}

impl Report for Check {
    fn text(&self, _: Page) -> Text {
        let path = &self.path;
        Text::saying(if self.normal {
            format!("yes: {path} is in its normal form")
        } else {
            format!("no: {path} is not in its normal form")
        })
    }

    fn status(&self) -> ExitStatus {
        ExitStatus::answering(self.normal)
    }
}
