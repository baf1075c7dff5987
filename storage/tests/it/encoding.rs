//! Edited directories as text: what comes back means the edit, and nothing else is touched.

use guichet_core::{Directory, Rules};
use guichet_storage::decode::{decode, without_file};
use guichet_storage::encode::{difference, encode, encode_new, new_project};
use guichet_storage::guichet_toml::{OptionsFile, edit};
use guichet_storage::json::Document;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::changes::{Idea, idea};
use crate::support::files;

const OPTIONS: &str = "# what 4D has no keys for\n[access]\nhttp = \"Sales\" # the shop\n\n[plugins.barcode]\nnumber = 15000\ngroup = \"*\"\n";

/// Every fixture that loads, with its bytes.
fn fixtures() -> Vec<(String, Vec<u8>)> {
    let mut all = files("corpus");
    all.extend(files("odd"));
    all
}

fn load(bytes: &[u8], options: &[u8]) -> (Document, OptionsFile, Directory) {
    let document = Document::parse(bytes.to_vec()).unwrap();
    let options = OptionsFile::parse(options).unwrap();
    let directory = decode(&document, &options).unwrap().directory;
    (document, options, directory)
}

/// Applies what can be applied of a sequence; none if nothing can.
fn edited(directory: &Directory, ideas: &[Idea]) -> Directory {
    let mut after = directory.clone();
    for idea in ideas {
        let change = idea.change(&after);
        let _refused = after.apply(&[change], &Rules::default());
    }
    after
}

/// Tells whether 4D would not write what a text says: an empty list, or no group in `groups`.
fn is_unlike_4d(text: &str) -> bool {
    let value: serde_json::Value =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
    let groups = value.get("groups").and_then(serde_json::Value::as_object);
    let empty = |group: &serde_json::Value| {
        ["users", "groups"].iter().any(|key| {
            group
                .get(key)
                .is_some_and(|list| list.as_array().unwrap().is_empty())
        })
    };
    groups.is_some_and(|groups| groups.is_empty() || groups.values().any(empty))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn an_edited_directory_comes_back_and_its_undo_gives_the_first_bytes(
        place in any::<Index>(),
        steps in prop::collection::vec(prop::collection::vec(idea(), 1..4), 1..4),
    ) {
        let fixtures = fixtures();
        let (name, first) = place.get(&fixtures);
        let unlike_before = is_unlike_4d(std::str::from_utf8(first).unwrap());
        let (mut text, mut options) = (String::from_utf8(first.clone()).unwrap(), OPTIONS.to_owned());
        let mut undo = Vec::new();
        for ideas in steps {
            let (document, file, before) = load(text.as_bytes(), options.as_bytes());
            let after = edited(&before, &ideas);
            let Ok(patch) = encode(&document, &before, &after) else { continue };
            let Ok(new_options) = edit(options.as_bytes(), &file, Some(&document), &before, &after) else { continue };
            let new = patch.apply(&text).unwrap();
            undo.push((patch.reversed(&text).unwrap(), text));
            text = new;
            if let Some(new) = new_options {
                options = String::from_utf8(new).unwrap();
            }
            let (_, _, decoded) = load(text.as_bytes(), options.as_bytes());
            prop_assert_eq!(difference(&decoded, &after), None, "{}\n{}\n{}", name, text, options);
            prop_assert!(unlike_before || !is_unlike_4d(&text), "{}\n{}", name, text);
        }
        while let Some((back, earlier)) = undo.pop() {
            text = back.apply(&text).unwrap();
            prop_assert_eq!(&text, &earlier, "{}", name);
        }
        prop_assert_eq!(text.as_bytes(), first.as_slice());
    }

    #[test]
    fn a_new_file_means_its_directory_and_is_laid_out_as_4d_does_it(ideas in prop::collection::vec(idea(), 0..8)) {
        let before = without_file(&OptionsFile::default()).directory;
        let after = edited(&before, &ideas);
        let Ok(text) = encode_new(&after) else { return Ok(()) };
        let options = edit(b"", &OptionsFile::default(), None, &before, &after).unwrap().unwrap_or_default();
        let (_, _, decoded) = load(text.as_bytes(), &options);
        prop_assert_eq!(difference(&decoded, &after), None, "{}", text);
        prop_assert!(!is_unlike_4d(&text));
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut out = Vec::new();
        let formatter = serde_json::ser::PrettyFormatter::with_indent(b"\t");
        let mut serializer = serde_json::Serializer::with_formatter(&mut out, formatter);
        serde::Serialize::serialize(&value, &mut serializer).unwrap();
        prop_assert_eq!(String::from_utf8(out).unwrap(), text);
    }
}

#[test]
fn the_file_of_a_new_project_is_4ds() {
    insta::assert_snapshot!(encode_new(&new_project()).unwrap());
}
