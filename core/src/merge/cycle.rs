//! Cycles of groups that neither side has alone.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::change::GroupCycle;
use crate::compare::identities::GroupKey;
use crate::compare::state::{Members, State};
use crate::delta::Delta;
use crate::name::GroupName;
use crate::steps;

use super::components::components;
use super::conflict::ConflictKind;
use super::merger::Merger;
use super::sides::Made;

/// A group in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Edge {
    container: GroupKey,
    nested: GroupKey,
}

/// The edges among groups that all contain each other. One that neither side has comes of a name
/// that nobody had on one side and that a group of the other has.
#[derive(Debug, Default)]
struct Tangle {
    not_in_ours: Vec<Edge>,
    not_in_theirs: Vec<Edge>,
}

impl Merger<'_, '_> {
    /// Leaves out what ours has not wherever groups contain each other by edges that no side has
    /// all of.
    ///
    /// A cycle that one side has alone is in its file: it stays, as far as an edit can make it
    /// (decision D10). Linear in groups and nestings; no recursion.
    pub(super) fn break_cycles(&mut self) {
        let lacks = |state: &State<'_>| -> Vec<Edge> {
            let edges = edges(&self.merged);
            edges.filter(|edge| !has(state, *edge)).collect()
        };
        let (not_in_ours, not_in_theirs) = (lacks(&self.ours.state), lacks(&self.theirs.state));
        if not_in_ours.is_empty() || not_in_theirs.is_empty() {
            return;
        }
        let components = components(&self.merged);
        let inside = |edge: &Edge| {
            let of = |group: GroupKey| components.get(&group).copied();
            of(edge.container).filter(|component| of(edge.nested) == Some(*component))
        };
        let mut tangles: BTreeMap<usize, Tangle> = BTreeMap::new();
        for edge in not_in_ours {
            if let Some(component) = inside(&edge) {
                tangles.entry(component).or_default().not_in_ours.push(edge);
            }
        }
        for edge in not_in_theirs {
            if let Some(component) = inside(&edge) {
                tangles
                    .entry(component)
                    .or_default()
                    .not_in_theirs
                    .push(edge);
            }
        }
        let shared =
            |tangle: &Tangle| !tangle.not_in_ours.is_empty() && !tangle.not_in_theirs.is_empty();
        let tangles: Vec<Tangle> = tangles.into_values().filter(shared).collect();
        for tangle in &tangles {
            let cycle = self.cycle(tangle, &components);
            let ours = made(&self.ours, &tangle.not_in_theirs);
            let theirs = made(&self.theirs, &tangle.not_in_ours);
            self.conflict(ConflictKind::Cycle { cycle }, ours, theirs);
        }
        let mut leaving: HashMap<GroupKey, HashSet<GroupKey>> = HashMap::new();
        for Edge { container, nested } in tangles.iter().flat_map(|tangle| &tangle.not_in_ours) {
            leaving.entry(*container).or_default().insert(*nested);
        }
        for (container, leaving) in leaving {
            if let Some(members) = self.merged.members_mut(container) {
                steps::add(members.groups.len());
                members.groups.retain(|group| !leaving.contains(group));
            }
        }
    }

    /// Names a shortest cycle through the first edge, by name, that is new on one side.
    fn cycle(&self, tangle: &Tangle, components: &HashMap<GroupKey, usize>) -> GroupCycle {
        let edges = tangle.not_in_ours.iter().chain(&tangle.not_in_theirs);
        let first = edges.min_by_key(|edge| (self.name(edge.container), self.name(edge.nested)));
        let way = first
            .map(|edge| self.way(edge.nested, edge.container, components))
            .unwrap_or_default();
        // The way ends with the container, which a cycle begins with.
        let (last, before) = way
            .split_last()
            .map_or((None, &[][..]), |(last, way)| (Some(last), way));
        let names = last
            .into_iter()
            .chain(before)
            .filter_map(|group| self.name(*group).cloned());
        GroupCycle::new(names.collect())
    }

    /// Returns a shortest way down from one group to another that contains it; of several, the first
    /// by name.
    ///
    /// Whatever lies on such a way is in their component, so that nothing else is searched.
    fn way(
        &self,
        from: GroupKey,
        to: GroupKey,
        components: &HashMap<GroupKey, usize>,
    ) -> Vec<GroupKey> {
        let inside = |group: &GroupKey| components.get(group) == components.get(&to);
        let mut came_from: HashMap<GroupKey, GroupKey> = HashMap::from([(from, from)]);
        let mut level = vec![from];
        while !level.is_empty() && !came_from.contains_key(&to) {
            let mut next = Vec::new();
            for container in level {
                let nested = self
                    .merged
                    .group(container)
                    .map_or(&[][..], |group| &group.members.groups);
                steps::add(nested.len());
                let mut nested: Vec<_> = nested.iter().copied().filter(inside).collect();
                nested.sort_by_key(|group| self.name(*group));
                for group in nested {
                    came_from.entry(group).or_insert_with(|| {
                        next.push(group);
                        container
                    });
                }
            }
            level = next;
        }
        let mut way = vec![to];
        let mut last = to;
        while let Some(before) = came_from.get(&last).filter(|before| **before != last) {
            way.push(*before);
            last = *before;
        }
        way.reverse();
        way
    }

    fn name(&self, group: GroupKey) -> Option<&GroupName> {
        self.merged.group(group).map(|group| group.name)
    }
}

/// Returns what a side did that made some edges: the placements, or the names.
fn made(side: &Made<'_>, edges: &[Edge]) -> Vec<Delta> {
    let mut deltas: Vec<Delta> = Vec::new();
    for edge in edges {
        let placement = side.placement(edge.container, edge.nested);
        if placement.is_empty() {
            deltas.extend(side.naming(edge.nested));
        } else {
            deltas.extend(placement);
        }
    }
    deltas.sort_by(|left, right| left.place().cmp(&right.place()));
    deltas.dedup();
    deltas
}

fn members<'s, 'a>(state: &'s State<'a>, group: GroupKey) -> Option<&'s Members<'a>> {
    state.group(group).map(|group| &group.members)
}

fn has(state: &State<'_>, edge: Edge) -> bool {
    members(state, edge.container)
        .is_some_and(|members| members.groups.binary_search(&edge.nested).is_ok())
}

fn edges(state: &State<'_>) -> impl Iterator<Item = Edge> {
    let containers = (0..state.groups.len()).map(GroupKey);
    containers.flat_map(|container| {
        let nested = members(state, container).map_or(&[][..], |members| &members.groups);
        nested.iter().map(move |nested| Edge {
            container,
            nested: *nested,
        })
    })
}
