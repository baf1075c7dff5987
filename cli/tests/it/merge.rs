//! `merge`: three files become one, conflicts included; over the directory that counts it is an edit.

use serde_json::Value;

use crate::harness::{DATA_FILE, Project, Run, fixture};

/// An upgrade on site: the embedded file of the old version, that of the new one, and the site's own.
fn on_site() -> Project {
    let project = Project::accounting();
    project.write("old.json", project.directory());
    project.write("new.json", project.directory());
    let upgrade = |line: &str| {
        let run = project.guichet(&format!("{line} --directory new.json"));
        assert_eq!(run.status, 0, "{run}");
    };
    upgrade("groups add Archive");
    upgrade("plugins set view Archive");
    upgrade("members add Archive Finance");
    upgrade("groups rename Accounting Books");
    let site = |line: &str| {
        let run = project.guichet(line);
        assert_eq!(run.status, 0, "{run}");
    };
    site("users add Tom --group Accounting");
    site("users passwd \"Paul Durand\" --remove");
    project
}

const MERGE: &str = "merge old.json Data/Settings/directory.json new.json";

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn what_both_sides_did_is_in_the_result() {
    let project = on_site();
    let run = project.guichet(MERGE);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{run}");
    let merged = json(&run.stdout);
    assert!(merged["users"]["Tom"].is_object());
    assert!(merged["users"]["Paul Durand"]["password"].is_null());
    assert!(merged["groups"]["Accounting"].is_null());
    let books = merged["groups"]["Books"]["users"].as_array().unwrap();
    assert!(books.contains(&Value::from("Tom")), "{merged}");
    assert_eq!(merged["remoteGranters"]["view"], "Archive");
}

/// Over the directory that counts a merge is an edit: looked at first, remembered, taken back.
#[test]
fn on_site_a_merge_is_an_edit() {
    let project = on_site();
    let before = project.directory();
    let printed = project.guichet(MERGE).stdout;
    let line = format!("{MERGE} -o {DATA_FILE}");
    let tried = project.guichet(&format!("{line} --dry-run"));
    assert_eq!(project.directory(), before);
    let done = project.guichet(&line);
    assert_eq!(project.directory(), printed.as_bytes());
    insta::assert_snapshot!(format!("{tried}\n{done}"));
    assert_eq!(project.guichet("undo").status, 0);
    assert_eq!(project.directory(), before);
}

/// Both sides gave `design` to another group and `Devs` another name, and were merged.
fn disputed() -> (Project, Run) {
    let project = on_site();
    for (file, group) in [(DATA_FILE, "Accounting"), ("new.json", "Finance")] {
        let run = project.guichet(&format!("access set design {group} --directory {file}"));
        assert_eq!(run.status, 0, "{run}");
    }
    let run = project.guichet("groups rename Devs Makers");
    assert_eq!(run.status, 0, "{run}");
    let run = project.guichet("groups rename Devs Coders --directory new.json");
    assert_eq!(run.status, 0, "{run}");
    let told = project.guichet(&format!("{MERGE} -o {DATA_FILE}"));
    assert_eq!(told.status, 1, "{told}");
    (project, told)
}

#[test]
fn conflicts_are_told_and_stay_in_the_file_until_somebody_decides() {
    let (project, told) = disputed();
    let file = String::from_utf8(project.directory()).unwrap();
    let conflicts = json(&file)["guichetConflicts"].to_string();
    let found = project.guichet("lint --format json").json();
    let findings = found["findings"].as_array().unwrap();
    assert!(
        findings
            .iter()
            .any(|finding| finding["code"] == "unresolved-conflict"),
        "{found}"
    );
    assert_eq!(project.guichet("lint").status, 1);
    let program = project.guichet("merge old.json old.json new.json --format json");
    assert_eq!(program.status, 0, "{program}");
    insta::assert_snapshot!(format!("{told}\n{conflicts}"));
}

/// Silence once kept ours, and did not say so.
#[test]
fn a_conflict_is_decided_by_a_word_and_never_by_silence() {
    let (project, _) = disputed();
    let disputed = project.directory();
    let all = project.guichet("resolve --list --format json");
    assert_eq!(all.json()["conflicts"].as_array().map(Vec::len), Some(2));
    for line in [
        "resolve",
        "resolve --dry-run",
        "resolve --all-ours --dry-run",
    ] {
        let run = project.guichet(line);
        assert_eq!(run.status, i32::from(!line.contains("ours")), "{run}");
        assert_eq!(project.directory(), disputed, "{line}");
    }
    let lines = [
        "resolve",
        "resolve --list --format json",
        "resolve --ours 3",
        "resolve --ours 1",
        "resolve --all-ours --dry-run",
        "resolve --all-ours --format json",
        "resolve --list",
        "resolve",
    ];
    let session = project.session(&lines);
    let file = String::from_utf8(project.directory()).unwrap();
    assert_eq!(json(&file)["guichetConflicts"], Value::Null);
    for _ in 0..2 {
        assert_eq!(project.guichet("undo").status, 0);
    }
    assert_eq!(project.directory(), disputed);
    insta::assert_snapshot!(session);
}

/// Who takes a conflict out of the list has decided it.
#[test]
fn what_was_taken_out_of_the_list_by_hand_is_decided() {
    let (project, _) = disputed();
    let mut document = json(&String::from_utf8(project.directory()).unwrap());
    document["guichetConflicts"] = serde_json::json!([]);
    project.write(DATA_FILE, document.to_string());
    let run = project.guichet("resolve");
    assert_eq!(run.status, 0, "{run}");
    let file = String::from_utf8(project.directory()).unwrap();
    assert_eq!(json(&file)["guichetConflicts"], Value::Null);
}

/// What one side did alone is the result, byte for byte where it was ours.
#[test]
fn a_side_that_did_nothing_changes_nothing() {
    let project = Project::with(std::fs::read(fixture("survey-78-users")).unwrap());
    let resaved = std::fs::read_to_string(fixture("survey-78-users.resaved")).unwrap();
    project.write("resaved.json", &resaved);
    let base = "Settings/directory.json";
    for (line, result) in [
        (
            format!("merge {base} resaved.json {base}"),
            resaved.as_str(),
        ),
        (
            format!("merge {base} resaved.json resaved.json"),
            resaved.as_str(),
        ),
    ] {
        let run = project.guichet(&line);
        assert_eq!((run.status, run.stdout.as_str()), (0, result), "{line}");
    }
    let edited = project.guichet("groups rename #15001 Other --directory resaved.json");
    assert_eq!(edited.status, 0, "{edited}");
    let run = project.guichet(&format!("merge {base} {base} resaved.json -o merged.json"));
    assert_eq!(run.status, 0, "{run}");
    assert_eq!(project.guichet("diff merged.json resaved.json").status, 0);
}

#[test]
fn a_side_that_is_no_directory_is_refused_and_nothing_is_written() {
    let project = on_site();
    let before = project.directory();
    project.write("broken.json", "<<<<<<< ours\n");
    for line in [
        format!("merge broken.json {DATA_FILE} new.json -o {DATA_FILE}"),
        format!("merge old.json {DATA_FILE} broken.json -o {DATA_FILE}"),
        "merge old.json broken.json new.json".to_owned(),
    ] {
        let error = project
            .guichet(&format!("{line} --format json"))
            .json_error();
        assert_eq!(
            (&error["code"], &error["path"]),
            (&"json-syntax".into(), &"broken.json".into())
        );
    }
    assert_eq!(project.directory(), before);
}

/// An empty file once counted as a directory from which everybody was taken out.
#[test]
fn an_empty_side_is_refused_and_only_the_base_may_be_empty() {
    let project = on_site();
    let before = project.directory();
    project.write("empty.json", "");
    for line in [
        format!("merge old.json {DATA_FILE} empty.json -o {DATA_FILE}"),
        format!("merge old.json {DATA_FILE} empty.json"),
        "merge old.json empty.json new.json".to_owned(),
        "normalise empty.json".to_owned(),
        "normalise --check empty.json".to_owned(),
        "scrub empty.json".to_owned(),
    ] {
        let run = project.guichet(&format!("{line} --format json"));
        let code = if line.starts_with("merge") {
            "empty-side"
        } else {
            "json-syntax"
        };
        assert_eq!(run.json_error()["code"], code, "{run}");
    }
    assert_eq!(project.directory(), before);
    let added = project.guichet(&format!("merge empty.json {DATA_FILE} {DATA_FILE}"));
    assert_eq!(
        (added.status, added.stdout.as_bytes()),
        (0, before.as_slice())
    );
}

/// The second time it is empty, which would pass for a file.
#[test]
fn standard_input_stands_for_one_file_only() {
    let project = on_site();
    let input = String::from_utf8(project.directory()).unwrap();
    project.write("policy.toml", "");
    for line in [
        "merge - old.json -",
        "merge old.json - -",
        "merge - - new.json",
        "diff - -",
        "test - policy.toml -",
    ] {
        let input = if line.starts_with("test") { "" } else { &input };
        let run = project.guichet_fed(&format!("{line} --format json"), input);
        let error = run.json_error();
        assert_eq!(error["code"], "usage", "{line}");
        assert_eq!(
            error["message"], "only one file can be `-` (standard input)",
            "{line}"
        );
    }
}

/// Only a path that was spelled like OURS was taken for the directory once; any other spelling wrote it
/// without a lock, a history and a way back.
#[test]
fn over_the_directory_it_is_an_edit_however_the_path_is_spelled() {
    let mut spellings = vec![
        DATA_FILE.to_owned(),
        format!("./{DATA_FILE}"),
        "Data/../Data/Settings/directory.json".to_owned(),
        "[PROJECT]/Data/Settings/directory.json".to_owned(),
    ];
    if cfg!(unix) {
        spellings.push("link.json".to_owned());
    }
    for ours in [DATA_FILE, "ours.json"] {
        for output in &spellings {
            for line in [
                format!("merge old.json {ours} new.json -o {output}"),
                format!("scrub {ours} -o {output}"),
                format!("normalise {output}"),
            ] {
                let project = on_site();
                project.write(DATA_FILE, [project.directory(), b"\n\n".to_vec()].concat());
                project.write("ours.json", project.directory());
                #[cfg(unix)]
                std::os::unix::fs::symlink(DATA_FILE, project.root().join("link.json")).unwrap();
                let before = project.directory();
                let line = line.replace("[PROJECT]", project.root().to_str().unwrap());
                let run = project.guichet(&line);
                assert_eq!(run.status, 0, "{run}");
                assert_ne!(project.directory(), before, "{line}");
                let undone = project.guichet("undo");
                assert_eq!(undone.status, 0, "{line}: {undone}");
                assert_eq!(project.directory(), before, "{line}");
            }
        }
    }
}

/// The directory of a project that no flag named was written without a lock, a history and a way back.
#[test]
fn it_is_an_edit_from_outside_the_project_too() {
    for line in [
        "merge old.json ours.json new.json -o Data/Settings/directory.json --directory other.json",
        "scrub ours.json -o Data/Settings/directory.json --directory other.json",
        "scrub ours.json -o Data/Settings/directory.json --project elsewhere",
    ] {
        let project = on_site();
        project.write("ours.json", project.directory());
        project.write("other.json", project.directory());
        project.write("elsewhere/Project/elsewhere.4DProject", "");
        let before = project.directory();
        let run = project.guichet(line);
        assert_eq!(run.status, 0, "{line}: {run}");
        assert_ne!(project.directory(), before, "{line}");
        let undone = project.guichet("undo");
        assert_eq!(undone.status, 0, "{line}: {undone}");
        assert_eq!(project.directory(), before, "{line}");
    }
}

/// It compared a text alone with a directory that has its guichet.toml, and said that the HTTP server was
/// opened to everyone.
#[test]
fn it_says_what_is_merged_and_nothing_of_guichet_toml() {
    let project = Project::accounting();
    project.write("base.json", project.directory());
    project.write("theirs.json", project.directory());
    let added = project.guichet("users add Mel --directory theirs.json");
    assert_eq!(added.status, 0, "{added}");
    let run = project.guichet(&format!(
        "merge base.json base.json theirs.json -o {DATA_FILE}"
    ));
    assert_eq!(run.status, 0, "{run}");
    assert!(run.stdout.contains("user `Mel` was added"), "{run}");
    assert!(!run.stdout.contains("HTTP"), "{run}");
    assert!(!project.guichet("log").stdout.contains("HTTP"));
}

/// A directory has stored passwords: an account that may not read it may not read a copy.
#[test]
#[cfg(unix)]
fn a_new_file_is_not_open_to_more_accounts_than_its_source() {
    use std::os::unix::fs::PermissionsExt as _;
    let project = on_site();
    let closed = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(project.root().join(DATA_FILE), closed).unwrap();
    for line in [&format!("{MERGE} -o out.json"), "scrub -o out.json"] {
        let run = project.guichet(line);
        assert_eq!(run.status, 0, "{run}");
        let out = project.root().join("out.json");
        let mode = std::fs::metadata(&out).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{line}");
        std::fs::remove_file(out).unwrap();
    }
}
