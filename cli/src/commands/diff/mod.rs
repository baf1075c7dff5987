//! `diff`: what another directory means for people, then what is different in it.
//!
//! | module | what is there |
//! |---|---|
//! | here | the command, its text and its JSON |
//! | [`comparison`] | two directories, compared by every crate that has something to say |
//! | [`markdown`] | the same for a pull request |

mod comparison;
mod markdown;

use std::path::{Path, PathBuf};

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
use crate::output::{Foreign, Ink, Page, Report, Text, count, to_json};
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
    let comparison = compared(context, &args.old, &args.new, |context, path| {
        let bytes = files::read(context, path)?;
        context.load_bytes(bytes, path)
    })?;
    Ok(Box::new(Answer {
        comparison,
        format: context.format(),
    }))
}

/// Compares two files, each read by a closure.
///
/// # Errors
///
/// What the closure says.
pub(crate) fn compared(
    context: &mut Context<'_>,
    old: &Path,
    new: &Path,
    load: impl Fn(&mut Context<'_>, &Path) -> Result<Loaded>,
) -> Result<Comparison> {
    let old = load(context, old)?;
    Ok(Comparison::of(&old, &load(context, new)?))
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

    fn text(&self, _: Page) -> Text {
        self.comparison.text()
    }

    fn foreign(&self) -> Option<Foreign> {
        (self.format == Format::Markdown).then(|| markdown::text(&self.comparison))
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
            "seats": self.demand.moved().map(to_json).collect::<Vec<_>>(),
            "digest": self.digest(),
        })
    }

    /// Returns the comparison for people.
    pub(crate) fn text(&self) -> Text {
        let mut text = Text::default();
        if let Some(sentence) = self.equality() {
            text.line(sentence);
            return text;
        }
        text.ink(Ink::Strong, "Who gains and who loses access");
        text.end();
        text.append(&people::text(&self.access));
        if let Some(sentence) = self.control {
            text.line(sentence);
        }
        let demand = demand::text(self.demand.moved());
        if !demand.is_empty() {
            text.end();
            text.ink(Ink::Strong, "Seats of plug-ins");
            text.end();
            text.append(&demand);
        }
        text.end();
        text.ink(Ink::Strong, count(self.difference.len(), "change"));
        text.end();
        for delta in self.difference.deltas() {
            text.line(delta);
        }
        text.end();
        text.ink(Ink::Faint, format_args!("digest {}", self.digest()));
        text.end();
        text
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
