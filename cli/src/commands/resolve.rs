//! `resolve`: the conflicts that a merge left in the file, listed and decided.
//!
//! A conflict that is in the list is not decided. Nothing decides it but a word for it on the command
//! line, or removing it from the list by hand.

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
    let says_nothing = args.ours.is_empty() && !args.all_ours;
    if args.list || (says_nothing && !open.is_empty()) {
        let status = ExitStatus::answering(args.list);
        return Ok(Box::new(Answer::new(open, None, status)));
    }
    let decisions = if args.all_ours {
        Decisions::All
    } else {
        Decisions::Numbered(&args.ours)
    };
    let resolved = project.resolve(&context.editor_of(&project)?, Expected::Any, decisions)?;
    let edit = Done::new(context, &resolved.outcome)?;
    let answer = Answer::new(resolved.left, Some(edit), ExitStatus::Yes);
    Ok(Box::new(answer))
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

impl Answer {
    fn new(left: Vec<StoredConflict>, edit: Option<Done>, status: ExitStatus) -> Self {
        let numbered = (1..).zip(left);
        Self {
            conflicts: numbered
                .map(|(number, conflict)| Numbered { number, conflict })
                .collect(),
            edit,
            status,
        }
    }
}

impl Report for Answer {
    fn text(&self, page: Page) -> Text {
        let mut text = Text::default();
        if let Some(edit) = &self.edit {
            text.append(&edit.text(page));
        }
        let conflicts = count(self.conflicts.len(), "conflict");
        match (self.conflicts.is_empty(), &self.edit) {
            (true, Some(_)) => return text,
            (true, None) => {
                text.line("no open conflicts");
                return text;
            }
            (false, Some(_)) => text.line(format_args!("{conflicts} still open:")),
            (false, None) => text.line(format_args!("{conflicts} open:")),
        }
        for Numbered { number, conflict } in &self.conflicts {
            text.ink(Ink::No, format_args!("{number}: {}", conflict.kind));
            text.end();
            add_sides(&mut text, conflict);
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

/// Adds what both sides of a conflict say.
pub(super) fn add_sides(text: &mut Text, conflict: &StoredConflict) {
    for (side, sentences) in [("ours", &conflict.ours), ("theirs", &conflict.theirs)] {
        for sentence in sentences {
            text.line(format_args!("  {side:7} {sentence}"));
        }
    }
}
