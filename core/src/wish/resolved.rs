//! Who the names of a wish mean in a directory.

use std::collections::{HashMap, HashSet};

use crate::credential::Credential;
use crate::directory::Directory;
use crate::id::{GroupHandle, UserHandle};
use crate::identity::folded_name;
use crate::name::{GroupName, MethodName, UserName};
use crate::user::UserKind;

use super::{Absent, OfGroup, OfUser, Said, Wish, WishError};

/// Somebody or something with a name: one that is there, or one that is to come, by folded name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum One<H> {
    There(H),
    New(String),
}

/// A user of the wish, with all that is said of it under any spelling; the later saying counts.
pub(super) struct Person<'a> {
    pub(super) one: One<UserHandle>,
    pub(super) name: &'a UserName,
    pub(super) startup_method: Said<Option<&'a MethodName>>,
    pub(super) password: Said<Option<&'a Credential>>,
}

impl Person<'_> {
    pub(super) const fn is_new(&self) -> bool {
        matches!(self.one, One::New(_))
    }
}

/// A group of the wish, with all its members under any spelling.
pub(super) struct Team<'a> {
    pub(super) one: One<GroupHandle>,
    pub(super) name: &'a GroupName,
    pub(super) users: Vec<(One<UserHandle>, &'a UserName)>,
    pub(super) groups: Vec<(One<GroupHandle>, &'a GroupName)>,
}

impl Team<'_> {
    pub(super) const fn is_new(&self) -> bool {
        matches!(self.one, One::New(_))
    }
}

/// The users that are to be deleted.
#[derive(Default)]
pub(super) struct Gone<'a> {
    pub(super) handles: HashSet<UserHandle>,
    /// In the order of the file.
    pub(super) names: Vec<&'a UserName>,
}

/// A wish, of one directory.
pub(super) struct Resolved<'a> {
    /// Each once, in the order in which they were said first.
    pub(super) people: Vec<Person<'a>>,
    /// Each once, in the order in which they were said first.
    pub(super) teams: Vec<Team<'a>>,
    pub(super) gone: Gone<'a>,
    /// The groups that are to be emptied.
    pub(super) rest: Vec<&'a GroupName>,
}

impl<'a> Resolved<'a> {
    pub(super) fn of(wish: &'a Wish, current: &'a Directory) -> Result<Self, WishError> {
        let people = people(wish, current);
        let gone = gone(wish, current, &people);
        let teams = teams(wish, current, &people, &gone)?;
        setting_users(wish, current, &people, &gone)?;
        let rest = rest(wish, current, &teams);
        Ok(Self {
            people,
            teams,
            gone,
            rest,
        })
    }
}

fn user(current: &Directory, name: &UserName) -> One<UserHandle> {
    let there = current.find_user(name.as_str());
    there.map_or_else(|| One::New(folded_name(name.as_str())), One::There)
}

fn group(current: &Directory, name: &GroupName) -> One<GroupHandle> {
    let there = current.find_group(name.as_str());
    there.map_or_else(|| One::New(folded_name(name.as_str())), One::There)
}

fn people<'a>(wish: &'a Wish, current: &Directory) -> Vec<Person<'a>> {
    let mut people: Vec<Person<'a>> = Vec::new();
    let mut places: HashMap<One<UserHandle>, usize> = HashMap::new();
    for (name, saying) in &wish.users {
        let one = user(current, name);
        let place = *places.entry(one.clone()).or_insert(people.len());
        if place == people.len() {
            people.push(Person {
                one,
                name,
                startup_method: Said::Unsaid,
                password: Said::Unsaid,
            });
        }
        let Some(person) = people.get_mut(place) else {
            continue;
        };
        match saying {
            OfUser::Exists => {}
            OfUser::StartupMethod(method) => person.startup_method = Said::Said(method.as_ref()),
            OfUser::Password(password) => person.password = Said::Said(password.as_ref()),
        }
    }
    people
}

/// Who is not named goes, unless a name cannot tell them from one that is.
fn gone<'a>(wish: &Wish, current: &'a Directory, people: &[Person<'_>]) -> Gone<'a> {
    if wish.absent_users == Absent::Kept {
        return Gone::default();
    }
    let kept = people.iter().filter_map(|person| match &person.one {
        One::There(user) => Some(current.user(*user)?.name.as_str()),
        One::New(_) => None,
    });
    let kept: HashSet<&str> = kept.collect();
    let absent = current
        .users()
        .filter(|(_, user)| user.kind == UserKind::User && !kept.contains(user.name.as_str()));
    let (handles, names) = absent.map(|(handle, user)| (handle, &user.name)).unzip();
    Gone { handles, names }
}

/// Returns whether a user is there and stays, or comes.
fn is_user(one: &One<UserHandle>, new: &HashSet<&One<UserHandle>>, gone: &Gone<'_>) -> bool {
    match one {
        One::There(user) => !gone.handles.contains(user),
        One::New(_) => new.contains(one),
    }
}

fn setting_users(
    wish: &Wish,
    current: &Directory,
    people: &[Person<'_>],
    gone: &Gone<'_>,
) -> Result<(), WishError> {
    let new: HashSet<&One<UserHandle>> = people.iter().map(|person| &person.one).collect();
    let named = wish.default_user.value().into_iter();
    let mut named = named.chain(wish.web_users.values()).flatten();
    let unknown = named.find(|name| !is_user(&user(current, name), &new, gone));
    unknown.map_or(Ok(()), |user| {
        Err(WishError::UnknownSettingUser { user: user.clone() })
    })
}

fn teams<'a>(
    wish: &'a Wish,
    current: &Directory,
    people: &[Person<'_>],
    gone: &Gone<'_>,
) -> Result<Vec<Team<'a>>, WishError> {
    let new_users: HashSet<&One<UserHandle>> = people.iter().map(|person| &person.one).collect();
    let mut teams: Vec<Team<'a>> = Vec::new();
    let mut places: HashMap<One<GroupHandle>, usize> = HashMap::new();
    for (name, _) in &wish.groups {
        let one = group(current, name);
        let place = *places.entry(one.clone()).or_insert(teams.len());
        if place == teams.len() {
            teams.push(Team {
                one,
                name,
                users: Vec::new(),
                groups: Vec::new(),
            });
        }
    }
    for (name, saying) in &wish.groups {
        let place = places.get(&group(current, name)).copied();
        let Some(team) = place.and_then(|place| teams.get_mut(place)) else {
            continue;
        };
        match saying {
            OfGroup::Exists => {}
            OfGroup::User(member) => {
                let one = user(current, member);
                if !is_user(&one, &new_users, gone) {
                    return Err(WishError::UnknownUser {
                        group: name.clone(),
                        user: member.clone(),
                    });
                }
                team.users.push((one, member));
            }
            OfGroup::Group(member) => {
                let one = group(current, member);
                if matches!(one, One::New(_)) && !places.contains_key(&one) {
                    return Err(WishError::UnknownGroup {
                        group: name.clone(),
                        member: member.clone(),
                    });
                }
                team.groups.push((one, member));
            }
        }
    }
    Ok(teams)
}

/// The groups that hold something and are not named. What a name does not reach is not emptied.
fn rest<'a>(wish: &Wish, current: &'a Directory, teams: &[Team<'_>]) -> Vec<&'a GroupName> {
    if wish.absent_groups == Absent::Kept {
        return Vec::new();
    }
    let named: HashSet<&One<GroupHandle>> = teams.iter().map(|team| &team.one).collect();
    let absent = current.groups().filter(|(handle, group)| {
        !named.contains(&One::There(*handle))
            && !group.is_empty()
            && current.group_is_meant_by_name(*handle)
    });
    absent.map(|(_, group)| &group.name).collect()
}
