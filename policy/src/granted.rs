//! Who the directory gives an access to, before any power of the built-in users.

use guichet_core::{Directory, Grantee, GroupHandle, GroupReference, Mode, StoredGrantee};

use crate::access::{Access, SqlAccess};

/// What a decision needs to know of the grants of an access.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Granted {
    /// Open to everyone.
    Everyone,
    /// Given to these groups, each once, and no other; at least one.
    Groups(Vec<GroupHandle>),
    /// Given only to groups that do not exist.
    Missing,
    /// Given to nobody.
    Nobody,
    /// Not a matter of groups at all.
    Power,
}

impl Granted {
    pub(crate) fn of(directory: &Directory, mode: Mode, access: &Access) -> Self {
        match access {
            Access::Administration => Self::Power,
            Access::Group(group) => Self::Groups(vec![*group]),
            _ => Self::union(&grants(directory, mode, access)),
        }
    }

    pub(crate) fn groups(&self) -> &[GroupHandle] {
        match self {
            Self::Groups(groups) => groups,
            Self::Everyone | Self::Missing | Self::Nobody | Self::Power => &[],
        }
    }

    fn union(grantees: &[&StoredGrantee]) -> Self {
        if grantees.contains(&&Grantee::Everyone) {
            return Self::Everyone;
        }
        let mut groups = Vec::new();
        let mut without_group = Self::Nobody;
        for grantee in grantees {
            match grantee {
                Grantee::Group(GroupReference::Known(group)) if !groups.contains(group) => {
                    groups.push(*group);
                }
                Grantee::Group(GroupReference::Missing(_)) => without_group = Self::Missing,
                Grantee::Group(_) | Grantee::Everyone | Grantee::Nobody => {}
            }
        }
        if groups.is_empty() {
            without_group
        } else {
            Self::Groups(groups)
        }
    }
}

/// The grantees of an access by name, at least one: everyone alone, or each group once, or
/// nobody alone.
pub(crate) fn grantees(directory: &Directory, mode: Mode, access: &Access) -> Vec<Grantee> {
    if let Access::Group(group) = access {
        let name = directory.group(*group).map(|group| group.name().clone());
        return vec![name.map_or(Grantee::Nobody, Grantee::Group)];
    }
    let grants = grants(directory, mode, access);
    if grants.contains(&&Grantee::Everyone) {
        return vec![Grantee::Everyone];
    }
    let mut grantees = Vec::new();
    for grant in grants {
        let grantee = directory.grantee_by_name(grant);
        if grantee != Grantee::Nobody && !grantees.contains(&grantee) {
            grantees.push(grantee);
        }
    }
    if grantees.is_empty() {
        grantees.push(Grantee::Nobody);
    }
    grantees
}

/// The stored grants any of which opens an access.
///
/// None for what no grant can give, and for a schema that another directory has: that is closed.
fn grants<'d>(directory: &'d Directory, mode: Mode, access: &Access) -> Vec<&'d StoredGrantee> {
    let grants = directory.grants();
    match access {
        Access::Sql(sql) => sql_grants(directory, sql),
        Access::Plugin(key) => vec![grants.plugin(key)],
        _ => {
            let area = access.area(mode);
            area.and_then(|area| grants.area(&area))
                .into_iter()
                .collect()
        }
    }
}

/// The grants of a right and of every wider one.
fn sql_grants<'d>(directory: &'d Directory, access: &SqlAccess) -> Vec<&'d StoredGrantee> {
    let Some(grants) = directory.grants().schema(access.schema()) else {
        return Vec::new();
    };
    let opening = access.opened_by();
    opening.map(|right| grants.right(right)).collect()
}
