//! The two lists: who may reach something, and what someone may reach.

use guichet_core::{Grantee, UserHandle};

use crate::access::Access;
use crate::decision::Decision;
use crate::error::AccessError;
use crate::granted::Granted;
use crate::policy::Policy;

/// Everyone who may reach one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhoCan {
    /// Who the directory gives the access to, as [`Policy::grantees`] lists them.
    pub grantees: Vec<Grantee>,
    /// Every user who may, as [`Policy::check`] decides, in the order of their numbers.
    pub users: Vec<UserHandle>,
}

/// Who has an access.
#[derive(Debug)]
pub(crate) enum Holders {
    /// Every user.
    Everyone,
    /// These, in the order of their numbers.
    Users(Vec<UserHandle>),
}

impl Policy {
    /// Returns every user who may reach something.
    ///
    /// Exactly the users that [`check`](Policy::check) allows (decision D35), found with one search
    /// instead of one for each user.
    ///
    /// # Errors
    ///
    /// [`AccessError::UnknownPlugin`]: nobody declared the plug-in.
    pub fn who_can(&self, access: &Access) -> Result<WhoCan, AccessError> {
        self.known(access)?;
        Ok(WhoCan {
            grantees: self.named(access),
            users: self.users_with(access),
        })
    }

    /// The users who have an access that is known.
    pub(crate) fn users_with(&self, access: &Access) -> Vec<UserHandle> {
        match self.holders(access) {
            Holders::Everyone => self.directory().users().map(|(user, _)| user).collect(),
            Holders::Users(users) => users,
        }
    }

    /// The same, without a list where it is everyone.
    pub(crate) fn holders(&self, access: &Access) -> Holders {
        let directory = self.directory();
        match (self.uncontrolled(), self.granted(access)) {
            (Some(_), _) | (None, Granted::Everyone) => Holders::Everyone,
            (None, granted) => {
                let mut users = self.closure().users_of_any(granted.groups());
                for built_in in [directory.designer(), directory.administrator()] {
                    if !users.contains(&built_in) && self.decide(built_in, access).allowed() {
                        users.push(built_in);
                    }
                }
                users.sort_unstable_by_key(|user| directory.user_id(*user));
                Holders::Users(users)
            }
        }
    }

    /// Returns the decision on every access of the directory for one user, in the order of
    /// [`accesses`](Policy::accesses).
    pub fn what_can(&self, user: UserHandle) -> Vec<(Access, Decision)> {
        let accesses = self.accesses().into_iter();
        accesses
            .map(|access| {
                let decision = self.decide(user, &access);
                (access, decision)
            })
            .collect()
    }
}
