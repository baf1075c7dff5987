//! Plug-in licences of a 4D application: catalogue, entitlements, sessions and seats.

mod admission;
mod catalogue;
mod entitlement;
mod event;
mod ledger;
mod moment;
mod seat_count;
mod session;
#[cfg(feature = "sqlite")]
pub mod sqlite;

pub use admission::{Admission, Gate, Standing};
pub use catalogue::{CatalogueError, PluginCatalogue, UnknownPlugin};
pub use entitlement::{Entitlement, EntitlementError, Entitlements, Right};
pub use event::{Event, EventKind, Refusal, Sequence};
pub use ledger::{
    Flaw, Holder, Ledger, OpenSession, Peak, PluginUse, RefusalCounts, ReplayError, SessionError,
    Take, TakeOutcome,
};
pub use moment::{Moment, MomentError};
pub use seat_count::{Owned, SeatCount, SeatOverflow};
pub use session::{CloseReason, SessionId, SessionIdError};
