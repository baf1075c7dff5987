//! `resolve`: the conflicts that a merge left in the file, listed and decided.
//!
//! A conflict that is in the list is not decided. Nothing decides it but a word for it on the command
//! line, or taking it out of the list by hand.

use std::collections::HashSet;

use guichet::storage::json::Document;
use guichet::storage::merge::{StoredConflict, conflicts, with_conflicts, without_conflicts};
use guichet::storage::store::Rewrite;
use serde_json::{Value, json};

use crate::context::Context;
use crate::editing::rewriting::{patched, rewrite};
use crate::effect::Effect;
use crate::error::{CliError, Result};
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

    /// Returns the numbers of the conflicts that are decided, of so many.
    fn decided(&self, open: usize) -> HashSet<usize> {
        if self.all_ours {
            (1..=open).collect()
        } else {
            self.ours.iter().copied().collect()
        }
    }
}

/// Runs `resolve`.
pub(crate) fn run(args: &Args, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let loaded = context.load()?;
    let open = loaded.document().map(numbered).unwrap_or_default();
    let says_nothing = args.ours.is_empty() && !args.all_ours;
    if args.list || (says_nothing && !open.is_empty()) {
        return Ok(Box::new(Answer {
            status: ExitStatus::answering(args.list),
            left: open,
            edit: None,
        }));
    }
    let mut left = Vec::new();
    let edit = rewrite(context, context.target()?, |document, _| {
        let open = numbered(document);
        if let Some(number) = args
            .ours
            .iter()
            .find(|number| !(1..=open.len()).contains(number))
        {
            return Err(unknown(*number, open.len()));
        }
        let numbers = args.decided(open.len());
        let decided = |one: &Numbered| numbers.contains(&one.number);
        let (decided, rest): (Vec<_>, Vec<_>) = open.into_iter().partition(decided);
        let stored: Vec<_> = rest.iter().map(|one| one.conflict.clone()).collect();
        left = renumbered(rest);
        let patch = if stored.is_empty() {
            without_conflicts(document)
        } else {
            with_conflicts(document, &stored)
        };
        Ok(Rewrite {
            text: patched(document, &patch)?,
            what: decided.iter().map(Numbered::decision).collect(),
        })
    })?;
    Ok(Box::new(Answer {
        left,
        edit: Some(edit),
        status: ExitStatus::Yes,
    }))
}

fn unknown(number: usize, open: usize) -> CliError {
    let message = match open {
        0 => format!("there is no conflict {number}: all are decided"),
        _ => format!("there is no conflict {number}: they are numbered from 1 to {open}"),
    };
    CliError::new("unknown-conflict", message).help("`guichet resolve --list` lists them.")
}

/// A conflict that is not decided, with its number in the file.
#[derive(Debug)]
struct Numbered {
    number: usize,
    conflict: StoredConflict,
}

fn numbered(document: &Document) -> Vec<Numbered> {
    let found = conflicts(document).into_iter();
    let found = (1..).zip(found.map(|(conflict, _)| conflict));
    found
        .map(|(number, conflict)| Numbered { number, conflict })
        .collect()
}

fn renumbered(left: Vec<Numbered>) -> Vec<Numbered> {
    let renumbered = |(number, one): (usize, Numbered)| Numbered { number, ..one };
    (1..).zip(left).map(renumbered).collect()
}

impl Numbered {
    /// Says what was decided between.
    fn decision(&self) -> String {
        format!("decided for what the file says: {}", self.conflict)
    }

    fn json(&self) -> Value {
        let StoredConflict { kind, ours, theirs } = &self.conflict;
        json!({"number": self.number, "kind": kind, "ours": ours, "theirs": theirs})
    }
}

/// What is left to be decided, and what was decided.
#[derive(Debug)]
struct Answer {
    left: Vec<Numbered>,
    edit: Option<Box<dyn Report>>,
    status: ExitStatus,
}

impl Report for Answer {
    fn json(&self) -> Value {
        json!({
            "conflicts": self.left.iter().map(Numbered::json).collect::<Vec<_>>(),
            "edit": self.edit.as_ref().map(|edit| edit.json()),
        })
    }

    fn text(&self, page: Page) -> Text {
        let mut text = Text::default();
        if let Some(edit) = &self.edit {
            text.append(&edit.text(page));
        }
        let conflicts = count(self.left.len(), "conflict");
        match (self.left.is_empty(), &self.edit) {
            (true, Some(_)) => return text,
            (true, None) => {
                text.line("no conflicts: all are decided");
                return text;
            }
            (false, Some(_)) => text.line(format_args!("{conflicts} left to decide:")),
            (false, None) => text.line(format_args!("{conflicts} to decide:")),
        }
        for Numbered { number, conflict } in &self.left {
            text.ink(Ink::No, format_args!("{number}: {}", conflict.kind));
            text.end();
            for (side, sentences) in [("ours", &conflict.ours), ("theirs", &conflict.theirs)] {
                for sentence in sentences {
                    text.line(format_args!("  {side:7} {sentence}"));
                }
            }
        }
        text.help(
            "The file has what ours says. Where theirs is right, edit the file first. Then say that \
             the file is right: `guichet resolve --ours N` for one conflict, `--all-ours` for all.",
        );
        text
    }

    fn status(&self) -> ExitStatus {
        self.status
    }
}
