//! The lines of a file around a finding, drawn by annotate-snippets.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};
use guichet::core::visible::in_place;
use guichet::storage::filesystem::Disk;
use guichet::{Excerpts, Finding, ReadBytes, Severity};

use super::{Page, Paint, Text, visible};
use crate::files;

/// Findings of an error drawn with their lines; the rest is counted.
const DRAWN: usize = 10;
/// The width of a drawing that does not go to a terminal.
const WIDTH: usize = 100;

/// Draws the first findings with the lines that they are about, each under its own title, and counts
/// the rest.
///
/// What was read for them is shown. Where only the file is known it is read again; one that has gone
/// meanwhile leaves the findings without their lines.
pub(crate) fn snippets(findings: &[Finding], read: Option<&ReadBytes>, page: Page) -> Text {
    let drawn = findings.get(..DRAWN).unwrap_or(findings);
    let lines = Excerpts::read(&Disk, drawn, read);
    let mut text = Text::default();
    let mut last_help = None;
    for finding in drawn {
        let help = finding.help.as_deref();
        let new_help = help.filter(|help| Some(*help) != last_help);
        last_help = help;
        let title = title(finding, &finding.message);
        text.append(&draw(title, finding, new_help, &lines, page));
    }
    if findings.len() > DRAWN {
        text.line(format_args!("… and {} more", findings.len() - DRAWN));
    }
    text
}

/// Draws every finding as [`snippets`] does, with its code in its title and an empty line after it.
pub(crate) fn coded_snippets(findings: &[Finding], page: Page) -> Text {
    let mut text = Text::default();
    let lines = Excerpts::read(&Disk, findings, None);
    for finding in findings {
        let title = title(finding, &finding.message).id(finding.code);
        text.append(&draw(title, finding, finding.help.as_deref(), &lines, page));
        text.end();
    }
    text
}

/// Draws the one finding that an error consists of, under the title of the error.
pub(crate) fn snippet(
    message: &str,
    finding: &Finding,
    read: Option<&ReadBytes>,
    page: Page,
) -> Text {
    let lines = Excerpts::read(&Disk, std::slice::from_ref(finding), read);
    draw(title(finding, message), finding, None, &lines, page)
}

fn title<'m>(finding: &Finding, message: &'m str) -> Title<'m> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    level.primary_title(visible(message))
}

fn draw(
    title: Title<'_>,
    finding: &Finding,
    help: Option<&str>,
    lines: &Excerpts<'_>,
    page: Page,
) -> Text {
    let path = files::name(&finding.path);
    let path = visible(&path);
    let position = finding.position;
    let (line, column) = (position.line as usize, position.column as usize);
    let mut group = Group::with_title(title);
    let excerpt = lines.around(finding);
    let source = excerpt.as_ref().map(|excerpt| {
        // Character for character, but not byte for byte.
        let part = |part: Range<usize>| in_place(excerpt.text.get(part).unwrap_or_default());
        let mut source = part(0..excerpt.span.start).into_owned();
        let start = source.len();
        source.push_str(&part(excerpt.span.clone()));
        let span = start..source.len();
        source.push_str(&part(excerpt.span.end..excerpt.text.len()));
        (source, span)
    });
    if let Some((source, span)) = &source {
        let place = finding.pointer.as_deref().map(visible);
        let annotation = AnnotationKind::Primary
            .span(span.clone())
            .label(place.filter(|pointer| !pointer.is_empty()));
        let source = Snippet::source(source)
            .path(&*path)
            .line_start(line)
            .annotation(annotation);
        group = group.element(source);
    } else {
        let origin = Origin::path(&*path).line(line).char_column(column);
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
    let mut text = Text::drawn(&match excerpt.map_or(0, |excerpt| excerpt.left_out) {
        0 => drawing,
        left_out => with_column(&drawing, line, column, left_out),
    });
    text.end();
    text
}

/// Puts the column of the file in the place of that of the excerpt. The place is on the second line: a
/// title has one.
fn with_column(drawing: &str, line: usize, column: usize, left_out: usize) -> String {
    let place = |column: usize| format!(":{line}:{column}");
    let title = drawing.find('\n').map_or(0, |end| end + 1);
    let (title, rest) = drawing.split_at(title);
    let (origin, rest) = rest.split_at(rest.find('\n').unwrap_or(rest.len()));
    match origin.rsplit_once(&place(column.saturating_sub(left_out))) {
        Some((before, after)) => format!("{title}{before}{}{after}{rest}", place(column)),
        None => drawing.to_owned(),
    }
}
