//! `users`: names, stored passwords and startup methods.

use std::collections::HashSet;

use guichet_core::{User, UserHandle, UserKind};

use super::container::{ObjectEdit, ranked};
use super::error::EncodeError;
use super::{Encoder, whole};
use crate::file_keys;
use crate::json::Member;

impl<'d> Encoder<'d, '_> {
    /// Writes what changed about the users themselves.
    pub(super) fn users(&mut self, root: &mut ObjectEdit<'d>) -> Result<(), EncodeError> {
        let changed = |(user, now): (UserHandle, &User)| self.before.user(user) != Some(now);
        let gone = |(user, _): (UserHandle, &User)| self.after.user(user).is_none();
        if !self.after.users().any(changed) && !self.before.users().any(gone) {
            return Ok(());
        }
        for (user, now) in self.after.users().filter(|user| changed(*user)) {
            let name = now.name().as_str();
            let renamed = self.before.user(user).map(User::name) != Some(now.name());
            if renamed && now.kind() == UserKind::User && file_keys::is_built_in(name) {
                return Err(EncodeError::ReservedUserName {
                    name: name.to_owned(),
                });
            }
        }
        let Some(users) = root.find("users") else {
            root.insert("users", whole::users(self.after), ranked(&file_keys::ROOT));
            return Ok(());
        };
        let mut object = ObjectEdit::from_member(&self.sheet, users);
        let places = self.places_of_users(&object);
        let mut freed = HashSet::new();
        for (user, was) in self.before.users() {
            let place = places.get(user.index()).copied().flatten();
            match (self.after.user(user), place) {
                (Some(now), _) if now == was => {}
                (Some(now), Some(member)) => {
                    self.user(member, was, now);
                    if whole::user_key(was) != whole::user_key(now) {
                        freed.insert(member.name());
                    }
                }
                (Some(now), None) => {
                    let key = whole::user_key(now).to_owned();
                    object.prepend(&key, whole::user(now));
                }
                (None, Some(member)) => {
                    object.remove_member(member);
                    freed.insert(member.name());
                }
                (None, None) => {}
            }
        }
        self.uncover(&mut object, &freed);
        for (user, now) in self.after.users() {
            if self.before.user(user).is_none() {
                object.append(now.name().as_str(), whole::user(now));
            }
        }
        object.finish(&mut self.sheet);
        Ok(())
    }

    /// Returns the member of each user, by the index of its handle: the built-ins, then file order.
    fn places_of_users(&self, users: &ObjectEdit<'d>) -> Vec<Option<Member<'d>>> {
        let counted: Vec<_> = self.counted(users).collect();
        let built_in = |key: &str| counted.iter().find(|member| member.name() == key).copied();
        let mut places: Vec<_> = file_keys::BUILT_INS
            .iter()
            .map(|one| built_in(one.key))
            .collect();
        let ordinary = counted
            .iter()
            .filter(|member| !file_keys::is_built_in(&member.name()));
        places.extend(ordinary.copied().map(Some));
        places
    }

    /// Writes what changed about one user.
    fn user(&mut self, member: Member<'d>, was: &User, now: &User) {
        let mut object = ObjectEdit::from_member(&self.sheet, member);
        if was.startup_method() != now.startup_method() {
            let method = now.startup_method().map(guichet_core::MethodName::as_str);
            object.set(&mut self.sheet, "startupMethod", method, &file_keys::USER);
        }
        if was.credential() != now.credential() {
            let stored = now
                .credential()
                .map(guichet_core::Credential::expose_stored_text);
            object.set(&mut self.sheet, "password", stored, &file_keys::USER);
        }
        if was.name() != now.name() {
            let name = now.name().as_str();
            if now.kind() == UserKind::User {
                self.sheet.replace_text(member.key, name);
            } else {
                object.set(&mut self.sheet, "alias", Some(name), &file_keys::USER);
            }
        }
        object.finish(&mut self.sheet);
    }
}
