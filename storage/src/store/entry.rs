//! One change of the past: its id, who made it where and when, what happened.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::undo_entry::{Part, UndoPart};
use super::{EditNote, Origin};
use crate::revision::Revision;

/// How many bytes an id has.
const ID_LENGTH: usize = 6;

/// The short name of a change in the history: it is the same whenever the history is read.
///
/// It is made of what the history says of the change, 48 bits of a hash: two changes of one history have the same id by
/// chance once in about 10⁸ histories of 1,000 changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "String")]
pub struct ChangeId([u8; ID_LENGTH]);

impl fmt::Display for ChangeId {
    /// Writes 12 lower-case hexadecimal digits.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.0.iter();
        bytes.try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl From<ChangeId> for String {
    fn from(id: ChangeId) -> Self {
        id.to_string()
    }
}

/// One line of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct HistoryEntry {
    /// What the change is called.
    pub id: ChangeId,
    /// When the change was made.
    pub when: Timestamp,
    /// Who made it, in the directory.
    pub who: String,
    /// The account of the system that the program ran as; `None` in lines of former versions, or if nobody said it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The machine that it ran on; `None` likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// What happened, a sentence for each thing.
    pub what: Vec<String>,
    /// The revision of `directory.json` before.
    pub before: Revision,
    /// The revision of `directory.json` after.
    pub after: Revision,
    /// The revision of `guichet.toml` before; `None` if the change did not touch it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options_before: Option<Revision>,
    /// The revision of `guichet.toml` after; `None` if the change did not touch it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options_after: Option<Revision>,
}

/// A line as it is read: its id is made anew, so that lines of former versions have one too.
#[derive(Deserialize)]
struct Stored {
    when: Timestamp,
    who: String,
    account: Option<String>,
    host: Option<String>,
    what: Vec<String>,
    before: Revision,
    after: Revision,
    options_before: Option<Revision>,
    options_after: Option<Revision>,
}

impl From<Stored> for HistoryEntry {
    fn from(stored: Stored) -> Self {
        let Stored {
            when,
            who,
            account,
            host,
            what,
            before,
            after,
            options_before,
            options_after,
        } = stored;
        let revisions = [Some(before), Some(after), options_before, options_after];
        let mut hasher = blake3::Hasher::new();
        let mut add = |text: &str| {
            hasher.update(text.as_bytes());
            hasher.update(&[0]);
        };
        add(&when.to_string());
        add(&who);
        for sentence in &what {
            add(sentence);
        }
        for revision in revisions.into_iter().flatten() {
            add(&revision.to_string());
        }
        let hash = hasher.finalize();
        let id = hash.as_bytes().first_chunk().copied();
        Self {
            id: ChangeId(id.unwrap_or_default()),
            when,
            who,
            account,
            host,
            what,
            before,
            after,
            options_before,
            options_after,
        }
    }
}

impl HistoryEntry {
    /// Makes the line of a change; `directory` is the revision of a `directory.json` that the change does not touch.
    pub(super) fn new(
        note: &EditNote,
        origin: &Origin,
        what: Vec<String>,
        parts: &[UndoPart],
        directory: Revision,
    ) -> Self {
        let of = |wanted| parts.iter().find(|part| part.part == wanted);
        let (main, options) = (of(Part::Directory), of(Part::Options));
        Self::from(Stored {
            when: note.when,
            who: note.who.clone(),
            account: origin.account.clone(),
            host: origin.host.clone(),
            what,
            before: main.map_or(directory, |part| part.before),
            after: main.map_or(directory, |part| part.after),
            options_before: options.map(|part| part.before),
            options_after: options.map(|part| part.after),
        })
    }

    /// Returns what happened, each sentence after a word such as `undone`.
    pub(super) fn said_as(&self, word: &str) -> Vec<String> {
        let what = self.what.iter();
        what.map(|what| format!("{word}: {what}")).collect()
    }

    /// Returns the line of taking this change back.
    pub(super) fn taken_back(&self, note: &EditNote, origin: &Origin) -> Self {
        Self::from(Stored {
            when: note.when,
            who: note.who.clone(),
            account: origin.account.clone(),
            host: origin.host.clone(),
            what: self.said_as("undone"),
            before: self.after,
            after: self.before,
            options_before: self.options_after,
            options_after: self.options_before,
        })
    }
}
