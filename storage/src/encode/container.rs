//! Edits of one object: members taken out, put in, or changed where they stand.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use super::children::Children;
use super::patch::TextEdit;
use super::style::Style;
use super::value::{Fresh, Value, quoted};
use crate::json::{Document, Member, Node};
use crate::steps::step;

/// Up to this many members of an object are looked through for a name; above, names go through a hash table.
const FEW: usize = 8;

/// What is edited, and how it is laid out.
#[derive(Debug)]
pub(crate) struct Sheet<'d> {
    pub(crate) document: &'d Document,
    pub(crate) style: Style,
    pub(crate) edits: Vec<TextEdit>,
}

impl<'d> Sheet<'d> {
    pub(crate) fn new(document: &'d Document) -> Self {
        Self {
            document,
            style: Style::from_root(document.text(), document.root()),
            edits: Vec::new(),
        }
    }

    /// Writes another text in the place of a string.
    pub(super) fn replace_text(&mut self, node: Node<'_>, text: &str) {
        if node.as_str().as_deref() == Some(text) {
            return;
        }
        let Range { start, end } = node.span();
        let text = quoted(text);
        self.edits.push(TextEdit { start, end, text });
    }
}

/// Edits of one object.
#[derive(Debug)]
pub(crate) struct ObjectEdit<'d> {
    pub(super) members: Vec<Member<'d>>,
    children: Children,
    /// The indexes of the members of each name, ascending; of a large object, once somebody asks.
    by_name: OnceCell<HashMap<Cow<'d, str>, Vec<usize>>>,
    /// Before which member a new one of a rank goes.
    places: HashMap<Option<usize>, usize>,
}

impl<'d> ObjectEdit<'d> {
    /// Begins to edit an object; `start` is where its key stands.
    pub(crate) fn new(sheet: &Sheet<'d>, object: Node<'d>, start: usize) -> Self {
        let members: Vec<_> = object.members().collect();
        let spans = members
            .iter()
            .map(|member| member.key.span().start..member.value.span().end)
            .collect();
        Self {
            members,
            children: Children::new(sheet, object, start, spans),
            by_name: OnceCell::new(),
            places: HashMap::new(),
        }
    }

    /// Begins to edit the object that is the value of a member.
    pub(crate) fn from_member(sheet: &Sheet<'d>, member: Member<'d>) -> Self {
        Self::new(sheet, member.value, member.key.span().start)
    }

    /// Returns the member that a name means: the last one.
    pub(crate) fn find(&self, name: &str) -> Option<Member<'d>> {
        let found = if self.members.len() <= FEW {
            self.members
                .iter()
                .rposition(|member| member.name() == name)
        } else {
            self.called(name).last().copied()
        };
        self.members.get(found?).copied()
    }

    /// Returns the indexes of the members of a name, ascending.
    fn called(&self, name: &str) -> &[usize] {
        let by_name = self.by_name.get_or_init(|| {
            let mut by_name: HashMap<_, Vec<usize>> = HashMap::new();
            for (index, member) in self.members.iter().enumerate() {
                step();
                by_name.entry(member.name()).or_default().push(index);
            }
            by_name
        });
        by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// Takes every member of a name out, also those that do not count: they would count then.
    pub(crate) fn remove(&mut self, name: &str) {
        if self.members.len() <= FEW {
            self.remove_where(|member| member.name() == name);
            return;
        }
        for index in self.called(name).to_vec() {
            self.children.remove(index);
        }
    }

    /// Takes every member out that is one of some.
    pub(crate) fn remove_where(&mut self, is_one: impl Fn(&Member<'d>) -> bool) {
        for (index, member) in self.members.iter().enumerate() {
            if is_one(member) {
                self.children.remove(index);
            }
        }
    }

    /// Takes one member out.
    pub(super) fn remove_member(&mut self, member: Member<'d>) {
        let place = |other: &Member<'d>| other.key.index();
        let index = self
            .members
            .binary_search_by_key(&member.key.index(), place);
        if let Ok(index) = index {
            self.children.remove(index);
        }
    }

    /// Adds a member at the end.
    pub(crate) fn append(&mut self, key: &str, value: Value) {
        self.children
            .insert(self.children.len(), Fresh::member(key, value));
    }

    /// Adds a member at the beginning, after those added there already.
    pub(super) fn prepend(&mut self, key: &str, value: Value) {
        self.children.insert(0, Fresh::member(key, value));
    }

    /// Adds a member at the place that an order of keys gives it.
    ///
    /// `rank` gives the place of a key in that order, and none to a key that is not in it; it is the same one each time.
    pub(super) fn insert(&mut self, key: &str, value: Value, rank: impl Fn(&str) -> Option<usize>) {
        let own = rank(key);
        let members = &self.members;
        let before = *self.places.entry(own).or_insert_with(|| {
            let ranks = members.iter().map(|member| {
                step();
                rank(&member.name())
            });
            let ranks: Vec<_> = ranks.collect();
            let follower = ranks.iter().position(|rank| rank.is_some() && *rank > own);
            let last = || ranks.iter().rposition(Option::is_some);
            follower
                .or_else(|| last().map(|last| last + 1))
                .unwrap_or(ranks.len())
        });
        self.children.insert(before, Fresh::member(key, value));
    }

    /// Gives a member of texts another value, adds it, or takes it out.
    pub(super) fn set(
        &mut self,
        sheet: &mut Sheet<'d>,
        key: &str,
        text: Option<&str>,
        order: &[&str],
    ) {
        match (text, self.find(key)) {
            (Some(text), Some(member)) => sheet.replace_text(member.value, text),
            (Some(text), None) => self.insert(key, Value::text(text), ranked(order)),
            (None, _) => self.remove(key),
        }
    }

    /// Returns whether nothing is left in the object.
    pub(crate) fn is_empty(&self) -> bool {
        self.children.is_empty()
    }

    /// Writes the edits.
    pub(crate) fn finish(self, sheet: &mut Sheet<'_>) {
        self.children.finish(sheet);
    }
}

/// Returns the function that gives a key its place in an order.
pub(super) fn ranked<'o>(order: &'o [&str]) -> impl Fn(&str) -> Option<usize> + 'o {
    |key| order.iter().position(|known| *known == key)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::fmt::Write as _;

    use super::{ObjectEdit, Sheet, Value, ranked};
    use crate::encode::Patch;
    use crate::json::Document;
    use crate::steps::assert_linear;

    #[test]
    fn many_new_members_of_a_large_object_take_linear_time() {
        assert_linear(300, |size| {
            let mut text = "{\"web\": \"*\"".to_owned();
            for key in 0..size {
                write!(text, ", \"p{key}\": \"\"").unwrap();
            }
            text.push('}');
            let document = Document::parse(text.into_bytes()).unwrap();
            let mut sheet = Sheet::new(&document);
            let mut object = ObjectEdit::new(&sheet, document.root(), 0);
            for key in 0..size {
                assert!(object.find(&format!("p{key}")).is_some());
                object.insert(
                    &format!("q{key}"),
                    Value::text("*"),
                    ranked(&["web", "soap"]),
                );
                object.remove(&format!("p{key}"));
            }
            object.finish(&mut sheet);
            let edited = Patch::new(sheet.edits).apply(document.text()).unwrap();
            assert_eq!(edited.matches("\"q").count(), size);
            assert!(!edited.contains("\"p"));
        });
    }
}
