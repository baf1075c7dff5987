//! Merged texts: both sides' changes in the bytes of ours, and conflicts that JSON survives.

use std::fmt::Write as _;

use guichet_core::Diagnostic as _;
use guichet_core::compare;
use guichet_storage::{
    DirectoryText, MergeError, MergedText, conflicts, merge, normalise, without_conflicts,
};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::changes::{edited_text, idea};
use crate::meaning::{meaning, parse};
use crate::support::{editable_files, file, files};
use crate::touched_lines::line_diff;

fn merged(base: &DirectoryText, ours: &DirectoryText, theirs: &DirectoryText) -> MergedText {
    merge(base, ours, theirs).unwrap()
}

fn base() -> String {
    String::from_utf8(file("corpus", "two-groups-fr")).unwrap()
}

/// What a merge makes of ours, line by line.
fn shown(base: &str, ours: &str, theirs: &str) -> String {
    let merged = merged(&parse(base), &parse(ours), &parse(theirs));
    let again = parse(&merged.text);
    assert_eq!(conflicts(&again.document).len(), merged.conflicts.len());
    line_diff(ours, &merged.text)
}

#[test]
fn two_users_who_are_added_to_one_group_are_both_in_it() {
    let base = base();
    let add = |name: &str| {
        let ego = "\"Ego\": {";
        let text = base.replacen(ego, &format!("\"{name}\": {{}},\n\t\t{ego}"), 1);
        text.replacen(
            "\"Ego\"\n\t\t\t]",
            &format!("\"Ego\",\n\t\t\t\t\"{name}\"\n\t\t\t]"),
            1,
        )
    };
    insta::assert_snapshot!(shown(&base, &add("Ann"), &add("Zoë")), @r#"
    - 14     }
    + 14     },
    + 15     "Zoë": {}
    - 22         "Ann"
    + 23         "Ann",
    + 24         "Zoë"
    "#);
}

#[test]
fn two_names_for_one_group_are_a_conflict_that_can_be_read_and_ours_stays() {
    let base = base();
    let (ours, theirs) = (
        base.replace("Ekib", "Developers"),
        base.replace("Ekib", "Coders"),
    );
    insta::assert_snapshot!(shown(&base, &ours, &theirs), @r#"
    - 55   }
    + 55   },
    + 56   "guichetConflicts": [
    + 57     {
    + 58       "kind": "both-changed",
    + 59       "ours": [
    + 60         "group `Ekib` is now called `Developers`"
    + 61       ],
    + 62       "theirs": [
    + 63         "group `Ekib` is now called `Coders`"
    + 64       ]
    + 65     }
    + 66   ]
    "#);
    let merged = merged(&parse(&base), &parse(&ours), &parse(&theirs));
    assert!(!merged.is_clean());
    let text = parse(&merged.text);
    assert_eq!(meaning(&text.directory), meaning(&parse(&ours).directory));
    let normal = parse(&normalise(&text.document, &text.directory));
    assert_eq!(conflicts(&normal.document)[0].0, merged.conflicts[0]);
    let resolved = without_conflicts(&text.document);
    assert_eq!(resolved.apply(&merged.text).as_deref(), Some(ours.as_str()));
}

/// A bug once: a merge that only listed conflicts stood in the history without a sentence.
#[test]
fn what_a_merge_does_to_ours_is_said_in_sentences() {
    let base = base();
    let with = |name: &str| base.replace("Ekib", name);
    let noted = base.replacen('{', "{\n\t\"note\": 1,", 1);
    let said = |ours: &str, theirs: &str| {
        let (ours, theirs) = (parse(ours), parse(theirs));
        merged(&parse(&base), &ours, &theirs).what
    };
    assert_eq!(said(&base, &base), Vec::<String>::new());
    insta::assert_snapshot!(
        said(&with("Developers"), &with("Coders")).join("\n"),
        @"a conflict was listed: both-changed; ours: group `Ekib` is now called `Developers`; theirs: group `Ekib` is now called `Coders`"
    );
    insta::assert_snapshot!(
        said(&base, &with("Coders")).join("\n"),
        @"group `Ekib` is now called `Coders`"
    );
    insta::assert_snapshot!(
        said(&base, &noted).join("\n"),
        @"what Guichet does not read was merged"
    );
}

/// The Designer and an ordinary user are both called `Designer`. Such a merge was refused once.
#[test]
fn of_two_users_with_one_name_each_gets_their_own_password() {
    let base = String::from_utf8(file("odd", "twins-by-case")).unwrap();
    for (before, after) in [
        (
            "\"alias\": \"Designer\"",
            "\"alias\": \"Designer\",\n\t\t\t\"password\": \"$2b$10$theirs\"",
        ),
        (
            "\"Designer\": {}",
            "\"Designer\": {\n\t\t\t\"password\": \"$2b$10$theirs\"\n\t\t}",
        ),
    ] {
        let theirs = base.replacen(before, after, 1);
        assert_ne!(theirs, base);
        let brought = merged(&parse(&base), &parse(&base), &parse(&theirs));
        let meant = meaning(&parse(&theirs).directory);
        assert_eq!(meaning(&parse(&brought.text).directory), meant);
    }
}

#[test]
fn two_passwords_are_a_conflict_that_shows_neither() {
    let base = base();
    let set = |digest: &str| {
        base.replacen(
            "\"Ufukofabefo\": {}",
            &format!("\"Ufukofabefo\": {{\n\t\t\t\"password\": \"{digest}\"\n\t\t}}"),
            1,
        )
    };
    let (ours, theirs) = (set("$2b$10$ours"), set("$2b$10$theirs"));
    assert_ne!(ours, base);
    let merged = merged(&parse(&base), &parse(&ours), &parse(&theirs));
    assert_eq!(merged.conflicts.len(), 1);
    assert!(merged.text.contains("$2b$10$ours") && !merged.text.contains("$2b$10$theirs"));
    let told = format!("{:?}", merged.conflicts);
    assert!(!told.contains("$2b$"), "{told}");
}

/// Each conflict was once looked for among all the others.
#[test]
fn conflicts_of_a_whole_directory_are_told_in_linear_time() {
    let side = |name: &str| {
        let user = |number| format!("\"User {number}\":{{\"startupMethod\":\"{name}\"}}");
        let users: Vec<_> = (0..10_000).map(user).collect();
        parse(&format!("{{\"users\":{{{}}}}}", users.join(",")))
    };
    let merged = merged(&side("base"), &side("ours"), &side("theirs"));
    assert_eq!(merged.conflicts.len(), 10_000);
    let text = parse(&merged.text);
    assert_eq!(merge(&text, &text, &text).unwrap().conflicts.len(), 10_000);
}

#[test]
fn what_only_a_file_may_hold_is_merged_too() {
    let base = base();
    let group = "\"Efidakukafoda\": {";
    let mut out = String::new();
    for (title, theirs) in [
        ("a group is gone", {
            let value: serde_json::Value = serde_json::from_str(&base).unwrap();
            let mut value = value;
            value["groups"].as_object_mut().unwrap().shift_remove("Ekib");
            value["remoteGranters"] = serde_json::json!({});
            value.to_string()
        }),
        ("a long name", base.replacen(group, &format!("\"A name of more than fifteen characters\": {{}},\n\t\t{group}"), 1)),
        ("nobody in a list", base.replacen("\"Ego\"\n\t\t\t]", "\"Ego\",\n\t\t\t\t\"Nobody at all\"\n\t\t\t]", 1)),
        ("a schema", base.replacen("\"sqlSchemaGranters\": {", "\"sqlSchemaGranters\": {\n\t\t\"OTHER\": {\n\t\t\t\"allAccessGroup\": \"Ekib\"\n\t\t},", 1)),
        (
            "plug-ins of third parties",
            base.replacen(
                "\"view\": \"*\"",
                "\"barcode\": \"Ekib\",\n\t\t\"4D Internet\": \"\",\n\t\t\"view\": \"*\"",
                1,
            ),
        ),
        ("a missing grantee", base.replacen("\"view\": \"*\"", "\"view\": \"Gone\"", 1)),
    ] {
        assert_ne!(theirs, base);
        writeln!(out, "# {title}\n{}", shown(&base, &base, &theirs)).unwrap();
    }
    insta::assert_snapshot!(out);
}

#[test]
fn unknown_members_are_merged_one_key_at_a_time() {
    let text = |inside: &str, outside: &str| {
        format!("{{\n\t\"users\": {{\n\t\t\"Ann\": {{{inside}}}\n\t}}{outside}\n}}")
    };
    let base = text(
        "\"a\": 1, \"b\": {\"x\": 1, \"y\": [1]}, \"c\": 1",
        ",\n\t\"version\": 1",
    );
    let cases = [
        (
            "theirs changes",
            base.clone(),
            text(
                "\"a\": 2, \"b\": {\"y\": [1], \"x\": 1}, \"d\": [true]",
                ",\n\t\"version\": {\"of\": 2}",
            ),
        ),
        (
            "ours changes",
            text("\"a\": 2, \"b\": {}", ""),
            base.clone(),
        ),
        (
            "both change the same",
            text("\"a\": 2", ",\n\t\"version\": 1"),
            text("\"a\": 2", ",\n\t\"version\": 1"),
        ),
        (
            "both change differently",
            text("\"a\": 2, \"b\": {\"x\": 1, \"y\": [1]}, \"c\": 1", ""),
            text(
                "\"a\": 3, \"b\": {\"x\": 1, \"y\": [1]}, \"c\": 1",
                ",\n\t\"version\": 2",
            ),
        ),
        (
            "a new user brings some",
            base.clone(),
            text(
                "\"a\": 1, \"b\": {\"x\": 1, \"y\": [1]}, \"c\": 1}, \"Bob\": {\"z\": null",
                ",\n\t\"version\": 1",
            ),
        ),
    ];
    let mut out = String::new();
    for (title, ours, theirs) in &cases {
        writeln!(out, "# {title}\n{}", shown(&base, ours, theirs)).unwrap();
    }
    insta::assert_snapshot!(out);
}

#[test]
fn conflicts_that_nobody_resolved_go_on_being_there_once() {
    let base = base();
    let with = |name: &str| {
        let member = ",\n\t\"guichetConflicts\": [\n\t\t{\n\t\t\t\"kind\": \"cycle\",\n\t\t\t\"ours\": [],\n\t\t\t\"theirs\": [\n\t\t\t\t\"NAME\"\n\t\t\t]\n\t\t}\n\t]\n}";
        let text = base.strip_suffix("\n}").unwrap();
        format!("{text}{}", member.replace("NAME", name))
    };
    let one = merged(&parse(&base), &parse(&with("one")), &parse(&with("one")));
    assert_eq!(one.text, with("one"));
    let two = merged(&parse(&base), &parse(&with("one")), &parse(&with("two")));
    assert_eq!(two.conflicts.len(), 2);
    // One side has resolved it.
    let none = merged(&parse(&with("one")), &parse(&with("one")), &parse(&base));
    assert_eq!(none.text, base);
    assert_eq!(conflicts(&parse(&two.text).document).len(), 2);
}

#[test]
fn a_member_of_that_name_with_something_else_in_it_is_a_conflict() {
    for text in [
        "{\"guichetConflicts\": true}",
        "{\"guichetConflicts\": [7]}",
        "{\"guichetConflicts\": {}}",
    ] {
        let found = conflicts(&parse(text).document);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].0.kind, "");
    }
    assert!(conflicts(&parse("{}").document).is_empty());
}

#[test]
fn any_three_directories_can_be_merged() {
    let texts: Vec<_> = files("corpus")
        .into_iter()
        .map(|(name, bytes)| (name, DirectoryText::parse(bytes).unwrap()))
        .collect();
    for (first, base) in &texts {
        for (second, theirs) in &texts {
            let merged = merge(base, &texts[0].1, theirs)
                .unwrap_or_else(|error| panic!("{first} {second}: {error}"));
            let again = parse(&merged.text);
            let brought = compare(&texts[0].1.directory, &again.directory);
            assert_eq!(brought, *merged.merge.difference(), "{first} {second}");
            assert_eq!(merged.conflicts.len(), merged.merge.conflicts().len());
        }
    }
}

#[test]
fn grants_come_along_where_the_file_has_none() {
    let text = |more: &str| {
        format!("{{\n\t\"users\": {{}},\n\t\"groups\": {{\n\t\t\"Devs\": {{}}\n\t}}{more}\n}}")
    };
    let theirs =
        text(",\n\t\"remoteGranters\": {\n\t\t\"web\": \"Devs\",\n\t\t\"barcode\": \"Devs\"\n\t}");
    let merged = merged(&parse(&text("")), &parse(&text("")), &parse(&theirs));
    assert_eq!(merged.text, theirs);
}

/// Far more than any 4D has, as only a made-up file would: nothing grows with the square.
#[test]
fn many_plug_ins_and_schemas_are_read_and_merged() {
    let text = |grantee: &str| {
        let (mut schemas, mut plugins) = (String::new(), String::new());
        for n in 0..10_000 {
            let comma = if n == 0 { "" } else { "," };
            write!(
                schemas,
                "{comma}\"S{n}\": {{\"readOnlyAccessGroup\": \"{grantee}\"}}"
            )
            .unwrap();
            write!(plugins, "{comma}\"p{n}\": \"{grantee}\"").unwrap();
        }
        parse(&format!(
            "{{\"users\": {{}}, \"groups\": {{}}, \"sqlSchemaGranters\": {{{schemas}}}, \"remoteGranters\": {{{plugins}}}}}"
        ))
    };
    let (base, theirs) = (text(""), text("*"));
    let merged = merged(&base, &base, &theirs);
    assert_eq!(merged.merge.difference().len(), 20_000);
    assert_eq!(merged.text, theirs.document.text());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn merging_what_one_side_did_is_what_it_did(
        place in any::<Index>(),
        ideas in prop::collection::vec(idea(), 0..5),
    ) {
        let fixtures = editable_files();
        let (name, bytes) = place.get(&fixtures);
        let base = DirectoryText::parse(bytes.clone()).unwrap();
        let Some(side) = edited_text(&base, &ideas) else { return Ok(()) };
        let ours = merged(&base, &side, &base);
        prop_assert_eq!(&ours.text, side.document.text(), "{}", name);
        match merge(&base, &base, &side) {
            Ok(theirs) => {
                let unresolved: Vec<_> = conflicts(&side.document).into_iter().map(|(conflict, _)| conflict).collect();
                prop_assert_eq!(&theirs.conflicts, &unresolved, "{}", name);
                prop_assert_eq!(meaning(&parse(&theirs.text).directory), meaning(&side.directory), "{}", name);
            }
            // Two users of exactly one name: nobody can say which one a name means.
            Err(error) => {
                prop_assert!(["twin-built-ins", "twins-by-case"].contains(&name.as_str()), "{}", name);
                prop_assert_eq!(error.code(), "ambiguous-name");
            }
        }
        prop_assert_eq!(merged(&side, &side, &side).text, side.document.text());
    }

    #[test]
    fn the_sides_of_a_merge_may_change_places(
        place in any::<Index>(),
        ours in prop::collection::vec(idea(), 0..4),
        theirs in prop::collection::vec(idea(), 0..4),
    ) {
        let fixtures = files("corpus");
        let (name, bytes) = place.get(&fixtures);
        let base = DirectoryText::parse(bytes.clone()).unwrap();
        let (Some(ours), Some(theirs)) = (edited_text(&base, &ours), edited_text(&base, &theirs)) else { return Ok(()) };
        let (one, other) = (merged(&base, &ours, &theirs), merged(&base, &theirs, &ours));
        prop_assert_eq!(one.is_clean(), other.is_clean(), "{}", name);
        // Conflicts that come of how others were settled hang on whose name stays: core has the law of those.
        if one.merge.conflicts().is_empty() {
            prop_assert_eq!(one.conflicts.len(), other.conflicts.len(), "{}", name);
        }
        let (left, right) = (parse(&one.text), parse(&other.text));
        if one.is_clean() {
            prop_assert_eq!(meaning(&left.directory), meaning(&right.directory), "{}", name);
        }
        prop_assert_eq!(conflicts(&left.document).len(), one.conflicts.len());
        let resolved = without_conflicts(&left.document).apply(&one.text).unwrap();
        prop_assert_eq!(meaning(&parse(&resolved).directory), meaning(&left.directory));
    }
}

#[test]
fn an_empty_side_is_refused_and_only_the_base_may_be_empty() {
    let full = parse(r#"{"users": {"designer": {"password": "$2b$10$x"}, "Ann": {}}}"#);
    for bytes in ["", " \r\n\t", "\u{feff}"] {
        let empty = DirectoryText::parse_or_absent(bytes.as_bytes().to_vec()).unwrap();
        for (ours, theirs, side) in [
            (&empty, &full, "our side"),
            (&full, &empty, "the other side"),
        ] {
            let error = merge(&full, ours, theirs).unwrap_err();
            assert_eq!(error, MergeError::EmptySide { side });
            assert_eq!(error.code(), "empty-side");
        }
        let merged = merge(&empty, &full, &full).unwrap();
        assert_eq!(merged.text, full.document.text());
    }
}
