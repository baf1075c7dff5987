//! Compares the declared dependencies of a workspace with a table; pure.

use std::collections::BTreeSet;

use super::table::{Home, Rules};
use crate::workspace::{DependencyKind, Edge, Workspace};

/// What the comparison found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Report {
    /// Each is a sentence that names the edge or the row; any of them fails the gate.
    pub(super) problems: Vec<String>,
    /// Allowed edges that nobody uses (yet); worth a note, no more.
    pub(super) unused: Vec<(&'static str, &'static str)>,
}

/// Compares `workspace` with `rules`, in time linear in edges times rows.
pub(super) fn check(workspace: &Workspace, rules: &Rules) -> Report {
    let mut problems = stale_rows(&workspace.members, rules);
    problems.extend(unlisted_members(&workspace.members, rules));
    for edge in &workspace.edges {
        if edge.from == edge.to {
            continue; // a crate may switch on its own test features for its own tests
        }
        if workspace.members.contains(&edge.to) {
            problems.extend(inside(edge, rules));
        } else {
            problems.extend(rules.outside.iter().filter_map(|home| outside(edge, home)));
        }
    }
    Report {
        problems,
        unused: unused(workspace, rules),
    }
}

/// Returns a problem when an edge between two members is not in the table.
fn inside(edge: &Edge, rules: &Rules) -> Option<String> {
    let listed = |rows: &[(&str, &[&str])]| {
        rows.iter()
            .any(|(from, to)| *from == edge.from && to.contains(&edge.to.as_str()))
    };
    let allowed = listed(rules.members) || (edge.kind == DependencyKind::Dev && listed(rules.dev));
    (!allowed).then(|| {
        format!(
            "`{}` may not depend on `{}` ({} dependency): the table does not list this edge",
            edge.from,
            edge.to,
            edge.kind.word()
        )
    })
}

/// Returns a problem when an outside crate is used away from its home.
fn outside(edge: &Edge, home: &Home) -> Option<String> {
    let away = edge.kind != DependencyKind::Dev
        && home.crates.contains(&edge.to.as_str())
        && !home.members.contains(&edge.from.as_str());
    away.then(|| {
        format!(
            "`{}` may not depend on `{}` ({} dependency): {}",
            edge.from,
            edge.to,
            edge.kind.word(),
            home.reason
        )
    })
}

/// Returns a problem for each package that the table names and the workspace has not.
fn stale_rows(members: &BTreeSet<String>, rules: &Rules) -> Vec<String> {
    let rows = rules.members.iter().chain(rules.dev);
    let inside = rows.flat_map(|(from, to)| std::iter::once(from).chain(*to));
    let outside = rules.outside.iter().flat_map(|home| home.members);
    let named: BTreeSet<&str> = inside.chain(outside).copied().collect();
    named
        .into_iter()
        .filter(|name| !members.contains(*name))
        .map(|name| format!("the table names `{name}`, which is no member of the workspace"))
        .collect()
}

/// Returns a problem for each member that has no row of its own.
fn unlisted_members(members: &BTreeSet<String>, rules: &Rules) -> Vec<String> {
    members
        .iter()
        .filter(|member| !rules.members.iter().any(|(from, _)| from == member))
        .map(|member| format!("the member `{member}` has no row in the table"))
        .collect()
}

/// Returns the allowed edges that no manifest declares.
fn unused(workspace: &Workspace, rules: &Rules) -> Vec<(&'static str, &'static str)> {
    let declared = |from: &str, to: &str| {
        workspace
            .edges
            .iter()
            .any(|edge| edge.from == from && edge.to == to)
    };
    rules
        .members
        .iter()
        .chain(rules.dev)
        .flat_map(|(from, to)| to.iter().map(move |to| (*from, *to)))
        .filter(|(from, to)| !declared(from, to))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::table::RULES;
    use super::{Report, check};
    use crate::workspace::Workspace;

    /// Builds the metadata of the six members, with more dependencies for one of them.
    fn workspace_where(member: &str, dependencies: &str) -> Workspace {
        let packages: Vec<String> = RULES
            .members
            .iter()
            .map(|(name, _)| {
                let own = if *name == member { dependencies } else { "" };
                format!(
                    r#"{{"name": "{name}", "version": "1.0.0", "targets": [], "dependencies": [{own}]}}"#
                )
            })
            .collect();
        let text = format!(r#"{{"packages": [{}]}}"#, packages.join(","));
        Workspace::parse(&text).unwrap()
    }

    fn problems(member: &str, dependencies: &str) -> Vec<String> {
        check(&workspace_where(member, dependencies), &RULES).problems
    }

    #[test]
    fn a_forbidden_edge_between_members_fails_in_every_section() {
        for (kind, word) in [
            ("null", "normal"),
            (r#""build""#, "build"),
            (r#""dev""#, "dev"),
        ] {
            let dependency = format!(r#"{{"name": "guichet-storage", "kind": {kind}}}"#);
            assert_eq!(
                problems("guichet-policy", &dependency),
                [format!(
                    "`guichet-policy` may not depend on `guichet-storage` ({word} dependency): \
                     the table does not list this edge"
                )]
            );
        }
    }

    #[test]
    fn an_allowed_edge_between_members_passes_in_every_section() {
        for kind in ["null", r#""build""#, r#""dev""#] {
            let dependency = format!(r#"{{"name": "guichet-core", "kind": {kind}}}"#);
            assert_eq!(
                problems("guichet-policy", &dependency),
                Vec::<String>::new()
            );
        }
    }

    #[test]
    fn xtask_may_not_depend_on_the_product() {
        let found = problems("xtask", r#"{"name": "guichet-core", "kind": null}"#);
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn an_outside_crate_away_from_its_home_fails_with_the_reason() {
        assert_eq!(
            problems("guichet-core", r#"{"name": "serde_json", "kind": null}"#),
            [
                "`guichet-core` may not depend on `serde_json` (normal dependency): \
              JSON is a concern of files and of output"
            ]
        );
        assert_eq!(
            problems("guichet-policy", r#"{"name": "notify", "kind": null}"#).len(),
            1
        );
    }

    #[test]
    fn an_outside_crate_at_home_or_in_tests_passes() {
        for (member, dependency) in [
            ("guichet-storage", r#"{"name": "serde_json", "kind": null}"#),
            ("guichet-policy", r#"{"name": "serde_json", "kind": "dev"}"#),
            ("guichet-core", r#"{"name": "thiserror", "kind": null}"#),
        ] {
            assert_eq!(problems(member, dependency), Vec::<String>::new());
        }
    }

    #[test]
    fn a_row_for_a_package_that_is_gone_and_a_member_without_a_row_fail() {
        let text = r#"{"packages": [
            {"name": "guichet-extra", "version": "1.0.0", "targets": [], "dependencies": []}]}"#;
        let found = check(&Workspace::parse(text).unwrap(), &RULES).problems;
        assert!(found.contains(
            &"the table names `guichet-core`, which is no member of the workspace".to_owned()
        ));
        assert!(found.contains(&"the member `guichet-extra` has no row in the table".to_owned()));
    }

    #[test]
    fn an_allowed_edge_that_nobody_uses_is_a_note_and_no_problem() {
        let Report { problems, unused } = check(&workspace_where("none", ""), &RULES);
        assert_eq!(problems, Vec::<String>::new());
        assert!(unused.contains(&("guichet-cli", "guichet-policy")));
    }
}
