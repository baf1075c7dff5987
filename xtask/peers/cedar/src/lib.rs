//! Cedar: users and groups are entities, the groups that hold one directly are its parents.
//!
//! Cedar keeps all ancestors of each entity as a set. Handles are entity ids made beforehand.

use std::collections::{HashMap, HashSet};

use cedar_policy::{Entities, Entity, EntityId, EntityTypeName, EntityUid};
use peer_kit::{Asked, Links, Names, Operation, Peer};

/// More pairs of an entity and an ancestor than this are not tried: a pair takes about 200 bytes.
const MOST_PAIRS: usize = 20_000_000;

/// The entities, and the direct parents that an edit has to give again.
pub struct Cedar {
    entities: Entities,
    parents: HashMap<EntityUid, HashSet<EntityUid>>,
    types: Types,
}

/// The two types of entity.
#[derive(Clone)]
struct Types {
    user: EntityTypeName,
    group: EntityTypeName,
}

impl Types {
    fn new() -> Self {
        let name = |word: &str| word.parse().expect("it is a name");
        Self {
            user: name("User"),
            group: name("Group"),
        }
    }

    fn user(&self, name: &str) -> EntityUid {
        EntityUid::from_type_name_and_id(self.user.clone(), EntityId::new(name))
    }

    fn group(&self, name: &str) -> EntityUid {
        EntityUid::from_type_name_and_id(self.group.clone(), EntityId::new(name))
    }
}

/// The direct parents of every user and group by name.
pub struct Source {
    types: Types,
    names: Names,
    groups_of_user: Vec<Vec<u32>>,
    groups_of_group: Vec<Vec<u32>>,
}

impl Source {
    fn parents(&self, groups: &[u32]) -> HashSet<EntityUid> {
        let uid = |group: &u32| self.types.group(self.names.group(*group));
        groups.iter().map(uid).collect()
    }
}

fn collected(count: u32, links: &[(u32, u32)]) -> Vec<Vec<u32>> {
    let mut lists = vec![Vec::new(); count as usize];
    for &(member, group) in links {
        lists[member as usize].push(group);
    }
    lists
}

/// Counts the pairs of an entity and an ancestor, up to [`MOST_PAIRS`].
fn pairs(links: &Links) -> usize {
    let containers = collected(links.groups, &links.group_links);
    let mut marks = vec![0_usize; links.groups as usize];
    let mut count = 0;
    let mut open: Vec<u32> = Vec::new();
    let users = collected(links.users, &links.user_links);
    for (round, start) in users.iter().chain(&containers).enumerate() {
        open.extend(start);
        while let Some(group) = open.pop() {
            if std::mem::replace(&mut marks[group as usize], round + 1) != round + 1 {
                count += 1;
                open.extend(&containers[group as usize]);
            }
        }
        if count > MOST_PAIRS {
            break;
        }
    }
    count
}

impl Cedar {
    fn edit(&mut self, member: &EntityUid, change: impl FnOnce(&mut HashSet<EntityUid>)) {
        let parents = self.parents.entry(member.clone()).or_default();
        change(parents);
        let changed = Entity::new_no_attrs(member.clone(), parents.clone());
        let entities = std::mem::replace(&mut self.entities, Entities::empty());
        let edited = entities.upsert_entities([changed], None);
        self.entities = edited.expect("the edit closes no cycle");
    }

    fn put(&mut self, member: &EntityUid, group: &EntityUid) {
        self.edit(member, |parents| {
            parents.insert(group.clone());
        });
    }

    fn take(&mut self, member: &EntityUid, group: &EntityUid) {
        self.edit(member, |parents| {
            parents.remove(group);
        });
    }
}

impl Peer for Cedar {
    const NAME: &'static str = "cedar";
    type Source = Source;
    type User = EntityUid;
    type Group = EntityUid;

    fn refuses(links: &Links) -> Option<String> {
        (pairs(links) > MOST_PAIRS).then(|| {
            format!("its sets of ancestors would have over {MOST_PAIRS} entries, more than 4 GB")
        })
    }

    fn leaves_out(_operation: Operation) -> Option<&'static str> {
        None
    }

    fn source(links: &Links, names: &Names) -> Source {
        Source {
            types: Types::new(),
            names: names.clone(),
            groups_of_user: collected(links.users, &links.user_links),
            groups_of_group: collected(links.groups, &links.group_links),
        }
    }

    fn build(source: &Source) -> Self {
        let users = source.names.users.iter().zip(&source.groups_of_user);
        let groups = source.names.groups.iter().zip(&source.groups_of_group);
        let users = users.map(|(name, groups)| (source.types.user(name), source.parents(groups)));
        let groups =
            groups.map(|(name, groups)| (source.types.group(name), source.parents(groups)));
        let parents: HashMap<_, _> = users.chain(groups).collect();
        let entities = parents
            .iter()
            .map(|(uid, parents)| Entity::new_no_attrs(uid.clone(), parents.clone()));
        Self {
            entities: Entities::from_entities(entities, None).expect("there is no cycle"),
            parents,
            types: source.types.clone(),
        }
    }

    fn user(source: &Source, number: u32) -> EntityUid {
        source.types.user(source.names.user(number))
    }

    fn group(source: &Source, number: u32) -> EntityUid {
        source.types.group(source.names.group(number))
    }

    fn is_member(&mut self, user: &EntityUid, group: &EntityUid) -> bool {
        self.entities.is_ancestor_of(group, user)
    }

    fn is_member_by_name(&mut self, user: &str, group: &str) -> bool {
        let (user, group) = (self.types.user(user), self.types.group(group));
        self.entities.is_ancestor_of(&group, &user)
    }

    fn groups_of(&mut self, user: &EntityUid) -> usize {
        let groups = self.entities.ancestors(user).expect("the user is known");
        groups.collect::<Vec<_>>().len()
    }

    fn users_of(&mut self, group: &EntityUid) -> usize {
        let members = self.entities.iter().map(Entity::uid).filter(|member| {
            *member.type_name() == self.types.user && self.entities.is_ancestor_of(group, member)
        });
        members.collect::<Vec<_>>().len()
    }

    fn closes_cycle(&mut self, inner: &EntityUid, outer: &EntityUid) -> bool {
        inner == outer || self.entities.is_ancestor_of(inner, outer)
    }

    fn put_user(&mut self, user: &EntityUid, group: &EntityUid) {
        self.put(user, group);
    }

    fn take_user(&mut self, user: &EntityUid, group: &EntityUid) {
        self.take(user, group);
    }

    fn put_group(&mut self, inner: &EntityUid, outer: &EntityUid) {
        self.put(inner, outer);
    }

    fn take_group(&mut self, inner: &EntityUid, outer: &EntityUid) {
        self.take(inner, outer);
    }

    fn ask_on_threads(
        &self,
        questions: &[Asked<EntityUid, EntityUid>],
        threads: usize,
        times: usize,
    ) -> Option<usize> {
        let ask_all = || {
            let all = questions.iter().cycle().take(questions.len() * times);
            let wrong = all.filter(|q| self.entities.is_ancestor_of(&q.group, &q.user) != q.yes);
            wrong.count()
        };
        Some(peer_kit::on_threads(threads, ask_all))
    }
}
