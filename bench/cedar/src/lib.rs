//! Cedar: users and groups are entities, the groups that hold one directly are its parents.
//!
//! Cedar keeps all ancestors of each entity as a set. Handles are entity ids made beforehand.

use std::collections::HashSet;
use std::sync::Arc;

use cedar_policy::{Entities, Entity, EntityId, EntityTypeName, EntityUid};
use peer_kit::{Asked, Links, Names, Operation, Peer};

/// More pairs of an entity and an ancestor than this are not tried: a pair takes about 200 bytes.
const MOST_PAIRS: usize = 20_000_000;

/// The entities.
pub struct Cedar {
    entities: Entities,
    types: Types,
}

/// An entity with its direct parents, which an edit has to give again.
#[derive(Clone)]
pub struct Handle {
    uid: EntityUid,
    parents: Arc<HashSet<EntityUid>>,
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

/// Every user and group.
pub struct Source {
    types: Types,
    users: Vec<Handle>,
    groups: Vec<Handle>,
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
    /// Gives an entity other parents.
    fn edit(&mut self, member: &Handle, parents: HashSet<EntityUid>) {
        let changed = Entity::new_no_attrs(member.uid.clone(), parents);
        let entities = std::mem::replace(&mut self.entities, Entities::empty());
        let edited = entities.upsert_entities([changed], None);
        self.entities = edited.expect("the edit closes no cycle");
    }

    fn put(&mut self, member: &Handle, group: &Handle) {
        let mut parents = HashSet::clone(&member.parents);
        parents.insert(group.uid.clone());
        self.edit(member, parents);
    }

    /// Takes out what was put: the parents are those of the workload again.
    fn take(&mut self, member: &Handle) {
        self.edit(member, HashSet::clone(&member.parents));
    }
}

impl Peer for Cedar {
    const NAME: &'static str = "cedar";
    type Source = Source;
    type User = Handle;
    type Group = Handle;

    fn refuses(links: &Links) -> Option<String> {
        (pairs(links) > MOST_PAIRS).then(|| {
            format!("its sets of ancestors would have over {MOST_PAIRS} entries, more than 4 GB")
        })
    }

    fn leaves_out(operation: Operation) -> Option<&'static str> {
        match operation {
            Operation::EditUserShared | Operation::EditGroupShared => Some(peer_kit::NOT_SHARED),
            _ => None,
        }
    }

    fn source(links: &Links, names: &Names) -> Source {
        let types = Types::new();
        let group_uids: Vec<EntityUid> =
            names.groups.iter().map(|name| types.group(name)).collect();
        let handle = |(uid, groups): (EntityUid, Vec<u32>)| {
            let parents = groups.into_iter();
            let parents = parents.map(|group| group_uids[group as usize].clone());
            Handle {
                uid,
                parents: Arc::new(parents.collect()),
            }
        };
        let users = names.users.iter().map(|name| types.user(name));
        let users = users.zip(collected(links.users, &links.user_links));
        let groups = group_uids.iter().cloned();
        let groups = groups.zip(collected(links.groups, &links.group_links));
        Source {
            users: users.map(handle).collect(),
            groups: groups.map(handle).collect(),
            types,
        }
    }

    fn build(source: &Source) -> Self {
        let all = source.users.iter().chain(&source.groups);
        let entities = all.map(|handle| {
            Entity::new_no_attrs(handle.uid.clone(), HashSet::clone(&handle.parents))
        });
        Self {
            entities: Entities::from_entities(entities, None).expect("there is no cycle"),
            types: source.types.clone(),
        }
    }

    fn user(source: &Source, number: u32) -> Handle {
        source.users[number as usize].clone()
    }

    fn group(source: &Source, number: u32) -> Handle {
        source.groups[number as usize].clone()
    }

    fn is_member(&mut self, user: &Handle, group: &Handle) -> bool {
        self.entities.is_ancestor_of(&group.uid, &user.uid)
    }

    fn is_member_by_name(&mut self, user: &str, group: &str) -> bool {
        let (user, group) = (self.types.user(user), self.types.group(group));
        self.entities.is_ancestor_of(&group, &user)
    }

    fn groups_of(&mut self, user: &Handle) -> usize {
        let groups = self.entities.ancestors(&user.uid);
        groups.expect("the user is known").collect::<Vec<_>>().len()
    }

    fn users_of(&mut self, group: &Handle) -> usize {
        let members = self.entities.iter().map(Entity::uid).filter(|member| {
            *member.type_name() == self.types.user
                && self.entities.is_ancestor_of(&group.uid, member)
        });
        members.collect::<Vec<_>>().len()
    }

    fn closes_cycle(&mut self, inner: &Handle, outer: &Handle) -> bool {
        inner.uid == outer.uid || self.entities.is_ancestor_of(&inner.uid, &outer.uid)
    }

    fn put_user(&mut self, user: &Handle, group: &Handle) {
        self.put(user, group);
    }

    fn take_user(&mut self, user: &Handle, _group: &Handle) {
        self.take(user);
    }

    fn put_group(&mut self, inner: &Handle, outer: &Handle) {
        self.put(inner, outer);
    }

    fn take_group(&mut self, inner: &Handle, _outer: &Handle) {
        self.take(inner);
    }

    fn ask_on_threads(
        &self,
        questions: &[Asked<Handle, Handle>],
        threads: usize,
        times: usize,
    ) -> Option<usize> {
        let yes = |q: &Asked<Handle, Handle>| {
            let (group, user) = (&q.group.uid, &q.user.uid);
            self.entities.is_ancestor_of(group, user)
        };
        let ask_all = || {
            let all = questions.iter().cycle().take(questions.len() * times);
            all.filter(|question| yes(question) != question.yes).count()
        };
        Some(peer_kit::on_threads(threads, ask_all))
    }

    fn bytes_with_names(_source: usize, built: usize) -> Option<usize> {
        Some(built)
    }
}
