//! `scrub`: nobody is left in the file, and it behaves as before.

use guichet_core::{Credential, PasswordKind};
use serde_json::Value;

use crate::harness::{Project, fixture};

/// Names and stored passwords of three characters or more.
fn private(directory: &[u8]) -> Vec<String> {
    let document: Value = serde_json::from_slice(directory).unwrap();
    let mut private = Vec::new();
    for section in ["users", "groups"] {
        let named = document[section].as_object().into_iter().flatten();
        for (name, value) in named {
            private.push(name.clone());
            private.extend(
                ["alias", "password"]
                    .iter()
                    .filter_map(|key| value[key].as_str())
                    .map(str::to_owned),
            );
        }
    }
    private.retain(|text| {
        let text = text.to_lowercase();
        text.chars().count() >= 3 && text != "designer" && text != "administrator"
    });
    private
}

fn codes(project: &Project) -> Vec<String> {
    let document = project.guichet("lint --format json").json();
    let findings = document["findings"].as_array().unwrap().iter();
    let mut codes: Vec<String> = findings
        .map(|finding| finding["code"].to_string())
        .collect();
    codes.sort();
    codes
}

/// How many groups each user is in, and how many users each group has.
fn sizes(project: &Project) -> Vec<usize> {
    let closure = project.guichet("effective --format json").json();
    let mut sizes = Vec::new();
    for section in ["users", "groups"] {
        let lists = closure[section].as_object().unwrap().values();
        sizes.extend(lists.map(|list| list.as_array().unwrap().len()));
    }
    sizes.sort_unstable();
    sizes
}

#[test]
fn nobody_is_left_and_everything_behaves_as_before() {
    for name in [
        "survey-78-users",
        "demo-13-users",
        "two-groups-fr",
        "crlf-2025",
    ] {
        let before = std::fs::read(fixture(name)).unwrap();
        let project = Project::with(&before);
        project.write("key.txt", "secret\n");
        for key in ["", " --key-file key.txt"] {
            let run = project.guichet(&format!("scrub{key}"));
            assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{name}");
            let folded = run.stdout.to_lowercase();
            for text in private(&before) {
                assert!(
                    !folded.contains(&text.to_lowercase()),
                    "{name}{key}: {text}"
                );
            }
            let scrubbed = Project::with(&run.stdout);
            assert_eq!(sizes(&scrubbed), sizes(&project), "{name}");
            assert_eq!(codes(&scrubbed), codes(&project), "{name}");
        }
    }
}

#[test]
fn a_key_keeps_names_the_same_in_several_files() {
    let project = Project::with(r#"{"users": {"Ann Lee": {}, "Bob": {}}}"#);
    project.write("second.json", r#"{"users": {"Zoë": {}, "Ann Lee": {}}}"#);
    project.write("one.txt", "one\r\n");
    project.write("two.txt", "two");
    let named = |printed: &str, index: usize| {
        let document: Value = serde_json::from_str(printed).unwrap();
        document["users"]
            .as_object()
            .unwrap()
            .keys()
            .nth(index)
            .unwrap()
            .clone()
    };
    let first_name = |line: &str, index: usize| named(&project.guichet(line).stdout, index);
    let ann = first_name("scrub --key-file one.txt", 0);
    assert_eq!(ann, first_name("scrub second.json --key-file one.txt", 1));
    assert_ne!(ann, first_name("scrub --key-file two.txt", 0));
    let fed = project.guichet_fed("scrub --key-stdin", "one\nmore\n");
    assert_eq!(ann, named(&fed.stdout, 0));
    let typed = |_: &str| Ok("one".to_owned());
    let (status, told) = project.on_a_terminal("scrub --ask-key", None, Some(&typed));
    assert_eq!(status.number(), 0, "{told}");
    assert_eq!(ann, named(&told, 0));
}

/// Other accounts of the machine can read the command line, and the shell keeps it.
#[test]
fn a_key_is_never_an_argument() {
    let project = Project::fixture("demo-13-users");
    let run = project.guichet("scrub --key secret");
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{run}");
    for (line, code) in [
        ("scrub --ask-key", "no-terminal"),
        ("scrub --key-stdin", "usage"),
        ("scrub - --key-stdin", "usage"),
        ("scrub --key-stdin --ask-key", "usage"),
    ] {
        let error = project
            .guichet(&format!("{line} --format json"))
            .json_error();
        assert_eq!(error["code"], code, "{line}");
    }
}

/// Passwords keep their kind, so that the file lints the same, and nothing of what they were.
#[test]
fn passwords_keep_their_kind() {
    let project = Project::fixture("two-groups-fr");
    let kinds = |directory: &[u8]| -> Vec<PasswordKind> {
        let text = String::from_utf8_lossy(directory).into_owned();
        let strings = text
            .split('"')
            .map(|text| Credential::from_stored(text).kind());
        strings
            .filter(|kind| *kind != PasswordKind::Unknown)
            .collect()
    };
    let run = project.guichet("scrub");
    assert_eq!(kinds(run.stdout.as_bytes()), kinds(&project.directory()));
}

/// Another project's directory is written by an edit of that project; what is read is what was named.
#[test]
fn the_file_that_is_named_goes_into_another_project() {
    let directory = |user: &str| {
        format!(
            r#"{{"users": {{"designer": {{"alias": "Designer"}}, "administrator": {{"alias": "Administrator"}}, "{user}": {{}}}}}}"#
        )
    };
    let there = Project::with(
        r#"{"users": {"designer": {"alias": "Designer"}, "administrator": {"alias": "Administrator"}}}"#,
    );
    let here = Project::with(directory("Ann"));
    let theirs = there.root().join("Settings/directory.json");
    let theirs = theirs.to_str().unwrap();
    let run = here.guichet_of(&["scrub", "-o", theirs]);
    assert_eq!(run.status, 0, "{run}");
    assert_eq!(
        there
            .guichet("users list --format json")
            .json()
            .as_array()
            .map(Vec::len),
        Some(3)
    );
    let base = there.guichet("undo");
    assert_eq!(base.status, 0, "{base}");
    std::fs::copy(
        there.root().join("Settings/directory.json"),
        here.root().join("base.json"),
    )
    .unwrap();
    here.write("other.json", directory("Bob"));
    let run = here.guichet_of(&[
        "merge",
        "base.json",
        "Settings/directory.json",
        "other.json",
        "-o",
        theirs,
    ]);
    assert_eq!(run.status, 0, "{run}");
    let users = there.guichet("users list").stdout;
    assert!(users.contains("Ann") && users.contains("Bob"), "{users}");
}

#[test]
fn it_is_written_where_that_is_asked_for_and_the_file_stays() {
    let project = Project::fixture("demo-13-users");
    let before = project.directory();
    let printed = project.guichet("scrub").stdout;
    let run = project.guichet("scrub -o scrubbed.json");
    assert_eq!(
        (run.status, run.stdout.as_str()),
        (0, "written to scrubbed.json\n"),
        "{run}"
    );
    let written = std::fs::read_to_string(project.root().join("scrubbed.json")).unwrap();
    assert_eq!(written, printed);
    assert_eq!(project.directory(), before);
    let refused = project
        .guichet("scrub -o no/such/folder.json --format json")
        .json_error();
    assert_eq!(refused["code"], "file-not-found");
}
