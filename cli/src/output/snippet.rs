//! The lines of a file around a finding, drawn by annotate-snippets.

use std::io::{BufRead as _, BufReader};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};
use guichet_core::Severity;

use super::{Lines, Page, Paint, visible};
use crate::error::Finding;

/// Findings drawn with their lines; the rest is counted.
const DRAWN: usize = 10;
/// The longest line that is drawn, in bytes; of that, what fits the width.
const LONGEST: usize = 100_000;
/// The width of a drawing that does not go to a terminal.
const WIDTH: usize = 100;

/// Draws findings with the lines that they are about, each under its own title.
///
/// The file is read again for it, line by line and no further than the last finding; a file that has
/// gone meanwhile leaves the findings without their lines.
pub(crate) fn snippets(findings: &[Finding], page: Page) -> String {
    let mut text = Lines::default();
    let mut last_help = None;
    for finding in findings.iter().take(DRAWN) {
        let title = level(finding.severity).primary_title(visible(&finding.message));
        let help = finding
            .help
            .as_deref()
            .filter(|help| Some(*help) != last_help);
        last_help = finding.help.as_deref();
        text.line(draw(title, finding, help, page));
    }
    if findings.len() > DRAWN {
        text.line(format_args!("… and {} more", findings.len() - DRAWN));
    }
    text.finish()
}

/// Draws the one finding that an error consists of, under the title of the error.
pub(crate) fn snippet(message: &str, finding: &Finding, page: Page) -> String {
    let title = level(finding.severity).primary_title(visible(message));
    let mut text = Lines::default();
    text.line(draw(title, finding, None, page));
    text.finish()
}

const fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    }
}

fn draw(title: Title<'_>, finding: &Finding, help: Option<&str>, page: Page) -> String {
    let path = finding.path.display().to_string();
    let mut group = Group::with_title(title);
    if let Some(line) = line_of(finding) {
        let byte_of = |index: usize| {
            let mut places = line.char_indices().map(|(byte, _)| byte);
            places.nth(index).unwrap_or(line.len())
        };
        let column = finding.column.saturating_sub(1);
        let place = finding.pointer.clone();
        let annotation = AnnotationKind::Primary
            .span(byte_of(column)..byte_of(column.saturating_add(1)))
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
    renderer.term_width(width).render(&[group])
}

/// The finding's line, unless it is too long to be drawn.
fn line_of(finding: &Finding) -> Option<String> {
    let file = std::fs::File::open(&finding.path).ok()?;
    let mut lines = BufReader::new(file);
    let mut bytes = Vec::new();
    for _ in 0..finding.line {
        bytes.clear();
        lines.read_until(b'\n', &mut bytes).ok()?;
    }
    let line = String::from_utf8_lossy(&bytes);
    let line = line
        .trim_end_matches(['\r', '\n'])
        .trim_start_matches('\u{feff}');
    (line.len() <= LONGEST).then(|| line.to_owned())
}
