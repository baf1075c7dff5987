//! Edits of a `guichet.toml` that keep its comments and its layout.

use std::borrow::Cow;
use std::collections::HashSet;

use guichet_core::{AccessArea, Directory, Grantee, GroupReference, PluginKey, StoredGrantee};
use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

use super::{OptionsFile, line_ends};
use crate::encode::{EncodeError, grantee_text, is_own};
use crate::json::{Document, Node};
use crate::steps::step;

const MARK: &str = "\u{feff}";

/// Returns the bytes of a `guichet.toml` that give what an edited directory gives; `None` if nothing changes.
///
/// It holds who reaches the HTTP server (decision D16) and who has a plug-in that `directory.json` has no key for. A
/// renamed group is renamed in it too, also where the grant has no effect. `bytes` is empty for a file that is not there
/// yet, `options` is what they say, and `document` is the `directory.json` of `before`, where there is one. Comments, line
/// ends and the order of everything else stay. Linear.
///
/// # Errors
///
/// - [`EncodeError::Options`]: the bytes are not TOML, or something else stands where a table belongs;
/// - [`EncodeError::UngrantableGroup`]: the file has no way to say it.
///
/// # Examples
///
/// ```
/// use guichet_core::{AccessArea, Change, Grantee, Rules};
/// use guichet_storage::json::Document;
/// use guichet_storage::{OptionsFile, decode, encode_options};
///
/// let text = b"[access] # who may\nhttp = \"*\" # for now\n";
/// let options = OptionsFile::parse(text).unwrap();
/// let document = Document::parse(b"{}".to_vec())?;
/// let before = decode(&document, &options).unwrap().directory;
/// let mut after = before.clone();
/// let change = Change::GrantArea { area: AccessArea::Http, grantee: Grantee::Nobody };
/// after.apply(&[change], &Rules::default())?;
/// let edited = encode_options(text, &options, Some(&document), &before, &after)?.unwrap();
/// assert_eq!(edited, b"[access] # who may\nhttp = \"\" # for now\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn encode_options(
    bytes: &[u8],
    options: &OptionsFile,
    document: Option<&Document>,
    before: &Directory,
    after: &Directory,
) -> Result<Option<Vec<u8>>, EncodeError> {
    let wanted = wanted(options, document, before, after)?;
    if wanted.is_empty() {
        return Ok(None);
    }
    let refused = |message: String| EncodeError::Options { message };
    let text = std::str::from_utf8(bytes).map_err(|error| refused(error.to_string()))?;
    let (mark, text) = match text.strip_prefix(MARK) {
        Some(rest) => (MARK, rest),
        None => ("", text),
    };
    let mut file: DocumentMut = text
        .parse()
        .map_err(|error: toml_edit::TomlError| refused(error.message().to_owned()))?;
    for (slot, text) in wanted {
        let (outer, inner, key) = match &slot {
            Slot::Http => ("access", None, "http"),
            Slot::Plugin(plugin) => ("plugins", Some(plugin.as_str()), "group"),
        };
        set(&mut file, outer, inner, key, &text)
            .ok_or_else(|| refused(format!("`{outer}` is not a table")))?;
    }
    let written = line_ends::kept(text, &file.to_string());
    Ok(Some(format!("{mark}{written}").into_bytes()))
}

/// Where in the file a grantee stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Slot {
    Http,
    Plugin(PluginKey),
}

/// Returns what has to be written.
fn wanted(
    options: &OptionsFile,
    document: Option<&Document>,
    before: &Directory,
    after: &Directory,
) -> Result<Vec<(Slot, String)>, EncodeError> {
    let mut wanted = Vec::new();
    let grants = after.grants();
    if let (Some(was), Some(now)) = (
        before.grants().area(&AccessArea::Http),
        grants.area(&AccessArea::Http),
    ) && changed(before, after, was, now)
    {
        wanted.push((Slot::Http, grantee_text(after, now)?));
    }
    let granters = document.and_then(|document| document.root().get("remoteGranters"));
    let granted: HashSet<Cow<'_, str>> = granters
        .into_iter()
        .flat_map(Node::members)
        .map(|member| {
            step();
            member.name()
        })
        .collect();
    let elsewhere = |key: &PluginKey| is_own(key) || granted.contains(key.as_str());
    for grant in grants.plugins() {
        let (key, now) = (grant.plugin(), grant.grantee());
        if !elsewhere(key) && changed(before, after, before.grants().plugin(key), now) {
            wanted.push((Slot::Plugin(key.clone()), grantee_text(after, now)?));
        }
    }
    // Grants without effect name groups too.
    for (key, placed) in options
        .plugin_grants
        .iter()
        .filter(|(key, _)| elsewhere(key))
    {
        let stored = before.resolve_grantee(&placed.grantee);
        if changed(before, after, &stored, &stored) {
            wanted.push((Slot::Plugin(key.clone()), grantee_text(after, &stored)?));
        }
    }
    Ok(wanted)
}

/// Returns whether a grantee is another one, or is called otherwise.
fn changed(
    before: &Directory,
    after: &Directory,
    was: &StoredGrantee,
    now: &StoredGrantee,
) -> bool {
    let name = |directory: &Directory, stored: &StoredGrantee| match stored {
        Grantee::Group(GroupReference::Known(group)) => {
            directory.group(*group).map(|group| group.name().clone())
        }
        _ => None,
    };
    was != now || name(before, was) != name(after, now)
}

/// Gives a key in a table, or in a table of a table, a text; `None` if something else is in the table's place.
fn set(
    file: &mut DocumentMut,
    outer: &str,
    inner: Option<&str>,
    key: &str,
    text: &str,
) -> Option<()> {
    let empty = file.as_table().is_empty();
    let new_table = || {
        let mut table = Table::new();
        table.decor_mut().set_prefix(if empty { "" } else { "\n" });
        table
    };
    let outer = file.entry(outer).or_insert_with(|| {
        let mut table = new_table();
        table.set_implicit(inner.is_some());
        Item::Table(table)
    });
    let mut table = outer.as_table_like_mut()?;
    if let Some(inner) = inner {
        table = table
            .entry(inner)
            .or_insert_with(|| Item::Table(new_table()))
            .as_table_like_mut()?;
    }
    write(table, key, text);
    Some(())
}

fn write(table: &mut dyn TableLike, key: &str, text: &str) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(value) => {
            let decor = value.decor().clone();
            *value = Value::from(text);
            *value.decor_mut() = decor;
        }
        None => {
            table.insert(key, toml_edit::value(text));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::fmt::Write as _;

    use guichet_core::{Change, GroupName, Rules};

    use super::encode_options;
    use crate::decode::decode;
    use crate::guichet_toml::OptionsFile;
    use crate::json::Document;
    use crate::steps::assert_linear;

    #[test]
    fn many_plug_ins_in_both_files_take_linear_time() {
        assert_linear(300, |size| {
            let (mut granters, mut toml) = (String::new(), String::new());
            for plugin in 0..size {
                write!(granters, ", \"p{plugin}\": \"Devs\"").unwrap();
                write!(
                    toml,
                    "[plugins.p{plugin}]\nnumber = {}\nname = \"P{plugin}\"\ngroup = \"Devs\"\n",
                    20000 + plugin
                )
                .unwrap();
            }
            let text = format!(
                "{{\"groups\": {{\"Devs\": {{}}}}, \"remoteGranters\": {{\"web\": \"*\"{granters}}}}}"
            );
            let document = Document::parse(text.into_bytes()).unwrap();
            let options = OptionsFile::parse(toml.as_bytes()).unwrap();
            let before = decode(&document, &options).unwrap().directory;
            let mut after = before.clone();
            let change = Change::RenameGroup {
                group: GroupName::from_stored("Devs"),
                name: GroupName::from_stored("Coders"),
            };
            drop(after.apply(&[change], &Rules::default()).unwrap());
            let edited =
                encode_options(toml.as_bytes(), &options, Some(&document), &before, &after);
            let edited = String::from_utf8(edited.unwrap().unwrap()).unwrap();
            assert_eq!(edited.matches("\"Coders\"").count(), size);
        });
    }
}
