//! What an implementation has to be able to do.

use crate::input::{Links, Names};
use crate::operation::Operation;

/// Why a peer leaves out the edits that speak of readers.
pub const NOT_SHARED: &str = "an edit is in place, readers would have to wait";

/// A question about one membership, with handles resolved beforehand, and its answer.
#[derive(Debug, Clone)]
pub struct Asked<U, G> {
    /// Who.
    pub user: U,
    /// In which group.
    pub group: G,
    /// The right answer.
    pub yes: bool,
}

/// An implementation that is measured.
///
/// Users and groups of a workload are numbers from 0; [`Peer::user`] and [`Peer::group`] turn them
/// into whatever the implementation likes best, once, before any time is taken. A peer stops the
/// program when its library refuses something: there is nothing to measure then.
pub trait Peer: Sized {
    /// The name in tables.
    const NAME: &'static str;

    /// What a program that uses the implementation has before it builds: pairs of numbers, pairs of
    /// names, a directory.
    type Source;
    /// The best way to point at a user.
    type User: Clone + Send + Sync;
    /// The best way to point at a group.
    type Group: Clone + Send + Sync;

    /// Says why a workload is not tried at all; the reason is printed.
    fn refuses(_links: &Links) -> Option<String> {
        None
    }

    /// Says why an operation is left out; the reason is printed.
    fn leaves_out(operation: Operation) -> Option<&'static str>;

    /// Makes the source; timed for [`Operation::BuildFromNames`] only.
    fn source(links: &Links, names: &Names) -> Self::Source;

    /// Builds from the source.
    fn build(source: &Self::Source) -> Self;

    /// Resolves a user.
    fn user(source: &Self::Source, number: u32) -> Self::User;

    /// Resolves a group.
    fn group(source: &Self::Source, number: u32) -> Self::Group;

    /// Is the user in the group, at any depth?
    fn is_member(&mut self, user: &Self::User, group: &Self::Group) -> bool;

    /// The same by names.
    fn is_member_by_name(&mut self, user: &str, group: &str) -> bool;

    /// Lists the groups of a user and returns how many they are.
    fn groups_of(&mut self, user: &Self::User) -> usize;

    /// Lists the users of a group and returns how many they are.
    fn users_of(&mut self, group: &Self::Group) -> usize;

    /// Would placing `inner` in `outer` close a cycle?
    fn closes_cycle(&mut self, inner: &Self::Group, outer: &Self::Group) -> bool;

    /// Places a user in a group that does not hold it directly.
    fn put_user(&mut self, user: &Self::User, group: &Self::Group);

    /// Takes a user out of a group that holds it directly.
    fn take_user(&mut self, user: &Self::User, group: &Self::Group);

    /// Places a group in a group that does not hold it directly; closes no cycle.
    fn put_group(&mut self, inner: &Self::Group, outer: &Self::Group);

    /// Takes a group out of a group that holds it directly.
    fn take_group(&mut self, inner: &Self::Group, outer: &Self::Group);

    /// Hands the present state to readers, who keep it whole until the next call, whatever is edited
    /// then: timed with the edit for the operations that speak of readers.
    fn share(&mut self) {}

    /// Answers all questions on each of `threads` threads at once, `times` over, and returns how
    /// many answers were wrong; `None` when one value cannot be read by several threads.
    fn ask_on_threads(
        &self,
        _questions: &[Asked<Self::User, Self::Group>],
        _threads: usize,
        _times: usize,
    ) -> Option<usize> {
        None
    }

    /// Returns how many bytes must stay alive to answer by name, given those of the source and of
    /// what was built; `None` for who knows no names.
    fn bytes_with_names(source: usize, built: usize) -> Option<usize>;

    /// Returns bytes that the implementation holds and Rust's allocator does not see.
    fn bytes_elsewhere(&self) -> usize {
        0
    }
}
