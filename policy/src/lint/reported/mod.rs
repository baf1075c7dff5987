//! The pages of what the program that reads the files finds.
//!
//! The codes are those of the reader's diagnostics.

pub(super) mod accounts;
pub(super) mod files;
pub(super) mod keys;
pub(super) mod members;
pub(super) mod names;
