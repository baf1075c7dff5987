//! Streams: colour on and off, a reader that goes away.

use std::process::Stdio;

use crate::harness::{Project, program};

#[test]
fn colour_marks_what_a_word_says_already() {
    let project = Project::accounting();
    let coloured = project.session(&[
        "--color always users list",
        "--color always users show Designer",
        "--color always groups show Finance",
        "--color always tree",
        "--color always check \"Ann Lee\" design",
        "--color always what-can \"Web Guest\"",
        "--color always users show Nobody",
    ]);
    insta::assert_snapshot!(coloured.replace('\u{1b}', "^"));
}

#[test]
fn a_pipe_a_file_and_no_color_are_plain() {
    let project = Project::accounting();
    let coloured = |line: &str, environment: &[(&str, &str)]| {
        let run = project.guichet_in(line, environment);
        run.stdout.contains('\u{1b}') || run.stderr.contains('\u{1b}')
    };
    assert!(!coloured("users list", &[]));
    assert!(!coloured("users list --color auto", &[("NO_COLOR", "1")]));
    assert!(!coloured(
        "users list --color never",
        &[("CLICOLOR_FORCE", "1")]
    ));
    assert!(!coloured("users show Nobody", &[]));
    assert!(!coloured("frobnicate", &[("NO_COLOR", "1")]));
    assert!(!coloured(
        "frobnicate --color never",
        &[("CLICOLOR_FORCE", "1")]
    ));
    assert!(coloured("users list --color always", &[("NO_COLOR", "1")]));
    assert!(coloured("frobnicate --color always", &[]));
    assert!(coloured("--help --color always", &[]));
    assert!(coloured("users list", &[("CLICOLOR_FORCE", "1")]));
}

/// `guichet completions bash | head -1` is no failure.
#[test]
fn a_closed_pipe_is_no_failure() {
    let project = Project::accounting();
    for line in [
        "completions bash",
        "--help",
        "tree --format svg",
        "check #3 design",
    ] {
        let mut child = program()
            .args(line.split(' '))
            .current_dir(project.root())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(told, "", "{line}");
        let expected = if line.starts_with("check") {
            [0, 1]
        } else {
            [0, 0]
        };
        assert!(expected.contains(&output.status.code().unwrap()), "{line}");
    }
}

/// What is refused says nothing on standard output, so that a pipe gets no half answer.
#[test]
fn errors_leave_standard_output_empty() {
    let project = Project::accounting();
    for line in ["users show Nobody", "frobnicate", "show --project missing"] {
        let run = project.guichet(line);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{line}");
        assert!(!run.stderr.is_empty(), "{line}");
    }
}
