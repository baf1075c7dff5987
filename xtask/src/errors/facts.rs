//! What the source of one error type says, before it is put together.

/// All that was found in the sources.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Every type, or variant of one, with its documentation and its message.
    pub(super) described: Vec<Described>,
    /// Every text that a method of a diagnostic answers with.
    pub(super) answers: Vec<Answer>,
    /// Every error that the command line makes itself.
    pub(super) raised: Vec<Raised>,
}

/// A variant of an enum, or a struct.
#[derive(Debug)]
pub(super) struct Described {
    /// The folder of its crate.
    pub(super) krate: &'static str,
    /// Its name; a struct is its own only variant.
    pub(super) variant: Variant,
    /// The first paragraph of its documentation.
    pub(super) docs: String,
    /// The text of `#[error("…")]`.
    pub(super) message: Option<String>,
}

/// The name of a variant: its type and itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Variant {
    /// The type.
    pub(super) of: String,
    /// The variant; empty for a struct.
    pub(super) name: String,
}

/// Which method of a diagnostic answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// `code`
    Code,
    /// `severity`
    Severity,
    /// `help`, and `advice` that it calls.
    Help,
}

/// The errors that an answer is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Scope {
    /// Every error of the type.
    All,
    /// These variants, named by a pattern.
    Variants(Vec<Variant>),
    /// All but these: the arm `_` of a `match` that names them.
    Rest(Vec<Variant>),
}

impl Scope {
    /// Returns whether the answer is for this variant.
    pub(super) fn covers(&self, variant: &Variant) -> bool {
        match self {
            Self::All => true,
            Self::Variants(named) => named.contains(variant),
            Self::Rest(named) => !named.contains(variant),
        }
    }
}

/// One text that a method answers with.
#[derive(Debug)]
pub(super) struct Answer {
    /// The folder of the crate.
    pub(super) krate: &'static str,
    /// The path of the file from the root.
    pub(super) path: String,
    /// The type that has the method.
    pub(super) owner: String,
    /// The method.
    pub(super) method: Method,
    /// For which of its errors.
    pub(super) scope: Scope,
    /// The text, with `{…}` where something is filled in.
    pub(super) text: String,
}

/// An error that the command line makes with `CliError::new`.
#[derive(Debug)]
pub(super) struct Raised {
    /// The path of the file from the root.
    pub(super) path: String,
    /// The code.
    pub(super) code: String,
    /// The message, where it is written beside the code.
    pub(super) message: Option<String>,
    /// The advice, likewise.
    pub(super) advice: Option<String>,
}
