//! Repairs of a text: nobody gains or loses anything, and the other bytes stay.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use guichet_core::Diagnostic as _;
use guichet_storage::{DirectoryText, repair};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::changes::{edited_text, idea};
use crate::meaning::{meaning, parse};
use crate::support::{editable_files, file};
use crate::touched_lines::line_diff;

const FIXED: [&str; 4] = [
    "missing-user",
    "missing-nested-group",
    "duplicate-member",
    "name-by-case",
];

fn repaired(text: &DirectoryText) -> DirectoryText {
    let patch = repair(&text.document, &text.problems);
    parse(&patch.apply(text.document.text()).unwrap())
}

/// What a directory says of those who exist: names that nobody has give nothing to anybody.
fn access(text: &DirectoryText) -> BTreeMap<String, BTreeSet<String>> {
    let said = meaning(&text.directory).into_iter();
    said.map(|(subject, values)| {
        let values = values.into_iter().filter(|value| !value.starts_with("no "));
        (subject, values.collect())
    })
    .collect()
}

fn check(text: &DirectoryText) -> Result<(), TestCaseError> {
    let fixed = repaired(text);
    prop_assert_eq!(access(&fixed), access(text));
    let left: Vec<_> = fixed
        .problems
        .iter()
        .map(guichet_core::Diagnostic::code)
        .collect();
    let expected: Vec<_> = text
        .problems
        .iter()
        .map(guichet_core::Diagnostic::code)
        .filter(|code| !FIXED.contains(code))
        .collect();
    prop_assert_eq!(left, expected);
    prop_assert!(repair(&fixed.document, &fixed.problems).is_empty());
    Ok(())
}

#[test]
fn every_fixture_is_mended_and_means_the_same() {
    for (name, bytes) in editable_files() {
        let text = DirectoryText::parse(bytes).unwrap();
        check(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[test]
fn only_the_lines_that_are_fixed_change() {
    let mut shown = String::new();
    for name in [
        "dangling-members",
        "duplicate-members",
        "case-shifted-references",
        "dangling-grants",
        "minified",
    ] {
        let text = DirectoryText::parse(file("odd", name)).unwrap();
        let fixed = repaired(&text);
        let lines = line_diff(text.document.text(), fixed.document.text());
        writeln!(shown, "# {name}\n{lines}").unwrap();
    }
    insta::assert_snapshot!(shown);
}

/// Each problem was once looked for from the beginning of the text.
#[test]
fn a_list_of_nothing_but_problems_is_mended_in_linear_time() {
    let text = |name: &str| {
        let names: Vec<_> = (0..20_000).map(|number| format!("{number}")).collect();
        let users: Vec<_> = names.iter().map(|one| format!("\"u{one}\":{{}}")).collect();
        let members: Vec<_> = names.iter().map(|one| format!("\"{name}{one}\"")).collect();
        let (users, members) = (users.join(","), members.join(","));
        parse(&format!(
            "{{\"users\":{{{users}}},\"groups\":{{\"all\":{{\"users\":[{members}]}}}}}}"
        ))
    };
    let fixed = repaired(&text("U"));
    assert_eq!(fixed.document.text(), text("u").document.text());
}

#[test]
fn what_is_not_asked_for_stays() {
    let text = DirectoryText::parse(file("odd", "duplicate-members")).unwrap();
    assert!(repair(&text.document, &[]).is_empty());
    let one = text
        .problems
        .iter()
        .find(|one| one.code() == "duplicate-member")
        .unwrap()
        .clone();
    let patch = repair(&text.document, std::slice::from_ref(&one));
    let repaired = patch.apply(text.document.text()).unwrap();
    let left = DirectoryText::parse(repaired.into_bytes()).unwrap();
    assert_eq!(left.problems.len(), text.problems.len() - 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_edited_is_mended_and_means_the_same(
        place in any::<Index>(),
        ideas in prop::collection::vec(idea(), 0..4),
    ) {
        let fixtures = editable_files();
        let (_, bytes) = place.get(&fixtures);
        let before = DirectoryText::parse(bytes.clone()).unwrap();
        let Some(text) = edited_text(&before, &ideas) else { return Ok(()) };
        check(&text)?;
    }
}
