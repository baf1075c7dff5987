//! `git diff`: what git calls instead of comparing lines, where `git install --external-diff` said so.

use std::path::{Path, PathBuf};

use guichet::storage::DirectoryText;
use guichet::{Comparison, View, compare};
use serde::{Serialize, Serializer};

use crate::commands::diff;
use crate::context::Context;
use crate::error::Result;
use crate::files;
use crate::output::{Ink, Page, Report, Text, to_json};

/// The arguments of `git diff`, as git calls the program of `diff.guichet.command`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The path, the old file, its object and mode, the new file, its object and mode; of a path with
    /// conflicts the path alone
    #[arg(required = true, num_args = 1..=9, value_name = "WORD")]
    words: Vec<PathBuf>,
}

/// Runs `git diff`.
///
/// It never fails where a side is not a directory: git would stop at it and show nothing of the other
/// files.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Box<dyn Report> {
    let [path, old, old_object, _, new, new_object, ..] = args.words.as_slice() else {
        let path = args.words.first().map(|path| path.display().to_string());
        let path = path.unwrap_or_default();
        return Box::new(Text::saying(format_args!("* unmerged path {path}")));
    };
    let now = context.now;
    let mut side = |file: &Path, object: &Path| -> Result<View> {
        // The file of a side that is absent has another name on each system: `/dev/null`, `nul`.
        let bytes = if object.as_os_str() == ABSENT {
            Vec::new()
        } else {
            files::read(context, file)?
        };
        let (bytes, _) = DirectoryText::present_or_absent(bytes);
        context.load_bytes(bytes, path)
    };
    let comparison = side(old, old_object).and_then(|old| {
        let new = side(new, new_object)?;
        Ok(compare(&old, &new, now))
    });
    Box::new(Answer {
        path: path.display().to_string(),
        comparison,
    })
}

/// What git says instead of the object of a side that is absent.
const ABSENT: &str = ".";

#[derive(Debug)]
struct Answer {
    path: String,
    comparison: Result<Comparison>,
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let document = match &self.comparison {
            Ok(comparison) => diff::json(comparison),
            Err(error) => to_json(error),
        };
        document.serialize(serializer)
    }
}

impl Report for Answer {
    fn text(&self, page: Page) -> Text {
        let mut text = Text::default();
        text.ink(Ink::Strong, format_args!("guichet diff {}", self.path));
        text.end();
        text.append(&match &self.comparison {
            Ok(comparison) => diff::text(comparison),
            Err(error) => error.text(page),
        });
        text
    }
}
