//! Plug-in licences of a 4D application: catalogue, entitlements, sessions and seats.

mod catalogue;
mod entitlement;
mod seat_count;

pub use catalogue::{CatalogueError, PluginCatalogue, UnknownPlugin};
pub use entitlement::{Entitlement, Entitlements, Right};
pub use seat_count::{Owned, SeatCount, SeatOverflow};
