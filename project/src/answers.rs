//! Answers with the names in them: what a front prints, and what it hands to programs.
//!
//! [`View::check`] and its kin speak of handles; these say the same so that it can be read without the
//! directory.

use guichet_core::{Grantee, GroupHandle, User, UserHandle, UserKind};
use guichet_policy::{Access, ChainCount, Decision, Reason};

use crate::error::Result;
use crate::view::View;

/// The most chains that an [`Explained`] has; a dense hierarchy has more of them than anyone could
/// read.
const MOST_PATHS: usize = 1_000;

/// A user's name with what the user is; serialised it is the name alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Person {
    /// The name.
    pub name: String,
    /// Whether it is one of the built-in users.
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
        /// Whether there are exactly so many; else there are more.
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
    /// The directory gives it to some, and the Designer has it besides.
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

impl View {
    /// Returns a user's name with what the user is; no name for a user of another directory.
    pub fn person(&self, user: UserHandle) -> Person {
        Person {
            name: self.name_of_user(user).to_owned(),
            kind: (self.directory().user(user)).map_or(UserKind::User, User::kind),
        }
    }

    /// Returns the names of users with what they are.
    pub fn people(&self, users: &[UserHandle]) -> Vec<Person> {
        users.iter().map(|user| self.person(*user)).collect()
    }

    /// Returns the names of groups.
    pub fn group_names(&self, groups: &[GroupHandle]) -> Vec<String> {
        let names = groups.iter().map(|group| self.name_of_group(*group));
        names.map(str::to_owned).collect()
    }

    /// Decides as [`check`](Self::check), in names.
    ///
    /// ```
    /// use guichet::Project;
    ///
    /// let view = Project::open("../examples/accounting")?.current();
    /// let answer = view.answer(view.user("Ann Lee")?, &view.access("plugin:write")?)?;
    /// assert!(answer.verdict.allowed);
    /// assert_eq!(answer.path, ["Ann Lee", "General Mgmt", "Finance"]);
    /// # Ok::<(), guichet::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Access`](crate::Error::Access): nobody declared the plug-in.
    pub fn answer(&self, user: UserHandle, access: &Access) -> Result<Answer> {
        Ok(self.answered(user, access, &self.check(user, access)?))
    }

    /// Explains as [`explain`](Self::explain), in names.
    ///
    /// # Errors
    ///
    /// [`Error::Access`](crate::Error::Access): nobody declared the plug-in.
    pub fn explained(&self, user: UserHandle, access: &Access) -> Result<Explained> {
        let explanation = self.explain(user, access)?;
        let paths = &explanation.paths;
        let (path_count, path_count_exact) = match paths.count() {
            ChainCount::Exactly(count) => (count, true),
            ChainCount::More => (u64::MAX, false),
        };
        let names = |path: guichet_policy::Path| {
            let names = path.names(self.directory());
            names.map(str::to_owned).collect()
        };
        let miss = explanation.nearest_miss.as_ref();
        Ok(Explained {
            more: if explanation.decision.allowed() {
                More::Allowed {
                    paths: paths.iter().take(MOST_PATHS).map(names).collect(),
                    path_count,
                    path_count_exact,
                }
            } else {
                More::Denied {
                    would_allow: self.group_names(&explanation.would_allow),
                    nearest_miss: miss.map(|miss| self.group_names(miss.chain())),
                }
            },
            own_groups: self.group_names(&self.policy().closure().groups_of_user(user)),
            answer: self.answered(user, access, &explanation.decision),
        })
    }

    /// Lists everybody as [`who_can`](Self::who_can) does, in names.
    ///
    /// # Errors
    ///
    /// [`Error::Access`](crate::Error::Access): nobody declared the plug-in.
    pub fn audience(&self, access: &Access) -> Result<Audience> {
        let found = self.who_can(access)?;
        let designer = self.check(self.directory().designer(), access)?;
        let groups = found.grantees.iter().filter_map(Grantee::group);
        let groups: Vec<String> = groups.map(ToString::to_string).collect();
        Ok(Audience {
            access: access.describe(self.directory()).to_string(),
            grantee: found.grantees.first().unwrap_or(&Grantee::Nobody).kind(),
            group: groups.first().cloned(),
            groups,
            users: self.people(&found.users),
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
            user: self.person(user),
            access: decisions
                .map(|(access, decision)| self.verdict(&access, &decision))
                .collect(),
        }
    }

    fn answered(&self, user: UserHandle, access: &Access, decision: &Decision) -> Answer {
        let path = decision.path();
        let path = path.map(|path| path.names(self.directory()).map(str::to_owned));
        Answer {
            user: self.person(user),
            verdict: self.verdict(access, decision),
            path: path.into_iter().flatten().collect(),
        }
    }

    fn verdict(&self, access: &Access, decision: &Decision) -> Verdict {
        let chain = decision.path().map(|path| self.group_names(path.groups()));
        Verdict {
            access: access.describe(self.directory()).to_string(),
            allowed: decision.allowed(),
            reason: decision.reason(),
            group: match access {
                Access::Group(group) => Some(self.name_of_group(*group).to_owned()),
                _ => None,
            },
            chain: chain.unwrap_or_default(),
            // Of an access that is not known there is no decision.
            granted_to: self.policy().grantees(access).unwrap_or_default(),
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Person {
    fn serialize<S: serde::Serializer>(
        &self,
        serializer: S,
    ) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name)
    }
}
