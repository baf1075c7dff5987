//! Finds, reads and writes 4D's `directory.json`, and `guichet.toml` beside it.
//!
//! | to | use |
//! |---|---|
//! | find the file that counts: the data folder's first, then the user settings' | [`locate`](locate()), [`Target`], [`Location`] |
//! | read it, in one call | [`read`](read()), [`Loaded`]; [`DirectoryText`] for bytes from a pipe or from git |
//! | edit under a lock, keep a history and take edits back | [`DirectoryStore`] |
//! | hear when the file that counts changes | [`DirectoryWatch`] |
//! | read the options that `directory.json` has no keys for | [`OptionsFile`] |
//! | turn a document into a [`Directory`](guichet_core::Directory) and an edit into a patch of its text | [`decode`](decode()), [`encode`](encode()) |
//! | say where in the text a user, a membership or a grant stands | [`SourceMap`] |
//! | write one text for one meaning, so that git shows real changes only | [`normalise`](normalise()) |
//! | put the texts of two branches together; the file stays JSON | [`merge`](merge()), [`conflicts`] |
//! | fix what can be fixed without changing anyone's access | [`repair`] |
//! | publish a text without names and stored passwords | [`scrub`](scrub()) |
//! | hide stored passwords in a text that is shown, however broken it is | [`redact`] |
//! | check a second directory and the settings of the application | [`inspect`](inspect()) |
//! | ask what else an edit of the files changes | [`besides`](besides()) |
//! | look into the byte-true document | [`json`] |
//! | read and write other files, through the one door to the disk | [`filesystem`] |
//!
//! It decides nothing about access: that is the work of `guichet-policy`.
//!
//! # Vocabulary
//!
//! | word | type | meaning |
//! |---|---|---|
//! | document | [`Document`](json::Document) | the text of a file, byte for byte, and where each value is in it |
//! | problem | [`Problem`] | something odd that has a meaning all the same; the file loads |
//! | refusal | [`Refusal`] | a value that has no meaning where it stands; the file does not load |
//! | place | [`Place`] | which file, which line and column, which JSON pointer |
//! | patch | [`Patch`] | stretches of a text and what is there instead, and the way back |
//! | location | [`Location`] | the file that counts, those that it shadows, and its options |
//! | revision | [`Revision`] | the fingerprint of a file's bytes: whether it is still what was read |
//! | edit, rewrite | [`Edited`], [`Rewrite`] | changes of a directory, or a whole new text, put in place under the lock |
//! | conflict | [`StoredConflict`] | what a merge could not decide, kept in the file until somebody does |
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
//! use guichet_storage::{DirectoryStore, EditNote, ProjectPath, StoreSettings, Target};
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
//! let change = Change::DeleteUser { user: UserName::from_stored("Ann") };
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
//! | [`Document::parse`](json::Document::parse), [`decode`](decode()), [`read`](read()), [`DirectoryText::parse`] | O(n) |
//! | [`OptionsFile::parse`] | O(n log n) in its entries |
//! | [`encode`](encode()), [`Patch::apply`] | O(n) |
//! | [`repair`] | O(n), and O(log n) for each problem |
//! | [`normalise`](normalise()), [`merge`](merge()) | O(n log n) in the names and memberships |
//! | [`scrub`](scrub()) | O(n) on average |
//! | [`SourceMap::new`] | O(n); then O(1) for a user, a group or a membership, O(log n) for a position |
//! | [`DirectoryStore::edit`], [`undo`](DirectoryStore::undo) | O(n + the history), each file written once |

mod besides;
mod codes;
mod decode;
mod directory_text;
mod encode;
mod error;
mod file_keys;
pub mod filesystem;
mod guichet_toml;
mod inspect;
pub mod json;
mod layout;
mod locate;
mod located;
mod merge;
mod normalise;
mod read;
pub mod redact;
mod revision;
mod scrub;
mod settings_file;
mod source_map;
mod steps;
mod store;
mod watch;

pub use besides::besides;
pub use codes::CODES;
pub use decode::{Decoded, Problem, Refusal, decode};
pub use directory_text::{DirectoryText, Presence, TextError};
pub use encode::{EncodeError, Patch, encode, encode_new, is_repairable, repair};
pub use error::{Operation, PathError};
pub use guichet_toml::{LintLevel, OptionsFile, OptionsProblem, PlacedGrantee, encode_options};
pub use inspect::{NeighbourFinding, Neighbours, Oddity, inspect};
/// The crate of [`Timestamp`](jiff::Timestamp), which dates an [`EditNote`] and a [`HistoryEntry`].
pub use jiff;
pub use layout::DIRECTORY_FILE;
pub use locate::{LocateError, Location, ProjectPath, Source, Target, locate};
pub use located::{Located, Place, SourceFile};
pub use merge::{
    MergeError, MergedText, StoredConflict, conflicts, merge, with_conflicts, without_conflicts,
};
pub use normalise::normalise;
pub use read::{Loaded, ReadError, read};
pub use revision::{Revision, RevisionError};
pub use scrub::{ScrubKey, scrub};
pub use settings_file::{PublishedServer, SettingsLeftover};
pub use source_map::{Extent, SourceMap};
pub use store::{
    ChangeId, DirectoryStore, EditError, EditNote, Edited, Expected, FileChange, HistoryEntry,
    Origin, Rewrite, SaveError, StoreSettings, UndoReach, Undone,
};
pub use watch::{DirectoryWatch, WatchError, WatchEvent, WatchKind};

/// The README's example, compiled with the documentation tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
