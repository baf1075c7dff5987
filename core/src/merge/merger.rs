//! A merge under way, step by step.

use crate::compare::Difference;
use crate::compare::entries::entries;
use crate::compare::identities::{Identities, Side};
use crate::compare::state::State;
use crate::delta::Delta;

use super::Merge;
use super::conflict::{Conflict, ConflictKind};
use super::sides::{Made, is_removal, is_use};

/// The base, what each side did since, and what has been merged so far.
#[derive(Debug)]
pub(super) struct Merger<'a, 'b> {
    pub(super) identities: &'b Identities<'a>,
    pub(super) base: State<'a>,
    pub(super) ours: Made<'a>,
    pub(super) theirs: Made<'a>,
    pub(super) merged: State<'a>,
    conflicts: Vec<Conflict>,
}

/// What the merge has of something that each side may have.
pub(super) enum Presence<T> {
    /// Nothing.
    Absent,
    /// What one side has alone.
    One(T),
    /// What ours and theirs have, to be merged.
    Both(T, T),
}

impl<'a, 'b> Merger<'a, 'b> {
    /// Begins with ours, of base, ours and theirs.
    pub(super) fn new(
        identities: &'b Identities<'a>,
        [base, ours, theirs]: &[Side<'a>; 3],
    ) -> Self {
        let base = State::of(base, identities);
        let ours = Made::new(&base, ours, identities);
        let theirs = Made::new(&base, theirs, identities);
        Self {
            identities,
            merged: ours.state.clone(),
            base,
            ours,
            theirs,
            conflicts: Vec::new(),
        }
    }

    /// Merges into ours, and puts the conflicts into an order that depends on names alone.
    ///
    /// What is there is settled before its names, and both before what refers to it.
    pub(super) fn merge(mut self, ours: &Side<'_>) -> Merge {
        self.merge_users();
        self.merge_groups();
        self.settle_user_names();
        self.settle_group_names();
        self.merge_members();
        self.merge_grants();
        self.merge_settings();
        self.adopt();
        self.break_cycles();
        let entries = entries(&self.ours.state, &self.merged, self.identities);
        let directory = self.directory(ours);
        let mut conflicts = self.conflicts;
        conflicts.sort_by(Conflict::by_place);
        Merge {
            directory,
            difference: Difference::from(ours, entries),
            conflicts,
        }
    }

    pub(super) fn conflict(&mut self, kind: ConflictKind, ours: Vec<Delta>, theirs: Vec<Delta>) {
        self.conflicts.push(Conflict { kind, ours, theirs });
    }

    /// Decides whether something is in the merge that base, ours and theirs may have.
    ///
    /// `about` picks among what a side did with it. Who removed what the other side did something
    /// with is in a conflict, and ours has its way.
    pub(super) fn presence<T>(
        &mut self,
        base: Option<&T>,
        ours: Option<T>,
        theirs: Option<T>,
        about: impl Fn(&Made<'a>, fn(&Delta) -> bool) -> Vec<Delta>,
    ) -> Presence<T> {
        let kind = ConflictKind::RemovedAndChanged;
        match (base, ours, theirs) {
            (_, None, None) => Presence::Absent,
            (_, Some(ours), Some(theirs)) => Presence::Both(ours, theirs),
            (None, Some(only), None) | (None, None, Some(only)) => Presence::One(only),
            (Some(_), Some(kept), None) => {
                let uses = about(&self.ours, is_use);
                if uses.is_empty() {
                    return Presence::Absent;
                }
                let removal = about(&self.theirs, is_removal);
                self.conflict(kind, uses, removal);
                Presence::One(kept)
            }
            (Some(_), None, Some(_)) => {
                let uses = about(&self.theirs, is_use);
                if !uses.is_empty() {
                    let removal = about(&self.ours, is_removal);
                    self.conflict(kind, removal, uses);
                }
                Presence::Absent
            }
        }
    }
}
