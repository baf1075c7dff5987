//! The licences of everything that is compiled into the program, in one text.
//!
//! Most of them ask that their text goes wherever the program goes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::PACKAGE;
use crate::failure::{Failure, Outcome};
use crate::shell;

/// How the names of files with such texts begin, in upper case.
const BEGINNINGS: &[&str] = &[
    "LICENSE",
    "LICENCE",
    "COPYING",
    "COPYRIGHT",
    "NOTICE",
    "UNLICENSE",
];

/// What `cargo metadata` says, as far as it is needed.
#[derive(Debug, Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

/// A crate that is compiled into the program.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    source: Option<String>,
    manifest_path: PathBuf,
}

/// Returns the text.
///
/// # Errors
///
/// Cargo failed, or a licence cannot be read.
pub(super) fn text() -> Outcome<String> {
    let mut packages = linked()?;
    packages.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    let mut with_texts = Vec::new();
    for package in packages {
        let folder = package.manifest_path.parent().unwrap_or(Path::new(""));
        let texts = texts(folder)?;
        with_texts.push((package, texts));
    }
    Ok(render(&with_texts))
}

/// Returns the packages from elsewhere that are linked into the program on this system.
fn linked() -> Outcome<Vec<Package>> {
    let tree = shell::cargo_output(&[
        "tree",
        "--package",
        PACKAGE,
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ])?;
    let metadata = shell::cargo_output(&["metadata", "--format-version", "1"])?;
    let metadata: Metadata = serde_json::from_str(&metadata)
        .map_err(|error| Failure::failed(format!("cargo metadata is not understood: {error}")))?;
    let is_linked = |package: &Package| {
        let line = format!("{} v{}", package.name, package.version);
        tree.lines()
            .any(|other| other == line || other.starts_with(&format!("{line} ")))
    };
    let from_elsewhere = metadata
        .packages
        .into_iter()
        .filter(|one| one.source.is_some());
    Ok(from_elsewhere.filter(is_linked).collect())
}

/// Returns the licence texts in the folder of a package, in the order of their names.
fn texts(folder: &Path) -> Outcome<Vec<String>> {
    let entries = fs::read_dir(folder).map_err(|error| Failure::io(folder, &error))?;
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file() && is_licence(path))
        .collect();
    paths.sort();
    let read = |path: &PathBuf| fs::read(path).map_err(|error| Failure::io(path, &error));
    paths
        .iter()
        .map(|path| {
            Ok(String::from_utf8_lossy(&read(path)?)
                .trim()
                .replace('\r', ""))
        })
        .collect()
}

fn is_licence(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_uppercase();
    BEGINNINGS
        .iter()
        .any(|beginning| name.starts_with(beginning))
}

/// Writes each text once, below the packages that have it.
fn render(packages: &[(Package, Vec<String>)]) -> String {
    let mut list = "What is compiled into this program, and under which licences.\n\n".to_owned();
    let mut users: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (package, texts) in packages {
        let name = format!("{} {}", package.name, package.version);
        let license = package.license.as_deref().unwrap_or("see its text");
        list.push_str(&[&name, ": ", license, "\n"].concat());
        for text in texts {
            users.entry(text).or_default().push(name.clone());
        }
    }
    let mut texts: Vec<(Vec<String>, &str)> = users
        .into_iter()
        .map(|(text, users)| (users, text))
        .collect();
    texts.sort();
    for (users, text) in texts {
        let line = "-".repeat(72);
        list.push_str(&["\n", &line, "\n", &users.join(", "), "\n\n", text, "\n"].concat());
    }
    list
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Package, is_licence, render};

    fn package(name: &str) -> Package {
        Package {
            name: name.to_owned(),
            version: "1.0.0".to_owned(),
            license: Some("MIT".to_owned()),
            source: None,
            manifest_path: "Cargo.toml".into(),
        }
    }

    #[test]
    fn a_text_that_several_have_stands_once() {
        let shared = vec!["Permission is granted.".to_owned()];
        let text = render(&[
            (package("a"), shared.clone()),
            (package("b"), vec!["Another.".to_owned()]),
            (package("c"), shared),
        ]);
        assert!(text.contains("\na 1.0.0: MIT\nb 1.0.0: MIT\nc 1.0.0: MIT\n"));
        assert!(text.contains("\na 1.0.0, c 1.0.0\n\nPermission is granted.\n"));
        assert_eq!(text.matches("Permission").count(), 1);
    }

    #[test]
    fn licences_are_known_by_their_names() {
        for name in ["LICENSE", "license-mit.txt", "COPYING.md", "NOTICE"] {
            assert!(is_licence(Path::new(name)), "{name}");
        }
        assert!(!is_licence(Path::new("README.md")));
    }
}
