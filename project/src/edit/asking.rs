//! Edits that ask first: tried in memory, shown, and made on the version that was shown.

use guichet_policy::Effect;

use super::{Expected, Outcome};
use crate::error::Error;
use crate::project::Project;

impl Project {
    /// Makes an edit after `ask` said yes to what it means for people.
    ///
    /// The edit is tried in memory, without a lock, and `ask` gets its effect; an error of it is the
    /// answer no. Then it is made on the version on which it was tried: if somebody else changed the
    /// file meanwhile, it is a conflict. The closure passes the expected version on to the edit that it
    /// makes, of the project that it is given.
    ///
    /// ```
    /// # let folder = tempfile::tempdir()?;
    /// # std::fs::create_dir_all(folder.path().join("Project"))?;
    /// # let shop = folder.path();
    /// use guichet::{Change, Editor, Error, Project};
    ///
    /// let project = Project::open(shop)?;
    /// let change = Change::AddUser { name: None, startup_method: None, groups: vec![] };
    /// let (outcome, ()) = project.edit_asking(
    ///     |project, expected| {
    ///         let outcome = project.apply(&Editor::Designer, std::slice::from_ref(&change), expected)?;
    ///         Ok::<_, Error>((outcome, ()))
    ///     },
    ///     |effect| {
    ///         assert_eq!((effect.affected, effect.losing), (1, 0));
    ///         Ok(())
    ///     },
    /// )?;
    /// assert!(outcome.is_saved());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// What the closures return.
    pub fn edit_asking<T, E: From<Error>>(
        &self,
        edit: impl Fn(&Self, Expected) -> Result<(Outcome, T), E>,
        ask: impl FnOnce(&Effect) -> Result<(), E>,
    ) -> Result<(Outcome, T), E> {
        let (tried, _) = edit(&self.rehearse(), Expected::Any)?;
        ask(&tried.effect()?)?;
        edit(self, Expected::Revision(tried.revision_before()))
    }
}
