//! Why an account holds a seat, or cannot get one.

use std::fmt;

use guichet_core::identity::same_name;
use guichet_core::{AdmissionReason, Grantee, GroupName, PluginKey, UserName};

use super::status::HolderStatus;
use crate::admission::{Admission, Gate as _};
use crate::event::Event;
use crate::ledger::{Ledger, PluginUse};
use crate::moment::Moment;
use crate::refusal::Refusal;
use crate::seat_count::{Owned, SeatCount};

/// The rule that decides what a request would be answered now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The account holds a seat and is entitled.
    Holds,
    /// The account holds a seat although it is no longer entitled.
    HoldsToSessionEnd,
    /// The account would get a seat.
    Free,
    /// The account would be refused.
    Refused(Refusal),
}

impl Rule {
    /// Returns the word for programs: `holds`, `holds-to-session-end`, `free`, or the reason of the
    /// refusal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::HoldsToSessionEnd => "holds-to-session-end",
            Self::Free => "free",
            Self::Refused(reason) => reason.as_str(),
        }
    }

    /// Returns whether the account holds a seat, or would get one.
    pub const fn is_granted(self) -> bool {
        !matches!(self, Self::Refused(_))
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why an account holds, would get, or cannot get a seat of a plug-in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Explanation {
    /// The account.
    pub user: UserName,
    /// The plug-in.
    pub plugin: PluginKey,
    /// The rule that applies now.
    pub rule: Rule,
    /// The rule as a sentence.
    pub sentence: String,
    /// What to do about a refusal, with the command to type.
    pub help: Option<String>,
    /// Whether the account is entitled now as far as its groups go.
    pub entitled_now: bool,
    /// The rule that decides it.
    pub standing: AdmissionReason,
    /// Who may use the plug-in.
    #[cfg_attr(
        feature = "serde",
        serde(flatten, serialize_with = "crate::serialize::grantee")
    )]
    pub grantee: Grantee,
    /// The chain of groups from one that holds the account directly up to the plug-in's group.
    pub path: Option<Vec<GroupName>>,
    /// The seat that the account holds.
    pub seat: Option<HolderStatus>,
    /// How many seats are owned.
    pub owned: Owned,
    /// How many seats are in use.
    pub in_use: SeatCount,
    /// Who holds the seats when all are in use and the account has none.
    pub holders: Vec<UserName>,
    /// What happened, in order: the account's sessions, its requests for this plug-in, and what was
    /// owned of it.
    pub events: Vec<Event>,
}

impl Explanation {
    /// Explains from the ledger and its events; O(events).
    pub fn new(
        ledger: &Ledger,
        events: impl IntoIterator<Item = Event>,
        admission: &Admission<'_>,
        user: &UserName,
        plugin: &PluginKey,
        at: Moment,
    ) -> Self {
        let standing = admission.standing(user, plugin);
        let found = ledger.plugin_use(plugin);
        let seat = found.and_then(|found| found.holder(user));
        let owned = found.map_or(Owned::Unknown, |found| found.owned_at(at));
        let in_use = found.map_or(SeatCount::ZERO, PluginUse::in_use);
        let rule = match (&seat, Refusal::of_standing(standing)) {
            (Some(_), None) => Rule::Holds,
            (Some(_), Some(_)) => Rule::HoldsToSessionEnd,
            (None, refusal) => refusal
                .or_else(|| ledger.shortage(plugin, at))
                .map_or(Rule::Free, Rule::Refused),
        };
        let holders = match (rule, found) {
            (Rule::Refused(Refusal::Exhausted), Some(found)) => found.holders(),
            _ => Vec::new(),
        };
        let (sentence, help) = match rule {
            Rule::Holds => (
                "Its sessions share the seat until the last one that uses it ends.".into(),
                None,
            ),
            Rule::HoldsToSessionEnd => {
                let sentence = "The account is no longer entitled, but it keeps its seat until its \
                                session ends, even if its groups or the plug-in's group change.";
                (sentence.to_owned(), None)
            }
            Rule::Free => ("The account is entitled and a seat is free.".into(), None),
            Rule::Refused(refusal) => {
                let advice = refusal.advice(user, plugin, admission);
                (advice.sentence, Some(advice.help))
            }
        };
        let concerns = |event: &Event| {
            let of_user = event.kind.user();
            let of_user = of_user.is_none_or(|name| same_name(name.as_str(), user.as_str()));
            let of_plugin = event.kind.plugin().is_none_or(|key| key == plugin);
            of_user && of_plugin
        };
        Self {
            user: user.clone(),
            plugin: plugin.clone(),
            rule,
            sentence,
            help,
            entitled_now: standing.is_admitted(),
            standing,
            grantee: admission.granted_to(plugin),
            path: admission.path(user, plugin),
            seat: seat.map(|holder| HolderStatus::of(holder, plugin, admission)),
            owned,
            in_use,
            holders: holders.into_iter().map(|holder| holder.user).collect(),
            events: events.into_iter().filter(concerns).collect(),
        }
    }
}
