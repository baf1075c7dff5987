//! One text for one meaning: the normal form of a `directory.json`, so that git shows real changes only.

use std::collections::HashMap;
use std::hash::Hash;

use guichet_core::identity::folded_name;
use guichet_core::{Directory, GroupHandle, UserHandle};

use crate::encode::style::Style;
use crate::encode::value::{Fresh, Value};
use crate::file_keys::{self, CONFLICTS, same_but_first_letter};
use crate::json::{Document, Kind, Member, Node};

/// Returns the normal form of a document.
///
/// 4D writes the same directory in another order from save to save. The normal form has one order and one layout:
///
/// | what | normal |
/// |---|---|
/// | the document, a user, a group, a schema, `settings` | 4D's own order of keys, then unknown keys by name, then the list of conflicts of a merge |
/// | `users` | `designer`, `administrator`, then by name |
/// | `groups`, `sqlSchemaGranters` | by name |
/// | `remoteGranters` | 4D's own plug-ins in 4D's order, then the others by name |
/// | the members of a group | in the order of `users` and of `groups`; names that nothing has come last, by name |
/// | inside an unknown key | objects by key; lists as they are, since their order may mean something |
/// | layout | 4D's: a tab a level, line feeds, no byte order mark, no line end at the end, no escape that JSON does not need |
///
/// By name means by the folded name of decision D7. Names that are the same there stay in the order of the file, since
/// the first one is the one that a reference in another case means; so do keys that stand twice, of which the last one counts.
/// Numbers and the spelling of keys stay as they are. Nothing is taken out and nothing added: that is a repair.
///
/// The meaning is the same except for the numbers of decision D9, which are positions: `#3` is the third user of the text
/// that one looks at. What still holds numbers is `settings.4DSettings`: see [`inspect`](crate::inspect()).
///
/// `directory` must be what [`decode`](crate::decode()) made of the document. The normal form of the normal form
/// is itself, so a text is normal when it equals this. O(n log n) in the number of names.
///
/// # Examples
///
/// ```
/// use guichet_storage::{DirectoryText, normalise};
///
/// let normal = |text: &str| {
///     let text = DirectoryText::parse(text.into())?;
///     Ok::<_, guichet_storage::TextError>(normalise(&text.document, &text.directory))
/// };
/// let one = normal(r#"{"groups": {"Sales": {}, "Devs": {"users": ["Zoë", "Ann"]}}, "users": {"Zoë": {}, "Ann": {}}}"#)?;
/// let other = normal("{\"users\":{\"Ann\":{},\"Zo\\u00eb\":{}},\n\"groups\":{\"Devs\":{\"users\":[\"Ann\",\"Zoë\"]},\"Sales\":{}}}")?;
/// assert_eq!(one, other);
/// assert!(one.starts_with("{\n\t\"users\": {\n\t\t\"Ann\": {},"));
/// # Ok::<(), guichet_storage::TextError>(())
/// ```
pub fn normalise(document: &Document, directory: &Directory) -> String {
    let users = directory
        .users()
        .map(|(user, one)| (user, one.name().as_str()));
    let groups = directory
        .groups()
        .map(|(group, one)| (group, one.name().as_str()));
    let normaliser = Normaliser {
        directory,
        users: ranks(users, 2),
        groups: ranks(groups, 0),
    };
    let mut out = String::with_capacity(document.text().len());
    let value = normaliser.document(document.root());
    Fresh::element(value).write(&mut out, "\n", &Style::of_4d());
    out
}

/// Returns the place of each user or group in the normal order; the first `fixed` keep theirs.
fn ranks<'n, H: Copy + Eq + Hash>(
    named: impl Iterator<Item = (H, &'n str)>,
    fixed: usize,
) -> HashMap<H, usize> {
    let mut named: Vec<_> = named.enumerate().collect();
    named.sort_by_cached_key(|(index, (_, name))| {
        let built_in = *index < fixed;
        (
            if built_in { *index } else { fixed },
            if built_in {
                String::new()
            } else {
                folded_name(name)
            },
        )
    });
    let ranked = named.into_iter().enumerate();
    ranked
        .map(|(rank, (_, (handle, _)))| (handle, rank))
        .collect()
}

/// Where a key stands among others: a fixed place, then its name.
type Order = (usize, String);

struct Normaliser<'n> {
    directory: &'n Directory,
    users: HashMap<UserHandle, usize>,
    groups: HashMap<GroupHandle, usize>,
}

impl Normaliser<'_> {
    fn document(&self, root: Node<'_>) -> Value {
        object(root, known(&file_keys::ROOT), |key, section| match key {
            "users" => object(section, users_order, |_, user| {
                object(user, known(&file_keys::USER), |_, value| canonical(value))
            }),
            "groups" => object(section, by_name, |_, group| self.group(group)),
            "sqlSchemaGranters" => object(section, by_name, |_, schema| {
                object(schema, known(&file_keys::SCHEMA), |_, value| {
                    canonical(value)
                })
            }),
            "remoteGranters" => object(section, plugins_order, |_, value| canonical(value)),
            "settings" => object(section, settings_order, |_, value| canonical(value)),
            _ => canonical(section),
        })
    }

    fn group(&self, group: Node<'_>) -> Value {
        object(group, known(&file_keys::GROUP), |key, value| match key {
            "users" => list(value, |name| {
                rank(&self.users, self.directory.find_user(name))
            }),
            "groups" => list(value, |name| {
                rank(&self.groups, self.directory.find_group(name))
            }),
            _ => canonical(value),
        })
    }
}

/// Returns the place of somebody that a name means; after everybody where it means nobody.
fn rank<H: Eq + Hash>(ranks: &HashMap<H, usize>, found: Option<H>) -> usize {
    let place = found.and_then(|handle| ranks.get(&handle).copied());
    place.unwrap_or(usize::MAX)
}

/// Returns an object with its members in order; of equal ones the order of the text stays.
fn object(
    node: Node<'_>,
    order: impl Fn(&str) -> Order,
    value: impl Fn(&str, Node<'_>) -> Value,
) -> Value {
    if node.kind() != Kind::Object {
        return canonical(node); // It is overridden further down: nobody has looked at its kind.
    }
    let mut members: Vec<Member<'_>> = node.members().collect();
    members.sort_by_cached_key(|member| order(&member.name()));
    let member = |member: Member<'_>| {
        let name = member.name();
        let value = value(&name, member.value);
        (name.into_owned(), value)
    };
    Value::Object(members.into_iter().map(member).collect())
}

/// Returns a list of names in order.
fn list(node: Node<'_>, rank: impl Fn(&str) -> usize) -> Value {
    let names: Option<Vec<_>> = node.elements().map(Node::as_str).collect();
    let Some(mut names) = names.filter(|_| node.kind() == Kind::Array) else {
        return canonical(node);
    };
    names.sort_by_cached_key(|name| (rank(name), folded_name(name), name.to_string()));
    Value::Array(names.iter().map(|name| Value::text(name)).collect())
}

/// Returns a value that this crate does not know, its objects in order of their keys.
///
/// As deep as the document at most, which is bounded.
pub(crate) fn canonical(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::Object => object(node, |key| (0, key.to_owned()), |_, value| canonical(value)),
        Kind::Array => Value::Array(node.elements().map(canonical).collect()),
        _ => Value::from_node(node),
    }
}

/// Orders keys as a list has them, then unknown ones by their text, then the conflicts of a merge.
fn known(order: &[&str]) -> impl Fn(&str) -> Order {
    move |key| match order.iter().position(|known| *known == key) {
        Some(place) => (place, String::new()),
        None if key == CONFLICTS => (order.len() + 1, String::new()),
        None => (order.len(), key.to_owned()),
    }
}

fn users_order(key: &str) -> Order {
    let built_in = file_keys::BUILT_INS.iter().position(|one| one.key == key);
    match built_in {
        Some(place) => (place, String::new()),
        None => (file_keys::BUILT_INS.len(), folded_name(key)),
    }
}

fn by_name(key: &str) -> Order {
    (0, folded_name(key))
}

fn plugins_order(key: &str) -> Order {
    match file_keys::PLUGINS.iter().position(|known| *known == key) {
        Some(place) => (place, String::new()),
        None => (file_keys::PLUGINS.len(), folded_name(key)),
    }
}

fn settings_order(key: &str) -> Order {
    let known = file_keys::SETTINGS
        .iter()
        .position(|known| same_but_first_letter(known, key));
    match known {
        Some(place) => (place, String::new()),
        None => (file_keys::SETTINGS.len(), key.to_owned()),
    }
}
