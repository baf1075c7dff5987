//! Changes of user accounts.

use std::collections::HashSet;

use crate::credential::{Credential, PasswordKind};
use crate::delta::{Event, UserRef};
use crate::directory::Directory;
use crate::id::{UserHandle, UserId};
use crate::limits;
use crate::name::{GroupName, MethodName, UserName};
use crate::reference::Reference;
use crate::user::{User, UserKind};

use super::editor::Editor;
use super::refusal::Refusal;

impl Editor<'_> {
    pub(super) fn add_user(
        &mut self,
        name: Option<&UserName>,
        startup_method: Option<&MethodName>,
        groups: &[GroupName],
    ) -> Result<(), Refusal> {
        let groups = groups
            .iter()
            .map(|name| self.group_named(name))
            .collect::<Result<Vec<_>, _>>()?;
        let user = self.create_user(name, startup_method)?;
        let mut placed = HashSet::new();
        for group in groups.iter().filter(|group| placed.insert(group.handle)) {
            self.place_new_user(group, &user);
        }
        self.adopt_user(&user)
    }

    pub(super) fn duplicate_user(
        &mut self,
        original: &UserName,
        name: Option<&UserName>,
    ) -> Result<(), Refusal> {
        let (original, account) = self.user_named(original)?;
        let copy = self.create_user(name, account.startup_method.as_ref())?;
        for group in self.groups_of(original) {
            self.place_new_user(&group, &copy);
        }
        self.adopt_user(&copy)
    }

    pub(super) fn rename_user(&mut self, user: &UserName, name: &UserName) -> Result<(), Refusal> {
        let (handle, before) = self.user_named(user)?;
        if before.name == *name {
            return Ok(());
        }
        name.check_new()?;
        self.user_name_is_free(name, Some(handle))?;
        let from = before.name.clone();
        self.replace_user(
            handle,
            User {
                name: name.clone(),
                ..before
            },
        );
        self.naming.name_freed();
        self.report(Event::UserRenamed {
            from: UserRef { handle, name: from },
            to: name.clone(),
        });
        self.adopt_user(&UserRef {
            handle,
            name: name.clone(),
        })
    }

    pub(super) fn delete_user(&mut self, user: &UserName) -> Result<(), Refusal> {
        let (handle, account) = self.user_named(user)?;
        if account.kind != UserKind::User {
            return Err(Refusal::BuiltIn { name: account.name });
        }
        let (id, password) = (self.id_of(handle), account.password());
        let user = UserRef {
            handle,
            name: account.name,
        };
        let groups = self.groups_of(handle);
        for group in groups.iter().cloned() {
            let user = user.clone();
            self.report(Event::MemberUserRemoved { group, user });
        }
        self.change_settings(|reference| {
            (*reference == Some(Reference::Known(handle))).then_some(None)
        });
        self.remove_user(handle, groups.iter().map(|group| group.handle));
        self.naming.name_freed();
        let last = u32::try_from(self.directory.user_count()).unwrap_or(u32::MAX);
        self.report(Event::UserRemoved {
            id,
            user,
            password,
            startup_method: account.startup_method,
            // One is gone, so the numbers after it run from `id` to `last` now.
            shifted: last.saturating_add(1).saturating_sub(id.get()),
        });
        Ok(())
    }

    pub(super) fn set_password(
        &mut self,
        user: &UserName,
        credential: Option<&Credential>,
    ) -> Result<(), Refusal> {
        let (handle, account) = self.user_named(user)?;
        if account.credential.as_ref() == credential {
            return Ok(());
        }
        let before = account.password();
        let after = User {
            credential: credential.cloned(),
            ..account
        };
        self.report(Event::PasswordChanged {
            user: UserRef {
                handle,
                name: after.name.clone(),
            },
            before,
            after: after.password(),
        });
        self.replace_user(handle, after);
        Ok(())
    }

    pub(super) fn set_startup_method(
        &mut self,
        user: &UserName,
        method: Option<&MethodName>,
    ) -> Result<(), Refusal> {
        let method = given_method(method);
        let (handle, account) = self.user_named(user)?;
        if account.startup_method.as_ref() == method {
            return Ok(());
        }
        self.report(Event::StartupMethodChanged {
            user: UserRef {
                handle,
                name: account.name.clone(),
            },
            before: account.startup_method.clone(),
            after: method.cloned(),
        });
        self.replace_user(
            handle,
            User {
                startup_method: method.cloned(),
                ..account
            },
        );
        Ok(())
    }

    fn create_user(
        &mut self,
        name: Option<&UserName>,
        startup_method: Option<&MethodName>,
    ) -> Result<UserRef, Refusal> {
        if self.directory.user_count() >= limits::USERS.saturating_add(Directory::BUILT_INS) {
            return Err(Refusal::TooManyUsers);
        }
        let name = self.new_user_name(name)?;
        let startup_method = given_method(startup_method).cloned();
        let handle = self.push_user(User {
            startup_method: startup_method.clone(),
            ..User::new(name.clone(), UserKind::User)
        });
        let user = UserRef { handle, name };
        self.report(Event::UserAdded {
            user: user.clone(),
            id: self.id_of(handle),
            password: PasswordKind::None,
            startup_method,
        });
        Ok(user)
    }

    fn id_of(&self, user: UserHandle) -> UserId {
        let last = u32::try_from(self.directory.user_count()).unwrap_or(u32::MAX);
        let fallback = UserId::from_position(last.saturating_sub(1));
        self.directory.user_id(user).unwrap_or(fallback)
    }
}

/// An empty method name counts as no method, as in 4D's language.
fn given_method(method: Option<&MethodName>) -> Option<&MethodName> {
    method.filter(|method| !method.as_str().is_empty())
}
