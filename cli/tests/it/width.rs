//! A terminal of 60 columns: lines are broken between words, and tables wrap inside their cells.
//!
//! A test has no terminal, so these call the library with the width that a terminal would tell.

use crate::harness::Project;

fn on_a_terminal(project: &Project, line: &str, columns: u16) -> String {
    project.on_a_terminal(line, Some(columns), None).1
}

#[test]
fn tables_keep_to_the_width_of_the_terminal() {
    let project = Project::accounting();
    let mut text = String::new();
    for line in [
        "users list",
        "groups list",
        "what-can \"Ann Lee\"",
        "plugins list",
    ] {
        let table = on_a_terminal(&project, line, 60);
        let widest = table.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(60), "{widest:?}\n{table}");
        text.push_str(&table);
        text.push('\n');
    }
    insta::assert_snapshot!(text);
}

/// Nothing is lost when a table is squeezed: every word is still there.
#[test]
fn a_very_narrow_terminal_loses_nothing() {
    let project = Project::accounting();
    let letters = |columns: u16| {
        let table = on_a_terminal(&project, "effective", columns);
        let mut letters: Vec<char> = table.chars().filter(|c| c.is_alphanumeric()).collect();
        letters.sort_unstable();
        letters
    };
    assert_eq!(letters(30), letters(200));
}

/// Paragraphs and usage lines of help, sentences, advice: each line goes on in the next one between
/// two words.
#[test]
fn nothing_is_broken_inside_of_a_word() {
    let project = Project::accounting();
    let mut text = String::new();
    for line in [
        "access set --help",
        "explain \"Zoé Martin\" plugin:write",
        "show --directory a/folder/with/a/name/that/is/too/long/for/the/line/directory.json",
        "check \"Ann Lee\" plugn:write",
        "show --format svg",
        "members remove Finance \"General Mgmt\" --dry-run",
        "seats plan",
    ] {
        let answer = on_a_terminal(&project, line, 60);
        for line in answer.lines().filter(|line| !line.contains('/')) {
            assert!(line.chars().count() <= 60, "{line}");
        }
        text.push_str(&answer);
        text.push('\n');
    }
    insta::assert_snapshot!(text.replace(project.root().to_str().unwrap(), "[PROJECT]"));
}

/// What a program reads is not broken, however narrow the terminal is.
#[test]
fn what_is_no_prose_keeps_its_lines() {
    let project = Project::accounting();
    for line in [
        "tree --format dot",
        "schema check",
        "completions bash",
        "lint --format github",
        "seats report --csv",
        "test --init",
    ] {
        let (narrow, wide) = (
            on_a_terminal(&project, line, 20),
            on_a_terminal(&project, line, 2_000),
        );
        assert_eq!(narrow, wide, "{line}");
    }
}

/// The examples of every command fit a narrow terminal as they are written.
#[test]
fn examples_fit_sixty_columns() {
    let mut open = vec![guichet_cli::command()];
    while let Some(command) = open.pop() {
        open.extend(command.get_subcommands().cloned());
        let Some(help) = command.get_after_help().map(ToString::to_string) else {
            continue;
        };
        let examples = help.split("Examples:\n").nth(1);
        for line in examples.into_iter().flat_map(str::lines) {
            let width = line.chars().count();
            assert!(width <= 60, "{}: {width}: {line}", command.get_name());
        }
    }
}
