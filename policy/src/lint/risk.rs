//! The accesses of a directory by what they can do in the wrong hands.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use guichet_core::{Admission, GroupHandle, SqlRight, User, UserHandle};

use crate::access::Access;
use crate::granted::Granted;
use crate::policy::Policy;

/// Every access once, the most dangerous first, with who the directory gives it to.
pub(super) struct ByRisk<'a> {
    policy: &'a Policy,
    accesses: Vec<(Access, Granted)>,
}

impl<'a> ByRisk<'a> {
    /// O(a log a) in the accesses.
    pub(super) fn new(policy: &'a Policy) -> Self {
        let mut accesses = policy.accesses();
        // It is given with the Design environment.
        accesses.retain(|access| *access != Access::RuntimeExplorer);
        accesses.sort_by_key(risk);
        let accesses = accesses.into_iter().map(|access| {
            let granted = policy.granted(&access);
            (access, granted)
        });
        Self {
            accesses: accesses.collect(),
            policy,
        }
    }

    /// Returns, for each group whose members have more than everyone, the most dangerous access that
    /// they have by it. O(groups + memberships of groups + grants).
    pub(super) fn worst(&self) -> HashMap<GroupHandle, Worst<'_>> {
        self.spread().0
    }

    /// Goes down from the groups that accesses are given to, to each group once, and counts the
    /// memberships that it looks at.
    fn spread(&self) -> (HashMap<GroupHandle, Worst<'_>>, usize) {
        let graph = self.policy.closure().graph();
        let (mut worst, mut looked_at) = (HashMap::new(), 0_usize);
        let mut waiting = Vec::new();
        for (rank, (access, granted)) in self.accesses.iter().enumerate() {
            waiting.extend_from_slice(granted.groups());
            while let Some(group) = waiting.pop() {
                if let Entry::Vacant(free) = worst.entry(group) {
                    free.insert(Worst { rank, access });
                    let nested = graph.nested(group);
                    looked_at = looked_at.saturating_add(nested.len());
                    waiting.extend_from_slice(nested);
                }
            }
        }
        (worst, looked_at)
    }

    /// Returns what a user can do, the widest right of each SQL schema alone.
    /// O(groups + memberships of groups + accesses).
    pub(super) fn reach(&self, user: UserHandle) -> Vec<&Access> {
        let policy = self.policy;
        let directory = policy.directory();
        let kind = directory.user(user).map(User::kind);
        let groups = policy.closure().groups_of_user(user).into_iter();
        let groups: HashSet<GroupHandle> = groups.collect();
        let member = |group| groups.contains(&group).then_some(());
        let mut schemas = HashSet::new();
        let reached = self.accesses.iter().filter(|(access, granted)| {
            let allowed = match (access, granted) {
                (Access::Plugin(plugin), _) => {
                    let options = policy.options();
                    let admission = Admission::new(directory, policy.mode(), &options, plugin);
                    admission.decide(kind, member).is_ok()
                }
                (_, Granted::Everyone) => true,
                (_, granted) => {
                    policy.power(user, access).is_some()
                        || granted.groups().iter().any(|group| groups.contains(group))
                }
            };
            allowed
                && match access {
                    Access::Sql(sql) => schemas.insert(sql.schema()),
                    _ => true,
                }
        });
        reached.map(|(access, _)| access).collect()
    }
}

/// The most dangerous access that a group gives.
#[derive(Clone, Copy)]
pub(super) struct Worst<'a> {
    /// Its place among the accesses: the lower, the more dangerous.
    pub(super) rank: usize,
    /// The access.
    pub(super) access: &'a Access,
}

/// Orders accesses: what changes the application, then its data, then what only uses it.
const fn risk(access: &Access) -> u8 {
    match access {
        Access::Administration => 0,
        Access::Design | Access::RuntimeExplorer => 1,
        Access::Sql(sql) => match sql.right() {
            SqlRight::All => 2,
            SqlRight::Write => 3,
            SqlRight::Read => 4,
        },
        Access::Rest => 5,
        Access::Http => 6,
        Access::Plugin(_) => 7,
        Access::Group(_) => 8,
    }
}

#[cfg(test)]
mod tests {
    use guichet_core::{
        AccessArea, Credential, DirectoryBuilder, Grantee, GroupName, Mode, Options, SchemaName,
        SqlRight,
    };

    use super::ByRisk;
    use crate::policy::Policy;

    /// As many schemas as groups, each given to another group of one chain.
    #[test]
    fn a_chain_that_every_access_is_given_along_is_walked_once() {
        let looked_at = [500, 1_000, 2_000].map(|size| {
            let mut builder = DirectoryBuilder::new();
            let designer = builder.as_directory().designer();
            builder.credential(designer, Credential::from_stored("x"));
            let name = |n: usize| format!("g{n}");
            let groups: Vec<_> = (0..size)
                .map(|n| builder.group(GroupName::from_stored(name(n))))
                .collect();
            for (n, group) in groups.iter().enumerate() {
                builder.members_of(*group).group(&name(n + 1));
                let schema = SchemaName::from_stored(format!("s{n}"));
                for right in SqlRight::ALL {
                    let schema = schema.clone();
                    let area = AccessArea::Sql { schema, right };
                    builder.grant_area(&area, &Grantee::parse(&name(n)));
                }
            }
            let policy = Policy::new(builder.finish(), Mode::Server, Options::default());
            ByRisk::new(&policy).spread().1
        });
        assert_eq!(looked_at, [499, 999, 1_999]);
    }
}
