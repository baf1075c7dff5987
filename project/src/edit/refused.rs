//! Which changes of a list are refused, and why.

use std::fmt;

use guichet_core::suggest::{did_you_mean, nearest};
use guichet_core::{Change, Diagnostic, Directory, Refusal, Refused, Rules};

/// How many refused changes are looked for in one list.
const MOST: usize = 20;

/// A refused list of changes: each refused change with the reason, at most the first twenty. None of
/// the list was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedChanges {
    first: RefusedChange,
    others: Vec<RefusedChange>,
}

/// One change that is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedChange {
    index: usize,
    refusal: Refusal,
    near: Vec<String>,
}

impl RefusedChanges {
    /// Finds the other refusals of a list whose first one is known, each as if the refused changes
    /// before it were left out; at most twenty times the cost of the list.
    pub(super) fn of(
        directory: &mut Directory,
        changes: &[Change],
        rules: &Rules<'_>,
        first: Refused,
    ) -> Self {
        let mut left: Vec<usize> = (0..changes.len()).collect();
        let take = |refused: Refused, left: &mut Vec<usize>, directory: &Directory| {
            let place = refused.index();
            let index = if place < left.len() {
                left.remove(place)
            } else {
                place
            };
            RefusedChange::of(directory, index, refused.into())
        };
        let first = take(first, &mut left, directory);
        let mut others = Vec::new();
        while others.len() + 1 < MOST {
            let rest = left.iter().filter_map(|index| changes.get(*index).cloned());
            let rest: Vec<Change> = rest.collect();
            // What is applied in the end is thrown away with the copy that the edit works on.
            let Err(next) = directory.apply(&rest, rules) else {
                break;
            };
            others.push(take(next, &mut left, directory));
        }
        Self { first, others }
    }

    /// Takes the refusal of a whole text.
    pub(super) const fn of_whole(refusal: Refusal) -> Self {
        Self {
            first: RefusedChange {
                index: 0,
                refusal,
                near: Vec::new(),
            },
            others: Vec::new(),
        }
    }

    /// Returns the first refused change.
    pub const fn first(&self) -> &RefusedChange {
        &self.first
    }

    /// Returns the refused changes, in the order of the list.
    pub fn iter(&self) -> impl Iterator<Item = &RefusedChange> {
        std::iter::once(&self.first).chain(&self.others)
    }
}

impl RefusedChange {
    fn of(directory: &Directory, index: usize, refusal: Refusal) -> Self {
        let near = match &refusal {
            Refusal::UnknownUser { name } => {
                let names = directory.users().map(|(_, user)| user.name().as_str());
                nearest(name.as_str(), names)
            }
            Refusal::UnknownGroup { name } => {
                let names = directory.groups().map(|(_, group)| group.name().as_str());
                nearest(name.as_str(), names)
            }
            Refusal::UnknownSchema { schema } => {
                let schemas = directory.grants().schemas().iter();
                let names = schemas.map(|grants| grants.schema().as_str());
                nearest(schema.as_str(), names)
            }
            _ => Vec::new(),
        };
        let near = near.into_iter().map(str::to_owned).collect();
        Self {
            index,
            refusal,
            near,
        }
    }

    /// Returns the place of the change in the list, from 0.
    pub const fn index(&self) -> usize {
        self.index
    }

    /// Returns why it is refused.
    pub const fn refusal(&self) -> &Refusal {
        &self.refusal
    }
}

impl fmt::Display for RefusedChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.refusal.fmt(f)
    }
}

impl Diagnostic for RefusedChange {
    fn code(&self) -> &'static str {
        self.refusal.code()
    }

    fn help(&self) -> Option<String> {
        did_you_mean(&self.near).or_else(|| self.refusal.help())
    }
}

impl fmt::Display for RefusedChanges {
    /// Writes the first refusal, and how many there are besides.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)?;
        match self.others.len() {
            0 => Ok(()),
            1 => f.write_str(", and 1 more is refused"),
            more => write!(f, ", and {more} more are refused"),
        }
    }
}

impl std::error::Error for RefusedChanges {}

impl Diagnostic for RefusedChanges {
    fn code(&self) -> &'static str {
        self.first.code()
    }

    fn help(&self) -> Option<String> {
        self.first.help()
    }
}
