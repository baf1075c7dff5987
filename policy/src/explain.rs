//! Why a user may reach something, in full; or what is missing.

use std::collections::HashSet;

use guichet_core::{Grantee, GroupHandle, UserHandle};

use crate::access::Access;
use crate::decision::{Decision, Reason};
use crate::error::AccessError;
use crate::path::ShortestPaths;
use crate::policy::Policy;
use crate::search::{downward, shortest_chain, upward};

/// A decision with everything that a person asks next.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The decision, as [`Policy::check`] gives it.
    pub decision: Decision,
    /// Who the directory gives the access to, as [`Policy::grantees`] lists them.
    pub grantees: Vec<Grantee>,
    /// Every shortest chain to the granted group, or to the nearest of several; none unless the
    /// reason is [`Reason::Member`].
    pub paths: ShortestPaths,
    /// The groups that would allow a denied user if the user were placed in one of them directly:
    /// the granted groups and all groups nested in them.
    ///
    /// Nearest first: by the number of nestings between the group and a granted one, so that the
    /// granted groups themselves, which give the least else, come first; then in the order of the
    /// file. Empty when membership is not the matter.
    pub would_allow: Vec<GroupHandle>,
    /// The membership that comes closest although it does not help, if there is one.
    pub nearest_miss: Option<NearestMiss>,
}

/// A group of the user that *contains* the granted one: near, and on the wrong side.
///
/// Members of a nested group have what its container has, not the other way round (decision D36),
/// and being in the container instead is the usual mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearestMiss {
    chain: Vec<GroupHandle>,
}

impl NearestMiss {
    /// Returns the chain, never empty: the user's effective group first, each group holding the next
    /// one directly, the granted group last.
    pub fn chain(&self) -> &[GroupHandle] {
        &self.chain
    }
}

impl Policy {
    /// Decides as [`check`](Policy::check) and gives the whole explanation: every shortest chain when the user
    /// is a member, else what would help and what comes closest.
    ///
    /// # Errors
    ///
    /// [`AccessError::UnknownPlugin`]: nobody declared the plug-in.
    pub fn explain(&self, user: UserHandle, access: &Access) -> Result<Explanation, AccessError> {
        self.known(access)?;
        Ok(self.explanation(user, access))
    }

    /// Explains the decision about an access that is known.
    pub(crate) fn explanation(&self, user: UserHandle, access: &Access) -> Explanation {
        let decision = self.decide(user, access);
        let granted = self.granted(access);
        let mut explanation = Explanation {
            grantees: self.named(access),
            paths: ShortestPaths::none(user),
            would_allow: Vec::new(),
            nearest_miss: None,
            decision,
        };
        match explanation.decision.reason() {
            Reason::Member => {
                let graph = self.closure().graph();
                explanation.paths = ShortestPaths::search(graph, user, granted.groups());
            }
            Reason::NotMember => {
                explanation.would_allow = self.groups_that_lead_to(granted.groups());
                explanation.nearest_miss = self.nearest_miss(user, granted.groups());
            }
            _ => {}
        }
        explanation
    }

    fn groups_that_lead_to(&self, granted: &[GroupHandle]) -> Vec<GroupHandle> {
        let mut groups: Vec<_> = downward(self.closure().graph(), granted)
            .map(|(group, steps)| (steps, self.directory().group_id(group), group))
            .filter(|(_, id, _)| id.is_some())
            .collect();
        groups.sort_unstable();
        groups.into_iter().map(|(_, _, group)| group).collect()
    }

    fn nearest_miss(&self, user: UserHandle, granted: &[GroupHandle]) -> Option<NearestMiss> {
        let graph = self.closure().graph();
        let own: HashSet<_> = upward(graph, graph.groups_of(user))
            .map(|(group, _)| group)
            .collect();
        let mut chain = shortest_chain(
            granted.iter().copied(),
            |group| graph.containers(group).iter().copied(),
            |group| own.contains(&group),
        )?;
        chain.reverse();
        Some(NearestMiss { chain })
    }
}
