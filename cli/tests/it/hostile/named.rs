//! What a trial found raw on a terminal (F13), each by itself.

use crate::harness::Project;

/// A key that clears the screen, and one that forges a line.
const KEY: &str = r"ev\u001b[2J\u009bil\nFORGED: 4 entitled instead of 1";
/// What of it is shown.
const SHOWN: &str = r"ev\u{1b}[2J\u{9b}il\u{a}FORGED: 4 entitled instead of 1";
/// A stored password of the Designer, with which access control is on.
const PASSWORD: &str = "AAAAAAAAAAAAAAAAAAAAAA==";

/// A project where everybody may use the plug-in, and `other.json` where one group may.
fn project() -> Project {
    let with = |grantee: &str| {
        format!(
            r#"{{"users": {{"designer": {{"password": "{PASSWORD}"}}, "Ann": {{}}, "Bob": {{}}}}, "groups": {{"G": {{"users": ["Ann"]}}}}, "remoteGranters": {{"{KEY}": "{grantee}"}}}}"#
        )
    };
    let project = Project::with(with("*"));
    project.write("other.json", with("G"));
    project
}

fn assert_shown(text: &str) {
    assert!(text.contains(SHOWN), "{text}");
    assert!(!text.contains(['\u{1b}', '\u{9b}']), "{text:?}");
    assert!(
        text.lines().all(|line| !line.starts_with("FORGED")),
        "{text}"
    );
}

#[test]
fn f13_a_key_in_the_seats_of_diff_is_escaped_and_forges_no_line() {
    let run = project().guichet("diff Settings/directory.json other.json");
    assert_shown(&run.stdout);
    assert!(run.stdout.contains("4 → 1 entitled users"), "{run}");
}

#[test]
fn f13_a_key_in_seats_plan_against_another_directory_is_escaped() {
    assert_shown(&project().guichet("seats plan --against other.json").stdout);
}

#[test]
fn f13_a_key_in_seats_explain_is_escaped() {
    let project = project();
    let words = [
        "seats",
        "explain",
        "Ann",
        "ev\u{1b}[2J\u{9b}il\nFORGED: 4 entitled instead of 1",
    ];
    assert_shown(&project.guichet_of(&words).stdout);
}

#[test]
fn f13_a_pointer_in_a_snippet_is_escaped() {
    let project = Project::with(format!(
        r#"{{"users": {{"Ann": {{"{KEY}": 1}}}}, "groups": {{}}}}"#
    ));
    let run = project.guichet("lint");
    assert!(
        run.stdout.contains(&format!("/users/Ann/{}", &SHOWN[..10])),
        "{run}"
    );
    assert_shown(&run.stdout);
}

#[test]
fn f13_an_annotation_of_lint_holds_nothing_raw() {
    let project = Project::with(format!(
        r#"{{"users": {{"Ann": {{"{KEY}%0A": 1}}}}, "groups": {{}}}}"#
    ));
    let run = project.guichet("lint --format github");
    assert!(run.stdout.contains(r"ev\u{1b}[2J\u{9b}il"), "{run}");
    assert!(run.stdout.contains("%250A"), "{run}");
    assert!(
        run.stdout.lines().all(|line| line.starts_with("::")),
        "{run}"
    );
    assert!(!run.stdout.contains(['\u{1b}', '\u{9b}']), "{run}");
}
