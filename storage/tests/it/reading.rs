//! The one call: a location in, a directory with everything around it out.

use std::fs;

use guichet_core::{AccessControl, Diagnostic as _};
use guichet_storage::filesystem::Disk;
use guichet_storage::json::Document;
use guichet_storage::{Loaded, OptionsFile, ReadError, Revision, Target, decode, locate, read};

use crate::project::{Project, USER};
use crate::support::file;

fn load(target: &Target) -> Result<Loaded, ReadError> {
    read(&Disk, &locate(&Disk, target).unwrap())
}

#[test]
fn everything_comes_in_one_call() {
    let bytes = file("corpus", "two-groups-fr");
    let project = Project::new().with(USER, &bytes).with(
        "Settings/guichet.toml",
        b"[access]\nhttp = \"Nobody here\"\n",
    );
    let loaded = load(&project.target()).unwrap();
    assert_eq!(loaded.directory.user_count(), 4);
    assert_eq!(loaded.revision, Revision::new(&bytes));
    assert_eq!(loaded.document.unwrap().into_bytes(), bytes);
    assert_eq!(loaded.problems.len(), 1);
    assert_eq!(loaded.problems[0].place.pointer.as_str(), "/access/http");
}

#[test]
fn statement_68_a_project_without_a_file_is_open() {
    let loaded = load(&Project::new().target()).unwrap();
    assert!(loaded.document.is_none());
    assert_eq!(loaded.revision, Revision::ABSENT);
    assert_eq!(loaded.directory.access_control(), AccessControl::Off);
    assert_eq!(
        (
            loaded.directory.user_count(),
            loaded.directory.group_count()
        ),
        (2, 0)
    );
    assert!(loaded.problems.is_empty());
}

#[test]
fn a_named_file_that_is_not_there_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("absent.json");
    let error = load(&Target::File(path.clone())).unwrap_err();
    assert_eq!(
        (error.code(), error.path()),
        ("file-not-found", path.as_path())
    );
}

#[test]
fn errors_name_the_file_and_every_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("directory.json");
    let target = Target::File(path.clone());
    let fail = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        load(&target).unwrap_err()
    };
    let refused = fail(&file("broken", "everything-of-the-wrong-kind"));
    assert_eq!(refused.code(), "wrong-kind");
    let lines: Vec<_> = refused
        .diagnostics()
        .into_iter()
        .map(|(_, place)| place.unwrap().position.line)
        .collect();
    assert_eq!(lines, [2, 3, 4, 5, 6]);
    assert!(refused.to_string().ends_with(", and 4 more"), "{refused}");
    let cut = fail(&file("broken", "cut-in-a-string"));
    assert_eq!((cut.code(), cut.path()), ("json-syntax", path.as_path()));
    assert_eq!(cut.diagnostics().len(), 1);

    fs::write(folder.path().join("guichet.toml"), "[acces]\n").unwrap();
    let options = fail(&file("corpus", "one-group"));
    assert_eq!(
        (options.code(), options.path()),
        (
            "unknown-option",
            folder.path().join("guichet.toml").as_path()
        )
    );
    assert_eq!(options.help().as_deref(), Some("Did you mean `access`?"));
}

#[test]
fn one_large_member_list_is_read_in_linear_time() {
    // Each member once resized and marked a table of all users: 50 000 members took minutes.
    let users: Vec<_> = (0..50_000)
        .map(|number| format!("\"User {number}\":{{}}"))
        .collect();
    let names: Vec<_> = (0..50_000)
        .map(|number| format!("\"User {number}\""))
        .collect();
    let (users, names) = (users.join(","), names.join(","));
    let text = format!("{{\"users\":{{{users}}},\"groups\":{{\"All\":{{\"users\":[{names}]}}}}}}");
    let document = Document::parse(text.into_bytes()).unwrap();
    let directory = decode(&document, &OptionsFile::default())
        .unwrap()
        .directory;
    let all = directory
        .group(directory.find_group("All").unwrap())
        .unwrap();
    assert_eq!(all.users().len(), 50_000);
}

#[test]
fn a_file_that_goes_away_before_it_is_read_is_an_error() {
    let project = Project::new().with(USER, b"{}");
    let location = locate(&Disk, &project.target()).unwrap();
    fs::remove_file(project.path(USER)).unwrap();
    let error = read(&Disk, &location).unwrap_err();
    assert_eq!(
        (error.code(), error.path()),
        ("file-not-found", project.path(USER).as_path())
    );
}
