//! `sqlSchemaGranters`, `remoteGranters` and `settings`: who may reach what.

use std::collections::HashMap;

use guichet_core::{
    AccessArea, Grantee, GroupReference, PluginKey, Reference, RestSide, SchemaName, SqlRight,
    StoredGrantee, UserReference,
};

use super::container::{ObjectEdit, ranked};
use super::error::EncodeError;
use super::value::Value;
use super::{Encoder, NewPlugins, references, whole};
use crate::file_keys::{self, same_but_first_letter};
use crate::json::Member;

/// What became of a reference.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ReferenceChange {
    /// It means the same, under the same name.
    Same,
    /// It means the same, under another name.
    Renamed,
    /// It means something else.
    Other,
}

impl<'d> Encoder<'d, '_> {
    /// Writes what changed about the rights of SQL schemas.
    pub(super) fn schemas(&mut self, root: &mut ObjectEdit<'d>) -> Result<(), EncodeError> {
        let after = self.after;
        let place = root.find("sqlSchemaGranters");
        let mut section = None;
        for grants in after.grants().schemas() {
            let name = grants.schema();
            let mut changed = Vec::new();
            for right in SqlRight::ALL {
                let now = grants.right(right);
                let was = self.before.grants().schema(name);
                let change = was.map_or(ReferenceChange::Other, |was| {
                    self.change(was.right(right), now)
                });
                if change != ReferenceChange::Same {
                    changed.push((right, self.text(now)?, change));
                }
            }
            if changed.is_empty() {
                continue;
            }
            let Some(member) = place else {
                root.insert(
                    "sqlSchemaGranters",
                    whole::schemas(after),
                    ranked(&file_keys::ROOT),
                );
                return Ok(());
            };
            let (section, places) = section.get_or_insert_with(|| {
                let section = ObjectEdit::from_member(&self.sheet, member);
                let places = self.schema_places(&section);
                (section, places)
            });
            let Some(members) = places.get(name) else {
                let rights = SqlRight::ALL.map(|right| grants.right(right));
                section.append(name.as_str(), whole::schema(after, rights));
                continue;
            };
            let mut objects: Vec<_> = members
                .iter()
                .map(|member| ObjectEdit::from_member(&self.sheet, *member))
                .collect();
            for (right, text, change) in changed {
                // Of several spellings the narrower right counts, so each that says it has to say the same.
                let says = |object: &ObjectEdit<'_>| object.find(right.key()).is_some();
                let nobody_says = !objects.iter().any(says);
                let last = objects.len() - 1;
                for (index, object) in objects.iter_mut().enumerate() {
                    if says(object)
                        || (nobody_says && index == last && change == ReferenceChange::Other)
                    {
                        object.set(
                            &mut self.sheet,
                            right.key(),
                            Some(&text),
                            &file_keys::SCHEMA,
                        );
                    }
                }
            }
            for object in objects {
                object.finish(&mut self.sheet);
            }
        }
        if let Some((section, _)) = section {
            section.finish(&mut self.sheet);
        }
        Ok(())
    }

    /// Finds the members of each schema: one for each spelling of its name.
    fn schema_places(&self, section: &ObjectEdit<'d>) -> HashMap<SchemaName, Vec<Member<'d>>> {
        let grants = self.before.grants();
        let mut places: HashMap<SchemaName, Vec<Member<'d>>> = HashMap::new();
        for member in self.counted(section) {
            let name = SchemaName::from_stored(member.name().as_ref());
            if let Some(found) = grants.schema(&name) {
                let spellings = places.entry(found.schema().clone());
                spellings.or_default().push(member);
            }
        }
        places
    }

    /// Writes what changed about the plug-ins that `directory.json` speaks of.
    pub(super) fn plugins(&mut self, root: &mut ObjectEdit<'d>) -> Result<(), EncodeError> {
        let after = self.after;
        let member = root.find("remoteGranters");
        let mut section = member.map(|member| ObjectEdit::from_member(&self.sheet, member));
        let members = section.iter().flat_map(|section| &section.members);
        let places: HashMap<String, Member<'d>> = members
            .map(|member| (member.name().into_owned(), *member))
            .collect();
        let mut new = Vec::new();
        for grant in after.grants().plugins() {
            let key = grant.plugin();
            let place = places.get(key.as_str());
            if place.is_none() && !is_own(key) && self.new_plugins == NewPlugins::OfOptions {
                continue; // It stands in `guichet.toml`.
            }
            let was = self.before.grants().plugin(key);
            if self.change(was, grant.grantee()) == ReferenceChange::Same {
                continue;
            }
            let text = self.text(grant.grantee())?;
            match (&mut section, place) {
                (_, Some(member)) => self.sheet.replace_text(member.value, &text),
                (Some(section), None) => {
                    section.insert(key.as_str(), Value::Text(text), ranked(&file_keys::PLUGINS));
                }
                (None, None) => new.push((key.to_string(), Value::Text(text))),
            }
        }
        if let Some(section) = section {
            section.finish(&mut self.sheet);
        } else if !new.is_empty() {
            let rank = ranked(&file_keys::PLUGINS);
            new.sort_by_key(|(key, _)| rank(key).unwrap_or(usize::MAX));
            root.insert(
                "remoteGranters",
                Value::Object(new),
                ranked(&file_keys::ROOT),
            );
        }
        Ok(())
    }

    /// Writes what changed about the settings.
    pub(super) fn settings(&mut self, root: &mut ObjectEdit<'d>) -> Result<(), EncodeError> {
        let (before, after) = (self.before, self.after);
        let area = |area: AccessArea| {
            let grants = (before.grants().area(&area), after.grants().area(&area));
            match grants {
                (Some(was), Some(now)) => match self.change(was, now) {
                    ReferenceChange::Same => Ok(None),
                    change => Ok(Some((change, self.text(now)?))),
                },
                _ => Ok(None),
            }
        };
        let user = |was, now| match self.user_change(was, now) {
            ReferenceChange::Same => Ok(None),
            change => Ok(Some((change, references::user_text(self.after, now)?))),
        };
        let (was, now) = (before.settings(), after.settings());
        let values: [Result<Option<(ReferenceChange, String)>, EncodeError>; 6] = [
            user(was.local_web_user(), now.local_web_user()),
            area(AccessArea::Design),
            area(AccessArea::Rest(RestSide::Local)),
            area(AccessArea::Rest(RestSide::Remote)),
            user(was.remote_web_user(), now.remote_web_user()),
            user(was.default_user(), now.default_user()),
        ];
        let mut changed = Vec::new();
        for (key, value) in file_keys::SETTINGS.into_iter().zip(values) {
            if let Some((change, text)) = value? {
                changed.push((key, change, text));
            }
        }
        if changed.is_empty() {
            return Ok(());
        }
        let Some(member) = root.find("settings") else {
            if changed
                .iter()
                .any(|(_, change, _)| *change == ReferenceChange::Other)
            {
                root.insert("settings", whole::settings(after), ranked(&file_keys::ROOT));
            }
            return Ok(());
        };
        let mut object = ObjectEdit::from_member(&self.sheet, member);
        let capital = object
            .members
            .iter()
            .map(|member| member.name())
            .find(|name| setting_rank(name).is_some())
            .is_some_and(|name| name.starts_with(|first: char| first.is_ascii_uppercase()));
        for (key, change, text) in changed {
            let present = object
                .members
                .iter()
                .rev()
                .find(|member| same_but_first_letter(key, &member.name()));
            match present {
                Some(member) => self.sheet.replace_text(member.value, &text),
                None if change == ReferenceChange::Other => {
                    let key = if capital {
                        capitalised(key)
                    } else {
                        key.to_owned()
                    };
                    object.insert(&key, Value::Text(text), setting_rank);
                }
                // An absent key goes on meaning the same user, whatever its name.
                None => {}
            }
        }
        object.finish(&mut self.sheet);
        Ok(())
    }

    fn change(&self, was: &StoredGrantee, now: &StoredGrantee) -> ReferenceChange {
        if was != now {
            return ReferenceChange::Other;
        }
        match now {
            Grantee::Group(GroupReference::Known(group)) if self.renamed_groups.contains(group) => {
                ReferenceChange::Renamed
            }
            _ => ReferenceChange::Same,
        }
    }

    fn user_change(&self, was: &UserReference, now: &UserReference) -> ReferenceChange {
        if was != now {
            return ReferenceChange::Other;
        }
        match now.as_ref().and_then(Reference::known) {
            Some(user) if self.renamed_users.contains(user) => ReferenceChange::Renamed,
            _ => ReferenceChange::Same,
        }
    }

    /// Returns a grantee as a file holds it.
    pub(super) fn text(&self, grantee: &StoredGrantee) -> Result<String, EncodeError> {
        references::grantee_text(self.after, grantee)
    }
}

/// Returns whether a plug-in is one of 4D's own, which `directory.json` has keys for.
pub(crate) fn is_own(key: &PluginKey) -> bool {
    file_keys::PLUGINS.contains(&key.as_str())
}

fn setting_rank(key: &str) -> Option<usize> {
    file_keys::SETTINGS
        .iter()
        .position(|known| same_but_first_letter(known, key))
}

fn capitalised(key: &str) -> String {
    let mut letters = key.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .collect()
}
