//! What a directory means, in keys: the same meaning is the same value, whatever the order.

use std::collections::BTreeMap;

use crate::change::WebSide;
use crate::credential::Credential;
use crate::grantee::{Grantee, StoredGrantee};
use crate::identity::{folded_name, same_name};
use crate::name::{GroupName, MethodName, UserName};
use crate::plugin::PluginKey;
use crate::reference::Reference;

use super::areas::{AreaKey, areas};
use super::identities::{GroupKey, Identities, Side, UserKey};

/// A user's own properties.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Account<'a> {
    pub(crate) name: &'a UserName,
    pub(crate) password: Option<&'a Credential>,
    /// An empty method name counts as no method, as in 4D's language.
    pub(crate) startup_method: Option<&'a MethodName>,
}

/// A group's direct members.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Members<'a> {
    // INVARIANT: both sorted, each once.
    pub(crate) users: Vec<UserKey>,
    pub(crate) groups: Vec<GroupKey>,
    /// Names without a meaning, by their folded form.
    pub(crate) missing_users: BTreeMap<String, &'a UserName>,
    pub(crate) missing_groups: BTreeMap<String, &'a GroupName>,
}

/// A group's name and direct members.
#[derive(Debug, Clone)]
pub(crate) struct Listing<'a> {
    pub(crate) name: &'a GroupName,
    pub(crate) members: Members<'a>,
}

/// A name that nobody has, the same as another one by decision D7.
#[derive(Debug)]
pub(crate) struct Unclaimed<'a, N>(pub(crate) &'a N);

impl<N> Clone for Unclaimed<'_, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<N> Copy for Unclaimed<'_, N> {}

impl<N: AsRef<str>> PartialEq for Unclaimed<'_, N> {
    fn eq(&self, other: &Self) -> bool {
        same_name(self.0.as_ref(), other.0.as_ref())
    }
}

/// Who is granted something.
pub(crate) type Target<'a> = Grantee<Reference<GroupKey, Unclaimed<'a, GroupName>>>;

/// The user of a setting.
pub(crate) type Person<'a> = Option<Reference<UserKey, Unclaimed<'a, UserName>>>;

/// A setting that names a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Setting {
    DefaultUser,
    WebUser(WebSide),
}

impl Setting {
    pub(crate) const ALL: [Self; 3] = [
        Self::DefaultUser,
        Self::WebUser(WebSide::Local),
        Self::WebUser(WebSide::Remote),
    ];
}

/// What one directory means.
#[derive(Debug, Clone)]
pub(crate) struct State<'a> {
    /// By key; none where the directory lacks the user.
    pub(crate) users: Vec<Option<Account<'a>>>,
    /// By key; none where the directory lacks the group.
    pub(crate) groups: Vec<Option<Listing<'a>>>,
    // INVARIANT: without what is open to everyone, which is what an absent grant means.
    pub(crate) areas: BTreeMap<AreaKey, Target<'a>>,
    pub(crate) plugins: BTreeMap<&'a PluginKey, Target<'a>>,
    /// In the order of [`Setting::ALL`].
    pub(crate) settings: [Person<'a>; 3],
}

impl<'a> State<'a> {
    /// Linear in the directory, except for the sorting of member lists.
    pub(crate) fn of(side: &Side<'a>, identities: &Identities<'a>) -> Self {
        let directory = side.directory;
        let mut users = vec![None; identities.users().len()];
        for (handle, user) in directory.users() {
            let place = side.user_key(handle).and_then(|key| users.get_mut(key.0));
            if let Some(place) = place {
                let method = user.startup_method.as_ref();
                *place = Some(Account {
                    name: &user.name,
                    password: user.credential.as_ref(),
                    startup_method: method.filter(|method| !method.as_str().is_empty()),
                });
            }
        }
        let mut groups = vec![None; identities.groups().len()];
        for (handle, group) in directory.groups() {
            let place = side.group_key(handle).and_then(|key| groups.get_mut(key.0));
            if let Some(place) = place {
                let users = group.users.iter().filter_map(|user| side.user_key(*user));
                let nested = group
                    .groups
                    .iter()
                    .filter_map(|nested| side.group_key(*nested));
                *place = Some(Listing {
                    name: &group.name,
                    members: Members {
                        users: sorted(users.collect()),
                        groups: sorted(nested.collect()),
                        missing_users: by_folded_name(&group.missing_users),
                        missing_groups: by_folded_name(&group.missing_groups),
                    },
                });
            }
        }
        let areas = areas(side)
            .into_iter()
            .map(|(area, grantee)| (area, target(side, grantee)));
        let plugins = directory.grants().plugins().iter();
        let plugins = plugins.map(|grant| (&grant.plugin, target(side, &grant.grantee)));
        let settings = directory.settings().references();
        let settings = settings.map(|reference| {
            let reference = reference.as_ref()?;
            reference.rewrite(|user| side.user_key(*user), Unclaimed)
        });
        Self {
            users,
            groups,
            areas: areas
                .filter(|(_, target)| *target != Grantee::Everyone)
                .collect(),
            plugins: plugins
                .filter(|(_, target)| *target != Grantee::Everyone)
                .collect(),
            settings,
        }
    }

    pub(crate) fn user(&self, key: UserKey) -> Option<&Account<'a>> {
        self.users.get(key.0)?.as_ref()
    }

    pub(crate) fn group(&self, key: GroupKey) -> Option<&Listing<'a>> {
        self.groups.get(key.0)?.as_ref()
    }

    pub(crate) fn set_user(&mut self, key: UserKey, account: Option<Account<'a>>) {
        if let Some(place) = self.users.get_mut(key.0) {
            *place = account;
        }
    }

    pub(crate) fn set_group(&mut self, key: GroupKey, listing: Option<Listing<'a>>) {
        if let Some(place) = self.groups.get_mut(key.0) {
            *place = listing;
        }
    }

    pub(crate) fn members_mut(&mut self, key: GroupKey) -> Option<&mut Members<'a>> {
        let listing = self.groups.get_mut(key.0)?.as_mut();
        listing.map(|listing| &mut listing.members)
    }

    pub(crate) fn set_area(&mut self, area: AreaKey, target: Target<'a>) {
        if target == Grantee::Everyone {
            self.areas.remove(&area);
        } else {
            self.areas.insert(area, target);
        }
    }

    pub(crate) fn set_plugin(&mut self, plugin: &'a PluginKey, target: Target<'a>) {
        if target == Grantee::Everyone {
            self.plugins.remove(plugin);
        } else {
            self.plugins.insert(plugin, target);
        }
    }

    pub(crate) const fn set_setting(&mut self, setting: Setting, person: Person<'a>) {
        let [default, local_web, remote_web] = &mut self.settings;
        *match setting {
            Setting::DefaultUser => default,
            Setting::WebUser(WebSide::Local) => local_web,
            Setting::WebUser(WebSide::Remote) => remote_web,
        } = person;
    }

    /// Returns whether a list, a grant or a setting has a name that nobody has.
    pub(crate) fn mentions_missing(&self) -> bool {
        let mut targets = self.areas.values().chain(self.plugins.values());
        let mut members = self.groups.iter().flatten().map(|group| &group.members);
        let mut settings = self.settings.iter();
        members.any(|list| !list.missing_users.is_empty() || !list.missing_groups.is_empty())
            || targets.any(|target| matches!(target, Grantee::Group(Reference::Missing(_))))
            || settings.any(|person| matches!(person, Some(Reference::Missing(_))))
    }

    pub(crate) fn area(&self, area: AreaKey) -> Target<'a> {
        self.areas.get(&area).cloned().unwrap_or(Grantee::Everyone)
    }

    pub(crate) fn plugin(&self, plugin: &PluginKey) -> Target<'a> {
        self.plugins
            .get(plugin)
            .cloned()
            .unwrap_or(Grantee::Everyone)
    }

    pub(crate) fn setting(&self, setting: Setting) -> Person<'a> {
        let [default, local_web, remote_web] = self.settings;
        match setting {
            Setting::DefaultUser => default,
            Setting::WebUser(WebSide::Local) => local_web,
            Setting::WebUser(WebSide::Remote) => remote_web,
        }
    }
}

fn target<'a>(side: &Side<'a>, grantee: &'a StoredGrantee) -> Target<'a> {
    grantee.rewrite(|group| group.rewrite(|known| side.group_key(*known), Unclaimed))
}

fn sorted<K: Ord>(mut keys: Vec<K>) -> Vec<K> {
    keys.sort_unstable();
    keys
}

/// Of names that are the same, the first in the order of their texts stands for all.
fn by_folded_name<N: AsRef<str> + Ord>(names: &[N]) -> BTreeMap<String, &N> {
    let mut by_name: BTreeMap<String, &N> = BTreeMap::new();
    for name in names {
        let entry = by_name.entry(folded_name(name.as_ref())).or_insert(name);
        *entry = (*entry).min(name);
    }
    by_name
}
