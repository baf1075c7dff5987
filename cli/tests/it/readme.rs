//! The readme and the how-to pages: every console block shows what the program prints today, and the
//! picture is its own.

use crate::harness::{Project, program};
use crate::repository::{assert_up_to_date, blocks, repository, text};

/// The first two blocks are what a newcomer types first: one command each, the first a question.
#[test]
fn the_first_two_commands_stand_alone() {
    let readme = text("README.md");
    let [first, second, ..] = blocks(&readme, "sh")[..] else {
        panic!("two shell blocks");
    };
    assert_eq!(second, "cargo test --workspace\n");
    let question = first.strip_prefix("cargo run -- ").unwrap();
    let words = [
        "--project",
        "examples/accounting",
        "explain",
        "Ann Lee",
        "plugin:write",
    ];
    assert_eq!(question.replace('"', "").trim_end(), words.join(" "));
    let output = program()
        .args(words)
        .current_dir(repository())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    let answer = String::from_utf8(output.stdout).unwrap();
    assert!(
        answer.starts_with("yes: Ann Lee has plugin:write\n"),
        "{answer}"
    );
}

/// Every console block is given to a shell line by line, in a copy of the example.
#[cfg(unix)]
#[test]
fn every_console_block_shows_what_the_program_prints() {
    use std::path::Path;

    let folder = Path::new(env!("CARGO_BIN_EXE_guichet")).parent().unwrap();
    let path = format!("{}:/usr/bin:/bin", folder.display());
    for page in [
        "README.md",
        "docs/how-to/recover-access.md",
        "docs/how-to/review-in-git.md",
    ] {
        let written = text(page);
        let mut generated = String::new();
        let mut rest = written.as_str();
        while let Some((before, block)) = rest.split_once("```console\n") {
            let (block, after) = block.split_once("```").unwrap();
            // In a list, a block is indented as its item is.
            let indent: String = block.chars().take_while(|c| *c == ' ').collect();
            generated.push_str(&format!("{before}```console\n"));
            generated.push_str(&answered(block, &indent, &path));
            generated.push_str(&format!("{indent}```"));
            rest = after;
        }
        assert_ne!(generated, "", "{page} has console blocks");
        assert_up_to_date(page, &(generated + rest));
    }
}

/// Runs the command lines of a block in a copy of the example; returns them with their answers.
#[cfg(unix)]
fn answered(block: &str, indent: &str, path: &str) -> String {
    let project = Project::accounting();
    let mut shown = String::new();
    let commands = block.lines().map(str::trim_start);
    for command in commands.filter_map(|line| line.strip_prefix("$ ")) {
        let output = std::process::Command::new("sh")
            .args(["-c", &format!("{{ {command}; }} 2>&1")])
            .env_clear()
            .env("PATH", path)
            .current_dir(project.root())
            .output()
            .unwrap();
        let answer = String::from_utf8(output.stdout).unwrap();
        for line in std::iter::once(format!("$ {command}").as_str()).chain(answer.lines()) {
            shown.push_str(format!("{indent}{line}").trim_end());
            shown.push('\n');
        }
    }
    shown
}

/// The picture in the readme is what `tree --format svg` draws of the example.
#[test]
fn the_picture_is_up_to_date() {
    let picture = Project::accounting().guichet("tree --format svg").stdout;
    assert_up_to_date("docs/images/accounting.svg", &picture);
}
