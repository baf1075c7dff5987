//! What an edit would write: worked out in memory, checked, and not yet written.

use std::path::PathBuf;

use guichet_core::{Applied, Directory, Event, same_in_order};

use super::destination::Destination;
use super::error::{EditError, SaveError};
use super::undo_entry::{Back, Part, UndoPart, back, edits_of};
use crate::decode::{decode, without_file};
use crate::encode::{EncodeError, check_faithful, encode, encode_new};
use crate::filesystem::FileSystem;
use crate::guichet_toml::{OptionsFile, encode_options};
use crate::json::Document;
use crate::read::Loaded;
use crate::revision::Revision;

/// One file before and after an edit.
#[derive(Clone, PartialEq, Eq)]
pub struct FileChange {
    /// The file.
    pub path: PathBuf,
    /// What it held; `None` if it was not there.
    pub before: Option<Vec<u8>>,
    /// What it holds; `None` if it is gone.
    pub after: Option<Vec<u8>>,
}

impl FileChange {
    /// Returns the change that takes this one back.
    pub(super) fn reversed(&self) -> Self {
        Self {
            path: self.path.clone(),
            before: self.after.clone(),
            after: self.before.clone(),
        }
    }
}

impl std::fmt::Debug for FileChange {
    /// Shows the path and the lengths, not the bytes, which hold stored passwords.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let length = |bytes: &Option<Vec<u8>>| bytes.as_ref().map(Vec::len);
        formatter
            .debug_struct("FileChange")
            .field("path", &self.path)
            .field("before", &length(&self.before))
            .field("after", &length(&self.after))
            .finish()
    }
}

/// An edit: what it did, or would do.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Edited {
    /// The `directory.json` that is written, symbolic links followed.
    pub path: PathBuf,
    /// The directory before.
    pub before: Directory,
    /// The directory after; its handles are those of `before` where that has them, except for a
    /// [`rewrite`](super::DirectoryStore::rewrite).
    pub after: Directory,
    /// What `guichet.toml` says after the edit.
    pub options: OptionsFile,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// The files that change, in the order in which they are written; empty where nothing does.
    pub files: Vec<FileChange>,
    /// The revision of `directory.json` before.
    pub revision_before: Revision,
    /// The revision of `directory.json` after.
    pub revision_after: Revision,
}

/// An edit with what takes it back.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) edited: Edited,
    pub(super) undo: Vec<UndoPart>,
}

/// Works an edit out.
pub(super) fn plan<E>(
    files: &dyn FileSystem,
    destination: &Destination,
    loaded: Loaded,
    edit: impl FnOnce(&mut Directory, &OptionsFile) -> Result<Applied, E>,
) -> Result<Plan, EditError<E>> {
    let before = loaded.directory;
    let mut after = before.clone();
    let applied = edit(&mut after, &loaded.options).map_err(EditError::Refused)?;
    let Written {
        changes,
        undo,
        options,
    } = written(
        files,
        destination,
        loaded.document.as_ref(),
        (loaded.options, loaded.options_bytes),
        &before,
        &after,
    )?;
    let revision_before = if destination.exists {
        loaded.revision
    } else {
        Revision::ABSENT
    };
    let revision_after = undo
        .iter()
        .find(|part| part.part == Part::Directory)
        .map_or(revision_before, |part| part.after);
    Ok(Plan {
        edited: Edited {
            path: destination.directory.clone(),
            before,
            after,
            options,
            events: applied.events,
            files: changes,
            revision_before,
            revision_after,
        },
        undo,
    })
}

/// Works out the file of a new project.
pub(super) fn plan_new(
    destination: &Destination,
    options: OptionsFile,
    directory: &Directory,
) -> Result<Plan, SaveError> {
    let before = without_file(&options).directory;
    let text = encode_new(directory)?;
    let after = read_back(text.clone().into_bytes(), &options)?;
    let bytes = text.into_bytes();
    let revision_after = Revision::new(&bytes);
    let undo = UndoPart {
        part: Part::Directory,
        before: Revision::ABSENT,
        after: revision_after,
        back: Back::Remove,
    };
    Ok(Plan {
        edited: Edited {
            path: destination.directory.clone(),
            before,
            after,
            options,
            events: Vec::new(),
            files: vec![FileChange {
                path: destination.directory.clone(),
                before: None,
                after: Some(bytes),
            }],
            revision_before: Revision::ABSENT,
            revision_after,
        },
        undo: vec![undo],
    })
}

struct Written {
    changes: Vec<FileChange>,
    undo: Vec<UndoPart>,
    options: OptionsFile,
}

/// Returns the new bytes of both files, after checking that they mean the edited directory.
fn written(
    files: &dyn FileSystem,
    destination: &Destination,
    document: Option<&Document>,
    (options, toml): (OptionsFile, Option<Vec<u8>>),
    before: &Directory,
    after: &Directory,
) -> Result<Written, SaveError> {
    let (mut changes, mut undo) = (Vec::new(), Vec::new());
    let old_toml = toml.as_deref().unwrap_or_default();
    let new_toml = encode_options(old_toml, &options, document, before, after)?;
    let options = match &new_toml {
        None => options,
        Some(bytes) => OptionsFile::parse(bytes).map_err(|_| EncodeError::Unfaithful {
            what: "`guichet.toml` cannot be read back",
        })?,
    };
    if let Some(new) = new_toml {
        let there = destination.options_read.as_ref() == Some(&destination.options)
            || files
                .entry(&destination.options)
                .is_ok_and(|entry| entry.is_some());
        let old = toml.filter(|_| there);
        undo.push(part(Part::Options, old.as_deref(), &new, None)?);
        changes.push(FileChange {
            path: destination.writable_options()?,
            before: old,
            after: Some(new),
        });
    }
    let old = document.map(Document::as_bytes);
    let (new, patch) = match document {
        Some(document) => {
            let patch = encode(document, before, after)?;
            let text = patch.applied(document.text())?;
            (text, patch.reversed(document.text()))
        }
        None => (encode_new(after)?, None),
    };
    let new = new.into_bytes();
    let is_new = match document {
        Some(document) => document.as_bytes() != new,
        // A file is made for something to say in it, not for what `guichet.toml` says.
        None => !same_in_order(&without_file(&options).directory, after),
    };
    if is_new {
        let decoded = read_back(new.clone(), &options)?;
        check_faithful(&decoded, after)?;
        let old = old.filter(|_| destination.exists);
        let back = patch.filter(|_| destination.exists);
        undo.push(part(
            Part::Directory,
            old,
            &new,
            back.as_ref().map(edits_of),
        )?);
        changes.push(FileChange {
            path: destination.directory.clone(),
            before: old.map(<[u8]>::to_vec),
            after: Some(new),
        });
    } else if !changes.is_empty() {
        let decoded = match document {
            Some(document) => decode(document, &options)
                .map(|decoded| decoded.directory)
                .ok(),
            None => Some(without_file(&options).directory),
        };
        if let Some(decoded) = decoded {
            check_faithful(&decoded, after)?;
        }
    }
    Ok(Written {
        changes,
        undo,
        options,
    })
}

pub(super) fn part(
    part: Part,
    old: Option<&[u8]>,
    new: &[u8],
    edits: Option<Back>,
) -> Result<UndoPart, EncodeError> {
    let back = edits
        .or_else(|| back(old, new))
        .ok_or(EncodeError::Unfaithful {
            what: "the former text cannot be brought back",
        })?;
    Ok(UndoPart {
        part,
        before: old.map_or(Revision::ABSENT, Revision::new),
        after: Revision::new(new),
        back,
    })
}

fn read_back(bytes: Vec<u8>, options: &OptionsFile) -> Result<Directory, EncodeError> {
    let unreadable = EncodeError::Unfaithful {
        what: "it cannot be read back",
    };
    let Ok(document) = Document::parse(bytes) else {
        return Err(unreadable);
    };
    decode(&document, options)
        .map(|decoded| decoded.directory)
        .map_err(|_| unreadable)
}
