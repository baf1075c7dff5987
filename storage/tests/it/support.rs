//! What several tests share: the fixtures, and generators of JSON texts.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;

/// Returns a folder of fixtures.
pub(crate) fn fixtures(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(folder)
}

/// Reads every directory file of a folder of fixtures, by name; `*.expected.json` is left out.
pub(crate) fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<_> = fs::read_dir(fixtures(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .filter_map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (!name.ends_with(".expected")).then(|| (name, fs::read(&path).unwrap()))
        })
        .collect();
    found.sort();
    assert!(!found.is_empty(), "no fixtures in {folder}");
    found
}

/// Reads one directory file of a folder of fixtures.
pub(crate) fn file(folder: &str, name: &str) -> Vec<u8> {
    fs::read(fixtures(folder).join(format!("{name}.json"))).unwrap()
}

/// Every fixture of every folder.
pub(crate) fn every_file() -> Vec<(String, Vec<u8>)> {
    ["corpus", "odd", "broken"]
        .into_iter()
        .flat_map(|folder| {
            files(folder)
                .into_iter()
                .map(move |(name, bytes)| (format!("{folder}/{name}"), bytes))
        })
        .collect()
}

/// Every fixture that loads and that can be edited.
pub(crate) fn editable_files() -> Vec<(String, Vec<u8>)> {
    let mut all = files("corpus");
    all.extend(files("odd"));
    all
}

/// A JSON string as somebody may write it: plain, with escapes, with surrogate pairs.
fn string() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z0-9 '._+/-]{0,9}",
        2 => "[àéößĳ€😀\u{feff}\u{2028}\u{7f}]{1,3}",
        1 => prop_oneof![
            Just("\\\"".to_owned()), Just("\\\\".to_owned()), Just("\\/".to_owned()), Just("\\b".to_owned()),
            Just("\\f".to_owned()), Just("\\n".to_owned()), Just("\\r".to_owned()), Just("\\t".to_owned()),
            Just("\\u00e9".to_owned()), Just("\\uD83D\\uDE00".to_owned()), Just("\\u0000".to_owned()),
        ],
    ];
    proptest::collection::vec(piece, 0..4).prop_map(|pieces| format!("\"{}\"", pieces.concat()))
}

/// White space between the tokens.
fn space() -> impl Strategy<Value = &'static str> {
    prop_oneof![4 => Just(""), 2 => Just(" "), 1 => Just("\n"), 1 => Just("\r\n"), 1 => Just("\t"), 1 => Just("\r")]
}

/// A JSON text without a byte order mark.
pub(crate) fn json_text() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        6 => string(),
        1 => "-?(0|[1-9][0-9]{0,8})(\\.[0-9]{1,4})?([eE][+-]?[0-9]{1,2})?",
        1 => prop_oneof![Just("true"), Just("false"), Just("null")].prop_map(str::to_owned),
    ];
    leaf.prop_recursive(5, 48, 6, |inner| {
        let element = (space(), inner.clone(), space())
            .prop_map(|(before, value, after)| format!("{before}{value}{after}"));
        let member = (space(), string(), space(), space(), inner, space())
            .prop_map(|(a, key, b, c, value, d)| format!("{a}{key}{b}:{c}{value}{d}"));
        prop_oneof![
            (proptest::collection::vec(element, 0..6), space())
                .prop_map(|(elements, empty)| bracketed('[', &elements, empty, ']')),
            (proptest::collection::vec(member, 0..6), space())
                .prop_map(|(members, empty)| bracketed('{', &members, empty, '}')),
        ]
    })
}

fn bracketed(open: char, inside: &[String], empty: &str, close: char) -> String {
    if inside.is_empty() {
        format!("{open}{empty}{close}")
    } else {
        format!("{open}{}{close}", inside.join(","))
    }
}
