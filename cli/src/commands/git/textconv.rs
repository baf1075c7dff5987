//! `git textconv`: what a directory says, a fact a line, for git to compare line by line.

use std::path::PathBuf;

use guichet::facts;
use guichet::storage::DirectoryText;
use guichet::storage::redact::Redacted;

use super::marks;
use crate::context::Context;
use crate::error::Result;
use crate::files;
use crate::output::{Ink, Report, Text};

/// The arguments of `git textconv`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The file, as git hands it over
    file: PathBuf,
}

/// Runs `git textconv`.
///
/// It never fails where the text is not a directory, such as a revision with marks of conflicts: git
/// would stop at it and show nothing of the other files. It prints such a text as it is, each stored
/// password with its mark.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let bytes = files::read(context, &args.file)?;
    let marks = marks::around(context)?;
    let marks = marks.as_ref();
    let lines = if let Ok(text) = DirectoryText::parse_or_absent(bytes.clone()) {
        facts(&text.directory, marks)
    } else {
        let text = String::from_utf8_lossy(&bytes);
        let covered = Redacted::file(&text).covered(|stored, kind| match marks {
            Some(marks) => format!("[{}, mark {}]", kind.as_str(), marks.of(stored)),
            None => format!("[{}]", kind.as_str()),
        });
        covered.lines().map(str::to_owned).collect()
    };
    let mut text = Text::default();
    for line in &lines {
        text.source(Ink::Plain, "", line);
    }
    Ok(Box::new(text))
}
