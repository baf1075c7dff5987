//! Members that this crate does not know: merged as JSON, one key of one object at a time.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use guichet_core::{Delta, Difference, compare};

use super::conflicts::StoredConflict;
use crate::directory_text::DirectoryText;
use crate::encode::container::{ObjectEdit, Sheet};
use crate::encode::style::lead_at;
use crate::encode::value::{Fresh, Value};
use crate::encode::{Patch, TextEdit};
use crate::file_keys::{self, same_but_first_letter};
use crate::json::{Document, Member, Node};
use crate::normalise::canonical;

/// The word for a conflict of unknown members.
const KIND: &str = "unknown-member";

/// What an object that may hold unknown members describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Sort {
    Document,
    User,
    Group,
    Schema,
    Settings,
}

impl Sort {
    /// Returns whether this crate knows a member of such an object.
    fn knows(self, key: &str) -> bool {
        match self {
            Self::Document => file_keys::DOCUMENT.contains(&key),
            Self::User => file_keys::USER.contains(&key),
            Self::Group => file_keys::GROUP.contains(&key),
            Self::Schema => file_keys::SCHEMA.contains(&key),
            Self::Settings => file_keys::SETTINGS
                .iter()
                .any(|known| same_but_first_letter(known, key)),
        }
    }
}

/// An object that may hold unknown members: whose it is, by key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Owner {
    sort: Sort,
    name: String,
}

impl fmt::Display for Owner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match self.sort {
            Sort::Document => formatter.write_str("the file"),
            Sort::User => write!(formatter, "user `{name}`"),
            Sort::Group => write!(formatter, "group `{name}`"),
            Sort::Schema => write!(formatter, "SQL schema `{name}`"),
            Sort::Settings => formatter.write_str("`settings`"),
        }
    }
}

/// Who of an older directory has another name in a newer one.
struct Renames(HashMap<Owner, Owner>);

impl Renames {
    fn new(difference: &Difference) -> Self {
        let rename = |delta: &Delta| {
            let (sort, from, to) = match delta {
                Delta::UserRenamed { from, to } => (Sort::User, from.to_string(), to.to_string()),
                Delta::GroupRenamed { from, to } => (Sort::Group, from.to_string(), to.to_string()),
                _ => return None,
            };
            Some((Owner { sort, name: from }, Owner { sort, name: to }))
        };
        let renames = difference.deltas().filter_map(rename);
        // The key of a built-in user stays, whatever its alias.
        let is_key =
            |owner: &Owner| owner.sort == Sort::User && file_keys::is_built_in(&owner.name);
        Self(renames.filter(|(from, _)| !is_key(from)).collect())
    }

    /// Returns the name in the newer directory.
    fn renamed<'o>(&'o self, owner: &'o Owner) -> &'o Owner {
        self.0.get(owner).unwrap_or(owner)
    }
}

/// The objects of a document that may hold unknown members, each with its key; the document itself has none.
fn objects(document: &Document) -> impl Iterator<Item = (Sort, Option<Member<'_>>, Node<'_>)> {
    let root = document.root();
    let sections = [
        ("users", Sort::User),
        ("groups", Sort::Group),
        ("sqlSchemaGranters", Sort::Schema),
    ];
    let inside = sections.into_iter().flat_map(move |(section, sort)| {
        let members = root.get(section).into_iter().flat_map(Node::members);
        members.map(move |member| (sort, member))
    });
    let root_members = root.members();
    let settings = root_members.filter(|member| member.name() == "settings");
    let settings = settings.last().map(|member| (Sort::Settings, member));
    let members = inside.chain(settings);
    let members = members.map(|(sort, member)| (sort, Some(member), member.value));
    std::iter::once((Sort::Document, None, root)).chain(members)
}

/// An object of a document, and where it begins: at its key, or at itself.
#[derive(Clone, Copy)]
struct Object<'d> {
    node: Node<'d>,
    start: usize,
}

/// The objects of a document, by whose they are.
struct Objects<'d>(BTreeMap<Owner, Object<'d>>);

impl<'d> Objects<'d> {
    fn new(document: &'d Document) -> Self {
        let objects = objects(document).map(|(sort, member, node)| {
            let named = member.filter(|_| sort != Sort::Settings);
            let name = named.map_or_else(String::new, |member| member.name().into_owned());
            let first = member.map_or(node, |member| member.key);
            let start = first.span().start;
            (Owner { sort, name }, Object { node, start })
        });
        Self(objects.collect())
    }

    /// Returns the unknown members of an object; of a key that stands twice the last one.
    fn members(&self, owner: &Owner) -> BTreeMap<String, Member<'d>> {
        let objects = self.0.get(owner).into_iter();
        let members = objects.flat_map(|object| object.node.members());
        members
            .map(|member| (member.name().into_owned(), member))
            .filter(|(key, _)| !owner.sort.knows(key))
            .collect()
    }

    /// Returns the unknown members of an object by what they mean.
    fn values(&self, owner: &Owner) -> BTreeMap<String, Value> {
        let members = self.members(owner).into_iter();
        members
            .map(|(key, member)| (key, canonical(member.value)))
            .collect()
    }
}

/// Returns the patch of the merged text that brings the unknown members of theirs, and what cannot be brought.
///
/// `texts` are base, ours and theirs, and `merged` comes from ours by `difference`. Values are compared without regard
/// to the order of their members. They may hold anything, so no conflict shows them.
pub(super) fn merge(
    merged: &Document,
    texts: [&DirectoryText; 3],
    difference: &Difference,
) -> (Patch, Vec<StoredConflict>) {
    let is_unknown = |sort: Sort, object: Node<'_>| {
        let mut members = object.members();
        members.any(|member| !sort.knows(&member.name()))
    };
    let any_unknown = texts.iter().any(|side| {
        let mut objects = objects(&side.document);
        objects.any(|(sort, _, object)| is_unknown(sort, object))
    });
    if !any_unknown {
        return (Patch::default(), Vec::new());
    }
    let [base_text, our_text, their_text] = texts;
    let between =
        |side: &DirectoryText| Renames::new(&compare(&base_text.directory, &side.directory));
    let (our_renames, their_renames) = (between(our_text), between(their_text));
    let renames = Renames::new(difference);
    let [base, ours, theirs] = texts.map(|side| Objects::new(&side.document));
    let places = Objects::new(merged);
    // Those of theirs that the base has too go by the base's name, the new ones by theirs.
    let their_names: HashMap<&Owner, &Owner> = base
        .0
        .keys()
        .map(|owner| (their_renames.renamed(owner), owner))
        .collect();
    let mut sheet = Sheet::new(merged);
    let mut conflicts = Vec::new();
    for name in theirs.0.keys() {
        let known = their_names.get(name).copied();
        let our_name = known.map_or(name, |owner| our_renames.renamed(owner));
        let was = known.map(|owner| base.values(owner)).unwrap_or_default();
        let has = ours.values(our_name);
        let wants = theirs.members(name);
        let place = places.0.get(renames.renamed(our_name));
        let mut edit = place.map(|place| ObjectEdit::new(&sheet, place.node, place.start));
        let mut all: Vec<&String> = was.keys().chain(wants.keys()).collect();
        all.sort_unstable();
        all.dedup();
        let mut touched = false;
        for key in all {
            let want = wants.get(key).map(|member| canonical(member.value));
            let (was, has) = (was.get(key), has.get(key));
            if want.as_ref() == was || want.as_ref() == has {
                continue;
            }
            match &mut edit {
                Some(edit) if has == was => {
                    touched = true;
                    put(&mut sheet, edit, key, wants.get(key).copied());
                }
                edit => conflicts.push(conflict(
                    match edit {
                        None => format!("{our_name} does not exist"),
                        Some(_) => sentence(key, our_name, was, has),
                    },
                    sentence(key, name, was, want.as_ref()),
                )),
            }
        }
        if let Some(edit) = edit.filter(|_| touched) {
            edit.finish(&mut sheet);
        }
    }
    for owner in base.0.keys() {
        let our_name = our_renames.renamed(owner);
        if theirs.0.contains_key(their_renames.renamed(owner)) || !ours.0.contains_key(our_name) {
            continue;
        }
        let (was, has) = (base.values(owner), ours.values(our_name));
        let changed = has.iter().filter(|(key, has)| was.get(*key) != Some(has));
        conflicts.extend(changed.map(|(key, has)| {
            conflict(
                sentence(key, our_name, was.get(key), Some(has)),
                format!("{owner} does not exist"),
            )
        }));
    }
    (Patch::new(sheet.edits), conflicts)
}

fn conflict(ours: String, theirs: String) -> StoredConflict {
    StoredConflict {
        kind: KIND.to_owned(),
        ours: vec![ours],
        theirs: vec![theirs],
    }
}

/// Says what became of a member.
fn sentence(key: &str, owner: &Owner, was: Option<&Value>, is: Option<&Value>) -> String {
    let what = match (was, is) {
        (None, _) => "is new",
        (_, None) => "is gone",
        _ => "has another value",
    };
    format!("`{key}` of {owner} {what}")
}

/// Gives a member the value of theirs, or takes it out.
fn put<'d>(sheet: &mut Sheet<'d>, edit: &mut ObjectEdit<'d>, key: &str, want: Option<Member<'_>>) {
    let Some(want) = want else {
        edit.remove(key);
        return;
    };
    let value = Value::from_node(want.value);
    let Some(member) = edit.find(key) else {
        edit.append(key, value);
        return;
    };
    let lead = lead_at(sheet.document.text(), member.key.span().start);
    let mut text = String::new();
    Fresh::element(value).write(&mut text, lead, &sheet.style);
    let span = member.value.span();
    sheet.edits.push(TextEdit {
        start: span.start,
        end: span.end,
        text,
    });
}
