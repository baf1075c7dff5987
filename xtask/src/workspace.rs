//! A typed view of the part of `cargo metadata` that the checks need.

use std::collections::BTreeSet;
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

/// The members of the workspace and what each of them declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Workspace {
    /// The package names of the members.
    pub(crate) members: BTreeSet<String>,
    /// Every declared dependency of every member, inside and outside the workspace.
    pub(crate) edges: BTreeSet<Edge>,
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
        };
        for package in array(&metadata, "packages")? {
            let from = string(package, "name")?;
            workspace.members.insert(from.to_owned());
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
            r#"{"packages": [{"name": "a", "dependencies": [
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
            (r#"{"packages": [{"name": "a"}]}"#, "`dependencies`"),
        ] {
            let failure = Workspace::parse(text).unwrap_err();
            assert!(failure.to_string().ends_with(missing), "{failure}");
        }
    }

    #[test]
    fn this_workspace_has_xtask_as_a_member() {
        assert!(Workspace::load().unwrap().members.contains("xtask"));
    }
}
