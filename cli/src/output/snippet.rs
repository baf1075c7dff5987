//! The lines of a file around a finding, drawn by annotate-snippets.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};
use guichet::core::Severity;
use guichet::core::visible::in_place;
use guichet::storage::json::MAX_BYTES;
use guichet::storage::redact::Redacted;

use super::{Page, Paint, Text, visible};
use crate::error::{Finding, Source};

/// Findings of an error drawn with their lines; the rest is counted.
const DRAWN: usize = 10;
/// How many characters of a line are drawn at most on each side of what a finding is about; of those,
/// what fits the width.
const AROUND: usize = 500;
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
    let path = visible(&path);
    let mut group = Group::with_title(title);
    let line = lines.get(&(finding.path.as_path(), finding.line));
    let window = line.and_then(|line| line.around(finding));
    if let Some(window) = &window {
        let place = finding.pointer.as_deref().map(visible);
        let annotation = AnnotationKind::Primary
            .span(window.span.clone())
            .label(place.filter(|pointer| !pointer.is_empty()));
        let source = Snippet::source(window.text)
            .path(&*path)
            .line_start(finding.line)
            .annotation(annotation);
        group = group.element(source);
    } else {
        let origin = Origin::path(&*path)
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
    let drawing = renderer.term_width(width).render(&[group]);
    Text::drawn(&match window {
        Some(window) if window.left_out > 0 => with_column(&drawing, finding, &window),
        _ => drawing,
    })
}

/// Puts the column of the file in the place of that of the window. The place is on the second line: a
/// title has one.
fn with_column(drawing: &str, finding: &Finding, window: &Window<'_>) -> String {
    let place = |column: usize| format!(":{}:{column}", finding.line);
    let title = drawing.find('\n').map_or(0, |end| end + 1);
    let (title, rest) = drawing.split_at(title);
    let (origin, rest) = rest.split_at(rest.find('\n').unwrap_or(rest.len()));
    let shown = place(finding.column.saturating_sub(window.left_out));
    match origin.rsplit_once(&shown) {
        Some((before, after)) => {
            format!("{title}{before}{}{after}{rest}", place(finding.column))
        }
        None => drawing.to_owned(),
    }
}

/// Lines of files, by their numbers.
type SourceLines<'f> = BTreeMap<(&'f Path, usize), SourceLine>;

/// A line, character for character safe to be drawn.
#[derive(Debug)]
struct SourceLine {
    text: String,
    /// Where the characters begin that a window or what it is about begins or ends with, by their
    /// numbers from 0.
    bytes: HashMap<usize, usize>,
}

/// What is drawn of a line.
#[derive(Debug)]
struct Window<'l> {
    text: &'l str,
    /// What it is about, in bytes of the text.
    span: Range<usize>,
    /// How many characters of the line are before the text.
    left_out: usize,
}

impl SourceLine {
    /// Finds in one pass whatever findings need of a line.
    fn of<'f>(text: String, findings: impl Iterator<Item = &'f Finding>) -> Self {
        let mut wanted: Vec<usize> = findings.flat_map(edges).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut wanted = wanted.into_iter().peekable();
        let characters = text.char_indices().map(|(byte, _)| byte).enumerate();
        let bytes = characters
            .filter(|(index, _)| wanted.next_if_eq(index).is_some())
            .collect();
        Self { text, bytes }
    }

    /// Returns what is around a finding.
    fn around(&self, finding: &Finding) -> Option<Window<'_>> {
        let [start, from, to, end] = edges(finding);
        let byte = |index| self.bytes.get(&index).copied().unwrap_or(self.text.len());
        let first = byte(start);
        Some(Window {
            text: self.text.get(first..byte(end))?,
            span: byte(from) - first..byte(to) - first,
            left_out: start,
        })
    }
}

/// Returns between which characters of a line a window is, and what it is about.
fn edges(finding: &Finding) -> [usize; 4] {
    let from = finding.column.saturating_sub(1);
    let to = from.saturating_add(finding.width.min(AROUND));
    [
        from.saturating_sub(AROUND),
        from,
        to,
        to.saturating_add(AROUND),
    ]
}

/// Reads the lines of findings, each file once.
///
/// A stored password is known by what is around it too, so each file is read whole.
fn lines_of(findings: &[Finding]) -> SourceLines<'_> {
    let mut wanted: Vec<&Finding> = findings.iter().collect();
    wanted.sort_by_key(|finding| (finding.path.as_path(), finding.line));
    let mut lines = SourceLines::new();
    for of_file in wanted.chunk_by(|left, right| left.path == right.path) {
        let Some(Finding { path, source, .. }) = of_file.first() else {
            continue;
        };
        let Ok(bytes) = bytes_of(path, source) else {
            continue;
        };
        let text = String::from_utf8_lossy(&bytes);
        let text = Redacted::file(&text).masked();
        let mut numbered = (1..).zip(text.split('\n'));
        for of_line in of_file.chunk_by(|left, right| left.line == right.line) {
            let number = of_line.first().map_or(0, |finding| finding.line);
            if let Some((_, line)) = numbered.find(|(line, _)| *line == number) {
                let line = line.trim_end_matches('\r').trim_start_matches('\u{feff}');
                let line = SourceLine::of(in_place(line).into_owned(), of_line.iter().copied());
                lines.insert((path, number), line);
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

#[cfg(test)]
mod tests {
    use guichet::core::Severity;

    use super::{AROUND, SourceLine};
    use crate::error::{Finding, Source};

    fn finding(column: usize, width: usize) -> Finding {
        Finding {
            severity: Severity::Info,
            code: "empty-group",
            message: String::new(),
            help: None,
            path: "directory.json".into(),
            source: Source::File,
            pointer: None,
            line: 1,
            column,
            width,
            fixable: false,
        }
    }

    /// As many findings again in a line as long again: the whole line was drawn for each.
    #[test]
    fn what_is_drawn_of_a_long_line_grows_with_its_findings() {
        for findings in [1_000, 2_000, 4_000] {
            let findings: Vec<Finding> = (0..findings).map(|at| finding(10 * at + 1, 4)).collect();
            let line = SourceLine::of("é".repeat(10 * findings.len()), findings.iter());
            let drawn = findings
                .iter()
                .map(|one| line.around(one).unwrap().text.len());
            assert!(drawn.sum::<usize>() <= findings.len() * 2 * (2 * AROUND + 4));
            assert!(line.bytes.len() <= findings.len() * 4);
        }
    }

    #[test]
    fn a_window_is_of_whole_characters_and_keeps_its_place() {
        let text = "é".repeat(2_000) + "name" + &"é".repeat(10);
        let one = finding(2_001, 4);
        let line = SourceLine::of(text, std::iter::once(&one));
        let window = line.around(&one).unwrap();
        assert_eq!(window.text.get(window.span.clone()), Some("name"));
        assert_eq!(window.left_out, 2_000 - AROUND);
        let behind = finding(9_999, 1);
        let line = SourceLine::of("short".to_owned(), std::iter::once(&behind));
        assert_eq!(line.around(&behind).unwrap().text, "");
    }
}
