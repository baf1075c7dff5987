//! Edits of a directory: one [`Change`] for each, applied whole or not at all.

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
pub use refusal::{GroupCycle, Refusal, Refused};
pub(crate) use splice::insert;
