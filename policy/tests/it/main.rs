//! Tests of the crate's public items: one binary, one module per subject.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod access_laws;
mod closure_laws;
mod corpus;
mod cycles;
mod decisions;
mod engine;
mod errors;
mod explanations;
mod hierarchy;
mod impact;
#[cfg(feature = "serde")]
mod json;
mod lint_catalogue;
mod lint_fixtures;
mod lint_laws;
mod lint_sentences;
mod paths;
mod plugins;
mod removals;
mod scale;
mod shapes;
mod statements;
mod suite;
mod suite_coverage;
#[cfg(feature = "suite")]
mod suite_files;
mod support;
mod words;
