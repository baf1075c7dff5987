//! Decides who may reach what in a 4D application, and explains why.
//!
//! Pure: a [`Directory`](guichet_core::Directory) goes in, answers come out; no file, no clock, no
//! output. A [`Policy`] is an immutable snapshot that threads share without a lock.
//!
//! # Vocabulary
//!
//! | word | type | meaning |
//! |---|---|---|
//! | snapshot | [`Snapshot`], [`Published`] | the engine of the closure, for programs that ask very often and edit in between |
//! | closure | [`Closure`] | who is *effectively* in which group: members of a nested group are members of its container |
//! | path | [`Path`], [`ShortestPaths`] | the chain user → group → container → … that makes somebody a member |
//! | cycle | [`Cycle`], [`ClosedChain`] | groups that contain one another; each then has the members of all |
//! | removal | [`CycleRemoval`] | the memberships to remove from a cycle, and what access that costs |
//! | access | [`Access`] | what is asked for: an area, an SQL right, a plug-in, a group, administration |
//! | decision | [`Decision`] | yes or no with its [`Reason`]: an [`Allowance`] or a [`Denial`] |
//! | answer | [`Answer`], [`Explained`], [`Audience`], [`Reach`] | the same with the names in it, to print or to write as JSON |
//! | explanation | [`Explanation`] | a decision with all its paths, or with what would help |
//! | hierarchy | [`Hierarchy`], [`Outline`], [`Layout`] | groups as a drawing shows them: what is below what, and where |
//! | roster | [`Roster`] | the whole closure both ways, everybody by a label of their own |
//! | impact | [`impact()`], [`impact_of_edit`], [`Effect`] | what an edit means for people: who gains or loses what, one by one or grouped |
//! | lint | [`lint`] | what is odd or risky in a directory: rules, findings, fixes |
//! | login | [`Login`], [`DesignEnvironment`] | what a person meets before any access |
//! | suite | [`suite`] | policy tests as data: questions with the answers that are expected |
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
//! builder.credential(designer, Credential::from_stored("AAAAAAAAAAAAAAAAAAAAAA=="));
//! let gina = builder.user(UserName::from_stored("Gina"));
//! let andy = builder.user(UserName::from_stored("Andy"));
//! let accounting = builder.group(GroupName::from_stored("Accounting"));
//! let finance = builder.group(GroupName::from_stored("Finance"));
//! let management = builder.group(GroupName::from_stored("General Mgmt"));
//! builder.members_of(accounting).group("Finance");
//! builder.members_of(finance).group("General Mgmt");
//! builder.members_of(accounting).user("Andy");
//! builder.members_of(management).user("Gina");
//! builder.grant_area(&AccessArea::Design, &Grantee::parse("Finance"));
//!
//! let policy = Policy::new(builder.finish(), Mode::Server, Options::default());
//! assert!(policy.check(gina, &Access::Design)?.allowed());
//!
//! let explanation = policy.explain(andy, &Access::Design)?;
//! assert_eq!(explanation.decision.reason(), Reason::NotMember);
//! assert_eq!(explanation.would_allow, [finance, management]);
//! // Andy is in Accounting, which contains Finance: near, but on the wrong side.
//! let miss = explanation.nearest_miss.ok_or("there is one")?;
//! assert_eq!(miss.chain(), [accounting, finance]);
//!
//! assert_eq!(policy.who_can(&Access::Design)?.users, [designer, gina]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Complexity
//!
//! With *above* and *below* for the groups that a search upward or downward meets, and the
//! memberships between them; *asked before* means that a row is there, from the second question on.
//!
//! | operation | cost |
//! |---|---|
//! | [`Snapshot::new`], [`Closure::new`], [`Policy::new`] | O(users + groups + memberships) |
//! | [`Snapshot::is_member`], [`Snapshot::closes_cycle`] | O(1) when asked before, else O(above, no higher than the goal) |
//! | [`Snapshot::groups_of_user`] | O(answer) when asked before, else O(above) + groups / 64 |
//! | [`Snapshot::users_of_group`], [`Snapshot::nested_groups`] | O(below) + (users + groups) / 64 |
//! | [`Snapshot::edit`], a user | O(the user's groups + the group's users) at worst, mostly one page of 32 lists |
//! | [`Snapshot::edit`], a group | O(below); levels are raised below it where the order was broken |
//! | [`Snapshot::after`] | the same, and once a copy of the tables of pages: (users + groups) / 32 pointers each; each page that is touched is copied |
//! | lists of a [`Closure`] | as above, and sorted by the order of the file |
//! | [`Policy::check`] | as membership; one search upward for the path when it allows |
//! | [`Policy::who_can`], nested groups | O(below), plus sorting |
//! | [`Policy::what_can`] | a check of each access |
//! | [`impact()`], [`impact_of_edit`], [`impact_with_renames`] | O(users + memberships + changes), and [`Policy::who_can`] for each access that is not open to everyone |
//! | [`Closure::all_shortest_paths`] | O(below the granted group) |
//! | one path of [`ShortestPaths`] | O(its length) |
//! | [`Closure::cycles`], [`Closure::hierarchy`] | O(groups + memberships) |
//! | [`Closure::cheapest_removals`] | O(groups + memberships) and at most eight million steps |
//! | [`lint()`](lint::lint()), [`Suite::from_today`](suite::Suite::from_today), [`coverage()`](suite::coverage()) | linear in the memberships, with the exceptions described there |
//!
//! A question that finds no row counts, and the second one for the same user makes it: O(above) +
//! groups / 64 once. Every search is iterative: a chain of 32 000 groups is an ordinary input.
//!
//! # Memory
//!
//! | what | bytes |
//! |---|---|
//! | memberships, both directions | 8 for each, and about 4 for each user and 12 for each group |
//! | tables of labels, handles, levels | 4 for each user, 12 for each group |
//! | a row | 1 run: 56; sparse: 1.2 or 2 for each group in it, up to 2 for each 1 024 groups of the span, and 60; dense: 48, and 1 bit for each group of the span |
//! | all rows | the budget: 8 MiB, or what the memberships take if that is more; then questions without a row are searches |
//!
//! Rows that an edit may change are dropped, and all of them when that is more than a quarter.
//!
//! # Features
//!
//! All are off by default.
//!
//! - `serde`: answers with names ([`Answer`]) are written as data, and findings and cycles by their
//!   `named`; costs serde and its derive macro.
//! - `suite`: policy tests are read from TOML and YAML and written as TOML; costs serde, toml and a
//!   YAML reader.
//! - `shadow`, for tests: every answer of a [`Closure`] is compared with the plain engine's
//!   ([`PlainClosure`]), and a difference panics.

mod access;
mod answers;
mod budget;
mod closure;
mod codes;
mod cycle;
mod cycle_graph;
mod decision;
mod effect;
mod engine;
mod error;
mod explain;
mod granted;
mod graph;
mod hierarchy;
mod holders;
mod impact;
pub mod lint;
mod login;
#[cfg(feature = "serde")]
mod named;
mod names;
mod path;
mod plain_closure;
mod plugins;
mod policy;
mod price;
mod removal;
mod roster;
mod search;
pub mod suite;
mod word;

pub use access::{Access, SqlAccess};
pub use answers::{Answer, Audience, Explained, Grounds, More, Person, Reach, Verdict};
pub use closure::Closure;
pub use codes::CODES;
pub use cycle::{ClosedChain, Cycle};
pub use decision::{Allowance, Decision, Denial, Reason};
pub use effect::{AffectedUser, Effect, EffectGroup, Risk, Turn};
pub use engine::{Edit, Published, SearchBuffers, Snapshot};
pub use error::AccessError;
pub use explain::{Explanation, NearestMiss};
pub use hierarchy::{GroupBox, Hierarchy, Layout, Node, Outline, OutlineRow, Shown, Spacing};
pub use holders::WhoCan;
pub use impact::{AccessChange, UserNumber, impact, impact_of_edit, impact_with_renames};
pub use login::{DesignEnvironment, Launch, Login};
pub use path::{ChainCount, Path, Paths, ShortestPaths};
pub use plain_closure::PlainClosure;
pub use policy::Policy;
pub use removal::{CycleRemoval, MembershipRemoval, RemovalProof};
pub use roster::{Labelled, Roster};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
