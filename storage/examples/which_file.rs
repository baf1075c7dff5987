//! Which `directory.json` of a 4D project counts, and what is odd in it.
//!
//! `cargo run -p guichet-storage --example which_file [PROJECT]`; without a project, one is made in
//! which the data folder's file hides the project's.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program that tells a story"
)]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use guichet_core::Diagnostic as _;
use guichet_storage::{DirectoryStore, ProjectPath, StoreSettings, Target};

/// In the project: as it was delivered.
const DELIVERED: &str = r#"{"users": {"designer": {}, "administrator": {}}}"#;

/// In the data folder: what became of it. Somebody wrote into it by hand.
const GROWN: &str = r#"{
    "users": {
        "designer": {"alias": "Designer"},
        "administrator": {"alias": "Administrator"},
        "Ann Lee": {}
    },
    "groups": {"Finance": {"users": ["ann lee", "Bob"]}},
    "remoteGranters": {"write": "Fynance"}
}"#;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let project = match std::env::args_os().nth(1) {
        Some(path) => PathBuf::from(path),
        None => small_project(folder.path())?,
    };
    let target = Target::Project {
        project: ProjectPath::Above(project),
        data: None,
    };
    let store = DirectoryStore::new(target, StoreSettings::default());

    let location = store.location()?;
    println!(
        "counts: {} ({})",
        location.path.display(),
        location.source.as_str()
    );
    for hidden in &location.shadowed {
        println!("hidden: {}", hidden.display());
    }

    let loaded = store.load()?;
    let directory = &loaded.directory;
    println!(
        "{} users, {} groups",
        directory.user_count(),
        directory.group_count()
    );
    for problem in &loaded.problems {
        println!(
            "{} at {}: {problem}",
            problem.severity(),
            problem.place.position
        );
        if let Some(help) = problem.help() {
            println!("    {help}");
        }
    }
    Ok(())
}

/// Makes a project with a file in each of the two places.
fn small_project(folder: &Path) -> Result<PathBuf, Box<dyn Error>> {
    fs::create_dir_all(folder.join("Project"))?;
    for (settings, text) in [("Settings", DELIVERED), ("Data/Settings", GROWN)] {
        let settings = folder.join(settings);
        fs::create_dir_all(&settings)?;
        fs::write(settings.join("directory.json"), text)?;
    }
    Ok(folder.to_owned())
}
