//! Policy tests as data: what a team expects of its directory, asked again whenever it changes.
//!
//! | word | type | meaning |
//! |---|---|---|
//! | suite | [`Suite`], [`Case`] | questions with the answers that are expected |
//! | report | [`Report`], [`Outcome`], [`Status`] | what came of them |
//! | coverage | [`Coverage`] | which groups, memberships and grants no case looks at |
//! | today | [`Suite::from_today`] | a suite of the answers that a directory gives now |
//!
//! # The file
//!
//! TOML or YAML, with the feature `suite`. Every table may be left out; a key that is not known is an
//! error, except `seats`, which licensing reads.
//!
//! ```toml
//! [[check]]
//! name = "the intern does not see the design"   # may be left out
//! user = "Ann Lee"
//! access = "design"
//! expect = "denied"                             # or "allowed"
//! reason = "not-member"                         # may be left out
//!
//! [[check]]
//! user = "Gina"
//! access = "group:Accounting"
//! expect = "allowed"
//! path = ["General Mgmt", "Finance", "Accounting"]   # may be left out
//!
//! [[who_can]]
//! access = "plugin:write"
//! users = ["Ann Lee", "Gina"]                   # these and nobody else
//!
//! [[who_can]]
//! access = "design"
//! includes = ["Designer"]                       # or some of them
//! excludes = ["Ann Lee"]
//!
//! [[what_can]]
//! user = "Gina"
//! excludes = ["administration", "sql:DEFAULT_SCHEMA:all"]
//! ```

mod case;
mod coverage;
#[cfg(feature = "suite")]
mod file;
mod lists;
#[cfg(feature = "suite")]
mod place;
mod report;
mod run;
#[cfg(feature = "suite")]
mod table;
mod today;

pub use case::{Case, Expected, Permit, Question, Suite};
pub use coverage::{Coverage, Tally, coverage};
#[cfg(feature = "suite")]
pub use file::{Entry, SuiteError, SuiteFile, Syntax, WriteError};
pub use report::{CaseError, Failure, Outcome, Report, Status};
pub use run::run;
pub use today::Today;
