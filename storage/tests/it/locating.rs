//! Which file counts: the priority table, and candidates that cannot be read.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use guichet_core::Diagnostic as _;
use guichet_storage::filesystem::Disk;
use guichet_storage::{LocateError, Location, ProjectPath, Source, Target, locate};

use crate::faults::{Call, Faults};
use crate::project::{DATA, Project, USER};

/// A target in a project, with a data folder inside of it.
fn target(project: &Project, data: Option<&str>) -> Target {
    Target::Project {
        project: ProjectPath::At(project.folder.path().to_owned()),
        data: data.map(|data| project.path(data)),
    }
}

fn find(project: &Project, data: Option<&str>) -> Result<Location, LocateError> {
    locate(&Disk, &target(project, data))
}

#[test]
fn statement_34_the_user_settings_file_counts_when_it_is_alone() {
    let project = Project::new().with(USER, b"").with("Data/data.4DD", b"");
    let location = find(&project, None).unwrap();
    assert_eq!(
        (location.path, location.source, location.exists),
        (project.path(USER), Source::User, true)
    );
    assert!(location.shadowed.is_empty());
}

#[test]
fn statement_35_the_data_folder_file_counts_whole_when_both_are_there() {
    let project = Project::new().with(USER, b"").with(DATA, b"");
    let location = find(&project, None).unwrap();
    assert_eq!(
        (&location.path, location.source, location.exists),
        (&project.path(DATA), Source::Data, true)
    );
    assert_eq!(location.shadowed, [project.path(USER)]);
}

#[test]
fn a_data_folder_elsewhere_takes_the_place_of_the_default_one() {
    let project = Project::new()
        .with(USER, b"")
        .with(DATA, b"")
        .with("Elsewhere/Settings/directory.json", b"");
    let location = find(&project, Some("Elsewhere")).unwrap();
    assert_eq!(
        location.path,
        project.path("Elsewhere/Settings/directory.json")
    );
    assert_eq!(location.shadowed, [project.path(USER)]);
    fs::create_dir(project.path("Empty")).unwrap();
    assert_eq!(
        find(&project, Some("Empty")).unwrap().path,
        project.path(USER)
    );
}

#[test]
fn a_data_folder_that_is_named_and_not_there_is_an_error() {
    let project = Project::new().with(USER, b"");
    let error = find(&project, Some("Nowhere")).unwrap_err();
    assert!(
        matches!(&error, LocateError::NoDataFolder { path } if *path == project.path("Nowhere")),
        "{error}"
    );
}

#[test]
fn a_project_without_a_file_says_where_it_would_be() {
    let project = Project::new();
    let location = find(&project, None).unwrap();
    assert_eq!(
        (location.path, location.source, location.exists),
        (project.path(USER), Source::User, false)
    );
    assert_eq!(location.data_path, Some(project.path(DATA)));
}

#[test]
fn copies_of_the_file_never_count() {
    let project = Project::new()
        .with("Settings/directory 2.json", b"")
        .with("Settings/directory.json.bak", b"")
        .with("Data/Settings/directory 3.json", b"");
    assert!(!find(&project, None).unwrap().exists);
}

#[test]
fn the_options_lie_beside_either_file_the_data_folder_first() {
    let user = "Settings/guichet.toml";
    let data = "Data/Settings/guichet.toml";
    for (files, expected) in [
        (vec![USER], None),
        (vec![USER, user], Some(user)),
        (vec![USER, DATA, user], Some(user)),
        (vec![USER, user, data], Some(data)),
        (vec![data], Some(data)),
    ] {
        let project = files
            .iter()
            .fold(Project::new(), |project, file| project.with(file, b""));
        assert_eq!(
            find(&project, None).unwrap().options,
            expected.map(|path| project.path(path)),
            "{files:?}"
        );
    }
}

#[test]
fn an_explicit_file_is_taken_as_it_is_named() {
    let project = Project::new()
        .with("any name.json", b"")
        .with("guichet.toml", b"");
    let location = locate(&Disk, &Target::File(project.path("any name.json"))).unwrap();
    assert_eq!((location.source, location.exists), (Source::Explicit, true));
    assert_eq!(location.options, Some(project.path("guichet.toml")));
    let absent = locate(&Disk, &Target::File(project.path("absent.json"))).unwrap();
    assert!(!absent.exists);
    let error = locate(&Disk, &Target::File(project.path("Project"))).unwrap_err();
    assert_eq!(error.code(), "not-a-file");
}

#[test]
fn the_nearest_project_above_is_found_from_inside() {
    let outer = Project::new()
        .with("Project/Sources/Methods/a.4dm", b"")
        .with("Inner/Project/b.4DProject", b"")
        .with(USER, b"");
    let find = |from: &str| {
        let project = ProjectPath::Above(outer.path(from));
        locate(
            &Disk,
            &Target::Project {
                project,
                data: None,
            },
        )
        .unwrap()
        .path
    };
    assert_eq!(find("Project/Sources/Methods"), outer.path(USER));
    assert_eq!(find("Inner/Project"), outer.path("Inner").join(USER));
    assert_eq!(find("Inner"), outer.path("Inner").join(USER));
    let lost = tempfile::tempdir().unwrap();
    let project = ProjectPath::Above(lost.path().to_owned());
    let error = locate(
        &Disk,
        &Target::Project {
            project,
            data: None,
        },
    )
    .unwrap_err();
    assert_eq!((error.code(), error.path()), ("no-project", lost.path()));
}

#[test]
fn a_folder_that_is_no_project_is_refused_and_a_built_server_is_one() {
    let folder = tempfile::tempdir().unwrap();
    let at = |path: &Path| {
        locate(
            &Disk,
            &Target::Project {
                project: ProjectPath::At(path.to_owned()),
                data: None,
            },
        )
    };
    assert_eq!(at(folder.path()).unwrap_err().code(), "not-a-project");
    let built = folder.path().join("Server Database");
    fs::create_dir(&built).unwrap();
    assert_eq!(at(&built).unwrap().path, built.join(USER));
}

#[cfg(unix)]
#[test]
fn a_candidate_that_is_no_file_is_an_error_not_a_fall_back() {
    use std::os::unix::fs::symlink;

    let folder = Project::new()
        .with(USER, b"")
        .with(&format!("{DATA}/inside"), b"");
    assert_eq!(
        find(&folder, None).unwrap_err().to_string(),
        format!("`{}` is a folder, not a file", folder.path(DATA).display())
    );

    let broken = Project::new().with(USER, b"");
    fs::create_dir_all(broken.path("Data/Settings")).unwrap();
    symlink("nowhere", broken.path(DATA)).unwrap();
    let error = find(&broken, None).unwrap_err();
    assert_eq!(error.code(), "not-a-file");
    assert_eq!(error.path(), broken.path(DATA));

    for (link, on_the_way) in [("Data", "Data"), ("Data/Settings", "Data/Settings")] {
        let project = Project::new().with(USER, b"");
        fs::create_dir_all(project.path(link).parent().unwrap()).unwrap();
        symlink("nowhere", project.path(link)).unwrap();
        assert_eq!(
            find(&project, None).unwrap_err().path(),
            project.path(on_the_way)
        );
    }

    let loop_of_links = Project::new().with(USER, b"");
    fs::create_dir_all(loop_of_links.path("Data/Settings")).unwrap();
    symlink("directory.json", loop_of_links.path(DATA)).unwrap();
    assert!(matches!(
        find(&loop_of_links, None).unwrap_err(),
        LocateError::Unreadable(_)
    ));

    let file_for_folder = Project::new().with(USER, b"").with("Data", b"");
    assert_eq!(
        find(&file_for_folder, None).unwrap_err().path(),
        file_for_folder.path("Data")
    );

    let broken_options = Project::new().with(USER, b"");
    symlink("nowhere", broken_options.path("Settings/guichet.toml")).unwrap();
    assert_eq!(
        find(&broken_options, None).unwrap_err().code(),
        "not-a-file"
    );
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_to_a_file_is_followed() {
    let project = Project::new().with("shared.json", b"");
    fs::create_dir_all(project.path("Data/Settings")).unwrap();
    std::os::unix::fs::symlink("../../shared.json", project.path(DATA)).unwrap();
    assert_eq!(find(&project, None).unwrap().source, Source::Data);
}

/// The disk, with one path that this account may not touch.
fn forbidden(path: PathBuf, looking: bool) -> Faults {
    Faults::new(Arc::new(Disk), move |call, asked| {
        let closed = matches!(call, Call::Probe | Call::Read) || (looking && call == Call::Entry);
        (closed && asked.starts_with(&path)).then_some(io::ErrorKind::PermissionDenied)
    })
}

#[test]
fn a_candidate_that_may_not_be_read_is_an_error_not_a_fall_back() {
    let project = Project::new().with(USER, b"").with(DATA, b"");
    for (inside, looking) in [(DATA, false), ("Data/Settings", true), ("Data", true)] {
        let files = forbidden(project.path(inside), looking);
        let error = locate(&files, &target(&project, None)).unwrap_err();
        assert_eq!(error.code(), "file-not-readable", "{inside}");
        assert!(error.path().starts_with(project.path(inside)), "{inside}");
    }
    let shadowed = forbidden(project.path(USER), false);
    assert_eq!(
        locate(&shadowed, &target(&project, None)).unwrap().source,
        Source::Data
    );
}
