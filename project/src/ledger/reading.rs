//! The sessions and seats of one moment, read without changing anything.

use guichet_core::identity::same_name;
use guichet_core::{PluginKey, UserName};
use guichet_licensing::sqlite::{LivingSession, LocalProcesses, Snapshot};
use guichet_licensing::{
    CloseReason, Event, Explanation, Ledger, Moment, OpenSession, Owned, Plan, Report, Status, When,
};

use super::LedgerError;
use crate::error::{Error, Result};
use crate::view::View;

/// The sessions and seats of one moment, with the view that counted then.
///
/// What `guichet.toml` says is owned counts, also where it was not recorded yet, and sessions that
/// have ended without being closed count as closed.
#[derive(Debug, Clone)]
pub struct Standing {
    snapshot: Option<Snapshot>,
    ledger: Ledger,
    view: View,
    at: Moment,
}

/// A session that is recorded as open.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct SessionRecord {
    /// The session, and what it uses.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub session: OpenSession,
    /// The process that it ends with.
    pub process: Option<u32>,
    /// When it ends unless it sends a heartbeat.
    pub deadline: Option<Moment>,
    /// How it has ended, in words, where it was not closed yet.
    pub ended: Option<String>,
}

impl SessionRecord {
    fn new(living: &LivingSession, ended: Option<String>) -> Self {
        Self {
            session: living.session.clone(),
            process: living.life.process().map(|mark| mark.process),
            deadline: living.deadline,
            ended,
        }
    }
}

impl Standing {
    /// Takes what was recorded; nothing where no ledger was made yet.
    pub(super) fn new(snapshot: Option<Snapshot>, view: View, when: When) -> Self {
        let snapshot = snapshot.map(|snapshot| snapshot.seen_at(&LocalProcesses, when));
        let at = when.given();
        let recorded = snapshot.as_ref().map(Snapshot::ledger);
        let mut ledger = recorded.cloned().unwrap_or_default();
        for (plugin, entitlement) in view.entitlements().iter() {
            let _: Option<Event> = ledger.entitle(plugin, entitlement, at);
        }
        Self {
            snapshot,
            ledger,
            view,
            at,
        }
    }

    /// Returns the moment.
    pub const fn at(&self) -> Moment {
        self.at
    }

    /// Returns the state of the ledger, for questions that have no method here.
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Returns the view that counted.
    pub const fn view(&self) -> &View {
        &self.view
    }

    /// Says for every plug-in who holds a seat, what was refused and what the peak was.
    pub fn status(&self) -> Status {
        let admission = self.view.admission();
        Status::new(&self.ledger, self.view.catalogue(), &admission, self.at)
    }

    /// Compares for every plug-in who may use it with what is owned.
    pub fn plan(&self) -> Plan {
        self.plan_of(&self.view)
    }

    /// Compares the same for another directory with the plug-ins and the seats of this one.
    pub fn plan_of(&self, other: &View) -> Plan {
        let owned = self.ledger.entitlements();
        Plan::new(self.view.catalogue(), &owned, &other.admission(), self.at)
    }

    /// Returns how many seats of a plug-in are owned; unknown where nobody ever said how many, which is
    /// something else than no seat.
    pub fn owned(&self, plugin: &PluginKey) -> Owned {
        let found = self.ledger.plugin_use(plugin);
        found.map_or(Owned::Unknown, |found| found.owned_at(self.at))
    }

    /// Returns the sessions that are recorded as open, in the order in which they were opened; then
    /// those of them that have ended and that the next request which writes will close.
    pub fn sessions(&self) -> Vec<SessionRecord> {
        let snapshot = self.snapshot.as_ref();
        let living = snapshot.map_or(&[][..], Snapshot::living_sessions).iter();
        let ended = snapshot.map_or(&[][..], Snapshot::ended_sessions).iter();
        living
            .map(|session| SessionRecord::new(session, None))
            .chain(ended.map(|ended| {
                let how = match ended.reason {
                    CloseReason::ProcessEnded => "its process has ended".to_owned(),
                    _ => format!("no heartbeat since {}", ended.at),
                };
                SessionRecord::new(&ended.session, Some(how))
            }))
            .collect()
    }

    /// Returns every event, in order; O(events).
    ///
    /// # Errors
    ///
    /// [`Error::Ledger`](crate::Error::Ledger): the file cannot be read any more.
    pub fn history(&self) -> Result<Vec<Event>> {
        let history = self.snapshot.as_ref().map(Snapshot::history).transpose()?;
        Ok(history.unwrap_or_default())
    }

    /// Counts the use between two moments; O(events).
    ///
    /// Without a start it begins with the first event, without an end it ends now.
    ///
    /// # Errors
    ///
    /// [`LedgerError::Backwards`]; as [`history`](Self::history); the events contradict one another.
    pub fn report(&self, from: Option<Moment>, to: Option<Moment>) -> Result<Report> {
        let events = self.history()?;
        let to = to.unwrap_or(self.at);
        let from = from.or_else(|| Some(events.first()?.at)).unwrap_or(to);
        if from > to {
            return Err(LedgerError::Backwards { from, to }.into());
        }
        Ok(Report::new(&events, from, to)?)
    }

    /// Says why an account holds a seat of a plug-in, would get one, or gets none; O(events).
    ///
    /// # Errors
    ///
    /// As [`history`](Self::history).
    pub fn explain(&self, user: &UserName, plugin: &PluginKey) -> Result<Explanation> {
        Ok(Explanation::new(
            &self.ledger,
            self.history()?,
            &self.view.admission(),
            user,
            plugin,
            self.at,
        ))
    }

    /// Finds the account that a word names: a user of the directory, or one who is gone and who is
    /// remembered by the ledger; O(events) where nobody in the directory has the name.
    ///
    /// # Errors
    ///
    /// As [`ProjectLedger::account`](super::ProjectLedger::account); as [`history`](Self::history).
    pub fn account(&self, word: &str) -> Result<UserName> {
        match super::account(&self.view, word) {
            Err(Error::Word(error)) => {
                let events = self.history()?;
                let mut names = events.iter().filter_map(|event| event.kind.user());
                let found = names.find(|name| same_name(name.as_str(), word));
                found.cloned().ok_or_else(|| error.into())
            }
            found => found,
        }
    }
}
