//! Renames, in an order in which each new name is free.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::change::{Change, Refusal};
use crate::compare::entries::Entry;
use crate::delta::Delta;
use crate::identity::folded_name;
use crate::name::UserName;
use crate::steps;

use super::planner::Planner;
use super::trial::Step;

impl Planner<'_> {
    pub(super) fn rename(&mut self) {
        let mut steps = Vec::new();
        for (index, entry) in self.deltas() {
            let change = match &entry.delta {
                Delta::UserRenamed { from, to } => {
                    let user = self.called.user(entry.user, from);
                    user.map(|user| Change::RenameUser {
                        user,
                        name: to.clone(),
                    })
                }
                Delta::GroupRenamed { from, to } => {
                    let group = self.called.group(entry.group, from);
                    group.map(|group| Change::RenameGroup {
                        group,
                        name: to.clone(),
                    })
                }
                _ => continue,
            };
            match change {
                Ok(change) => steps.push(Step {
                    change,
                    deltas: vec![index],
                }),
                Err(refusal) => self.refuse(index, refusal),
            }
        }
        let refused = self.make_renames(in_order(steps));
        for (step, refusal) in self.exchange_aliases(refused) {
            for index in step.deltas {
                self.refuse(index, refusal.clone());
            }
        }
    }

    /// Makes renames and notes the new names.
    fn make_renames(&mut self, steps: Vec<Step>) -> Vec<(Step, Refusal)> {
        let wanted: Vec<usize> = steps.iter().flat_map(|step| step.deltas.clone()).collect();
        let refused = self.trial.make(steps);
        let still: HashSet<usize> = refused
            .iter()
            .flat_map(|(step, _)| step.deltas.clone())
            .collect();
        for index in wanted.into_iter().filter(|index| !still.contains(index)) {
            if let Some(entry) = self.entries.get(index) {
                self.note_new_name(entry);
            }
        }
        refused
    }

    fn note_new_name(&mut self, entry: &Entry) {
        match &entry.delta {
            Delta::UserRenamed { to, .. } => self.called.set_user(entry.user, Ok(to.clone())),
            Delta::GroupRenamed { to, .. } => self.called.set_group(entry.group, Ok(to.clone())),
            _ => {}
        }
    }

    /// Lets the Designer and the Administrator change names with each other, the only two who can:
    /// one of them goes by a third name meanwhile.
    fn exchange_aliases(&mut self, refused: Vec<(Step, Refusal)>) -> Vec<(Step, Refusal)> {
        let [(one, _), (other, _)] = refused.as_slice() else {
            return refused;
        };
        let (
            Change::RenameUser {
                user: first,
                name: last,
            },
            Change::RenameUser {
                user: second,
                name: middle,
            },
        ) = (&one.change, &other.change)
        else {
            return refused;
        };
        let rename = |user: &UserName, name: &UserName| Change::RenameUser {
            user: user.clone(),
            name: name.clone(),
        };
        let spare = self.spare_name();
        let exchange = [
            rename(first, &spare),
            rename(second, middle),
            rename(&spare, last),
        ];
        if self.trial.make_all(&exchange).is_err() {
            return refused;
        }
        for index in one.deltas.iter().chain(&other.deltas) {
            if let Some(entry) = self.entries.get(*index) {
                self.note_new_name(entry);
            }
        }
        Vec::new()
    }

    /// Returns a name that no user has.
    fn spare_name(&self) -> UserName {
        let mut name = String::from("exchanged");
        while self.trial.directory().find_user(&name).is_some() {
            name.push('+');
        }
        UserName::from_stored(name)
    }
}

/// A name that a rename gives up or takes; users and groups are name spaces of their own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Name {
    User(String),
    Group(String),
}

impl Name {
    /// Returns the name that a rename gives up, and the one that it takes.
    fn pair(change: &Change) -> Option<[Self; 2]> {
        match change {
            Change::RenameUser { user, name } => {
                Some([user, name].map(|name| Self::User(folded_name(name.as_str()))))
            }
            Change::RenameGroup { group, name } => {
                Some([group, name].map(|name| Self::Group(folded_name(name.as_str()))))
            }
            _ => None,
        }
    }
}

/// The renames that give one name up, and those that wait for it.
#[derive(Debug, Default)]
struct Queue {
    holders: usize,
    waiting: Vec<usize>,
    /// Those that give it up and take it again in another spelling.
    respelling: Vec<usize>,
}

impl Queue {
    /// Takes out those that can be made now: everybody who has the name has given it up, or the last
    /// to have it only spells it anew.
    fn ready(&mut self) -> Vec<usize> {
        match self.holders {
            0 => std::mem::take(&mut self.waiting),
            1 => std::mem::take(&mut self.respelling),
            _ => Vec::new(),
        }
    }
}

/// Puts renames in an order in which a name is given up before it is taken; those that wait for each
/// other in a circle come last. Linear.
fn in_order(steps: Vec<Step>) -> Vec<Step> {
    let mut queues: HashMap<Name, Queue> = HashMap::new();
    let mut given_up: Vec<Option<Name>> = Vec::with_capacity(steps.len());
    for (index, step) in steps.iter().enumerate() {
        let pair = Name::pair(&step.change);
        if let Some([from, to]) = &pair {
            let holders = &mut queues.entry(from.clone()).or_default().holders;
            *holders = holders.saturating_add(1);
            let queue = queues.entry(to.clone()).or_default();
            let list = if from == to {
                &mut queue.respelling
            } else {
                &mut queue.waiting
            };
            list.push(index);
        }
        given_up.push(pair.map(|[from, _]| from));
    }
    let mut ready: Vec<usize> = queues.values_mut().flat_map(Queue::ready).collect();
    ready.sort_unstable();
    let mut open = VecDeque::from(ready);
    let mut order = Vec::with_capacity(steps.len());
    while let Some(index) = open.pop_front() {
        steps::add(1);
        order.push(index);
        let name = given_up.get_mut(index).and_then(Option::take);
        if let Some(queue) = name.and_then(|name| queues.get_mut(&name)) {
            queue.holders = queue.holders.saturating_sub(1);
            open.extend(queue.ready());
        }
    }
    let mut steps: Vec<Option<Step>> = steps.into_iter().map(Some).collect();
    let mut ordered: Vec<Step> = Vec::with_capacity(steps.len());
    for index in order {
        ordered.extend(steps.get_mut(index).and_then(Option::take));
    }
    ordered.extend(steps.into_iter().flatten());
    ordered
}

#[cfg(test)]
mod tests {
    use crate::builder::DirectoryBuilder;
    use crate::change::Rules;
    use crate::compare::difference::Difference;
    use crate::compare::entries::Entry;
    use crate::compare::identities::{UserKey, identify};
    use crate::delta::Delta;
    use crate::directory::Directory;
    use crate::name::UserName;
    use crate::steps::assert_linear;

    fn name(number: usize) -> UserName {
        UserName::from_stored(format!("u{number:06}"))
    }

    fn users(count: usize) -> Directory {
        let mut builder = DirectoryBuilder::new();
        for number in 0..count {
            builder.user(name(number));
        }
        builder.finish()
    }

    /// Renames by the place of the user and the number of the new name.
    fn renames(directory: &Directory, to: impl Iterator<Item = (usize, usize)>) -> Difference {
        let entry = |(from, to): (usize, usize)| Entry {
            delta: Delta::UserRenamed {
                from: name(from),
                to: name(to),
            },
            user: Some(UserKey(from + Directory::BUILT_INS)),
            group: None,
            nested: None,
            area: None,
        };
        let entries = to.map(entry).collect();
        let (_, [side]) = identify([directory]);
        Difference::from(&side, entries)
    }

    #[test]
    fn each_user_takes_the_name_of_the_next_in_linear_time() {
        assert_linear(200, |size| {
            let directory = users(size);
            let difference = renames(&directory, (0..size).map(|number| (number, number + 1)));
            let plan = difference.plan(&directory, &Rules::default());
            assert!(plan.leftovers().is_empty());
            assert_eq!(plan.changes().len(), size);
        });
    }

    #[test]
    fn names_that_go_in_a_circle_are_left_over_and_the_others_are_not() {
        let directory = users(6);
        let circle = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 9)];
        let difference = renames(&directory, circle.into_iter());
        let plan = difference.plan(&directory, &Rules::default());
        assert_eq!(plan.leftovers().len(), 3);
        assert_eq!(plan.changes().len(), 2);
    }
}
