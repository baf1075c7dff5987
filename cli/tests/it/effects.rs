//! What each command changes: what takes `--dry-run` writes nothing with it, what refuses it writes nothing at all.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::dry_run::files;
use crate::harness::{Project, words};

/// One line for each command, and what it changes without `--dry-run`; users and groups by number, so
/// that it means something in any directory.
pub(crate) const LINES: &[(&str, Changes)] = &[
    ("where", Changes::Nothing),
    ("show", Changes::Nothing),
    ("init --project new", Changes::Files),
    ("users list", Changes::Nothing),
    ("users show #3", Changes::Nothing),
    ("users add Mia", Changes::Files),
    ("users duplicate #3", Changes::Files),
    ("users rename #3 Mia", Changes::Files),
    ("users delete #3", Changes::Files),
    ("users passwd #1 --remove", Changes::Files),
    ("users startup-method #3 Start", Changes::Files),
    ("groups list", Changes::Nothing),
    ("groups show #15002", Changes::Nothing),
    ("groups add Shop", Changes::Files),
    ("groups duplicate #15002", Changes::Files),
    ("groups rename #15002 Shop", Changes::Files),
    ("groups empty #15002", Changes::Files),
    ("groups delete #15002", Changes::Refused),
    ("members list #15001", Changes::Nothing),
    ("members add #15001 #3", Changes::Files),
    ("members remove #15002 #2", Changes::Files),
    ("effective", Changes::Nothing),
    ("tree", Changes::Nothing),
    ("check #3 design", Changes::Nothing),
    ("explain #3 design", Changes::Nothing),
    ("who-can design", Changes::Nothing),
    ("what-can #3", Changes::Nothing),
    ("plugins list", Changes::Nothing),
    ("plugins show write", Changes::Nothing),
    ("plugins set write --everyone", Changes::Files),
    ("access list", Changes::Nothing),
    ("access show design", Changes::Nothing),
    ("access set design --everyone", Changes::Files),
    ("settings show", Changes::Nothing),
    ("settings default-user #3", Changes::Files),
    ("settings web-user #3", Changes::Files),
    ("apply changes.json", Changes::Files),
    ("undo", Changes::Files),
    ("log", Changes::Nothing),
    ("watch --count 0", Changes::Nothing),
    ("verify #3 --password-stdin", Changes::Nothing),
    ("session open #3", Changes::Ledger),
    ("session close a", Changes::Ledger),
    ("session heartbeat a", Changes::Ledger),
    ("session list", Changes::Nothing),
    ("seats status", Changes::Nothing),
    ("seats take a write", Changes::Ledger),
    ("seats explain #3 write", Changes::Nothing),
    ("seats report", Changes::Nothing),
    ("seats plan", Changes::Nothing),
    ("seats simulate trace.jsonl", Changes::Nothing),
    ("seats import-licences licences.json", Changes::Ledger),
    ("diff base.json theirs.json", Changes::Nothing),
    ("merge base.json base.json theirs.json", Changes::Nothing),
    (
        "merge base.json base.json theirs.json -o out.json",
        Changes::Files,
    ),
    (
        "merge base.json Data/Settings/directory.json theirs.json -o Data/Settings/directory.json",
        Changes::Files,
    ),
    ("resolve --list --directory disputed.json", Changes::Nothing),
    (
        "resolve --all-ours --directory disputed.json",
        Changes::Files,
    ),
    ("normalise messy.json", Changes::Files),
    ("normalise messy.json --check", Changes::Nothing),
    ("normalise -", Changes::Nothing),
    ("scrub", Changes::Nothing),
    ("scrub -o out.json", Changes::Files),
    ("lint", Changes::Nothing),
    ("lint --fix --directory messy.json", Changes::Files),
    ("test policy.toml", Changes::Nothing),
    ("git install", Changes::Files),
    ("git uninstall --project installed", Changes::Files),
    (
        "git diff base.json base.json 0 0 theirs.json 0 0",
        Changes::Nothing,
    ),
    ("git textconv base.json", Changes::Nothing),
    ("schema check", Changes::Nothing),
    ("completions bash", Changes::Nothing),
    ("man", Changes::Nothing),
];

/// The lines that hand a directory over, instead of telling about it.
pub(crate) const HAND_OVER: &[&str] = &[
    "normalise -",
    "merge base.json base.json theirs.json",
    "scrub",
];

/// What a command changes when it is not only tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Changes {
    /// Nothing; `--dry-run` is refused.
    Nothing,
    /// Files; `--dry-run` changes none.
    Files,
    /// Nothing, since it is an edit that is never made.
    Refused,
    /// The ledger of seats, which has no dry run.
    Ledger,
}

const PATH: &[(&str, &str)] = &[("PATH", "/usr/bin:/bin"), ("GIT_CONFIG_NOSYSTEM", "1")];

/// Gives every line something to do in a project.
pub(crate) fn busy(project: Project) -> Project {
    std::fs::create_dir_all(project.root().join("Data")).unwrap();
    std::fs::create_dir_all(project.root().join("new/Project")).unwrap();
    project.write("base.json", project.directory());
    project.write("theirs.json", project.directory());
    project.write(
        "messy.json",
        r#"{"users": {"Ann": {}}, "groups": {"A": {"users": ["Ann", "Ann"]}}}"#,
    );
    project.write(
        "disputed.json",
        r#"{"users": {}, "groups": {}, "guichetConflicts": [{"kind": "k"}]}"#,
    );
    project.write("changes.json", r#"[{"change": "add-user", "name": "Mia"}]"#);
    project.write(
        "policy.toml",
        "[[what_can]]\nuser = \"Ann Lee\"\nincludes = [\"http\"]\n",
    );
    project.write("trace.jsonl", "");
    project.write("licences.json", "{}");
    for line in [
        "groups rename #15001 Makers --directory theirs.json",
        "users add Before",
        "session open #3 --id a --heartbeat 600",
    ] {
        let run = project.guichet(line);
        assert_eq!(run.status, 0, "{run}");
    }
    let git = |folder: &str| {
        let mut git = std::process::Command::new("git");
        git.args(["init", "--quiet", "--template=", folder])
            .current_dir(project.root());
        assert!(git.status().unwrap().success());
    };
    git(".");
    git("installed");
    let run = project.guichet_in("git install --project installed", PATH);
    assert_eq!(run.status, 0, "{run}");
    project
}

/// Every file but the ledger, which readers of a database may touch.
fn files_of(project: &Project) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = files(project.root());
    files.retain(|path, _| !path.components().any(|part| part.as_os_str() == "Guichet"));
    files
}

#[test]
fn a_dry_run_of_any_command_writes_nothing_and_a_reader_never_does() {
    let project = busy(Project::accounting());
    let before = files_of(&project);
    for (line, changes) in LINES {
        let tried = project.guichet_in(&format!("{line} --dry-run"), PATH);
        let refused = tried.stderr.contains("`--dry-run` applies to edits");
        let expected = matches!(changes, Changes::Nothing | Changes::Ledger);
        assert_eq!(refused, expected, "{tried}");
        if *changes == Changes::Nothing {
            let run = project.guichet_in(line, PATH);
            assert!(!run.stderr.contains("error: unexpected argument"), "{run}");
        }
        assert_eq!(files_of(&project), before, "{line}");
    }
}

/// Without this the lines of the test above might have nothing to do.
#[test]
fn what_takes_a_dry_run_changes_something_without_it() {
    let prepared = busy(Project::accounting());
    for (line, changes) in LINES {
        if *changes != Changes::Files {
            continue;
        }
        let project = prepared.copied();
        let before = files_of(&project);
        let run = project.guichet_in(line, PATH);
        assert!(run.status < 2, "{run}");
        assert_ne!(files_of(&project), before, "{line}");
    }
}

/// A command that cannot make anybody's edit does not pretend to have asked who it is.
#[test]
fn who_edits_is_refused_where_nothing_is_edited() {
    let project = busy(Project::accounting());
    for (line, changes) in LINES {
        let run = project.guichet_in(&format!("{line} --as Designer --format json"), PATH);
        let refused = run.stderr.contains("`--as` applies to");
        let edits = matches!(changes, Changes::Files | Changes::Refused)
            && !line.starts_with("git")
            && !line.ends_with("-o out.json");
        assert_eq!(refused, !edits, "{run}");
    }
}

#[test]
fn every_command_has_a_line() {
    let mut missing = Vec::new();
    let mut open = vec![(String::new(), guichet_cli::command())];
    while let Some((path, command)) = open.pop() {
        let nested: Vec<_> = command
            .get_subcommands()
            .filter(|one| one.get_name() != "help")
            .cloned()
            .collect();
        let mut lines = LINES.iter().map(|(line, _)| words(line));
        if nested.is_empty() && !lines.any(|line| line.join(" ").starts_with(&path)) {
            missing.push(path.clone());
        }
        open.extend(nested.into_iter().map(|one| {
            let name = format!("{path} {}", one.get_name());
            (name.trim_start().to_owned(), one)
        }));
    }
    assert_eq!(missing, Vec::<String>::new());
}

/// The commands that edit a directory, by their words.
pub(crate) fn editing_commands() -> Vec<String> {
    let edits = LINES.iter().filter(|(line, changes)| {
        !line.starts_with("git") && matches!(changes, Changes::Files | Changes::Refused)
    });
    let mut commands: Vec<String> = edits.map(|(line, _)| command_of(line)).collect();
    commands.dedup();
    commands
}

/// The words that name the command of a line, which begins with them.
pub(crate) fn command_of(line: &str) -> String {
    let mut command = guichet_cli::command();
    let mut names = Vec::new();
    for word in words(line) {
        let Some(nested) = command.find_subcommand(&word).cloned() else {
            break;
        };
        command = nested;
        names.push(word);
    }
    names.join(" ")
}
