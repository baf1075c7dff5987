//! Traces: what users did, without what became of it, to be played again under other conditions.

use std::collections::{HashMap, HashSet};

use guichet_core::{Diagnostic, PluginKey, UserName};

use crate::entitlement::Entitlement;
use crate::event::{Event, EventKind, SeatUse};
use crate::ledger::SessionError;
use crate::moment::Moment;
use crate::session::{CloseReason, SessionId};

/// One thing that somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceStep {
    /// When.
    pub at: Moment,
    /// What.
    pub action: TraceAction,
}

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TraceAction {
    /// Opened a session.
    Open {
        /// The session.
        session: SessionId,
        /// The account.
        user: UserName,
    },
    /// Asked for a seat.
    Ask {
        /// The session.
        session: SessionId,
        /// The plug-in.
        plugin: PluginKey,
        /// Whether the account was entitled when the trace was recorded.
        entitled: bool,
    },
    /// Ended a session.
    Close {
        /// The session.
        session: SessionId,
        /// Why it ended.
        reason: CloseReason,
    },
    /// Bought or gave up seats.
    Entitle {
        /// The plug-in.
        plugin: PluginKey,
        /// What is owned from then on.
        entitlement: Entitlement,
    },
}

/// A step that cannot follow the ones before it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("step {} of the trace is impossible: {cause}", .index + 1)]
pub struct TraceError {
    /// The place of the step, from 0.
    pub index: usize,
    /// What is wrong with it.
    pub cause: SessionError,
}

impl Diagnostic for TraceError {
    fn code(&self) -> &'static str {
        "illegal-trace"
    }

    fn help(&self) -> Option<String> {
        Some(
            "Start the trace before its sessions open, and open each session before it asks."
                .to_owned(),
        )
    }
}

/// A recorded history as steps that can be played again.
///
/// Every session is opened before it asks or ends, and not twice at once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    steps: Vec<TraceStep>,
}

impl Trace {
    /// Takes steps in the order in which they happened.
    ///
    /// # Errors
    ///
    /// [`TraceError`] for a step about a session that is not open, or one that opens it twice.
    pub fn new(steps: Vec<TraceStep>) -> Result<Self, TraceError> {
        let mut open: HashSet<&SessionId> = HashSet::new();
        for (index, step) in steps.iter().enumerate() {
            let cause = match &step.action {
                TraceAction::Open { session, .. } if !open.insert(session) => {
                    let session = session.clone();
                    SessionError::AlreadyOpen { session }
                }
                TraceAction::Ask { session, .. } if !open.contains(session) => {
                    SessionError::not_open(session)
                }
                TraceAction::Close { session, .. } if !open.remove(session) => {
                    SessionError::not_open(session)
                }
                _ => continue,
            };
            return Err(TraceError { index, cause });
        }
        Ok(Self { steps })
    }

    /// Takes what users did from the whole history of a ledger.
    ///
    /// An account counts as entitled at a request unless the record says that it was not.
    ///
    /// # Errors
    ///
    /// [`TraceError`] when the events do not start with the first one of their ledger.
    pub fn from_events(events: impl IntoIterator<Item = Event>) -> Result<Self, TraceError> {
        let asks = |seat: SeatUse, entitled| TraceAction::Ask {
            session: seat.session,
            plugin: seat.plugin,
            entitled,
        };
        let step = |event: Event| {
            let action = match event.kind {
                EventKind::SessionOpened { session, user } => TraceAction::Open { session, user },
                EventKind::SessionClosed {
                    session, reason, ..
                } => TraceAction::Close { session, reason },
                EventKind::SeatGranted(seat) | EventKind::SeatHeld(seat) => asks(seat, true),
                EventKind::SeatRefused(seat, reason) => asks(seat, reason.is_shortage()),
                EventKind::EntitlementChanged {
                    plugin,
                    entitlement,
                } => TraceAction::Entitle {
                    plugin,
                    entitlement,
                },
                EventKind::SeatReleased { .. } => return None, // follows from the end of a session
            };
            Some(TraceStep {
                at: event.at,
                action,
            })
        };
        Self::new(events.into_iter().filter_map(step).collect())
    }

    /// Returns the steps.
    pub fn steps(&self) -> &[TraceStep] {
        &self.steps
    }

    /// Returns the part of each plug-in: its requests and what is owned of it, with the sessions that
    /// ask for it. O(steps): a session is in as many parts as it asks for plug-ins.
    pub(super) fn parts(&self) -> HashMap<PluginKey, Self> {
        let mut parts: HashMap<&PluginKey, Vec<TraceStep>> = HashMap::new();
        let mut open: HashMap<&SessionId, (&TraceStep, HashSet<&PluginKey>)> = HashMap::new();
        for step in &self.steps {
            match &step.action {
                TraceAction::Open { session, .. } => {
                    open.insert(session, (step, HashSet::new()));
                }
                TraceAction::Ask {
                    session, plugin, ..
                } => {
                    let part = parts.entry(plugin).or_default();
                    if let Some((opened, asked)) = open.get_mut(session)
                        && asked.insert(plugin)
                    {
                        part.push((*opened).clone());
                    }
                    part.push(step.clone());
                }
                TraceAction::Close { session, .. } => {
                    let asked = open.remove(session).map(|(_, asked)| asked);
                    for plugin in asked.into_iter().flatten() {
                        parts.entry(plugin).or_default().push(step.clone());
                    }
                }
                TraceAction::Entitle { plugin, .. } => {
                    parts.entry(plugin).or_default().push(step.clone());
                }
            }
        }
        let parts = parts.into_iter();
        parts
            .map(|(plugin, steps)| (plugin.clone(), Self { steps }))
            .collect()
    }

    /// Returns the plug-ins that are asked for or entitled, in the order of first mention.
    pub fn plugins(&self) -> Vec<PluginKey> {
        let mut seen = HashSet::new();
        let mentioned = self.steps.iter().filter_map(|step| match &step.action {
            TraceAction::Ask { plugin, .. } | TraceAction::Entitle { plugin, .. } => Some(plugin),
            TraceAction::Open { .. } | TraceAction::Close { .. } => None,
        });
        mentioned
            .filter(|plugin| seen.insert(*plugin))
            .cloned()
            .collect()
    }
}
