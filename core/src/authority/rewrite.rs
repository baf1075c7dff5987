//! May an actor put a whole directory in the place of another one?

use std::collections::HashMap;
use std::hash::Hash;

use crate::actor::Actor;
use crate::change::Refusal;
use crate::compare::areas::AreaKey;
use crate::compare::entries::{Entry, entries};
use crate::compare::identities::{GroupKey, Identities, Side, UserKey, identify};
use crate::compare::order::same_form;
use crate::compare::state::{Setting, State};
use crate::credential::{Credential, PasswordKind};
use crate::delta::Delta;
use crate::directory::Directory;
use crate::grantee::Grantee;
use crate::options::Options;
use crate::reference::Reference;

use super::Act;

/// In what two texts differ besides what their [`Directory`]s hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Besides {
    /// In nothing, or there are no texts.
    #[default]
    Nothing,
    /// In their form alone: white space, the order of keys, a member that is listed twice.
    Form,
    /// In what Guichet keeps and does not read, such as an unknown key, or in what is in no
    /// directory: the policies and the numbers of seats of `guichet.toml`.
    Content,
}

/// A directory that is put in the place of another one as a whole: by a merge, an undo, a redo, or
/// any other writing that is no list of [`Change`](crate::Change)s.
///
/// ```
/// use guichet_core::{Act, Actor, Besides, DirectoryBuilder, GroupName, Options, Refusal, Rewrite};
///
/// let mut builder = DirectoryBuilder::new();
/// builder.group(GroupName::from_stored("Devs"));
/// let (before, after) = (builder.finish(), DirectoryBuilder::new().finish());
/// let rewrite = Rewrite { before: &before, after: &after, besides: Besides::Nothing };
///
/// let options = Options::default();
/// assert_eq!(rewrite.check(Actor::Designer, &options), Ok(()));
/// let refusal = rewrite.check(Actor::Administrator, &options);
/// assert!(matches!(refusal, Err(Refusal::NotAllowed { act: Act::DeleteGroup, .. })));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Rewrite<'a> {
    /// The directory as it is. The actor is one of this directory
    /// ([`Actor::from_user`](crate::Actor::from_user)).
    pub before: &'a Directory,
    /// The directory as it is to be.
    pub after: &'a Directory,
    /// In what their texts differ besides.
    pub besides: Besides,
}

impl Rewrite<'_> {
    /// Refuses what the actor could not have made of the directory by changes.
    ///
    /// Each thing in which the directories differ is an [`Act`], and all of them are asked. The
    /// Designer may everything; where nothing differs, so may everybody. For the others it is at
    /// least as strict as [`Directory::apply`], and stricter in this:
    ///
    /// - fewer groups are a deleted group ([`Act::DeleteGroup`]), which no change makes;
    /// - a new stored password of unknown kind is [`Act::ChangeUnread`], and so are
    ///   [`Besides::Content`];
    /// - only an ordinary user's own password is theirs: any other form of the text is
    ///   [`Act::Reformat`];
    /// - who is who is found out as by [`compare`](crate::compare()). Where a name was given up and
    ///   somebody else has it in the end, the new bearer counts as the old one, and a setting or an
    ///   area that followed the old one counts as set.
    ///
    /// Costs what [`compare`](crate::compare()) costs.
    ///
    /// # Errors
    ///
    /// [`Refusal::NotAllowed`] with the first act that is not allowed.
    pub fn check(&self, actor: Actor, options: &Options) -> Result<(), Refusal> {
        if actor == Actor::Designer {
            return Ok(());
        }
        let (identities, [before, after]) = identify([self.before, self.after]);
        let scene = Scene::new(&before, &after, &identities, actor);
        for entry in entries(&scene.before, &scene.after, &identities) {
            for act in scene.acts(&entry).into_iter().flatten() {
                act.check(actor, options)?;
            }
        }
        match self.besides {
            Besides::Content => Act::ChangeUnread.check(actor, options)?,
            Besides::Form => Act::Reformat.check(actor, options)?,
            Besides::Nothing => {}
        }
        if Act::Reformat.allowed_to(actor, options) || same_form(self.before, self.after) {
            Ok(())
        } else {
            Act::Reformat.check(actor, options)
        }
    }
}

/// What is asked about: both directories by meaning, and who in one is who in the other.
struct Scene<'a> {
    before: State<'a>,
    after: State<'a>,
    own: Option<UserKey>,
    groups: GroupCount,
    heirs: Heirs,
}

/// Whether there are fewer groups afterwards.
#[derive(Clone, Copy, PartialEq, Eq)]
enum GroupCount {
    Fewer,
    NotFewer,
}

impl<'a> Scene<'a> {
    fn new(before: &Side<'a>, after: &Side<'a>, identities: &Identities<'a>, actor: Actor) -> Self {
        let own = match actor {
            Actor::Designer => Some(Directory::DESIGNER),
            Actor::Administrator => Some(Directory::ADMINISTRATOR),
            Actor::User(own) => Some(own),
            Actor::Nobody => None,
        };
        let own = own.and_then(|own| before.user_key(own));
        let groups = if after.directory.group_count() < before.directory.group_count() {
            GroupCount::Fewer
        } else {
            GroupCount::NotFewer
        };
        let (before, after) = (State::of(before, identities), State::of(after, identities));
        let heirs = Heirs::of(&before, &after);
        Self {
            before,
            after,
            own,
            groups,
            heirs,
        }
    }

    /// Returns what a delta does: at most two acts.
    fn acts(&self, entry: &Entry) -> [Option<Act>; 2] {
        let account = |own: Act| match entry.user {
            Some(user) if self.own == Some(user) => own,
            Some(UserKey::DESIGNER) => Act::EditDesigner,
            Some(_) | None => Act::EditUser,
        };
        let one = |act: Act| [Some(act), None];
        match &entry.delta {
            Delta::UserAdded { password, .. } => {
                [Some(Act::CreateUser), storing(password.as_ref())]
            }
            Delta::UserRemoved { .. } => one(Act::EditUser),
            Delta::UserRenamed { .. } | Delta::StartupMethodChanged { .. } => {
                one(match entry.user {
                    Some(UserKey::DESIGNER) => Act::EditDesigner,
                    Some(_) | None => Act::EditUser,
                })
            }
            Delta::PasswordChanged { after, .. } => [
                Some(account(Act::ChangeOwnPassword)),
                storing(after.as_ref()),
            ],
            Delta::GroupRemoved { .. } => one(match self.groups {
                GroupCount::Fewer => Act::DeleteGroup,
                GroupCount::NotFewer => Act::EditGroup,
            }),
            Delta::GroupAdded { .. } | Delta::GroupRenamed { .. } => one(Act::EditGroup),
            Delta::MemberUserAdded { .. }
            | Delta::MemberUserRemoved { .. }
            | Delta::MemberGroupAdded { .. }
            | Delta::MemberGroupRemoved { .. }
            | Delta::MissingUserAdded { .. }
            | Delta::MissingUserRemoved { .. }
            | Delta::MissingGroupAdded { .. }
            | Delta::MissingGroupRemoved { .. } => one(Act::EditMembership),
            Delta::PluginGranted { .. } => one(Act::GrantPlugin),
            Delta::AreaGranted { .. } => one(match entry.area {
                Some(area) if self.follows_its_group(area) => Act::EditGroup,
                Some(_) | None => Act::GrantArea,
            }),
            Delta::DefaultUserChanged { .. } => one(self.setting(Setting::DefaultUser)),
            Delta::WebUserChanged { side, .. } => one(self.setting(Setting::WebUser(*side))),
        }
    }

    /// Returns whether an area is still with a group that was renamed.
    fn follows_its_group(&self, area: AreaKey) -> bool {
        match (self.before.area(area), self.after.area(area)) {
            (Grantee::Group(Reference::Known(old)), Grantee::Group(Reference::Known(new))) => {
                self.heirs.groups.has(old, new)
            }
            _ => false,
        }
    }

    /// Returns what another user of a setting is: nothing of its own where the user was deleted,
    /// which empties the setting (decision D22), or renamed.
    fn setting(&self, setting: Setting) -> Act {
        match (self.before.setting(setting), self.after.setting(setting)) {
            (Some(Reference::Known(old)), None) if self.after.user(old).is_none() => Act::EditUser,
            (Some(Reference::Known(old)), Some(Reference::Known(new)))
                if self.heirs.users.has(old, new) =>
            {
                Act::EditUser
            }
            _ => Act::EditSettings,
        }
    }
}

fn storing(password: Option<&Credential>) -> Option<Act> {
    let kind = password.map_or(PasswordKind::None, Credential::kind);
    (kind == PasswordKind::Unknown).then_some(Act::ChangeUnread)
}

/// Who is gone and who came for them, as far as areas and settings show it: a rename that a
/// comparison does not recognise.
struct Heirs {
    users: Pairs<UserKey>,
    groups: Pairs<GroupKey>,
}

impl Heirs {
    fn of(before: &State<'_>, after: &State<'_>) -> Self {
        let mut users = Pairs::default();
        for setting in Setting::ALL {
            if let (Some(Reference::Known(old)), Some(Reference::Known(new))) =
                (before.setting(setting), after.setting(setting))
                && after.user(old).is_none()
                && before.user(new).is_none()
            {
                users.add(old, new);
            }
        }
        let mut groups = Pairs::default();
        for (area, target) in &before.areas {
            if let (Grantee::Group(Reference::Known(old)), Grantee::Group(Reference::Known(new))) =
                (target, after.area(*area))
                && after.group(*old).is_none()
                && before.group(new).is_none()
            {
                groups.add(*old, new);
            }
        }
        Self { users, groups }
    }
}

/// Pairs of one old and one new key; none for a key that is in several.
struct Pairs<K> {
    new: HashMap<K, Option<K>>,
    old: HashMap<K, Option<K>>,
}

impl<K> Default for Pairs<K> {
    fn default() -> Self {
        Self {
            new: HashMap::new(),
            old: HashMap::new(),
        }
    }
}

impl<K: Copy + Eq + Hash> Pairs<K> {
    fn add(&mut self, old: K, new: K) {
        let note = |map: &mut HashMap<K, Option<K>>, key: K, value: K| {
            let known = map.entry(key).or_insert(Some(value));
            if *known != Some(value) {
                *known = None;
            }
        };
        note(&mut self.new, old, new);
        note(&mut self.old, new, old);
    }

    fn has(&self, old: K, new: K) -> bool {
        self.new.get(&old) == Some(&Some(new)) && self.old.get(&new) == Some(&Some(old))
    }
}
