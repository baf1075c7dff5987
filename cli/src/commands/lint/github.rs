//! Findings as workflow commands of GitHub Actions, which shows them at their lines in a review.

use guichet::core::Severity;

use crate::error::Finding;
use crate::output::{Foreign, Github, Writer};

/// Returns one command a line, such as `::warning file=…,line=3,col=5,title=empty-group::…`; a path
/// is as `place` says.
pub(super) fn annotations(findings: &[Finding], place: impl Fn(&Finding) -> String) -> Foreign {
    let mut text = Writer::<Github>::new();
    for finding in findings {
        text.own(match finding.severity {
            Severity::Error => "::error file=",
            Severity::Warning => "::warning file=",
            Severity::Info => "::notice file=",
        });
        text.property(&place(finding));
        text.own(",line=").number(finding.line);
        text.own(",col=").number(finding.column);
        text.own(",title=").property(finding.code);
        text.own("::").given(&finding.message);
        if let Some(help) = &finding.help {
            text.own("%0A").given(help);
        }
        text.own("\n");
    }
    text.finish()
}

#[cfg(test)]
mod tests {
    use guichet::core::Severity;

    use super::annotations;
    use crate::error::{Finding, Source};

    #[test]
    fn nothing_in_a_name_ends_the_command() {
        let finding = Finding {
            severity: Severity::Info,
            code: "empty-group",
            message: "nobody is in `50 %,\n::error::x`".to_owned(),
            help: Some("Look.".to_owned()),
            path: "a, b:c.json".into(),
            source: Source::File,
            pointer: None,
            line: 3,
            column: 5,
            width: 1,
            fixable: false,
        };
        let text = annotations(&[finding], |finding| finding.path.display().to_string());
        assert_eq!(
            text.printed(),
            "::notice file=a%2C b%3Ac.json,line=3,col=5,title=empty-group::\
             nobody is in `50 %25,\\u{a}::error::x`%0ALook.\n"
        );
    }
}
