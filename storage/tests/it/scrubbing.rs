//! Scrubbed directories: nobody in them, and everything else as it was.

use std::collections::{BTreeSet, HashSet};
use std::fmt::Write as _;

use guichet_core::{Diagnostic as _, Directory, PasswordKind};
use guichet_storage::json::{Kind, Node};
use guichet_storage::{DirectoryText, ScrubKey, scrub};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::changes::{edited_text, idea};
use crate::meaning::parse;
use crate::support::{editable_files, file, files};

fn scrubbed(text: &DirectoryText, key: Option<&ScrubKey>) -> DirectoryText {
    parse(&scrub(&text.document, &text.directory, key))
}

/// Every text of a document that a person may have written: neither a key of the format nor one of its words.
fn texts(document: &guichet_storage::json::Document) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Vec<Node<'_>> = vec![document.root()];
    while let Some(node) = open.pop() {
        match node.kind() {
            Kind::String => found.extend(node.as_str().map(std::borrow::Cow::into_owned)),
            Kind::Array => open.extend(node.elements()),
            Kind::Object => {
                open.extend(node.members().flat_map(|member| [member.key, member.value]));
            }
            _ => {}
        }
    }
    found
}

/// The names and digests of a directory that must not be seen again.
fn secrets(text: &DirectoryText) -> HashSet<String> {
    let directory = &text.directory;
    let mut secrets = HashSet::new();
    for (_, user) in directory.users() {
        secrets.insert(user.name().to_string());
        secrets.extend(
            user.credential()
                .map(|one| one.expose_stored_text().to_owned()),
        );
        secrets.extend(user.startup_method().map(ToString::to_string));
    }
    for (_, group) in directory.groups() {
        secrets.insert(group.name().to_string());
        secrets.extend(group.missing_users().iter().map(ToString::to_string));
        secrets.extend(group.missing_groups().iter().map(ToString::to_string));
    }
    // A built-in user without an alias goes by a word of the format, which is no secret.
    let words = ["designer", "administrator"];
    secrets.retain(|secret| {
        secret.chars().count() >= 3 && !words.contains(&secret.to_lowercase().as_str())
    });
    secrets
}

/// How many users each group has in the end, and each user groups, in no order: the slow, obvious way.
fn closure_sizes(directory: &Directory) -> Vec<(usize, bool)> {
    let mut sizes: Vec<_> = directory
        .groups()
        .map(|(group, held)| {
            let (mut seen, mut open) = (BTreeSet::from([group]), vec![group]);
            let mut users: BTreeSet<guichet_core::UserHandle> = BTreeSet::new();
            while let Some(group) = open.pop() {
                let group = directory.group(group).unwrap();
                users.extend(group.users());
                open.extend(group.groups().iter().filter(|nested| seen.insert(**nested)));
            }
            (users.len(), held.name().as_str().chars().count() > 15)
        })
        .collect();
    sizes.sort_unstable();
    sizes
}

/// The text without what stands in quotation marks and without the digits.
fn skeleton(text: &str) -> String {
    let mut inside = false;
    let mut escaped = false;
    let mut kept = String::new();
    for character in text.chars() {
        match character {
            '"' if !escaped => inside = !inside,
            _ if inside => {}
            '0'..='9' | '.' | '+' | '-' | 'e' | 'E' => {}
            other => kept.push(other),
        }
        escaped = inside && character == '\\' && !escaped;
    }
    kept
}

/// What is odd about a text: the codes and the lines.
fn oddities(text: &DirectoryText) -> Vec<(&'static str, u32)> {
    let odd = text.problems.iter();
    odd.map(|one| (one.code(), one.place.position.line))
        .collect()
}

fn kinds(directory: &Directory) -> Vec<PasswordKind> {
    directory.users().map(|(_, user)| user.password()).collect()
}

/// How many users share each stored password.
fn shared(directory: &Directory) -> Vec<usize> {
    let stored: Vec<_> = directory
        .users()
        .map(|(_, user)| {
            user.credential()
                .map(guichet_core::Credential::expose_stored_text)
        })
        .collect();
    stored
        .iter()
        .map(|one| stored.iter().filter(|other| *other == one).count())
        .collect()
}

fn check(text: &DirectoryText, key: Option<&ScrubKey>) -> Result<(), TestCaseError> {
    let clean = scrubbed(text, key);
    let kept = texts(&clean.document);
    for secret in secrets(text) {
        let seen = kept.iter().find(|kept| kept.contains(&secret));
        let word_of_the_format = [
            "designer",
            "administrator",
            "users",
            "groups",
            "DEFAULT_SCHEMA",
        ];
        if word_of_the_format
            .iter()
            .all(|word| !word.contains(secret.as_str()))
        {
            prop_assert_eq!(seen, None, "{}", secret);
        }
    }
    prop_assert_eq!(
        closure_sizes(&clean.directory),
        closure_sizes(&text.directory)
    );
    prop_assert_eq!(oddities(&clean), oddities(text));
    prop_assert_eq!(kinds(&clean.directory), kinds(&text.directory));
    prop_assert_eq!(shared(&clean.directory), shared(&text.directory));
    prop_assert_eq!(
        skeleton(clean.document.text()),
        skeleton(text.document.text())
    );
    let again = scrubbed(&clean, key);
    prop_assert_eq!(oddities(&again), oddities(text));
    prop_assert_eq!(
        closure_sizes(&again.directory),
        closure_sizes(&text.directory)
    );
    Ok(())
}

#[test]
fn nobody_is_left_in_any_fixture_and_everything_else_is() {
    let key = ScrubKey::from_text("a long random word");
    for (name, bytes) in editable_files() {
        let text = DirectoryText::parse(bytes).unwrap();
        for key in [None, Some(&key)] {
            check(&text, key).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
}

#[test]
fn what_a_scrubbed_file_looks_like() {
    let mut shown = String::new();
    for (folder, name) in [
        ("corpus", "two-groups-fr"),
        ("odd", "unknown-keys"),
        ("odd", "case-shifted-references"),
    ] {
        let text = DirectoryText::parse(file(folder, name)).unwrap();
        let scrubbed = scrub(&text.document, &text.directory, None);
        writeln!(shown, "# {name}\n{scrubbed}\n").unwrap();
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn without_a_key_the_result_depends_on_no_name() {
    let bytes = String::from_utf8(file("corpus", "two-groups-fr")).unwrap();
    let one = parse(&bytes);
    let other = parse(&bytes.replace("Ego", "Quiz").replace("Ekib", "Wharf"));
    assert_eq!(
        scrub(&one.document, &one.directory, None),
        scrub(&other.document, &other.directory, None)
    );
}

#[test]
fn with_a_key_a_name_is_the_same_in_every_file_and_another_one_with_another_key() {
    let text = |users: &str| parse(&format!("{{\"users\": {{{users}}}}}"));
    let (one, other) = (
        text(r#""Ann Lee": {}, "Bob": {}"#),
        text(r#""Zoe": {}, "ann lee": {}"#),
    );
    let names = |text: &DirectoryText, key: &ScrubKey| -> Vec<String> {
        let clean = scrubbed(text, Some(key));
        clean
            .directory
            .users()
            .skip(2)
            .map(|(_, user)| user.name().to_string())
            .collect()
    };
    let key = ScrubKey::from_text("one");
    assert_eq!(names(&one, &key)[0], names(&other, &key)[1]);
    assert_ne!(
        names(&one, &key)[0],
        names(&one, &ScrubKey::from_text("two"))[0]
    );
    assert_eq!(format!("{key:?}"), "ScrubKey(…)");
}

#[test]
fn an_unknown_key_that_holds_a_name_goes_too() {
    let text = parse(
        r#"{"users": {"Ann": {"x": 1, "of Ann Lee": true}}, "theme": {"ANN": "Ann"}, "Annex": 1}"#,
    );
    let clean = scrub(&text.document, &text.directory, None).to_lowercase();
    assert!(!clean.contains("ann"), "{clean}");
    assert!(
        clean.contains("\"theme\"") && clean.contains("\"x\": 0"),
        "{clean}"
    );
}

/// Names that resemble 4D's own, whatever a suggestion would say.
#[test]
fn plug_ins_of_others_are_renamed_and_those_of_4d_are_not() {
    let text = parse(
        r#"{"users": {}, "remoteGranters": {"Preview": "*", "MySoap": "*", "4DWrite": "*", "WRITE": "*", "view": "*"}}"#,
    );
    let clean = scrub(&text.document, &text.directory, None);
    for gone in ["Preview", "MySoap", "4DWrite"] {
        assert!(!clean.contains(gone), "{clean}");
    }
    assert!(
        clean.contains("\"WRITE\"") && clean.contains("\"view\""),
        "{clean}"
    );
    let odd = text
        .problems
        .iter()
        .filter(|problem| problem.code() == "plugin-by-case");
    assert_eq!(odd.count(), 1, "`Preview` is no misspelling of `view`");
}

#[test]
fn short_names_are_not_found_inside_the_invented_ones() {
    for (name, bytes) in files("corpus") {
        let text = DirectoryText::parse(bytes).unwrap();
        // A name that the invented one would hold if nobody looked.
        let first = scrubbed(&text, None);
        let invented = first
            .directory
            .users()
            .nth(2)
            .map(|(_, user)| user.name().to_string());
        let Some(invented) = invented else { continue };
        let short: String = invented.chars().skip(2).take(3).collect();
        let with = text.document.text().replacen(
            "\"users\": {",
            &format!("\"users\": {{\"{short}\": {{}},"),
            1,
        );
        let with = parse(&with);
        let clean = scrub(&with.document, &with.directory, None);
        assert!(!clean.contains(&short), "{name}: {short}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

    #[test]
    fn nobody_is_left_after_any_edit(
        place in any::<Index>(),
        ideas in prop::collection::vec(idea(), 0..4),
        word in "[a-z]{0,6}",
    ) {
        let fixtures = editable_files();
        let (_, bytes) = place.get(&fixtures);
        let before = DirectoryText::parse(bytes.clone()).unwrap();
        let Some(text) = edited_text(&before, &ideas) else { return Ok(()) };
        let key = ScrubKey::from_text(&word);
        check(&text, (!word.is_empty()).then_some(&key))?;
    }
}
