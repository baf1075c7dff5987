//! The crate as others see it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise and tells loudly what it skipped"
)]

mod admission;
mod answers;
mod capacity;
mod catalogue;
#[cfg(feature = "sqlite")]
mod damage;
#[cfg(feature = "sqlite")]
mod durable;
mod entitlement;
mod errors;
#[cfg(feature = "import")]
mod import;
#[cfg(feature = "sqlite")]
mod lives;
mod model;
#[cfg(feature = "sqlite")]
mod processes;
mod replay;
mod report;
#[cfg(all(unix, feature = "sqlite"))]
mod rights;
mod scaling;
mod schedules;
#[cfg(feature = "serde")]
mod scripts;
mod seat_rules;
mod simulation;
#[cfg(feature = "sqlite")]
mod snapshot;
mod support;
mod values;
mod words;
