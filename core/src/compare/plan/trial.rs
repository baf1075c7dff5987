//! Making changes on a copy of a directory, leaving out those that are refused.

use crate::change::{Change, Refusal, Rules};
use crate::directory::Directory;
use crate::steps;

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
    /// The steps go as one list, since a list looks names up better than its changes one by one.
    pub(super) fn make(&mut self, steps: Vec<Step>) -> Vec<(Step, Refusal)> {
        steps::add(steps.len());
        let changes = steps.iter().map(|step| &step.change);
        let refusals = self.directory.apply_each(changes, self.rules);
        let mut refusals = refusals.into_iter().peekable();
        let mut refused = Vec::new();
        for (index, step) in steps.into_iter().enumerate() {
            match refusals.next_if(|(refused, _)| *refused == index) {
                Some((_, refusal)) => refused.push((step, refusal)),
                None => self.changes.push(step.change),
            }
        }
        refused
    }
}
