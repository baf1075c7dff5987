//! One version of a project's directory: what it says, and what that means.

use std::sync::Arc;

use guichet_core::{Directory, Grantee, GroupHandle, Mode, PluginKey, UserHandle};
use guichet_licensing::{Admission, Entitlements, Moment, Owned, PluginCatalogue};
use guichet_policy::{
    Access, AccessError, Answer, Audience, Decision, Explained, Person, Policy, Reach,
};
use guichet_storage::json::Document;
use guichet_storage::{
    Loaded, Located, Location, OptionsFile, Problem, Revision, StoredConflict, conflicts,
};

use crate::error::Error;
use crate::meaning::Meaning;
use crate::names::{Names, WordError};

/// One version of a project: its directory, its options, and every decision drawn from them.
///
/// A view never changes. Threads share it without a lock, and a clone costs a reference count. When
/// the file changes, [`Project::current`](crate::Project::current) gives another view, and whoever
/// still holds this one goes on with what it says.
///
/// # Costs
///
/// | question | cost |
/// |---|---|
/// | [`check`](View::check), [`explained`](View::explained), [`audience`](View::audience), [`reach`](View::reach) | as in [`Policy`] |
/// | [`user`](View::user), [`group`](View::group) | O(length of the name); for an unknown name O(names), for the suggestions |
/// | everything else | O(1) |
#[derive(Debug, Clone)]
pub struct View(Arc<Data>);

#[derive(Debug)]
pub(crate) struct Data {
    pub(crate) location: Location,
    pub(crate) meaning: Meaning,
    pub(crate) options: OptionsFile,
    pub(crate) options_revision: Revision,
    pub(crate) document: Option<Document>,
    pub(crate) problems: Vec<Located<Problem>>,
    pub(crate) revision: Revision,
}

impl View {
    /// Puts together what was read.
    pub(crate) fn of(location: Location, loaded: Loaded, mode: Mode) -> Result<Self, Error> {
        let options_revision = options_revision(&loaded);
        let directory = Arc::new(loaded.directory);
        let options_path = location.options.as_deref();
        Ok(Self(Arc::new(Data {
            meaning: Meaning::of(directory, &loaded.options, options_path, mode)?,
            options_revision,
            options: loaded.options,
            document: loaded.document,
            problems: loaded.problems,
            revision: loaded.revision,
            location,
        })))
    }

    pub(crate) const fn from_data(data: Arc<Data>) -> Self {
        Self(data)
    }

    pub(crate) fn meaning(&self) -> &Meaning {
        &self.0.meaning
    }

    /// Returns whether the view is of the bytes that were read.
    pub(crate) fn is_of(&self, loaded: &Loaded) -> bool {
        self.revision() == loaded.revision && self.options_revision() == options_revision(loaded)
    }

    pub(crate) const fn data(&self) -> &Arc<Data> {
        &self.0
    }

    /// Returns the users, groups, grants and settings.
    pub fn directory(&self) -> &Directory {
        self.0.meaning.policy.directory()
    }

    /// Returns what decides who may reach what.
    pub fn policy(&self) -> &Policy {
        &self.0.meaning.policy
    }

    /// Returns what `guichet.toml` says.
    pub fn options(&self) -> &OptionsFile {
        &self.0.options
    }

    /// Returns where the application runs.
    pub fn mode(&self) -> Mode {
        self.0.meaning.policy.mode()
    }

    /// Returns the plug-ins that exist: 4D's own, those that `guichet.toml` declares, and those that
    /// the directory grants.
    pub fn catalogue(&self) -> &PluginCatalogue {
        &self.0.meaning.catalogue
    }

    /// Returns how many seats `guichet.toml` says are owned.
    pub fn entitlements(&self) -> &Entitlements {
        &self.0.meaning.entitlements
    }

    /// Returns how many seats of a plug-in are owned at a moment, as `guichet.toml` says; unknown where
    /// it says nothing.
    pub fn owned(&self, plugin: &PluginKey, at: Moment) -> Owned {
        self.entitlements().owned_on(plugin, at.date())
    }

    /// Returns who may use a plug-in: the gate that a ledger of seats asks.
    pub fn admission(&self) -> Admission<'_> {
        self.0.meaning.admission()
    }

    /// Returns everything odd that was found on reading, in the order of the files.
    pub fn problems(&self) -> &[Located<Problem>] {
        &self.0.problems
    }

    /// Returns the text of `directory.json`; `None` if the project has no file.
    pub fn document(&self) -> Option<&Document> {
        self.0.document.as_ref()
    }

    /// Returns the conflicts that a merge left in the file, in its order.
    pub fn conflicts(&self) -> Vec<StoredConflict> {
        let found = self.document().map(conflicts).unwrap_or_default();
        found.into_iter().map(|(conflict, _)| conflict).collect()
    }

    /// Returns where the directory was read from, and which files it hides.
    pub fn location(&self) -> &Location {
        &self.0.location
    }

    /// Returns the revision of `directory.json`.
    pub fn revision(&self) -> Revision {
        self.0.revision
    }

    /// Returns the revision of `guichet.toml`.
    pub fn options_revision(&self) -> Revision {
        self.0.options_revision
    }

    /// Returns what looks up the words that people type.
    pub fn names(&self) -> Names<'_> {
        Names::new(self.directory(), self.catalogue(), self.mode())
    }

    /// Finds a user by name, or by number written `#3`.
    ///
    /// # Errors
    ///
    /// As [`Names::user`].
    pub fn user(&self, word: &str) -> Result<UserHandle, WordError> {
        self.names().user(word)
    }

    /// Finds a group by name, or by number written `#15001`.
    ///
    /// # Errors
    ///
    /// As [`Names::group`].
    pub fn group(&self, word: &str) -> Result<GroupHandle, WordError> {
        self.names().group(word)
    }

    /// Finds a plug-in by key, number, name or constant.
    ///
    /// # Errors
    ///
    /// As [`Names::plugin`].
    pub fn plugin(&self, word: &str) -> Result<PluginKey, WordError> {
        self.names().plugin(word)
    }

    /// Reads an access, such as `design`, `plugin:write` or `sql:SALES:read`.
    ///
    /// # Errors
    ///
    /// As [`Names::access`].
    pub fn access(&self, words: &str) -> Result<Access, WordError> {
        self.names().access(words)
    }

    /// Returns a user's name; an empty text for a user of another directory.
    pub fn name_of_user(&self, user: UserHandle) -> &str {
        let user = self.directory().user(user);
        user.map_or("", |user| user.name().as_str())
    }

    /// Returns a group's name; an empty text for a group of another directory.
    pub fn name_of_group(&self, group: GroupHandle) -> &str {
        let group = self.directory().group(group);
        group.map_or("", |group| group.name().as_str())
    }

    /// Returns the names of groups.
    pub fn group_names(&self, groups: &[GroupHandle]) -> Vec<String> {
        let names = groups.iter().map(|group| self.name_of_group(*group));
        names.map(str::to_owned).collect()
    }

    /// Returns the names of users with what they are.
    pub fn people(&self, users: &[UserHandle]) -> Vec<Person> {
        let people = users.iter().map(|user| self.person(*user));
        people.collect()
    }

    /// Returns a user's name with what the user is.
    pub fn person(&self, user: UserHandle) -> Person {
        Person::new(self.directory(), user)
    }

    /// Lists the accesses that are given to groups, everyone or nobody, with who has each, as the
    /// directory says: the areas, and three rights of each SQL schema.
    pub fn areas(&self) -> Vec<(Access, Grantee)> {
        let accesses = self.policy().accesses().into_iter();
        let given = accesses.filter_map(|access| {
            // Design stands for the Runtime Explorer too, and both are listed.
            let stored = self.directory().grants().area(&access.area(self.mode())?)?;
            let grantee = self.directory().grantee_by_name(stored);
            Some((access, grantee))
        });
        given.collect()
    }

    /// Decides whether a user may reach something, and says why.
    ///
    /// # Errors
    ///
    /// [`AccessError::UnknownPlugin`]: nobody declared the plug-in.
    pub fn check(&self, user: UserHandle, access: &Access) -> Result<Decision, AccessError> {
        self.policy().check(user, access)
    }

    /// Decides as [`check`](Self::check), in names.
    ///
    /// ```
    /// use guichet::Project;
    ///
    /// let view = Project::open("../examples/accounting")?.current();
    /// let answer = view.answer(view.user("Ann Lee")?, &view.access("plugin:write")?)?;
    /// assert!(answer.verdict.allowed);
    /// assert_eq!(answer.path, ["Ann Lee", "General Mgmt", "Finance"]);
    /// # Ok::<(), guichet::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    pub fn answer(&self, user: UserHandle, access: &Access) -> Result<Answer, AccessError> {
        self.policy().answer(user, access)
    }

    /// Decides as [`answer`](Self::answer), with every way in, or with what is missing.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    pub fn explained(&self, user: UserHandle, access: &Access) -> Result<Explained, AccessError> {
        self.policy().explained(user, access)
    }

    /// Lists everybody who has an access.
    ///
    /// # Errors
    ///
    /// As [`check`](Self::check).
    pub fn audience(&self, access: &Access) -> Result<Audience, AccessError> {
        self.policy().audience(access)
    }

    /// Lists every access, with the answer for one user.
    pub fn reach(&self, user: UserHandle) -> Reach {
        self.policy().reach(user)
    }
}

fn options_revision(loaded: &Loaded) -> Revision {
    let bytes = loaded.options_bytes.as_deref();
    bytes.map_or(Revision::ABSENT, Revision::new)
}
