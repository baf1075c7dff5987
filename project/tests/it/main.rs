//! What a program can do with a project.

mod answers;
mod comparing;
mod editing;
mod linting;
mod marks;
mod opening;
mod outputs;
mod readme;
mod rewriting;
#[cfg(feature = "ledger")]
mod seats;
#[cfg(feature = "suite")]
mod suites;
mod support;
mod views;
mod watching;
mod words;
