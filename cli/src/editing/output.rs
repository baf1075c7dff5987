//! `-o`: where a directory goes that a command makes of others.

use std::path::{Path, PathBuf};

use guichet::storage::DirectoryText;
use guichet::{Editor, Expected, Outcome, Output, Project};
use serde::Serialize;

use super::DRY_RUN;
use super::done::Done;
use crate::context::Context;
use crate::effect::{Effect, Made};
use crate::error::Result;
use crate::files;
use crate::output::{Document, Page, Report, Text};
use crate::texts::{Parse, read};

/// `-o`.
#[derive(Debug, clap::Args)]
pub(crate) struct OutputArgs {
    /// The file to write; writing the directory 4D reads is an edit, and `undo` undoes it
    /// [default: standard output]
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
}

impl OutputArgs {
    /// Returns what a command changes that has this argument.
    pub(crate) const fn effect(&self) -> Effect {
        match self.output {
            Some(_) => Effect::Edits,
            None => Effect::Reads,
        }
    }

    /// Writes what is made of a file, and returns what else was found.
    ///
    /// Over the directory that counts `edit` makes it; where that is the file itself, it is given no text:
    /// what the directory says when it is locked counts.
    ///
    /// # Errors
    ///
    /// What the closures say, why the place cannot be found, and why it cannot be written to.
    pub(crate) fn write<T>(
        &self,
        context: &mut Context<'_>,
        file: &Path,
        parse: Parse,
        edit: impl Fn(&Project, &Editor, Expected, Option<&DirectoryText>) -> Result<(Outcome, T)>,
        make: impl FnOnce(&DirectoryText) -> Result<(String, T)>,
    ) -> Result<(Written, T)> {
        let output = self.output.as_ref();
        let place = output.map(|output| files::place(context, output));
        let mut written = Written {
            path: output.map(|output| output.display().to_string()),
            dry_run: context.is_dry_run(),
            edit: None,
            text: None,
        };
        if let Some(Output::Directory(target)) = place.transpose()? {
            let text = match files::place(context, file)? {
                Output::Directory(of) if of == target => None,
                Output::Directory(_) | Output::Elsewhere => Some(read(context, file, file, parse)?),
            };
            let project = context.project_of(target)?;
            let editor = context.editor_of(&project)?;
            let (outcome, found) = super::make(context, &project, |project, expected| {
                edit(project, &editor, expected, text.as_ref())
            })?;
            written.edit = Some(Done::new(context, &outcome)?);
            return Ok((written, found));
        }
        let (text, found) = make(&read(context, file, file, parse)?)?;
        match output {
            Some(output) => files::put_elsewhere(context, output, text.as_bytes(), file)?,
            None => written.text = Some(Document::new(text)),
        }
        Ok((written, found))
    }
}

/// What became of a directory that a command made.
#[derive(Debug, Serialize)]
pub(crate) struct Written {
    /// None where it is printed.
    pub(crate) path: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dry_run: bool,
    edit: Option<Done>,
    /// The text, where it is printed.
    #[serde(skip)]
    pub(crate) text: Option<Document>,
}

impl Report for Written {
    fn text(&self, page: Page) -> Text {
        match (&self.edit, &self.path) {
            (Some(edit), _) => edit.text(page),
            (None, Some(path)) if self.dry_run => {
                Text::saying(format_args!("{DRY_RUN} it would write {path}"))
            }
            (None, Some(path)) => Text::saying(format_args!("written to {path}")),
            (None, None) => Text::default(),
        }
    }

    fn made(&self) -> Made {
        match (&self.edit, &self.path) {
            (Some(edit), _) => edit.made(),
            (None, Some(_)) if !self.dry_run => Made::File,
            (None, _) => Made::Nothing,
        }
    }
}
