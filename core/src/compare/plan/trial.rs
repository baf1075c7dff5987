//! Making changes on a copy of a directory, leaving out those that are refused.

use crate::change::{Change, Refusal, Rules};
use crate::directory::Directory;

/// One change, and the deltas that it carries out.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) change: Change,
    /// By the place of the delta.
    pub(super) deltas: Vec<usize>,
}

/// A copy of a directory, and the changes made to it so far.
pub(super) struct Trial<'a> {
    directory: Directory,
    rules: &'a Rules<'a>,
    changes: Vec<Change>,
}

impl<'a> Trial<'a> {
    pub(super) fn new(directory: &Directory, rules: &'a Rules<'a>) -> Self {
        Self {
            directory: directory.clone(),
            rules,
            changes: Vec::new(),
        }
    }

    pub(super) const fn directory(&self) -> &Directory {
        &self.directory
    }

    pub(super) fn into_changes(self) -> Vec<Change> {
        self.changes
    }

    /// Makes a list of changes whole, or tells that it is refused.
    pub(super) fn make_all(&mut self, changes: &[Change]) -> Result<(), Refusal> {
        let applied = self.directory.apply(changes, self.rules);
        if applied.is_ok() {
            self.changes.extend_from_slice(changes);
        }
        applied.map(drop).map_err(Refusal::from)
    }

    /// Makes every step that is not refused, and returns the refused ones with their reasons.
    ///
    /// The steps go as lists as long as can be, since a list looks names up better than its changes
    /// one by one: linear, and once more the list's own overhead for each refusal.
    pub(super) fn make(&mut self, steps: Vec<Step>) -> Vec<(Step, Refusal)> {
        let changes: Vec<Change> = steps.iter().map(|step| step.change.clone()).collect();
        let mut refused = Vec::new();
        let mut steps = steps.into_iter();
        let mut rest = changes.as_slice();
        while let Err(refusal) = self.directory.apply(rest, self.rules) {
            let (made, behind) = rest.split_at(refusal.index());
            // Made a moment ago, up to the refusal: it can be made again.
            if self.directory.apply(made, self.rules).is_ok() {
                self.changes.extend_from_slice(made);
            }
            let step = steps.nth(made.len());
            refused.extend(step.map(|step| (step, Refusal::from(refusal))));
            rest = behind.split_first().map_or(&[], |(_, behind)| behind);
        }
        self.changes.extend_from_slice(rest);
        refused
    }
}
