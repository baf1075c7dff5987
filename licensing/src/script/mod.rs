//! Scripts of sessions and seats: what a team expects of its licences, as data.
//!
//! A script opens sessions, asks for plug-ins and says what should become of it; it is played on an
//! empty ledger, so that nothing that happens today matters. With the feature `serde` it is read from
//! the table `seats` of a file of policy tests:
//!
//! ```toml
//! [[seats]]
//! name = "two writers share two seats, the third waits"
//! owned = { write = 2 }              # or "unlimited"; the others as the caller says
//! steps = [
//!     { open = "Ann" },              # a session called `Ann`
//!     { open = "Ann", session = "laptop" },
//!     { take = "write", session = "Ann", expect = "new-seat" },
//!     { take = "write", session = "laptop", expect = "already-held" },
//!     { open = "Bob" },
//!     { take = "write", session = "Bob", expect = "granted" },
//!     { open = "Cy" },
//!     { take = "write", session = "Cy", expect = "exhausted", holders = ["Ann", "Bob"] },
//!     { close = "Bob" },
//!     { take = "write", session = "Cy", expect = "granted" },
//! ]
//! ```
//!
//! | word | type | meaning |
//! |---|---|---|
//! | script | [`Script`] | steps, and the licences that are owned meanwhile |
//! | step | [`Step`] | a session opens or ends, or asks for a plug-in and expects an answer |
//! | context | [`ScriptContext`] | what a script is played on: a directory's gate, the plug-ins, the licences |
//! | play | [`play()`], [`ScriptOutcome`] | what came of a script: held, failed at a step, or could not be played |

mod play;
#[cfg(feature = "serde")]
mod read;

use guichet_core::UserName;

pub use play::{Mismatch, ScriptContext, ScriptError, ScriptOutcome, play};

use crate::ledger::TakeOutcome;
use crate::refusal::Refusal;
use crate::seat_count::Limit;
use crate::session::SessionId;

/// Steps that are played on an empty ledger.
///
/// With the feature `serde` it is read as an entry of the table `seats`:
///
/// ```
/// # #[cfg(feature = "serde")] {
/// use guichet_licensing::script::Script;
///
/// let script: Script = toml::from_str(r#"
/// owned = { write = 1 }
/// steps = [{ open = "Ann" }, { take = "write", session = "Ann", expect = "granted" }]
/// "#)?;
/// assert_eq!(script.title(), "seats: write");
/// assert_eq!(script.steps.len(), 2);
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// What it shows.
    pub name: Option<String>,
    /// What is owned of some plug-ins, by what people call them.
    pub owned: Vec<(String, Limit)>,
    /// What happens, in this order.
    pub steps: Vec<Step>,
}

/// One thing that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// A user opens a session.
    Open {
        /// The user.
        user: UserName,
        /// The session's id; in a file the user's name unless it says another.
        session: SessionId,
    },
    /// A session asks for a plug-in.
    Take {
        /// The plug-in, by what people call it.
        plugin: String,
        /// The session.
        session: SessionId,
        /// What should become of it.
        expect: Expectation,
        /// Who should hold the seats, in any order, when none is free; not looked at when empty.
        holders: Vec<UserName>,
    },
    /// A session ends.
    Close {
        /// The session.
        session: SessionId,
    },
}

/// What should become of a request for a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Expectation {
    /// The session may use the plug-in, with a new seat or the one that its account holds.
    Granted,
    /// It may not, for whatever reason.
    Refused,
    /// Exactly this.
    Outcome(TakeOutcome),
}

impl Expectation {
    /// Every expectation.
    pub const ALL: [Self; 7] = [
        Self::Granted,
        Self::Refused,
        Self::Outcome(TakeOutcome::Granted),
        Self::Outcome(TakeOutcome::AlreadyHeld),
        Self::Outcome(TakeOutcome::Refused(Refusal::NotEntitled)),
        Self::Outcome(TakeOutcome::Refused(Refusal::NoLicence)),
        Self::Outcome(TakeOutcome::Refused(Refusal::Exhausted)),
    ];

    /// Returns the word of the file: `granted`, `refused`, or the outcome as
    /// [`TakeOutcome::as_str`] writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Outcome(outcome) => outcome.as_str(),
        }
    }

    fn is_met_by(self, outcome: TakeOutcome) -> bool {
        match self {
            Self::Granted => outcome.is_granted(),
            Self::Refused => !outcome.is_granted(),
            Self::Outcome(expected) => expected == outcome,
        }
    }
}

impl Script {
    /// Returns the name of the script, or its first request where it has none.
    pub fn title(&self) -> String {
        let asked = self.steps.iter().find_map(|step| match step {
            Step::Take { plugin, .. } => Some(plugin.as_str()),
            Step::Open { .. } | Step::Close { .. } => None,
        });
        match (&self.name, asked) {
            (Some(name), _) => name.clone(),
            (None, Some(plugin)) => format!("seats: {plugin}"),
            (None, None) => "seats".to_owned(),
        }
    }
}
