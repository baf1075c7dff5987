//! `diff`: what another directory means for people, then what is different in it.
//!
//! | module | what is there |
//! |---|---|
//! | here | the command, its text and its JSON |
//! | [`comparison`] | two directories, compared by every crate that has something to say |
//! | [`markdown`] | the same for a pull request |

mod comparison;
mod markdown;

use std::path::PathBuf;

use serde_json::{Value, json};

pub(crate) use comparison::Comparison;

use crate::args::Format;
use crate::context::Context;
use crate::demand;
use crate::error::Result;
use crate::exit_status::ExitStatus;
use crate::files;
use crate::help::examples;
use crate::loaded::Loaded;
use crate::output::{Ink, Lines, Page, Report, count, to_json, visible};
use crate::people;

/// The arguments of `diff`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet diff old/directory.json new/directory.json",
    "git show main:Settings/directory.json |\n    guichet diff - Settings/directory.json --format markdown",
))]
pub(crate) struct Args {
    /// The directory.json as it was, `-` for standard input
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The directory.json as it is, `-` for standard input
    #[arg(value_name = "NEW")]
    new: PathBuf,
}

/// Runs `diff`.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let mut side = |path: &PathBuf| -> Result<Loaded> {
        let bytes = files::read(context, path)?;
        context.load_bytes(bytes, path)
    };
    let (old, new) = (side(&args.old)?, side(&args.new)?);
    let comparison = Comparison::of(&old, &new);
    Ok(Box::new(Answer {
        comparison,
        format: context.format(),
    }))
}

/// The comparison in the format that was asked for.
#[derive(Debug)]
struct Answer {
    comparison: Comparison,
    format: Format,
}

impl Report for Answer {
    fn json(&self) -> Value {
        self.comparison.json()
    }

    fn text(&self, page: Page) -> String {
        match self.format {
            Format::Markdown => markdown::text(&self.comparison),
            _ => self.comparison.text(page),
        }
    }

    fn status(&self) -> ExitStatus {
        ExitStatus::answering(self.comparison.is_equal())
    }
}

impl Comparison {
    /// Returns the comparison for programs.
    pub(crate) fn json(&self) -> Value {
        let changes: Vec<Value> = self.difference.deltas().map(to_json).collect();
        json!({
            "equal": self.is_equal(),
            "order_only": self.order_only,
            "text_only": self.text_only,
            "changes": changes,
            "access": people::json(&self.access),
            "seats": demand::json(&self.demand, &self.recorded),
            "digest": self.digest(),
        })
    }

    /// Returns the comparison for people.
    pub(crate) fn text(&self, page: Page) -> String {
        let mut text = Lines::default();
        if let Some(sentence) = self.equality() {
            text.line(sentence);
            return text.finish();
        }
        let heading = |words: String| page.paint.ink(Ink::Strong, &words);
        text.line(heading("Who gains and who loses access".to_owned()));
        text.add(people::text(&self.access, page));
        text.add(
            self.control
                .map_or_else(String::new, |line| format!("{line}\n")),
        );
        let demand = demand::text(&self.demand, &self.recorded);
        if !demand.is_empty() {
            text.line(format_args!(
                "\n{}",
                heading("Seats of plug-ins".to_owned())
            ));
            text.add(demand);
        }
        let changes = count(self.difference.len(), "change");
        text.line(format_args!("\n{}", heading(changes)));
        for delta in self.difference.deltas() {
            text.line(visible(&delta.to_string()));
        }
        let digest = format!("\ndigest {}", self.digest());
        text.line(page.paint.ink(Ink::Faint, &digest));
        text.finish()
    }

    /// Says so where both directories mean the same.
    fn equality(&self) -> Option<&'static str> {
        self.is_equal().then_some(if self.order_only {
            "both mean the same; only the order differs"
        } else if self.text_only {
            "both mean the same; their texts differ in what has no meaning here"
        } else {
            "both mean the same"
        })
    }
}
