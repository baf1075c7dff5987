//! Users, groups, grants and changes of 4D's access system: the pure domain.
//!
//! No file, no JSON, no clock, no environment, no output: what is here can be used by a server, a
//! plug-in or a test alike.
//!
//! # Vocabulary
//!
//! | word | type | meaning |
//! |---|---|---|
//! | user | [`User`] | an account: the Designer, the Administrator, or an ordinary one |
//! | group | [`Group`] | holds users and *nested groups*; a nested group's users are users of its *container* |
//! | handle | [`UserHandle`], [`GroupHandle`] | a stable way to point at one of them in one [`Directory`] and its edited successors |
//! | id | [`UserId`], [`GroupId`] | 4D's number, which is a position and shifts when an earlier user is deleted |
//! | grantee | [`Grantee`] | who gets an access: everyone, nobody, or one group |
//! | grants | [`Grants`] | the grantee of each access area, SQL right and plug-in |
//! | directory | [`Directory`] | all of it, with its invariants |
//! | change | [`Change`] | one edit as a value: [`Directory::apply`] makes a list of them, whole or not at all |
//! | event | [`Event`] | one thing that an applied change did: a [`Delta`] with handles and numbers |
//! | difference | [`Difference`] | all in which two directories differ by meaning, delta by delta: [`compare`](compare()) finds it, [`Difference::plan`] turns it into changes |
//! | merge | [`Merge`] | two versions of a directory put together, with a [`Conflict`] where they contradict each other: [`merge`](merge()) |
//! | admission | [`Admission`] | who may use a plug-in, for decisions and for seats alike |
//! | wish | [`Wish`] | what part of a directory should be, by another source; the rest stays as it is |
//! | actor | [`Actor`] | who makes a change; [`Act`] has the table of who may make which |
//!
//! # Example
//!
//! The hierarchy of 4D's documentation: General Management is placed in Finance, Finance in
//! Accounting, so that the users of General Management are users of all three.
//!
//! ```
//! use guichet_core::{DirectoryBuilder, UserName, GroupName};
//!
//! let mut builder = DirectoryBuilder::new();
//! let ann = builder.user(UserName::from_stored("Ann"));
//! let accounting = builder.group(GroupName::from_stored("Accounting"));
//! let finance = builder.group(GroupName::from_stored("Finance"));
//! let management = builder.group(GroupName::from_stored("General Mgmt"));
//! builder.members_of(accounting).group("Finance");
//! builder.members_of(finance).group("General Mgmt");
//! builder.members_of(management).user("Ann");
//! let directory = builder.finish();
//!
//! assert_eq!(directory.find_user("ann"), Some(ann)); // case does not count (decision D7)
//! assert_eq!(directory.group(accounting).map(|g| g.groups()), Some(&[finance][..]));
//! assert_eq!(directory.user_id(ann).map(|id| id.get()), Some(3)); // after the two built-ins
//! ```
//!
//! # Complexity
//!
//! | operation | cost |
//! |---|---|
//! | look-up by name, id or handle | O(length of the name), O(1), O(1) |
//! | all users or groups in file order | O(n) |
//! | building | O(names + memberships) |
//! | editing | see [`Change`] |
//! | comparing, merging | O(n log n) in names and memberships |

mod actor;
mod admission;
mod area;
mod authority;
mod builder;
mod change;
mod codes;
pub mod commands;
mod compare;
mod credential;
mod delta;
mod diagnostic;
mod directory;
mod grantee;
mod grants;
mod group;
mod id;
pub mod identity;
pub mod limits;
mod membership;
mod merge;
mod name;
mod options;
mod password;
mod plugin;
mod position;
mod reference;
mod roster;
mod settings;
mod steps;
pub mod suggest;
mod user;
pub mod visible;
mod wish;

pub use actor::Actor;
pub use admission::{Admission, AdmissionReason, Admitted, NotAdmitted};
pub use area::{AccessArea, RestSide, SqlRight};
pub use authority::{Act, Besides, Rewrite};
pub use builder::{DirectoryBuilder, MembersBuilder, Placement};
pub use change::{
    AdministratorMembership, Applied, Change, GroupCycle, Refusal, Refused, Reversal, Rules,
    StaleReversal, WebSide,
};
pub use codes::CODES;
pub use compare::{Difference, Leftover, Plan, compare, order_only, same_in_order};
pub use credential::{Credential, PasswordKind};
pub use delta::{
    ByHandle, ByName, Delta, Event, GroupRef, MentionedGrantee, MentionedUser, Naming, Pointer,
    UserRef,
};
pub use diagnostic::{Code, Diagnostic, Severity};
pub use directory::{AccessControl, Directory};
pub use grantee::{Grantee, GroupReference, StoredGrantee};
pub use grants::{Grants, PluginGrant, SchemaGrants};
pub use group::Group;
pub use id::{GroupHandle, GroupId, IdError, UserHandle, UserId};
pub use membership::Membership;
pub use merge::{Conflict, ConflictKind, Merge, merge};
pub use name::{GroupName, MethodName, NameError, SchemaName, UserName};
pub use options::{
    AdministratorDesign, DesignerPlugins, Mode, Options, OwnPassword, PasswordCharset,
};
#[cfg(feature = "bcrypt")]
pub use password::{HashError, VerifyError};
pub use password::{Password, PasswordAttempt, PasswordError, Verdict, VerificationThrottle};
pub use plugin::{
    BuiltInPlugin, Plugin, PluginDeclaration, PluginDigitsError, PluginKey, PluginNumber,
};
pub use position::Position;
pub use reference::Reference;
pub use settings::{Settings, UserReference};
pub use user::{User, UserKind};
pub use wish::{Absent, Wish, WishError};

/// The example of the README is a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
