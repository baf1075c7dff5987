//! The scanner against `serde_json`, which is slow beside it and well tried.

use guichet_storage::json::{Document, Kind, Node};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{every_file, json_text};

/// Builds a `serde_json` value through the views of the tape.
fn value(node: Node<'_>) -> Value {
    match node.kind() {
        Kind::Null => Value::Null,
        Kind::Boolean => Value::Bool(node.raw() == "true"),
        Kind::Number => serde_json::from_str(node.raw()).unwrap(),
        Kind::String => Value::String(node.as_str().unwrap().into_owned()),
        Kind::Array => Value::Array(node.elements().map(value).collect()),
        Kind::Object => {
            let mut map = serde_json::Map::new();
            for member in node.members() {
                map.insert(member.name().into_owned(), value(member.value));
            }
            Value::Object(map)
        }
    }
}

/// Asserts that both accept a text with the same value, or both refuse it.
fn same_verdict(bytes: &[u8]) {
    let ours = Document::parse(bytes.to_vec());
    let theirs =
        serde_json::from_slice::<Value>(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes));
    match (&ours, &theirs) {
        (Ok(document), Ok(expected)) => {
            assert_eq!(value(document.root()), *expected);
            assert_eq!(document.as_bytes(), bytes);
        }
        (Err(error), Err(_)) => {
            assert!(error.offset() <= bytes.len(), "{error}");
            assert!(error.position().line >= 1 && error.position().column >= 1);
        }
        // `serde_json` refuses numbers that no `f64` holds; JSON's grammar does not.
        (Ok(_), Err(error)) if error.to_string().starts_with("number out of range") => {}
        _ => panic!(
            "{ours:?} against {theirs:?} on {:?}",
            String::from_utf8_lossy(bytes)
        ),
    }
}

#[test]
fn the_fixtures_read_as_serde_json_reads_them() {
    for (_, bytes) in every_file() {
        same_verdict(&bytes);
    }
}

#[test]
fn small_texts_are_judged_as_serde_json_judges_them() {
    let alphabet = [b'{', b'}', b'[', b']', b'"', b':', b',', b'1', b' ', b'\\'];
    let mut text = Vec::new();
    for code in 0..10_usize.pow(6) {
        text.clear();
        let mut rest = code;
        while rest > 0 {
            text.push(alphabet[rest % 10]);
            rest /= 10;
        }
        same_verdict(&text);
    }
}

#[test]
fn numbers_and_escapes_are_judged_as_serde_json_judges_them() {
    for text in [
        "0",
        "-0",
        "-",
        "01",
        "1.",
        ".5",
        "1.5",
        "1e",
        "1e+",
        "1E-2",
        "1e5",
        "+1",
        "0x1",
        "1e999",
        "--1",
        "00",
        "-01",
        "\"\\u\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\u0041\"",
        "\"\\ud800\\udc00\"",
        "\"\\ud800\\ud800\"",
        "\"\\ud800x\"",
        "\"\\x\"",
        "\"\\\"",
        "\"\\",
        "\"\t\"",
        "\"\u{7f}\"",
        "\"a\nb\"",
        "tru",
        "true",
        "truee",
        "nul",
        "null",
        "False",
        "false",
        "[1,]",
        "{\"a\":1,}",
        "{,}",
        "[,]",
        "{\"a\"}",
        "{\"a\":}",
        "{1:2}",
        "[1 2]",
        "1 2",
        "",
        " ",
        "\u{feff}",
        "\u{feff}{}",
        "\u{feff}\u{feff}{}",
        "{}\u{feff}",
        "\u{a0}1",
    ] {
        same_verdict(text.as_bytes());
    }
}

proptest! {
    #[test]
    fn generated_texts_come_back_byte_for_byte_and_mean_the_same(
        text in json_text(), mark in prop_oneof![Just(""), Just("\u{feff}")], end in prop_oneof![Just(""), Just("\n")],
    ) {
        same_verdict(format!("{mark}{text}{end}").as_bytes());
    }

    #[test]
    fn damaged_texts_are_judged_as_serde_json_judges_them(
        text in json_text(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>(),
    ) {
        let mut bytes = text.into_bytes();
        let at = at.index(bytes.len());
        if cut {
            bytes.truncate(at);
        } else {
            bytes[at] = byte;
        }
        same_verdict(&bytes);
    }

    #[test]
    fn every_value_has_an_address_that_leads_to_it(text in json_text()) {
        let document = Document::parse(text.into_bytes()).unwrap();
        prop_assume!(document.overridden_members().next().is_none());
        let mut waiting = vec![document.root()];
        while let Some(node) = waiting.pop() {
            prop_assert_eq!(document.find(&node.pointer()).unwrap().span(), node.span());
            waiting.extend(node.elements());
            waiting.extend(node.members().map(|member| member.value));
        }
    }
}
