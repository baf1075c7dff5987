//! The children of an object or an array: which stay, which go, and which are new.

use std::ops::Range;

use super::container::Sheet;
use super::patch::TextEdit;
use super::style::{has_line_end, lead_at};
use super::value::{Fresh, inner_lead};
use crate::json::Node;

/// The children of a container, and what becomes of them.
#[derive(Debug)]
pub(super) struct Children {
    /// The container, its brackets included.
    container: Range<usize>,
    /// What is before the container's line.
    lead: String,
    spans: Vec<Range<usize>>,
    kept: Vec<bool>,
    /// New children, each before the child that has the index.
    inserted: Vec<(usize, Fresh)>,
}

impl Children {
    /// Begins to edit a container; `start` is where its line begins: at its key, or at itself.
    pub(super) fn new(
        sheet: &Sheet<'_>,
        node: Node<'_>,
        start: usize,
        spans: Vec<Range<usize>>,
    ) -> Self {
        let lead = if node.index() == 0 {
            sheet.style.line_end.clone()
        } else {
            lead_at(sheet.document.text(), start).to_owned()
        };
        Self {
            container: node.span(),
            lead,
            kept: vec![true; spans.len()],
            spans,
            inserted: Vec::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    pub(super) fn is_kept(&self, index: usize) -> bool {
        self.kept.get(index).copied().unwrap_or(false)
    }

    pub(super) fn remove(&mut self, index: usize) {
        if let Some(kept) = self.kept.get_mut(index) {
            *kept = false;
        }
    }

    /// Puts a new child before the one that has an index, after those that were put there already.
    pub(super) fn insert(&mut self, before: usize, child: Fresh) {
        self.inserted.push((before, child));
    }

    /// Returns whether nothing is left.
    pub(super) fn is_empty(&self) -> bool {
        self.inserted.is_empty() && !self.kept.contains(&true)
    }

    /// Writes the edits, each run of changes between two children that stay as one.
    pub(super) fn finish(mut self, sheet: &mut Sheet<'_>) {
        if self.inserted.is_empty() && !self.kept.contains(&false) {
            return;
        }
        self.inserted.sort_by_key(|(before, _)| *before);
        let mut inserted = std::mem::take(&mut self.inserted).into_iter().peekable();
        let mut previous = None;
        let mut fresh = Vec::new();
        for index in 0..=self.len() {
            while let Some((_, child)) = inserted.next_if(|(before, _)| *before <= index) {
                fresh.push(child);
            }
            let next = self.spans.get(index).is_some().then_some(index);
            if next.is_none_or(|next| self.is_kept(next)) {
                self.run(sheet, previous, next, &std::mem::take(&mut fresh));
                previous = next;
            }
        }
    }

    /// Edits what is between two children that stay; none stands for the container's ends.
    fn run(
        &self,
        sheet: &mut Sheet<'_>,
        previous: Option<usize>,
        next: Option<usize>,
        fresh: &[Fresh],
    ) {
        let first = previous.map_or(0, |previous| previous + 1);
        let behind = next.unwrap_or(self.len());
        let removed = self.spans.get(first..behind).unwrap_or_default();
        let start_of = |index: Option<usize>| Some(self.spans.get(index?)?.start);
        let end_of = |index: Option<usize>| Some(self.spans.get(index?)?.end);
        let text = sheet.document.text();
        let edit = match (removed, fresh.is_empty()) {
            ([], true) => return,
            ([one, .., last], false) => (one.start, last.end, replaced(sheet, one, fresh)),
            ([one], false) => (one.start, one.end, replaced(sheet, one, fresh)),
            ([one, ..], true) => match (end_of(previous), start_of(next)) {
                (_, Some(next)) => (one.start, next, String::new()),
                (Some(previous), None) => {
                    let last = removed.last().map_or(previous, |last| last.end);
                    (previous, last, String::new())
                }
                (None, None) => (
                    self.container.start + 1,
                    self.container.end - 1,
                    String::new(),
                ),
            },
            ([], false) => match (end_of(previous), start_of(next)) {
                (_, Some(next)) => {
                    let lead = lead_at(text, next);
                    let mut out = String::new();
                    for child in fresh {
                        child.write(&mut out, lead, &sheet.style);
                        out.push(',');
                        out.push_str(sheet.style.between(lead));
                    }
                    (next, next, out)
                }
                (Some(end), None) => {
                    let lead = lead_at(text, start_of(previous).unwrap_or(end));
                    let mut out = String::new();
                    for child in fresh {
                        out.push(',');
                        out.push_str(sheet.style.between(lead));
                        child.write(&mut out, lead, &sheet.style);
                    }
                    (end, end, out)
                }
                (None, None) => (
                    self.container.start + 1,
                    self.container.end - 1,
                    self.filled(sheet, fresh),
                ),
            },
        };
        let (start, end, text) = edit;
        sheet.edits.push(TextEdit { start, end, text });
    }

    /// Returns what is between the brackets of a container that was empty.
    fn filled(&self, sheet: &Sheet<'_>, fresh: &[Fresh]) -> String {
        let inner = inner_lead(&self.lead, &sheet.style);
        let close = if has_line_end(&self.lead) {
            self.lead.as_str()
        } else {
            ""
        };
        format!("{inner}{}{close}", joined(sheet, &inner, fresh))
    }
}

/// Returns new children in the place of old ones, the first of which stood at `old`.
fn replaced(sheet: &Sheet<'_>, old: &Range<usize>, fresh: &[Fresh]) -> String {
    joined(sheet, lead_at(sheet.document.text(), old.start), fresh)
}

fn joined(sheet: &Sheet<'_>, lead: &str, fresh: &[Fresh]) -> String {
    let mut out = String::new();
    for (index, child) in fresh.iter().enumerate() {
        if index > 0 {
            out.push(',');
            out.push_str(sheet.style.between(lead));
        }
        child.write(&mut out, lead, &sheet.style);
    }
    out
}
