//! Any three versions: the laws of merging, and a plan that applies whole.

#![no_main]

use guichet_core::{Directory, Rules, compare, merge};
use guichet_fuzz::{Draft, Edit, edited};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

/// A version: the base edited, or any file.
#[derive(Debug, Arbitrary)]
enum Version {
    Edited(Vec<Edit>),
    Draft(Draft),
}

impl Version {
    fn of(&self, base: &Directory) -> Directory {
        match self {
            Self::Edited(edits) => edited(base, edits),
            Self::Draft(draft) => draft.directory(),
        }
    }
}

fuzz_target!(|input: (Draft, Version, Version)| {
    let (draft, ours, theirs) = input;
    let base = draft.directory();
    let (ours, theirs) = (ours.of(&base), theirs.of(&base));

    let unchanged = merge(&base, &ours, &base);
    assert!(unchanged.difference().is_empty() && unchanged.conflicts().is_empty());
    let taken = merge(&base, &base, &theirs);
    assert_eq!(taken.difference(), &compare(&base, &theirs));
    assert!(taken.conflicts().is_empty());
    let same = merge(&base, &ours, &ours);
    assert!(same.difference().is_empty() && same.conflicts().is_empty());

    let rules = Rules::default();
    let merged = merge(&base, &ours, &theirs);
    let plan = merged.difference().plan(&ours, &rules);
    let mut result = ours.clone();
    assert!(result.apply(plan.changes(), &rules).is_ok());
    assert!(result.is_sound());

    let plan = compare(&ours, &theirs).plan(&ours, &rules);
    let mut result = ours.clone();
    assert!(result.apply(plan.changes(), &rules).is_ok());
    assert_eq!(
        compare(&result, &theirs).is_empty(),
        plan.leftovers().is_empty()
    );
});
