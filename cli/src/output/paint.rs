//! Colours: what each one means, and whether to use them. Meaning never hangs on colour alone.

use anstyle::{AnsiColor, Style};
use guichet::core::UserKind;

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    /// The Designer, red as in 4D's toolbox.
    Designer,
    /// The Administrator, green as in 4D's toolbox.
    Administrator,
    /// An allowed access.
    Yes,
    /// A denied access, an error.
    No,
    /// Advice.
    Help,
    /// A heading.
    Strong,
    /// What matters less.
    Faint,
    /// Everything else.
    Plain,
}

impl Ink {
    /// Returns the ink of a user, as 4D's toolbox colours it.
    pub(crate) const fn of_user(kind: UserKind) -> Self {
        match kind {
            UserKind::Designer => Self::Designer,
            UserKind::Administrator => Self::Administrator,
            UserKind::User => Self::Plain,
        }
    }

    /// Returns how a terminal is told.
    pub(super) const fn style(self) -> Style {
        match self {
            Self::Designer => AnsiColor::Red.on_default(),
            Self::Administrator => AnsiColor::Green.on_default(),
            Self::Yes => AnsiColor::Green.on_default().bold(),
            Self::No => AnsiColor::Red.on_default().bold(),
            Self::Help => AnsiColor::Cyan.on_default().bold(),
            Self::Strong => Style::new().bold(),
            Self::Faint => Style::new().dimmed(),
            Self::Plain => Style::new(),
        }
    }
}

/// Returns the word of an answer and its ink.
pub(crate) const fn verdict(yes: bool) -> (Ink, &'static str) {
    if yes {
        (Ink::Yes, "yes")
    } else {
        (Ink::No, "no")
    }
}

/// Whether to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// With colours.
    Colour,
    /// Without.
    Plain,
}
