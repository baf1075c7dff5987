//! Reading whatever somebody names, however long it is.

use std::io::{self, Read};
use std::path::Path;

use super::{Entry, FileSystem};
use crate::error::{Operation, PathError};

/// Reads a file, a pipe or a device to its end, if that comes after at most so many bytes.
///
/// A longer ordinary file is not opened; of anything else one byte more is read.
///
/// # Errors
///
/// What the system says; an error of the kind [`FileTooLarge`](io::ErrorKind::FileTooLarge) for one that is longer.
///
/// # Examples
///
/// ```
/// use guichet_storage::filesystem::{Disk, read_at_most};
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("questions.tsv");
/// std::fs::write(&path, "Ann\tdesign\n")?;
/// assert_eq!(read_at_most(&Disk, &path, 100)?, b"Ann\tdesign\n");
/// let error = read_at_most(&Disk, &path, 10).unwrap_err();
/// assert_eq!(error.kind(), std::io::ErrorKind::FileTooLarge);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn read_at_most(files: &dyn FileSystem, path: &Path, most: u64) -> Result<Vec<u8>, PathError> {
    let failed = |operation| move |error| PathError::new(operation, path, error);
    let missing = |why| Err(io::Error::new(io::ErrorKind::NotFound, why));
    let bytes = match files.entry(path).map_err(failed(Operation::Inspect))? {
        None => missing("the file does not exist"),
        Some(Entry::BrokenLink) => missing("it is a broken symbolic link"),
        Some(Entry::File { length }) if length > most => Err(too_large(most)),
        Some(_) => files.read_at_most(path, most),
    };
    bytes.map_err(failed(Operation::Read))
}

/// Reads to the end, if that comes after at most so many bytes, such as those of standard input.
///
/// # Errors
///
/// What the reader says; an error of the kind [`FileTooLarge`](io::ErrorKind::FileTooLarge) where there are more, of
/// which one is read.
pub fn read_to_end(reader: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    within(bytes, most)
}

/// Returns bytes if they are not too many.
pub(super) fn within(bytes: Vec<u8>, most: u64) -> io::Result<Vec<u8>> {
    match u64::try_from(bytes.len()) {
        Ok(length) if length <= most => Ok(bytes),
        _ => Err(too_large(most)),
    }
}

fn too_large(most: u64) -> io::Error {
    let why = format!("it is longer than {most} bytes");
    io::Error::new(io::ErrorKind::FileTooLarge, why)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::io::{ErrorKind, Read as _, repeat};

    use super::read_to_end;

    /// Somebody may pipe the wrong thing, or one without an end.
    #[test]
    fn reading_stops_at_the_limit() {
        let mut endless = repeat(b' ').take(1_000_000);
        let error = read_to_end(&mut endless, 100).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::FileTooLarge);
        assert_eq!(endless.limit(), 1_000_000 - 101);
        let bytes = read_to_end(repeat(b' ').take(100), 100).unwrap();
        assert_eq!(bytes.len(), 100);
    }
}
