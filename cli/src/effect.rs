//! What a command changes beside answering.

/// What a command changes; it decides which of the global flags it can honour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing: it only answers.
    Reads,
    /// A directory, or a file made of one: `--dry-run` tries it, `--as` says who does it.
    Edits,
    /// The settings of a git repository: `--dry-run` tries it.
    SetsUp,
    /// The ledger of seats.
    Records,
}

impl Effect {
    /// Returns whether `--dry-run` can show the change first.
    pub(crate) const fn can_be_tried(self) -> bool {
        match self {
            Self::Edits | Self::SetsUp => true,
            Self::Reads | Self::Records => false,
        }
    }

    /// Returns whether `--as` can say who makes the change.
    pub(crate) const fn has_an_editor(self) -> bool {
        match self {
            Self::Edits => true,
            Self::Reads | Self::SetsUp | Self::Records => false,
        }
    }

    /// Returns what is done already when only the answer is missing, and how to see it; what an edit
    /// did its answer knows ([`Made`]).
    pub(crate) const fn done(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Reads | Self::Edits => None,
            Self::SetsUp => Some((
                "the repository was set up",
                "`guichet git install --dry-run` shows what is left to do.",
            )),
            Self::Records => Some((
                "the ledger was changed",
                "`guichet session list` and `guichet seats status` show it.",
            )),
        }
    }
}

/// What was changed by the time that an answer is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Made {
    /// Nothing: the command answers, was only tried, or found nothing to do.
    Nothing,
    /// An edit of the directory.
    Edit,
    /// A file that is not the directory that counts.
    File,
}

impl Made {
    /// Returns what is done already when only the answer is missing, and what to do then.
    pub(crate) const fn done(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Nothing => None,
            Self::Edit => Some((
                "the edit was saved",
                "Do not repeat it. See `guichet log`; `guichet undo` undoes it.",
            )),
            Self::File => Some(("the file was written", "Look at it before you repeat it.")),
        }
    }
}
