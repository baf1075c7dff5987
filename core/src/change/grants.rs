//! Changes of grants and of the settings that name a user.

use crate::area::AccessArea;
use crate::authority::Act;
use crate::delta::{ByHandle, Event, GroupRef, MentionedGrantee, MentionedUser};
use crate::grantee::{Grantee, GroupReference, StoredGrantee};
use crate::identity::same_name;
use crate::name::UserName;
use crate::plugin::{BuiltInPlugin, PluginKey};
use crate::reference::Reference;
use crate::settings::{Settings, UserReference};

use super::editor::Editor;
use super::kind::WebSide;
use super::refusal::Refusal;

impl Editor<'_> {
    pub(super) fn grant_plugin(
        &mut self,
        plugin: &PluginKey,
        grantee: &Grantee,
    ) -> Result<(), Refusal> {
        self.plugin_exists(plugin)?;
        let after = self.grantee_named(grantee)?;
        self.give_plugin(plugin, after);
        Ok(())
    }

    pub(super) fn grant_area(
        &mut self,
        area: &AccessArea,
        grantee: &Grantee,
    ) -> Result<(), Refusal> {
        let after = self.grantee_named(grantee)?;
        if let (AccessArea::Sql { schema, .. }, None) = (area, self.directory.grants.area(area)) {
            return Err(Refusal::UnknownSchema {
                schema: schema.clone(),
            });
        }
        self.give_area(area, after);
        Ok(())
    }

    pub(super) fn set_default_user(&mut self, user: Option<&UserName>) -> Result<(), Refusal> {
        let default = self.user_setting(user)?;
        let settings = self.directory.settings.clone();
        self.put_settings(Settings {
            default,
            ..settings
        });
        Ok(())
    }

    pub(super) fn set_web_user(
        &mut self,
        side: WebSide,
        user: Option<&UserName>,
    ) -> Result<(), Refusal> {
        let web_user = self.user_setting(user)?;
        let mut settings = self.directory.settings.clone();
        match side {
            WebSide::Local => settings.local_web = web_user,
            WebSide::Remote => settings.remote_web = web_user,
        }
        self.put_settings(settings);
        Ok(())
    }

    /// Gives every reference of the settings the value that a function makes of it, if any.
    pub(super) fn change_settings(
        &mut self,
        change: impl Fn(&UserReference) -> Option<UserReference>,
    ) {
        let before = &self.directory.settings;
        let [default, local_web, remote_web] = before.references().map(&change);
        if default.is_none() && local_web.is_none() && remote_web.is_none() {
            return;
        }
        let before = before.clone();
        self.put_settings(Settings {
            default: default.unwrap_or(before.default),
            local_web: local_web.unwrap_or(before.local_web),
            remote_web: remote_web.unwrap_or(before.remote_web),
        });
    }

    /// Lets grants that named no group so far find the group that has the name now.
    ///
    /// `areas` and `plugins` name at least those that do. Refused if the actor may not give what the
    /// group then has.
    pub(super) fn adopt_grants(
        &mut self,
        group: &GroupRef,
        areas: &[AccessArea],
        plugins: &[PluginKey],
    ) -> Result<(), Refusal> {
        let text = group.name.as_str();
        let waits = |grantee: Option<&StoredGrantee>| match grantee {
            Some(Grantee::Group(GroupReference::Missing(name))) => same_name(name.as_str(), text),
            Some(
                Grantee::Group(GroupReference::Known(_)) | Grantee::Everyone | Grantee::Nobody,
            )
            | None => false,
        };
        let known = Grantee::Group(GroupReference::Known(group.handle));
        for area in areas {
            if waits(self.directory.grants.area(area)) {
                self.may_name(text, Act::GrantArea)?;
                self.give_area(area, known.clone());
            }
        }
        for plugin in plugins {
            if waits(self.directory.grants.stored_plugin(plugin)) {
                self.may_name(text, Act::GrantPlugin)?;
                self.give_plugin(plugin, known.clone());
            }
        }
        Ok(())
    }

    fn give_plugin(&mut self, plugin: &PluginKey, after: StoredGrantee) {
        let before = self.directory.grants.plugin(plugin);
        if *before == after {
            return;
        }
        self.report(Event::PluginGranted {
            plugin: plugin.clone(),
            before: self.named_grantee(before),
            after: self.named_grantee(&after),
        });
        self.set_plugin(plugin, after);
    }

    fn give_area(&mut self, area: &AccessArea, after: StoredGrantee) {
        let Some(before) = self.directory.grants.area(area) else {
            return;
        };
        if *before == after {
            return;
        }
        self.report(Event::AreaGranted {
            area: area.clone(),
            before: self.named_grantee(before),
            after: self.named_grantee(&after),
        });
        self.set_area(area, after);
    }

    fn put_settings(&mut self, after: Settings) {
        let before = self.directory.settings.clone();
        if before == after {
            return;
        }
        if before.default != after.default {
            self.report(Event::DefaultUserChanged {
                before: self.named_user(&before.default),
                after: self.named_user(&after.default),
            });
        }
        for side in WebSide::ALL {
            let (before, after) = (before.web_user(side), after.web_user(side));
            if before != after {
                self.report(Event::WebUserChanged {
                    side,
                    before: self.named_user(before),
                    after: self.named_user(after),
                });
            }
        }
        self.set_settings(after);
    }

    fn plugin_exists(&self, plugin: &PluginKey) -> Result<(), Refusal> {
        let built_in = BuiltInPlugin::ALL
            .iter()
            .any(|built_in| built_in.key() == plugin.as_str());
        let declared = self.rules.plugins.iter().any(|one| one.key == *plugin);
        if built_in || declared || self.directory.grants.stored_plugin(plugin).is_some() {
            return Ok(());
        }
        Err(Refusal::UnknownPlugin {
            plugin: plugin.clone(),
        })
    }

    fn grantee_named(&self, grantee: &Grantee) -> Result<StoredGrantee, Refusal> {
        Ok(match grantee {
            Grantee::Everyone => Grantee::Everyone,
            Grantee::Nobody => Grantee::Nobody,
            Grantee::Group(name) => {
                Grantee::Group(GroupReference::Known(self.group_named(name)?.handle))
            }
        })
    }

    fn user_setting(&self, user: Option<&UserName>) -> Result<UserReference, Refusal> {
        Ok(match user {
            None => None,
            Some(name) => Some(Reference::Known(self.user_named(name)?.0)),
        })
    }

    fn named_grantee(&self, grantee: &StoredGrantee) -> MentionedGrantee<ByHandle> {
        grantee.rewrite(|group| group.rewrite(|known| self.group_ref(*known), Clone::clone))
    }

    fn named_user(&self, reference: &UserReference) -> MentionedUser<ByHandle> {
        let reference = reference.as_ref()?;
        reference.rewrite(|known| self.user_ref(*known), Clone::clone)
    }
}
