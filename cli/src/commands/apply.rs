//! `apply`: a list of changes in a file, made whole or not at all.

use std::path::{Path, PathBuf};

use guichet::{Change, Expected};
use serde_json::value::RawValue;

use crate::context::Context;
use crate::editing::done::Done;
use crate::error::{CliError, Result};
use crate::files;
use crate::help::examples;
use crate::output::Report;

/// The arguments of `apply`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet apply changes.json --dry-run",
    "echo '[{\"change\": \"add-user\", \"name\": \"Mia Chen\"}]' |\n    guichet apply -",
))]
pub(crate) struct Args {
    /// The file with a JSON array of changes, `-` for standard input; docs/cli.md lists them
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Runs `apply`.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let list = List::read(&args.file, context)?;
    let changes = list.changes()?;
    let project = context.project()?;
    let editor = context.editor_of(&project)?;
    match project.apply(&editor, &changes, Expected::Any) {
        Ok(outcome) => Ok(Box::new(Done::new(context, &outcome)?)),
        Err(guichet::Error::Refused(refused)) => {
            let index = refused.first().index();
            Err(list.at(index, guichet::Error::Refused(refused).into()))
        }
        Err(error) => Err(error.into()),
    }
}

/// A list of changes as it is written.
struct List {
    path: Option<PathBuf>,
    text: String,
    /// Where each change starts, in bytes.
    starts: Vec<usize>,
}

impl List {
    fn read(file: &Path, context: &mut Context<'_>) -> Result<Self> {
        let text = files::read_text(context, file)?;
        let path = (!files::is_standard_input(file)).then(|| file.to_owned());
        let starts = Vec::new();
        Self { path, text, starts }.with_starts()
    }

    /// Splits the text into its changes.
    fn with_starts(mut self) -> Result<Self> {
        let entries: Vec<&RawValue> = serde_json::from_str(self.json()).map_err(|error| {
            let offset = self.offset(&error);
            if error.is_data() {
                self.bad_at(offset, "a list of changes is a JSON array")
            } else {
                self.bad_at(offset, &error)
            }
        })?;
        let base = self.text.as_ptr() as usize;
        let starts = entries.iter().map(|entry| entry.get().as_ptr() as usize);
        self.starts = starts.map(|start| start.saturating_sub(base)).collect();
        Ok(self)
    }

    /// The text without the byte order mark that some editors put before it.
    fn json(&self) -> &str {
        self.text.strip_prefix('\u{feff}').unwrap_or(&self.text)
    }

    /// Reads every change.
    fn changes(&self) -> Result<Vec<Change>> {
        let read = |(index, start): (usize, &usize)| {
            let rest = self.text.get(*start..).unwrap_or_default();
            let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Change>();
            match values.next() {
                Some(Ok(change)) => Ok(change),
                Some(Err(error)) => {
                    let told = self.bad_at(*start, &error);
                    Err(CliError {
                        message: format!("change {}: {}", index + 1, told.message),
                        ..told
                    })
                }
                None => Err(self.bad_at(*start, "nothing")),
            }
        };
        self.starts.iter().enumerate().map(read).collect()
    }

    /// Says of a refused change which one it is and where it stands.
    fn at(&self, index: usize, refused: CliError) -> CliError {
        let start = self.starts.get(index).copied().unwrap_or_default();
        let message = format!("change {}: {}", index + 1, refused.message);
        self.place(start, CliError { message, ..refused })
    }

    fn bad_at(&self, offset: usize, error: impl std::fmt::Display) -> CliError {
        // The parser ends its sentence with a place in what it was given; ours is in the file.
        let told = error.to_string();
        let told = told.split(" at line ").next().unwrap_or_default();
        let error = CliError::new("bad-change", told)
            .help("docs/cli.md lists the changes under \"Lists of changes\".");
        self.place(offset, error)
    }

    fn place(&self, offset: usize, mut error: CliError) -> CliError {
        let before = self.text.get(..offset).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        error.place.path.clone_from(&self.path);
        error.place.line = Some(before.matches('\n').count() + 1);
        error.place.column = Some(line.trim_start_matches('\u{feff}').chars().count() + 1);
        error
    }

    /// Returns the place of what the parser refuses, in bytes of the text.
    fn offset(&self, error: &serde_json::Error) -> usize {
        let lines = self.text.split_inclusive('\n');
        let before: usize = lines
            .take(error.line().saturating_sub(1))
            .map(str::len)
            .sum();
        let mut offset = (before + error.column().saturating_sub(1)).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }
}
