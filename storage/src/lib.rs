//! Finds, reads and writes 4D's `directory.json`, and `guichet.toml` beside it.
//!
//! | module | what it does |
//! |---|---|
//! | [`locate`] | says which file counts: the data folder's first, then the user settings' |
//! | [`read`] | reads it, in one call |
//! | [`json`] | the byte-true document: original text and a tape of what stands where |
//! | [`decode`] | from a document to a [`Directory`](guichet_core::Directory), with everything odd at its place |
//! | [`encode`] | from an edited directory to a patch of the original text |
//! | [`source_map`] | where in the text a user, a membership or a grant stands |
//! | [`directory_text`] | a directory read from bytes that are no file: from a pipe, from git |
//! | [`normalise`] | one text for one meaning, so that git shows real changes only |
//! | [`merge`] | the texts of two branches put together, conflicts written so that the file stays JSON |
//! | [`redact`] | hides stored passwords in a text that is shown, however broken it is |
//! | [`scrub`] | a text without names and stored passwords, to be published |
//! | [`inspect`] | what the files beside it say: a second directory, the settings of the application |
//! | [`settings_file`] | those settings, read |
//! | [`guichet_toml`] | the options that `directory.json` has no keys for, read and edited |
//! | [`store`] | edits under a lock, put in place at once, remembered and taken back |
//! | [`besides`] | in what the files of an edit differ besides what their directories hold |
//! | [`output`] | files that somebody names for what a command writes |
//! | [`paths`] | what a path is, however it is spelled |
//! | [`watch`] | tells when the file that counts changes |
//! | [`filesystem`] | the one door to the disk |
//!
//! It decides nothing about access: that is the work of `guichet-policy`.
//!
//! # Vocabulary
//!
//! | word | type | meaning |
//! |---|---|---|
//! | document | [`Document`](json::Document) | the text of a file, byte for byte, and where each value stands in it |
//! | problem | [`Problem`](decode::Problem) | something odd that has a meaning all the same; the file loads |
//! | refusal | [`Refusal`](decode::Refusal) | a value that has no meaning where it stands; the file does not load |
//! | place | [`Place`](located::Place) | which file, which line and column, which JSON pointer |
//! | patch | [`Patch`](encode::Patch) | stretches of a text and what stands there instead, and the way back |
//! | location | [`Location`](locate::Location) | the file that counts, those that it shadows, and its options |
//! | revision | [`Revision`](revision::Revision) | the fingerprint of a file's bytes: whether it is still what was read |
//! | edit, rewrite | [`Edited`](store::Edited), [`Rewrite`](store::Rewrite) | changes of a directory, or a whole new text, put in place under the lock |
//! | conflict | [`StoredConflict`](merge::StoredConflict) | what a merge could not decide, kept in the file until somebody does |
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
//! ```
//! use guichet_core::{Change, Rules, UserName};
//! use guichet_storage::locate::{ProjectPath, Target};
//! use guichet_storage::store::{DirectoryStore, EditNote, StoreSettings};
//!
//! let project = tempfile::tempdir()?;
//! let settings = project.path().join("Settings");
//! std::fs::create_dir_all(project.path().join("Project"))?;
//! std::fs::create_dir(&settings)?;
//! std::fs::write(settings.join("directory.json"), r#"{"users": {"Ann": {}, "Bob": {}}}"#)?;
//!
//! let target = Target::Project { project: ProjectPath::Above(project.path().join("Project")), data: None };
//! let store = DirectoryStore::new(target, StoreSettings::default());
//! let loaded = store.load()?;
//! assert_eq!(loaded.directory.user_count(), 4);
//! assert_eq!(loaded.problems[0].to_string(), "the built-in user `designer` is missing, so it counts as `Designer` without a password");
//!
//! let note = EditNote { who: "Designer".to_owned(), when: "2026-11-21T12:00:00Z".parse()? };
//! let change = Change::DeleteUser { user: UserName::stored("Ann") };
//! store.edit(&note, |directory, _| directory.apply(&[change], &Rules::default()))?;
//! assert_eq!(std::fs::read_to_string(settings.join("directory.json"))?, r#"{"users": {"Bob": {}}}"#);
//! store.undo(&note)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Complexity
//!
//! In the length of the text, unless another measure is named.
//!
//! | operation | cost |
//! |---|---|
//! | [`Document::parse`](json::Document::parse), [`decode`](decode::decode()), [`read`](read::read()), [`DirectoryText::parse`](directory_text::DirectoryText::parse) | O(n) |
//! | [`OptionsFile::parse`](guichet_toml::OptionsFile::parse) | O(n log n) in its entries |
//! | [`encode`](encode::encode()), [`Patch::apply`](encode::Patch::apply) | O(n) |
//! | [`repair`](encode::repair()) | O(n), and O(log n) for each problem |
//! | [`normalise`](normalise::normalise()), [`merge`](merge::merge()) | O(n log n) in the names and memberships |
//! | [`scrub`](scrub::scrub()) | O(n) on average |
//! | [`SourceMap::new`](source_map::SourceMap::new) | O(n); then O(1) for a user, a group or a membership, O(log n) for a position |
//! | [`DirectoryStore::edit`](store::DirectoryStore::edit), [`undo`](store::DirectoryStore::undo) | O(n + the history), each file written once |

pub mod besides;
mod codes;
pub mod decode;
pub mod directory_text;
pub mod encode;
pub mod error;
pub mod filesystem;
pub mod guichet_toml;
pub mod inspect;
pub mod json;
mod keys;
pub mod layout;
pub mod locate;
pub mod located;
pub mod merge;
pub mod normalise;
pub mod output;
pub mod paths;
pub mod read;
pub mod redact;
pub mod revision;
pub mod scrub;
pub mod settings_file;
pub mod source_map;
mod steps;
pub mod store;
pub mod watch;

pub use codes::CODES;

/// The README's example, compiled with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
