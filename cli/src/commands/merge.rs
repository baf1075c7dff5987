//! `merge`: what two sides made of one directory, by meaning; also as git's merge driver.

use std::path::PathBuf;

use guichet::core::Delta;
use guichet::edit::{Layout, Sides, merge_texts};
use guichet::storage::{DirectoryText, StoredConflict};
use serde::Serialize;

use super::resolve::add_conflict;
use crate::context::Context;
use crate::editing::output::{OutputArgs, Written};
use crate::effect::{Effect, Made};
use crate::error::Result;
use crate::exit_status::ExitStatus;
use crate::help::examples;
use crate::output::{Document, Page, Report, Text, count};
use crate::texts::read;

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

    #[command(flatten)]
    to: OutputArgs,

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
        self.to.effect()
    }
}

/// How many conflicts are shown before the others are counted.
const FIRST: usize = 20;

/// Runs `merge`.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let parse = DirectoryText::parse_or_absent;
    let base = read(context, &args.base, &args.base, parse)?;
    let theirs = read(context, &args.theirs, &args.theirs, parse)?;
    let layout = if args.normalise {
        Layout::Normal
    } else {
        Layout::Ours
    };
    let (mut written, (taken, conflicts)) = args.to.write(
        context,
        &args.ours,
        parse,
        |project, editor, expected, ours| {
            let sides = Sides {
                base: &base,
                ours,
                theirs: &theirs,
                layout,
            };
            let merged = project.merge(editor, expected, &sides)?;
            Ok((merged.outcome, (merged.taken, merged.conflicts)))
        },
        |ours| {
            let merged = merge_texts(&base, ours, &theirs, layout)?;
            let taken = merged.merge.difference().clone();
            Ok((merged.text, (taken, merged.conflicts)))
        },
    )?;
    let name = args.name.clone().or_else(|| written.path.clone());
    Ok(Box::new(Answer {
        name: name.unwrap_or_else(|| args.ours.display().to_string()),
        text: written.text.take(),
        taken: taken.deltas().cloned().collect(),
        conflicts,
        written,
    }))
}

/// What was merged, and what is left to be decided.
#[derive(Debug, Serialize)]
struct Answer {
    #[serde(flatten)]
    written: Written,
    #[serde(skip)]
    name: String,
    /// The text, where it is to be printed.
    text: Option<Document>,
    taken: Vec<Delta>,
    conflicts: Vec<StoredConflict>,
}

impl Report for Answer {
    fn text(&self, page: Page) -> Text {
        let mut text = Text::default();
        // git, which has this program write a file of its own, needs no word of that.
        if self.made() != Made::File {
            text.append(&self.written.text(page));
        }
        let name = &self.name;
        let taken = count(self.taken.len(), "change");
        text.line(format_args!("{name}: {taken} merged from their version"));
        for conflict in self.conflicts.iter().take(FIRST) {
            add_conflict(&mut text, format_args!("conflict in {name}"), conflict);
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
        self.written.made()
    }

    fn status(&self) -> ExitStatus {
        ExitStatus::answering(self.conflicts.is_empty())
    }
}
