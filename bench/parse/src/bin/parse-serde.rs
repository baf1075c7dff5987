//! Reads a `directory.json` as a program with serde would: structs that borrow from the text, then
//! every name looked up in a table.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::hint::black_box;
use std::marker::PhantomData;
use std::process::ExitCode;

use peer_kit::Parsed;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

#[derive(Deserialize)]
struct Text<'a> {
    #[serde(borrow)]
    users: Members<'a, User<'a>>,
    #[serde(borrow)]
    groups: Members<'a, Group<'a>>,
}

#[derive(Deserialize)]
struct User<'a> {
    #[serde(borrow, default)]
    password: Cow<'a, str>,
    #[serde(borrow, default)]
    alias: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Group<'a> {
    #[serde(borrow, default)]
    users: Vec<Name<'a>>,
    #[serde(borrow, default)]
    groups: Vec<Name<'a>>,
}

#[derive(Deserialize, PartialEq, Eq, Hash, Clone)]
#[serde(transparent)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// The members of an object in their order.
struct Members<'a, T>(Vec<(Name<'a>, T)>);

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for Members<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InOrder(PhantomData))
    }
}

struct InOrder<'a, T>(PhantomData<(&'a str, T)>);

impl<'de: 'a, 'a, T: Deserialize<'de>> Visitor<'de> for InOrder<'a, T> {
    type Value = Members<'a, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

fn numbers<'a, T>(
    members: &'a Members<'_, T>,
    name: impl Fn(&'a Name<'_>, &'a T) -> &'a str,
) -> HashMap<&'a str, u32> {
    let numbered = members.0.iter().zip(0..);
    numbered
        .map(|((key, value), number)| (name(key, value), number))
        .collect()
}

fn main() -> ExitCode {
    peer_kit::parse(|bytes| {
        let text: Text<'_> = serde_json::from_slice(&bytes).expect("a workload is JSON");
        let users = numbers(&text.users, |key, user| {
            black_box(&user.password);
            user.alias.as_deref().unwrap_or(&key.0)
        });
        let groups = numbers(&text.groups, |key, _| &key.0);
        let resolved = |names: &[Name<'_>], numbers: &HashMap<&str, u32>| -> Vec<u32> {
            let numbers = names.iter().map(|name| numbers[&*name.0]);
            numbers.collect()
        };
        let lists = text.groups.0.iter();
        let lists: Vec<[Vec<u32>; 2]> = lists
            .map(|(_, group)| {
                [
                    resolved(&group.users, &users),
                    resolved(&group.groups, &groups),
                ]
            })
            .collect();
        let lists = black_box(lists);
        Parsed {
            users: users.len(),
            groups: groups.len(),
            members: lists.iter().flatten().map(Vec::len).sum(),
        }
    })
}
