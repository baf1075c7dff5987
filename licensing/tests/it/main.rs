//! The crate as others see it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops at the first surprise and tells loudly what it skipped"
)]

mod admission;
mod capacity;
mod catalogue;
mod entitlement;
mod model;
mod outside;
mod schedules;
mod seat_rules;
mod support;
