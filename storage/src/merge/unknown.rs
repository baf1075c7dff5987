//! Members that this crate does not know: merged as JSON, one key of one object at a time.

use std::collections::{BTreeMap, HashMap};

use guichet_core::{GroupName, UserName};

use super::conflicts::StoredConflict;
use super::model::Fates;
use crate::directory_text::DirectoryText;
use crate::encode::Patch;
use crate::encode::TextEdit;
use crate::encode::container::{ObjectEdit, Sheet};
use crate::encode::style::lead_at;
use crate::encode::value::{Fresh, Value};
use crate::json::{Document, Member, Node};
use crate::keys::{self, CONFLICTS, same_but_first_letter};
use crate::normalise::canonical;

/// The word for a conflict of unknown members.
pub(super) const KIND: &str = "unknown-member";

/// An object that may hold unknown members, by the names of the base where that has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Owner {
    Document,
    User(String),
    Group(String),
    Schema(String),
    Settings,
}

impl std::fmt::Display for Owner {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Document => formatter.write_str("the file"),
            Self::User(name) => write!(formatter, "user `{name}`"),
            Self::Group(name) => write!(formatter, "group `{name}`"),
            Self::Schema(name) => write!(formatter, "SQL schema `{name}`"),
            Self::Settings => formatter.write_str("`settings`"),
        }
    }
}

impl Owner {
    /// Returns the owner by the name that a side gives it.
    fn called(&self, fates: &Fates) -> Self {
        match self {
            Self::User(name) if !keys::is_built_in(name) => {
                Self::User(fates.user(&UserName::stored(name.as_str())).to_string())
            }
            Self::Group(name) => {
                Self::Group(fates.group(&GroupName::stored(name.as_str())).to_string())
            }
            other => other.clone(),
        }
    }

    /// Tells whether this crate knows a member of such an object.
    fn knows(&self, key: &str) -> bool {
        match self {
            Self::Document => keys::ROOT.contains(&key) || key == CONFLICTS,
            Self::User(_) => keys::USER.contains(&key),
            Self::Group(_) => keys::GROUP.contains(&key),
            Self::Schema(_) => keys::SCHEMA.contains(&key),
            Self::Settings => keys::SETTINGS
                .iter()
                .any(|known| same_but_first_letter(known, key)),
        }
    }
}

/// The objects of a document, with where each begins.
type Owners<'d> = BTreeMap<Owner, (Node<'d>, usize)>;

fn owners(document: &Document) -> Owners<'_> {
    let root = document.root();
    let mut owners = Owners::from([(Owner::Document, (root, root.span().start))]);
    let mut add = |section: &str, owner: fn(String) -> Owner| {
        let members = root.get(section).into_iter().flat_map(Node::members);
        owners.extend(members.map(|member: Member<'_>| {
            let name = member.name().into_owned();
            (owner(name), (member.value, member.key.span().start))
        }));
    };
    add("users", Owner::User);
    add("groups", Owner::Group);
    add("sqlSchemaGranters", Owner::Schema);
    let settings = root
        .members()
        .filter(|member| member.name() == "settings")
        .last();
    owners
        .extend(settings.map(|member| (Owner::Settings, (member.value, member.key.span().start))));
    owners
}

/// Returns the unknown members of an object; of a key that stands twice the last one.
fn unknown<'d>(owner: &Owner, object: Node<'d>) -> BTreeMap<String, Member<'d>> {
    let members = object
        .members()
        .map(|member| (member.name().into_owned(), member));
    members.filter(|(key, _)| !owner.knows(key)).collect()
}

/// Tells whether any object of a document has an unknown member.
fn any_unknown(document: &Document) -> bool {
    let root = document.root();
    let any_in = |owner: &Owner, object: Node<'_>| {
        let mut members = object.members();
        members.any(|member| !owner.knows(&member.name()))
    };
    // What an object may hold does not depend on its name.
    let sections = [
        ("users", Owner::User(String::new())),
        ("groups", Owner::Group(String::new())),
        ("sqlSchemaGranters", Owner::Schema(String::new())),
    ];
    let mut root_members = root.members();
    any_in(&Owner::Document, root)
        || sections.iter().any(|(section, owner)| {
            let mut objects = root.get(section).into_iter().flat_map(Node::members);
            objects.any(|member| any_in(owner, member.value))
        })
        || root_members
            .any(|member| member.name() == "settings" && any_in(&Owner::Settings, member.value))
}

/// The three texts of a merge, and who is called what.
pub(super) struct Sides<'s> {
    pub(super) base: &'s DirectoryText,
    pub(super) ours: &'s DirectoryText,
    pub(super) theirs: &'s DirectoryText,
    /// From the base to ours.
    pub(super) our_fates: &'s Fates,
    /// From the base to theirs.
    pub(super) their_fates: &'s Fates,
    /// From ours to the merged text.
    pub(super) fates: &'s Fates,
}

/// Returns the patch of the merged text that brings the unknown members of theirs, and what cannot be brought.
///
/// Values are compared without regard to the order of their members. They may hold anything, so no conflict shows them.
pub(super) fn merge(merged: &Document, sides: &Sides<'_>) -> (Patch, Vec<StoredConflict>) {
    let texts = [sides.base, sides.ours, sides.theirs];
    if !texts.iter().any(|side| any_unknown(&side.document)) {
        return (Patch::default(), Vec::new());
    }
    let [base, ours, theirs] = texts.map(|side| owners(&side.document));
    let places = owners(merged);
    // Those of theirs that the base has too go by the base's name, the new ones by theirs.
    let their_names: HashMap<Owner, &Owner> = base
        .keys()
        .map(|owner| (owner.called(sides.their_fates), owner))
        .collect();
    let mut sheet = Sheet::new(merged);
    let mut conflicts = Vec::new();
    for (name, (object, _)) in &theirs {
        let known = their_names.get(name).copied();
        let our_name = known.map_or_else(|| name.clone(), |owner| owner.called(sides.our_fates));
        let of = |owners: &Owners<'_>, owner: &Owner| {
            owners
                .get(owner)
                .map(|(object, _)| values(owner, *object))
                .unwrap_or_default()
        };
        let was = known.map(|owner| of(&base, owner)).unwrap_or_default();
        let has = of(&ours, &our_name);
        let place = places.get(&our_name.called(sides.fates));
        let mut edit = place.map(|(object, start)| ObjectEdit::new(&sheet, *object, *start));
        let wants = unknown(name, *object);
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
                edit => conflicts.push(StoredConflict {
                    kind: KIND.to_owned(),
                    ours: vec![match edit {
                        None => format!("{our_name} is not there"),
                        Some(_) => sentence(&format!("`{key}` of {our_name}"), was, has),
                    }],
                    theirs: vec![sentence(&format!("`{key}` of {name}"), was, want.as_ref())],
                }),
            }
        }
        if let Some(edit) = edit.filter(|_| touched) {
            edit.finish(&mut sheet);
        }
    }
    let their_owners = |owner: &Owner| theirs.contains_key(&owner.called(sides.their_fates));
    for (owner, (object, _)) in base.iter().filter(|(owner, _)| !their_owners(owner)) {
        let our_name = owner.called(sides.our_fates);
        let Some((ours, _)) = ours.get(&our_name) else {
            continue;
        };
        let (was, has) = (values(owner, *object), values(&our_name, *ours));
        let changed = has.iter().filter(|(key, has)| was.get(*key) != Some(has));
        conflicts.extend(changed.map(|(key, has)| StoredConflict {
            kind: KIND.to_owned(),
            ours: vec![sentence(
                &format!("`{key}` of {our_name}"),
                was.get(key),
                Some(has),
            )],
            theirs: vec![format!("{owner} is not there")],
        }));
    }
    (Patch::new(sheet.edits), conflicts)
}

/// Says what became of a member.
fn sentence(place: &str, was: Option<&Value>, is: Option<&Value>) -> String {
    let what = match (was, is) {
        (None, _) => "is new",
        (_, None) => "is gone",
        _ => "has another value",
    };
    format!("{place} {what}")
}

fn values(owner: &Owner, object: Node<'_>) -> BTreeMap<String, Value> {
    let members = unknown(owner, object).into_iter();
    members
        .map(|(key, member)| (key, canonical(member.value)))
        .collect()
}

/// Gives a member the value of theirs, or takes it out.
fn put<'d>(sheet: &mut Sheet<'d>, edit: &mut ObjectEdit<'d>, key: &str, want: Option<Member<'_>>) {
    let Some(want) = want else {
        edit.remove(key);
        return;
    };
    let value = Value::of(want.value);
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
