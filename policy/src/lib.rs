//! Decides who may reach what in a 4D application, and says why.
//!
//! Pure: a [`Directory`](guichet_core::Directory) goes in, answers come out; no file, no clock, no
//! output. A [`Policy`] is an immutable snapshot that threads share without a lock.
//!
//! # Vocabulary
//!
//! | word | type | meaning |
//! |---|---|---|
//! | closure | [`Closure`] | who is *effectively* in which group: members of a nested group are members of its container |
//! | path | [`Path`], [`ShortestPaths`] | the chain user → group → container → … that makes somebody a member |
//! | cycle | [`Cycle`], [`Ring`] | groups that contain one another; each then has the members of all |
//! | cut | [`Cut`] | the memberships to remove from a cycle, and what access that costs |
//! | access | [`Access`] | what is asked for: an area, an SQL right, a plug-in, a group, administration |
//! | decision | [`Decision`] | yes or no with its [`Reason`]: an [`Allowance`] or a [`Denial`] |
//! | explanation | [`Explanation`] | a decision with all its paths, or with what would help |
//! | login | [`Login`], [`DesignEnvironment`] | what a person meets before any access |
//!
//! # Example
//!
//! The hierarchy of 4D's documentation: General Management is placed in Finance, Finance in
//! Accounting. What Accounting is granted, all three have; what General Management is granted, it
//! alone has.
//!
//! ```
//! use guichet_core::{
//!     AccessArea, Credential, DirectoryBuilder, Grantee, GroupName, Mode, Options, UserName,
//! };
//! use guichet_policy::{Access, Policy, Reason};
//!
//! let mut builder = DirectoryBuilder::new();
//! let designer = builder.as_directory().designer();
//! builder.credential(designer, Credential::stored("AAAAAAAAAAAAAAAAAAAAAA=="));
//! let gina = builder.user(UserName::stored("Gina"));
//! let andy = builder.user(UserName::stored("Andy"));
//! let accounting = builder.group(GroupName::stored("Accounting"));
//! let finance = builder.group(GroupName::stored("Finance"));
//! let management = builder.group(GroupName::stored("General Mgmt"));
//! builder.members_of(accounting).group("Finance");
//! builder.members_of(finance).group("General Mgmt");
//! builder.members_of(accounting).user("Andy");
//! builder.members_of(management).user("Gina");
//! builder.grant_area(&AccessArea::Design, &Grantee::parse("Finance"));
//!
//! let policy = Policy::new(builder.finish(), Mode::Server, Options::default());
//! assert!(policy.check(gina, &Access::Design).allowed());
//!
//! let explanation = policy.explain(andy, &Access::Design);
//! assert_eq!(explanation.decision.reason(), Reason::NotMember);
//! assert_eq!(explanation.would_allow, [finance, management]);
//! // Andy is in Accounting, which contains Finance: near, but on the wrong side.
//! let miss = explanation.nearest_miss.ok_or("there is one")?;
//! assert_eq!(miss.chain(), [accounting, finance]);
//!
//! assert_eq!(policy.who_can(&Access::Design).users, [designer, gina]);
//! # Ok::<(), &str>(())
//! ```
//!
//! # Complexity
//!
//! With *reached* for the groups that a search meets and the memberships between them:
//!
//! | operation | cost |
//! |---|---|
//! | [`Policy::new`], [`Closure::new`] | O(groups + memberships) |
//! | membership, groups of a user, containers | O(reached upward), plus sorting for lists |
//! | users of a group, nested groups, [`Policy::who_can`] | O(reached downward), plus sorting |
//! | [`Policy::check`], [`Closure::all_shortest_paths`] | O(reached downward from the granted group) |
//! | one path of [`ShortestPaths`] | O(its length) |
//! | [`Closure::cycles`] | O(groups + memberships) and one search for each cycle |
//!
//! Every search is iterative: a chain of 32 000 groups is an ordinary input.

mod access;
mod audience;
mod closure;
mod cut;
mod cycle;
mod decision;
mod engine;
mod error;
mod explain;
mod granted;
mod graph;
mod impact;
mod login;
mod path;
mod plain;
mod policy;
mod reference;
mod web;

pub use access::{Access, SqlAccess};
pub use audience::WhoCan;
pub use closure::Closure;
pub use cut::{Cut, CutMembership, CutSize};
pub use cycle::{Cycle, Ring};
pub use decision::{Allowance, Decision, Denial, Reason};
pub use engine::{Edit, Live, Scratch, Snapshot};
pub use error::AccessError;
pub use explain::{Explanation, NearestMiss};
pub use impact::{AccessChange, impact, impact_of_edit};
pub use login::{DesignEnvironment, Login, Opening};
pub use path::{Path, Paths, ShortestPaths};
pub use plain::Plain;
pub use policy::Policy;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
