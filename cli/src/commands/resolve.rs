//! `resolve`: the conflicts that a merge left in the file, listed and decided.
//!
//! A conflict that is in the list is not decided. Nothing decides it but a word for it on the command
//! line, or taking it out of the list by hand.

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
    "guichet resolve --list" => "what is to be decided",
    "guichet resolve --ours 2" => "the file is right about the second one",
    "guichet resolve --all-ours &&\n    git add Settings/directory.json",
))]
pub(crate) struct Args {
    /// List the conflicts that are not decided, each with its number
    #[arg(long, conflicts_with_all = ["ours", "all_ours"])]
    list: bool,

    /// Decide a conflict for what the file says: our side, or what you have made of it since; may be
    /// said several times
    #[arg(long, value_name = "N")]
    ours: Vec<usize>,

    /// Decide every conflict for what the file says
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
                text.line("no conflicts: all are decided");
                return text;
            }
            (false, Some(_)) => text.line(format_args!("{conflicts} left to decide:")),
            (false, None) => text.line(format_args!("{conflicts} to decide:")),
        }
        for Numbered { number, conflict } in &self.conflicts {
            text.ink(Ink::No, format_args!("{number}: {}", conflict.kind));
            text.end();
            add_sides(&mut text, conflict);
        }
        text.help(
            "The file has what ours says. Where theirs is right, edit the file first. Then say that \
             the file is right: `guichet resolve --ours N` for one conflict, `--all-ours` for all.",
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

/// Tells what both sides of a conflict say.
pub(super) fn add_sides(text: &mut Text, conflict: &StoredConflict) {
    for (side, sentences) in [("ours", &conflict.ours), ("theirs", &conflict.theirs)] {
        for sentence in sentences {
            text.line(format_args!("  {side:7} {sentence}"));
        }
    }
}
