//! `docs/cli.md` holds the help of every command, made from the definition of the command line.

use std::fmt::Write as _;

use clap::Command;

use crate::harness::program;
use crate::repository::{assert_up_to_date, text};

const REFERENCE: &str = "docs/cli.md";
const MARK: &str = "<!-- Below: the help of every command, written by a test of guichet-cli. -->\n";

fn help(words: &[String]) -> String {
    let output = program().args(words).arg("--help").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The global options stand once, with the program; the other commands refer to them.
fn without_global_options(help: &str) -> String {
    let mut paragraphs: Vec<&str> = help.trim_end().split("\n\n").collect();
    paragraphs.retain(|paragraph| !paragraph.starts_with("Global options:"));
    paragraphs.join("\n\n")
}

fn add(command: &Command, words: &mut Vec<String>, text: &mut String) {
    for nested in command
        .get_subcommands()
        .filter(|one| one.get_name() != "help")
    {
        words.push(nested.get_name().to_owned());
        let name = words.join(" ");
        let help = without_global_options(&help(words));
        write!(text, "\n### guichet {name}\n\n```text\n{help}\n```\n").unwrap();
        add(nested, words, text);
        words.pop();
    }
}

#[test]
fn the_reference_is_up_to_date() {
    let committed = text(REFERENCE);
    let (written_by_hand, _) = committed.split_once(MARK).expect("the mark");
    let mut generated = format!("{written_by_hand}{MARK}\n```text\n");
    generated.push_str(help(&[]).trim_end());
    generated.push_str("\n```\n");
    add(&guichet_cli::command(), &mut Vec::new(), &mut generated);
    assert_up_to_date(REFERENCE, &generated);
}
