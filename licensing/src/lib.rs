//! Plug-in licences of a 4D application: catalogue, entitlements, sessions and seats.

mod admission;
mod answers;
mod catalogue;
#[cfg(feature = "chart")]
mod chart;
mod entitlement;
mod event;
#[cfg(feature = "import")]
pub mod import;
mod ledger;
mod moment;
mod seat_count;
#[cfg(feature = "serde")]
mod serialize;
mod session;
#[cfg(feature = "sqlite")]
pub mod sqlite;

pub use admission::{Admission, Gate, Standing};
pub use answers::{
    Entitled, Explanation, HolderStatus, Plan, PlanChange, PluginPlan, PluginPlanChange,
    PluginReport, PluginSimulation, PluginStatus, Report, Rule, Scenario, Share, ShareError,
    Simulation, Status, Trace, TraceAction, TraceError, TraceStep, UsePoint,
};
pub use catalogue::{CatalogueError, PluginCatalogue, UnknownPlugin};
#[cfg(feature = "chart")]
pub use chart::use_chart;
pub use entitlement::{Entitlement, EntitlementError, Entitlements, Right};
pub use event::{Event, EventKind, Refusal, Sequence};
pub use ledger::{
    Flaw, Holder, Ledger, OpenSession, Peak, PluginUse, RefusalCounts, ReplayError, SessionError,
    Take, TakeOutcome,
};
pub use moment::{Moment, MomentError};
pub use seat_count::{Owned, SeatCount, SeatOverflow};
pub use session::{CloseReason, SessionId, SessionIdError};
