//! The workloads by name: how many users and groups, and how they hang together.

/// What a workload looks like before chance fills it in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The name on the command line and in tables.
    pub(crate) name: &'static str,
    /// What it stands for, in a few words.
    pub(crate) summary: &'static str,
    /// Added to the common seed, so that workloads of one family share it.
    pub(super) seed_offset: u64,
    /// How many users.
    pub(crate) users: u32,
    /// How many groups.
    pub(crate) groups: u32,
    /// How many layers of groups; a group lies in groups of higher layers only.
    pub(crate) layers: u32,
    /// How groups lie in groups.
    pub(super) nesting: Nesting,
    /// A user is put into 1 to this many groups.
    pub(super) most_groups_of_a_user: u32,
    /// How the groups of a user are picked.
    pub(super) popularity: Popularity,
    /// How many queries are asked about one user; more where one search is dear.
    pub(super) queries_per_user: u32,
}

/// How groups lie in groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nesting {
    /// Each group lies in as many groups as one of these numbers, each equally likely to be drawn.
    Random(&'static [u32]),
    /// Each group lies in every group of the layer above.
    Full,
}

/// How groups are picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Popularity {
    /// Every group is as likely as the next.
    Even,
    /// A few groups are picked most of the time (log-uniform rank).
    Skewed,
}

/// Parents of a group of the internet shape: one seven times of ten, two twice, three once.
const MOSTLY_ONE: &[u32] = &[1, 1, 1, 1, 1, 1, 1, 2, 2, 3];

const OFFICE: Shape = Shape {
    name: "W1",
    summary: "an office",
    seed_offset: 1,
    users: 200,
    groups: 50,
    layers: 4,
    nesting: Nesting::Random(&[1, 2]),
    most_groups_of_a_user: 3,
    popularity: Popularity::Even,
    queries_per_user: 2,
};

const MAXIMUM: Shape = Shape {
    name: "W2",
    summary: "4D's maximum",
    seed_offset: 2,
    users: 32_000,
    groups: 32_000,
    layers: 12,
    nesting: Nesting::Random(&[1, 2, 3]),
    most_groups_of_a_user: 5,
    ..OFFICE
};

const INTERNET: Shape = Shape {
    name: "W3",
    summary: "an internet service",
    seed_offset: 3,
    users: 1_000_000,
    groups: 200_000,
    layers: 20,
    nesting: Nesting::Random(MOSTLY_ONE),
    most_groups_of_a_user: 9,
    popularity: Popularity::Skewed,
    ..OFFICE
};

const CHAIN: Shape = Shape {
    name: "W4",
    summary: "one deep chain",
    seed_offset: 4,
    users: 32_000,
    groups: 32_000,
    layers: 32_000,
    nesting: Nesting::Full,
    most_groups_of_a_user: 1,
    queries_per_user: 8,
    ..OFFICE
};

const DENSE: Shape = Shape {
    name: "W5",
    summary: "dense layers",
    seed_offset: 5,
    users: 2_000,
    groups: 2_000,
    layers: 20,
    nesting: Nesting::Full,
    most_groups_of_a_user: 5,
    queries_per_user: 32,
    ..OFFICE
};

/// Every workload; the scaled copies are for peers that cannot finish the full one.
pub(crate) const SHAPES: &[Shape] = &[
    OFFICE,
    MAXIMUM,
    INTERNET,
    CHAIN,
    DENSE,
    Shape {
        name: "firm",
        summary: "a firm, whose directory.json has 150 KB",
        users: 1_415,
        groups: 193,
        ..OFFICE
    },
    Shape {
        name: "W2t",
        summary: "4D's maximum, a sixteenth of it",
        users: 2_000,
        groups: 2_000,
        ..MAXIMUM
    },
    Shape {
        name: "W3s",
        summary: "an internet service, a tenth of it",
        users: 100_000,
        groups: 20_000,
        ..INTERNET
    },
    Shape {
        name: "W4s",
        summary: "one deep chain, a sixteenth of it",
        users: 2_000,
        groups: 2_000,
        layers: 2_000,
        ..CHAIN
    },
];

impl Shape {
    /// Finds a shape by its name.
    ///
    /// # Errors
    ///
    /// A sentence that lists the names.
    pub(crate) fn parse(name: &str) -> Result<&'static Self, String> {
        let names = || SHAPES.iter().map(|shape| shape.name).collect::<Vec<_>>();
        SHAPES
            .iter()
            .find(|shape| shape.name == name)
            .ok_or_else(|| {
                format!(
                    "there is no workload `{name}`; there are {}",
                    names().join(", ")
                )
            })
    }

    /// Returns the layer of the group that comes `place`-th; layer 0 lies in no group.
    pub(super) fn layer(&self, place: u32) -> u32 {
        let layer = u64::from(place) * u64::from(self.layers) / u64::from(self.groups);
        u32::try_from(layer).unwrap_or(u32::MAX)
    }

    /// Returns the place of the first group of a layer.
    pub(super) fn start_of_layer(&self, layer: u32) -> u32 {
        let start = (u64::from(layer) * u64::from(self.groups)).div_ceil(u64::from(self.layers));
        u32::try_from(start).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::SHAPES;

    #[test]
    fn the_start_of_a_layer_is_its_first_group() {
        for shape in SHAPES.iter().filter(|shape| shape.groups <= 32_000) {
            for place in 1..shape.groups {
                let layer = shape.layer(place);
                let starts = shape.layer(place - 1) != layer;
                assert_eq!(
                    shape.start_of_layer(layer) == place,
                    starts,
                    "{}",
                    shape.name
                );
            }
            assert_eq!(shape.layer(shape.groups - 1), shape.layers - 1);
        }
    }
}
