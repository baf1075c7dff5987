//! Tests of the crate's public items: one binary, one module per subject.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests"
)]

mod corpus;
mod damage;
mod fixtures;
mod json_damage;
mod json_oracle;
mod locating;
mod options;
mod reading;
mod statements;
mod support;
