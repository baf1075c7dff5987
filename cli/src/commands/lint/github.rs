//! Findings as workflow commands of GitHub Actions, which shows them at their lines in a review.

use guichet_core::Severity;

use crate::error::Finding;
use crate::output::Lines;

/// Returns one command a line, such as `::warning file=…,line=3,col=5,title=empty-group::…`; a path
/// is as `place` says.
pub(super) fn annotations(findings: &[Finding], place: impl Fn(&Finding) -> String) -> String {
    let mut text = Lines::default();
    for finding in findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let help = finding.help.as_deref();
        let help = help.map_or_else(String::new, |help| format!("\n{help}"));
        text.line(format_args!(
            "::{command} file={},line={},col={},title={}::{}",
            property(&place(finding)),
            finding.line,
            finding.column,
            property(finding.code),
            data(&format!("{}{help}", finding.message)),
        ));
    }
    text.finish()
}

/// Escapes a message: it ends where the line does.
fn data(text: &str) -> String {
    let text = text.replace('%', "%25");
    text.replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property: it ends at a comma, and the properties at a colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use guichet_core::Severity;

    use super::annotations;
    use crate::error::Finding;

    #[test]
    fn nothing_in_a_name_ends_the_command() {
        let finding = Finding {
            severity: Severity::Info,
            code: "empty-group",
            message: "nobody is in `50 %,\n::error::x`".to_owned(),
            help: Some("Look.".to_owned()),
            path: "a, b:c.json".into(),
            pointer: None,
            line: 3,
            column: 5,
            width: 1,
            fixable: false,
        };
        assert_eq!(
            annotations(&[finding], |finding| finding.path.display().to_string()),
            "::notice file=a%2C b%3Ac.json,line=3,col=5,title=empty-group::\
             nobody is in `50 %25,%0A::error::x`%0ALook.\n"
        );
    }
}
