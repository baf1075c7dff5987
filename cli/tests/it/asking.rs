//! What an edit means for people is told in a few lines, and asked about before much is taken away.

use crate::harness::Project;

/// A plug-in that everyone has, and a group `Sales` of so few.
fn shop(users: usize) -> Project {
    let ids = 1..=users;
    let accounts: Vec<String> = ids.map(|id| format!("\"User {id}\": {{}}")).collect();
    Project::with(format!(
        r#"{{"users": {{"designer": {{"password": "AAAAAAAAAAAAAAAAAAAAAA=="}}, "administrator": {{}}, {}}},
            "groups": {{"Sales": {{"users": ["User 1", "User 2"]}}}}}}"#,
        accounts.join(", ")
    ))
}

const FILE: &str = "Settings/directory.json";

/// The measure: a change that takes one plug-in from 1,411 people is told in at most 12 lines.
#[test]
fn a_plug_in_taken_from_1411_people_is_told_in_twelve_lines() {
    let project = shop(1_411);
    project.write("old.json", project.directory());
    let edit = project.guichet("plugins set write Sales");
    let diff = project.guichet(&format!("diff old.json {FILE}"));
    for run in [&edit, &diff] {
        assert!(run.stdout.lines().count() <= 12, "{run}");
    }
    let comment = project.guichet(&format!("diff old.json {FILE} --format markdown"));
    insta::assert_snapshot!(format!("{edit}\n{diff}\n{comment}"));
}

/// Everyone loses something else, and every user is renamed: more than a comment takes.
#[test]
fn a_comment_stays_below_what_a_pull_request_takes() {
    let directory = |letter: &str, others: &str| {
        let users = (1..=1_411).map(|id| format!("\"{letter} {} {id}\": {{}}", "`|`".repeat(9)));
        let users: Vec<String> = users.collect();
        let schemas = (1..=400).map(|id| format!("\"P{id}\": \"{others}\""));
        let schemas: Vec<String> = schemas.collect();
        format!(
            r#"{{"users": {{"designer": {{"password": "AAAAAAAAAAAAAAAAAAAAAA=="}}, "administrator": {{}}, {}}},
                "groups": {{"Sales": {{}}}}, "remoteGranters": {{{}}}}}"#,
            users.join(", "),
            schemas.join(", "),
        )
    };
    let project = Project::with(directory("a", "*"));
    project.write("new.json", directory("b", "Sales"));
    let comment = project.guichet(&format!("diff {FILE} new.json --format markdown"));
    assert!(comment.stdout.len() < 60_000, "{}", comment.stdout.len());
    let rest = "`guichet diff OLD NEW --format json` lists each.";
    assert!(comment.stdout.contains(rest), "{comment}");
}

#[test]
fn on_a_terminal_an_edit_that_takes_access_from_many_asks_first() {
    let project = shop(30);
    let before = project.directory();
    let no = project.answered("plugins set write Sales", "n\n");
    assert_eq!(
        (no.status, project.directory()),
        (2, before.clone()),
        "{no}"
    );
    let gone = project.answered("plugins set write Sales --format json", "");
    assert!(gone.stderr.contains("\"not-confirmed\""), "{gone}");
    assert_eq!(project.directory(), before);
    let yes = project.answered("plugins set write Sales", "y\n");
    assert_ne!(project.directory(), before);
    let undo = project.answered("undo", "");
    assert_eq!((undo.status, project.directory()), (0, before), "{undo}");
    insta::assert_snapshot!(format!("{no}\n{yes}\n{undo}"));
}

/// Scripts go on as ever, and so does who said that nothing is to be asked.
#[test]
fn nothing_is_asked_without_a_terminal_or_a_reason() {
    let asks = |line: &str, users: usize| {
        let run = shop(users).answered(line, "");
        assert_eq!(run.stderr.contains("[y/N]"), run.status == 2, "{run}");
        run.status == 2
    };
    let line = "plugins set write Sales";
    // The two built-in users lose it as well, and two members keep it.
    assert!(asks(line, 21) && !asks(line, 20));
    assert!(!asks("plugins set write Sales --yes", 30));
    assert!(!asks("plugins set write Sales --dry-run", 30));
    assert!(!asks("--ask-above 30 plugins set write Sales", 30));
    assert!(asks("plugins set write Sales --ask-above 29", 30));
    assert!(!asks("users add Mia", 30));
    let script = shop(30).guichet(line);
    assert_eq!((script.status, script.stderr.as_str()), (0, ""), "{script}");
}

#[test]
fn an_edit_that_changes_nobodys_access_says_nothing_of_it() {
    let run = Project::accounting().guichet("users rename \"Ann Lee\" Anna");
    assert!(!run.stdout.contains("affected"), "{run}");
}

#[test]
fn questions_belong_to_edits() {
    for flag in ["--yes", "--ask-above 3"] {
        let run = Project::accounting().guichet(&format!("show {flag} --format json"));
        assert_eq!(run.json_error()["code"], "usage", "{run}");
    }
}
