//! Merging the texts of two directories that have a common base: by meaning, and with the bytes of ours.
//!
//! What is merged, and what is a conflict, is said in [`guichet_core::merge`](mod@guichet_core::merge). The text of the
//! result is that of ours with the changes of theirs in it: byte order mark, line ends, order and whatever theirs did
//! not touch stay. Members that this crate does not know are merged as JSON: what one side changed is taken, what both
//! changed differently is a conflict. Conflicts are written at the end of the file, which stays JSON: see [`conflicts`].

mod conflicts;
mod model;
mod unknown;

use std::borrow::Cow;
use std::collections::HashSet;

use guichet_core::compare::{Delta, compare};
use guichet_core::merge::Merge;
use guichet_core::{Diagnostic, Directory, GroupName, UserKind, UserName};

pub use conflicts::{StoredConflict, conflicts, with_conflicts, without_conflicts};

use crate::directory_text::{DirectoryText, Presence, TextError};
use crate::encode::container::{ObjectEdit, Sheet};
use crate::encode::{EncodeError, NewPlugins, Patch, difference, encode_with, hidden_users};
use crate::json::Document;
use model::{Fates, Model};
use unknown::Sides;

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
    /// Tells whether nothing is left to be decided.
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
    #[error("{side} is empty, and a merge with it would remove every user and group")]
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
/// use guichet_storage::merge::merge;
/// use guichet_storage::directory_text::DirectoryText;
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
    let merge = guichet_core::merge::merge(&base.directory, &ours.directory, &theirs.directory);
    let fates = Fates::of(merge.difference());
    let document = known_members(ours, &fates, &merge)?;
    let between = |side: &DirectoryText| Fates::of(&compare(&base.directory, &side.directory));
    let (our_fates, their_fates) = (between(ours), between(theirs));
    let sides = Sides {
        base,
        ours,
        theirs,
        our_fates: &our_fates,
        their_fates: &their_fates,
        fates: &fates,
    };
    let (patch, odd) = unknown::merge(&document, &sides);
    let document = if patch.is_empty() {
        document
    } else {
        Cow::Owned(parse(applied(&patch, &document)?)?)
    };

    let mut all = still_unresolved([base, ours, theirs].map(|side| &side.document));
    let mut known: HashSet<StoredConflict> = all.iter().cloned().collect();
    let new = merge.conflicts().iter().map(stored).chain(odd);
    all.extend(new.filter(|conflict| known.insert(conflict.clone())));
    let text = applied(&conflicts::with_conflicts(&document, &all), &document)?;
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
    fates: &Fates,
    merge: &Merge,
) -> Result<Cow<'o, Document>, MergeError> {
    if merge.difference().is_empty() {
        return Ok(Cow::Borrowed(&ours.document));
    }
    // Who is gone is cut out first; what named them names nobody then, and goes with the other changes.
    let cut = applied(
        &without_the_gone(&ours.document, &ours.directory, fates),
        &ours.document,
    )?;
    let rest = DirectoryText::parse(cut.into_bytes())?;
    let wanted = Model::of(&ours.directory, fates, merge.difference()).build();
    let plugins = NewPlugins::OfFile;
    let patch = encode_with(&rest.document, &rest.directory, &wanted, plugins)?;
    let text = applied(&patch, &rest.document)?;
    let DirectoryText {
        document,
        directory: got,
        ..
    } = DirectoryText::parse(text.into_bytes())?;
    // Everything goes by names here, so of two users with one name the wrong one may have been meant.
    let hidden = hidden_users(&ours.directory).chain(hidden_users(&wanted));
    let hidden: HashSet<_> = hidden.map(|(_, name)| name).collect();
    let mut touched = merge.difference().deltas().flat_map(changed_users);
    let misread = || compare(&ours.directory, &got) != *merge.difference();
    let confused = touched
        .find(|name| hidden.contains(name))
        .or_else(|| hidden.iter().min().copied().filter(|_| misread()));
    match (confused, difference(&got, &wanted)) {
        (Some(name), _) => {
            let name = name.to_string();
            Err(EncodeError::AmbiguousUser { name }.into())
        }
        (None, Some(what)) => Err(EncodeError::Unfaithful { what }.into()),
        (None, None) => Ok(Cow::Owned(document)),
    }
}

/// Walks over the names of a user who was there before and is changed.
fn changed_users(delta: &Delta) -> impl Iterator<Item = &UserName> {
    let (name, former) = match delta {
        Delta::UserRenamed { from, to } => (Some(to), Some(from)),
        Delta::UserRemoved { user, .. }
        | Delta::PasswordChanged { user, .. }
        | Delta::StartupMethodChanged { user, .. } => (Some(user), None),
        _ => (None, None),
    };
    name.into_iter().chain(former)
}

/// Returns the patch that takes users and groups out of a document.
fn without_the_gone(document: &Document, directory: &Directory, fates: &Fates) -> Patch {
    let mut sheet = Sheet::new(document);
    let root = document.root();
    let mut object = ObjectEdit::new(&sheet, root, root.span().start);
    let is_ordinary = |user: &&str| {
        let user = directory
            .find_user(user)
            .and_then(|user| directory.user(user));
        user.is_some_and(|user| user.kind() == UserKind::User)
    };
    let users = fates.users_gone.iter().map(UserName::as_str);
    let groups = fates.groups_gone.iter().map(GroupName::as_str);
    for (section, gone) in [
        ("users", users.filter(is_ordinary).collect::<HashSet<_>>()),
        ("groups", groups.collect()),
    ] {
        let Some(member) = object.find(section).filter(|_| !gone.is_empty()) else {
            continue;
        };
        let mut inside = ObjectEdit::of(&sheet, member);
        inside.remove_where(|member| gone.contains(&*member.name()));
        if inside.is_empty() && section == "groups" {
            object.remove(section);
        } else {
            inside.finish(&mut sheet);
        }
    }
    object.finish(&mut sheet);
    Patch::new(sheet.edits)
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

fn stored(conflict: &guichet_core::merge::Conflict) -> StoredConflict {
    StoredConflict {
        kind: conflict.kind.as_str().to_owned(),
        ours: conflict.ours.iter().map(ToString::to_string).collect(),
        theirs: conflict.theirs.iter().map(ToString::to_string).collect(),
    }
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

fn parse(text: String) -> Result<Document, MergeError> {
    Document::parse(text.into_bytes()).map_err(|error| TextError::from(error).into())
}

fn applied(patch: &Patch, document: &Document) -> Result<String, MergeError> {
    let text = patch.apply(document.text());
    text.ok_or_else(|| {
        let what = "the edits do not fit the text";
        EncodeError::Unfaithful { what }.into()
    })
}
