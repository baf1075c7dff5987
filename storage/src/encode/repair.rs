//! Repairs of a text that change nobody's access.

use std::collections::HashSet;

use super::children::Children;
use super::container::{ObjectEdit, Sheet};
use super::patch::Patch;
use crate::decode::Problem;
use crate::file_keys;
use crate::json::{Document, Member, Node};
use crate::located::{Located, SourceFile};

/// Returns the patch that fixes those of a document's problems that can be fixed without a change of access.
///
/// | problem | repair |
/// |---|---|
/// | a member that is listed twice | the later one goes |
/// | a member that does not exist | it goes, and its list where nothing is left |
/// | a name in another case than where it is defined | it is written as there |
///
/// `problems` are those that [`decode`](crate::decode()) found in the document, or some of them; the others are
/// passed over, as are problems of `guichet.toml`. The other bytes stay. Linear in the text, and O(log n) for each problem.
///
/// # Examples
///
/// ```
/// use guichet_storage::{DirectoryText, repair};
///
/// let text = DirectoryText::parse(
///     br#"{"users": {"Ann": {}}, "groups": {"Sales": {"users": ["ANN", "Bob", "Ann"], "groups": ["Gone"]}}}"#.to_vec(),
/// )?;
/// let repaired = repair(&text.document, &text.problems).apply(text.document.text());
/// assert_eq!(
///     repaired.as_deref(),
///     Some(r#"{"users": {"Ann": {}}, "groups": {"Sales": {"users": ["Ann"]}}}"#),
/// );
/// # Ok::<(), guichet_storage::TextError>(())
/// ```
pub fn repair(document: &Document, problems: &[Located<Problem>]) -> Patch {
    let mut sheet = Sheet::new(document);
    let mut superfluous = HashSet::new();
    for problem in problems.iter().filter(|problem| is_repairable(problem)) {
        let node = || document.node_at_position(problem.place.position);
        match &problem.diagnostic {
            Problem::DuplicateMember { .. }
            | Problem::MissingUser { .. }
            | Problem::MissingNestedGroup { .. } => {
                superfluous.extend(node().map(Node::index));
            }
            Problem::MemberByCase { name, .. }
            | Problem::GranteeByCase { name, .. }
            | Problem::SettingUserByCase { name, .. } => {
                if let Some(node) = node() {
                    sheet.replace_text(node, name);
                }
            }
            _ => {}
        }
    }
    if !superfluous.is_empty() {
        let groups = document.root().get("groups").into_iter();
        for group in groups.flat_map(Node::members) {
            thin_out(&mut sheet, group, &superfluous);
        }
    }
    Patch::new(sheet.edits)
}

/// Returns whether [`repair`] does something about a problem: not about one in `guichet.toml`, whatever its kind.
///
/// ```
/// use guichet_storage::{DirectoryText, is_repairable};
///
/// let text = DirectoryText::parse(br#"{"users": {"Ann": {}}, "groups": {"Sales": {"users": ["ANN"], "x": 1}}}"#.to_vec())?;
/// let repairable: Vec<_> = text.problems.iter().map(is_repairable).collect();
/// assert_eq!(repairable, [false, false, true, false]);
/// # Ok::<(), guichet_storage::TextError>(())
/// ```
pub const fn is_repairable(problem: &Located<Problem>) -> bool {
    let kind = matches!(
        problem.diagnostic,
        Problem::DuplicateMember { .. }
            | Problem::MissingUser { .. }
            | Problem::MissingNestedGroup { .. }
            | Problem::MemberByCase { .. }
            | Problem::GranteeByCase { .. }
            | Problem::SettingUserByCase { .. }
    );
    kind && matches!(problem.place.file, SourceFile::Directory)
}

/// Takes elements out of the lists of a group, by their tape indexes.
fn thin_out<'d>(sheet: &mut Sheet<'d>, group: Member<'d>, superfluous: &HashSet<u32>) {
    let mut object = ObjectEdit::from_member(sheet, group);
    for key in file_keys::GROUP {
        let Some(list) = object.find(key) else {
            continue;
        };
        let elements = list.value.elements().enumerate();
        let goes = |(_, element): &(usize, Node<'_>)| superfluous.contains(&element.index());
        let gone: Vec<_> = elements.filter(goes).map(|(index, _)| index).collect();
        if gone.is_empty() {
            continue;
        }
        let spans = list.value.elements().map(Node::span).collect();
        let mut children = Children::new(sheet, list.value, list.key.span().start, spans);
        for index in gone {
            children.remove(index);
        }
        if children.is_empty() {
            object.remove(key);
        } else {
            children.finish(sheet);
        }
    }
    object.finish(sheet);
}
