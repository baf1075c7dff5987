//! How a file is laid out: its line ends, its indentation, its colons.

use crate::json::Node;

/// The layout of a file, taken from its outermost object.
#[derive(Clone, Debug)]
pub(crate) struct Style {
    /// The line end; empty in a file that is one line.
    pub(super) line_end: String,
    /// What a level is indented by.
    pub(super) unit: String,
    /// What is between a key and its value.
    pub(super) colon: String,
    /// What is after a comma in a container that is one line.
    pub(super) gap: String,
}

impl Style {
    /// Returns the layout that 4D writes.
    pub(crate) fn of_4d() -> Self {
        Self {
            line_end: "\n".to_owned(),
            unit: "\t".to_owned(),
            colon: ": ".to_owned(),
            gap: " ".to_owned(),
        }
    }

    /// Looks at how a document is laid out.
    pub(crate) fn from_root(text: &str, root: Node<'_>) -> Self {
        let mut members = root.members();
        let Some(first) = members.next() else {
            return Self::of_4d();
        };
        let between = text.get(first.key.span().end..first.value.span().start);
        let colon = between
            .filter(|colon| !has_line_end(colon))
            .unwrap_or(": ")
            .to_owned();
        let lead = lead_at(text, first.key.span().start);
        let width = line_end_width(lead);
        let (line_end, unit) = lead.split_at_checked(width).unwrap_or(("", ""));
        let gap = match members.next().map(|second| second.key.span().start) {
            Some(second) => lead_at(text, second).to_owned(),
            None if colon.ends_with(' ') => " ".to_owned(),
            None => String::new(),
        };
        Self {
            line_end: line_end.to_owned(),
            unit: if width == 0 { "" } else { unit }.to_owned(),
            gap: if has_line_end(&gap) {
                " ".to_owned()
            } else {
                gap
            },
            colon,
        }
    }

    /// Returns what is before the second and every further child, where this is before another one.
    pub(super) fn between<'s>(&'s self, lead: &'s str) -> &'s str {
        if has_line_end(lead) { lead } else { &self.gap }
    }
}

/// Returns whether there is a line end.
pub(super) fn has_line_end(text: &str) -> bool {
    text.contains(['\n', '\r'])
}

/// Returns the white space before an offset, from the last line end on where there is one.
pub(crate) fn lead_at(text: &str, offset: usize) -> &str {
    let before = text.get(..offset).unwrap_or_default();
    let space = before.trim_end_matches([' ', '\t', '\r', '\n']).len();
    let lead = before.get(space..).unwrap_or_default();
    let Some(last) = lead.rfind(['\n', '\r']) else {
        return lead;
    };
    let start = match last.checked_sub(1).and_then(|at| lead.get(at..=last)) {
        Some("\r\n") => last - 1,
        _ => last,
    };
    lead.get(start..).unwrap_or_default()
}

/// Returns the length of the line end that a text begins with.
fn line_end_width(text: &str) -> usize {
    if text.starts_with("\r\n") {
        2
    } else {
        usize::from(text.starts_with(['\n', '\r']))
    }
}
