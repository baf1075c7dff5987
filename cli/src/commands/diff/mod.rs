//! `diff`: what another directory means for people, then what is different in it.

mod markdown;

use std::path::{Path, PathBuf};

use guichet::{Comparison, ControlChange, Effect, Form, compare};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::args::Format;
use crate::context::Context;
use crate::demand;
use crate::error::Result;
use crate::exit_status::ExitStatus;
use crate::files;
use crate::help::examples;
use crate::output::{Foreign, Ink, Page, Report, Text, count, to_json};
use crate::people;

/// The arguments of `diff`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet diff old/directory.json new/directory.json",
    "git show main:Settings/directory.json |\n    guichet diff - Settings/directory.json --format markdown",
))]
pub(crate) struct Args {
    /// The old directory.json, `-` for standard input
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The new directory.json, `-` for standard input
    #[arg(value_name = "NEW")]
    new: PathBuf,
}

/// Runs `diff`.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let mut side = |path: &Path| {
        let bytes = files::read(context, path)?;
        context.load_bytes(bytes, path)
    };
    let (old, new) = (side(&args.old)?, side(&args.new)?);
    Ok(Box::new(Answer {
        comparison: compare(&old, &new, context.now),
        format: context.format(),
    }))
}

/// What lists everything that is left out.
const WHOLE: &str = "`guichet diff OLD NEW --format json`";

/// The comparison in the format that was asked for.
#[derive(Debug)]
struct Answer {
    comparison: Comparison,
    format: Format,
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        json(&self.comparison).serialize(serializer)
    }
}

impl Report for Answer {
    fn text(&self, _: Page) -> Text {
        text(&self.comparison)
    }

    fn foreign(&self) -> Option<Foreign> {
        (self.format == Format::Markdown).then(|| markdown::text(&self.comparison))
    }

    fn status(&self) -> ExitStatus {
        ExitStatus::answering(self.comparison.is_same())
    }
}

/// Returns a comparison for programs.
pub(crate) fn json(comparison: &Comparison) -> Value {
    json!({
        "equal": comparison.is_same(),
        "order_only": comparison.form == Form::Order,
        "text_only": comparison.form == Form::Text,
        "changes": comparison.difference.deltas().map(to_json).collect::<Vec<_>>(),
        "access": to_json(&comparison.access),
        "seats": to_json(&comparison.seats),
        "digest": comparison.digest().to_string(),
    })
}

/// Returns a comparison for people.
pub(crate) fn text(comparison: &Comparison) -> Text {
    if let Some(sentence) = sameness(comparison) {
        return Text::saying(sentence);
    }
    let mut text = Text::default();
    let heading = |text: &mut Text, heading: &str| text.line_of(&Text::inked(Ink::Strong, heading));
    heading(&mut text, "Who gains and who loses access");
    let effect = Effect::new(&comparison.access);
    text.line_of(&people::text(&effect, WHOLE));
    if let Some(sentence) = comparison.control.map(ControlChange::sentence) {
        text.line(sentence);
    }
    if !comparison.seats.is_empty() {
        text.end();
        heading(&mut text, "Seats of plug-ins");
        text.append(&demand::text(&comparison.seats));
    }
    text.end();
    heading(&mut text, &count(comparison.difference.len(), "change"));
    for delta in comparison.difference.deltas() {
        text.line(delta);
    }
    text.end();
    let digest = format_args!("digest {}", comparison.digest());
    text.line_of(&Text::inked(Ink::Faint, digest));
    text
}

/// Says so where both directories mean the same.
fn sameness(comparison: &Comparison) -> Option<&'static str> {
    comparison.is_same().then_some(match comparison.form {
        Form::Order => "same meaning, different order",
        Form::Text => "same meaning; the texts differ only in layout or unknown keys",
        _ => "same meaning",
    })
}
