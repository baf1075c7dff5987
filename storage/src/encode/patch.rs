//! Edits of a text, and taking them back.

use std::fmt;

use super::error::EncodeError;

/// One stretch of a text and what is there instead.
///
/// `Debug` shows the place and the lengths, not the texts, which may hold stored passwords.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct TextEdit {
    /// Where the stretch begins, in bytes.
    pub(crate) start: usize,
    /// Where it ends; the same as `start` for an insertion.
    pub(crate) end: usize,
    /// What is there instead.
    pub(crate) text: String,
}

impl fmt::Debug for TextEdit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (start, end, length) = (self.start, self.end, self.text.len());
        write!(formatter, "TextEdit({start}..{end} becomes {length} bytes)")
    }
}

/// Edits of one text, in the order of the text and apart from one another.
///
/// # Examples
///
/// ```
/// use guichet_storage::Patch;
///
/// let patch = Patch::between("abc", "axyzc");
/// let edited = patch.apply("abc").unwrap();
/// assert_eq!(edited, "axyzc");
/// let back = patch.reversed("abc").unwrap();
/// assert_eq!(back.apply(&edited).as_deref(), Some("abc"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    edits: Vec<TextEdit>,
}

impl Patch {
    /// Puts edits in the order of the text; of two at one place the insertion comes first.
    pub(crate) fn new(mut edits: Vec<TextEdit>) -> Self {
        edits.sort_by_key(|edit| (edit.start, edit.end));
        Self { edits }
    }

    /// Returns the one edit that makes a text out of another: what they share at both ends stays.
    pub fn between(old: &str, new: &str) -> Self {
        if old == new {
            return Self::default();
        }
        let shared = |pairs: &mut dyn Iterator<Item = (char, char)>| {
            pairs
                .take_while(|(left, right)| left == right)
                .map(|(left, _)| left.len_utf8())
                .sum::<usize>()
        };
        let start = shared(&mut old.chars().zip(new.chars()));
        let rest = |text: &str| text.get(start..).unwrap_or_default().to_owned();
        let (old_rest, new_rest) = (rest(old), rest(new));
        let tail = shared(&mut old_rest.chars().rev().zip(new_rest.chars().rev()));
        let kept = new_rest.len().saturating_sub(tail);
        Self::new(vec![TextEdit {
            start,
            end: old.len().saturating_sub(tail),
            text: new_rest.get(..kept).unwrap_or_default().to_owned(),
        }])
    }

    /// Returns the edits.
    pub(crate) fn edits(&self) -> &[TextEdit] {
        &self.edits
    }

    /// Returns whether nothing is edited.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// Returns the edited text; `None` if an edit does not fit the text or another edit. Linear.
    pub fn apply(&self, text: &str) -> Option<String> {
        let added: usize = self.edits.iter().map(|edit| edit.text.len()).sum();
        let mut edited = String::with_capacity(text.len().saturating_add(added));
        let mut at = 0;
        for edit in &self.edits {
            edited.push_str(text.get(at..edit.start)?);
            text.get(edit.start..edit.end)?;
            edited.push_str(&edit.text);
            at = edit.end;
        }
        edited.push_str(text.get(at..)?);
        Some(edited)
    }

    /// Returns the edited text, as [`apply`](Self::apply) does, of the text that the patch was made for.
    pub(crate) fn applied(&self, text: &str) -> Result<String, EncodeError> {
        let what = "the edits do not fit the text";
        self.apply(text).ok_or(EncodeError::Unfaithful { what })
    }

    /// Returns the patch of the edited text that gives the first one back, byte for byte.
    pub fn reversed(&self, text: &str) -> Option<Self> {
        let mut edits = Vec::with_capacity(self.edits.len());
        let (mut added, mut taken) = (0, 0);
        for edit in &self.edits {
            let start = (edit.start + added).checked_sub(taken)?;
            edits.push(TextEdit {
                start,
                end: start + edit.text.len(),
                text: text.get(edit.start..edit.end)?.to_owned(),
            });
            added += edit.text.len();
            taken += edit.end.checked_sub(edit.start)?;
        }
        Some(Self { edits })
    }
}
