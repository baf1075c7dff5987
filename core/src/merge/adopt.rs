//! Names that nobody had on one side, and that somebody of the other side has.
//!
//! Such a reference has found its target: it would have it as soon as the merged file is read, and
//! the edits that add or rename see to it at once.

use std::collections::HashMap;

use crate::compare::identities::{GroupKey, UserKey};
use crate::compare::state::Setting;
use crate::grantee::Grantee;
use crate::identity::folded_name;
use crate::reference::Reference;

use super::merger::Merger;

impl Merger<'_, '_> {
    pub(super) fn adopt(&mut self) {
        if !self.merged.mentions_missing() {
            return;
        }
        let mut users: HashMap<String, UserKey> = HashMap::new();
        for key in self.identities.users() {
            if let Some(account) = self.merged.user(key) {
                users
                    .entry(folded_name(account.name.as_str()))
                    .or_insert(key);
            }
        }
        let mut groups: HashMap<String, GroupKey> = HashMap::new();
        for key in self.identities.groups() {
            if let Some(group) = self.merged.group(key) {
                groups
                    .entry(folded_name(group.name.as_str()))
                    .or_insert(key);
            }
        }
        for group in self.merged.groups.iter_mut().flatten() {
            let members = &mut group.members;
            members.missing_users.retain(|name, _| {
                let found = users.get(name);
                members.users.extend(found);
                found.is_none()
            });
            members.missing_groups.retain(|name, _| {
                let found = groups.get(name);
                members.groups.extend(found);
                found.is_none()
            });
            members.users.sort_unstable();
            members.users.dedup();
            members.groups.sort_unstable();
            members.groups.dedup();
        }
        let areas = self.merged.areas.values_mut();
        for target in areas.chain(self.merged.plugins.values_mut()) {
            if let Grantee::Group(pointer @ Reference::Missing(_)) = target
                && let Reference::Missing(name) = pointer
                && let Some(group) = groups.get(&folded_name(name.0.as_str()))
            {
                *pointer = Reference::Known(*group);
            }
        }
        for setting in Setting::ALL {
            if let Some(Reference::Missing(name)) = self.merged.setting(setting)
                && let Some(user) = users.get(&folded_name(name.0.as_str()))
            {
                self.merged
                    .set_setting(setting, Some(Reference::Known(*user)));
            }
        }
    }
}
