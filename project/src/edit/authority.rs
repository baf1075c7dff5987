//! May the editor put one text in the place of another (decision D27)?
//!
//! Changes are asked one by one, when they are applied. A whole text, such as a merge or what an undo
//! brings back, is asked as a whole: by core for what the directories hold, and by storage for what
//! else the texts differ in.

use guichet_core::{Actor, Directory, Options, Plugin, Rewrite};
use guichet_storage::{FileChange, besides};

use super::refused::RefusedChanges;
use crate::error::Result;

/// Who asks, under which policies, and which plug-ins exist.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asker<'a> {
    pub(super) actor: Actor,
    pub(super) options: Options,
    pub(super) plugins: &'a [Plugin],
}

impl Asker<'_> {
    /// Refuses a rewrite of these files that the actor could not have made by changes.
    pub(super) fn check(
        &self,
        before: &Directory,
        after: &Directory,
        files: &[FileChange],
    ) -> Result<()> {
        if self.actor == Actor::Designer {
            return Ok(());
        }
        let rewrite = Rewrite {
            before,
            after,
            besides: besides(files, self.plugins),
        };
        rewrite
            .check(self.actor, &self.options)
            .map_err(|refusal| RefusedChanges::of_whole(refusal).into())
    }
}
