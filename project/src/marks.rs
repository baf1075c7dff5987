//! Marks of stored passwords: they show that a password is another one, and nothing else about it.
//!
//! A mark is 128 bits of BLAKE3 of the stored text, under a key of 256 random bits:
//!
//! - two passwords have the same mark once in 2¹²⁸ times, so no change goes unseen;
//! - who reads marks without the key learns nothing about a password, not even whether a guess is
//!   right. Digits of a plain hash would narrow a search in a list of likely passwords.
//!
//! Marks of different keys cannot be compared. A password has the same mark for every user, so renaming a
//! user does not look like a change of the password.

use std::io;
use std::path::Path;

use guichet_storage::filesystem::{Access, FileSystem};

/// The characters of a mark: 128 bits in hexadecimal digits.
const LENGTH: usize = 32;

/// What makes the marks of stored passwords: a secret key, which `Debug` does not show.
///
/// ```
/// use guichet::Marks;
///
/// let marks = Marks::random()?;
/// let before = marks.of("AAAAAAAAAAAAAAAAAAAAAA==");
/// assert_eq!(before, marks.of("AAAAAAAAAAAAAAAAAAAAAA=="));
/// assert_ne!(before, marks.of("AAAAAAAAAAAAAAAAAAAAAB=="));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone)]
pub struct Marks([u8; blake3::KEY_LEN]);

impl Marks {
    /// Makes marks that nobody else can make, of one run only.
    ///
    /// # Errors
    ///
    /// The system has no random bytes.
    pub fn random() -> io::Result<Self> {
        let mut key = [0; blake3::KEY_LEN];
        getrandom::fill(&mut key).map_err(io::Error::other)?;
        Ok(Self(key))
    }

    /// Reads the key that [`create`](Self::create) wrote.
    ///
    /// # Errors
    ///
    /// What reading the file says; [`InvalidData`](io::ErrorKind::InvalidData): it is not a key, for
    /// instance because a crash or a full disk cut it.
    pub fn read(files: &dyn FileSystem, path: &Path) -> io::Result<Self> {
        let key = <[u8; blake3::KEY_LEN]>::try_from(files.read(path)?);
        key.map(Self).map_err(|_| io::ErrorKind::InvalidData.into())
    }

    /// Writes a new key to a file that is not there yet, for its owner only.
    ///
    /// # Errors
    ///
    /// What the disk says; [`AlreadyExists`](io::ErrorKind::AlreadyExists): something is at the path.
    pub fn create(files: &dyn FileSystem, path: &Path) -> io::Result<Self> {
        let marks = Self::random()?;
        let mut file = files.create(path, Access::Private)?;
        file.write(&marks.0)?;
        file.sync()?;
        Ok(marks)
    }

    /// Returns the mark of a stored password, in 32 hexadecimal digits.
    pub fn of(&self, stored: &str) -> String {
        let mark = blake3::keyed_hash(&self.0, stored.as_bytes());
        mark.to_hex().chars().take(LENGTH).collect()
    }
}

impl std::fmt::Debug for Marks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Marks")
    }
}
