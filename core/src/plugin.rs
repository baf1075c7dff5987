//! Plug-ins: their keys, their numbers, and the six that 4D's documentation names.
//!
//! The web and SOAP publication of a remote 4D count as plug-ins, because 4D counts their licences
//! as plug-in licences (*SET PLUGIN ACCESS*).

use std::fmt;
use std::sync::Arc;

use crate::codes::advice;
use crate::diagnostic::Diagnostic;

/// The key of a plug-in: what `directory.json` (`remoteGranters`) or `guichet.toml`
/// (`[plugins.KEY]`) calls it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PluginKey(Arc<str>);

impl PluginKey {
    /// Takes a key as it is in a file.
    pub fn from_stored(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// Returns the text of the key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PluginKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

impl fmt::Display for PluginKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for PluginKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for PluginKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from_stored)
    }
}

/// Why a text cannot be the digits of a plug-in: they are four ASCII digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not four digits")]
pub struct PluginDigitsError {
    text: String,
}

impl Diagnostic for PluginDigitsError {
    fn code(&self) -> &'static str {
        "plugin-digits"
    }

    fn help(&self) -> Option<String> {
        advice(self.code())
    }
}

/// The number by which 4D's language knows a plug-in.
///
/// 4D's own numbers are four ASCII digits read as a big-endian integer; third parties use others.
///
/// ```
/// use guichet_core::PluginNumber;
/// let write = PluginNumber::from_digits("0019")?;
/// assert_eq!(write.get(), 808_464_697);
/// assert_eq!(write.digits().as_deref(), Some("0019"));
/// assert_eq!(PluginNumber::new(15_000).digits(), None);
/// # Ok::<(), guichet_core::PluginDigitsError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PluginNumber(u32);

impl PluginNumber {
    /// Takes any number.
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// Reads four ASCII digits as a number.
    ///
    /// # Errors
    ///
    /// [`PluginDigitsError`] for anything but exactly four ASCII digits.
    pub fn from_digits(text: &str) -> Result<Self, PluginDigitsError> {
        let bytes: Option<[u8; 4]> = text.as_bytes().try_into().ok();
        bytes
            .filter(|bytes| bytes.iter().all(u8::is_ascii_digit))
            .map(|bytes| Self(u32::from_be_bytes(bytes)))
            .ok_or_else(|| PluginDigitsError {
                text: text.to_owned(),
            })
    }

    /// Returns the number.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// Returns the four ASCII digits of the number, if it is made of digits.
    pub fn digits(self) -> Option<String> {
        let bytes = self.0.to_be_bytes();
        bytes
            .iter()
            .all(u8::is_ascii_digit)
            .then(|| bytes.iter().map(|byte| char::from(*byte)).collect())
    }
}

impl fmt::Display for PluginNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// One of the six plug-ins of the documentation of `SET PLUGIN ACCESS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum BuiltInPlugin {
    /// 4D Client Web: web publication by a remote 4D.
    Web,
    /// 4D Client SOAP: web services published by a remote 4D.
    Soap,
    /// 4D for OCI.
    Oci,
    /// 4D Write and 4D Write Pro.
    Write,
    /// 4D View and 4D View Pro.
    View,
    /// 4D ODBC Pro.
    OdbcPro,
}

impl BuiltInPlugin {
    /// The six, in the order in which `directory.json` writes them.
    pub const ALL: [Self; 6] = [
        Self::Web,
        Self::Soap,
        Self::Oci,
        Self::Write,
        Self::View,
        Self::OdbcPro,
    ];

    /// Returns the key in `remoteGranters`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Soap => "soap",
            Self::Oci => "oci",
            Self::Write => "write",
            Self::View => "view",
            Self::OdbcPro => "odbcPro",
        }
    }

    /// Returns the name of the constant in 4D's language.
    pub const fn constant(self) -> &'static str {
        match self {
            Self::Web => "4D Client Web license",
            Self::Soap => "4D Client SOAP license",
            Self::Oci => "4D for OCI license",
            Self::Write => "4D Write license",
            Self::View => "4D View license",
            Self::OdbcPro => "4D ODBC Pro license",
        }
    }

    /// Returns the value of the constant.
    pub const fn number(self) -> PluginNumber {
        PluginNumber(match self {
            Self::Web => 808_465_209,
            Self::Soap => 808_465_465,
            Self::Oci => 808_465_208,
            Self::Write => 808_464_697,
            Self::View => 808_465_207,
            Self::OdbcPro => 808_464_946,
        })
    }

    /// Returns the plug-in as one of a catalogue; its name is the constant without `license`.
    pub fn plugin(self) -> Plugin {
        let constant = self.constant();
        Plugin {
            key: PluginKey::from_stored(self.key()),
            number: Some(self.number()),
            name: constant
                .strip_suffix(" license")
                .unwrap_or(constant)
                .to_owned(),
        }
    }
}

/// A plug-in that can be granted and licensed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plugin {
    /// What the files call it.
    pub key: PluginKey,
    /// What the language calls it; a third party's plug-in may have none declared.
    pub number: Option<PluginNumber>,
    /// What people call it.
    pub name: String,
}

/// What `guichet.toml` says of one plug-in: `[plugins.KEY]`.
///
/// For the six built-in ones, the seats; for a third party's, everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginDeclaration {
    /// The table's name.
    pub key: PluginKey,
    /// `number`: what 4D's language calls it.
    pub number: Option<PluginNumber>,
    /// `name`: what people call it.
    pub name: Option<String>,
    /// `seats`: how many licences are owned; absent = not known.
    pub seats: Option<u32>,
    /// `group`: who may use it; a built-in plug-in's group is in `directory.json` instead.
    pub grantee: Option<crate::grantee::Grantee>,
}

#[cfg(test)]
mod tests {
    use super::{BuiltInPlugin, PluginNumber};

    #[test]
    fn statement_32_the_six_constants_decode_to_their_digits() {
        let digits = [
            (808_465_465, "0049"),
            (808_465_209, "0039"),
            (808_465_208, "0038"),
            (808_464_946, "0022"),
            (808_465_207, "0037"),
            (808_464_697, "0019"),
        ];
        for (number, text) in digits {
            assert_eq!(PluginNumber::new(number).digits().as_deref(), Some(text));
            assert_eq!(
                PluginNumber::from_digits(text),
                Ok(PluginNumber::new(number))
            );
            assert!(
                BuiltInPlugin::ALL
                    .iter()
                    .any(|plugin| plugin.number().get() == number)
            );
        }
    }

    #[test]
    fn only_four_ascii_digits_are_digits() {
        for text in ["", "019", "00190", "001a", "٠٠١٩"] {
            assert!(PluginNumber::from_digits(text).is_err(), "{text}");
        }
    }
}
