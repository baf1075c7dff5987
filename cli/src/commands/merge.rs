//! `merge`: what two sides made of one directory, by meaning; also as git's merge driver.

use std::path::PathBuf;

use guichet::core::{Difference, compare};
use guichet::storage::locate::Target;
use guichet::storage::merge::{MergeError, MergedText, StoredConflict, merge};
use guichet::storage::normalise::normalise;
use guichet::storage::store::Rewrite;
use guichet::storage::text::DirectoryText;
use serde_json::{Value, json};

use crate::context::Context;
use crate::editing::rewriting::rewrite;
use crate::effect::Effect;
use crate::error::{CliError, Result};
use crate::exit_status::ExitStatus;
use crate::files::{self, Place};
use crate::help::examples;
use crate::output::{Document, Ink, Page, Report, Text, count, to_json};
use crate::texts;

/// The arguments of `merge`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet merge base.json ours.json theirs.json > out.json",
    "guichet merge old.json Settings/directory.json new.json \\\n    -o Settings/directory.json" => "over our side, which `undo` takes back",
))]
pub(crate) struct Args {
    /// The directory.json that both sides come from; an empty file where there was none
    #[arg(value_name = "BASE")]
    base: PathBuf,

    /// Our side: its order and layout are kept, and its values where both disagree
    #[arg(value_name = "OURS")]
    ours: PathBuf,

    /// The other side
    #[arg(value_name = "THEIRS")]
    theirs: PathBuf,

    /// Where to write it; over the directory that counts it is an edit, which `undo` takes back
    /// [default: standard output]
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,

    /// Put the result in its normal form, as git's filter does
    #[arg(long)]
    normalise: bool,

    /// What messages call the result
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

/// Runs `merge`.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let base = texts::read_or_absent(context, &args.base)?;
    let theirs = texts::read_or_absent(context, &args.theirs)?;
    let Some(output) = &args.output else {
        let ours = texts::read_or_absent(context, &args.ours)?;
        return Ok(Answer::boxed(
            args,
            merged(args, &base, &ours, &theirs)?,
            None,
        ));
    };
    match files::place(context, output)? {
        Place::Counting(target) => over_the_directory(args, target, &base, &theirs, context),
        Place::Elsewhere => {
            let ours = texts::read_or_absent(context, &args.ours)?;
            let merged = merged(args, &base, &ours, &theirs)?;
            files::put_elsewhere(context, output, merged.text.as_bytes(), &args.ours)?;
            Ok(Answer::boxed(args, merged, None))
        }
    }
}

/// Merges into the directory that counts, as an edit: under its lock, and remembered. Our side is what it
/// says then, unless another file is named for it.
fn over_the_directory(
    args: &Args,
    target: Target,
    base: &DirectoryText,
    theirs: &DirectoryText,
    context: &mut Context<'_>,
) -> Result<Box<dyn Report>> {
    let ours = match files::place(context, &args.ours)? {
        Place::Counting(_) => None,
        Place::Elsewhere => Some(texts::read_or_absent(context, &args.ours)?),
    };
    let mut kept = None;
    let edit = rewrite(context, target, |document, _| {
        let before = texts::parse(document.clone().into_bytes(), &args.ours)?;
        let merged = merged(args, base, ours.as_ref().unwrap_or(&before), theirs)?;
        let after = texts::parse(merged.text.clone().into_bytes(), &args.ours)?;
        // Text by text: what guichet.toml says besides is the same before and after.
        let changes = compare(&before.directory, &after.directory);
        let mut what: Vec<String> = changes.deltas().map(ToString::to_string).collect();
        if ours.is_none() || what.is_empty() {
            what.clone_from(&merged.what);
        }
        let text = merged.text.clone();
        kept = Some(merged);
        Ok(Rewrite { text, what })
    })?;
    // The closure is called once, or there is an error.
    let merged = kept.ok_or_else(|| CliError::new("internal", "nothing was merged"))?;
    Ok(Answer::boxed(args, merged, Some(edit)))
}

fn merged(
    args: &Args,
    base: &DirectoryText,
    ours: &DirectoryText,
    theirs: &DirectoryText,
) -> Result<MergedText> {
    let merged = merge(base, ours, theirs);
    let mut merged = merged.map_err(|error: MergeError| CliError::from_diagnostic(&error))?;
    if args.normalise {
        let text = texts::parse(merged.text.into_bytes(), &args.ours)?;
        merged.text = normalise(&text.document, &text.directory);
    }
    Ok(merged)
}

/// What was merged, and what is left to be decided.
#[derive(Debug)]
struct Answer {
    name: String,
    output: Option<PathBuf>,
    /// The text, where it is to be printed.
    text: Option<Document>,
    taken: Difference,
    conflicts: Vec<StoredConflict>,
    edit: Option<Box<dyn Report>>,
}

impl Answer {
    fn boxed(args: &Args, merged: MergedText, edit: Option<Box<dyn Report>>) -> Box<dyn Report> {
        let output = args.output.clone();
        let path = output.as_ref().unwrap_or(&args.ours);
        let name = args.name.clone();
        Box::new(Self {
            name: name.unwrap_or_else(|| path.display().to_string()),
            text: output.is_none().then(|| Document::new(merged.text)),
            taken: merged.merge.difference().clone(),
            conflicts: merged.conflicts,
            output,
            edit,
        })
    }
}

impl Report for Answer {
    fn json(&self) -> Value {
        let conflicts = self.conflicts.iter().map(|conflict| {
            json!({
                "kind": conflict.kind,
                "ours": conflict.ours,
                "theirs": conflict.theirs,
            })
        });
        json!({
            "path": self.output.as_ref().map(|path| path.display().to_string()),
            "text": self.text.as_ref().map(Document::text),
            "taken": self.taken.deltas().map(to_json).collect::<Vec<_>>(),
            "conflicts": conflicts.collect::<Vec<_>>(),
            "edit": self.edit.as_ref().map(|edit| edit.json()),
        })
    }

    fn text(&self, page: Page) -> Text {
        let mut text = Text::default();
        if let Some(edit) = &self.edit {
            text.append(&edit.text(page));
        }
        let name = &self.name;
        text.line(format_args!(
            "{name}: {} taken over from the other side",
            count(self.taken.len(), "change")
        ));
        for conflict in &self.conflicts {
            text.ink(Ink::No, "conflict");
            text.line(format_args!(" in {name}: {}", conflict.kind));
            for (side, sentences) in [("ours", &conflict.ours), ("theirs", &conflict.theirs)] {
                for sentence in sentences {
                    text.line(format_args!("  {side:7} {sentence}"));
                }
            }
        }
        if !self.conflicts.is_empty() {
            text.help(
                "The file has what ours says, and lists each conflict in `guichetConflicts` at its \
                 end. Edit it where theirs is right, then decide each with `guichet resolve`.",
            );
        }
        text
    }

    fn document(&self) -> Option<&Document> {
        self.text.as_ref()
    }

    fn status(&self) -> ExitStatus {
        ExitStatus::answering(self.conflicts.is_empty())
    }
}
