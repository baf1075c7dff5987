//! How an error is printed: for people in lines, for programs as one object.

use serde_json::{Value, json};

use crate::error::CliError;
use crate::files;
use crate::output::{Ink, Page, Text, count, snippet, snippets};

/// Prints an error for a person: `error:`, the place, the causes, then `help:`.
pub(crate) fn text(error: &CliError, page: Page) -> Text {
    if let Some(text) = &error.in_full {
        return Text::clone(text);
    }
    let read = error.place.read.as_ref();
    let mut text = Text::default();
    match &*error.findings {
        [] => {
            text.ink(Ink::No, "error");
            text.line(format_args!(": {}", error.message));
            if let Some(place) = place(error) {
                text.line(format_args!("  --> {place}"));
            }
            for cause in &error.causes {
                text.line(format_args!("  because: {cause}"));
            }
        }
        [only] => text.append(&snippet(&error.message, only, read, page)),
        [first, ..] => {
            let problems = count(error.findings.len(), "problem");
            let file = files::called(&first.path);
            text.ink(Ink::No, "error");
            text.line(format_args!(": {file} cannot be used: {problems}"));
            text.append(&snippets(&error.findings, read, page));
            return text;
        }
    }
    if let Some(help) = &error.help {
        text.help(help);
    }
    text
}

/// The file and the line, unless the message names the file and there is no line.
fn place(error: &CliError) -> Option<String> {
    let path = files::name(error.place.path.as_deref()?);
    let Some(line) = error.place.line else {
        return (!error.message.contains(&*path)).then(|| path.into_owned());
    };
    let column = error.place.column.map(|column| format!(":{column}"));
    Some(format!("{path}:{line}{}", column.unwrap_or_default()))
}

/// Prints an error for a program.
pub(crate) fn json(error: &CliError) -> Value {
    let messages = [&error.message].into_iter().chain(&error.causes);
    let messages: Vec<&str> = messages.map(String::as_str).collect();
    let path = error.place.path.as_deref();
    let path = path.filter(|path| !files::is_standard_input(path));
    json!({"error": {
        "code": error.code,
        "message": messages.join(": "),
        "help": error.help,
        "path": path.map(|path| path.display().to_string()),
        "line": error.place.line,
        "column": error.place.column,
        "problems": error.findings,
    }})
}
