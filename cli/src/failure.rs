//! How an error is told: to people in lines, to programs as one object.

use serde_json::{Value, json};

use crate::error::{CliError, Finding};
use crate::output::{Ink, Lines, Page, count, snippet, snippets, visible};

/// Tells an error to a person: `error:`, the place, the causes, then `help:`.
pub(crate) fn text(error: &CliError, page: Page) -> String {
    match error.findings.as_slice() {
        [] => without_findings(error, page),
        [only] => {
            let mut text = Lines::default();
            text.add(snippet(&error.message, only, page));
            add_help(&mut text, error, page);
            text.finish()
        }
        several => {
            let mut text = Lines::default();
            let path = several.first().map(|finding| finding.path.display());
            let path = path.map(|path| path.to_string()).unwrap_or_default();
            text.line(format_args!(
                "{}: `{}` cannot be used: {}",
                page.paint.ink(Ink::No, "error"),
                visible(&path),
                count(several.len(), "problem")
            ));
            text.add(snippets(several, page));
            text.finish()
        }
    }
}

fn without_findings(error: &CliError, page: Page) -> String {
    let mut text = Lines::default();
    text.line(format_args!(
        "{}: {}",
        page.paint.ink(Ink::No, "error"),
        visible(&error.message)
    ));
    if let Some(place) = place(error) {
        text.line(format_args!("  --> {}", visible(&place)));
    }
    for cause in &error.causes {
        text.line(format_args!("  because: {}", visible(cause)));
    }
    add_help(&mut text, error, page);
    text.finish()
}

fn add_help(text: &mut Lines, error: &CliError, page: Page) {
    if let Some(help) = &error.help {
        let word = page.paint.ink(Ink::Help, "help");
        text.line(format_args!("{word}: {}", visible(help)));
    }
}

/// The file and the line, unless the message names the file and there is no line.
fn place(error: &CliError) -> Option<String> {
    let place = &error.place;
    let path = place.path.as_ref().map(|path| path.display().to_string());
    match (path, place.line, place.column) {
        (None, None, _) => None,
        (None, Some(line), _) => Some(format!("line {line}")),
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
        "line": finding.line,
        "column": finding.column,
    })
}
