//! Findings as SARIF 2.1.0, which code scanning services read.
//!
//! The format is OASIS's; of its some hundred members these are what a service shows.

use guichet_core::Severity;
use guichet_policy::lint::{Level, Rule};
use guichet_storage::Revision;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Lint, usual_levels};
use crate::finding::Finding;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What a path must not hold to be one of a URI.
const NOT_IN_PATHS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

impl Lint {
    /// Returns the findings as a log of SARIF 2.1.0, for a service of code scanning.
    ///
    /// `place` says where the file of a finding is, from the folder that the service looks at, with `/`
    /// between its parts. Results have fingerprints, so a finding stays the same one when lines before
    /// it change.
    pub fn sarif(&self, place: &dyn Fn(&Finding) -> String) -> impl serde::Serialize + use<> {
        let rules: Vec<Value> = Rule::ALL.iter().map(|rule| description(*rule)).collect();
        let results: Vec<Value> = self
            .findings
            .iter()
            .map(|finding| result(finding, &place(finding)))
            .collect();
        json!({
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {
                    "name": "guichet",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                }},
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        })
    }
}

fn description(rule: Rule) -> Value {
    let page = rule.page();
    let usual = usual_levels(rule).last().copied();
    let usual = usual.unwrap_or(Level::Off);
    json!({
        "id": page.code,
        "shortDescription": {"text": page.summary},
        "fullDescription": {"text": page.why},
        "defaultConfiguration": {
            "enabled": usual != Level::Off,
            "level": level(usual.severity().unwrap_or(Severity::Info)),
        },
    })
}

fn result(finding: &Finding, path: &str) -> Value {
    let text = match &finding.help {
        Some(help) => format!("{}. {help}", finding.message),
        None => format!("{}.", finding.message),
    };
    let pointer = finding.pointer.as_deref().unwrap_or_default();
    let logical: Vec<Value> = Some(pointer)
        .filter(|pointer| !pointer.is_empty())
        .map(|pointer| json!({"fullyQualifiedName": pointer}))
        .into_iter()
        .collect();
    let identity = format!("{}\n{pointer}\n{}", finding.code, finding.message);
    let mut rules = Rule::ALL.iter();
    let index = rules.position(|rule| rule.code() == finding.code);
    json!({
        "ruleId": finding.code,
        "ruleIndex": index.map_or(json!(-1), |index| json!(index)),
        "level": level(finding.severity),
        "message": {"text": text},
        "locations": [{
            "physicalLocation": {
                "artifactLocation": artifact(path),
                "region": {
                    "startLine": finding.position.line,
                    "startColumn": finding.position.column,
                },
            },
            "logicalLocations": logical,
        }],
        // The same finding after an edit further up is the same one for the service.
        "partialFingerprints": {"guichet/v1": Revision::new(identity.as_bytes())},
    })
}

/// A path is relative to the folder that the service looks at, unless it leads out of the current one.
fn artifact(path: &str) -> Value {
    let encoded = utf8_percent_encode(path, NOT_IN_PATHS).to_string();
    if let Some(on_a_share) = encoded.strip_prefix("//") {
        json!({"uri": format!("file://{on_a_share}")})
    } else if let Some(rest) = encoded.strip_prefix('/') {
        json!({"uri": format!("file:///{rest}")})
    } else if is_on_a_drive(path) {
        json!({"uri": format!("file:///{encoded}")})
    } else {
        // Before the first `:` a URI has its scheme.
        json!({"uri": encoded.replace(':', "%3A"), "uriBaseId": "%SRCROOT%"})
    }
}

/// Returns whether a path begins with a drive of Windows.
fn is_on_a_drive(path: &str) -> bool {
    let mut start = path.chars();
    start
        .next()
        .is_some_and(|letter| letter.is_ascii_alphabetic())
        && start.next() == Some(':')
        && start.next() == Some('/')
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::artifact;

    #[test]
    fn a_path_is_a_uri_of_its_kind() {
        for (path, uri) in [
            ("a:b/directory.json", "a%3Ab/directory.json"),
            ("Settings/é.json", "Settings/%C3%A9.json"),
            ("/srv/x.json", "file:///srv/x.json"),
            ("C:/shop/x.json", "file:///C:/shop/x.json"),
            ("//server/share/x.json", "file://server/share/x.json"),
        ] {
            let found = artifact(path);
            assert_eq!(found["uri"], uri);
            assert_eq!(found.get("uriBaseId").is_some(), !uri.starts_with("file:"));
        }
    }
}
