//! Finds, reads and writes 4D's `directory.json`, and reads `guichet.toml` beside it.
//!
//! | module | what it does |
//! |---|---|
//! | [`locate`] | says which file counts: the data folder's first, then the user settings' |
//! | [`read`] | reads it, in one call |
//! | [`json`] | the byte-true document: original text and a tape of what stands where |
//! | [`decode`] | from a document to a [`Directory`](guichet_core::Directory), with everything odd at its place |
//! | [`guichet_toml`] | the options that `directory.json` has no keys for |
//! | [`filesystem`] | the one door to the disk |
//!
//! It decides nothing about access: that is the work of `guichet-policy`.
//!
//! # Example
//!
//! ```no_run
//! use guichet_storage::filesystem::Disk;
//! use guichet_storage::locate::{ProjectPath, Target, locate};
//! use guichet_storage::read::read;
//!
//! let target = Target::Project { project: ProjectPath::Above("/srv/shop".into()), data: None };
//! let location = locate(&Disk, &target)?;
//! let loaded = read(&Disk, &location)?;
//! for problem in &loaded.problems {
//!     eprintln!("{}: {problem}", problem.place.position);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod decode;
pub mod encode;
pub mod error;
pub mod filesystem;
pub mod guichet_toml;
pub mod json;
mod keys;
pub mod layout;
pub mod locate;
pub mod place;
mod plain;
pub mod read;
pub mod revision;
pub mod store;
mod suggest;
pub mod watch;

/// The README's example, compiled with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
