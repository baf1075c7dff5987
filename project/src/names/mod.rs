//! What people type, looked up in one view: users, groups, plug-ins, accesses.
//!
//! | module | what is there |
//! |---|---|
//! | here | [`Names`], the one place where a typed word becomes a user, a group or a plug-in |
//! | `access` | the same for an access, such as `plugin:write` or `4D Write` |
//! | `editing` | the names that an edit needs, and the change that gives an access |
//! | `error` | why a word means nothing, or more than one thing |

mod access;
mod editing;
mod error;

use guichet_core::{
    Directory, GroupHandle, GroupId, Mode, PluginKey, UserHandle, UserId, UserName,
};
use guichet_licensing::PluginCatalogue;
use guichet_policy::Access;

pub use editing::Member;
pub use error::{NameKind, NotGrantable, WordError};

/// Looks up what people type: by name, by number as `#3`, by constant.
///
/// An exact name comes first, then a name that differs only in case (decision D7), then a number, then
/// `@designer` or `@administrator`, which name the built-in users whatever they are called.
///
/// ```no_run
/// use guichet::Project;
///
/// let project = Project::open("/srv/shop")?;
/// let view = project.current();
/// let ann = view.names().user("ann lee")?;
/// let same = view.names().user("#3")?;
/// let write = view.names().access("4D Write")?;
/// println!("{}", view.check(ann, &write)?.allowed());
/// # Ok::<(), guichet::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    directory: &'a Directory,
    catalogue: &'a PluginCatalogue,
    mode: Mode,
}

/// Finds one of the built-in users.
type BuiltIn = fn(&Directory) -> UserHandle;

/// The built-in users by the names that 4D gives them, in English and in French.
const BUILT_IN: [(&str, BuiltIn); 4] = [
    ("Designer", Directory::designer),
    ("Administrator", Directory::administrator),
    ("Super_Utilisateur", Directory::designer),
    ("Administrateur", Directory::administrator),
];

/// One thing that a word names.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Named {
    /// A user.
    User(UserHandle),
    /// A group.
    Group(GroupHandle),
    /// A plug-in.
    Plugin(PluginKey),
    /// An access.
    Access(Access),
}

impl<'a> Names<'a> {
    /// Looks names up in a directory and a catalogue of plug-ins.
    pub const fn new(directory: &'a Directory, catalogue: &'a PluginCatalogue, mode: Mode) -> Self {
        Self {
            directory,
            catalogue,
            mode,
        }
    }

    /// Returns the directory in which names are looked up.
    pub const fn directory(&self) -> &'a Directory {
        self.directory
    }

    /// Returns where the application runs, which says what `rest` means (decision D15).
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// Finds a user by name, by number written `#3`, or as `@designer` or `@administrator`.
    ///
    /// # Errors
    ///
    /// [`WordError::Unknown`], with the nearest names.
    pub fn user(&self, word: &str) -> Result<UserHandle, WordError> {
        self.find_user(word)
            .ok_or_else(|| self.unknown(NameKind::User, word))
    }

    /// Finds the user of a name, which is never taken for a number.
    ///
    /// # Errors
    ///
    /// [`WordError::Unknown`], with the nearest names.
    pub(crate) fn user_called(&self, name: &UserName) -> Result<UserHandle, WordError> {
        let user = self.directory.find_user(name.as_str());
        user.ok_or_else(|| self.unknown(NameKind::User, name.as_str()))
    }

    /// Finds a group by name, or by number written `#15001`.
    ///
    /// # Errors
    ///
    /// [`WordError::Unknown`], with the nearest names.
    pub fn group(&self, word: &str) -> Result<GroupHandle, WordError> {
        self.find_group(word)
            .ok_or_else(|| self.unknown(NameKind::Group, word))
    }

    /// Finds a plug-in by key, number, four digits, name or the constant of 4D's language.
    ///
    /// # Errors
    ///
    /// [`WordError::Unknown`], with the nearest keys and names.
    pub fn plugin(&self, word: &str) -> Result<PluginKey, WordError> {
        self.find_plugin(word)
            .ok_or_else(|| self.unknown(NameKind::Plugin, word))
    }

    /// Finds whatever a word names: a user, a group, a plug-in or an access.
    ///
    /// # Errors
    ///
    /// [`WordError::Ambiguous`] where a user, a group and a plug-in share the name;
    /// [`WordError::Unknown`] where nothing has it.
    pub fn resolve(&self, word: &str) -> Result<Named, WordError> {
        match self.found(word).as_slice() {
            [] => match self.access(word) {
                Ok(access) => Ok(Named::Access(access)),
                Err(_) => Err(self.unknown(NameKind::Any, word)),
            },
            [(_, only)] => Ok(only.clone()),
            several => Err(WordError::Ambiguous {
                word: word.to_owned(),
                kinds: several.iter().map(|(kind, _)| *kind).collect(),
            }),
        }
    }

    fn find_user(&self, word: &str) -> Option<UserHandle> {
        let by_number = || {
            let number = word.strip_prefix('#')?.parse().ok()?;
            self.directory.user_by_id(UserId::new(number).ok()?)
        };
        let by_role = || {
            let role = word.strip_prefix('@')?;
            let mut roles = BUILT_IN.iter();
            let (_, user) = roles.find(|(name, _)| name.eq_ignore_ascii_case(role))?;
            Some(user(self.directory))
        };
        (self.directory.find_user(word))
            .or_else(by_number)
            .or_else(by_role)
    }

    fn find_group(&self, word: &str) -> Option<GroupHandle> {
        let by_number = || {
            let number = word.strip_prefix('#')?.parse().ok()?;
            self.directory.group_by_id(GroupId::new(number).ok()?)
        };
        self.directory.find_group(word).or_else(by_number)
    }

    fn find_plugin(&self, word: &str) -> Option<PluginKey> {
        let plugin = self.catalogue.resolve(word).ok()?;
        Some(plugin.key.clone())
    }

    /// Returns the users, groups and plug-ins that have this name, one of each at most.
    fn found(&self, word: &str) -> Vec<(NameKind, Named)> {
        let user = (self.find_user(word)).map(|user| (NameKind::User, Named::User(user)));
        let group = (self.find_group(word)).map(|group| (NameKind::Group, Named::Group(group)));
        let plugin = (self.find_plugin(word)).map(|key| (NameKind::Plugin, Named::Plugin(key)));
        [user, group, plugin].into_iter().flatten().collect()
    }

    fn unknown(&self, kind: NameKind, word: &str) -> WordError {
        let found = self.found(word).first().map(|(kind, _)| *kind);
        let is_access =
            || kind != NameKind::Access && Access::KEYWORDS.contains(&word.to_lowercase().as_str());
        let instead = found.or_else(|| is_access().then_some(NameKind::Access));
        WordError::unknown(kind, word, self.known(kind), instead)
    }

    /// Returns the names that a word of a kind could have meant, each with what to offer for it.
    fn known(&self, kind: NameKind) -> Vec<(&'a str, &'a str)> {
        let same = |name: &'a str| (name, name);
        let users = || {
            let users = (self.directory.users()).map(|(_, user)| same(user.name().as_str()));
            let built_in = BUILT_IN.iter().filter_map(|(name, user)| {
                let user = self.directory.user(user(self.directory))?;
                Some((*name, user.name().as_str()))
            });
            users.chain(built_in)
        };
        let groups = || (self.directory.groups()).map(|(_, group)| same(group.name().as_str()));
        let schemas = || {
            let schemas = self.directory.grants().schemas().iter();
            schemas.map(|grants| same(grants.schema().as_str()))
        };
        let plugins = || {
            let plugins = self.catalogue.plugins().iter();
            plugins.flat_map(|plugin| {
                let key = plugin.key.as_str();
                [(key, key), (plugin.name.as_str(), key)]
            })
        };
        let keywords = Access::KEYWORDS.into_iter().map(same);
        match kind {
            NameKind::User => users().collect(),
            NameKind::Group => groups().collect(),
            NameKind::Member => users().chain(groups()).collect(),
            NameKind::Schema => schemas().collect(),
            NameKind::Plugin => plugins().collect(),
            NameKind::Access => keywords.chain(plugins()).collect(),
            NameKind::Any => users().chain(groups()).chain(plugins()).collect(),
        }
    }
}
