//! Placing members in a group while a directory is built.

use super::{DirectoryBuilder, Placement};
use crate::id::{GroupHandle, UserHandle};
use crate::name::{GroupName, UserName};
use crate::roster::{Named, Roster};

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
        let mut placement = Placement::Missing;
        self.users([name], |_, placed| placement = placed);
        placement
    }

    /// Places a group in the group by name.
    pub fn group(&mut self, name: &str) -> Placement<GroupHandle> {
        let mut placement = Placement::Missing;
        self.groups([name], |_, placed| placement = placed);
        placement
    }

    /// Places users in the group by name, and says what became of each, in their order.
    ///
    /// Linear in the number of names; it costs least where they stand in the order of the users, as
    /// in a file that 4D or Guichet wrote (decision D32).
    ///
    /// ```
    /// use guichet_core::{DirectoryBuilder, GroupName, Placement};
    /// let mut builder = DirectoryBuilder::new();
    /// let devs = builder.group(GroupName::stored("Devs"));
    /// let mut odd = Vec::new();
    /// builder.members_of(devs).users(["Designer", "Nobody"], |name, placement| {
    ///     if !matches!(placement, Placement::Exact(_)) {
    ///         odd.push(name);
    ///     }
    /// });
    /// assert_eq!(odd, ["Nobody"]);
    /// ```
    pub fn users<N: AsRef<str>>(
        &mut self,
        names: impl IntoIterator<Item = N>,
        mut tell: impl FnMut(N, Placement<UserHandle>),
    ) {
        let DirectoryBuilder {
            directory,
            users_seen: seen,
            ..
        } = &mut *self.builder;
        let slot = self.group.slot();
        let Some(group) = directory.groups.get_mut_keeping_name(slot) else {
            return;
        };
        let mut list = List {
            members: &mut group.users,
            order: &mut self.users,
            seen,
        };
        list.place(&directory.users, names, |name, placement| {
            if placement == Placement::Missing {
                group.missing_users.push(UserName::stored(&name));
            }
            tell(name, placement);
        });
    }

    /// Places groups in the group by name, and says what became of each, in their order.
    ///
    /// Linear in the number of names, as [`Self::users`].
    pub fn groups<N: AsRef<str>>(
        &mut self,
        names: impl IntoIterator<Item = N>,
        mut tell: impl FnMut(N, Placement<GroupHandle>),
    ) {
        let DirectoryBuilder {
            directory,
            groups_seen: seen,
            ..
        } = &mut *self.builder;
        let slot = self.group.slot();
        // The groups are looked at while the list of one of them grows, so the list is taken out.
        let Some(group) = directory.groups.get_mut_keeping_name(slot) else {
            return;
        };
        let mut members = std::mem::take(&mut group.groups);
        let mut missing = std::mem::take(&mut group.missing_groups);
        let mut list = List {
            members: &mut members,
            order: &mut self.groups,
            seen,
        };
        list.place(&directory.groups, names, |name, placement| {
            if placement == Placement::Missing {
                missing.push(GroupName::stored(&name));
            }
            tell(name, placement);
        });
        if let Some(group) = directory.groups.get_mut_keeping_name(slot) {
            group.groups = members;
            group.missing_groups = missing;
        }
    }
}

/// How it is known whether a member stands in a list already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Each member comes behind the one before it, so a later one still is a new one.
    Ascending,
    /// Every member is marked.
    Marked,
    /// Nothing is known yet.
    Unknown,
}

impl Order {
    fn of<H: PartialOrd>(members: &[H]) -> Self {
        if members.is_sorted() {
            Self::Ascending
        } else {
            Self::Unknown
        }
    }
}

/// Which members stand in the list that is open, for one list at a time.
#[derive(Debug, Default)]
pub(super) struct Seen {
    epoch: u32,
    epochs: Vec<u32>,
}

impl Seen {
    /// Marks all members of a list, and nothing else.
    fn open<H: Handle>(&mut self, members: &[H], slots: usize) {
        self.epoch = self.epoch.saturating_add(1);
        self.epochs.resize(slots, 0);
        for member in members {
            self.mark(*member);
        }
    }

    /// Marks a member; tells whether it was marked already.
    fn mark<H: Handle>(&mut self, member: H) -> bool {
        let epoch = self.epochs.get_mut(member.place());
        epoch.is_some_and(|epoch| std::mem::replace(epoch, self.epoch) == self.epoch)
    }
}

/// A list of members that grows.
struct List<'a, H> {
    members: &'a mut Vec<H>,
    order: &'a mut Order,
    seen: &'a mut Seen,
}

impl<H: Handle> List<'_, H> {
    fn place<N: AsRef<str>, T: Named>(
        &mut self,
        known: &Roster<T>,
        names: impl IntoIterator<Item = N>,
        mut tell: impl FnMut(N, Placement<H>),
    ) {
        let names = names.into_iter();
        let (least, most) = names.size_hint();
        self.members.reserve(most.unwrap_or(least));
        for name in names {
            let mut placement = Placement::of(known.look_up(name.as_ref()), H::from_slot);
            if let Placement::Exact(member) | Placement::ByCase(member) = placement {
                if self.has(member, known.slot_count()) {
                    placement = Placement::Duplicate(member);
                } else {
                    self.members.push(member);
                }
            }
            tell(name, placement);
        }
    }

    /// Tells whether a member that is about to be placed stands in the list.
    fn has(&mut self, member: H, slots: usize) -> bool {
        let is_behind = self.members.last().is_none_or(|last| *last < member);
        match self.order {
            Order::Ascending if is_behind => return false,
            Order::Ascending | Order::Unknown => {
                self.seen.open(self.members, slots);
                *self.order = Order::Marked;
            }
            Order::Marked => {}
        }
        self.seen.mark(member)
    }
}

/// A handle of a user or a group.
trait Handle: Copy + Ord {
    fn from_slot(slot: u32) -> Self;
    fn place(self) -> usize;
}

impl Handle for UserHandle {
    fn from_slot(slot: u32) -> Self {
        Self::from_slot(slot)
    }

    fn place(self) -> usize {
        self.index()
    }
}

impl Handle for GroupHandle {
    fn from_slot(slot: u32) -> Self {
        Self::from_slot(slot)
    }

    fn place(self) -> usize {
        self.index()
    }
}
