//! What a program can do with a project.

mod answers;
mod comparing;
mod editing;
mod linting;
mod marks;
mod opening;
mod readme;
mod rewriting;
#[cfg(feature = "ledger")]
mod seats;
mod support;
mod views;
mod watching;
mod words;
