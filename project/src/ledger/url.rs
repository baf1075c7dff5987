//! How people name a ledger: by its path, or by a URL.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use guichet_core::Diagnostic;

/// A ledger that somebody named: a path, or `sqlite:` and a path.
///
/// ```
/// use std::path::Path;
///
/// use guichet::LedgerUrl;
///
/// let same: LedgerUrl = "sqlite:Data/seats.sqlite".parse()?;
/// assert_eq!(same, "Data/seats.sqlite".parse()?);
/// assert_eq!(same.path(), Path::new("Data/seats.sqlite"));
/// let error = guichet::Error::from("mysql:seats".parse::<LedgerUrl>().unwrap_err());
/// assert_eq!(error.code(), "not-a-ledger");
/// # Ok::<(), guichet::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LedgerUrl(PathBuf);

/// Why a text names no ledger.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerUrlError {
    /// A ledger in memory.
    #[error("a ledger in memory ends with this command")]
    InMemory,
    /// A ledger of a kind that does not exist.
    #[error("`{scheme}:…` is not a SQLite ledger")]
    OtherScheme {
        /// What the text begins with.
        scheme: String,
        /// The text.
        text: String,
    },
}

impl Diagnostic for LedgerUrlError {
    fn code(&self) -> &'static str {
        "not-a-ledger"
    }

    fn help(&self) -> Option<String> {
        Some("Name a file, as a path or as `sqlite:PATH`.".to_owned())
    }
}

impl LedgerUrl {
    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl FromStr for LedgerUrl {
    type Err = LedgerUrlError;

    fn from_str(text: &str) -> Result<Self, LedgerUrlError> {
        let (scheme, path) = text.split_once(':').unwrap_or(("", text));
        match scheme {
            _ if text.ends_with(":memory:") => Err(LedgerUrlError::InMemory),
            "sqlite" => Ok(Self(without_slashes(path).into())),
            "memory" => Err(LedgerUrlError::InMemory),
            // A single letter is a drive of Windows.
            _ if scheme.len() > 1 && scheme.chars().all(|c| c.is_ascii_alphanumeric()) => {
                Err(LedgerUrlError::OtherScheme {
                    scheme: scheme.to_owned(),
                    text: text.to_owned(),
                })
            }
            _ => Ok(Self(text.into())),
        }
    }
}

/// Returns the path of a URL without its scheme: of `///C:/x` it is `C:/x`, which is a path of Windows.
fn without_slashes(text: &str) -> &str {
    let path = text.strip_prefix("//").unwrap_or(text);
    let on_a_drive = path.strip_prefix('/').filter(|rest| {
        let mut start = rest.chars();
        start
            .next()
            .is_some_and(|letter| letter.is_ascii_alphabetic())
            && start.next() == Some(':')
    });
    on_a_drive.unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::{LedgerUrl, LedgerUrlError, Path};

    #[test]
    fn a_ledger_in_memory_is_refused_however_it_is_spelled() {
        for text in [
            "memory:",
            ":memory:",
            "sqlite::memory:",
            "sqlite://:memory:",
        ] {
            let url = text.parse::<LedgerUrl>();
            assert_eq!(url, Err(LedgerUrlError::InMemory), "{text}");
        }
    }

    #[test]
    fn a_url_names_a_path_also_on_a_drive() {
        for (text, path) in [
            ("sqlite:///C:/x/seats.sqlite", "C:/x/seats.sqlite"),
            ("sqlite:C:/x", "C:/x"),
            ("C:/x", "C:/x"),
            ("sqlite:///data/seats.sqlite", "/data/seats.sqlite"),
            ("sqlite:seats.sqlite", "seats.sqlite"),
            ("seats.sqlite", "seats.sqlite"),
        ] {
            let url = text.parse::<LedgerUrl>();
            assert_eq!(
                url.as_ref().map(LedgerUrl::path),
                Ok(Path::new(path)),
                "{text}"
            );
        }
    }
}
