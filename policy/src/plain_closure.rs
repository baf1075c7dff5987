//! The plain engine: it answers the same questions as the fast one, by plain searches.

use std::collections::HashSet;
use std::sync::Arc;

use guichet_core::{Directory, GroupHandle, UserHandle};

use crate::graph::Graph;
use crate::search::{downward, upward};

/// The closure of a directory by plain searches that remember nothing.
///
/// An oracle for tests: written to be obviously right. [`Closure`](crate::Closure) answers the same
/// questions faster; the tests compare the two, and so does the feature `shadow` in any program.
///
/// ```
/// use guichet_core::{DirectoryBuilder, GroupName, UserName};
/// use guichet_policy::PlainClosure;
///
/// let mut builder = DirectoryBuilder::new();
/// let ann = builder.user(UserName::from_stored("Ann"));
/// let devs = builder.group(GroupName::from_stored("Devs"));
/// builder.members_of(devs).user("Ann");
/// let plain = PlainClosure::new(builder.finish());
/// assert!(plain.is_member(ann, devs));
/// assert_eq!(plain.groups_of_user(ann), [devs]);
/// ```
#[derive(Debug, Clone)]
pub struct PlainClosure {
    graph: Arc<Graph>,
}

impl PlainClosure {
    /// Prepares the searches, in time linear in the memberships.
    pub fn new(directory: impl Into<Arc<Directory>>) -> Self {
        Self {
            graph: Arc::new(Graph::new(directory.into())),
        }
    }

    /// Returns whether the user is in the group, directly or through nested groups.
    pub fn is_member(&self, user: UserHandle, group: GroupHandle) -> bool {
        upward(&self.graph, self.graph.groups_of(user)).any(|(reached, _)| reached == group)
    }

    /// Returns the groups that the user is in, in the order of the file.
    pub fn groups_of_user(&self, user: UserHandle) -> Vec<GroupHandle> {
        self.in_file_order(upward(&self.graph, self.graph.groups_of(user)))
    }

    /// Returns the users that are in any of the groups, in the order of their numbers.
    pub fn users_of_any(&self, groups: &[GroupHandle]) -> Vec<UserHandle> {
        let users: HashSet<UserHandle> = downward(&self.graph, groups)
            .flat_map(|(group, _)| self.graph.users(group))
            .copied()
            .collect();
        let mut users: Vec<_> = users.into_iter().collect();
        self.graph.sort_users(&mut users);
        users
    }

    /// Returns the groups nested in the group, itself left out, in the order of the file.
    pub fn nested_groups(&self, group: GroupHandle) -> Vec<GroupHandle> {
        self.in_file_order(downward(&self.graph, &[group]).skip(1))
    }

    /// Returns the groups that contain the group, itself left out, in the order of the file.
    pub fn containers(&self, group: GroupHandle) -> Vec<GroupHandle> {
        self.in_file_order(upward(&self.graph, &[group]).skip(1))
    }

    /// Returns whether placing `nested` in `container` would close a cycle, a group in itself too.
    pub fn closes_cycle(&self, container: GroupHandle, nested: GroupHandle) -> bool {
        let is_there = self.graph.directory().group(nested).is_some();
        is_there && downward(&self.graph, &[nested]).any(|(reached, _)| reached == container)
    }

    fn in_file_order(&self, walk: impl Iterator<Item = (GroupHandle, usize)>) -> Vec<GroupHandle> {
        let mut groups: Vec<_> = walk.map(|(group, _)| group).collect();
        self.graph.sort_groups(&mut groups);
        groups
    }
}
