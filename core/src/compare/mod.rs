//! In what two directories differ, by meaning and whatever their order.

pub(crate) mod areas;
mod difference;
pub(crate) mod entries;
pub(crate) mod identities;
pub(crate) mod order;
mod pairing;
mod plan;
mod rename;
pub(crate) mod state;

pub use difference::Difference;
pub use order::{order_only, same_in_order};
pub use plan::{Leftover, Plan};

use crate::directory::Directory;

use self::entries::entries;
use self::identities::identify;
use self::state::State;

/// Returns everything in which `new` differs from `old`, by meaning.
///
/// Empty exactly when both mean the same; the order of users, groups, members and grants counts for
/// nothing.
///
/// 4D rewrites its file in another order without a change, so a review looks at what the files
/// mean. [`compare`] tells it delta by delta, and [`order_only`] whether there is nothing but
/// another order. [`same_in_order`] is the strict question: the same meaning, in the same order.
///
/// ```
/// use guichet_core::{DirectoryBuilder, GroupName, UserName, compare};
///
/// let mut old = DirectoryBuilder::new();
/// old.user(UserName::from_stored("Ann"));
/// old.group(GroupName::from_stored("Devs"));
/// let mut new = DirectoryBuilder::new();
/// new.user(UserName::from_stored("ANN"));
/// let devs = new.group(GroupName::from_stored("Devs"));
/// new.members_of(devs).user("Ann");
/// let (old, new) = (old.finish(), new.finish());
///
/// let difference = compare(&old, &new);
/// let sentences: Vec<String> = difference.deltas().map(ToString::to_string).collect();
/// assert_eq!(sentences, [
///     "user `Ann` is now called `ANN`",
///     "user `ANN` is now in group `Devs`",
/// ]);
/// ```
///
/// # Who is who
///
/// - The Designer is the Designer and the Administrator the Administrator, whatever they are called.
/// - Other users go by their names: exactly the same, else the same except for case or Unicode form
///   (decision D7). A user with another name is another user, however alike: one is gone and one is
///   new.
/// - Groups go by their names too; a group that is gone and one that is new count as one group
///   renamed when what they have leaves no doubt. 4D deletes no group (decision D21).
/// - Of users with exactly the same name, which no edit makes, the order of the file tells them
///   apart, as it tells who the name means.
///
/// # What is not compared
///
/// What a [`Directory`] does not hold: unknown members of the file, the place of a key, white
/// space. Members that are listed twice, and absent grants beside such that say the same, are no
/// difference in meaning.
///
/// # Complexity
///
/// O(n log n) in users, groups and memberships together; no recursion.
#[must_use]
pub fn compare(old: &Directory, new: &Directory) -> Difference {
    let (identities, [old, new]) = identify([old, new]);
    let (before, after) = (State::of(&old, &identities), State::of(&new, &identities));
    Difference::from(&old, entries(&before, &after, &identities))
}
