//! The normal form: one text for one meaning.

use std::fmt::Write as _;

use guichet_core::Diagnostic as _;
use guichet_storage::{DirectoryText, normalise};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value};

use crate::changes::{edited_text, idea};
use crate::meaning::{meaning, parse};
use crate::support::{editable_files, file, files};
use crate::touched_lines::rewritten;

fn normal(text: &DirectoryText) -> String {
    normalise(&text.document, &text.directory)
}

fn normal_of(bytes: Vec<u8>) -> String {
    normal(&DirectoryText::parse(bytes).unwrap())
}

/// Numbers as if by chance, always the same ones for a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

/// The same JSON with the members of every object in another order, and the lists of names too.
fn shuffled(value: &Value, dice: &mut Dice, path: &[&str]) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            dice.shuffle(&mut members);
            let member = |(key, value): (&String, &Value)| {
                let path = [path, &[key.as_str()]].concat();
                (key.clone(), shuffled(value, dice, &path))
            };
            Value::Object(members.into_iter().map(member).collect::<Map<_, _>>())
        }
        Value::Array(elements) if is_member_list(path) => {
            let mut elements = elements.clone();
            dice.shuffle(&mut elements);
            Value::Array(elements)
        }
        other => other.clone(),
    }
}

fn is_member_list(path: &[&str]) -> bool {
    matches!(path, ["groups", _, "users" | "groups"])
}

/// The value of a text, lists of names sorted: two texts with the same one differ in order and layout alone.
fn sorted(text: &str) -> Value {
    let mut value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
    let groups = value.get_mut("groups").and_then(Value::as_object_mut);
    for group in groups.into_iter().flat_map(Map::values_mut) {
        for list in ["users", "groups"] {
            if let Some(list) = group.get_mut(list).and_then(Value::as_array_mut) {
                list.sort_by_key(ToString::to_string);
            }
        }
    }
    value
}

/// Tells whether the order of a text means something: of two with the same name the first, of two keys the last.
fn order_counts(text: &DirectoryText) -> bool {
    let codes = ["duplicate-key", "twin-user", "twin-group"];
    let twins = text
        .problems
        .iter()
        .any(|problem| codes.contains(&problem.code()));
    let schemas = text.document.root().get("sqlSchemaGranters");
    twins || schemas.is_some_and(|schemas| schemas.len() > 1)
}

#[test]
fn the_directory_that_4d_saved_again_in_another_order_has_the_same_normal_form() {
    let (one, other) = (
        file("corpus", "survey-78-users"),
        file("corpus", "survey-78-users.resaved"),
    );
    assert_ne!(one, other);
    assert_eq!(normal_of(one), normal_of(other));
}

#[test]
fn byte_order_marks_line_ends_and_layout_make_no_difference() {
    let text = String::from_utf8(file("corpus", "two-groups-fr")).unwrap();
    let first = normal(&parse(&text));
    for other in [
        format!("\u{feff}{text}"),
        text.replace('\n', "\r\n"),
        text.replace('\t', "  "),
        text.replace(['\n', '\t'], ""),
        format!("{text}\n"),
    ] {
        assert_eq!(normal(&parse(&other)), first);
    }
}

#[test]
fn the_normal_form_is_what_people_expect_to_read() {
    let mut shown = String::new();
    for name in [
        "unknown-keys",
        "duplicate-keys",
        "twins-by-case",
        "both-settings-spellings",
        "escapes",
        "third-party-plugins",
    ] {
        let text = normal_of(file("odd", name));
        writeln!(shown, "# {name}\n{text}\n").unwrap();
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn what_is_normal_is_laid_out_as_4d_does_it() {
    for (name, bytes) in editable_files() {
        let normal = normal_of(bytes);
        // The reference writer writes one number of this file in another way, and keeps the last of two keys.
        if !["unknown-keys", "duplicate-keys"].contains(&name.as_str()) {
            assert_eq!(rewritten(&normal), normal, "{name}");
        }
    }
}

#[test]
fn the_list_of_conflicts_of_a_merge_comes_last_as_it_is() {
    let text = parse(
        r#"{"guichetConflicts": [{"kind": "x", "a": 1}], "zebra": {"b": 1, "a": [2, 1]}, "users": {}}"#,
    );
    let expected = "{\n\t\"users\": {},\n\t\"zebra\": {\n\t\t\"a\": [\n\t\t\t2,\n\t\t\t1\n\t\t],\n\t\t\"b\": 1\n\t},\n\t\"guichetConflicts\": [\n\t\t{\n\t\t\t\"a\": 1,\n\t\t\t\"kind\": \"x\"\n\t\t}\n\t]\n}";
    assert_eq!(normal(&text), expected);
}

#[test]
fn texts_that_are_no_directory_say_where() {
    for (name, bytes) in files("broken") {
        let error = DirectoryText::parse(bytes).unwrap_err();
        assert!(
            !error.code().is_empty() && error.place().position.line > 0,
            "{name}"
        );
    }
    let many = file("broken", "everything-of-the-wrong-kind");
    let error = DirectoryText::parse(many).unwrap_err().to_string();
    assert!(error.ends_with(", and 4 more"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn the_normal_form_means_the_same_and_is_its_own_normal_form(
        place in any::<Index>(),
        ideas in prop::collection::vec(idea(), 0..4),
    ) {
        let fixtures = editable_files();
        let (name, bytes) = place.get(&fixtures);
        let before = DirectoryText::parse(bytes.clone()).unwrap();
        let Some(text) = edited_text(&before, &ideas) else { return Ok(()) };
        let normal_text = normal(&text);
        let again = parse(&normal_text);
        prop_assert_eq!(meaning(&again.directory), meaning(&text.directory), "{}", name);
        prop_assert_eq!(sorted(&normal_text), sorted(text.document.text()), "{}", name);
        prop_assert_eq!(normal(&again), normal_text, "{}", name);
    }

    #[test]
    fn every_order_has_the_same_normal_form(place in any::<Index>(), seed in any::<u64>()) {
        let fixtures = editable_files();
        let (name, bytes) = place.get(&fixtures);
        let text = DirectoryText::parse(bytes.clone()).unwrap();
        if order_counts(&text) {
            return Ok(());
        }
        let value: Value = serde_json::from_str(text.document.text().trim_start_matches('\u{feff}')).unwrap();
        let other = shuffled(&value, &mut Dice(seed), &[]).to_string();
        prop_assert_eq!(normal(&parse(&other)), normal(&parse(&value.to_string())), "{}", name);
    }
}
