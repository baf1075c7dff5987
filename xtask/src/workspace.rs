//! A typed view of the part of `cargo metadata` that the checks need.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;

use crate::failure::{Failure, Outcome};
use crate::shell;

/// Where in a manifest a dependency stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum DependencyKind {
    /// `[dependencies]`
    Normal,
    /// `[build-dependencies]`
    Build,
    /// `[dev-dependencies]`
    Dev,
}

impl DependencyKind {
    /// Returns the word for messages.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Build => "build",
            Self::Dev => "dev",
        }
    }
}

/// One dependency as a member's manifest declares it, optional ones included.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edge {
    /// The package whose manifest it is.
    pub(crate) from: String,
    /// The package that it names, whatever it is renamed to.
    pub(crate) to: String,
    /// In which table it stands.
    pub(crate) kind: DependencyKind,
}

/// One example of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Example {
    /// What `--example` takes.
    pub(crate) name: String,
    /// The features without which it is not built.
    pub(crate) required_features: Vec<String>,
}

/// One member of the workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Package {
    /// Its name.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// Whether it is there for other crates, and no program.
    pub(crate) is_library: bool,
    /// Whether it goes to a registry.
    pub(crate) is_published: bool,
    /// Its features with what each switches on, optional dependencies without a feature included.
    pub(crate) features: BTreeMap<String, Vec<String>>,
    /// Its examples.
    pub(crate) examples: Vec<Example>,
}

/// The members of the workspace and what each of them declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Workspace {
    /// The package names of the members.
    pub(crate) members: BTreeSet<String>,
    /// Every declared dependency of every member, inside and outside the workspace.
    pub(crate) edges: BTreeSet<Edge>,
    /// The members themselves, in cargo's order.
    pub(crate) packages: Vec<Package>,
}

impl Workspace {
    /// Asks cargo about this workspace; needs no network.
    ///
    /// # Errors
    ///
    /// Cargo failed, or its answer has not the documented shape.
    pub(crate) fn load() -> Outcome<Self> {
        Self::parse(&metadata()?)
    }

    /// Reads the JSON of `cargo metadata --format-version 1 --no-deps`.
    ///
    /// # Errors
    ///
    /// The text is not JSON or has not the documented shape.
    pub(crate) fn parse(text: &str) -> Outcome<Self> {
        let metadata = json(text)?;
        let mut workspace = Self {
            members: BTreeSet::new(),
            edges: BTreeSet::new(),
            packages: Vec::new(),
        };
        for package in array(&metadata, "packages")? {
            let from = string(package, "name")?;
            workspace.members.insert(from.to_owned());
            workspace.packages.push(one_package(package)?);
            for dependency in array(package, "dependencies")? {
                workspace.edges.insert(Edge {
                    from: from.to_owned(),
                    to: string(dependency, "name")?.to_owned(),
                    kind: kind(dependency)?,
                });
            }
        }
        Ok(workspace)
    }

    /// Returns the members that are there for other crates.
    pub(crate) fn libraries(&self) -> impl Iterator<Item = &Package> {
        self.packages
            .iter()
            .filter(|package| package.is_library && package.is_published)
    }
}

/// Reads one member.
fn one_package(package: &Value) -> Outcome<Package> {
    let mut read = Package {
        name: string(package, "name")?.to_owned(),
        version: string(package, "version")?.to_owned(),
        is_library: false,
        // An empty list of registries is `publish = false`.
        is_published: !array(package, "publish").is_ok_and(Vec::is_empty),
        features: BTreeMap::new(),
        examples: Vec::new(),
    };
    let targets = array(package, "targets")?;
    let has = |kind: &str| {
        let is = |target: &Value| strings(target, "kind").iter().any(|one| one == kind);
        targets.iter().any(is)
    };
    read.is_library = has("lib") && !has("bin");
    for target in targets {
        let kinds = strings(target, "kind");
        if kinds.contains(&"example".to_owned()) {
            read.examples.push(Example {
                name: string(target, "name")?.to_owned(),
                required_features: strings(target, "required-features"),
            });
        }
    }
    if let Some(features) = package.get("features").and_then(Value::as_object) {
        for name in features.keys() {
            let switches = strings(&package["features"], name);
            read.features.insert(name.clone(), switches);
        }
    }
    Ok(read)
}

/// Returns the texts of an array; none where it is missing.
fn strings(value: &Value, key: &str) -> Vec<String> {
    let all = value.get(key).and_then(Value::as_array);
    all.into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// Returns the folder that cargo builds into, wherever the environment has moved it.
///
/// # Errors
///
/// Cargo failed, or its answer has not the documented shape.
pub(crate) fn target_folder() -> Outcome<PathBuf> {
    let metadata = json(&metadata()?)?;
    string(&metadata, "target_directory").map(PathBuf::from)
}

fn metadata() -> Outcome<String> {
    shell::cargo_output(&["metadata", "--format-version", "1", "--no-deps"])
}

fn json(text: &str) -> Outcome<Value> {
    serde_json::from_str(text)
        .map_err(|error| Failure::failed(format!("cargo metadata is not JSON: {error}")))
}

fn kind(dependency: &Value) -> Outcome<DependencyKind> {
    match dependency.get("kind").and_then(Value::as_str) {
        None => Ok(DependencyKind::Normal),
        Some("build") => Ok(DependencyKind::Build),
        Some("dev") => Ok(DependencyKind::Dev),
        Some(other) => Err(Failure::failed(format!(
            "cargo metadata has an unknown kind of dependency `{other}`"
        ))),
    }
}

fn array<'a>(value: &'a Value, key: &str) -> Outcome<&'a Vec<Value>> {
    value
        .get(key)
        .and_then(Value::as_array)
        .ok_or_else(|| Failure::failed(format!("cargo metadata has no array `{key}`")))
}

fn string<'a>(value: &'a Value, key: &str) -> Outcome<&'a str> {
    value
        .get(key)
        .and_then(Value::as_str)
        .ok_or_else(|| Failure::failed(format!("cargo metadata has no string `{key}`")))
}

#[cfg(test)]
mod tests {
    use super::{DependencyKind, Edge, Workspace};

    #[test]
    fn the_three_kinds_of_dependency_are_told_apart() {
        let workspace = Workspace::parse(
            r#"{"packages": [{"name": "a", "version": "0.1.0", "targets": [], "dependencies": [
                {"name": "b", "kind": null},
                {"name": "c", "kind": "build", "rename": "cc"},
                {"name": "d", "kind": "dev", "optional": false}
            ]}]}"#,
        )
        .unwrap();
        let edge = |to: &str, kind| Edge {
            from: "a".to_owned(),
            to: to.to_owned(),
            kind,
        };
        assert_eq!(
            workspace.edges.into_iter().collect::<Vec<_>>(),
            [
                edge("b", DependencyKind::Normal),
                edge("c", DependencyKind::Build),
                edge("d", DependencyKind::Dev)
            ]
        );
    }

    #[test]
    fn another_shape_is_a_failure_that_names_the_missing_key() {
        for (text, missing) in [
            ("{}", "`packages`"),
            (r#"{"packages": [{}]}"#, "`name`"),
            (r#"{"packages": [{"name": "a"}]}"#, "`version`"),
            (
                r#"{"packages": [{"name": "a", "version": "0.1.0"}]}"#,
                "`targets`",
            ),
            (
                r#"{"packages": [{"name": "a", "version": "0.1.0", "targets": []}]}"#,
                "`dependencies`",
            ),
        ] {
            let failure = Workspace::parse(text).unwrap_err();
            assert!(failure.to_string().ends_with(missing), "{failure}");
        }
    }

    #[test]
    fn examples_and_features_of_a_library_are_read() {
        let workspace = Workspace::parse(
            r#"{"packages": [
                {"name": "a", "version": "0.1.0", "publish": null, "dependencies": [],
                 "features": {"default": ["serde"], "serde": ["dep:serde"]},
                 "targets": [
                    {"kind": ["lib"], "name": "a"},
                    {"kind": ["example"], "name": "b", "required-features": ["serde"]}]},
                {"name": "c", "version": "0.1.0", "publish": [], "dependencies": [], "features": {},
                 "targets": [{"kind": ["lib"], "name": "c"}, {"kind": ["bin"], "name": "c"}]}]}"#,
        )
        .unwrap();
        let names: Vec<_> = workspace.libraries().map(|p| p.name.as_str()).collect();
        assert_eq!(names, ["a"]);
        let package = &workspace.packages[0];
        assert_eq!(package.features["default"], ["serde"]);
        assert_eq!(package.examples[0].required_features, ["serde"]);
        assert!(!workspace.packages[1].is_published);
    }

    #[test]
    fn this_workspace_has_xtask_as_a_member() {
        assert!(Workspace::load().unwrap().members.contains("xtask"));
    }
}
