//! What the parser says instead of a command: help, the version, or what is wrong with the words.

use std::ffi::OsString;

use clap::error::ErrorKind;
use serde_json::{Value, json};

use crate::error::CliError;
use crate::output::Text;

/// What the parser has to say.
#[derive(Debug)]
pub(crate) enum Answer {
    /// It was asked for, and belongs on standard output.
    AskedFor(Text, Value),
    /// The command line is wrong.
    Wrong(Text, CliError),
}

/// Sorts out why there is no command to run.
pub(crate) fn answer(error: &clap::Error) -> Answer {
    let text = Text::of_parser(&error.render());
    match error.kind() {
        ErrorKind::DisplayVersion => {
            let version = json!({
                "name": "guichet",
                "version": env!("CARGO_PKG_VERSION"),
                "commit": env!("GUICHET_COMMIT"),
            });
            Answer::AskedFor(text, version)
        }
        ErrorKind::DisplayHelp => {
            let help = Value::String(error.render().to_string());
            Answer::AskedFor(text, help)
        }
        _ => Answer::Wrong(text, in_one_sentence(error)),
    }
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
    help.push("`guichet --help` lists commands and flags.");
    CliError::new("usage", message).help(help.join("; "))
}

/// Joins lines and runs of spaces.
fn words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// Finds a flag's value in words that the parser refused.
pub(crate) fn asked_for<'v>(words: &[OsString], flag: &str, values: &[&'v str]) -> Option<&'v str> {
    let mut words = words.iter().filter_map(|word| word.to_str());
    let mut found = None;
    while let Some(word) = words.next() {
        let value = match word.strip_prefix(flag) {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('='),
            None => continue,
        };
        found = value
            .and_then(|value| values.iter().find(|known| **known == value))
            .copied();
    }
    found
}
