//! Finds, reads and writes 4D's `directory.json`, and `guichet.toml` beside it.
//!
//! | module | what it does |
//! |---|---|
//! | [`locate`] | says which file counts: the data folder's first, then the user settings' |
//! | [`read`] | reads it, in one call |
//! | [`json`] | the byte-true document: original text and a tape of what stands where |
//! | [`decode`] | from a document to a [`Directory`](guichet_core::Directory), with everything odd at its place |
//! | [`encode`] | from an edited directory to a patch of the original text |
//! | [`places`] | where in the text a user, a membership or a grant stands |
//! | [`text`] | a directory read from bytes that are no file: from a pipe, from git |
//! | [`normalise`] | one text for one meaning, so that git shows real changes only |
//! | [`merge`] | the texts of two branches put together, conflicts written so that the file stays JSON |
//! | [`scrub`] | a text without names and stored passwords, to be published |
//! | [`inspect`] | what the files beside it say: a second directory, the settings of the application |
//! | [`settings_file`] | those settings, read |
//! | [`guichet_toml`] | the options that `directory.json` has no keys for, read and edited |
//! | [`store`] | edits under a lock, put in place at once, remembered and taken back |
//! | [`watch`] | tells when the file that counts changes |
//! | [`filesystem`] | the one door to the disk |
//!
//! It decides nothing about access: that is the work of `guichet-policy`.
//!
//! # Durability
//!
//! | what happens during an edit | what is left |
//! |---|---|
//! | the process is killed, or the power fails | each file old or new, whole; no lock |
//! | a call to the system fails, the disk is full | an error, and the old files |
//! | another process edits too | both edits, one after the other |
//! | 4D saves the file | a conflict, and 4D's file |
//!
//! The whole table, with what is *not* promised and which test shows what, is `docs/durability.md`.
//!
//! # Example
//!
//! ```no_run
//! use guichet_storage::locate::{ProjectPath, Target};
//! use guichet_storage::store::{DirectoryStore, StoreSettings};
//!
//! let project = ProjectPath::Above("/srv/shop".into());
//! let store = DirectoryStore::new(Target::Project { project, data: None }, StoreSettings::default());
//! let loaded = store.load()?;
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
pub mod inspect;
pub mod json;
mod keys;
pub mod layout;
pub mod locate;
pub mod merge;
pub mod normalise;
pub mod place;
pub mod places;
mod plain;
pub mod read;
pub mod revision;
pub mod scrub;
pub mod settings_file;
pub mod store;
mod suggest;
pub mod text;
pub mod watch;

/// The README's example, compiled with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
