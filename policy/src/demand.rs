//! How many users may use each plug-in: what its licences must suffice for at most.

use guichet_core::PluginKey;

use crate::access::Access;
use crate::policy::Policy;

/// How many users may use a plug-in, before a change and after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// The plug-in.
    pub plugin: PluginKey,
    /// The users before; 0 when the plug-in is not known there.
    pub before: usize,
    /// The users after; 0 when the plug-in is not known there.
    pub after: usize,
}

impl Demand {
    /// Tells whether the number is another one.
    pub const fn changes(&self) -> bool {
        self.before != self.after
    }
}

/// Counts who may use each plug-in of either of two directories, changed or not.
///
/// The plug-ins in the order in which [`Policy::accesses`] lists them after, then those that are gone.
/// The users are those of [`Policy::who_can`], so each number is that list's length.
/// O(plug-ins × (users + memberships)).
///
/// ```
/// use guichet_core::{Credential, DirectoryBuilder, Grantee, GroupName, Mode, Options};
/// use guichet_core::{PluginKey, UserName};
/// use guichet_policy::{Policy, demand};
///
/// let policy = |grantee: &str| {
///     let mut builder = DirectoryBuilder::new();
///     let designer = builder.as_directory().designer();
///     builder.credential(designer, Credential::stored("AAAAAAAAAAAAAAAAAAAAAA=="));
///     builder.user(UserName::stored("Ann"));
///     let writers = builder.group(GroupName::stored("Writers"));
///     builder.members_of(writers).user("Ann");
///     builder.grant_plugin(&PluginKey::stored("write"), &Grantee::parse(grantee));
///     Policy::new(builder.finish(), Mode::Server, Options::default())
/// };
/// let demand = demand(&policy("*"), &policy("Writers"));
/// let changed: Vec<_> = demand.iter().filter(|demand| demand.changes()).collect();
/// let [write] = changed.as_slice() else { return Err("one changes") };
/// assert_eq!((write.plugin.as_str(), write.before, write.after), ("write", 3, 1));
/// # Ok::<(), &str>(())
/// ```
pub fn demand(before: &Policy, after: &Policy) -> Vec<Demand> {
    let former = plugins(before);
    let mut all = plugins(after);
    let present = all.len();
    for plugin in &former {
        if !all.contains(plugin) {
            all.push(plugin.clone());
        }
    }
    let users = |policy: &Policy, plugin: &PluginKey| {
        let access = Access::Plugin(plugin.clone());
        policy.who_can(&access).users.len()
    };
    let numbered = all.into_iter().enumerate();
    numbered
        .map(|(place, plugin)| Demand {
            before: if former.contains(&plugin) {
                users(before, &plugin)
            } else {
                0
            },
            after: if place < present {
                users(after, &plugin)
            } else {
                0
            },
            plugin,
        })
        .collect()
}

fn plugins(policy: &Policy) -> Vec<PluginKey> {
    let accesses = policy.accesses().into_iter();
    accesses
        .filter_map(|access| match access {
            Access::Plugin(plugin) => Some(plugin),
            _ => None,
        })
        .collect()
}
