//! Outcomes as `JUnit` XML, which CI services show as tests.

use guichet_core::Diagnostic as _;
use guichet_policy::suite::{Outcome, Verdict};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::suites::Asked;

/// Returns the report: a suite for each file, without times, so that the same answers give the same
/// text.
pub(super) fn report(asked: &[Asked]) -> String {
    let mut report = Report::new("guichet test");
    report.add_test_suites(asked.iter().map(|asked| {
        let path = asked.path.display().to_string();
        let mut suite = TestSuite::new(path.as_str());
        let cases = asked.report.outcomes.iter();
        suite.add_test_cases(cases.map(|outcome| case(outcome, &path)));
        suite
    }));
    // Writing to a string cannot fail, and no name of ours is one that XML refuses.
    report.to_string().unwrap_or_default()
}

fn case(outcome: &Outcome, path: &str) -> TestCase {
    let status = match &outcome.verdict {
        Verdict::Passed => TestCaseStatus::success(),
        Verdict::Failed(failure) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_type("unexpected-answer").set_message(format!(
                "expected {}, got {}",
                failure.expected, failure.got
            ));
            if let Some(why) = &failure.why {
                status.set_description(why.as_str());
            }
            status
        }
        Verdict::Invalid(error) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status.set_type(error.code()).set_message(error.to_string());
            if let Some(help) = error.help() {
                status.set_description(help);
            }
            status
        }
    };
    let mut case = TestCase::new(outcome.case.title(), status);
    case.set_classname(outcome.case.kind());
    case.extra.insert("file".into(), path.into());
    if let Some(line) = outcome.case.line {
        case.extra.insert("line".into(), line.to_string().into());
    }
    case
}
