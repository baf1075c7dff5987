//! Renames, in an order in which each new name is free.

use std::collections::HashSet;

use crate::change::{Change, Refusal};
use crate::compare::delta::Delta;
use crate::compare::entries::Entry;
use crate::name::UserName;

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
        // A name may be taken until its holder is renamed, so go on while that helps.
        let mut waiting = steps;
        loop {
            let before = waiting.len();
            let refused = self.make_renames(waiting);
            if refused.len() < before {
                waiting = refused.into_iter().map(|(step, _)| step).collect();
                continue;
            }
            for (step, refusal) in self.exchange_aliases(refused) {
                for index in step.deltas {
                    self.refuse(index, refusal.clone());
                }
            }
            return;
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
        UserName::stored(name)
    }
}
