//! `tree` in every format: the example, cycles, shared groups, a chain deeper than any stack.

use crate::harness::Project;

/// Groups as `NAME: nested, nested`, each with the user Lia.
fn hierarchy(groups: &str) -> Project {
    let groups: Vec<String> = groups
        .lines()
        .map(|line| {
            let (name, nested) = line.trim().split_once(':').unwrap();
            let nested: Vec<String> = nested
                .split(',')
                .map(str::trim)
                .filter(|name| !name.is_empty())
                .map(|name| format!("\"{name}\""))
                .collect();
            let nested = nested.join(",");
            format!(
                "\"{}\": {{\"users\": [\"Lia\"], \"groups\": [{nested}]}}",
                name.trim()
            )
        })
        .collect();
    Project::with(format!(
        r#"{{"users": {{"designer": {{}}, "administrator": {{}}, "Lia": {{}}}}, "groups": {{{}}}}}"#,
        groups.join(",")
    ))
}

#[test]
fn the_example_is_drawn_in_every_format() {
    insta::assert_snapshot!(Project::accounting().session(&[
        "tree",
        "tree Finance",
        "tree --format json",
        "tree --format dot",
        "tree --format mermaid",
        "tree --format svg",
    ]));
}

/// A group in two groups stands below both; what is in it is shown once.
#[test]
fn a_shared_group_is_shown_once_and_referred_to() {
    let project = hierarchy(
        "Staff: Sales, Support
         Sales: Interns
         Support: Interns
         Interns: Trainees
         Trainees:",
    );
    insta::assert_snapshot!(project.session(&["tree", "tree --format mermaid"]));
}

/// Decision D10: tolerated, and drawn without looping.
#[test]
fn a_cycle_is_drawn_once_around() {
    let project = hierarchy(
        "Top: North
         North: South
         South: East
         East: North, Alone
         Alone: Alone
         One: Two
         Two: One",
    );
    insta::assert_snapshot!(project.session(&[
        "tree",
        "tree East",
        "tree --format dot",
        "tree --format svg",
    ]));
}

/// A letter of Chinese takes two columns, an accent none.
#[test]
fn a_box_is_as_wide_as_its_name_is_shown() {
    for (letter, columns) in [("a", 1), ("李", 2), ("e\u{301}", 1)] {
        let project = hierarchy(&format!("{}:", letter.repeat(15)));
        let picture = project.guichet("tree --format svg").stdout;
        let width = 15 * columns * 9 + 24;
        let drawn = format!("stroke=\"#3b6ea5\" width=\"{width}\"");
        assert!(picture.contains(&drawn), "{letter}: {picture}");
    }
}

#[test]
fn many_users_of_a_group_are_counted() {
    let users: Vec<String> = (1..=12).map(|number| format!("\"U{number}\"")).collect();
    let accounts: Vec<String> = users.iter().map(|user| format!("{user}: {{}}")).collect();
    let project = Project::with(format!(
        r#"{{"users": {{"designer": {{}}, "administrator": {{}}, {}}}, "groups": {{"All": {{"users": [{}]}}}}}}"#,
        accounts.join(","),
        users.join(",")
    ));
    insta::assert_snapshot!(project.guichet("tree"), @"
    $ guichet tree
    All  U1, U2, U3, U4, U5, U6, U7, U8 and 4 more users
    [0]
    ");
}

/// Names are other people's text: they must not end a label or open a tag.
#[test]
fn names_are_escaped_for_each_drawing() {
    let project = Project::with(
        r#"{"users": {"designer": {}, "administrator": {}},
            "groups": {"a\"];b<i>&c\\": {"groups": [" d "]}, " d ": {}}}"#,
    );
    insta::assert_snapshot!(project.session(&[
        "tree",
        "tree --format dot",
        "tree --format mermaid",
        "tree --format svg",
    ]));
}

/// A recursive walk over 16 000 levels aborts in a debug build; ours has no depth.
#[test]
fn a_chain_of_32_000_groups_is_drawn_without_a_deep_stack() {
    const GROUPS: usize = 32_000;
    let groups: Vec<String> = (1..=GROUPS)
        .map(|number| match number {
            GROUPS => format!("\"G{number}\": {{\"users\": [\"Lia\"]}}"),
            _ => format!("\"G{number}\": {{\"groups\": [\"G{}\"]}}", number + 1),
        })
        .collect();
    let project = Project::with(format!(
        r#"{{"users": {{"designer": {{"password": "AAAAAAAAAAAAAAAAAAAAAA=="}}, "administrator": {{}}, "Lia": {{}}}}, "groups": {{{}}}}}"#,
        groups.join(",")
    ));
    let bytes_of = |line: &str| {
        let run = project.guichet(line);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{line}");
        run.stdout.len() / GROUPS
    };
    assert!(bytes_of("tree") < 200);
    assert!(bytes_of("tree --format json") < 200);
    assert!(bytes_of("tree --format dot") < 200);
    assert!(bytes_of("tree --format mermaid") < 200);
    assert!(bytes_of("tree --format svg") < 1_000);

    let answer = project.guichet("check Lia group:G1 --format json").json();
    assert_eq!(answer["path"].as_array().map(Vec::len), Some(GROUPS + 1));
    let told = project.guichet("explain Lia group:G1").stdout;
    assert!(told.contains("→ … 31976 more … →"), "{told}");
    assert!(told.len() < 1_000, "{}", told.len());
}

/// One character that XML has no place for, in one name, once made the whole picture unreadable.
#[test]
fn pictures_and_reports_are_xml_whatever_a_name_holds() {
    let project = Project::with(
        "{\"users\": {\"A\u{fffe}\": {}}, \"groups\": {\"G\u{ffff}\u{fffe}\": {\"users\": [\"A\u{fffe}\"]}}}",
    );
    project.write(
        "policy.toml",
        "[[what_can]]\nname = \"\u{ffff}\"\nuser = \"A\u{fffe}\"\nincludes = [\"group:G\u{ffff}\u{fffe}\", \"sql:X\u{fffe}\"]\n",
    );
    for line in ["tree --format svg", "test policy.toml --format junit"] {
        let run = project.guichet(line);
        assert!(run.status < 2, "{run}");
        let unfit = |character: char| matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
        assert!(!run.stdout.contains(unfit), "{run}");
        assert!(run.stdout.contains("fffe"), "{run}");
    }
}
