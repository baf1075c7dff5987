//! What came of tests as `JUnit` XML, which CI services show.
//!
//! The library escapes by the rules of XML, which leave line ends as they are; a reader takes them for
//! spaces, and a log would show forged lines. So every text goes in as it is shown.

use guichet::core::Diagnostic as _;
use guichet::{Test, TestVerdict, TestedFile};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use crate::output::{Foreign, visible};

/// Returns the report: a suite for each file, without times, so that the same answers give the same
/// text.
pub(super) fn report(files: &[TestedFile]) -> Foreign {
    let mut report = Report::new("guichet test");
    report.add_test_suites(files.iter().map(|file| {
        let path = file.path.display().to_string();
        let mut suite = TestSuite::new(visible(&path));
        suite.add_test_cases(file.tests.iter().map(|test| case(test, &path)));
        suite
    }));
    // Writing to a string cannot fail, and the library leaves out what XML has no place for.
    Foreign::escaped_by_library(report.to_string().unwrap_or_default())
}

fn case(test: &Test, path: &str) -> TestCase {
    let not_passed = |kind, code: &str, message: &str, why: Option<&str>| {
        let mut status = TestCaseStatus::non_success(kind);
        status.set_type(code).set_message(visible(message));
        if let Some(why) = why {
            status.set_description(visible(why));
        }
        status
    };
    let status = match &test.verdict {
        TestVerdict::Passed => TestCaseStatus::success(),
        TestVerdict::Failed { expected, got, why } => {
            let message = format!("expected {expected}, got {got}");
            let kind = NonSuccessKind::Failure;
            not_passed(kind, "unexpected-answer", &message, why.as_deref())
        }
        TestVerdict::Invalid(error) => {
            let (message, help) = (error.to_string(), error.help());
            not_passed(
                NonSuccessKind::Error,
                error.code(),
                &message,
                help.as_deref(),
            )
        }
    };
    let mut case = TestCase::new(visible(&test.name), status);
    case.set_classname(test.kind);
    case.extra
        .insert("file".into(), visible(path).as_ref().into());
    if let Some(line) = test.line {
        case.extra.insert("line".into(), line.to_string().into());
    }
    case
}
