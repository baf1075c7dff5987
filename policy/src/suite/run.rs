//! Asking the questions of a suite.

use std::collections::HashSet;

use guichet_core::suggest::nearest_of;
use guichet_core::{GroupHandle, PluginKey, UserHandle};

use super::case::{Case, Expected, Permit, Question, Suite};
use super::report::{CaseError, Exercised, Failure, Outcome, Report, Status};
use crate::access::Access;
use crate::decision::{Decision, Reason};
use crate::names::{group_name, user_name};
use crate::policy::Policy;

/// Asks a policy every question of a suite.
///
/// `plugin` finds a plug-in by what people call it: its key, its number, its name. One that the
/// policy does not know makes the case invalid.
///
/// Costs what the questions cost; see [`Policy::check`], [`Policy::who_can`], [`Policy::what_can`].
///
/// ```
/// # #[cfg(feature = "suite")] {
/// use guichet_core::{Credential, DirectoryBuilder, Mode, Options, PluginKey, UserName};
/// use guichet_policy::Policy;
/// use guichet_policy::suite::{Suite, Status, run};
///
/// let mut builder = DirectoryBuilder::new();
/// let designer = builder.as_directory().designer();
/// builder.credential(designer, Credential::from_stored("AAAAAAAAAAAAAAAAAAAAAA=="));
/// builder.user(UserName::from_stored("Ann"));
/// let policy = Policy::new(builder.finish(), Mode::Server, Options::default());
///
/// let suite = Suite::from_toml(r#"
///     [[check]]
///     user = "Ann"
///     access = "administration"
///     expect = "allowed"
/// "#)?;
/// let report = run(&policy, &suite, |word| Some(PluginKey::from_stored(word)));
/// let Status::Failed(failure) = &report.outcomes[0].status else {
///     return Err("Ann may not administer".into());
/// };
/// assert_eq!(failure.got, "denied, not-entitled");
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn run(policy: &Policy, suite: &Suite, plugin: impl Fn(&str) -> Option<PluginKey>) -> Report {
    let asked = Asked {
        policy,
        plugin: &plugin,
    };
    let outcomes = suite.cases.iter().map(|case| asked.outcome(case));
    Report {
        outcomes: outcomes.collect(),
    }
}

/// Who is asked.
struct Asked<'a> {
    policy: &'a Policy,
    plugin: &'a dyn Fn(&str) -> Option<PluginKey>,
}

impl Asked<'_> {
    fn outcome(&self, case: &Case) -> Outcome {
        let mut exercised = Exercised::default();
        let answer = self.answer(&case.question, &mut exercised);
        let status = match answer {
            Ok(None) => Status::Passed,
            Ok(Some(failure)) => Status::Failed(failure),
            Err(error) => Status::Invalid(error),
        };
        Outcome {
            case: case.clone(),
            status,
            exercised,
        }
    }

    fn answer(
        &self,
        question: &Question,
        exercised: &mut Exercised,
    ) -> Result<Option<Failure>, CaseError> {
        match question {
            Question::Check {
                user,
                access,
                expect,
                reason,
                path,
            } => {
                let (user, access) = (self.user(user)?, self.access(access)?);
                let path = path
                    .iter()
                    .map(|group| self.access(&format!("group:{group}")))
                    .collect::<Result<Vec<_>, _>>()?;
                let decision = self.policy.decide(user, &access);
                note(exercised, &access, &decision);
                let wanted = Wanted {
                    expect: *expect,
                    reason: *reason,
                    path: &path,
                };
                Ok(self.compare(user, &access, &decision, &wanted))
            }
            Question::WhoCan { access, users } => self.who_can(access, users, exercised),
            Question::WhatCan { user, accesses } => self.what_can(user, accesses, exercised),
        }
    }

    fn compare(
        &self,
        user: UserHandle,
        access: &Access,
        decision: &Decision,
        wanted: &Wanted<'_>,
    ) -> Option<Failure> {
        let holds = decision.allowed() == (wanted.expect == Permit::Allowed)
            && wanted
                .reason
                .is_none_or(|reason| reason == decision.reason())
            && self.is_shortest(decision, wanted.path);
        (!holds).then(|| Failure {
            expected: self.in_words(wanted),
            got: said(decision),
            why: self.why(user, access, decision),
        })
    }

    /// Returns whether the groups are a shortest chain that a decision rests on; none need not be.
    fn is_shortest(&self, decision: &Decision, groups: &[Access]) -> bool {
        if groups.is_empty() {
            return true;
        }
        let Some(path) = decision.path() else {
            return false;
        };
        let directory = self.policy.directory();
        let groups = groups.iter().filter_map(|access| match access {
            Access::Group(group) => Some(*group),
            _ => None,
        });
        let groups: Vec<_> = groups.collect();
        let linked = groups.array_windows().all(|[nested, container]| {
            let container = directory.group(*container);
            container.is_some_and(|container| container.groups().contains(nested))
        });
        let holds_user = groups.first().is_some_and(|first| {
            let first = directory.group(*first);
            first.is_some_and(|first| first.users().contains(&path.user()))
        });
        groups.len() == path.groups().len()
            && linked
            && holds_user
            && groups.last() == path.groups().last()
    }

    fn who_can(
        &self,
        access: &str,
        users: &Expected,
        exercised: &mut Exercised,
    ) -> Result<Option<Failure>, CaseError> {
        let access = self.access(access)?;
        let expected = users.resolve(|user| self.user(user))?;
        let found = self.policy.users_with(&access);
        if let Expected::Exactly(_) = expected {
            exercised.accesses.push(access.clone());
            if self.policy.uncontrolled().is_none() {
                let granted = self.policy.granted(&access);
                exercised.groups.extend(granted.groups());
            }
        } else {
            for user in expected.named() {
                note(exercised, &access, &self.policy.decide(*user, &access));
            }
        }
        let name = |user: &UserHandle| user_name(self.policy.directory(), *user).to_owned();
        Ok(expected.failure(&found, name))
    }

    fn what_can(
        &self,
        user: &str,
        accesses: &Expected,
        exercised: &mut Exercised,
    ) -> Result<Option<Failure>, CaseError> {
        let user = self.user(user)?;
        let expected = accesses.resolve(|access| self.access(access))?;
        let every = match expected {
            Expected::Exactly(_) => self.policy.accesses(),
            Expected::Partly { .. } => Vec::new(),
        };
        let mut asked: HashSet<&Access> = HashSet::new();
        let mut found: Vec<Access> = Vec::new();
        for access in every.iter().chain(expected.named()) {
            if !asked.insert(access) {
                continue;
            }
            let decision = self.policy.decide(user, access);
            note(exercised, access, &decision);
            if decision.allowed() {
                found.push(access.clone());
            }
        }
        let directory = self.policy.directory();
        Ok(expected.failure(&found, |access| access.describe(directory).to_string()))
    }

    fn user(&self, name: &str) -> Result<UserHandle, CaseError> {
        let directory = self.policy.directory();
        directory.find_user(name).ok_or_else(|| {
            let names = directory.users().map(|(_, user)| user.name());
            CaseError::UnknownUser {
                user: name.to_owned(),
                suggestion: nearest_of(name, names.map(|name| (name.as_str(), name)))
                    .first()
                    .map(|name| (*name).clone()),
            }
        })
    }

    fn access(&self, words: &str) -> Result<Access, CaseError> {
        let access = Access::from_words(self.policy.directory(), words, self.plugin)?;
        self.policy.known(&access)?;
        Ok(access)
    }

    fn in_words(&self, wanted: &Wanted<'_>) -> String {
        let mut words = wanted.expect.as_str().to_owned();
        if let Some(reason) = wanted.reason {
            words.push_str(", ");
            words.push_str(reason.as_str());
        }
        if !wanted.path.is_empty() {
            let names = wanted.path.iter().map(|access| match access {
                Access::Group(group) => self.group_name(*group),
                _ => "?",
            });
            words.push_str(" through ");
            words.push_str(&names.collect::<Vec<_>>().join(" → "));
        }
        words
    }

    /// Why a decision is as it is: the chain, or which groups would allow it.
    fn why(&self, user: UserHandle, access: &Access, decision: &Decision) -> Option<String> {
        let directory = self.policy.directory();
        if let Some(path) = decision.path() {
            let names: Vec<&str> = path.names(directory).collect();
            return Some(names.join(" → "));
        }
        if decision.reason() != Reason::NotMember {
            return None;
        }
        let explanation = self.policy.explanation(user, access);
        let name = self.group_name(*explanation.would_allow.first()?);
        Some(match explanation.would_allow.len() {
            1 => format!("only members of `{name}` may"),
            _ => format!("only members of `{name}` may, and of the groups nested in it"),
        })
    }

    fn group_name(&self, group: GroupHandle) -> &str {
        group_name(self.policy.directory(), group)
    }
}

/// What a case of `check` wants.
struct Wanted<'a> {
    expect: Permit,
    reason: Option<Reason>,
    path: &'a [Access],
}

fn said(decision: &Decision) -> String {
    let answer = if decision.allowed() {
        Permit::Allowed
    } else {
        Permit::Denied
    };
    format!("{}, {}", answer.as_str(), decision.reason())
}

fn note(exercised: &mut Exercised, access: &Access, decision: &Decision) {
    exercised.accesses.push(access.clone());
    exercised.paths.extend(decision.path().cloned());
}
