//! Who edits, and which version an edit is about.

use guichet_core::{Actor, UserName};
use guichet_storage::Revision;

use crate::names::{Names, WordError};
use crate::view::View;

/// Who edits: what they may change is decided by 4D's rules (decision D27), and the history names
/// them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Editor {
    /// The Designer, who may change everything.
    #[default]
    Designer,
    /// The user of this name, whoever that is when the edit is made.
    User(UserName),
}

impl Editor {
    /// Returns what the history calls the editor.
    pub fn name(&self) -> &str {
        match self {
            Self::Designer => "Designer",
            Self::User(name) => name.as_str(),
        }
    }

    /// Returns the actor that the editor is on a directory.
    pub(crate) fn actor(&self, names: &Names<'_>) -> Result<Actor, WordError> {
        match self {
            Self::Designer => Ok(Actor::Designer),
            Self::User(name) => {
                let user = names.user_called(name)?;
                Ok(Actor::from_user(names.directory(), names.mode(), user))
            }
        }
    }
}

impl From<UserName> for Editor {
    fn from(name: UserName) -> Self {
        Self::User(name)
    }
}

/// Which version of a project an edit is about; on another one it is a conflict.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub enum Expected {
    /// Whatever the file says when the edit has its lock.
    #[default]
    Any,
    /// This revision of `directory.json`.
    Revision(Revision),
    /// What this view was read from, `guichet.toml` included.
    View(View),
}

impl Expected {
    pub(super) fn of_storage(&self) -> guichet_storage::Expected {
        match self {
            Self::Any => guichet_storage::Expected::Any,
            Self::Revision(revision) => guichet_storage::Expected::Revision(*revision),
            Self::View(view) => guichet_storage::Expected::Revision(view.revision()),
        }
    }
}

impl From<Revision> for Expected {
    fn from(revision: Revision) -> Self {
        Self::Revision(revision)
    }
}

impl From<Option<Revision>> for Expected {
    fn from(revision: Option<Revision>) -> Self {
        revision.map_or(Self::Any, Self::Revision)
    }
}

impl From<&View> for Expected {
    fn from(view: &View) -> Self {
        Self::View(view.clone())
    }
}
