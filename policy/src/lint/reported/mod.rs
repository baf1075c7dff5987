//! The pages of what is found by reading the files, by whoever reads them.
//!
//! The codes are those of the reader's diagnostics.

pub(super) mod accounts;
pub(super) mod files;
pub(super) mod keys;
pub(super) mod members;
pub(super) mod names;
