//! `resolve`: the conflicts that a merge left in the file, listed and decided.
//!
//! A conflict that is in the list is not decided. Nothing decides it but a word for it on the command
//! line, or removing it from the list by hand.

use std::fmt::Display;

use guichet::Expected;
use guichet::edit::Decisions;
use guichet::storage::StoredConflict;
use serde::Serialize;

use crate::context::Context;
use crate::editing::done::Done;
use crate::effect::{Effect, Made};
use crate::error::Result;
use crate::exit_status::ExitStatus;
use crate::help::examples;
use crate::output::{Ink, Page, Report, Text, count};

/// The arguments of `resolve`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet resolve --list" => "list the open conflicts",
    "guichet resolve --ours 2" => "keep what the file has for conflict 2",
    "guichet resolve --all-ours &&\n    git add Settings/directory.json",
))]
pub(crate) struct Args {
    /// List the open conflicts with their numbers
    #[arg(long, conflicts_with_all = ["ours", "all_ours"])]
    list: bool,

    /// Keep what the file has for this conflict (our version, or your edit of it); repeatable
    #[arg(long, value_name = "N")]
    ours: Vec<usize>,

    /// Keep what the file has for every conflict
    #[arg(long, conflicts_with = "ours")]
    all_ours: bool,
}

impl Args {
    /// Returns what the command changes.
    pub(crate) const fn effect(&self) -> Effect {
        if self.list {
            Effect::Reads
        } else {
            Effect::Edits
        }
    }
}

/// Runs `resolve`.
pub(crate) fn run(args: &Args, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let project = context.project()?;
    let open = project.current().conflicts();
    let decisions = match (args.list, args.all_ours, args.ours.as_slice()) {
        (true, ..) => None,
        (_, true, _) => Some(Decisions::All),
        (_, _, []) if !open.is_empty() => None,
        (_, _, numbers) => Some(Decisions::Numbered(numbers)),
    };
    let (left, edit) = match decisions {
        None => (open, None),
        Some(decisions) => {
            let editor = context.editor_of(&project)?;
            let resolved = project.resolve(&editor, Expected::Any, decisions)?;
            (resolved.left, Some(Done::new(context, &resolved.outcome)?))
        }
    };
    let numbered = (1..).zip(left);
    let numbered = numbered.map(|(number, conflict)| Numbered { number, conflict });
    Ok(Box::new(Answer {
        conflicts: numbered.collect(),
        status: ExitStatus::answering(args.list || edit.is_some()),
        edit,
    }))
}

/// What is left to be decided, and what was decided.
#[derive(Debug, Serialize)]
struct Answer {
    conflicts: Vec<Numbered>,
    edit: Option<Done>,
    #[serde(skip)]
    status: ExitStatus,
}

/// A conflict with its number in the file.
#[derive(Debug, Serialize)]
struct Numbered {
    number: usize,
    #[serde(flatten)]
    conflict: StoredConflict,
}

impl Report for Answer {
    fn text(&self, page: Page) -> Text {
        let mut text = Text::default();
        let edit = self.edit.as_ref();
        if let Some(edit) = edit {
            text.append(&edit.text(page));
        }
        if self.conflicts.is_empty() {
            if edit.is_none() {
                text.line("no open conflicts");
            }
            return text;
        }
        let conflicts = count(self.conflicts.len(), "conflict");
        let still = if edit.is_some() { "still " } else { "" };
        text.line(format_args!("{conflicts} {still}open:"));
        for Numbered { number, conflict } in &self.conflicts {
            add_conflict(&mut text, number, conflict);
        }
        text.help(
            "The file has our version. Edit it where their version is right, then run \
             `guichet resolve --ours N`, or `--all-ours`.",
        );
        text
    }

    fn made(&self) -> Made {
        self.edit.as_ref().map_or(Made::Nothing, Report::made)
    }

    fn status(&self) -> ExitStatus {
        self.status
    }
}

/// Adds a conflict, with what both sides say.
pub(super) fn add_conflict(text: &mut Text, heading: impl Display, conflict: &StoredConflict) {
    let heading = format_args!("{heading}: {}", conflict.kind);
    text.line_of(&Text::inked(Ink::No, heading));
    for (side, sentences) in [("ours", &conflict.ours), ("theirs", &conflict.theirs)] {
        for sentence in sentences {
            text.line(format_args!("  {side:7} {sentence}"));
        }
    }
}
