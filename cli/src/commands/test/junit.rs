//! What came of tests as `JUnit` XML, which CI services show.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::suites::Asked;
use super::tested::{Tested, Verdict};
use crate::output::Foreign;

/// Returns the report: a suite for each file, without times, so that the same answers give the same
/// text.
pub(super) fn report(asked: &[Asked]) -> Foreign {
    let mut report = Report::new("guichet test");
    report.add_test_suites(asked.iter().map(|asked| {
        let path = asked.path.display().to_string();
        let mut suite = TestSuite::new(path.as_str());
        suite.add_test_cases(asked.tested.iter().map(|tested| case(tested, &path)));
        suite
    }));
    // Writing to a string cannot fail, and the library leaves out what XML has no place for.
    Foreign::escaped_by_library(report.to_string().unwrap_or_default())
}

fn case(tested: &Tested, path: &str) -> TestCase {
    let status = match &tested.verdict {
        Verdict::Passed => TestCaseStatus::success(),
        Verdict::Failed { expected, got, why } => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status
                .set_type("unexpected-answer")
                .set_message(format!("expected {expected}, got {got}"));
            if let Some(why) = why {
                status.set_description(why.as_str());
            }
            status
        }
        Verdict::Invalid(error) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
            status
                .set_type(error.code)
                .set_message(error.message.as_str());
            if let Some(help) = &error.help {
                status.set_description(help.as_str());
            }
            status
        }
    };
    let mut case = TestCase::new(tested.name.as_str(), status);
    case.set_classname(tested.kind);
    case.extra.insert("file".into(), path.into());
    if let Some(line) = tested.line {
        case.extra.insert("line".into(), line.to_string().into());
    }
    case
}
