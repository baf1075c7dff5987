//! Marks of stored passwords: they tell that a password is another one, and nothing else about it.
//!
//! A mark is 128 bits of BLAKE3 of the stored text under a key of 256 random bits. `git install` makes the
//! key once for a repository, in its git folder, readable by its owner alone. So
//!
//! - two different passwords have the same mark once in 2¹²⁸ times: no change goes unseen;
//! - whoever reads marks, in a terminal, a log or a comment of a review, and has no key, learns nothing of a
//!   hash, not even whether a guess is right: without the key a mark is as good as a random number. Digits
//!   of a plain hash would narrow a search in a list of likely passwords.
//!
//! The key is no part of what git pushes. In another clone the same password has another mark; git compares
//! marks of one clone only. One password has one mark whoever has it, so that renaming a user does not look
//! like a change of its password.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use guichet::core::Credential;
use guichet::storage::error::Operation;

use super::repository::Repository;
use crate::context::Context;
use crate::error::Result;
use crate::files;

/// Where the key lies in the git folder.
pub(super) const KEY_FILE: &str = "guichet-marks.key";
/// Bytes of a mark.
const LENGTH: usize = 16;

/// What makes marks.
#[derive(Debug)]
pub(super) struct Marks(Option<Key>);

/// A secret key; its bytes are never shown.
struct Key([u8; blake3::KEY_LEN]);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key")
    }
}

impl Marks {
    /// Takes the key of the repository that a folder is in; outside of a repository there are no marks, since
    /// nothing is compared.
    ///
    /// Where the key cannot be read, it is one that nobody else has: every password then looks changed, which
    /// is seen, while a change that is not shown would go unseen.
    pub(super) fn around(folder: &Path) -> Self {
        let key = |repository: Repository| {
            let kept = repository
                .git_folder()
                .ok()
                .map(|git| Key::read(&git.join(KEY_FILE)));
            kept.and_then(io::Result::ok).or_else(|| Key::random().ok())
        };
        Self(Repository::around(folder).ok().and_then(key))
    }

    /// Returns the mark of a stored password, in hexadecimal digits.
    pub(super) fn of(&self, password: &Credential) -> Option<String> {
        let Self(Some(Key(key))) = self else {
            return None;
        };
        let hash = blake3::keyed_hash(key, password.expose_stored_text().as_bytes());
        let digits = hash.to_hex();
        digits.get(..2 * LENGTH).map(str::to_owned)
    }
}

impl Key {
    fn random() -> io::Result<Self> {
        let mut bytes = [0; blake3::KEY_LEN];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        Ok(Self(bytes))
    }

    fn read(path: &Path) -> io::Result<Self> {
        let bytes = std::fs::read(path)?;
        let bytes = <[u8; blake3::KEY_LEN]>::try_from(bytes);
        bytes
            .map(Self)
            .map_err(|_| io::ErrorKind::InvalidData.into())
    }
}

/// Makes the key of a repository, unless it has one; tells whether there was something to do.
///
/// # Errors
///
/// What git or the system says.
pub(super) fn put_in(context: &Context<'_>, repository: &Repository) -> Result<bool> {
    let path = key_of(repository)?;
    if path.exists() {
        return Ok(false);
    }
    if !context.is_dry_run() {
        make(&path).map_err(|error| files::failure(Operation::Create, &path, error))?;
    }
    Ok(true)
}

/// Takes the key of a repository away, if it has one; tells whether there was something to do.
///
/// # Errors
///
/// What git or the system says.
pub(super) fn take_out(context: &Context<'_>, repository: &Repository) -> Result<bool> {
    let path = key_of(repository)?;
    let is_there = path.exists();
    if is_there {
        let removed = context.files().remove(&path);
        removed.map_err(|error| files::failure(Operation::Remove, &path, error))?;
    }
    Ok(is_there)
}

fn key_of(repository: &Repository) -> Result<PathBuf> {
    Ok(repository.git_folder()?.join(KEY_FILE))
}

/// Makes a key; the first one to do so decides, and nobody reads half of one.
fn make(path: &Path) -> io::Result<()> {
    let key = Key::random()?;
    let mut file = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(path))?;
    file.write_all(&key.0)?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Err(refused) if refused.error.kind() != io::ErrorKind::AlreadyExists => Err(refused.error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use guichet::core::Credential;

    use super::{KEY_FILE, Key, LENGTH, Marks, make};

    fn bcrypt(number: usize) -> Credential {
        Credential::stored(format!("$2b$10${number:0>53}"))
    }

    #[test]
    fn no_change_among_ten_thousand_goes_unseen() {
        let marks = Marks(Some(Key::random().unwrap()));
        let mut seen = HashSet::new();
        for number in 0..10_000 {
            let (before, after) = (
                marks.of(&bcrypt(2 * number)),
                marks.of(&bcrypt(2 * number + 1)),
            );
            assert_ne!(before, after);
            assert!(seen.insert(before.unwrap()) && seen.insert(after.unwrap()));
        }
        assert_eq!(marks.of(&bcrypt(1)), marks.of(&bcrypt(1)));
        assert!(seen.iter().all(|mark| mark.len() == 2 * LENGTH));
    }

    /// Under as many keys a mark of one password begins with every pair of digits about equally often, so
    /// that it says nothing of the password.
    #[test]
    fn without_the_key_no_two_digits_of_a_hash_follow_from_a_mark() {
        let mut often = [0_u32; 256];
        for _ in 0..25_600 {
            let mark = Marks(Some(Key::random().unwrap())).of(&bcrypt(7)).unwrap();
            let first = mark.get(..2).unwrap();
            often[usize::from_str_radix(first, 16).unwrap()] += 1;
        }
        // 100 each on average, with a deviation of 10: nine of them is never seen.
        assert!(
            often.iter().all(|times| (10..190).contains(times)),
            "{often:?}"
        );
    }

    #[test]
    fn a_key_is_made_once_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(KEY_FILE);
        make(&path).unwrap();
        let key = Key::read(&path).unwrap();
        make(&path).unwrap();
        assert_eq!(Key::read(&path).unwrap().0, key.0);
        let names = std::fs::read_dir(folder.path()).unwrap();
        assert_eq!(names.count(), 1, "nothing is left beside the key");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let file = std::fs::metadata(&path).unwrap();
            assert_eq!(file.permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn outside_of_a_repository_nothing_is_compared() {
        assert_eq!(Marks(None).of(&bcrypt(1)), None);
    }
}
