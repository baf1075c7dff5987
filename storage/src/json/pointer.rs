//! JSON pointers ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)): the address of a value inside a document.

use std::fmt::{self, Write as _};

/// The address of a value inside a document, as `/groups/Sales/users/3`.
///
/// In the name of a member `~` is written `~0` and `/` is written `~1`. The whole document is the empty pointer.
///
/// # Examples
///
/// ```
/// use guichet_storage::json::Pointer;
///
/// let pointer = Pointer::root().member("groups").member("In/Out").element(2);
/// assert_eq!(pointer.as_str(), "/groups/In~1Out/2");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// Returns the pointer to the whole document.
    pub const fn root() -> Self {
        Self(String::new())
    }

    /// Returns the pointer to a member of the object that this one points to.
    #[must_use]
    pub fn member(&self, name: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + name.len() + 1);
        text.push_str(&self.0);
        text.push('/');
        for character in name.chars() {
            match character {
                '~' => text.push_str("~0"),
                '/' => text.push_str("~1"),
                other => text.push(other),
            }
        }
        Self(text)
    }

    /// Returns the pointer to an element of the array that this one points to, by its index from zero.
    #[must_use]
    pub fn element(&self, index: usize) -> Self {
        let mut text = self.0.clone();
        // Writing to a string cannot fail.
        let _ = write!(text, "/{index}");
        Self(text)
    }

    /// Returns the pointer as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads a pointer; `None` if the text is neither empty nor begins with a slash.
    pub fn parse(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// Walks over the steps, decoded.
    pub fn steps(&self) -> impl Iterator<Item = String> {
        self.0
            .split('/')
            .skip(1)
            .map(|step| step.replace("~1", "/").replace("~0", "~"))
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}
