//! Files that somebody names for what a program writes.

#![allow(clippy::unwrap_used, reason = "tests")]

use guichet::storage::{ProjectPath, Target};
use guichet::{Output, Project, WorksOn};

use crate::support::Shop;

#[test]
fn a_directory_that_counts_is_known_however_it_is_spelled() {
    let (here, there) = (Shop::new(), Shop::new());
    let project = |shop: &Shop| Target::Project {
        project: ProjectPath::At(shop.path("")),
        data: None,
    };
    let here_named = WorksOn::Named(project(&here));
    let output = |path: &str, shop: &Shop| {
        let output = Project::options().output(&shop.path(path), &here_named);
        matches!(output.unwrap(), Output::Directory(_))
    };
    assert!(output("Settings/directory.json", &here));
    assert!(output("Project/../Settings/./directory.json", &here));
    assert!(output("Settings/directory.json", &there), "it counts there");
    assert!(!output("Settings/merged.json", &here));
    assert!(!output("Data/directory.json", &here));
}

#[test]
fn a_named_project_that_is_not_there_is_an_error_and_one_around_is_not() {
    let shop = Shop::new();
    let folder = tempfile::tempdir().unwrap();
    let nowhere = |project: fn(std::path::PathBuf) -> ProjectPath| Target::Project {
        project: project(folder.path().to_owned()),
        data: None,
    };
    let options = Project::options();
    let path = folder.path().join("merged.json");
    let around = options.output(&path, &WorksOn::Around(nowhere(ProjectPath::Above)));
    assert!(matches!(around.unwrap(), Output::Elsewhere));
    let named = options.output(&path, &WorksOn::Named(nowhere(ProjectPath::At)));
    assert_eq!(named.unwrap_err().code(), "not-a-project");
    let own = options.output(
        &shop.path("Settings/directory.json"),
        &WorksOn::Around(nowhere(ProjectPath::Above)),
    );
    assert!(matches!(own.unwrap(), Output::Directory(_)));
}
