//! Plug-in licences of a 4D application: catalogue, entitlements, sessions and seats.
//!
//! 4D shares out the licences of its plug-ins by group: the effective members of a plug-in's group
//! may use it, each account takes one seat, and keeps it until its session ends. This crate decides
//! that, remembers it durably, and answers for it. It asks for membership through
//! [`guichet_core::Membership`] and knows no graph; it asks no clock, and every moment is passed in.
//!
//! # Vocabulary
//!
//! | word | type | meaning |
//! |---|---|---|
//! | plug-in | [`PluginCatalogue`] | what is licensed: 4D's six, among them web and SOAP publication, and third parties' |
//! | licence | [`Entitlement`], [`Owned`] | what is owned of a plug-in: rights with dates of expiry, unlimited, or unknown |
//! | session | [`SessionId`], [`OpenSession`] | what an account opens to work |
//! | seat | [`Holder`] | one use of a licence: held by one account, shared by its sessions |
//! | gate | [`Gate`], [`Admission`] | who may use a plug-in, by the directory of the moment |
//! | event | [`Event`] | what happened, with its sequence number |
//! | ledger | [`Ledger`], `sqlite::SqliteLedger` | all of it: decided purely, and kept in a file |
//! | trace | [`Trace`] | what users did, to be played again under other conditions |
//! | script | [`script`] | what a team expects of its licences, as data |
//!
//! # The life of a seat
//!
//! What an account has of one plug-in, and what an event makes of it (decisions D28 and D29, both
//! notes of 4D's page on `SET PLUGIN ACCESS`):
//!
//! | state | the session asks | its group or the plug-in's changes | licences change | the session ends |
//! |---|---|---|---|---|
//! | no seat | the reason of the first [`Refusal`] that applies, else **granted** | – | – | – |
//! | seat, used by this session | `already-held` | kept | kept, even below what is in use | kept while another session uses it, else **released** |
//! | seat, used by other sessions of the account | entitled → `already-held`, and shared; else refused | kept | kept | kept |
//!
//! # Example
//!
//! ```
//! use guichet_core::{Credential, Directory, DirectoryBuilder, Grantee, GroupName, UserName};
//! use guichet_core::{GroupHandle, Membership, UserHandle};
//! use guichet_licensing::{
//!     Admission, CloseReason, Entitlement, Ledger, Limit, Moment, PluginCatalogue, SessionId,
//! };
//!
//! // Membership is somebody else's business; here nobody is nested.
//! struct Direct<'a>(&'a Directory);
//! impl Membership for Direct<'_> {
//!     fn is_member(&self, user: UserHandle, group: GroupHandle) -> bool {
//!         self.0.group(group).is_some_and(|group| group.users().contains(&user))
//!     }
//!     fn membership_path(&self, user: UserHandle, group: GroupHandle) -> Option<Vec<GroupHandle>> {
//!         self.is_member(user, group).then(|| vec![group])
//!     }
//! }
//!
//! let write = PluginCatalogue::default().resolve("808464697")?.key.clone();
//! let mut builder = DirectoryBuilder::new();
//! let designer = builder.as_directory().designer();
//! builder.credential(designer, Credential::from_stored("AAAAAAAAAAAAAAAAAAAAAA=="));
//! let writers = builder.group(GroupName::from_stored("Writers"));
//! for name in ["Ann", "Bob"] {
//!     builder.user(UserName::from_stored(name));
//!     builder.members_of(writers).user(name);
//! }
//! builder.grant_plugin(&write, &Grantee::parse("Writers"));
//! let directory = builder.finish();
//! let membership = Direct(&directory);
//! let gate = Admission::new(&directory, &membership);
//!
//! let now: Moment = "2026-11-20T09:00:00Z".parse()?;
//! let mut ledger = Ledger::new();
//! ledger.entitle(&write, &Entitlement::from_limit(Limit::from_count(1)), now);
//! let (a, b) = (SessionId::new("a")?, SessionId::new("b")?);
//! ledger.open(&a, &UserName::from_stored("Ann"), now)?;
//! ledger.open(&b, &UserName::from_stored("Bob"), now)?;
//! assert_eq!(ledger.take(&a, &write, &gate, now)?.outcome.as_str(), "new-seat");
//! assert_eq!(ledger.take(&a, &write, &gate, now)?.outcome.as_str(), "already-held");
//! assert_eq!(ledger.take(&b, &write, &gate, now)?.outcome.as_str(), "exhausted");
//! ledger.close(&a, CloseReason::Closed, now)?;
//! assert_eq!(ledger.take(&b, &write, &gate, now)?.outcome.as_str(), "new-seat");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Answers
//!
//! | question | answer |
//! |---|---|
//! | who holds what, what was refused, what was the peak? | [`Status`] |
//! | why does this account hold a seat, or get none? | [`Explanation`] |
//! | do the seats suffice for everybody who is entitled, also after a change of the directory? | [`Plan`], [`PlanChange`] |
//! | what would other seats or another directory have done; how many seats would have sufficed? | [`Simulation`] |
//! | how much was used between two moments? | [`Report`], `use_chart` |
//!
//! # Complexity
//!
//! | operation | cost |
//! |---|---|
//! | open a session, ask for a seat | O(1) on average, and O(log n) in the sessions that share the seat |
//! | end a session | O(plug-ins that it used) |
//! | peak, counts of refusals | kept at every event, read in O(1); who made the peak: O(seats) |
//! | a request to the durable ledger | the same, one durable commit, and O(events of others since the last request) |
//! | open a durable ledger | O(events): it is replayed and compared |
//! | status, explanation, report | O(seats), O(events), O(events) |
//! | plan | users × plug-ins questions to the gate |
//! | smallest number of seats | O(steps × answer); O(steps) where none may be refused |
//!
//! # Features
//!
//! All are on by default.
//!
//! - `sqlite`: the durable ledger, module `sqlite`; costs SQLite, compiled from C.
//! - `import`: reading `License info` and `License usage`, module `import`; costs serde and JSON.
//! - `serde`: `Serialize` on every answer, as the command line prints it; scripts are read.
//! - `chart`: the chart of a report.

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod admission;
mod answers;
mod catalogue;
#[cfg(feature = "chart")]
mod chart;
mod codes;
mod entitlement;
mod event;
#[cfg(feature = "import")]
pub mod import;
mod ledger;
mod moment;
mod refusal;
pub mod script;
mod seat_count;
#[cfg(feature = "serde")]
mod serialize;
mod session;
#[cfg(feature = "sqlite")]
pub mod sqlite;
#[cfg(feature = "sqlite")]
mod when;

pub use admission::{Admission, Gate};
pub use answers::{
    Entitled, Explanation, HolderStatus, Plan, PlanChange, PluginPlan, PluginPlanChange,
    PluginReport, PluginSimulation, PluginStatus, Report, Rule, Scenario, Share, ShareError,
    Simulation, Status, Trace, TraceAction, TraceError, TraceStep, UsePoint,
};
/// The crate of the dates and moments in this one's signatures.
pub use jiff;

pub use catalogue::{CatalogueError, PluginCatalogue, UnknownPlugin};
#[cfg(feature = "chart")]
pub use chart::use_chart;
pub use codes::CODES;
pub use entitlement::{Entitlement, EntitlementError, Entitlements, Right};
pub use event::{Event, EventKind, SeatUse, Sequence};
pub use ledger::{
    Flaw, Holder, Ledger, OpenSession, Peak, PluginUse, ReplayError, SessionError, Take,
    TakeOutcome,
};
pub use moment::{Moment, MomentError};
pub use refusal::{Advice, Refusal, RefusalCounts};
pub use seat_count::{Limit, Owned, SeatCount, SeatOverflow};
pub use session::{CloseReason, SessionId, SessionIdError};
#[cfg(feature = "sqlite")]
pub use when::{When, WhenError};
