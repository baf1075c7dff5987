//! What makes a JSON document no directory at all.

use guichet_core::Diagnostic;
use guichet_core::visible::escaped;

use crate::json::Kind;

/// A value whose kind has no meaning where it stands, so that the file is refused whole.
///
/// Reading on as if it were not there could open what a password or a group closes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} should be {} but is {}", escaped(.what), .expected.words(), .found.words())]
pub struct Refusal {
    what: String,
    expected: Kind,
    found: Kind,
}

impl Refusal {
    /// Says that something is of the wrong kind.
    pub(super) const fn new(what: String, expected: Kind, found: Kind) -> Self {
        Self {
            what,
            expected,
            found,
        }
    }
}

impl Diagnostic for Refusal {
    fn code(&self) -> &'static str {
        "wrong-kind"
    }

    fn help(&self) -> Option<String> {
        let advice = match self.expected {
            Kind::Array => "Write a list of names in square brackets.",
            Kind::String => "Write a text in quotation marks.",
            _ => "Write an object in braces, as 4D does.",
        };
        Some(advice.to_owned())
    }
}
