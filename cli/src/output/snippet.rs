//! The lines of a file around a finding, drawn by annotate-snippets.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};
use guichet::core::Severity;
use guichet::storage::json::MAX_BYTES;
use guichet::storage::redact::Redacted;

use super::visible::in_place;
use super::{Page, Paint, Text, visible};
use crate::error::{Finding, Source};

/// Findings of an error drawn with their lines; the rest is counted.
const DRAWN: usize = 10;
/// The longest line that is drawn, in bytes; of that, what fits the width.
const LONGEST: usize = 100_000;
/// The most bytes of a file that are looked through for lines to draw.
const LARGEST: u64 = MAX_BYTES as u64;
/// The width of a drawing that does not go to a terminal.
const WIDTH: usize = 100;

/// Draws the first findings with the lines that they are about, each under its own title, and counts
/// the rest.
///
/// What was read for them is shown. Where only the file is known it is read again; one that has gone
/// meanwhile leaves the findings without their lines.
pub(crate) fn snippets(findings: &[Finding], page: Page) -> Text {
    let drawn = findings.get(..DRAWN).unwrap_or(findings);
    let lines = lines_of(drawn);
    let mut text = Text::default();
    let mut last_help = None;
    for finding in drawn {
        let title = level(finding.severity).primary_title(visible(&finding.message));
        let help = finding.help.as_deref();
        let new_help = help.filter(|help| Some(*help) != last_help);
        last_help = help;
        text.line_of(&draw(title, finding, new_help, &lines, page));
    }
    if findings.len() > DRAWN {
        text.line(format_args!("… and {} more", findings.len() - DRAWN));
    }
    text
}

/// Draws every finding as [`snippets`] does, with its code in its title and an empty line behind it.
pub(crate) fn coded_snippets(findings: &[Finding], page: Page) -> Text {
    let mut text = Text::default();
    let lines = lines_of(findings);
    for finding in findings {
        let title = level(finding.severity)
            .primary_title(visible(&finding.message))
            .id(finding.code);
        let help = finding.help.as_deref();
        text.line_of(&draw(title, finding, help, &lines, page));
        text.end();
    }
    text
}

/// Draws the one finding that an error consists of, under the title of the error.
pub(crate) fn snippet(message: &str, finding: &Finding, page: Page) -> Text {
    let title = level(finding.severity).primary_title(visible(message));
    let lines = lines_of(std::slice::from_ref(finding));
    let mut text = Text::default();
    text.line_of(&draw(title, finding, None, &lines, page));
    text
}

const fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    }
}

fn draw(
    title: Title<'_>,
    finding: &Finding,
    help: Option<&str>,
    lines: &SourceLines<'_>,
    page: Page,
) -> Text {
    let path = finding.path.display().to_string();
    let mut group = Group::with_title(title);
    let line = lines.get(&(finding.path.as_path(), finding.line));
    if let Some(line) = line.map(String::as_str) {
        let byte_of = |index: usize| {
            let mut places = line.char_indices().map(|(byte, _)| byte);
            places.nth(index).unwrap_or(line.len())
        };
        let column = finding.column.saturating_sub(1);
        let place = finding.pointer.as_deref().map(visible);
        let annotation = AnnotationKind::Primary
            .span(byte_of(column)..byte_of(column.saturating_add(finding.width)))
            .label(place.filter(|pointer| !pointer.is_empty()));
        let source = Snippet::source(line)
            .path(visible(&path))
            .line_start(finding.line)
            .annotation(annotation);
        group = group.element(source);
    } else {
        let origin = Origin::path(visible(&path))
            .line(finding.line)
            .char_column(finding.column);
        group = group.element(origin);
    }
    if let Some(help) = help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    let renderer = match page.paint {
        Paint::Colour => Renderer::styled(),
        Paint::Plain => Renderer::plain(),
    };
    let width = page.width.map_or(WIDTH, usize::from);
    Text::drawn(&renderer.term_width(width).render(&[group]))
}

/// Lines of files, by their numbers.
type SourceLines<'f> = BTreeMap<(&'f Path, usize), String>;

/// Reads the lines of findings, each file once, character for character safe to be drawn; without those
/// that are too long for it.
///
/// A stored password is known by what stands around it too, so each file is read whole.
fn lines_of(findings: &[Finding]) -> SourceLines<'_> {
    let mut wanted: Vec<(&Path, usize, &Source)> = findings
        .iter()
        .map(|finding| (finding.path.as_path(), finding.line, &finding.source))
        .collect();
    wanted.sort_by_key(|(path, line, _)| (*path, *line));
    wanted.dedup_by_key(|(path, line, _)| (*path, *line));
    let mut lines = SourceLines::new();
    for of_file in wanted.chunk_by(|(left, ..), (right, ..)| left == right) {
        let Some((path, _, source)) = of_file.first() else {
            continue;
        };
        let Ok(bytes) = bytes_of(path, source) else {
            continue;
        };
        let text = String::from_utf8_lossy(&bytes);
        let text = Redacted::file(&text).masked();
        let mut numbered = (1..).zip(text.split('\n'));
        for (path, number, _) in of_file {
            let line = numbered.find(|(line, _)| line == number);
            let line = line
                .map(|(_, line)| line)
                .filter(|line| line.len() <= LONGEST);
            if let Some(line) = line {
                let line = line.trim_end_matches('\r').trim_start_matches('\u{feff}');
                lines.insert((path, *number), in_place(line));
            }
        }
    }
    lines
}

/// Returns what findings are about. Only a file holds the same when it is read again: opening a pipe
/// would wait for whoever writes to it.
fn bytes_of<'s>(path: &Path, source: &'s Source) -> io::Result<Cow<'s, [u8]>> {
    match source {
        Source::Read(bytes) => Ok(Cow::Borrowed(bytes)),
        Source::File if !fs::metadata(path)?.is_file() => Err(io::ErrorKind::InvalidInput.into()),
        Source::File => {
            let mut bytes = Vec::new();
            File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
            Ok(Cow::Owned(bytes))
        }
    }
}
