//! A 4D project, opened: who may do what in it, edits with their preview, seats, findings.
//!
//! # Where to start
//!
//! | you want to | start with |
//! |---|---|
//! | check an access in a service, with reload | [`Project::open`], [`Project::watch`], [`View::check`] |
//! | edit, after a preview | [`Project::preview`], [`Project::apply`], [`Project::undo`] |
//! | take a seat for a session | [`Project::ledger`], [`ProjectLedger::open_session`], [`ProjectLedger::take`] |
//! | bring in users and groups from another source | [`Wish`], [`Project::apply_wish`] |
//! | audit a directory | [`View::audience`], [`View::reach`], [`Project::lint`] |
//!
//! The README has a whole program of at most 15 lines for each.
//!
//! # Vocabulary
//!
//! | word | type | meaning |
//! |---|---|---|
//! | project | [`Project`] | a folder, or one `directory.json`, that is open |
//! | view | [`View`] | one version of its directory, with every decision drawn from it; it never changes |
//! | answer | [`Answer`], [`Explained`], [`Audience`], [`Reach`] | what a view decides, with the names in it, to print or to write as JSON |
//! | editor | [`Editor`] | who edits: 4D's rules say what they may change |
//! | outcome | [`Outcome`] | what an edit did, or would do: sentences, lines, people, seats |
//! | standing | [`Standing`] | how sessions and seats are at one moment |
//! | finding | [`Finding`] | one thing that is wrong or odd, at its place in a file |
//! | error | [`Error`] | why something was not done: code, advice, file, line, column |
//! | names | [`Names`] | looks up what people type: `ann lee`, `#3`, `4D Write`, `plugin:write` |
//!
//! # Example
//!
//! ```no_run
//! use guichet::Project;
//!
//! let project = Project::open("/srv/shop")?;
//! let view = project.current();
//! let decision = view.check(view.user("Ann Lee")?, &view.access("plugin:write")?)?;
//! println!("{}: {}", decision.allowed(), decision.reason());
//! # Ok::<(), guichet::Error>(())
//! ```

mod clock;
mod codes;
mod compare;
pub mod edit;
mod error;
mod excerpt;
mod facts;
mod finding;
#[cfg(feature = "ledger")]
mod ledger;
mod lint;
mod listings;
mod marks;
mod meaning;
mod names;
mod open;
mod outputs;
mod overlay;
mod project;
mod records;
#[cfg(feature = "stream")]
mod stream;
#[cfg(feature = "suite")]
mod suite;
mod view;
mod watch;

pub use codes::CODES;
/// The crate of the trait that [`Updates`] implements.
#[cfg(feature = "stream")]
pub use futures_core;
pub use guichet_core as core;
pub use guichet_licensing as licensing;
pub use guichet_policy as policy;
pub use guichet_storage as storage;

pub use clock::Clock;
pub use compare::{Comparison, ControlChange, Form, compare};
pub use edit::editor::{Editor, Expected};
pub use edit::outcome::Outcome;
pub use error::{Error, Result, TextFault};
pub use excerpt::{Excerpt, Excerpts, ReadBytes};
pub use facts::facts;
pub use finding::{Finding, Repair};
pub use guichet_core::{
    Absent, Change, Diagnostic, Directory, Grantee, GroupName, Mode, Severity, UserName, Wish,
};
#[cfg(feature = "ledger")]
pub use guichet_licensing::sqlite::{ClosedSession, Life};
pub use guichet_licensing::{Moment, PluginPlanChange, SessionId};
pub use guichet_policy::{
    Access, AccessError, Answer, Audience, Decision, Effect, EffectGroup, Explained, Grounds, More,
    Person, Reach, Reason, Risk, Turn, Verdict,
};
pub use guichet_storage::{Origin, Revision, UndoReach};
#[cfg(feature = "ledger")]
pub use ledger::{
    Heartbeat, LedgerError, LedgerUrl, LedgerUrlError, ProjectLedger, Replay, Replayed,
    ReplayedPlugin, SessionRecord, Standing,
};
#[cfg(all(feature = "ledger", feature = "import"))]
pub use ledger::{ImportedLicences, ImportedSeats, OtherProduct};
pub use lint::{Lint, usual_levels};
pub use listings::{AccessRecord, MemberKind, MemberRecord, SettingRecord, SettingsRecord};
pub use marks::Marks;
pub use names::{Member, NameKind, Named, Names, NotGrantable, WordError};
pub use open::OpenOptions;
pub use outputs::{Output, WorksOn};
pub use overlay::Overlay;
pub use project::Project;
pub use records::{GroupDetail, GroupRecord, PluginRecord, UserDetail, UserRecord};
#[cfg(feature = "stream")]
pub use stream::Updates;
#[cfg(feature = "suite")]
pub use suite::{Coverage, Test, TestError, TestFile, TestVerdict, TestedFile};
pub use view::View;
pub use watch::{Update, Watch};

/// The programs of the README are tests.
#[cfg(all(doctest, feature = "ledger"))]
#[doc = include_str!("../README.md")]
struct Readme;

/// So are those of the how-to page.
#[cfg(all(doctest, feature = "ledger"))]
#[doc = include_str!("../../docs/how-to/embed-a-crate.md")]
struct HowTo;
