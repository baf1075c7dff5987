//! Nothing that a file holds acts on what shows it: every command, in every format, is fed hostile names,
//! and the raw bytes that it prints are looked at.
//!
//! | module | what is there |
//! |---|---|
//! | here | what is run and looked for |
//! | [`project`] | a project that is hostile wherever it can be |
//! | [`rows`] | command lines, at least one for each command |
//! | [`looks`] | what must hold of the bytes of each format |
//! | [`named`] | what was found once, each by itself |

mod looks;
mod named;
mod project;
mod rows;

use std::collections::BTreeSet;

use looks::{Looked, looked_at};
use project::{BROKEN, HOSTILE, Hostile};
use rows::{Row, rows};

use crate::effects::command_of;

/// How every line is run: with which flags, on a terminal of how many columns, and what its output is
/// then.
const FORMATS: &[(&[&str], Option<u16>, Looked)] = &[
    (&[], None, Looked::Text),
    (&[], Some(30), Looked::Text),
    (&["--color", "always"], None, Looked::Coloured),
    (&["--format", "json"], None, Looked::Json),
];

/// Runs a line in each format, and returns what it prints on standard output; adds how it ends.
fn run(project: &Hostile, row: &Row, name: &str, ends: &mut BTreeSet<u8>) -> String {
    let mut printed = String::new();
    let own = row.formats.iter();
    let own = own.map(|(flags, looked)| (*flags, None, *looked));
    for (flags, width, looked) in FORMATS.iter().copied().chain(own) {
        let words: Vec<String> = row
            .line
            .split(' ')
            .chain(flags.iter().copied())
            .map(|word| word.replace("{name}", name))
            .collect();
        let (status, stdout, stderr) = project.run(&words, width);
        ends.insert(status);
        let looked = match (row.hands_over, looked) {
            (true, Looked::Text | Looked::Coloured) => Looked::Document,
            (true, Looked::Json) => Looked::JsonOfDocument,
            (_, looked) => looked,
        };
        looked_at(&stdout, looked, &words);
        let of_error = match looked {
            Looked::Json | Looked::JsonOfDocument => Looked::Json,
            Looked::Coloured => Looked::Coloured,
            _ => Looked::Text,
        };
        looked_at(&stderr, of_error, &words);
        printed += &String::from_utf8_lossy(&stdout);
    }
    printed
}

/// Commands that list what a file holds: names must get as far as their output.
const SHOW_NAMES: &[&str] = &[
    "access list",
    "check",
    "diff",
    "effective",
    "explain",
    "git diff",
    "git textconv",
    "groups list",
    "lint",
    "log",
    "merge",
    "plugins list",
    "seats plan",
    "seats report",
    "seats status",
    "seats simulate",
    "seats take",
    "session list",
    "test",
    "tree",
    "undo",
    "users delete",
    "users list",
    "what-can",
    "who-can",
];

#[test]
fn every_command_is_fed_hostile_names() {
    let hostile = Hostile::new();
    let mut showing = BTreeSet::new();
    let mut surprises = Vec::new();
    for row in rows() {
        let mut ends = BTreeSet::new();
        let project = hostile.copied();
        let names = if row.line.contains("{name}") {
            HOSTILE
        } else {
            &HOSTILE[..1]
        };
        for name in names {
            if run(&project, &row, name, &mut ends).contains("cmd()|'/c") {
                showing.insert(command_of(&row.line));
            }
        }
        if !ends.iter().eq(row.ends) {
            surprises.push(format!("{:?} {ends:?}, expected {:?}", row.line, row.ends));
        }
    }
    let shy: Vec<_> = SHOW_NAMES
        .iter()
        .filter(|one| !showing.contains(**one))
        .collect();
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
    assert!(shy.is_empty(), "no name gets into the output of {shy:?}");
}

/// F7: a digest is hidden whatever the damage.
#[test]
fn no_command_prints_a_digest_of_a_damaged_file() {
    for (what, text) in BROKEN {
        let project = Hostile::with(&text());
        for row in rows().iter().filter(|row| row.reads_damage) {
            run(&project, row, what, &mut BTreeSet::new());
        }
    }
}
