//! What the parser says instead of a command: help, the version, or what is wrong with the words.

use std::ffi::OsString;

use clap::ValueEnum;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use serde::Serialize;
use serde_json::{Value, json};

use crate::args::Format;
use crate::error::{CliError, Result};
use crate::output::{Page, Report, Text};

/// Help or the version, as the parser answers the flag.
#[derive(Debug, Serialize)]
#[serde(transparent)]
struct AskedFor {
    document: Value,
    #[serde(skip)]
    text: Text,
}

impl Report for AskedFor {
    fn text(&self, _: Page) -> Text {
        self.text.clone()
    }
}

/// Sorts out why there is no command to run.
pub(crate) fn answer(error: &clap::Error) -> Result<Box<dyn Report>> {
    let text = Text::of_parser(&error.render());
    let document = match error.kind() {
        ErrorKind::DisplayVersion => json!({
            "name": "guichet",
            "version": env!("CARGO_PKG_VERSION"),
            "commit": env!("GUICHET_COMMIT"),
        }),
        ErrorKind::DisplayHelp => Value::String(text.as_plain().into_owned()),
        _ => {
            let error = in_one_sentence(error);
            return Err(CliError {
                in_full: Some(Box::new(text)),
                ..error
            });
        }
    };
    Ok(Box::new(AskedFor { document, text }))
}

/// The parser's lines as one message, and its tips as help.
fn in_one_sentence(error: &clap::Error) -> CliError {
    let no_command = matches!(
        error.kind(),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand
    );
    let plain = error.render().to_string();
    let mut paragraphs = plain.split("\n\n");
    let first = paragraphs.next().filter(|_| !no_command);
    let message = first.map_or_else(
        || "a command is missing".to_owned(),
        |first| words(first.strip_prefix("error: ").unwrap_or(first)),
    );
    let tips = paragraphs.flat_map(str::lines);
    let tips = tips.filter_map(|line| line.trim().strip_prefix("tip: "));
    let mut help: Vec<&str> = tips.collect();
    help.push("List the commands: `guichet help`.");
    CliError::new("usage", message).help(help.join("; "))
}

/// Returns words that ask `help` for what was asked below a command, as in `guichet users help add`, or
/// the flag for the version.
pub(crate) fn asked_below(words: &[OsString], error: &clap::Error) -> Option<Vec<OsString>> {
    let Some(ContextValue::String(refused)) = error.get(ContextKind::InvalidSubcommand) else {
        return None;
    };
    let at = words.iter().position(|word| word == refused.as_str())?;
    let mut words = words.to_vec();
    let word = words.remove(at);
    words.insert(
        1,
        match refused.as_str() {
            "help" => word,
            "version" => "--version".into(),
            _ => return None,
        },
    );
    Some(words)
}

/// Joins lines and runs of spaces.
fn words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// Tells whether words that the parser refused ask for JSON by the short flag.
pub(crate) fn asked_for_json(words: &[OsString]) -> Option<Format> {
    let mut words = words.iter().take_while(|word| *word != "--");
    words.any(|word| word == "--json").then_some(Format::Json)
}

/// Finds a flag's value in words that the parser refused; the last one counts.
pub(crate) fn asked_for<V: ValueEnum>(words: &[OsString], flag: &str) -> Option<V> {
    let mut words = words.iter().filter_map(|word| word.to_str());
    let mut found = None;
    while let Some(word) = words.next() {
        let value = match word.strip_prefix(flag) {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('='),
            None => continue,
        };
        found = value.and_then(|value| V::from_str(value, false).ok());
    }
    found
}
