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
use super::path::Path;
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
    let path = Path::Root.member("sqlSchemaGranters");
    let Some(schemas) = schemas else { return };
    if !reader.expect(schemas, &path, Kind::Object, || {
        "`sqlSchemaGranters`".to_owned()
    }) {
        return;
    }
    let mut spellings: HashMap<String, Member<'d>> = HashMap::new();
    for member in reader.members(schemas) {
        let name = member.name();
        let path = path.member(&name);
        if !reader.expect(member.value, &path, Kind::Object, || {
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
                reader.problem(member.key, &path, problem);
            }
        }
        let rights = reader.fields(member.value, &path, &file_keys::SCHEMA, Spelling::Exact);
        for (right, value) in SqlRight::ALL.into_iter().zip(rights) {
            let area = AccessArea::Sql {
                schema: SchemaName::stored(name.as_ref()),
                right,
            };
            let access = || format!("the SQL right `{}` on `{name}`", right.as_str());
            match value {
                Some(value) => narrow_area(reader, builder, &path, value, &area, access),
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
    let path = Path::Root.member("remoteGranters");
    let Some(plugins) = plugins else { return };
    if !reader.expect(plugins, &path, Kind::Object, || {
        "`remoteGranters`".to_owned()
    }) {
        return;
    }
    for member in reader.members(plugins) {
        let key = member.name();
        let path = path.member(&key);
        let access = || format!("the plug-in `{key}`");
        let Some(text) = reader.text(member.value, &path, access) else {
            continue;
        };
        if !file_keys::PLUGINS.contains(&key.as_ref())
            && let Some(suggestion) = misspelled(&key, file_keys::PLUGINS)
        {
            reader.problem(
                member.key,
                &path,
                Problem::PluginByCase {
                    key: key.to_string(),
                    suggestion,
                },
            );
        }
        let placement =
            builder.grant_plugin(&PluginKey::stored(key.as_ref()), &Grantee::parse(&text));
        if let Some(problem) = grant_problem(builder, placement, access, &text) {
            reader.problem(member.value, &path, problem);
        }
    }
}

/// Reads the settings, which name groups and users.
pub(super) fn read_settings<'d>(
    reader: &mut Reader<'d>,
    builder: &mut DirectoryBuilder,
    settings: Option<Node<'d>>,
) {
    let path = Path::Root.member("settings");
    let Some(settings) = settings else { return };
    if !reader.expect(settings, &path, Kind::Object, || "`settings`".to_owned()) {
        return;
    }
    let [
        local_web,
        design,
        local_rest,
        remote_rest,
        remote_web,
        default,
    ] = reader.fields(
        settings,
        &path,
        &file_keys::SETTINGS,
        Spelling::AnyFirstLetter,
    );
    for (member, area, access) in [
        (design, AccessArea::Design, "the Design environment"),
        (
            local_rest,
            AccessArea::Rest(RestSide::Local),
            "the REST server of single-user 4D",
        ),
        (
            remote_rest,
            AccessArea::Rest(RestSide::Remote),
            "the REST server of 4D Server",
        ),
    ] {
        if let Some(member) = member {
            grant_area(reader, builder, &path, member, &area, || access.to_owned());
        }
    }
    let [local_key, _, _, _, remote_key, default_key] = file_keys::SETTINGS;
    user_setting(
        reader,
        builder,
        &path,
        (local_web, local_key),
        DirectoryBuilder::local_web_user,
    );
    user_setting(
        reader,
        builder,
        &path,
        (remote_web, remote_key),
        DirectoryBuilder::remote_web_user,
    );
    user_setting(
        reader,
        builder,
        &path,
        (default, default_key),
        DirectoryBuilder::default_user,
    );
}

/// Reads one setting that names a user.
fn user_setting<'d>(
    reader: &mut Reader<'d>,
    builder: &mut DirectoryBuilder,
    settings: &Path<'_>,
    (member, setting): (Option<Member<'d>>, &'static str),
    set: fn(&mut DirectoryBuilder, &str) -> Option<Placement<UserHandle>>,
) {
    let Some(member) = member else { return };
    let key = member.name();
    let path = settings.member(&key);
    let Some(text) = reader.text(member.value, &path, || format!("`{key}`")) else {
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
    reader.problem(member.value, &path, problem);
}

/// Reads the grantee of one right of a schema: where that is spelled in two ways, the narrower one counts.
fn narrow_area<'d>(
    reader: &mut Reader<'d>,
    builder: &mut DirectoryBuilder,
    schema: &Path<'_>,
    member: Member<'d>,
    area: &AccessArea,
    access: impl Fn() -> String,
) {
    give_area(
        reader,
        schema,
        member,
        builder,
        access,
        |builder, grantee| builder.narrow_area(area, grantee),
    );
}

/// Reads the grantee of one area.
fn grant_area<'d>(
    reader: &mut Reader<'d>,
    builder: &mut DirectoryBuilder,
    holder: &Path<'_>,
    member: Member<'d>,
    area: &AccessArea,
    access: impl Fn() -> String,
) {
    give_area(
        reader,
        holder,
        member,
        builder,
        access,
        |builder, grantee| builder.grant_area(area, grantee),
    );
}

fn give_area<'d>(
    reader: &mut Reader<'d>,
    holder: &Path<'_>,
    member: Member<'d>,
    builder: &mut DirectoryBuilder,
    access: impl Fn() -> String,
    give: impl FnOnce(&mut DirectoryBuilder, &Grantee) -> Option<Placement<GroupHandle>>,
) {
    let key = member.name();
    let path = holder.member(&key);
    let Some(text) = reader.text(member.value, &path, &access) else {
        return;
    };
    let placement = give(builder, &Grantee::parse(&text));
    if let Some(problem) = grant_problem(builder, placement, access, &text) {
        reader.problem(member.value, &path, problem);
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
