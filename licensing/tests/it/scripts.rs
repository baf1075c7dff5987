//! Scripts of sessions and seats: what they say of a directory and its licences.

use guichet_core::{Diagnostic as _, Directory};
use guichet_licensing::script::{Script, ScriptContext, ScriptOutcome, play};
use guichet_licensing::{Admission, Entitlements, PluginCatalogue};
use serde::Deserialize;

use crate::support::{Naive, directory, minute, plugin, seats};

/// The table of a file.
#[derive(Debug, Deserialize)]
struct ScriptFile {
    seats: Vec<Script>,
}

fn scripts(text: &str) -> Vec<Script> {
    let file: ScriptFile = toml::from_str(text).unwrap();
    file.seats
}

/// Plays the one script of a text; two seats of 4D View are owned beside what it says.
fn played(directory: &Directory, text: &str) -> ScriptOutcome {
    let [script] = scripts(text).try_into().unwrap();
    let membership = Naive(directory);
    let context = ScriptContext {
        catalogue: &PluginCatalogue::default(),
        entitlements: &Entitlements::from_iter([(plugin("view"), seats(2))]),
        gate: &Admission::new(directory, &membership),
        at: minute(0),
    };
    play(&script, &context)
}

fn office() -> Directory {
    directory(
        "Writers: Ann Bob Interns; Interns: Cy; Others: Di",
        &[("write", "Writers"), ("view", "*")],
    )
}

/// The script of the module's documentation, and what it does not say otherwise.
#[test]
fn a_script_holds_when_every_answer_is_the_expected_one() {
    let held = played(
        &office(),
        r#"
        [[who_can]]
        access = "plugin:write"
        users = []

        [[seats]]
        name = "two writers share two seats, the third waits"
        owned = { write = 2 }
        steps = [
            { open = "Ann" },
            { open = "Ann", session = "laptop" },
            { take = "write", session = "Ann", expect = "new-seat" },
            { take = "4D Write", session = "laptop", expect = "already-held" },
            { open = "Bob" },
            { take = "0019", session = "Bob", expect = "granted" },
            { open = "Cy" },
            { take = "write", session = "Cy", expect = "exhausted", holders = ["Bob", "Ann"] },
            { close = "Bob" },
            { take = "write", session = "Cy", expect = "granted" },
            { open = "Di" },
            { take = "write", session = "Di", expect = "not-entitled" },
            { take = "view", session = "Di", expect = "new-seat" },
            { take = "oci", session = "Di", expect = "no-licence" },
            { take = "oci", session = "Ann", expect = "refused" },
        ]
        "#,
    );
    assert_eq!(held, ScriptOutcome::Held);
}

#[test]
fn unlimited_is_a_word_and_a_number() {
    for owned in ["\"unlimited\"", "32767"] {
        let text = format!(
            "[[seats]]\nowned = {{ oci = {owned} }}\nsteps = [{{ open = \"Ann\" }}, \
             {{ take = \"oci\", session = \"Ann\", expect = \"new-seat\" }}]"
        );
        assert_eq!(played(&office(), &text), ScriptOutcome::Held);
    }
}

#[test]
fn a_surprise_says_what_was_expected_what_came_and_why() {
    let surprise = |owned: u32, user: &str, expect: &str| {
        let text = format!(
            r#"
            [[seats]]
            owned = {{ write = {owned} }}
            steps = [
                {{ open = "Ann" }},
                {{ open = "{user}", session = "other" }},
                {{ take = "write", session = "Ann", expect = "{}" }},
                {{ take = "write", session = "other", {expect} }},
            ]
            "#,
            if owned == 0 { "no-licence" } else { "granted" },
        );
        let ScriptOutcome::Failed(surprise) = played(&office(), &text) else {
            panic!("it should fail");
        };
        assert_eq!(surprise.step, 3);
        format!(
            "{} / {} / {:?}",
            surprise.expected, surprise.got, surprise.why
        )
    };
    assert_eq!(
        surprise(1, "Bob", "expect = \"granted\""),
        "granted / exhausted, held by Ann / None"
    );
    assert_eq!(
        surprise(1, "Bob", "expect = \"exhausted\", holders = [\"Cy\"]"),
        "exhausted, held by Cy / exhausted, held by Ann / None"
    );
    assert_eq!(
        surprise(5, "Di", "expect = \"new-seat\""),
        "new-seat / not-entitled / \
         Some(\"Only members of Writers can use this plug-in, and Di is not one.\")"
    );
    assert_eq!(
        surprise(0, "Bob", "expect = \"exhausted\""),
        "exhausted / no-licence / Some(\"No seat of this plug-in is owned.\")"
    );
    assert_eq!(
        surprise(5, "Bob", "expect = \"refused\""),
        "refused / new-seat / None"
    );
}

#[test]
fn what_cannot_be_played_is_an_error_with_its_step() {
    for (steps, message, code) in [
        (
            r#"{ take = "write", session = "Ann", expect = "granted" }"#,
            "step 1: no session `Ann` is open",
            "unknown-session",
        ),
        (
            r#"{ open = "Ann" }, { open = "Ann" }"#,
            "step 2: session `Ann` is already open",
            "session-already-open",
        ),
        (
            r#"{ open = "Ann" }, { take = "wirte", session = "Ann", expect = "granted" }"#,
            "step 2: no plug-in is named `wirte`",
            "unknown-plugin",
        ),
        (
            r#"{ open = "Anna" }, { take = "write", session = "Anna", expect = "not-entitled" }"#,
            "step 2: no user is named `Anna`",
            "unknown-user",
        ),
    ] {
        let played = played(&office(), &format!("[[seats]]\nsteps = [{steps}]"));
        let ScriptOutcome::Invalid(error) = played else {
            panic!("{steps} can be played: {played:?}");
        };
        assert_eq!((error.to_string().as_str(), error.code()), (message, code));
    }
    let owned = played(&office(), "[[seats]]\nowned = { wirte = 1 }\nsteps = []");
    let ScriptOutcome::Invalid(error) = owned else {
        panic!("{owned:?}");
    };
    assert_eq!(error.to_string(), "no plug-in is named `wirte`");
}

#[test]
fn a_script_without_a_name_is_called_by_its_first_request() {
    let titles: Vec<String> = scripts(
        r#"
        [[seats]]
        name = "two writers"
        steps = [{ take = "write", session = "a", expect = "granted" }]
        [[seats]]
        steps = [{ open = "Ann" }, { take = "4D Write", session = "Ann", expect = "granted" }]
        [[seats]]
        steps = [{ open = "Ann" }, { close = "Ann" }]
        "#,
    )
    .iter()
    .map(Script::title)
    .collect();
    assert_eq!(titles, ["two writers", "seats: 4D Write", "seats"]);
}

#[test]
fn rights_count_on_the_day_on_which_the_script_is_played() {
    let directory = office();
    let membership = Naive(&directory);
    let [script] = scripts(
        r#"
        [[seats]]
        steps = [{ open = "Ann" }, { take = "view", session = "Ann", expect = "granted" }]
        "#,
    )
    .try_into()
    .unwrap();
    let until_new_year = "1 until 2026-12-31".parse().unwrap();
    let entitlements = Entitlements::from_iter([(plugin("view"), until_new_year)]);
    let held_at = |at: &str| {
        let context = ScriptContext {
            catalogue: &PluginCatalogue::default(),
            entitlements: &entitlements,
            gate: &Admission::new(&directory, &membership),
            at: at.parse().unwrap(),
        };
        play(&script, &context) == ScriptOutcome::Held
    };
    assert!(held_at("2026-12-31T23:59:58Z"));
    assert!(
        !held_at("2026-12-31T23:59:59Z"),
        "the second step is a second later"
    );
}

#[test]
fn wrong_scripts_are_told_what_a_step_is() {
    let mut told = String::new();
    for step in [
        r#"{ open = "Ann", expect = "granted" }"#,
        r#"{ open = "Ann", holders = ["Ann"] }"#,
        r#"{ open = "Ann", close = "Ann" }"#,
        r#"{ close = "Ann", session = "Ann" }"#,
        r#"{ close = "Ann", expect = "granted" }"#,
        r#"{ take = "write", expect = "granted" }"#,
        r#"{ take = "write", session = "Ann" }"#,
        r#"{ take = "write", session = "Ann", expect = "grated" }"#,
        r#"{ close = "" }"#,
        r#"{ clos = "Ann" }"#,
        "{}",
    ] {
        let text = format!("[[seats]]\nsteps = [{step}]");
        let error = toml::from_str::<ScriptFile>(&text).unwrap_err();
        told.push_str(step);
        told.push_str("\n  ");
        told.push_str(error.message());
        told.push('\n');
    }
    let owned = "[[seats]]\nowned = { write = \"many\" }\nsteps = []";
    let error = toml::from_str::<ScriptFile>(owned).unwrap_err();
    told.push_str("owned = \"many\"\n  ");
    told.push_str(error.message());
    told.push('\n');
    insta::assert_snapshot!(told);
}
