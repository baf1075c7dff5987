//! Requests that are wrong: what is told to people and to programs.

use crate::harness::Project;

#[test]
fn an_unknown_name_gets_a_suggestion() {
    insta::assert_snapshot!(Project::accounting().session(&[
        "users show Anne",
        "users show \"ann leen\"",
        "users show #99",
        "users show Somebody",
        "groups show Finanse",
        "groups show general",
        "groups show #15099",
        "check \"Ann Lee\" plugin:wirte",
        "check \"Ann Lee\" plugin:77",
        "plugins show Barcod",
        "check \"Ann Lee\" desing",
        "check \"Ann Lee\" plugin",
        "check \"Ann Lee\" sql:DEFAULT_SCHEMA:drop",
        "check \"Ann Lee\" sql:DEFAULT_SHEMA",
        "check \"Ann Lee\" group:Acounting",
        "tree Finanse",
        "man usrs",
    ]));
}

#[test]
fn a_missing_project_is_told_with_what_to_do() {
    let project = Project::empty_folder();
    insta::assert_snapshot!(project.session(&[
        "show",
        "show --format json",
        "show --project .",
        "show --project missing",
        "show --directory missing.json",
        "show --directory missing.json --format json",
        "where --directory missing.json",
    ]));
    insta::assert_snapshot!(Project::accounting().guichet("where --data missing"), @"
    $ guichet where --data missing
    --- standard error
    error: the data folder `missing` does not exist
    help: Name the folder that contains the data file.
    [2]
    ");
}

/// clap says the first sentence; the status and the object for programs are ours.
#[test]
fn a_wrong_command_line_is_told_to_people() {
    insta::assert_snapshot!(Project::accounting().session(&[
        "frobnicate",
        "usrs",
        "check",
        "check \"Ann Lee\"",
        "check \"Ann Lee\" design --batch questions.tsv",
        "users show",
        "show --formt json",
        "show --format xml",
        "show --format svg",
        "who-can design --format dot",
        "show --directory a.json --project .",
        "completions tcsh",
    ]));
}

#[test]
fn a_wrong_command_line_is_told_to_programs() {
    insta::assert_snapshot!(Project::accounting().session(&[
        "frobnicate --format json",
        "--format=json usrs",
        "check --format json",
        "--format json",
        "users --format json",
        "show --directory a.json --project . --format json",
    ]));
}

#[test]
fn without_a_command_the_help_is_an_error() {
    let project = Project::accounting();
    let run = project.guichet("");
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("Usage: guichet [OPTIONS] <COMMAND>"));
}

/// The contract: `{"error":{"code","message","help","path","line","column"}}`, and beside them every
/// single problem of the file.
#[test]
fn the_error_object_has_the_same_members_in_every_case() {
    let accounting = Project::accounting();
    let broken = Project::fixture("members-not-strings");
    let nowhere = Project::empty_folder();
    for (project, line) in [
        (&accounting, "users show Nobody"),
        (&accounting, "frobnicate"),
        (&accounting, "check --batch missing.tsv"),
        (&broken, "show"),
        (&nowhere, "show"),
        (&nowhere, "show --directory missing.json"),
    ] {
        let error = project
            .guichet(&format!("{line} --format json"))
            .json_error();
        let members: Vec<&str> = error
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(
            members,
            [
                "code", "message", "help", "path", "line", "column", "problems"
            ],
            "{line}"
        );
        assert!(
            error["code"].is_string() && error["message"].is_string(),
            "{line}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_current_folder_that_is_gone_is_an_error_only_where_it_matters() {
    let project = Project::accounting();
    let gone = project.root().join("gone");
    let run = |words: &str| {
        std::fs::create_dir(&gone).unwrap();
        let script = format!("rmdir '{}' && \"$0\" {words}", gone.display());
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", &script, env!("CARGO_BIN_EXE_guichet")]);
        shell.current_dir(&gone).output().unwrap()
    };
    let lost = run("show --format json");
    assert_eq!(lost.status.code(), Some(2));
    let text = String::from_utf8(lost.stderr).unwrap();
    assert!(text.contains("\"code\": \"current-folder\""), "{text}");
    let named = run(&format!("--project '{}' show", project.root().display()));
    assert_eq!(named.status.code(), Some(0));
}

/// `-` was a path in some messages, and nothing in others.
#[test]
fn standard_input_has_one_name() {
    let project = Project::accounting();
    for line in [
        "apply -",
        "check --batch -",
        "normalise -",
        "scrub -",
        "diff - Settings/directory.json",
        "test -",
        "seats import-licences -",
    ] {
        let told = project.guichet_fed(line, "nonsense").stderr;
        assert!(told.contains("standard input"), "{line}: {told}");
        assert!(
            !told.contains("--> -") && !told.contains("`-`"),
            "{line}: {told}"
        );
        let line = format!("{line} --format json");
        let error = project.guichet_fed(&line, "nonsense").json_error();
        assert!(error["path"].is_null(), "{line}: {error}");
    }
}
