//! The lines of a file around a finding, drawn by annotate-snippets.

use std::io::{BufRead as _, BufReader};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use guichet_core::Severity;

use super::{Lines, Page, Paint};
use crate::error::Finding;

/// Findings drawn with their lines; the rest is counted.
const DRAWN: usize = 10;
/// The longest piece of a line that is drawn, in characters.
const WINDOW: usize = 120;

/// Draws findings with the lines that they are about.
///
/// The file is read again for it, line by line and no further than the last finding; a file that has
/// gone meanwhile leaves the findings without their lines.
pub(crate) fn snippets(findings: &[Finding], page: Page) -> String {
    let renderer = match page.paint {
        Paint::Colour => Renderer::styled(),
        Paint::Plain => Renderer::plain(),
    };
    let mut text = Lines::default();
    for finding in findings.iter().take(DRAWN) {
        let Some((line, column)) = window(finding) else {
            continue;
        };
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let start = line
            .char_indices()
            .nth(column)
            .map_or(line.len(), |(byte, _)| byte);
        let end = line
            .char_indices()
            .nth(column + 1)
            .map_or(line.len(), |(byte, _)| byte);
        let path = finding.path.display().to_string();
        let place = finding
            .pointer
            .clone()
            .filter(|pointer| !pointer.is_empty());
        let annotation = AnnotationKind::Primary.span(start..end).label(place);
        let snippet = Snippet::source(line.as_str())
            .line_start(finding.line)
            .path(path)
            .annotation(annotation);
        let report = level
            .primary_title(finding.message.as_str())
            .element(snippet);
        text.line(renderer.render(&[report]));
    }
    if findings.len() > DRAWN {
        text.line(format_args!("… and {} more", findings.len() - DRAWN));
    }
    text.finish()
}

/// The piece of the finding's line around its column, and the column in that piece from 0.
fn window(finding: &Finding) -> Option<(String, usize)> {
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
    let column = finding.column.saturating_sub(1);
    let skipped = column.saturating_sub(WINDOW / 2);
    let piece: String = line.chars().skip(skipped).take(WINDOW).collect();
    Some((piece, column - skipped))
}
