//! Answers with the names in them, to print or to write as JSON.
//!
//! [`Policy::check`], [`Policy::who_can`] and the others answer in handles; these answers can be read
//! without the directory.

use guichet_core::{Directory, Grantee, GroupHandle, User, UserHandle, UserKind};

use crate::access::Access;
use crate::decision::{Decision, Reason};
use crate::error::AccessError;
use crate::names::{group_name, user_name};
use crate::path::{ChainCount, Path};
use crate::policy::Policy;

/// The most chains that an [`Explained`] has; a dense hierarchy has more of them than anyone could
/// read.
const MOST_PATHS: usize = 1_000;

/// A user's name with what the user is; serialised it is the name alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct Person {
    /// The name.
    pub name: String,
    /// Whether it is one of the built-in users.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub kind: UserKind,
}

/// The answer to one question: may this user do that?
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Answer {
    /// The user who is asked about.
    pub user: Person,
    /// The access, and the answer.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub verdict: Verdict,
    /// The names along the chain that makes the user a member, the user's first; empty where it is not
    /// membership that decides.
    pub path: Vec<String>,
}

/// An access, and whether somebody has it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Verdict {
    /// The access, as the command line spells it.
    pub access: String,
    /// Whether the user has it.
    pub allowed: bool,
    /// Why, in one word.
    pub reason: Reason,
    /// The group, where membership is asked for.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub group: Option<String>,
    /// The groups of the chain, the one that holds the user directly first.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub chain: Vec<String>,
    /// Who the directory gives the access to.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub granted_to: Vec<Grantee>,
}

/// An answer with everything that leads to it, or with what is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Explained {
    /// The answer.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub answer: Answer,
    /// What leads to it, or what is missing.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub more: More,
    /// The groups that the user is in.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub own_groups: Vec<String>,
}

/// What an explanation adds to its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(untagged))]
pub enum More {
    /// To one that allows: every shortest chain.
    Allowed {
        /// The first thousand of them.
        paths: Vec<Vec<String>>,
        /// How many there are.
        path_count: u64,
        /// Whether the count is exact; otherwise there are more.
        path_count_exact: bool,
    },
    /// To one that denies: what is missing.
    Denied {
        /// The groups in one of which the user would have to be placed, nearest first.
        would_allow: Vec<String>,
        /// The chain from a group of the user down to the granted one, which is on the wrong side.
        nearest_miss: Option<Vec<String>>,
    },
}

/// Everybody who has an access.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Audience {
    /// The access, as the command line spells it.
    pub access: String,
    /// Who the directory gives it to: `everyone`, `nobody` or `group`.
    pub grantee: &'static str,
    /// The group, or the first of several.
    pub group: Option<String>,
    /// Every group that it is given to, several for SQL.
    pub groups: Vec<String>,
    /// Everybody who has it, in the order of their numbers.
    pub users: Vec<Person>,
    /// Why they have it.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub grounds: Grounds,
    /// Who the directory gives it to, by name.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub granted_to: Vec<Grantee>,
}

/// Why somebody has an access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Grounds {
    /// In single-user mode everyone works as the Designer.
    SingleUser,
    /// The Designer has no password, so everyone works as the Designer.
    AccessControlOff,
    /// It is a power of the built-in users.
    Power,
    /// The directory gives it.
    Granted,
    /// The directory gives it to some, and the Designer has it too.
    GrantedOrDesigner,
}

/// Everything that a user may ask for, with the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Reach {
    /// The user.
    pub user: Person,
    /// Every access of the directory, in a fixed order.
    pub access: Vec<Verdict>,
}

impl Person {
    /// Takes a user of a directory; the name of a user of another one is `?`.
    pub fn new(directory: &Directory, user: UserHandle) -> Self {
        Self {
            name: user_name(directory, user).to_owned(),
            kind: (directory.user(user)).map_or(UserKind::User, User::kind),
        }
    }
}

impl Policy {
    /// Decides as [`check`](Self::check), in names.
    ///
    /// ```
    /// use guichet_core::{DirectoryBuilder, GroupName, Mode, Options, UserName};
    /// use guichet_policy::{Access, Policy};
    ///
    /// let mut builder = DirectoryBuilder::new();
    /// let ann = builder.user(UserName::from_stored("Ann"));
    /// let devs = builder.group(GroupName::from_stored("Devs"));
    /// builder.members_of(devs).user("Ann");
    /// let policy = Policy::new(builder.finish(), Mode::Server, Options::default());
    /// let answer = policy.answer(ann, &Access::Group(devs))?;
    /// assert!(answer.verdict.allowed);
    /// assert_eq!(answer.verdict.access, "group:Devs");
    /// # Ok::<(), guichet_policy::AccessError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`AccessError::UnknownPlugin`]: nobody declared the plug-in.
    pub fn answer(&self, user: UserHandle, access: &Access) -> Result<Answer, AccessError> {
        Ok(self.answered(user, access, &self.check(user, access)?))
    }

    /// Explains as [`explain`](Self::explain), in names.
    ///
    /// # Errors
    ///
    /// [`AccessError::UnknownPlugin`]: nobody declared the plug-in.
    pub fn explained(&self, user: UserHandle, access: &Access) -> Result<Explained, AccessError> {
        let explanation = self.explain(user, access)?;
        let paths = &explanation.paths;
        let (path_count, path_count_exact) = match paths.count() {
            ChainCount::Exactly(count) => (count, true),
            ChainCount::More => (u64::MAX, false),
        };
        let miss = explanation.nearest_miss.as_ref();
        Ok(Explained {
            more: if explanation.decision.allowed() {
                More::Allowed {
                    paths: paths
                        .iter()
                        .take(MOST_PATHS)
                        .map(|path| self.along(&path))
                        .collect(),
                    path_count,
                    path_count_exact,
                }
            } else {
                More::Denied {
                    would_allow: self.group_names(&explanation.would_allow),
                    nearest_miss: miss.map(|miss| self.group_names(miss.chain())),
                }
            },
            own_groups: self.group_names(&self.closure().groups_of_user(user)),
            answer: self.answered(user, access, &explanation.decision),
        })
    }

    /// Lists everybody as [`who_can`](Self::who_can) does, in names.
    ///
    /// # Errors
    ///
    /// [`AccessError::UnknownPlugin`]: nobody declared the plug-in.
    pub fn audience(&self, access: &Access) -> Result<Audience, AccessError> {
        let found = self.who_can(access)?;
        let designer = self.decide(self.directory().designer(), access);
        let groups = found.grantees.iter().filter_map(Grantee::group);
        let groups: Vec<String> = groups.map(ToString::to_string).collect();
        let users = found.users.iter();
        Ok(Audience {
            access: access.describe(self.directory()).to_string(),
            grantee: found.grantees.first().unwrap_or(&Grantee::Nobody).kind(),
            group: groups.first().cloned(),
            groups,
            users: users
                .map(|user| Person::new(self.directory(), *user))
                .collect(),
            grounds: match designer.reason() {
                Reason::SingleUser => Grounds::SingleUser,
                Reason::AccessControlOff => Grounds::AccessControlOff,
                _ if *access == Access::Administration => Grounds::Power,
                Reason::Designer if !found.grantees.contains(&Grantee::Everyone) => {
                    Grounds::GrantedOrDesigner
                }
                _ => Grounds::Granted,
            },
            granted_to: found.grantees,
        })
    }

    /// Lists the answers as [`what_can`](Self::what_can) does, in names.
    pub fn reach(&self, user: UserHandle) -> Reach {
        let decisions = self.what_can(user).into_iter();
        Reach {
            user: Person::new(self.directory(), user),
            access: decisions
                .map(|(access, decision)| self.verdict(&access, &decision))
                .collect(),
        }
    }

    fn answered(&self, user: UserHandle, access: &Access, decision: &Decision) -> Answer {
        Answer {
            user: Person::new(self.directory(), user),
            verdict: self.verdict(access, decision),
            path: (decision.path()).map_or_else(Vec::new, |path| self.along(path)),
        }
    }

    fn verdict(&self, access: &Access, decision: &Decision) -> Verdict {
        let chain = decision.path().map(|path| self.group_names(path.groups()));
        Verdict {
            access: access.describe(self.directory()).to_string(),
            allowed: decision.allowed(),
            reason: decision.reason(),
            group: match access {
                Access::Group(group) => Some(group_name(self.directory(), *group).to_owned()),
                _ => None,
            },
            chain: chain.unwrap_or_default(),
            granted_to: self.named(access),
        }
    }

    fn along(&self, path: &Path) -> Vec<String> {
        path.names(self.directory()).map(str::to_owned).collect()
    }

    fn group_names(&self, groups: &[GroupHandle]) -> Vec<String> {
        let names = groups
            .iter()
            .map(|group| group_name(self.directory(), *group));
        names.map(str::to_owned).collect()
    }
}
