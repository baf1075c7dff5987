//! Whole values as 4D writes them: of a new user, a new group, a section, a document.

use guichet_core::{
    AccessArea, Directory, Group, Reference, RestSide, SqlRight, StoredGrantee, User, UserKind,
    UserReference,
};

use super::style::Style;
use super::value::{Fresh, Value};
use crate::file_keys;

/// Returns the key of a user: its name, and for the built-ins a fixed word.
pub(super) fn user_key(user: &User) -> &str {
    let built_in = file_keys::BUILT_INS
        .iter()
        .find(|one| one.kind == user.kind());
    built_in.map_or(user.name().as_str(), |one| one.key)
}

/// Returns the object of a user.
pub(super) fn user(user: &User) -> Value {
    let method = user.startup_method().map(guichet_core::MethodName::as_str);
    let stored = user
        .credential()
        .map(guichet_core::Credential::expose_stored_text);
    let alias = (user.kind() != UserKind::User).then(|| user.name().as_str());
    texts(file_keys::USER.into_iter().zip([method, stored, alias]))
}

/// Returns `users`.
pub(super) fn users(directory: &Directory) -> Value {
    let users = directory.users();
    Value::Object(
        users
            .map(|(_, one)| (user_key(one).to_owned(), user(one)))
            .collect(),
    )
}

/// Returns the object of a group.
pub(super) fn group(directory: &Directory, group: &Group) -> Value {
    let users = group
        .users()
        .iter()
        .filter_map(|user| directory.user(*user))
        .map(|user| Value::text(user.name().as_str()));
    let missing_users = group.missing_users().iter();
    let users = users.chain(missing_users.map(|name| Value::text(name.as_str())));
    let groups = group
        .groups()
        .iter()
        .filter_map(|group| directory.group(*group))
        .map(|group| Value::text(group.name().as_str()));
    let missing_groups = group.missing_groups().iter();
    let groups = groups.chain(missing_groups.map(|name| Value::text(name.as_str())));
    let lists: [Vec<Value>; 2] = [users.collect(), groups.collect()];
    let members = file_keys::GROUP.into_iter().zip(lists);
    Value::Object(
        members
            .filter(|(_, list)| !list.is_empty())
            .map(|(key, list)| (key.to_owned(), Value::Array(list)))
            .collect(),
    )
}

/// Returns `groups`.
pub(super) fn groups(directory: &Directory) -> Value {
    let groups = directory.groups();
    Value::Object(
        groups
            .map(|(_, one)| (one.name().to_string(), group(directory, one)))
            .collect(),
    )
}

/// Returns the object of one SQL schema.
pub(super) fn schema(directory: &Directory, rights: [&StoredGrantee; 3]) -> Value {
    let rights = rights.map(|right| directory.grantee_by_name(right));
    let texts_of = rights.each_ref().map(|right| Some(right.as_text()));
    texts(file_keys::SCHEMA.into_iter().zip(texts_of))
}

/// Returns `sqlSchemaGranters`.
pub(super) fn schemas(directory: &Directory) -> Value {
    let schemas = directory.grants().schemas().iter();
    Value::Object(
        schemas
            .map(|grants| {
                let rights = SqlRight::ALL.map(|right| grants.right(right));
                (grants.schema().to_string(), schema(directory, rights))
            })
            .collect(),
    )
}

/// Returns the text of a setting that names a user.
pub(super) fn user_text<'d>(directory: &'d Directory, reference: &'d UserReference) -> &'d str {
    match reference {
        None => "",
        Some(Reference::Missing(name)) => name.as_str(),
        Some(Reference::Known(user)) => directory
            .user(*user)
            .map_or("", |user| user.name().as_str()),
    }
}

/// Returns `settings`: what every file has, and the REST server where it is restricted.
///
/// 4D wrote the two keys of the REST server until 2024 and does not any more.
pub(super) fn settings(directory: &Directory) -> Value {
    let area = |area: AccessArea| {
        let grantee = directory.grants().area(&area);
        grantee.map(|grantee| directory.grantee_by_name(grantee).as_text().to_owned())
    };
    let restricted = |side| area(AccessArea::Rest(side)).filter(|text| text != "*");
    let user = |reference| Some(user_text(directory, reference).to_owned());
    let settings = directory.settings();
    let values = [
        user(settings.local_web_user()),
        area(AccessArea::Design),
        restricted(RestSide::Local),
        restricted(RestSide::Remote),
        user(settings.remote_web_user()),
        user(settings.default_user()),
    ];
    texts(
        file_keys::SETTINGS
            .into_iter()
            .zip(values.each_ref().map(|text| text.as_deref())),
    )
}

/// Returns a new document, byte for byte as 4D lays it out: tabs, line feeds, no byte order mark, no line end at the end.
///
/// Of the plug-ins those that a file of 4D has keys for are in it; `guichet.toml` holds the others.
pub(super) fn document(directory: &Directory) -> String {
    let plugins = directory.grants().plugins().iter();
    let granted: Vec<_> = plugins
        .filter(|grant| file_keys::PLUGINS.contains(&grant.plugin().as_str()))
        .collect();
    let plugins = file_keys::PLUGINS.iter().filter_map(|key| {
        let grant = granted
            .iter()
            .find(|grant| grant.plugin().as_str() == *key)?;
        let text = directory.grantee_by_name(grant.grantee());
        Some(((*key).to_owned(), Value::text(text.as_text())))
    });
    let sections = [
        users(directory),
        groups(directory),
        schemas(directory),
        Value::Object(plugins.collect()),
        settings(directory),
    ];
    let members = file_keys::ROOT.into_iter().zip(sections);
    let present = members
        .filter(|(_, section)| !matches!(section, Value::Object(inside) if inside.is_empty()))
        .map(|(key, section)| (key.to_owned(), section));
    let mut out = String::new();
    Fresh::element(Value::Object(present.collect())).write(&mut out, "\n", &Style::of_4d());
    out
}

fn texts<'t>(members: impl Iterator<Item = (&'t str, Option<&'t str>)>) -> Value {
    Value::Object(
        members
            .filter_map(|(key, text)| Some((key.to_owned(), Value::text(text?))))
            .collect(),
    )
}
