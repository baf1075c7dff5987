//! What no case of a suite looks at.

use std::collections::HashSet;

use guichet_core::{AccessArea, Grantee, GroupHandle, PluginKey, UserHandle};

use super::report::Report;
use crate::access::Access;
use crate::lint::Subject;
use crate::policy::Policy;
use crate::search::downward;

/// Which groups, memberships and grants the cases of a suite look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// Groups: one counts when a case's answer rests on it.
    pub groups: Tally,
    /// Direct memberships, of users and of groups: one counts when it is on the chain that a decision
    /// names, or below a group whose members a case lists.
    pub memberships: Tally,
    /// Areas and plug-ins that are not open to everyone: one counts when a case asks for it.
    pub grants: Tally,
    /// What does not count: the grants, the groups, the memberships, each in the order of the file.
    pub untested: Vec<Subject>,
}

/// How many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "suite", derive(serde::Serialize))]
pub struct Tally {
    /// How many a case looks at.
    pub tested: usize,
    /// How many there are.
    pub total: usize,
}

/// Finds what of a directory the cases of a report do not look at.
///
/// The report is one of [`run`](super::run()) with the same policy. O(groups + memberships + what the
/// cases name).
pub fn coverage(policy: &Policy, report: &Report) -> Coverage {
    let touched = Touched::new(policy, report);
    let [mut groups, mut memberships, mut grants] = [Tally::default(); 3];
    let mut untested = Vec::new();
    let mut count = |tally: &mut Tally, tested: bool, subject: Subject| {
        tally.total = tally.total.saturating_add(1);
        if tested {
            tally.tested = tally.tested.saturating_add(1);
        } else {
            untested.push(subject);
        }
    };
    let given = policy.directory().grants();
    for area in given.areas() {
        if given.area(&area) != Some(&Grantee::Everyone) {
            let tested = touched.areas.contains(&area);
            count(&mut grants, tested, Subject::Area(area));
        }
    }
    for grant in given.plugins() {
        if *grant.grantee() != Grantee::Everyone {
            let plugin = grant.plugin();
            let tested = touched.plugins.contains(plugin);
            count(&mut grants, tested, Subject::Plugin(plugin.clone()));
        }
    }
    for (group, _) in policy.directory().groups() {
        let tested = touched.has_group(group);
        count(&mut groups, tested, Subject::Group(group));
    }
    for (container, group) in policy.directory().groups() {
        for user in group.users().iter().copied() {
            let tested = touched.has_user(container, user);
            let group = container;
            count(&mut memberships, tested, Subject::UserIn { group, user });
        }
        for nested in group.groups().iter().copied() {
            let tested = touched.has_nested(container, nested);
            count(
                &mut memberships,
                tested,
                Subject::GroupIn { container, nested },
            );
        }
    }
    Coverage {
        groups,
        memberships,
        grants,
        untested,
    }
}

/// What the cases look at.
struct Touched {
    areas: HashSet<AccessArea>,
    plugins: HashSet<PluginKey>,
    groups: HashSet<GroupHandle>,
    users: HashSet<(GroupHandle, UserHandle)>,
    nested: HashSet<(GroupHandle, GroupHandle)>,
    /// The groups below which everything is looked at, and they themselves.
    whole: HashSet<GroupHandle>,
}

impl Touched {
    fn new(policy: &Policy, report: &Report) -> Self {
        let graph = policy.closure().graph();
        let cases = || report.outcomes.iter().map(|outcome| &outcome.exercised);
        let whole: Vec<GroupHandle> = cases()
            .flat_map(|case| case.groups.iter().copied())
            .collect();
        let mut touched = Self {
            areas: HashSet::new(),
            plugins: HashSet::new(),
            groups: HashSet::new(),
            users: HashSet::new(),
            nested: HashSet::new(),
            whole: downward(graph, &whole).map(|(group, _)| group).collect(),
        };
        let accesses: HashSet<&Access> = cases().flat_map(|case| &case.accesses).collect();
        for access in accesses {
            touched.touch(policy, access);
        }
        for path in cases().flat_map(|case| &case.paths) {
            touched.groups.extend(path.groups());
            let first = path.groups().first().copied();
            touched
                .users
                .extend(first.map(|group| (group, path.user())));
            let steps = path.groups().array_windows();
            touched
                .nested
                .extend(steps.map(|[nested, container]| (*container, *nested)));
        }
        touched
    }

    /// An access was asked for: that looks at what decides it.
    fn touch(&mut self, policy: &Policy, access: &Access) {
        self.groups.extend(policy.granted(access).groups());
        match access {
            Access::Sql(sql) => {
                self.areas
                    .extend(sql.opened_by().map(|right| AccessArea::Sql {
                        schema: sql.schema().clone(),
                        right,
                    }));
            }
            Access::Plugin(plugin) => _ = self.plugins.insert(plugin.clone()),
            _ => self.areas.extend(access.area(policy.mode())),
        }
    }

    fn has_group(&self, group: GroupHandle) -> bool {
        self.is_whole(group) || self.groups.contains(&group)
    }

    fn has_user(&self, group: GroupHandle, user: UserHandle) -> bool {
        self.is_whole(group) || self.users.contains(&(group, user))
    }

    fn has_nested(&self, container: GroupHandle, nested: GroupHandle) -> bool {
        self.is_whole(container) || self.nested.contains(&(container, nested))
    }

    fn is_whole(&self, group: GroupHandle) -> bool {
        self.whole.contains(&group)
    }
}
