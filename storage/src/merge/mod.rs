//! Merging the texts of two directories that have a common base: by meaning, and with the bytes of ours.
//!
//! What is merged, and what is a conflict, is said in [`guichet_core::merge`](fn@guichet_core::merge). The text of the
//! result is that of ours with the changes of theirs in it: byte order mark, line ends, order and whatever theirs did
//! not touch stay. Members that this crate does not know are merged as JSON: what one side changed is taken, what both
//! changed differently is a conflict. Conflicts are written at the end of the file, which stays JSON: see [`conflicts`].

mod conflicts;
mod unknown;

use std::borrow::Cow;
use std::collections::HashSet;

use guichet_core::{Diagnostic, Merge};

pub(crate) use conflicts::conflicts_in;
pub use conflicts::{StoredConflict, conflicts, with_conflicts, without_conflicts};

use crate::directory_text::{DirectoryText, Presence, TextError};
use crate::encode::{EncodeError, NewPlugins, check_faithful, encode_with, hidden_users};
use crate::json::Document;

/// The merged text, and how it came about.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MergedText {
    /// The text; with the list of conflicts at its end where there are some.
    pub text: String,
    /// What theirs brings to ours, and where they contradict each other.
    pub merge: Merge,
    /// Every conflict of the text: those of earlier merges that are not resolved, those of `merge`, those of unknown
    /// members.
    pub conflicts: Vec<StoredConflict>,
    /// What the merge does to ours, a sentence for each thing; empty where it does nothing.
    pub what: Vec<String>,
}

impl MergedText {
    /// Returns whether nothing is left to be decided.
    pub const fn is_clean(&self) -> bool {
        self.conflicts.is_empty()
    }
}

/// Why two texts were not merged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MergeError {
    /// A file has no way to say what the merge made.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// Our side or the other one is empty. Taken for a directory, it would remove everybody.
    #[error("{side} is empty; merging it would remove all users and groups")]
    EmptySide {
        /// Which one: `our side` or `the other side`.
        side: &'static str,
    },
    /// What was written cannot be read.
    #[error("the merged text cannot be read back: {0}")]
    Unreadable(#[from] TextError),
}

impl Diagnostic for MergeError {
    fn code(&self) -> &'static str {
        match self {
            Self::Encode(error) => error.code(),
            Self::EmptySide { .. } => "empty-side",
            Self::Unreadable(error) => error.code(),
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Encode(error) => error.help(),
            Self::EmptySide { .. } => Some(
                "Check which file you named, or restore it from a backup. Only the base may be empty.".to_owned(),
            ),
            Self::Unreadable(error) => error.help(),
        }
    }
}

/// Merges what `theirs` changed since `base` into the text of `ours`.
///
/// Where theirs changed nothing the text is that of ours, byte for byte. What the result means is compared with what it
/// should mean before it is given out. O(n log n) in users, groups and memberships, and linear in the texts.
///
/// # Errors
///
/// [`MergeError::EmptySide`]: `ours` or `theirs` is [absent](crate::directory_text::Presence::Absent); only `base` may be, when both
/// sides add the file. [`MergeError::Encode`], [`MergeError::Unreadable`]: both only where names are odd in a way that no edit makes them,
/// such as two built-in users of one name.
///
/// # Examples
///
/// ```
/// use guichet_storage::{DirectoryText, merge};
///
/// let text = |users: &str, members: &str| DirectoryText::parse(
///     format!("{{\n\t\"users\": {{{users}}},\n\t\"groups\": {{\"Sales\": {{\"users\": [{members}]}}}}\n}}").into_bytes(),
/// );
/// let base = text(r#""Ann": {}"#, r#""Ann""#)?;
/// let ours = text(r#""Ann": {}, "Bob": {}"#, r#""Ann", "Bob""#)?;
/// let theirs = text(r#""Zoë": {}, "Ann": {}"#, r#""Zoë", "Ann""#)?;
///
/// let merged = merge(&base, &ours, &theirs)?;
/// assert!(merged.is_clean());
/// assert_eq!(merged.text, text(r#""Ann": {}, "Bob": {}, "Zoë": {}"#, r#""Ann", "Bob", "Zoë""#)?.document.text());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn merge(
    base: &DirectoryText,
    ours: &DirectoryText,
    theirs: &DirectoryText,
) -> Result<MergedText, MergeError> {
    for (text, side) in [(ours, "our side"), (theirs, "the other side")] {
        if text.presence == Presence::Absent {
            return Err(MergeError::EmptySide { side });
        }
    }
    let merge = guichet_core::merge(&base.directory, &ours.directory, &theirs.directory);
    let document = known_members(ours, &merge)?;
    let (patch, odd) = unknown::merge(&document, [base, ours, theirs], merge.difference());
    let document = if patch.is_empty() {
        document
    } else {
        let text = patch.applied(document.text())?;
        Cow::Owned(Document::parse(text.into_bytes()).map_err(TextError::from)?)
    };

    let mut all = still_unresolved([base, ours, theirs].map(|side| &side.document));
    let mut known: HashSet<StoredConflict> = all.iter().cloned().collect();
    let new = merge.conflicts().iter().map(StoredConflict::new).chain(odd);
    all.extend(new.filter(|conflict| known.insert(conflict.clone())));
    let text = with_conflicts(&document, &all).applied(document.text())?;
    Ok(MergedText {
        what: sentences(&merge, (ours, &text), &all),
        merge,
        conflicts: all,
        text,
    })
}

/// Returns ours with what theirs brings of all that this crate knows.
fn known_members<'o>(
    ours: &'o DirectoryText,
    merge: &Merge,
) -> Result<Cow<'o, Document>, MergeError> {
    if merge.difference().is_empty() {
        return Ok(Cow::Borrowed(&ours.document));
    }
    let (before, merged) = (&ours.directory, merge.directory());
    let patch = encode_with(&ours.document, before, merged, NewPlugins::OfFile)?;
    let text = patch.applied(ours.document.text())?;
    let read = DirectoryText::parse(text.into_bytes())?;
    check_faithful(&read.directory, merged).map_err(|error| {
        // A file refers to users by name, so of two with one name it may mean the wrong one.
        let hidden = [before, merged].into_iter().flat_map(hidden_users);
        let name = hidden.map(|(_, name)| name.to_string()).min();
        name.map_or(error, |name| EncodeError::AmbiguousUser { name })
    })?;
    Ok(Cow::Owned(read.document))
}

/// Returns the conflicts of an earlier merge that no side has resolved, and those that one of them has got since.
fn still_unresolved(sides: [&Document; 3]) -> Vec<StoredConflict> {
    let found = sides.map(|side| conflicts(side).into_iter().map(|(conflict, _)| conflict));
    let [base, ours, theirs] = found.map(Iterator::collect::<Vec<_>>);
    let [in_base, in_ours, in_theirs] =
        [&base, &ours, &theirs].map(|side| side.iter().collect::<HashSet<_>>());
    let new = theirs.iter().filter(|one| !in_ours.contains(one));
    let open = |one: &&StoredConflict| {
        !in_base.contains(one) || (in_ours.contains(one) && in_theirs.contains(one))
    };
    ours.iter().chain(new).filter(open).cloned().collect()
}

/// Says what a merge does to ours.
fn sentences(
    merge: &Merge,
    (ours, text): (&DirectoryText, &str),
    left: &[StoredConflict],
) -> Vec<String> {
    let listed = conflicts(&ours.document).into_iter();
    let listed: Vec<StoredConflict> = listed.map(|(conflict, _)| conflict).collect();
    let (known, open): (HashSet<_>, HashSet<_>) = (listed.iter().collect(), left.iter().collect());
    let new = left.iter().filter(|conflict| !known.contains(conflict));
    let decided = listed.iter().filter(|conflict| !open.contains(conflict));
    let deltas = merge.difference().deltas().map(ToString::to_string);
    let mut what: Vec<String> = deltas
        .chain(new.map(|conflict| format!("a conflict was listed: {conflict}")))
        .chain(decided.map(|conflict| format!("a conflict was decided: {conflict}")))
        .collect();
    if what.is_empty() && ours.document.text() != text {
        what.push("what Guichet does not read was merged".to_owned());
    }
    what
}
