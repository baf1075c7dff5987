//! The rows of an indented tree: each group once in full, and referred to wherever else it is nested.

use std::collections::VecDeque;

use super::Hierarchy;

/// The rows of a [`Hierarchy`] as an indented tree, from top to bottom; made by
/// [`Hierarchy::outline`].
#[derive(Debug, Clone)]
pub struct Outline<'h> {
    hierarchy: &'h Hierarchy,
    deepest: usize,
    seen: Vec<Seen>,
    /// The trees that follow.
    trees: VecDeque<usize>,
    /// The rows that are still to be made, the next one last.
    open: Vec<(usize, Vec<bool>)>,
}

/// Whether a group is shown already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Seen {
    /// It is in no row yet, or only in rows that do not say where it is shown.
    #[default]
    Not,
    /// A tree of its own follows.
    Waiting,
    /// It is shown with what is nested in it.
    Shown,
}

/// One row of an [`Outline`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OutlineRow {
    /// The group, as its place in [`Hierarchy::nodes`].
    pub node: usize,
    /// For each level above and its own, whether more rows follow on that level; empty for the top of
    /// a tree.
    pub more: Vec<bool>,
    /// Where the groups nested in it are.
    pub shown: Shown,
}

/// Where an outline shows what is nested in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shown {
    /// In the rows that follow.
    Here,
    /// Above, where the group was shown first.
    Above,
    /// Below, in a tree of its own, because this one is as deep as it may be.
    Below,
}

impl Hierarchy {
    /// Returns the rows of an indented tree whose levels are at most `deepest` below the top.
    ///
    /// Nothing recurses, and a long chain goes on in further trees: O(deepest × (groups +
    /// memberships)) for all rows.
    ///
    /// ```
    /// use guichet_core::{DirectoryBuilder, GroupName};
    /// use guichet_policy::{Closure, Shown};
    ///
    /// let mut builder = DirectoryBuilder::new();
    /// let one = builder.group(GroupName::from_stored("One"));
    /// let two = builder.group(GroupName::from_stored("Two"));
    /// builder.members_of(one).group("Two");
    /// builder.members_of(two).group("One");
    ///
    /// let hierarchy = Closure::new(builder.finish()).hierarchy(None);
    /// let rows = hierarchy.outline(24).map(|row| (row.node, row.shown));
    /// let expected = [(0, Shown::Here), (1, Shown::Here), (0, Shown::Above)];
    /// assert_eq!(rows.collect::<Vec<_>>(), expected);
    /// ```
    pub fn outline(&self, deepest: usize) -> Outline<'_> {
        Outline {
            hierarchy: self,
            deepest,
            seen: vec![Seen::Not; self.nodes.len()],
            trees: self.roots.iter().copied().collect(),
            open: Vec::new(),
        }
    }
}

impl Outline<'_> {
    /// Returns the top of the next tree, unless it was shown in the meantime.
    fn next_tree(&mut self) -> Option<usize> {
        loop {
            let tree = self.trees.pop_front()?;
            if self.seen.get(tree) != Some(&Seen::Shown) {
                return Some(tree);
            }
        }
    }

    fn mark(&mut self, node: usize, seen: Seen) {
        if let Some(place) = self.seen.get_mut(node) {
            *place = seen;
        }
    }
}

impl Iterator for Outline<'_> {
    type Item = OutlineRow;

    fn next(&mut self) -> Option<OutlineRow> {
        let row = self.open.pop();
        let (node, more) = match row {
            Some(row) => row,
            None => (self.next_tree()?, Vec::new()),
        };
        let nested = self.hierarchy.nested(node);
        let seen = self.seen.get(node).copied().unwrap_or_default();
        let is_deep = more.len() >= self.deepest && !more.is_empty() && !nested.is_empty();
        let shown = if seen == Seen::Shown {
            Shown::Above
        } else if !is_deep {
            self.mark(node, Seen::Shown);
            for (place, nested) in nested.iter().enumerate().rev() {
                let is_followed = place + 1 < self.hierarchy.nested(node).len();
                let more = more.iter().copied().chain([is_followed]).collect();
                self.open.push((*nested, more));
            }
            Shown::Here
        } else {
            if seen == Seen::Not {
                self.mark(node, Seen::Waiting);
                self.trees.push_back(node);
            }
            Shown::Below
        };
        Some(OutlineRow { node, more, shown })
    }
}
