//! The integration tests of guichet-core, one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]
#![allow(clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod support;

mod authority;
mod building;
mod changes;
mod commands;
mod compare;
mod cycles;
mod errors;
mod lists;
mod look_ups;
mod merge;
mod model;
mod passwords;
mod rewrites;
mod sentences;
mod statements;
mod vocabulary;
mod wishes;
mod written;
