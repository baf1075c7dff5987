//! A terminal of 60 columns: tables wrap inside their cells.
//!
//! A test has no terminal, so these call the library with the width that a terminal would tell.

use std::ffi::OsString;

use guichet_cli::Paint;
use guichet_cli::runner::{Attached, Surroundings, run};

use crate::harness::{Project, words};

fn on_a_terminal(project: &Project, line: &str, columns: u16) -> String {
    let attached = Attached {
        paint: Paint::Plain,
        width: Some(columns),
    };
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let words: Vec<OsString> = words(line).into_iter().map(OsString::from).collect();
    let words: Vec<OsString> = std::iter::once("guichet".into()).chain(words).collect();
    let _ = run(
        &words,
        &mut Surroundings {
            stdin: &mut std::io::empty(),
            stdout: &mut stdout,
            stderr: &mut stderr,
            out: attached,
            err: attached,
            current_folder: Ok(project.root().to_owned()),
            prompt: None,
        },
    );
    String::from_utf8([stdout, stderr].concat()).unwrap()
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
