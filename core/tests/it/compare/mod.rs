//! Comparing two directories: the laws, on random files with all that may be wrong with them.

pub(crate) mod examples;
mod order;
mod scale;
mod written;

use proptest::prelude::*;

use guichet_core::{Change, Directory, Plugin, PluginKey, Rules, compare};

use crate::model::generator::{PLUGINS, change, draft};

/// Every plug-in that the generators name.
pub(crate) fn plugins() -> Vec<Plugin> {
    let plugin = |key: &&str| Plugin {
        key: PluginKey::from_stored(*key),
        number: None,
        name: (*key).to_owned(),
    };
    PLUGINS.iter().map(plugin).collect()
}

pub(crate) fn rules(plugins: &[Plugin]) -> Rules<'_> {
    Rules {
        plugins,
        ..Rules::default()
    }
}

/// Applies what can be applied of some changes, one by one.
pub(crate) fn edited(directory: &Directory, changes: &[Change]) -> Directory {
    let plugins = plugins();
    let mut edited = directory.clone();
    for change in changes {
        let _ = edited.apply(std::slice::from_ref(change), &rules(&plugins));
    }
    edited
}

/// Carries the difference out and returns the result, and how many deltas were left over.
fn carried_out(old: &Directory, new: &Directory) -> (Directory, Vec<String>) {
    let plugins = plugins();
    let plan = compare(old, new).plan(old, &rules(&plugins));
    let mut result = old.clone();
    let applied = result.apply(plan.changes(), &rules(&plugins));
    assert!(applied.is_ok(), "a plan applies whole");
    let left = plan.leftovers().iter().map(ToString::to_string).collect();
    (result, left)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn a_directory_does_not_differ_from_itself(draft in draft()) {
        let directory = draft.directory();
        prop_assert!(compare(&directory, &directory.clone()).is_empty());
    }

    #[test]
    fn a_plan_without_leftovers_gives_the_newer_directory(old in draft(), new in draft()) {
        let (old, new) = (old.directory(), new.directory());
        let (result, left) = carried_out(&old, &new);
        prop_assert!(result.is_sound());
        let still = compare(&result, &new);
        prop_assert_eq!(still.is_empty(), left.is_empty(), "{} {:?}", still.canonical(), left);
    }

    #[test]
    fn what_edits_made_other_edits_make(
        draft in draft(),
        changes in prop::collection::vec(change(), 0..12),
    ) {
        // How surely a renamed group is recognised is told by examples.
        let renames = |change: &Change| matches!(change, Change::RenameGroup { .. });
        let changes: Vec<Change> = changes.into_iter().filter(|one| !renames(one)).collect();
        let old = draft.directory();
        let new = edited(&old, &changes);
        let (result, left) = carried_out(&old, &new);
        prop_assert_eq!(left, Vec::<String>::new());
        let still = compare(&result, &new);
        prop_assert!(still.is_empty(), "{}", still.canonical());
    }
}
