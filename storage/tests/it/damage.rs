//! Files that were cut, or whose bytes were changed: a located error, or a directory that is sound.

use guichet_storage::json::{Document, Pointer};
use guichet_storage::{OptionsFile, decode};
use proptest::prelude::*;

use crate::support::{every_file, json_text};

/// Reads damaged bytes; whatever happens, it has a place.
fn survive(bytes: Vec<u8>) {
    let (length, copy) = (bytes.len(), bytes.clone());
    match Document::parse(bytes) {
        Err(error) => assert!(error.offset() <= length && error.position().line > 0),
        Ok(document) => {
            assert_eq!(document.as_bytes(), copy);
            // An address inside an overridden member leads to the one that overrides it.
            let ambiguous = document.overridden_members().next().is_some();
            let leads = |pointer: &Pointer| ambiguous || document.find(pointer).is_some();
            match decode(&document, &OptionsFile::default()) {
                Err(refusals) => {
                    assert!(!refusals.is_empty());
                    for refusal in refusals {
                        assert!(leads(&refusal.place.pointer), "{refusal}");
                    }
                }
                Ok(decoded) => {
                    assert!(decoded.directory.is_sound());
                    for problem in decoded.problems {
                        assert!(leads(&problem.place.pointer), "{problem}");
                    }
                }
            }
        }
    }
}

#[test]
fn every_file_survives_a_cut_at_every_byte() {
    for (name, bytes) in every_file() {
        for length in 0..bytes.len() {
            let half = bytes[..length].to_vec();
            // 4D's files end with their closing brace, so that no part of one is JSON.
            assert!(
                !name.starts_with("corpus") || Document::parse(half.clone()).is_err(),
                "{name}"
            );
            survive(half);
        }
    }
}

#[test]
fn every_file_survives_flipped_bytes() {
    for (_, bytes) in every_file() {
        // Every byte of the small files; of the large ones, whose lines are all alike, every thirteenth.
        let step = if bytes.len() < 3000 { 1 } else { 13 };
        for place in (0..bytes.len()).step_by(step) {
            for flip in [0x01, 0x20, 0x80] {
                let mut damaged = bytes.clone();
                damaged[place] ^= flip;
                survive(damaged);
            }
        }
    }
}

/// A file made to have more to report than anybody can read ends soon, and says much.
#[test]
fn a_file_of_nothing_but_problems_is_read_in_linear_time() {
    for (text, count) in [
        (
            format!("{{{}\"users\":{{}}}}", "\"a\":{},".repeat(200_000)),
            100_000,
        ),
        (
            format!("{{\"users\":{{{}\"b\":{{}}}}}}", "\"a\":{},".repeat(50_000)),
            50_001,
        ),
        (
            format!(
                "{{\"groups\":{{\"g\":{{\"users\":[{}\"z\"]}}}}}}",
                "\"z\",".repeat(150_000)
            ),
            100_000,
        ),
    ] {
        let document = Document::parse(text.into_bytes()).unwrap();
        let decoded = decode(&document, &OptionsFile::default()).unwrap();
        assert!(
            (count..count + 3).contains(&decoded.problems.len()),
            "{}",
            decoded.problems.len()
        );
    }
    let text = format!(
        "{{\"users\":{{{}\"b\":0}}}}",
        "\"a\":{\"password\":0},".repeat(2)
    );
    let document = Document::parse(text.into_bytes()).unwrap();
    assert_eq!(
        decode(&document, &OptionsFile::default())
            .unwrap_err()
            .len(),
        2
    );
}

proptest! {
    #[test]
    fn every_file_survives_random_changes(
        file in any::<prop::sample::Index>(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), "[{}\\[\\]\",:a]{0,3}"), 1..6),
    ) {
        let all = every_file();
        let mut bytes = all[file.index(all.len())].1.clone();
        for (place, insert) in changes {
            let place = place.index(bytes.len() + 1);
            bytes.splice(place..(place + 1).min(bytes.len()), insert.into_bytes());
        }
        survive(bytes);
    }

    #[test]
    fn any_json_is_read_or_refused(text in json_text()) {
        survive(text.into_bytes());
    }

    #[test]
    fn any_json_behind_a_known_key_is_read_or_refused(
        text in json_text(),
        key in prop::sample::select(vec!["users", "groups", "sqlSchemaGranters", "remoteGranters", "settings"]),
    ) {
        survive(format!("{{\"{key}\":{text}}}").into_bytes());
        survive(format!("{{\"{key}\":{{\"designer\":{text}}}}}").into_bytes());
        survive(format!("{{\"{key}\":{{\"a\":{{\"users\":{text},\"password\":{text}}}}}}}").into_bytes());
    }
}
