//! The closure of groups in groups: effective membership.

use std::fmt::Debug;
use std::sync::{Arc, OnceLock};

use guichet_core::{Directory, Event, GroupHandle, Membership, UserHandle};

use crate::cycle::{ClosedChain, Cycle};
use crate::engine::{SearchBuffers, Snapshot};
use crate::graph::Graph;
use crate::path::{Path, ShortestPaths, first_path};

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
/// let ann = builder.user(UserName::from_stored("Ann"));
/// let accounting = builder.group(GroupName::from_stored("Accounting"));
/// let finance = builder.group(GroupName::from_stored("Finance"));
/// let management = builder.group(GroupName::from_stored("General Mgmt"));
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
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    directory: Arc<Directory>,
    snapshot: Snapshot,
    /// The memberships in the order of the file, for paths and cycles.
    graph: OnceLock<Graph>,
    #[cfg(feature = "shadow")]
    plain: crate::PlainClosure,
}

impl Closure {
    /// Prepares the closure of a directory, in time linear in its memberships.
    pub fn new(directory: impl Into<Arc<Directory>>) -> Self {
        let directory = directory.into();
        let snapshot = Snapshot::new(&directory);
        Self::with(directory, snapshot)
    }

    /// Returns the closure of the directory after a change.
    ///
    /// The two share what the events did not change. After a reversal, give the inverses of its
    /// events, last first.
    ///
    /// ```
    /// use guichet_core::{Change, DirectoryBuilder, GroupName, Membership as _, Rules, UserName};
    /// use guichet_policy::Closure;
    ///
    /// let mut builder = DirectoryBuilder::new();
    /// let ann = builder.user(UserName::from_stored("Ann"));
    /// let devs = builder.group(GroupName::from_stored("Devs"));
    /// let mut directory = builder.finish();
    /// let closure = Closure::new(directory.clone());
    ///
    /// let change = Change::AddMembers {
    ///     group: GroupName::from_stored("Devs"),
    ///     users: vec![UserName::from_stored("Ann")],
    ///     groups: Vec::new(),
    /// };
    /// let applied = directory.apply(&[change], &Rules::default())?;
    /// let next = closure.after(directory, &applied.events);
    /// assert!(next.is_member(ann, devs) && !closure.is_member(ann, devs));
    /// # Ok::<(), guichet_core::Refused>(())
    /// ```
    #[must_use]
    pub fn after<'e>(
        &self,
        directory: impl Into<Arc<Directory>>,
        events: impl IntoIterator<Item = &'e Event>,
    ) -> Self {
        let snapshot = self.inner.snapshot.after_events(events);
        Self::with(directory.into(), snapshot)
    }

    fn with(directory: Arc<Directory>, snapshot: Snapshot) -> Self {
        Self {
            inner: Arc::new(Inner {
                #[cfg(feature = "shadow")]
                plain: crate::PlainClosure::new(Arc::clone(&directory)),
                directory,
                snapshot,
                graph: OnceLock::new(),
            }),
        }
    }

    /// Returns the directory of the closure.
    pub fn directory(&self) -> &Arc<Directory> {
        &self.inner.directory
    }

    /// Returns the engine: the same answers for who asks very often, in no particular order and
    /// without paths.
    pub fn snapshot(&self) -> &Snapshot {
        &self.inner.snapshot
    }

    /// Returns the groups that the user is in, directly or through nested groups, in the order of
    /// the file.
    pub fn groups_of_user(&self, user: UserHandle) -> Vec<GroupHandle> {
        let mut scratch = SearchBuffers::new();
        let groups = self.snapshot().groups_of_user(user, &mut scratch);
        let groups = self.in_file_order(groups);
        self.shadowed(groups, |plain| plain.groups_of_user(user))
    }

    /// Returns the users that are in the group, directly or through nested groups, in the order of
    /// their numbers.
    pub fn users_of_group(&self, group: GroupHandle) -> Vec<UserHandle> {
        self.users_of_any(&[group])
    }

    /// Returns the groups nested in the group, through any number of groups, in the order of the
    /// file; the group itself is left out, also in a cycle (decision D33).
    pub fn nested_groups(&self, group: GroupHandle) -> Vec<GroupHandle> {
        let mut scratch = SearchBuffers::new();
        let groups = self.snapshot().nested_groups(group, &mut scratch);
        let groups = self.in_file_order(groups);
        self.shadowed(groups, |plain| plain.nested_groups(group))
    }

    /// Returns the groups that the group is nested in, through any number of groups, in the order of
    /// the file; the group itself is left out, also in a cycle (decision D33).
    pub fn containers(&self, group: GroupHandle) -> Vec<GroupHandle> {
        let mut scratch = SearchBuffers::new();
        let groups = self.snapshot().containers(group, &mut scratch);
        let groups = self.in_file_order(groups);
        self.shadowed(groups, |plain| plain.containers(group))
    }

    /// Returns every shortest chain of memberships from the user up to the group.
    pub fn all_shortest_paths(&self, user: UserHandle, group: GroupHandle) -> ShortestPaths {
        ShortestPaths::search(self.graph(), user, &[group])
    }

    /// Returns the cycles of the hierarchy, none in a sound directory, in the order of their first
    /// groups.
    ///
    /// One for each set of groups that contain one another, then one for each group placed directly
    /// in itself. Linear in the memberships, plus one search for each cycle.
    pub fn cycles(&self) -> Vec<Cycle> {
        Cycle::all(self.graph())
    }

    /// Returns the closed chain that placing `nested` in `container` would make, if it would.
    ///
    /// The chain begins with `container`, which would contain `nested`; both being the same group is
    /// a chain of one. [`Snapshot::closes_cycle`] answers the same without the chain.
    pub fn chain_closed_by(
        &self,
        container: GroupHandle,
        nested: GroupHandle,
    ) -> Option<ClosedChain> {
        let closes = self.snapshot().closes_cycle(container, nested);
        let closes = self.shadowed(closes, |plain| plain.closes_cycle(container, nested));
        closes.then(|| ClosedChain::closed_by(self.graph(), container, nested))?
    }

    /// The memberships in the order of the file, listed when they are first wanted.
    pub(crate) fn graph(&self) -> &Graph {
        let directory = || Arc::clone(&self.inner.directory);
        self.inner.graph.get_or_init(|| Graph::new(directory()))
    }

    /// The users of any of the groups, each once, in the order of their numbers.
    pub(crate) fn users_of_any(&self, groups: &[GroupHandle]) -> Vec<UserHandle> {
        let mut scratch = SearchBuffers::new();
        let users = self.snapshot().users_of_any(groups, &mut scratch);
        let mut users = users.to_vec();
        users.sort_unstable_by_key(|user| self.directory().user_id(*user));
        self.shadowed(users, |plain| plain.users_of_any(groups))
    }

    /// The chain that a decision names: the first shortest one to any of the groups.
    pub(crate) fn path_to_any(&self, user: UserHandle, groups: &[GroupHandle]) -> Option<Path> {
        groups
            .iter()
            .any(|group| self.is_member(user, *group))
            .then(|| first_path(self.graph(), user, groups))?
    }

    /// Returns the fast engine's answer; with the feature `shadow` after comparing it.
    #[cfg_attr(
        not(feature = "shadow"),
        expect(clippy::unused_self, reason = "the plain engine is in it")
    )]
    #[inline]
    fn shadowed<T: PartialEq + Debug>(
        &self,
        fast: T,
        plain: impl FnOnce(&crate::PlainClosure) -> T,
    ) -> T {
        #[cfg(feature = "shadow")]
        assert_eq!(fast, plain(&self.inner.plain), "the engines differ");
        #[cfg(not(feature = "shadow"))]
        let _ = plain;
        fast
    }

    fn in_file_order(&self, groups: &[GroupHandle]) -> Vec<GroupHandle> {
        let mut groups = groups.to_vec();
        groups.sort_unstable_by_key(|group| self.directory().group_id(*group));
        groups
    }
}

impl Membership for Closure {
    fn is_member(&self, user: UserHandle, group: GroupHandle) -> bool {
        let member = self.snapshot().is_member(user, group);
        self.shadowed(member, |plain| plain.is_member(user, group))
    }

    fn membership_path(&self, user: UserHandle, group: GroupHandle) -> Option<Vec<GroupHandle>> {
        let path = self.path_to_any(user, &[group])?;
        Some(path.into_groups())
    }
}
