//! Edits of a directory: one [`Change`] for each, applied whole or not at all.
//!
//! [`Directory::apply`] takes a list of changes and [`Rules`]; it answers with what happened
//! ([`Event`](crate::Event)s) and with a [`Reversal`] that brings the former directory back, or refuses the whole
//! list and leaves the directory exactly as it was.
//!
//! A change names users and groups by name, and the names are looked up (decision D7) when its turn
//! comes: a list may rename a user and then speak of the new name.
//!
//! ```
//! use guichet_core::change::{AdministratorMembership, Change, Rules};
//! use guichet_core::{DirectoryBuilder, GroupName, UserName};
//!
//! let mut directory = DirectoryBuilder::new().finish();
//! let applied = directory.apply(
//!     &[
//!         Change::AddGroup {
//!             name: Some(GroupName::new("Devs")?),
//!             administrator: AdministratorMembership::Member,
//!         },
//!         Change::AddUser {
//!             name: None,
//!             startup_method: None,
//!             groups: vec![GroupName::new("devs")?],
//!         },
//!     ],
//!     &Rules::default(),
//! )?;
//! let said: Vec<String> = applied.events.iter().map(ToString::to_string).collect();
//! assert_eq!(said, [
//!     "group `Devs` (number 15001) was added",
//!     "user `Administrator` is now in group `Devs`",
//!     "user `New user1` (number 3) was added",
//!     "user `New user1` is now in group `Devs`",
//! ]);
//!
//! directory.revert(applied.reversal)?;
//! assert_eq!(directory.group_count(), 0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Names that nothing had
//!
//! A file may name a user or a group that does not exist (decision D11). When an edit then gives
//! somebody that name, the reference has found its target: it would have it anyway as soon as the
//! file is read again. So it counts at once, and the events say so.
//!
//! # Complexity
//!
//! Memory: what is undone is remembered edit by edit, never as a copy of the directory.
//!
//! | change | cost |
//! |---|---|
//! | the first new name of a list | + O(groups), once: the lists are searched for it |
//! | add, rename, password, startup method, grant, setting | O(length of the names) |
//! | add a user to a group | O(1) when the user is the last of the file, else O(members) |
//! | add or remove several members | O(members of the group + names), + O(n log n) in the names |
//! | add a nested group | O(members) + O(what the nested group reaches); many in one list: O(groups + nestings) once, then nothing is searched below a group that nothing contains |
//! | delete or duplicate a user | O(memberships); many in one list: O(memberships log n) once, then O(groups of the user log n) |
//!
//! [`Directory::apply`]: crate::Directory::apply

mod apply;
mod cycle;
mod editor;
mod grants;
mod groups;
mod holders;
mod journal;
mod kind;
mod members;
mod naming;
mod refusal;
mod splice;
mod users;

pub(crate) use apply::Stamp;
pub use apply::{Applied, Reversal, Rules, StaleReversal};
pub use kind::{AdministratorMembership, Change, WebSide};
pub use refusal::{GroupCycle, Refusal, Refused, deletion_refused};
pub(crate) use splice::insert;
