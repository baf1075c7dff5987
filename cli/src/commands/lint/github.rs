//! Findings as workflow commands of GitHub Actions, which shows them at their lines in a review.

use guichet::{Finding, Severity};

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
        text.own(",line=").given(finding.position.line);
        text.own(",col=").given(finding.position.column);
        text.own(",title=").property(finding.code);
        text.own("::").given(&finding.message);
        if let Some(help) = &finding.help {
            text.own("%0A").given(help);
        }
        text.own("\n");
    }
    text.finish()
}
