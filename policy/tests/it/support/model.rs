//! The closure as slowly and plainly as can be: pass over all memberships until nothing changes.

use std::collections::{BTreeMap, BTreeSet};

use super::sketch::Sketch;

/// Effective membership of a sketch, by position.
#[derive(Debug)]
pub(crate) struct Model {
    /// The users of each group.
    pub(crate) users: Vec<BTreeSet<usize>>,
    /// The groups nested in each group; a group of a cycle is among its own.
    pub(crate) nested: Vec<BTreeSet<usize>>,
    /// For each member of each group, how many groups a shortest chain between them has.
    pub(crate) length: BTreeMap<(usize, usize), usize>,
}

impl Model {
    pub(crate) fn of(sketch: &Sketch) -> Self {
        let groups = sketch.groups.len();
        let mut model = Self {
            users: vec![BTreeSet::new(); groups],
            nested: vec![BTreeSet::new(); groups],
            length: BTreeMap::new(),
        };
        for (group, user) in &sketch.user_edges {
            model.users[*group].insert(*user);
            model.length.insert((*group, *user), 1);
        }
        loop {
            let before = (
                model.users.clone(),
                model.nested.clone(),
                model.length.clone(),
            );
            for (container, nested) in &sketch.group_edges {
                let users = model.users[*nested].clone();
                for user in &users {
                    let longer = model.length[&(*nested, *user)] + 1;
                    let length = model.length.entry((*container, *user)).or_insert(longer);
                    *length = longer.min(*length);
                }
                model.users[*container].extend(users);
                let deeper = model.nested[*nested].clone();
                model.nested[*container].insert(*nested);
                model.nested[*container].extend(deeper);
            }
            if before
                == (
                    model.users.clone(),
                    model.nested.clone(),
                    model.length.clone(),
                )
            {
                return model;
            }
        }
    }

    /// Tells whether a group is in a cycle or in itself.
    pub(crate) fn in_cycle(&self, group: usize) -> bool {
        self.nested[group].contains(&group)
    }

    pub(crate) fn groups_of(&self, user: usize) -> Vec<usize> {
        let groups = 0..self.users.len();
        groups
            .filter(|group| self.users[*group].contains(&user))
            .collect()
    }

    /// The groups nested in one, itself left out (decision D33).
    pub(crate) fn nested_in(&self, group: usize) -> Vec<usize> {
        let nested = self.nested[group].iter().copied();
        nested.filter(|nested| *nested != group).collect()
    }

    /// The groups that one is nested in, itself left out (decision D33).
    pub(crate) fn containers_of(&self, group: usize) -> Vec<usize> {
        let groups = 0..self.users.len();
        groups
            .filter(|container| *container != group && self.nested[*container].contains(&group))
            .collect()
    }
}
