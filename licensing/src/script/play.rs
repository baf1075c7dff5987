//! Playing a script on an empty ledger.

use std::fmt;

use guichet_core::{AdmissionReason, Diagnostic, UserName};

use super::{Expectation, Script, Step};
use crate::admission::Gate;
use crate::catalogue::{PluginCatalogue, UnknownPlugin};
use crate::entitlement::{Entitlement, Entitlements};
use crate::ledger::{Ledger, SessionError, Take};
use crate::moment::Moment;
use crate::session::{CloseReason, SessionId};

/// What a script is played on.
#[derive(Clone, Copy)]
pub struct ScriptContext<'a> {
    /// Which plug-ins there are, and what people call them.
    pub catalogue: &'a PluginCatalogue,
    /// What is owned, where the script says nothing else.
    pub entitlements: &'a Entitlements,
    /// Who may use what.
    pub gate: &'a dyn Gate,
    /// When it begins; each step is a second later, so that rights with a date count as on that day.
    pub at: Moment,
}

impl fmt::Debug for ScriptContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScriptContext")
            .field("entitlements", self.entitlements)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

/// What came of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScriptOutcome {
    /// Every request was answered as expected.
    Held,
    /// One was answered otherwise; the steps after it were not played.
    Failed(Mismatch),
    /// A step cannot be played.
    Invalid(ScriptError),
}

/// A request that was answered otherwise than expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The place of the step, from 0.
    pub step: usize,
    /// What was expected, in words.
    pub expected: String,
    /// The answer, in words.
    pub got: String,
    /// Why it was refused, in a sentence.
    pub why: Option<String>,
}

/// Why a script cannot be played.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScriptError {
    /// It says what is owned of a plug-in that nobody knows.
    #[error(transparent)]
    Owned(UnknownPlugin),
    /// A step asks for a plug-in that nobody knows.
    #[error("step {}: {cause}", .step.saturating_add(1))]
    Plugin {
        /// The place of the step, from 0.
        step: usize,
        /// What is wrong.
        cause: UnknownPlugin,
    },
    /// A step is about a session that is not open, or opens one that is.
    #[error("step {}: {cause}", .step.saturating_add(1))]
    Session {
        /// The place of the step, from 0.
        step: usize,
        /// What is wrong.
        cause: SessionError,
    },
    /// A step is about an account that the directory does not have.
    #[error("step {}: no user is named `{user}`", .step.saturating_add(1))]
    User {
        /// The place of the step, from 0.
        step: usize,
        /// The name.
        user: UserName,
    },
}

impl Diagnostic for ScriptError {
    fn code(&self) -> &'static str {
        match self {
            Self::Owned(cause) | Self::Plugin { cause, .. } => cause.code(),
            Self::Session { cause, .. } => cause.code(),
            Self::User { .. } => "unknown-user",
        }
    }

    fn help(&self) -> Option<String> {
        match self {
            Self::Owned(cause) | Self::Plugin { cause, .. } => cause.help(),
            Self::Session { .. } => {
                Some("Open each session once, then ask for plug-ins, then close it.".to_owned())
            }
            Self::User { .. } => None,
        }
    }
}

/// Plays a script on an empty ledger; O(steps), as the ledger itself.
///
/// ```
/// use guichet_core::{AdmissionReason, PluginKey, UserName};
/// use guichet_licensing::script::{Expectation, ScriptOutcome, Script, ScriptContext, Step, play};
/// use guichet_licensing::{Entitlements, Limit, Moment, PluginCatalogue, SessionId};
///
/// let script = Script {
///     name: None,
///     owned: vec![("4D Write".to_owned(), Limit::from_count(0))],
///     steps: vec![
///         Step::Open { user: UserName::from_stored("Ann"), session: SessionId::new("a")? },
///         Step::Take {
///             plugin: "write".to_owned(),
///             session: SessionId::new("a")?,
///             expect: Expectation::Granted,
///             holders: Vec::new(),
///         },
///     ],
/// };
/// let everyone = |_: &UserName, _: &PluginKey| AdmissionReason::Everyone;
/// let played = play(&script, &ScriptContext {
///     catalogue: &PluginCatalogue::default(),
///     entitlements: &Entitlements::new(),
///     gate: &everyone,
///     at: Moment::EPOCH,
/// });
/// let ScriptOutcome::Failed(surprise) = played else { return Err("no licence is owned".into()) };
/// assert_eq!((surprise.step, surprise.got.as_str()), (1, "no-licence"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn play(script: &Script, context: &ScriptContext<'_>) -> ScriptOutcome {
    match Performance::new(script, context).and_then(|performance| performance.play(script)) {
        Ok(None) => ScriptOutcome::Held,
        Ok(Some(surprise)) => ScriptOutcome::Failed(surprise),
        Err(error) => ScriptOutcome::Invalid(error),
    }
}

/// A script that is being played.
struct Performance<'a> {
    context: &'a ScriptContext<'a>,
    ledger: Ledger,
}

impl<'a> Performance<'a> {
    fn new(script: &Script, context: &'a ScriptContext<'a>) -> Result<Self, ScriptError> {
        let mut entitlements = context.entitlements.clone();
        for (plugin, owned) in &script.owned {
            let plugin = context
                .catalogue
                .resolve(plugin)
                .map_err(ScriptError::Owned)?;
            entitlements.set(plugin.key.clone(), Entitlement::from_limit(*owned));
        }
        let mut ledger = Ledger::new();
        ledger.entitle_all(&entitlements, context.at);
        Ok(Self { context, ledger })
    }

    fn play(mut self, script: &Script) -> Result<Option<Mismatch>, ScriptError> {
        for (number, step) in script.steps.iter().enumerate() {
            let seconds = u32::try_from(number).unwrap_or(u32::MAX);
            let at = self.context.at.plus_seconds(seconds);
            let not_possible = |cause| ScriptError::Session {
                step: number,
                cause,
            };
            match step {
                Step::Open { user, session } => {
                    self.ledger.open(session, user, at).map_err(not_possible)?;
                }
                Step::Close { session } => {
                    let closed = self.ledger.close(session, CloseReason::Closed, at);
                    closed.map_err(not_possible)?;
                }
                Step::Take {
                    plugin,
                    session,
                    expect,
                    holders,
                } => {
                    let take = self.take(number, plugin, session, at)?;
                    if let Some(surprise) = Self::surprise(number, &take, *expect, holders) {
                        return Ok(Some(surprise));
                    }
                }
            }
        }
        Ok(None)
    }

    fn take(
        &mut self,
        step: usize,
        plugin: &str,
        session: &SessionId,
        at: Moment,
    ) -> Result<Take, ScriptError> {
        let found = self.context.catalogue.resolve(plugin);
        let found = found.map_err(|cause| ScriptError::Plugin { step, cause })?;
        let take = self.ledger.take(session, &found.key, self.context.gate, at);
        let take = take.map_err(|cause| ScriptError::Session { step, cause })?;
        match self.context.gate.standing(&take.user, &take.plugin) {
            AdmissionReason::UnknownUser => Err(ScriptError::User {
                step,
                user: take.user,
            }),
            _ => Ok(take),
        }
    }

    fn surprise(
        step: usize,
        take: &Take,
        expect: Expectation,
        holders: &[UserName],
    ) -> Option<Mismatch> {
        let mut expected: Vec<&UserName> = holders.iter().collect();
        let mut found: Vec<&UserName> = take.holders.iter().collect();
        expected.sort_unstable();
        found.sort_unstable();
        let holders_as_expected = expected.is_empty() || expected == found;
        if expect.is_met_by(take.outcome) && holders_as_expected {
            return None;
        }
        let with_holders = |word: &str, holders: &[UserName]| match holders {
            [] => word.to_owned(),
            holders => format!("{word}, held by {}", listed(holders)),
        };
        // The holders say it when all seats are in use.
        let why = take.advice.as_ref().filter(|_| take.holders.is_empty());
        Some(Mismatch {
            step,
            expected: with_holders(expect.as_str(), holders),
            got: with_holders(take.outcome.as_str(), &take.holders),
            why: why.map(|advice| advice.sentence.clone()),
        })
    }
}

fn listed(users: &[UserName]) -> String {
    let names: Vec<&str> = users.iter().map(UserName::as_str).collect();
    names.join(", ")
}
