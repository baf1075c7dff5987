//! A directory by numbers: what random tests and shapes of hierarchies are built from.

use guichet_core::{
    AccessArea, Credential, Directory, DirectoryBuilder, Grantee, GroupHandle, GroupName,
    PluginKey, RestSide, SchemaName, SqlRight, UserHandle, UserName,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

/// Users and groups by name, memberships by position; users do not count the two built-ins.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sketch {
    pub(crate) users: Vec<String>,
    pub(crate) groups: Vec<String>,
    /// Group, then the user placed in it.
    pub(crate) user_edges: Vec<(usize, usize)>,
    /// Container, then the group placed in it.
    pub(crate) group_edges: Vec<(usize, usize)>,
}

/// A sketch made into a directory, with its handles by position.
#[derive(Debug)]
pub(crate) struct Built {
    pub(crate) directory: Directory,
    pub(crate) users: Vec<UserHandle>,
    pub(crate) groups: Vec<GroupHandle>,
}

impl Sketch {
    /// So many users and groups, numbered, in nothing.
    pub(crate) fn sized(users: usize, groups: usize) -> Self {
        Self {
            users: (0..users).map(|n| format!("u{n}")).collect(),
            groups: (0..groups).map(|n| format!("g{n}")).collect(),
            ..Self::default()
        }
    }

    /// Starts a builder with all of it, for more to be added.
    pub(crate) fn builder(&self) -> (DirectoryBuilder, Vec<UserHandle>, Vec<GroupHandle>) {
        let mut builder = DirectoryBuilder::new();
        let users: Vec<_> = (self.users.iter())
            .map(|name| builder.user(UserName::from_stored(name.as_str())))
            .collect();
        let groups: Vec<_> = (self.groups.iter())
            .map(|name| builder.group(GroupName::from_stored(name.as_str())))
            .collect();
        for (position, group) in groups.iter().enumerate() {
            let mut members = builder.members_of(*group);
            for (_, user) in self.user_edges.iter().filter(|edge| edge.0 == position) {
                members.user(&self.users[*user]);
            }
            for (_, nested) in self.group_edges.iter().filter(|edge| edge.0 == position) {
                members.group(&self.groups[*nested]);
            }
        }
        (builder, users, groups)
    }

    pub(crate) fn build(&self) -> Built {
        let (builder, users, groups) = self.builder();
        let directory = builder.finish();
        Built {
            directory,
            users,
            groups,
        }
    }

    /// The same memberships with everything in the opposite order.
    pub(crate) fn reversed(&self) -> Self {
        let (last_user, last_group) = (self.users.len(), self.groups.len());
        let user_edge =
            |(group, user): &(usize, usize)| (last_group - 1 - group, last_user - 1 - user);
        let group_edge = |(a, b): &(usize, usize)| (last_group - 1 - a, last_group - 1 - b);
        Self {
            users: self.users.iter().rev().cloned().collect(),
            groups: self.groups.iter().rev().cloned().collect(),
            user_edges: self.user_edges.iter().rev().map(user_edge).collect(),
            group_edges: self.group_edges.iter().rev().map(group_edge).collect(),
        }
    }
}

/// Small hierarchies of every shape: cycles, self-nesting, empty groups, users in no group.
pub(crate) fn sketches() -> impl Strategy<Value = Sketch> {
    (0..7_usize, 1..9_usize).prop_flat_map(|(users, groups)| {
        let group_edges = vec((0..groups, 0..groups), 0..=groups * 2);
        let user_edges = vec((0..groups, 0..users.max(1)), 0..=users * 2);
        (user_edges, group_edges).prop_map(move |(user_edges, group_edges)| Sketch {
            user_edges,
            group_edges,
            ..Sketch::sized(users, groups)
        })
    })
}

/// Who gets something, in a random directory.
#[derive(Debug, Clone)]
enum Gets {
    Everyone,
    Nobody,
    Group(Index),
    Ghost,
}

impl Gets {
    fn grantee(&self, groups: &[String]) -> Grantee {
        match self {
            Self::Everyone => Grantee::Everyone,
            Self::Nobody => Grantee::Nobody,
            Self::Group(index) => Grantee::parse(&groups[index.index(groups.len())]),
            Self::Ghost => Grantee::parse("no such group"),
        }
    }
}

fn gets() -> impl Strategy<Value = Gets> {
    prop_oneof![
        1 => Just(Gets::Everyone),
        1 => Just(Gets::Nobody),
        1 => Just(Gets::Ghost),
        4 => any::<Index>().prop_map(Gets::Group),
    ]
}

/// A sketch with random grants, a second schema, a third party's plug-in, and mostly a Designer
/// with a password.
#[derive(Debug, Clone)]
pub(crate) struct Granted {
    pub(crate) sketch: Sketch,
    gets: Vec<Gets>,
    controlled: bool,
}

impl Granted {
    /// Places a user in a group as well.
    pub(crate) fn placing(&self, group: usize, user: usize) -> Self {
        let mut more = self.clone();
        more.sketch.user_edges.push((group, user));
        more
    }

    pub(crate) fn build(&self) -> Built {
        let (mut builder, users, groups) = self.sketch.builder();
        if self.controlled {
            control(&mut builder);
        }
        // The Administrator is in the first group, as 4D puts them into new ones.
        builder.members_of(groups[0]).user("Administrator");
        let areas = areas();
        let plugins = ["write", "web", "Barcode"].map(PluginKey::from_stored);
        let mut gets = self
            .gets
            .iter()
            .map(|gets| gets.grantee(&self.sketch.groups));
        for (area, grantee) in areas.iter().zip(gets.by_ref()) {
            builder.grant_area(area, &grantee);
        }
        for (plugin, grantee) in plugins.iter().zip(gets) {
            builder.grant_plugin(plugin, &grantee);
        }
        let directory = builder.finish();
        Built {
            directory,
            users,
            groups,
        }
    }
}

/// Gives the Designer a password, so that access is controlled.
pub(crate) fn control(builder: &mut DirectoryBuilder) {
    let designer = builder.as_directory().designer();
    builder.credential(
        designer,
        Credential::from_stored("AAAAAAAAAAAAAAAAAAAAAA=="),
    );
}

fn areas() -> Vec<AccessArea> {
    let mut areas = vec![
        AccessArea::Design,
        AccessArea::Http,
        AccessArea::Rest(RestSide::Local),
        AccessArea::Rest(RestSide::Remote),
    ];
    for schema in ["DEFAULT_SCHEMA", "SALES"] {
        areas.extend(SqlRight::ALL.map(|right| AccessArea::Sql {
            schema: SchemaName::from_stored(schema),
            right,
        }));
    }
    areas
}

/// Small directories with random grants.
pub(crate) fn granted() -> impl Strategy<Value = Granted> {
    (sketches(), vec(gets(), 13), prop::bool::weighted(0.9)).prop_map(
        |(sketch, gets, controlled)| Granted {
            sketch,
            gets,
            controlled,
        },
    )
}
