//! Applying a list of changes whole or not at all, and taking it back.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use crate::actor::Actor;
use crate::authority::Act;
use crate::codes::advice;
use crate::delta::Event;
use crate::diagnostic::Diagnostic;
use crate::directory::Directory;
use crate::options::Options;
use crate::plugin::Plugin;

use super::editor::Editor;
use super::journal::{Handles, Step};
use super::kind::Change;
use super::refusal::{Refusal, Refused};

/// What decides whether a change is made: who asks, the policies, and the plug-ins there are.
///
/// The default is the Designer, the default policies and 4D's own plug-ins.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rules<'a> {
    /// Who makes the changes. One actor makes the whole list: a change in it that turns access
    /// control on does not bind those after it.
    pub actor: Actor,
    /// The named policies of `guichet.toml`.
    pub options: Options,
    /// The plug-ins that `guichet.toml` declares; the six of 4D and those that the directory has a
    /// grant for need not be here.
    pub plugins: &'a [Plugin],
}

impl Rules<'_> {
    /// Returns the rules for an actor under some policies.
    pub const fn new(actor: Actor, options: Options) -> Self {
        Self {
            actor,
            options,
            plugins: &[],
        }
    }
}

/// An applied list of changes.
#[derive(Debug)]
#[must_use = "the events say what happened"]
pub struct Applied {
    /// What happened, in order; empty when the directory already was as it should be.
    pub events: Vec<Event>,
    /// Brings the former directory back.
    pub reversal: Reversal,
}

/// Takes a list of changes back: see [`Directory::revert`].
#[derive(Debug)]
pub struct Reversal {
    before: Stamp,
    after: Stamp,
    journal: Vec<Step>,
}

/// Why an edit cannot be undone: later edits followed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the directory changed after this edit, so it cannot be undone alone")]
pub struct StaleReversal;

impl Diagnostic for StaleReversal {
    fn code(&self) -> &'static str {
        "stale-reversal"
    }

    fn help(&self) -> Option<String> {
        advice(self.code())
    }
}

/// Tells one state of a directory from every other one, copies included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp(u64);

impl Stamp {
    /// Returns one that is not used yet: 64 bits out of the keys that the standard library draws
    /// for its hash tables.
    pub(crate) fn fresh() -> Self {
        Self(RandomState::new().build_hasher().finish())
    }
}

impl Directory {
    /// Applies a list of changes, whole or not at all.
    ///
    /// Handles stay valid, and a new user or group has a handle of its own. Later changes of the
    /// list see what earlier ones did.
    ///
    /// # Errors
    ///
    /// [`Refused`] with the place of the first change that cannot be made, and why: first it is
    /// asked whether the actor may ([`Refusal::NotAllowed`]), then whether it can be done. The
    /// directory is then as before.
    pub fn apply(&mut self, changes: &[Change], rules: &Rules<'_>) -> Result<Applied, Refused> {
        let before = self.stamp;
        let mut editor = Editor::new(self, rules);
        for (index, change) in changes.iter().enumerate() {
            if let Err(refusal) = editor.make(change) {
                editor.roll_back();
                return Err(Refused::new(index, refusal));
            }
        }
        let (events, journal) = editor.finish();
        if !journal.is_empty() {
            self.stamp = Stamp::fresh();
        }
        let reversal = Reversal {
            before,
            after: self.stamp,
            journal,
        };
        Ok(Applied { events, reversal })
    }

    /// Applies each change of a list that is not refused, and returns the refused ones with their
    /// places and the reasons.
    ///
    /// Costs what applying the list costs.
    pub(crate) fn apply_each<'c>(
        &mut self,
        changes: impl IntoIterator<Item = &'c Change>,
        rules: &Rules<'_>,
    ) -> Vec<(usize, Refusal)> {
        let mut editor = Editor::new(self, rules);
        let mut refused = Vec::new();
        for (index, change) in changes.into_iter().enumerate() {
            let mark = editor.mark();
            if let Err(refusal) = editor.make(change) {
                editor.roll_back_to(mark);
                refused.push((index, refusal));
            }
        }
        let (_, journal) = editor.finish();
        if !journal.is_empty() {
            self.stamp = Stamp::fresh();
        }
        refused
    }

    /// Brings back the directory as it was before the changes of a reversal: the same handles, the
    /// same order, the same everything.
    ///
    /// The handles that the changes gave out mean nothing any more, and nobody gets them again. Who
    /// followed the events applies their inverses ([`Event::inverse`]), last first.
    ///
    /// # Errors
    ///
    /// [`StaleReversal`] when this directory is not in the state right after those changes; it is
    /// then left alone. A copy of the directory counts as the same.
    pub fn revert(&mut self, reversal: Reversal) -> Result<(), StaleReversal> {
        if self.stamp != reversal.after {
            return Err(StaleReversal);
        }
        for step in reversal.journal.into_iter().rev() {
            step.undo(self, Handles::Known);
        }
        self.stamp = reversal.before;
        Ok(())
    }
}

impl Editor<'_> {
    /// Makes one change, or refuses it; refused, it may have been made in part.
    fn make(&mut self, change: &Change) -> Result<(), Refusal> {
        let actor = self.rules.actor;
        let act = Act::from_change(change, self.directory, actor);
        act.check(actor, &self.rules.options)?;
        match change {
            Change::AddUser {
                name,
                startup_method,
                groups,
            } => self.add_user(name.as_ref(), startup_method.as_ref(), groups),
            Change::DuplicateUser { user, name } => self.duplicate_user(user, name.as_ref()),
            Change::RenameUser { user, name } => self.rename_user(user, name),
            Change::DeleteUser { user } => self.delete_user(user),
            Change::SetPassword { user, credential } => {
                self.set_password(user, credential.as_ref())
            }
            Change::SetStartupMethod { user, method } => {
                self.set_startup_method(user, method.as_ref())
            }
            Change::AddGroup {
                name,
                administrator,
            } => self.add_group(name.as_ref(), *administrator),
            Change::DuplicateGroup { group, name } => self.duplicate_group(group, name.as_ref()),
            Change::RenameGroup { group, name } => self.change_group_name(group, name),
            Change::EmptyGroup { group } => self.empty_group(group),
            Change::AddMembers {
                group,
                users,
                groups,
            } => self.add_members(group, users, groups),
            Change::RemoveMembers {
                group,
                users,
                groups,
            } => self.remove_members(group, users, groups),
            Change::GrantPlugin { plugin, grantee } => self.grant_plugin(plugin, grantee),
            Change::GrantArea { area, grantee } => self.grant_area(area, grantee),
            Change::SetDefaultUser { user } => self.set_default_user(user.as_ref()),
            Change::SetWebUser { side, user } => self.set_web_user(*side, user.as_ref()),
        }
    }
}
