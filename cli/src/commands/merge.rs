//! `merge`: what two sides made of one directory, by meaning; also as git's merge driver.

use std::path::PathBuf;

use guichet::core::{Delta, Difference};
use guichet::edit::{Layout, Sides, merge_texts};
use guichet::storage::StoredConflict;
use guichet::{Expected, Output};
use serde::Serialize;

use super::resolve::add_sides;
use crate::context::Context;
use crate::editing::done::Done;
use crate::effect::{Effect, Made};
use crate::error::Result;
use crate::exit_status::ExitStatus;
use crate::files;
use crate::help::examples;
use crate::output::{Document, Ink, Page, Report, Text, count};
use crate::texts;

/// The arguments of `merge`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet merge base.json ours.json theirs.json > out.json",
    "guichet merge old.json Settings/directory.json new.json \\\n    -o Settings/directory.json" => "over our version; `undo` undoes it",
))]
pub(crate) struct Args {
    /// The common base; an empty file if there was none
    #[arg(value_name = "BASE")]
    base: PathBuf,

    /// Our version; its order, its layout and, in a conflict, its value stay
    #[arg(value_name = "OURS")]
    ours: PathBuf,

    /// Their version
    #[arg(value_name = "THEIRS")]
    theirs: PathBuf,

    /// The file to write; writing the directory 4D reads is an edit, and `undo` undoes it
    /// [default: standard output]
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,

    /// Put the result in its normal form, as git's filter does
    #[arg(long)]
    normalise: bool,

    /// The name to show for the result in messages
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
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

/// How many conflicts are shown before the others are counted.
const FIRST: usize = 20;

/// Runs `merge`.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let base = texts::read_or_absent(context, &args.base)?;
    let theirs = texts::read_or_absent(context, &args.theirs)?;
    let layout = if args.normalise {
        Layout::Normal
    } else {
        Layout::Ours
    };
    let place = (args.output.as_ref()).map(|output| files::place(context, output));
    if let Some(Output::Directory(target)) = place.transpose()? {
        // Our side is what the directory says when it is locked, unless another file is named for it.
        let ours = match files::place(context, &args.ours)? {
            Output::Directory(of) if of == target => None,
            Output::Directory(_) | Output::Elsewhere => {
                Some(texts::read_or_absent(context, &args.ours)?)
            }
        };
        let sides = Sides {
            base: &base,
            ours: ours.as_ref(),
            theirs: &theirs,
            layout,
        };
        let project = context.project_of(target)?;
        let merged = project.merge(&context.editor_of(&project)?, Expected::Any, &sides)?;
        let edit = Done::new(context, &merged.outcome)?;
        let answer = Answer::new(args, context, &merged.taken, merged.conflicts);
        return Ok(Box::new(Answer {
            edit: Some(edit),
            ..answer
        }));
    }
    let ours = texts::read_or_absent(context, &args.ours)?;
    let merged = merge_texts(&base, &ours, &theirs, layout)?;
    let answer = Answer::new(args, context, merged.merge.difference(), merged.conflicts);
    let text = match &args.output {
        None => Some(Document::new(merged.text)),
        Some(output) => {
            files::put_elsewhere(context, output, merged.text.as_bytes(), &args.ours)?;
            None
        }
    };
    Ok(Box::new(Answer { text, ..answer }))
}

/// What was merged, and what is left to be decided.
#[derive(Debug, Serialize)]
struct Answer {
    path: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dry_run: bool,
    #[serde(skip)]
    name: String,
    /// The text, where it is to be printed.
    text: Option<Document>,
    taken: Vec<Delta>,
    conflicts: Vec<StoredConflict>,
    edit: Option<Done>,
}

impl Answer {
    fn new(
        args: &Args,
        context: &Context<'_>,
        taken: &Difference,
        conflicts: Vec<StoredConflict>,
    ) -> Self {
        let path = args.output.as_ref().map(|path| path.display().to_string());
        let name = args.name.as_ref().or(path.as_ref());
        Self {
            name: name.map_or_else(|| args.ours.display().to_string(), Clone::clone),
            path,
            dry_run: context.is_dry_run(),
            text: None,
            taken: taken.deltas().cloned().collect(),
            conflicts,
            edit: None,
        }
    }
}

impl Report for Answer {
    fn text(&self, page: Page) -> Text {
        let mut text = Text::default();
        match (&self.edit, &self.path) {
            (Some(edit), _) => text.append(&edit.text(page)),
            (None, Some(path)) if self.dry_run => text.line(unwritten(path)),
            (None, _) => {}
        }
        let name = &self.name;
        text.line(format_args!(
            "{name}: {} merged from their version",
            count(self.taken.len(), "change")
        ));
        for conflict in self.conflicts.iter().take(FIRST) {
            text.ink(Ink::No, "conflict");
            text.line(format_args!(" in {name}: {}", conflict.kind));
            add_sides(&mut text, conflict);
        }
        if let Some(more @ 1..) = self.conflicts.len().checked_sub(FIRST) {
            text.line(format_args!("{} more", count(more, "conflict")));
        }
        if !self.conflicts.is_empty() {
            text.help(
                "The file has our version and lists each conflict in `guichetConflicts`. Edit it \
                 where their version is right, then run `guichet resolve --ours N`, or `--all-ours`.",
            );
        }
        text
    }

    fn document(&self) -> Option<&Document> {
        self.text.as_ref()
    }

    fn made(&self) -> Made {
        match (&self.edit, &self.path) {
            (Some(edit), _) => edit.made(),
            (None, Some(_)) if !self.dry_run => Made::File,
            (None, _) => Made::Nothing,
        }
    }

    fn status(&self) -> ExitStatus {
        ExitStatus::answering(self.conflicts.is_empty())
    }
}

/// Says that a file is not written on a dry run.
pub(super) fn unwritten(path: &str) -> String {
    format!("dry run: nothing is saved; it would write {path}")
}
