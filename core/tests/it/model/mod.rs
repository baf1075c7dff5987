//! Random lists of changes by random actors, against a model that is the file itself: ordered lists
//! of names, looked up anew at each question.

mod edits;
mod follower;
pub(crate) mod generator;
mod reference;
mod snapshot;

use proptest::prelude::*;

use guichet_core::Diagnostic as _;
use guichet_core::{Actor, Directory, Options, Rules};

use self::follower::Follower;
use self::generator::{Draft, Who, change, draft, who};
use self::reference::File;
use self::snapshot::Snapshot;
use crate::support::{dump, table_sizes};

pub(crate) fn actor(directory: &Directory, who: &Who) -> Actor {
    match who {
        Who::Designer => Actor::Designer,
        Who::Administrator => Actor::Administrator,
        Who::Nobody => Actor::Nobody,
        Who::User(name) => directory
            .find_user(name)
            .filter(|user| *user != directory.designer() && *user != directory.administrator())
            .map_or(Actor::Nobody, Actor::User),
    }
}

fn start(draft: &Draft) -> (Directory, File) {
    (draft.directory(), draft.file())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_drafted_directory_means_what_its_file_says(draft in draft()) {
        let (directory, file) = start(&draft);
        prop_assert!(directory.is_sound());
        prop_assert_eq!(Snapshot::of(&directory), file.snapshot());
    }

    #[test]
    fn the_directory_accepts_refuses_and_becomes_what_the_model_does(
        draft in draft(),
        steps in prop::collection::vec((who(), change()), 0..40),
    ) {
        let (mut directory, mut file) = start(&draft);
        for (who, change) in steps {
            let actor = actor(&directory, &who);
            let (before, sizes) = (dump(&directory), table_sizes(&directory));
            let rules = Rules::new(actor, Options::default());
            let answer = directory.apply(std::slice::from_ref(&change), &rules);
            let expected = file.apply(&change, &who);
            match (&answer, &expected) {
                (Ok(applied), Ok(())) => {
                    let silent = applied.events.is_empty();
                    prop_assert_eq!(silent, dump(&directory) == before, "{:?}", change);
                }
                (Err(refused), Err(code)) => {
                    prop_assert_eq!(refused.code(), *code, "{:?} by {:?}", change, who);
                    prop_assert_eq!(&dump(&directory), &before, "refused: {:?}", change);
                    prop_assert_eq!(table_sizes(&directory), sizes, "refused: {:?}", change);
                }
                _ => prop_assert!(false, "{:?} by {:?}: {:?}, model {:?}", change, who, answer, expected),
            }
            prop_assert!(directory.is_sound(), "{:?}", change);
            prop_assert_eq!(Snapshot::of(&directory), file.snapshot(), "{:?}", change);
        }
    }

    #[test]
    fn a_list_is_the_same_as_its_changes_one_by_one_or_nothing(
        draft in draft(),
        list in prop::collection::vec(change(), 0..6),
    ) {
        let (mut together, _) = start(&draft);
        let (mut one_by_one, _) = start(&draft);
        let before = dump(&together);
        let rules = Rules::default();
        let answer = together.apply(&list, &rules);
        let mut events = Vec::new();
        let mut refusal = None;
        for (index, change) in list.iter().enumerate() {
            match one_by_one.apply(std::slice::from_ref(change), &rules) {
                Ok(applied) => events.extend(applied.events),
                Err(refused) => {
                    refusal = Some((index, refused.refusal().clone()));
                    break;
                }
            }
        }
        match answer {
            Ok(applied) => {
                prop_assert_eq!(refusal, None);
                prop_assert_eq!(applied.events, events);
                prop_assert_eq!(dump(&together), dump(&one_by_one));
            }
            Err(refused) => {
                let told = (refused.index(), refused.refusal().clone());
                prop_assert_eq!(Some(told), refusal);
                prop_assert_eq!(dump(&together), before);
            }
        }
    }

    #[test]
    fn any_sequence_taken_back_gives_the_first_directory(
        draft in draft(),
        lists in prop::collection::vec(prop::collection::vec(change(), 1..4), 0..15),
    ) {
        let (mut directory, _) = start(&draft);
        let mut done = Vec::new();
        for list in lists {
            let before = dump(&directory);
            if let Ok(applied) = directory.apply(&list, &Rules::default()) {
                done.push((before, applied.reversal));
            }
        }
        while let Some((before, reversal)) = done.pop() {
            prop_assert_eq!(directory.revert(reversal), Ok(()));
            prop_assert!(directory.is_sound());
            prop_assert_eq!(dump(&directory), before);
        }
    }

    #[test]
    fn who_follows_the_events_knows_the_directory(
        draft in draft(),
        steps in prop::collection::vec(change(), 0..30),
    ) {
        let (mut directory, _) = start(&draft);
        let mut follower = Follower::of(&directory);
        let mut done = Vec::new();
        for change in steps {
            if let Ok(applied) = directory.apply(&[change], &Rules::default()) {
                for event in &applied.events {
                    follower.follow(event);
                }
                prop_assert_eq!(&follower, &Follower::of(&directory), "{:?}", applied.events);
                done.push(applied);
            }
        }
        while let Some(applied) = done.pop() {
            prop_assert_eq!(directory.revert(applied.reversal), Ok(()));
            for event in applied.events.iter().rev() {
                follower.follow(&event.inverse());
            }
            prop_assert_eq!(&follower, &Follower::of(&directory), "{:?}", applied.events);
        }
    }
}
