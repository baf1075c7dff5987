//! The three-way rule for single values: grants, and settings that name a user.

use std::collections::BTreeSet;

use crate::compare::areas::AreaKey;
use crate::compare::state::{Person, Setting, State, Target};
use crate::delta::Delta;
use crate::grantee::Grantee;
use crate::plugin::PluginKey;
use crate::reference::Reference;

use super::conflict::ConflictKind;
use super::merger::Merger;
use super::sides::Made;
use super::three_way::choose;

impl<'a> Merger<'a, '_> {
    pub(super) fn merge_grants(&mut self) {
        let sides = [&self.base, &self.ours.state, &self.theirs.state];
        let areas: BTreeSet<AreaKey> = sides
            .iter()
            .flat_map(|state| state.areas.keys().copied())
            .collect();
        let plugins: BTreeSet<&'a PluginKey> = sides
            .iter()
            .flat_map(|state| state.plugins.keys().copied())
            .collect();
        for key in areas {
            let target = self.merge_target(|state| state.area(key), |side| side.grant_of_area(key));
            self.merged.set_area(key, target);
        }
        for key in plugins {
            let target =
                self.merge_target(|state| state.plugin(key), |side| side.grant_of_plugin(key));
            self.merged.set_plugin(key, target);
        }
    }

    /// Returns who is granted something; a group that the merge has not cannot be.
    fn merge_target(
        &mut self,
        of: impl Fn(&State<'a>) -> Target<'a>,
        made: impl Fn(&Made<'a>) -> Vec<Delta>,
    ) -> Target<'a> {
        let [base, ours, theirs] = [&self.base, &self.ours.state, &self.theirs.state].map(of);
        let chosen = choose(Some(&base), ours.clone(), theirs).or_dispute(ours.clone(), || {
            let (ours, theirs) = (made(&self.ours), made(&self.theirs));
            self.conflict(ConflictKind::BothChanged, ours, theirs);
        });
        let exists = |target: &Target<'a>| match target {
            Grantee::Group(Reference::Known(group)) => self.merged.group(*group).is_some(),
            _ => true,
        };
        [chosen, ours]
            .into_iter()
            .find(exists)
            .unwrap_or(Grantee::Nobody)
    }

    pub(super) fn merge_settings(&mut self) {
        for setting in Setting::ALL {
            let sides = [&self.base, &self.ours.state, &self.theirs.state];
            let [base, ours, theirs] = sides.map(|state| state.setting(setting));
            let chosen = choose(Some(&base), ours, theirs).or_dispute(ours, || {
                let about = |delta: &Delta| match (setting, delta) {
                    (Setting::DefaultUser, Delta::DefaultUserChanged { .. }) => true,
                    (Setting::WebUser(own), Delta::WebUserChanged { side, .. }) => own == *side,
                    _ => false,
                };
                let (ours, theirs) = (self.ours.deltas(about), self.theirs.deltas(about));
                self.conflict(ConflictKind::BothChanged, ours, theirs);
            });
            let exists = |person: &Person<'a>| match person {
                Some(Reference::Known(user)) => self.merged.user(*user).is_some(),
                _ => true,
            };
            let person = [chosen, ours].into_iter().find(exists).flatten();
            self.merged.set_setting(setting, person);
        }
    }
}
