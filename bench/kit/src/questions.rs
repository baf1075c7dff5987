//! The questions of a workload, resolved for one peer.

use std::path::Path;

use crate::input::{InputError, Names, not_understood, text};
use crate::peer::{Asked, Peer};

/// A question with two ends and how many there must be, or whether it must be so.
pub(crate) struct Pair<A, B, T> {
    pub(crate) first: A,
    pub(crate) second: B,
    pub(crate) right: T,
}

/// An edit, the question that follows it, and the answers with the edit and with it undone.
pub(crate) struct Edit<M, P: Peer> {
    pub(crate) member: M,
    pub(crate) group: P::Group,
    pub(crate) user: P::User,
    pub(crate) asked: P::Group,
    pub(crate) yes_after_putting: bool,
    pub(crate) yes_after_taking: bool,
}

/// Every question of a workload.
pub(crate) struct Questions<P: Peer> {
    pub(crate) members: Vec<Asked<P::User, P::Group>>,
    pub(crate) members_by_name: Vec<Asked<String, String>>,
    pub(crate) groups_of: Vec<(P::User, usize)>,
    pub(crate) users_of: Vec<(P::Group, usize)>,
    pub(crate) cycles: Vec<Pair<P::Group, P::Group, bool>>,
    pub(crate) edits_of_users: Vec<Edit<P::User, P>>,
    pub(crate) edits_of_groups: Vec<Edit<P::Group, P>>,
}

impl<P: Peer> Questions<P> {
    /// Reads a `.queries` file.
    ///
    /// # Errors
    ///
    /// The file cannot be read or a line is not what the generator writes.
    pub(crate) fn read(path: &Path, source: &P::Source, names: &Names) -> Result<Self, InputError> {
        Self::parse(&text(path)?, source, names)
    }

    fn parse(text: &str, source: &P::Source, names: &Names) -> Result<Self, InputError> {
        let mut all = Self {
            members: Vec::new(),
            members_by_name: Vec::new(),
            groups_of: Vec::new(),
            users_of: Vec::new(),
            cycles: Vec::new(),
            edits_of_users: Vec::new(),
            edits_of_groups: Vec::new(),
        };
        for (index, line) in text.lines().enumerate() {
            all.add(line, source, names)
                .ok_or_else(|| not_understood(index, line))?;
        }
        Ok(all)
    }

    fn add(&mut self, line: &str, source: &P::Source, names: &Names) -> Option<()> {
        let (kind, numbers) = line.split_once(' ')?;
        let numbers: Vec<u32> = numbers
            .split(' ')
            .map(str::parse)
            .collect::<Result<_, _>>()
            .ok()?;
        let user = |number| P::user(source, number);
        let group = |number| P::group(source, number);
        match (kind, numbers.as_slice()) {
            ("member", &[who, what, yes]) => {
                let yes = yes == 1;
                self.members.push(Asked {
                    user: user(who),
                    group: group(what),
                    yes,
                });
                self.members_by_name.push(Asked {
                    user: names.user(who).to_owned(),
                    group: names.group(what).to_owned(),
                    yes,
                });
            }
            ("groups-of", &[who, count]) => self.groups_of.push((user(who), count as usize)),
            ("users-of", &[what, count]) => self.users_of.push((group(what), count as usize)),
            ("cycle", &[inner, outer, yes]) => self.cycles.push(Pair {
                first: group(inner),
                second: group(outer),
                right: yes == 1,
            }),
            ("edit-user", &[who, what, asked, putting, taking]) => self.edits_of_users.push(Edit {
                member: user(who),
                group: group(what),
                user: user(who),
                asked: group(asked),
                yes_after_putting: putting == 1,
                yes_after_taking: taking == 1,
            }),
            ("edit-group", &[inner, outer, who, asked, putting, taking]) => {
                self.edits_of_groups.push(Edit {
                    member: group(inner),
                    group: group(outer),
                    user: user(who),
                    asked: group(asked),
                    yes_after_putting: putting == 1,
                    yes_after_taking: taking == 1,
                });
            }
            _ => return None,
        }
        Some(())
    }
}
