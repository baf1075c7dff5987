//! Conflicts in a file: one member at its end that JSON and people survive.
//!
//! Git's own marks would make the file unreadable for 4D, and for everything else. So a merge leaves what ours says in
//! its place, and adds a member that nothing reads but people and this crate:
//!
//! ```json
//! "guichetConflicts": [
//!   {
//!     "kind": "both-changed",
//!     "ours": ["group `Devs` is now called `Developers`"],
//!     "theirs": ["group `Devs` is now called `Coders`"]
//!   }
//! ]
//! ```
//!
//! It is resolved by an edit, where theirs is right, and by taking the member out.

use std::fmt;

use guichet_core::{Conflict, Delta};
use serde::Serialize;

use crate::encode::Patch;
use crate::encode::container::{ObjectEdit, Sheet};
use crate::encode::value::Value;
use crate::file_keys::CONFLICTS;
use crate::json::{Document, Kind, Node};
use crate::located::{Place, places};

/// One conflict that a merge left in a file: what each side did, in sentences that hold no stored password.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct StoredConflict {
    /// The kind, in kebab case, such as `both-changed`; whatever the file says.
    pub kind: String,
    /// What ours did, which is what the file has.
    pub ours: Vec<String>,
    /// What theirs did, which the file has not.
    pub theirs: Vec<String>,
}

impl fmt::Display for StoredConflict {
    /// Writes the kind and what each side did.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |sentences: &[String]| match sentences {
            [] => "nothing".to_owned(),
            _ => sentences.join(", "),
        };
        let (ours, theirs) = (side(&self.ours), side(&self.theirs));
        write!(formatter, "{}; ours: {ours}; theirs: {theirs}", self.kind)
    }
}

impl StoredConflict {
    pub(super) fn new(conflict: &Conflict) -> Self {
        let sentences = |deltas: &[Delta]| deltas.iter().map(ToString::to_string).collect();
        Self {
            kind: conflict.kind.as_str().to_owned(),
            ours: sentences(&conflict.ours),
            theirs: sentences(&conflict.theirs),
        }
    }

    pub(crate) fn from_node(node: Node<'_>) -> Self {
        let text = |node: Node<'_>| node.as_str().map(std::borrow::Cow::into_owned);
        let list = |key: &str| -> Vec<String> {
            let sentences = node.get(key).into_iter().flat_map(Node::elements);
            sentences.filter_map(text).collect()
        };
        Self {
            kind: node.get("kind").and_then(text).unwrap_or_default(),
            ours: list("ours"),
            theirs: list("theirs"),
        }
    }

    fn value(&self) -> Value {
        let list = |sentences: &[String]| {
            Value::Array(
                sentences
                    .iter()
                    .map(|sentence| Value::text(sentence))
                    .collect(),
            )
        };
        Value::Object(vec![
            ("kind".to_owned(), Value::text(&self.kind)),
            ("ours".to_owned(), list(&self.ours)),
            ("theirs".to_owned(), list(&self.theirs)),
        ])
    }
}

/// Returns the conflicts that a merge left in a document, each with its place; an empty list if all are resolved.
///
/// A member of that name with something else in it is one conflict that says nothing.
pub fn conflicts(document: &Document) -> Vec<(StoredConflict, Place)> {
    let member = document.root().get(CONFLICTS);
    let nodes: Vec<_> = member.into_iter().flat_map(conflicts_in).collect();
    let indexes: Vec<u32> = nodes.iter().map(|node| node.index()).collect();
    let conflicts = nodes.into_iter().map(StoredConflict::from_node);
    conflicts.zip(places(document, &indexes)).collect()
}

/// Walks over the conflicts that are the value of the member.
pub(crate) fn conflicts_in(list: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let other = (list.kind() != Kind::Array).then_some(list);
    list.elements().chain(other)
}

/// Returns the patch that takes the conflicts out of a document; the other bytes stay.
///
/// ```
/// use guichet_storage::json::Document;
/// use guichet_storage::{conflicts, without_conflicts};
///
/// let text = r#"{"users": {}, "guichetConflicts": [{"kind": "both-changed", "ours": [], "theirs": []}]}"#;
/// let document = Document::parse(text.into())?;
/// assert_eq!(conflicts(&document).len(), 1);
/// assert_eq!(without_conflicts(&document).apply(text).as_deref(), Some(r#"{"users": {}}"#));
/// # Ok::<(), guichet_storage::json::SyntaxError>(())
/// ```
pub fn without_conflicts(document: &Document) -> Patch {
    edited(document, |root| root.remove(CONFLICTS))
}

/// Returns the patch that gives a document exactly these conflicts, such as those that are left when some are decided.
pub fn with_conflicts(document: &Document, conflicts: &[StoredConflict]) -> Patch {
    let stored = self::conflicts(document);
    if stored.iter().map(|(conflict, _)| conflict).eq(conflicts) {
        return Patch::default();
    }
    let value = Value::Array(conflicts.iter().map(StoredConflict::value).collect());
    edited(document, |root| {
        root.remove(CONFLICTS);
        if !conflicts.is_empty() {
            root.append(CONFLICTS, value);
        }
    })
}

fn edited(document: &Document, edit: impl FnOnce(&mut ObjectEdit<'_>)) -> Patch {
    let mut sheet = Sheet::new(document);
    let root = document.root();
    let mut object = ObjectEdit::new(&sheet, root, root.span().start);
    edit(&mut object);
    object.finish(&mut sheet);
    Patch::new(sheet.edits)
}
