//! How an error is told: to people in lines, to programs as one object.

use guichet::Finding;
use serde_json::{Value, json};

use crate::error::CliError;
use crate::output::{Ink, Page, Text, count, snippet, snippets};

/// Tells an error to a person: `error:`, the place, the causes, then `help:`.
pub(crate) fn text(error: &CliError, page: Page) -> Text {
    match error.findings.as_slice() {
        [] => without_findings(error),
        [only] => {
            let mut text = Text::default();
            text.append(&snippet(
                &error.message,
                only,
                error.place.read.as_ref(),
                page,
            ));
            add_help(&mut text, error);
            text
        }
        several => {
            let mut text = Text::default();
            let path = several.first().map(|finding| finding.path.display());
            let path = path.map(|path| path.to_string()).unwrap_or_default();
            text.ink(Ink::No, "error");
            text.line(format_args!(
                ": `{path}` cannot be used: {}",
                count(several.len(), "problem")
            ));
            text.append(&snippets(several, error.place.read.as_ref(), page));
            text
        }
    }
}

fn without_findings(error: &CliError) -> Text {
    let mut text = Text::default();
    text.ink(Ink::No, "error");
    text.line(format_args!(": {}", error.message));
    if let Some(place) = place(error) {
        text.line(format_args!("  --> {place}"));
    }
    for cause in &error.causes {
        text.line(format_args!("  because: {cause}"));
    }
    add_help(&mut text, error);
    text
}

fn add_help(text: &mut Text, error: &CliError) {
    if let Some(help) = &error.help {
        text.help(help);
    }
}

/// The file and the line, unless the message names the file and there is no line.
fn place(error: &CliError) -> Option<String> {
    let place = &error.place;
    let path = place.path.as_ref().map(|path| path.display().to_string());
    match (path, place.line, place.column) {
        (None, None, _) => None,
        (None, Some(line), Some(column)) => Some(format!("line {line}, column {column}")),
        (None, Some(line), None) => Some(format!("line {line}")),
        (Some(path), None, _) => (!error.message.contains(&path)).then_some(path),
        (Some(path), Some(line), None) => Some(format!("{path}:{line}")),
        (Some(path), Some(line), Some(column)) => Some(format!("{path}:{line}:{column}")),
    }
}

/// Tells an error to a program.
pub(crate) fn json(error: &CliError) -> Value {
    let mut message = error.message.clone();
    for cause in &error.causes {
        message.push_str(": ");
        message.push_str(cause);
    }
    json!({"error": {
        "code": error.code,
        "message": message,
        "help": error.help,
        "path": error.place.path.as_ref().map(|path| path.display().to_string()),
        "line": error.place.line,
        "column": error.place.column,
        "problems": error.findings.iter().map(problem).collect::<Vec<_>>(),
    }})
}

fn problem(finding: &Finding) -> Value {
    json!({
        "code": finding.code,
        "severity": finding.severity.as_str(),
        "message": finding.message,
        "help": finding.help,
        "pointer": finding.pointer,
        "line": finding.position.line,
        "column": finding.position.column,
    })
}
