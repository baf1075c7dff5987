//! `groups`: names and member lists.
//!
//! Edits put nobody into a list who does not exist; merges of two files may, and such names come last.

use std::collections::HashSet;
use std::hash::Hash;
use std::rc::Rc;

use guichet_core::{Group, GroupHandle, GroupName, UserHandle, UserName};

use super::Encoder;
use super::children::Children;
use super::container::{ObjectEdit, ranked};
use super::value::{Fresh, Value};
use super::whole;
use crate::file_keys;
use crate::json::Member;

/// How the members of one kind are named and found.
struct Naming<'n, H> {
    key: &'static str,
    /// Who a text of the file means before the edit.
    find: &'n dyn Fn(&str) -> Option<H>,
    /// The name after the edit.
    name: &'n dyn Fn(H) -> &'n str,
    /// Whether the name is another one after the edit.
    renamed: &'n dyn Fn(H) -> bool,
}

/// A member list before or after the edit: those who exist, and names that nothing has.
struct List<'l, H> {
    members: &'l [H],
    missing: Vec<&'l str>,
}

impl<'d> Encoder<'d, '_> {
    /// Writes what changed about the groups and their members.
    pub(super) fn groups(&mut self, root: &mut ObjectEdit<'d>) {
        let changed = |(group, now): (GroupHandle, &Group)| {
            self.before.group(group) != Some(now) || self.names_somebody_renamed(now)
        };
        let gone = |(group, _): (GroupHandle, &Group)| self.after.group(group).is_none();
        let touched: Vec<GroupHandle> = self
            .after
            .groups()
            .filter(|group| changed(*group))
            .map(|(group, _)| group)
            .collect();
        if touched.is_empty() && !self.before.groups().any(gone) {
            return;
        }
        let Some(groups) = root.find("groups") else {
            root.insert(
                "groups",
                whole::groups(self.after),
                ranked(&file_keys::ROOT),
            );
            return;
        };
        let mut object = ObjectEdit::from_member(&self.sheet, groups);
        let places: Vec<_> = self.counted(&object).collect();
        let mut freed = HashSet::new();
        for (group, _) in self.before.groups().filter(|group| gone(*group)) {
            if let Some(member) = places.get(group.index()) {
                object.remove_member(*member);
                freed.insert(member.name());
            }
        }
        for group in touched {
            let Some(now) = self.after.group(group) else {
                continue;
            };
            match (self.before.group(group), places.get(group.index())) {
                (Some(was), Some(member)) => {
                    if was.name() != now.name() {
                        self.sheet.replace_text(member.key, now.name().as_str());
                        freed.insert(member.name());
                    }
                    self.members(*member, was, now);
                }
                _ => object.append(now.name().as_str(), whole::group(self.after, now)),
            }
        }
        self.uncover(&mut object, &freed);
        if object.is_empty() {
            root.remove("groups");
        } else {
            object.finish(&mut self.sheet);
        }
    }

    /// Returns whether a list names a user or a group that has another name now.
    fn names_somebody_renamed(&self, group: &Group) -> bool {
        let (users, groups) = (&self.renamed_users, &self.renamed_groups);
        (!users.is_empty() && group.users().iter().any(|user| users.contains(user)))
            || (!groups.is_empty() && group.groups().iter().any(|group| groups.contains(group)))
    }

    /// Writes what changed about the members of one group.
    fn members(&mut self, member: Member<'d>, was: &Group, now: &Group) {
        let (before, after) = (self.before, self.after);
        let mut object = ObjectEdit::from_member(&self.sheet, member);
        let users = Rc::clone(&self.renamed_users);
        let groups = Rc::clone(&self.renamed_groups);
        self.list(
            &mut object,
            &Naming {
                key: "users",
                find: &|text| before.find_user(text),
                name: &|user: UserHandle| after.user(user).map_or("", |user| user.name().as_str()),
                renamed: &|user| users.contains(&user),
            },
            &list_of(
                was.users(),
                was.missing_users().iter().map(UserName::as_str),
            ),
            &list_of(
                now.users(),
                now.missing_users().iter().map(UserName::as_str),
            ),
        );
        self.list(
            &mut object,
            &Naming {
                key: "groups",
                find: &|text| before.find_group(text),
                name: &|group: GroupHandle| {
                    after.group(group).map_or("", |group| group.name().as_str())
                },
                renamed: &|group| groups.contains(&group),
            },
            &list_of(
                was.groups(),
                was.missing_groups().iter().map(GroupName::as_str),
            ),
            &list_of(
                now.groups(),
                now.missing_groups().iter().map(GroupName::as_str),
            ),
        );
        object.finish(&mut self.sheet);
    }

    /// Writes what changed about one list.
    fn list<H: Copy + Eq + Hash>(
        &mut self,
        group: &mut ObjectEdit<'d>,
        naming: &Naming<'_, H>,
        was: &List<'_, H>,
        now: &List<'_, H>,
    ) {
        let renamed = now.members.iter().any(|member| (naming.renamed)(*member));
        if was.members == now.members && was.missing == now.missing && !renamed {
            return;
        }
        let element = |member: &H| Value::text((naming.name)(*member));
        let Some(list) = group.find(naming.key) else {
            let missing = now.missing.iter().map(|name| Value::text(name));
            let elements: Vec<_> = now.members.iter().map(element).chain(missing).collect();
            if !elements.is_empty() {
                group.insert(
                    naming.key,
                    Value::Array(elements),
                    ranked(&file_keys::GROUP),
                );
            }
            return;
        };
        let elements: Vec<_> = list.value.elements().collect();
        let spans = elements.iter().map(|element| element.span()).collect();
        let start = list.key.span().start;
        let mut children = Children::new(&self.sheet, list.value, start, spans);
        let staying = Staying::new(was.members, now.members);
        let mut missing = now.missing.iter().peekable();
        // The index after the last element that names a member.
        let mut places = Vec::with_capacity(elements.len());
        let mut seen = HashSet::new();
        for (index, element) in elements.iter().enumerate() {
            let text = element.as_str().unwrap_or_default();
            match (naming.find)(&text) {
                Some(member) if staying.contains(member) => {
                    if seen.insert(member) {
                        places.push((member, index));
                    }
                    if (naming.renamed)(member) {
                        self.sheet.replace_text(*element, (naming.name)(member));
                    }
                }
                None if missing.next_if(|name| **name == text).is_some() => {}
                _ => children.remove(index),
            }
        }
        let mut places = places.into_iter().peekable();
        let first = places.peek().map_or(elements.len(), |(_, index)| *index);
        let mut before = first;
        for member in now.members {
            match places.next_if(|(place, _)| place == member) {
                Some((_, index)) => before = index + 1,
                None => children.insert(before, Fresh::element(element(member))),
            }
        }
        for name in missing {
            children.insert(elements.len(), Fresh::element(Value::text(name)));
        }
        if children.is_empty() {
            group.remove(naming.key);
        } else {
            children.finish(&mut self.sheet);
        }
    }
}

fn list_of<'l, H>(members: &'l [H], missing: impl Iterator<Item = &'l str>) -> List<'l, H> {
    List {
        members,
        missing: missing.collect(),
    }
}

/// The members that keep their place: all who are in both lists, where the order is the same.
struct Staying<H>(HashSet<H>);

impl<H: Copy + Eq + Hash> Staying<H> {
    fn new(was: &[H], now: &[H]) -> Self {
        let old: HashSet<H> = was.iter().copied().collect();
        let new: HashSet<H> = now.iter().copied().collect();
        let kept = was.iter().filter(|member| new.contains(member));
        let in_order = kept.eq(now.iter().filter(|member| old.contains(member)));
        let both = new.intersection(&old).copied();
        Self(if in_order {
            both.collect()
        } else {
            HashSet::new()
        })
    }

    fn contains(&self, member: H) -> bool {
        self.0.contains(&member)
    }
}
