//! A `directory.json` read just far enough for this crate's tests; storage has the real reader.

use std::fs;
use std::path::PathBuf;

use guichet_core::{
    AccessArea, Credential, Directory, DirectoryBuilder, Grantee, GroupName, PluginKey, RestSide,
    SchemaName, SqlRight, UserHandle, UserName,
};
use serde_json::{Map, Value};

/// Reads the text of a directory file.
pub(crate) fn directory(text: &str) -> Directory {
    let file: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
    let mut builder = DirectoryBuilder::new();
    for (key, user) in members(&file["users"]) {
        let handle = add_user(&mut builder, &key, &user);
        if let Some(password) = user["password"].as_str() {
            builder.credential(handle, Credential::from_stored(password));
        }
    }
    let groups = members(&file["groups"]);
    let handles: Vec<_> = groups
        .keys()
        .map(|name| builder.group(GroupName::from_stored(name.as_str())))
        .collect();
    for (handle, group) in handles.into_iter().zip(groups.values()) {
        let mut list = builder.members_of(handle);
        texts(&group["users"]).for_each(|name| _ = list.user(name));
        texts(&group["groups"]).for_each(|name| _ = list.group(name));
    }
    for (schema, grants) in members(&file["sqlSchemaGranters"]) {
        for right in SqlRight::ALL {
            let schema = SchemaName::from_stored(schema.as_str());
            grant(
                &mut builder,
                &AccessArea::Sql { schema, right },
                &grants[right.key()],
            );
        }
    }
    for (key, text) in members(&file["remoteGranters"]) {
        let grantee = Grantee::parse(text.as_str().unwrap());
        builder.grant_plugin(&PluginKey::from_stored(key.as_str()), &grantee);
    }
    let settings = &file["settings"];
    grant(
        &mut builder,
        &AccessArea::Design,
        setting(settings, "designAccessGroup"),
    );
    let local = setting(settings, "localMobileAccessGroupRW");
    grant(&mut builder, &AccessArea::Rest(RestSide::Local), local);
    let remote = setting(settings, "remoteMobileAccessGroupRW");
    grant(&mut builder, &AccessArea::Rest(RestSide::Remote), remote);
    if let Some(user) = setting(settings, "remoteDefaultUser").as_str() {
        builder.default_user(user);
    }
    if let Some(user) = setting(settings, "localGenericWebUser").as_str() {
        builder.local_web_user(user);
    }
    builder.finish()
}

/// The fixtures of the corpus: name and text of each directory file, by name.
pub(crate) fn corpus() -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/corpus");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(&path).unwrap())
        })
        .filter(|(name, _)| !name.ends_with(".expected.json"))
        .collect();
    files.sort();
    files
}

/// One directory of the corpus.
pub(crate) fn fixture(name: &str) -> Directory {
    let found = corpus().into_iter().find(|(file, _)| file == name);
    directory(&found.unwrap().1)
}

/// What an independent walk computed for a directory of the corpus.
pub(crate) fn expected(name: &str) -> Value {
    let stem = name.strip_suffix(".json").unwrap();
    let file = format!("tests/fixtures/corpus/{stem}.expected.json");
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(file);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The texts of a list, none when it is absent.
pub(crate) fn texts(list: &Value) -> impl Iterator<Item = &str> {
    let list = list.as_array().into_iter().flatten();
    list.map(|text| text.as_str().unwrap())
}

/// The members of an object, none when it is absent.
pub(crate) fn members(object: &Value) -> Map<String, Value> {
    object.as_object().cloned().unwrap_or_default()
}

fn add_user(builder: &mut DirectoryBuilder, key: &str, user: &Value) -> UserHandle {
    let name = UserName::from_stored(user["alias"].as_str().unwrap_or(key));
    match key {
        "designer" => builder.designer(name),
        "administrator" => builder.administrator(name),
        _ => builder.user(name),
    }
}

fn grant(builder: &mut DirectoryBuilder, area: &AccessArea, text: &Value) {
    if let Some(text) = text.as_str() {
        builder.grant_area(area, &Grantee::parse(text));
    }
}

/// A setting under either spelling of its key: some files begin it with a capital.
fn setting<'a>(settings: &'a Value, key: &str) -> &'a Value {
    let mut found = settings.as_object().into_iter().flatten();
    let found = found.find(|(spelling, _)| spelling.eq_ignore_ascii_case(key));
    found.map_or(&Value::Null, |(_, value)| value)
}
