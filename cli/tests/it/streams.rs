//! Streams: colour on and off, a reader that goes away, a disk that is full.

use std::process::Stdio;

use crate::harness::{Project, program, words};

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

/// A pipe that nobody reads, from the start.
fn unread() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

/// Runs the program with its answer going elsewhere; returns its status and what it says of errors.
fn answering_into(project: &Project, line: &str, stdout: Stdio) -> (Option<i32>, String) {
    let child = program()
        .args(words(line))
        .current_dir(project.root())
        .stdin(Stdio::null())
        .stdout(stdout)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    (output.status.code(), told)
}

/// `guichet check … | true` under `pipefail` once said yes to everything.
#[test]
fn the_status_is_the_answers_also_where_nobody_reads_it() {
    let project = Project::accounting();
    project.write("questions.tsv", "Zoé Martin\tdesign\n");
    project.write("messy.json", "{\n  \"users\": {}, \"groups\": {}}");
    project.write(
        "errors.json",
        r#"{"users": {}, "groups": {"A": {"users": ["Gone"]}}}"#,
    );
    project.write(
        "policy.toml",
        "[[check]]\nuser = \"Zoé Martin\"\naccess = \"design\"\nexpect = \"allowed\"\n",
    );
    for (line, status) in [
        ("completions bash", 0),
        ("--help", 0),
        ("tree --format svg", 0),
        ("effective --format json", 0),
        ("check \"Ann Lee\" http", 0),
        ("check \"Zoé Martin\" design", 1),
        ("check --batch questions.tsv", 1),
        ("explain \"Zoé Martin\" design", 1),
        (
            "diff Settings/directory.json Data/Settings/directory.json",
            1,
        ),
        ("normalise --check messy.json", 1),
        ("lint --deny infos --directory errors.json", 1),
        ("test policy.toml", 1),
        ("users show Nobody", 2),
    ] {
        let run = project.guichet(line);
        assert_eq!(run.status, status, "{run}");
        let (unread, told) = answering_into(&project, line, unread());
        assert_eq!(unread, Some(status), "{line}");
        assert_eq!(told, run.stderr, "{line}");
    }
}

/// The edit is on the disk; whoever runs it again would make it twice.
#[test]
#[cfg(target_os = "linux")]
fn an_edit_whose_answer_cannot_be_written_says_that_it_was_made() {
    let full = || std::fs::File::options().write(true).open("/dev/full");
    let project = Project::accounting();
    for (line, done) in [
        ("users add Mia", "the edit was saved, but the answer"),
        ("users add Zed --dry-run", "cannot print the answer"),
        ("session open \"Ann Lee\"", "the ledger was changed, but"),
        ("users list", "cannot print the answer"),
        ("settings default-user --none", "cannot print the answer"),
        ("resolve --list", "cannot print the answer"),
        ("scrub -o out.json", "the file was written, but the answer"),
        ("scrub -o out.json --dry-run", "cannot print the answer"),
        ("lint --fix", "cannot print the answer"),
        ("undo", "the edit was saved, but the answer"),
        ("users add Mia", "the edit was saved, but the answer"),
        ("--help", "cannot print the answer"),
    ] {
        let (status, told) = answering_into(&project, line, full().unwrap().into());
        assert_eq!(status, Some(2), "{line}");
        assert!(told.contains(done), "{line}: {told}");
    }
    let directory = String::from_utf8(project.directory()).unwrap();
    assert!(directory.contains("Mia") && !directory.contains("Zed"));
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
