//! May the editor put one text in the place of another (decision D27)?
//!
//! Changes are asked one by one, when they are applied. A whole text, such as a merge or what an undo
//! brings back, is asked as a whole: by core for what the directories hold, and here for what else the
//! texts differ in.

use guichet_core::authority::{Besides, Rewrite};
use guichet_core::{Actor, Directory, Options, Plugin, Rules, compare};
use guichet_storage::encode::encode;
use guichet_storage::guichet_toml::OptionsFile;
use guichet_storage::normalise::normalise;
use guichet_storage::store::FileChange;
use guichet_storage::text::DirectoryText;

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
        let besides = files.iter().map(|change| self.besides(change)).max();
        let besides = besides.unwrap_or_default();
        let rewrite = Rewrite {
            before,
            after,
            besides,
        };
        rewrite
            .check(self.actor, &self.options)
            .map_err(|refusal| RefusedChanges::of_whole(refusal).into())
    }

    /// Says in what two versions of a file differ besides what the directories hold.
    fn besides(&self, change: &FileChange) -> Besides {
        let (before, after) = (change.before.as_deref(), change.after.as_deref());
        if before == after {
            Besides::Nothing
        } else if change
            .path
            .extension()
            .is_some_and(|ending| ending == "toml")
        {
            besides_of_options(before.unwrap_or_default(), after.unwrap_or_default())
        } else {
            self.besides_of_texts(before.unwrap_or(EMPTY), after.unwrap_or(EMPTY))
        }
    }

    /// Carries the difference out in the first text, and compares the result with the second: what
    /// differs then is nothing that changes could have made.
    fn besides_of_texts(&self, before: &[u8], after: &[u8]) -> Besides {
        let parse = |bytes: &[u8]| DirectoryText::parse(bytes.to_vec()).ok();
        let (Some(before), Some(after)) = (parse(before), parse(after)) else {
            return Besides::Content;
        };
        let rules = Rules {
            plugins: self.plugins,
            ..Rules::default()
        };
        let plan = compare(&before.directory, &after.directory).plan(&before.directory, &rules);
        let mut edited = before.directory.clone();
        let mut carried_out = || {
            let _ = edited.apply(plan.changes(), &rules).ok()?;
            let patch = encode(&before.document, &before.directory, &edited).ok()?;
            parse(patch.apply(before.document.text())?.as_bytes())
        };
        let is_same = |text: DirectoryText| {
            normalise(&text.document, &text.directory)
                == normalise(&after.document, &after.directory)
        };
        if plan.leftovers().is_empty() && carried_out().is_some_and(is_same) {
            Besides::Form
        } else {
            Besides::Content
        }
    }
}

/// The text of a file that is not there.
const EMPTY: &[u8] = b"{}";

/// Policies, numbers of seats and levels of lint are in no directory.
fn besides_of_options(before: &[u8], after: &[u8]) -> Besides {
    match (OptionsFile::parse(before), OptionsFile::parse(after)) {
        (Ok(before), Ok(after))
            if before.policies == after.policies
                && before.plugins == after.plugins
                && levels(&before).eq(levels(&after)) =>
        {
            Besides::Form
        }
        _ => Besides::Content,
    }
}

/// The levels of lint, wherever they are written.
fn levels(options: &OptionsFile) -> impl Iterator<Item = (&str, Option<guichet_core::Severity>)> {
    let levels = options.lint.iter();
    levels.map(|chosen| (chosen.code.as_str(), chosen.level))
}
