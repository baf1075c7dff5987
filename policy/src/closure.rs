//! The closure of groups in groups: effective membership.

use std::collections::HashSet;
use std::sync::Arc;

use guichet_core::{Directory, GroupHandle, Membership, UserHandle};

use crate::cycle::{Cycle, Ring};
use crate::graph::Graph;
use crate::path::ShortestPaths;
use crate::reference::{downward, upward};

/// Who is effectively in which group, through any nesting, cycles included.
///
/// The members of a nested group are members of its container, of the container's containers, and so
/// on (4D's page *Managing 4D users and groups*). A cycle makes every group of it have the members of
/// all of them (decision D10); a group is never listed as nested in itself (decision D33). A handle
/// that the directory does not have is in nothing and holds nothing.
///
/// A snapshot: immutable, cheap to clone, readable by many threads at once.
///
/// ```
/// use guichet_core::{DirectoryBuilder, GroupName, Membership, UserName};
/// use guichet_policy::Closure;
///
/// let mut builder = DirectoryBuilder::new();
/// let ann = builder.user(UserName::stored("Ann"));
/// let accounting = builder.group(GroupName::stored("Accounting"));
/// let finance = builder.group(GroupName::stored("Finance"));
/// let management = builder.group(GroupName::stored("General Mgmt"));
/// builder.members_of(accounting).group("Finance");
/// builder.members_of(finance).group("General Mgmt");
/// builder.members_of(management).user("Ann");
///
/// let closure = Closure::new(builder.finish());
/// assert_eq!(closure.groups_of_user(ann), [accounting, finance, management]);
/// assert_eq!(closure.users_of_group(accounting), [ann]);
/// assert_eq!(closure.nested_groups(accounting), [finance, management]);
/// assert_eq!(closure.containers(management), [accounting, finance]);
/// assert_eq!(
///     closure.membership_path(ann, accounting),
///     Some(vec![management, finance, accounting]),
/// );
/// assert!(closure.cycles().is_empty());
/// ```
#[derive(Debug, Clone)]
pub struct Closure {
    graph: Arc<Graph>,
}

impl Closure {
    /// Prepares the closure of a directory, in time linear in its memberships.
    pub fn new(directory: impl Into<Arc<Directory>>) -> Self {
        Self {
            graph: Arc::new(Graph::new(directory.into())),
        }
    }

    /// Returns the directory that the closure speaks of.
    pub fn directory(&self) -> &Arc<Directory> {
        self.graph.directory()
    }

    /// Returns the groups that the user is in, directly or through nested groups, in the order of
    /// the file.
    pub fn groups_of_user(&self, user: UserHandle) -> Vec<GroupHandle> {
        self.in_file_order(upward(&self.graph, self.graph.groups_of(user)))
    }

    /// Returns the users that are in the group, directly or through nested groups, in the order of
    /// their numbers.
    pub fn users_of_group(&self, group: GroupHandle) -> Vec<UserHandle> {
        self.users_of_any(&[group])
    }

    /// Returns the groups nested in the group, through any number of groups, in the order of the
    /// file; the group itself is left out, also in a cycle (decision D33).
    pub fn nested_groups(&self, group: GroupHandle) -> Vec<GroupHandle> {
        self.in_file_order(downward(&self.graph, &[group]).skip(1))
    }

    /// Returns the groups that the group is nested in, through any number of groups, in the order of
    /// the file; the group itself is left out, also in a cycle (decision D33).
    pub fn containers(&self, group: GroupHandle) -> Vec<GroupHandle> {
        self.in_file_order(upward(&self.graph, &[group]).skip(1))
    }

    /// Returns every shortest chain of memberships from the user up to the group.
    pub fn all_shortest_paths(&self, user: UserHandle, group: GroupHandle) -> ShortestPaths {
        ShortestPaths::search(&self.graph, user, &[group])
    }

    /// Returns the cycles of the hierarchy, none in a sound directory, in the order of their first
    /// groups.
    ///
    /// One for each set of groups that contain one another, then one for each group placed directly
    /// in itself. Linear in the memberships, plus one search for each cycle.
    pub fn cycles(&self) -> Vec<Cycle> {
        Cycle::all(&self.graph)
    }

    /// Returns the ring that placing `nested` in `container` would close, if it would.
    ///
    /// The ring begins with `container`, which would contain `nested`; both being the same group is
    /// a ring of one.
    pub fn ring_closed_by(&self, container: GroupHandle, nested: GroupHandle) -> Option<Ring> {
        Ring::closed_by(&self.graph, container, nested)
    }

    pub(crate) fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The users of any of the groups, each once, in the order of their numbers.
    pub(crate) fn users_of_any(&self, groups: &[GroupHandle]) -> Vec<UserHandle> {
        let users: HashSet<UserHandle> = downward(&self.graph, groups)
            .flat_map(|(group, _)| self.graph.users(group))
            .copied()
            .collect();
        let mut users: Vec<_> = users.into_iter().collect();
        self.graph.sort_users(&mut users);
        users
    }

    fn in_file_order(&self, walk: impl Iterator<Item = (GroupHandle, usize)>) -> Vec<GroupHandle> {
        let mut groups: Vec<_> = walk.map(|(group, _)| group).collect();
        self.graph.sort_groups(&mut groups);
        groups
    }
}

impl Membership for Closure {
    fn is_member(&self, user: UserHandle, group: GroupHandle) -> bool {
        upward(&self.graph, self.graph.groups_of(user)).any(|(reached, _)| reached == group)
    }

    fn membership_path(&self, user: UserHandle, group: GroupHandle) -> Option<Vec<GroupHandle>> {
        let path = self.all_shortest_paths(user, group).first()?;
        Some(path.groups().to_vec())
    }
}
