//! A suite of the answers that a directory gives now.

use std::collections::HashSet;

use guichet_core::{Grantee, GroupHandle, PluginKey, UserHandle};

use super::case::{Case, Expected, Question, Suite};
use crate::access::Access;
use crate::policy::Policy;
use crate::search::{components, downward};

/// How much a suite of today's answers says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Today {
    /// Who can reach each access that is not open to everyone, and who is in the groups that no
    /// access is given to.
    #[default]
    Accesses,
    /// That, and what each user can reach.
    Users,
}

impl Suite {
    /// Writes down what a policy answers today, so that a later directory can be compared with it.
    ///
    /// Under access control it looks at every group, membership and grant: [`coverage`] finds nothing
    /// untested, except for REST on the other kind of 4D and what has no name of its own. A user, a
    /// group or an access that its own name does not find, because another one has the same name, is
    /// left out.
    ///
    /// O(groups + memberships + names that are written): each group that nothing contains and nothing
    /// is given to gets the list of all its users, and so does one group of each such cycle.
    ///
    /// [`coverage`]: super::coverage()
    ///
    /// ```
    /// use guichet_core::{Credential, DirectoryBuilder, Grantee, GroupName, UserName};
    /// use guichet_core::{AccessArea, Mode, Options};
    /// use guichet_policy::Policy;
    /// use guichet_policy::suite::{Expected, Question, Suite, Today};
    ///
    /// let mut builder = DirectoryBuilder::new();
    /// let designer = builder.as_directory().designer();
    /// builder.credential(designer, Credential::from_stored("AAAAAAAAAAAAAAAAAAAAAA=="));
    /// builder.user(UserName::from_stored("Ann"));
    /// let devs = builder.group(GroupName::from_stored("Devs"));
    /// builder.members_of(devs).user("Ann");
    /// builder.grant_area(&AccessArea::Http, &Grantee::parse("Devs"));
    /// let policy = Policy::new(builder.finish(), Mode::Server, Options::default());
    ///
    /// let suite = Suite::from_today(&policy, Today::Accesses);
    /// assert_eq!(suite.cases[0].question, Question::WhoCan {
    ///     access: "http".to_owned(),
    ///     users: Expected::Exactly(vec!["Designer".to_owned(), "Ann".to_owned()]),
    /// });
    /// ```
    pub fn from_today(policy: &Policy, today: Today) -> Self {
        let mut cases = Vec::new();
        let mut granted: Vec<GroupHandle> = Vec::new();
        for access in policy.accesses() {
            if is_restricted(policy, &access) {
                granted.extend(policy.granted(&access).groups());
                cases.extend(who_can(policy, &access));
            }
        }
        for group in rest(policy, &granted) {
            cases.extend(who_can(policy, &Access::Group(group)));
        }
        if today == Today::Users {
            let users = policy.directory().users();
            cases.extend(users.filter_map(|(user, _)| what_can(policy, user)));
        }
        Self { cases }
    }
}

/// Returns whether the file restricts an access, even without effect: an SQL right may be open through
/// a wider one.
fn is_restricted(policy: &Policy, access: &Access) -> bool {
    let in_vain = match access {
        Access::Sql(sql) => {
            let grants = policy.directory().grants().schema(sql.schema());
            grants.is_some_and(|grants| *grants.right(sql.right()) != Grantee::Everyone)
        }
        _ => false,
    };
    in_vain || policy.named(access) != [Grantee::Everyone]
}

fn who_can(policy: &Policy, access: &Access) -> Option<Case> {
    let words = in_words(policy, access)?;
    let users = policy.users_with(access);
    let names: Vec<String> = users
        .iter()
        .filter_map(|user| name(policy, *user))
        .collect();
    let users = if names.len() == users.len() {
        Expected::Exactly(names)
    } else {
        Expected::Partly {
            includes: names,
            excludes: Vec::new(),
        }
    };
    Some(case(Question::WhoCan {
        access: words,
        users,
    }))
}

fn what_can(policy: &Policy, user: UserHandle) -> Option<Case> {
    let answers = policy.what_can(user).into_iter();
    let allowed: Option<Vec<String>> = answers
        .filter(|(_, decision)| decision.allowed())
        .map(|(access, _)| in_words(policy, &access))
        .collect();
    Some(case(Question::WhatCan {
        user: name(policy, user)?,
        accesses: Expected::Exactly(allowed?),
    }))
}

const fn case(question: Question) -> Case {
    Case {
        name: None,
        line: None,
        question,
    }
}

/// The groups from which one comes to all that is below none of the granted ones: those that nothing
/// else contains, and of each cycle that nothing else contains the first.
fn rest(policy: &Policy, granted: &[GroupHandle]) -> Vec<GroupHandle> {
    let graph = policy.closure().graph();
    let seen: HashSet<GroupHandle> = downward(graph, granted).map(|(group, _)| group).collect();
    let nothing_else_contains = |groups: &Vec<GroupHandle>| {
        let own: HashSet<GroupHandle> = groups.iter().copied().collect();
        let mut containers = groups.iter().flat_map(|group| graph.containers(*group));
        containers.all(|container| own.contains(container))
    };
    let single = policy.directory().groups().map(|(group, _)| vec![group]);
    let mut starts: Vec<GroupHandle> = single
        .chain(components(graph))
        .filter(nothing_else_contains)
        .filter_map(|groups| groups.first().copied())
        .filter(|group| !seen.contains(group))
        .collect();
    graph.sort_groups(&mut starts);
    starts
}

/// The name of a user, if it finds the user.
fn name(policy: &Policy, user: UserHandle) -> Option<String> {
    let directory = policy.directory();
    let name = directory.user(user)?.name().as_str();
    (directory.find_user(name) == Some(user)).then(|| name.to_owned())
}

/// The words of an access, if they find it.
fn in_words(policy: &Policy, access: &Access) -> Option<String> {
    let directory = policy.directory();
    let words = access.describe(directory).to_string();
    let plugin = |key: &str| Some(PluginKey::from_stored(key));
    let found = Access::from_words(directory, &words, plugin);
    (found.as_ref() == Ok(access)).then_some(words)
}
