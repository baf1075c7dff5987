//! `sqlSchemaGranters`, `remoteGranters` and `settings`: who may reach what.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use guichet_core::identity::folded_name;
use guichet_core::suggest::misspelled;
use guichet_core::{
    AccessArea, DirectoryBuilder, Grantee, GroupHandle, Placement, PluginKey, RestSide, SchemaName,
    SqlRight, UserHandle,
};

use super::groups::group_name;
use super::problem::Problem;
use super::reader::{Reader, Spelling};
use super::users::user_name;
use crate::file_keys;
use crate::json::{Kind, Member, Node};

/// Reads the rights of every SQL schema.
pub(super) fn read_schemas<'d>(
    reader: &mut Reader<'d>,
    builder: &mut DirectoryBuilder,
    schemas: Option<Node<'d>>,
) {
    let Some(schemas) = schemas else { return };
    if !reader.expect(schemas, Kind::Object, || "`sqlSchemaGranters`".to_owned()) {
        return;
    }
    let mut spellings: HashMap<String, Member<'d>> = HashMap::new();
    for member in reader.members(schemas) {
        let name = member.name();
        if !reader.expect(member.value, Kind::Object, || {
            format!("the schema `{name}`")
        }) {
            continue;
        }
        match spellings.entry(folded_name(&name)) {
            Entry::Vacant(place) => drop(place.insert(member)),
            Entry::Occupied(earlier) => {
                let twin = earlier.get();
                let problem = Problem::TwinSchema {
                    schema: name.to_string(),
                    twin: twin.name().into_owned(),
                    place: reader.document.position(twin.key.span().start),
                };
                reader.problem(member.key, problem);
            }
        }
        let rights = reader.fields(member.value, &file_keys::SCHEMA, Spelling::Exact);
        for (right, value) in SqlRight::ALL.into_iter().zip(rights) {
            let area = AccessArea::Sql {
                schema: SchemaName::from_stored(name.as_ref()),
                right,
            };
            let access = || format!("the SQL right `{}` on `{name}`", right.as_str());
            match value {
                // Of two spellings of a schema the narrower right counts.
                Some(value) => grant(reader, builder, value, access, |builder, grantee| {
                    builder.narrow_area(&area, grantee)
                }),
                // An absent key is everyone (decision D12), and the schema is known all the same.
                None => drop(builder.narrow_area(&area, &Grantee::Everyone)),
            }
        }
    }
}

/// Reads the group of every plug-in.
pub(super) fn read_plugins<'d>(
    reader: &mut Reader<'d>,
    builder: &mut DirectoryBuilder,
    plugins: Option<Node<'d>>,
) {
    let Some(plugins) = plugins else { return };
    if !reader.expect(plugins, Kind::Object, || "`remoteGranters`".to_owned()) {
        return;
    }
    for member in reader.members(plugins) {
        let key = member.name();
        let access = || format!("the plug-in `{key}`");
        if !file_keys::PLUGINS.contains(&key.as_ref())
            && let Some(suggestion) = misspelled(&key, file_keys::PLUGINS)
        {
            let key = key.to_string();
            reader.problem(member.key, Problem::PluginByCase { key, suggestion });
        }
        let plugin = PluginKey::from_stored(key.as_ref());
        grant(reader, builder, member, access, |builder, grantee| {
            builder.grant_plugin(&plugin, grantee)
        });
    }
}

/// Reads the settings, which name groups and users.
pub(super) fn read_settings<'d>(
    reader: &mut Reader<'d>,
    builder: &mut DirectoryBuilder,
    settings: Option<Node<'d>>,
) {
    let Some(settings) = settings else { return };
    if !reader.expect(settings, Kind::Object, || "`settings`".to_owned()) {
        return;
    }
    let [
        local_web,
        design,
        local_rest,
        remote_rest,
        remote_web,
        default,
    ] = reader.fields(settings, &file_keys::SETTINGS, Spelling::AnyFirstLetter);
    let (local, remote) = (RestSide::Local, RestSide::Remote);
    for (member, area, access) in [
        (design, AccessArea::Design, "the Design environment"),
        (
            local_rest,
            AccessArea::Rest(local),
            "the REST server of single-user 4D",
        ),
        (
            remote_rest,
            AccessArea::Rest(remote),
            "the REST server of 4D Server",
        ),
    ] {
        let Some(member) = member else { continue };
        let access = || access.to_owned();
        grant(reader, builder, member, access, |builder, grantee| {
            builder.grant_area(&area, grantee)
        });
    }
    let [local_key, _, _, _, remote_key, default_key] = file_keys::SETTINGS;
    let users: [(_, _, SetUser); 3] = [
        (local_web, local_key, DirectoryBuilder::local_web_user),
        (remote_web, remote_key, DirectoryBuilder::remote_web_user),
        (default, default_key, DirectoryBuilder::default_user),
    ];
    for (member, setting, set) in users {
        if let Some(member) = member {
            user_setting(reader, builder, member, setting, set);
        }
    }
}

/// Sets a setting that names a user.
type SetUser = fn(&mut DirectoryBuilder, &str) -> Option<Placement<UserHandle>>;

/// Reads one setting that names a user.
fn user_setting<'d>(
    reader: &mut Reader<'d>,
    builder: &mut DirectoryBuilder,
    member: Member<'d>,
    setting: &'static str,
    set: SetUser,
) {
    let Some(text) = reader.text(member.value, || format!("`{}`", member.name())) else {
        return;
    };
    let user = text.to_string();
    let problem = match set(builder, &text) {
        Some(Placement::ByCase(found)) => Problem::SettingUserByCase {
            setting,
            user,
            name: user_name(builder, found),
        },
        Some(Placement::Missing) => Problem::MissingSettingUser { setting, user },
        None | Some(Placement::Exact(_) | Placement::Duplicate(_)) => return,
    };
    reader.problem(member.value, problem);
}

/// Reads a grantee, and grants an access to it.
fn grant<'d>(
    reader: &mut Reader<'d>,
    builder: &mut DirectoryBuilder,
    member: Member<'d>,
    access: impl Fn() -> String,
    give: impl FnOnce(&mut DirectoryBuilder, &Grantee) -> Option<Placement<GroupHandle>>,
) {
    let Some(text) = reader.text(member.value, &access) else {
        return;
    };
    let placement = give(builder, &Grantee::parse(&text));
    if let Some(problem) = grant_problem(builder, placement, access, &text) {
        reader.problem(member.value, problem);
    }
}

/// Returns what is odd about the group in a grant.
pub(super) fn grant_problem(
    builder: &DirectoryBuilder,
    placement: Option<Placement<GroupHandle>>,
    access: impl FnOnce() -> String,
    group: &str,
) -> Option<Problem> {
    let group = group.to_owned();
    match placement? {
        Placement::Exact(_) | Placement::Duplicate(_) => None,
        Placement::ByCase(found) => Some(Problem::GranteeByCase {
            access: access(),
            group,
            name: group_name(builder, found),
        }),
        Placement::Missing => Some(Problem::MissingGrantee {
            access: access(),
            group,
        }),
    }
}
