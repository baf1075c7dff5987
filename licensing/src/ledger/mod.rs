//! The ledger: the pure state machine of sessions and seats.

mod apply;
mod checks;
mod decide;
mod error;
mod moments;
mod plugin_seats;
mod view;

use std::collections::HashMap;

use guichet_core::identity::folded_name;
use guichet_core::{PluginKey, UserName};

use crate::event::Sequence;
use crate::moment::Moment;
use crate::refusal::Refusal;
use crate::session::SessionId;

pub use decide::{Take, TakeOutcome};
pub use error::{Flaw, ReplayError, SessionError};
use moments::Moments;
use plugin_seats::{AccountIndex, PluginSeats};
pub use view::{Holder, OpenSession, Peak, PluginUse};

/// A dense number of a plug-in inside one ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct PluginIndex(u32);

#[derive(Debug, Clone, PartialEq, Eq)]
struct SessionState {
    account: AccountIndex,
    opened: Moment,
    sequence: Sequence,
    // INVARIANT: the plug-ins whose seat has this session, in the order of first use.
    uses: Vec<PluginIndex>,
}

/// Who has which session open and holds which seat, as the events so far have made it.
///
/// A ledger decides and remembers; it knows no file, no clock and no group. Each request is first
/// *decided*, which makes events and changes nothing, and the events are then *applied*: a durable
/// ledger writes them down in between. Applying the same events again gives an equal ledger.
///
/// The rules (4D's page on `SET PLUGIN ACCESS`, decisions D28 and D29):
///
/// - a seat is one licence of one plug-in held by one user account, whatever the number of its
///   sessions that use it; accounts are told apart by decision D7;
/// - an account that holds a seat keeps it until the last session that uses it ends, whatever becomes of
///   the account, its groups or the plug-in's group;
/// - a session that does not use the seat yet may join it only while the account is entitled;
/// - a seat is refused, in this order, because the account is not entitled, because nothing is
///   owned, because everything owned is in use;
/// - when less is owned than is in use nobody loses a seat, and nobody gets one.
///
/// Asking, opening and the lookup of an account are O(1) on average, using a seat O(log n) in the
/// sessions of that seat, closing O(plug-ins the session used); nothing scans all sessions.
///
/// ```
/// use guichet_core::{AdmissionReason, PluginKey, UserName};
/// use guichet_licensing::{Entitlement, Ledger, Limit, Moment, SessionId, TakeOutcome};
///
/// let write = PluginKey::from_stored("write");
/// let now = Moment::EPOCH;
/// let everyone = |_: &UserName, _: &PluginKey| AdmissionReason::Everyone;
/// let mut ledger = Ledger::new();
/// ledger.entitle(&write, &Entitlement::from_limit(Limit::from_count(1)), now);
/// for (session, user) in [("a", "Ann"), ("b", "Bob")] {
///     ledger.open(&SessionId::new(session)?, &UserName::from_stored(user), now)?;
/// }
/// let take = ledger.take(&SessionId::new("a")?, &write, &everyone, now)?;
/// assert_eq!(take.outcome, TakeOutcome::Granted);
/// let take = ledger.take(&SessionId::new("b")?, &write, &everyone, now)?;
/// assert_eq!(take.holders, [UserName::from_stored("Ann")]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    last: Sequence,
    moments: Moments,
    // The name of each account, as its latest session spells it.
    accounts: Vec<UserName>,
    // INVARIANT: folded name (decision D7) to place in `accounts`, for every account.
    account_names: HashMap<String, AccountIndex>,
    sessions: HashMap<SessionId, SessionState>,
    plugins: Vec<(PluginKey, PluginSeats)>,
    // INVARIANT: key to place in `plugins`, for every plug-in.
    plugin_keys: HashMap<PluginKey, PluginIndex>,
    // INVARIANT: the seats that the session just closed has left, last to be freed first; empty
    // between two requests.
    left: Vec<LeftSeat>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct LeftSeat {
    session: SessionId,
    account: AccountIndex,
    plugin: PluginIndex,
}

impl Ledger {
    /// Starts without a session, a seat or an entitlement.
    pub fn new() -> Self {
        Self::default()
    }

    fn account_name(&self, index: AccountIndex) -> Option<&UserName> {
        self.accounts.get(index.0 as usize)
    }

    fn account_index(&self, name: &UserName) -> Option<AccountIndex> {
        self.account_names.get(&folded_name(name.as_str())).copied()
    }

    fn plugin(&self, index: PluginIndex) -> Option<&PluginSeats> {
        self.plugins.get(index.0 as usize).map(|(_, seats)| seats)
    }

    fn plugin_mut(&mut self, index: PluginIndex) -> Option<&mut PluginSeats> {
        let entry = self.plugins.get_mut(index.0 as usize);
        entry.map(|(_, seats)| seats)
    }

    fn plugin_by_key(&self, key: &PluginKey) -> Option<&PluginSeats> {
        self.plugin(*self.plugin_keys.get(key)?)
    }

    /// Returns why the next seat of a plug-in would be refused, if seats are missing.
    pub(crate) fn shortage(&self, plugin: &PluginKey, at: Moment) -> Option<Refusal> {
        let seats = self.plugin_by_key(plugin);
        seats.map_or_else(
            || PluginSeats::default().shortage(at),
            |seats| seats.shortage(at),
        )
    }
}
