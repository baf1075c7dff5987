//! The lines of the history file: which of the changes that began were made, and in which order they were.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::entry::HistoryEntry;
use super::history::Revisions;
use crate::revision::Revision;

/// A line of the history file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Line {
    /// A change that was made.
    Made(HistoryEntry),
    /// A change that is about to be made.
    Begun {
        /// What its line will be.
        begun: HistoryEntry,
        /// The revision of `guichet.toml` before, also where the change does not touch it; former versions left it out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        options: Option<Revision>,
    },
}

/// Returns the changes that were made: those that say so, and those that the files or the next change show.
pub(super) fn made(lines: &[String], now: Revisions) -> Vec<HistoryEntry> {
    let mut made: Vec<HistoryEntry> = Vec::new();
    let mut begun: Option<HistoryEntry> = None;
    for line in lines {
        match serde_json::from_str(line) {
            Ok(Line::Made(entry)) => {
                let other = begun.take().filter(|begun| *begun != entry);
                made.extend(other.filter(|begun| leads_to(begun, &entry, None)));
                made.push(entry);
            }
            Ok(Line::Begun {
                begun: entry,
                options,
            }) => {
                let other = begun.replace(entry.clone());
                made.extend(other.filter(|begun| leads_to(begun, &entry, options)));
            }
            Err(_) => {}
        }
    }
    made.extend(begun.filter(|begun| is_shown_by(begun, now)));
    made
}

/// Returns whether the files are what a change makes of them.
fn is_shown_by(entry: &HistoryEntry, now: Revisions) -> bool {
    let options = entry.options_after.is_none_or(|after| after == now.options);
    entry.after == now.directory && options
}

/// Returns whether another change began with what one made; `options` is the `guichet.toml` that the other one found.
fn leads_to(entry: &HistoryEntry, next: &HistoryEntry, options: Option<Revision>) -> bool {
    let options = match (entry.options_after, next.options_before.or(options)) {
        (Some(after), Some(before)) => after == before,
        (Some(_), None) => entry.before != entry.after,
        (None, _) => true,
    };
    entry.after == next.before && options
}

/// Returns the latest lines, so many and so long at most; the very latest whatever its length.
pub(super) fn latest(lines: &[String], most: usize, most_bytes: usize) -> &[String] {
    let mut bytes = 0;
    let kept = lines.iter().rev().take(most).enumerate();
    let kept = kept.take_while(|(index, line)| {
        bytes += line.len();
        *index == 0 || bytes <= most_bytes
    });
    let kept = kept.count();
    lines.get(lines.len() - kept..).unwrap_or_default()
}

/// When a line of the history, or one of what takes changes back, was written.
#[derive(Deserialize)]
#[serde(untagged)]
enum Dated {
    Made(Written),
    Begun { begun: Written },
    Undo { entry: Written },
}

#[derive(Deserialize)]
struct Written {
    when: Timestamp,
}

/// Puts the lines of two files together in the order of time; each keeps its own order.
///
/// Lines of the first that the second has already, in their order, are not added again.
pub(super) fn joined(first: Vec<String>, second: Vec<String>) -> Vec<String> {
    let mut left = first.iter().peekable();
    for line in &second {
        let _ = left.next_if(|wanted| *wanted == line);
    }
    if left.peek().is_none() {
        return second;
    }
    let mut lines = Vec::with_capacity(first.len().saturating_add(second.len()));
    let (mut first, mut second) = (
        dated(first).into_iter().peekable(),
        dated(second).into_iter().peekable(),
    );
    while let (Some((one, _)), Some((other, _))) = (first.peek(), second.peek()) {
        let next = if one <= other {
            &mut first
        } else {
            &mut second
        };
        lines.extend(next.next().map(|(_, line)| line));
    }
    lines.extend(first.chain(second).map(|(_, line)| line));
    lines
}

/// Gives each line its time; one that says none has that of the line before it.
fn dated(lines: Vec<String>) -> Vec<(Timestamp, String)> {
    let mut last = Timestamp::MIN;
    let date = |line: String| {
        if let Ok(
            Dated::Made(written) | Dated::Begun { begun: written } | Dated::Undo { entry: written },
        ) = serde_json::from_str(&line)
        {
            last = written.when;
        }
        (last, line)
    };
    lines.into_iter().map(date).collect()
}
