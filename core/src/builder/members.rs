//! Placing members in groups while a directory is built.

use super::{DirectoryBuilder, Placement};
use crate::directory::Directory;
use crate::group::Group;
use crate::id::{GroupHandle, UserHandle};
use crate::name::{GroupName, UserName};
use crate::roster::{Found, Named, Roster};
use crate::user::User;

/// How many names are looked up at once.
const AT_ONCE: usize = 64;

/// Adds members to one group.
#[derive(Debug)]
pub struct MembersBuilder<'a> {
    builder: &'a mut DirectoryBuilder,
    group: GroupHandle,
    users: Order,
    groups: Order,
}

impl<'a> MembersBuilder<'a> {
    pub(super) fn new(builder: &'a mut DirectoryBuilder, group: GroupHandle) -> Self {
        let members = builder.directory.group(group);
        let users = Order::of(members.map_or(&[], |group| group.users()));
        let groups = Order::of(members.map_or(&[], |group| group.groups()));
        Self {
            builder,
            group,
            users,
            groups,
        }
    }

    /// Places a user in the group by name.
    pub fn user(&mut self, name: &str) -> Placement<UserHandle> {
        let found = self.builder.directory.users.look_up(name);
        self.builder.add(self.group, &mut self.users, name, found)
    }

    /// Places a group in the group by name.
    pub fn group(&mut self, name: &str) -> Placement<GroupHandle> {
        let found = self.builder.directory.groups.look_up(name);
        self.builder.add(self.group, &mut self.groups, name, found)
    }
}

impl DirectoryBuilder {
    /// Places users in groups by name, and says what became of each, in their order.
    ///
    /// Much faster than one by one where there are many names, since they are looked up together.
    /// Linear in the number of names where those of one group come one after the other; it costs
    /// least where they are in the order of the users, as in a file that 4D or Guichet wrote
    /// (decision D32).
    ///
    /// ```
    /// use guichet_core::{DirectoryBuilder, GroupName, Placement};
    /// let mut builder = DirectoryBuilder::new();
    /// let devs = builder.group(GroupName::from_stored("Devs"));
    /// let mut odd = Vec::new();
    /// let members = [(devs, "Designer"), (devs, "Nobody")];
    /// builder.place_users(members, |_, name, placement| {
    ///     if !matches!(placement, Placement::Exact(_)) {
    ///         odd.push(name);
    ///     }
    /// });
    /// assert_eq!(odd, ["Nobody"]);
    /// ```
    pub fn place_users<N: AsRef<str>>(
        &mut self,
        members: impl IntoIterator<Item = (GroupHandle, N)>,
        tell: impl FnMut(GroupHandle, N, Placement<UserHandle>),
    ) {
        self.place_all(members, tell);
    }

    /// Places groups in groups by name, and says what became of each, in their order.
    ///
    /// As [`Self::place_users`]; the first of each pair is the group that gets the member.
    pub fn place_groups<N: AsRef<str>>(
        &mut self,
        members: impl IntoIterator<Item = (GroupHandle, N)>,
        tell: impl FnMut(GroupHandle, N, Placement<GroupHandle>),
    ) {
        self.place_all(members, tell);
    }

    fn place_all<M: Member, N: AsRef<str>>(
        &mut self,
        members: impl IntoIterator<Item = (GroupHandle, N)>,
        mut tell: impl FnMut(GroupHandle, N, Placement<M>),
    ) {
        let mut members = members.into_iter().fuse();
        let mut batch = Vec::with_capacity(AT_ONCE);
        let mut found = Vec::with_capacity(AT_ONCE);
        let mut open: Option<(GroupHandle, Order)> = None;
        loop {
            batch.extend(members.by_ref().take(AT_ONCE));
            if batch.is_empty() {
                return;
            }
            let names = batch.iter().map(|(_, name): &(_, N)| name.as_ref());
            M::known(&self.directory).look_up_all(names, &mut found);
            for ((group, name), found) in batch.drain(..).zip(found.drain(..)) {
                let order = match &mut open {
                    Some((current, order)) if *current == group => order,
                    other => {
                        let members = self.directory.group(group).map_or(&[][..], M::list);
                        &mut other.insert((group, Order::of(members))).1
                    }
                };
                let placement = self.add(group, order, name.as_ref(), found);
                tell(group, name, placement);
            }
        }
    }

    /// Adds what was found under a name to a group.
    fn add<M: Member>(
        &mut self,
        group: GroupHandle,
        order: &mut Order,
        name: &str,
        found: Option<Found>,
    ) -> Placement<M> {
        let placement = Placement::of(found, M::from_slot);
        let (directory, seen) = M::parts(self);
        let slots = M::known(directory).slot_count();
        let Some(group) = directory.groups.get_mut_keeping_name(group.slot()) else {
            return placement;
        };
        let Some(member) = placement.handle() else {
            M::keep_missing(group, name);
            return placement;
        };
        let list = M::list_mut(group);
        if order.has(member, list, seen, slots) {
            return Placement::Duplicate(member);
        }
        list.push(member);
        placement
    }
}

/// How it is known whether a member is in a list already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Each member comes after the one before it, so that one that comes later still is new.
    Ascending,
    /// The members are in any order, and nobody marked them.
    Mixed,
    /// Every member is marked.
    Marked,
}

impl Order {
    fn of<M: Member>(members: &[M]) -> Self {
        if members.is_sorted() {
            Self::Ascending
        } else {
            Self::Mixed
        }
    }

    /// Returns whether a member that is about to be placed is in its list.
    fn has<M: Member>(&mut self, member: M, list: &[M], seen: &mut Seen, slots: usize) -> bool {
        match self {
            Self::Ascending if list.last().is_none_or(|last| *last < member) => return false,
            Self::Ascending | Self::Mixed => {
                seen.open(list, slots);
                *self = Self::Marked;
            }
            Self::Marked => {}
        }
        seen.mark(member)
    }
}

/// Which members are in the list that is open, one list at a time.
#[derive(Debug, Default)]
pub(super) struct Seen {
    epoch: u32,
    epochs: Vec<u32>,
}

impl Seen {
    /// Marks all members of a list, and nothing else.
    fn open<M: Member>(&mut self, members: &[M], slots: usize) {
        self.epoch = self.epoch.saturating_add(1);
        self.epochs.resize(slots, 0);
        for member in members {
            self.mark(*member);
        }
    }

    /// Marks a member; tells whether it was marked already.
    fn mark<M: Member>(&mut self, member: M) -> bool {
        let epoch = self.epochs.get_mut(member.place());
        epoch.is_some_and(|epoch| std::mem::replace(epoch, self.epoch) == self.epoch)
    }
}

/// What a group has lists of: users and groups.
trait Member: Copy + Ord {
    /// What the handle points at.
    type Known: Named;

    fn from_slot(slot: u32) -> Self;
    fn place(self) -> usize;
    fn known(directory: &Directory) -> &Roster<Self::Known>;
    fn parts(builder: &mut DirectoryBuilder) -> (&mut Directory, &mut Seen);
    fn list(group: &Group) -> &[Self];
    fn list_mut(group: &mut Group) -> &mut Vec<Self>;
    fn keep_missing(group: &mut Group, name: &str);
}

impl Member for UserHandle {
    type Known = User;

    fn from_slot(slot: u32) -> Self {
        Self::from_slot(slot)
    }

    fn place(self) -> usize {
        self.index()
    }

    fn known(directory: &Directory) -> &Roster<User> {
        &directory.users
    }

    fn parts(builder: &mut DirectoryBuilder) -> (&mut Directory, &mut Seen) {
        (&mut builder.directory, &mut builder.users_seen)
    }

    fn list(group: &Group) -> &[Self] {
        &group.users
    }

    fn list_mut(group: &mut Group) -> &mut Vec<Self> {
        &mut group.users
    }

    fn keep_missing(group: &mut Group, name: &str) {
        group.missing_users.push(UserName::from_stored(name));
    }
}

impl Member for GroupHandle {
    type Known = Group;

    fn from_slot(slot: u32) -> Self {
        Self::from_slot(slot)
    }

    fn place(self) -> usize {
        self.index()
    }

    fn known(directory: &Directory) -> &Roster<Group> {
        &directory.groups
    }

    fn parts(builder: &mut DirectoryBuilder) -> (&mut Directory, &mut Seen) {
        (&mut builder.directory, &mut builder.groups_seen)
    }

    fn list(group: &Group) -> &[Self] {
        &group.groups
    }

    fn list_mut(group: &mut Group) -> &mut Vec<Self> {
        &mut group.groups
    }

    fn keep_missing(group: &mut Group, name: &str) {
        group.missing_groups.push(GroupName::from_stored(name));
    }
}
