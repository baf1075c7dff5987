//! What no case of a suite looks at.

use guichet_core::{Mode, Options};
use guichet_policy::Policy;
use guichet_policy::suite::{Permit, Suite, Tally, Today, coverage};
use proptest::prelude::*;

use crate::suite::{FIRM, ask, check, policy};
use crate::support::json;
use crate::support::sketch::granted;

#[test]
fn coverage_says_what_no_case_looks_at() {
    let policy = policy(FIRM);
    let suite = check("Gina", "design", Permit::Allowed, None, &[]);
    let report = ask(&policy, &suite);
    let coverage = coverage(&policy, &report);
    let tally = |tested, total| Tally { tested, total };
    assert_eq!(coverage.groups, tally(2, 4));
    assert_eq!(coverage.memberships, tally(2, 6));
    assert_eq!(coverage.grants, tally(1, 2));
    let directory = policy.directory();
    let untested: Vec<String> = coverage
        .untested
        .iter()
        .map(|subject| subject.describe(directory).to_string())
        .collect();
    assert_eq!(
        untested,
        [
            "plug-in `view`",
            "group `Accounting`",
            "group `Club`",
            "user `Andy` in group `Accounting`",
            "group `Finance` in group `Accounting`",
            "user `Fay` in group `Finance`",
            "user `Andy` in group `Club`",
        ]
    );
}

/// A right is also given by every wider one, and REST by the side that answers.
#[test]
fn a_question_covers_every_grant_that_decides_it() {
    let closed = r#"{
        "users": {"designer": {"password": "AAECAwQFBgcICQoLDA0ODw=="}},
        "sqlSchemaGranters": {"DEFAULT_SCHEMA": {
            "readOnlyAccessGroup": "", "readWriteAccessGroup": "", "allAccessGroup": ""
        }},
        "settings": {"localMobileAccessGroupRW": "", "remoteMobileAccessGroupRW": ""}
    }"#;
    let untested = |mode, access: &str| -> Vec<String> {
        let policy = Policy::new(json::directory(closed), mode, Options::default());
        let suite = check("Administrator", access, Permit::Allowed, None, &[]);
        let coverage = coverage(&policy, &ask(&policy, &suite));
        let directory = policy.directory();
        let untested = coverage.untested.iter();
        untested
            .map(|subject| subject.describe(directory).to_string())
            .collect()
    };
    let read = "reading of SQL schema `DEFAULT_SCHEMA`";
    let write = "writing of SQL schema `DEFAULT_SCHEMA`";
    let all = "the structure of SQL schema `DEFAULT_SCHEMA`";
    let (local, remote) = (
        "the REST server of single-user 4D",
        "the REST server of 4D Server",
    );
    for (mode, access, expected) in [
        (
            Mode::Server,
            "design",
            &[local, remote, read, write, all][..],
        ),
        (Mode::Server, "rest", &[local, read, write, all]),
        (Mode::SingleUser, "rest", &[remote, read, write, all]),
        (Mode::Server, "sql", &[local, remote]),
        (Mode::Server, "sql::write", &[local, remote, read]),
        (Mode::Server, "sql::all", &[local, remote, read, write]),
    ] {
        assert_eq!(untested(mode, access), expected, "{access}");
    }
}

/// Nobody looks at a group by asking while nothing is controlled.
#[test]
fn nothing_is_covered_while_access_control_is_off() {
    let policy = policy(
        &FIRM
            .replace("AAECAwQFBgcICQoLDA0ODw==", "")
            .replace(", \"password\": \"\"", ""),
    );
    let report = ask(&policy, &Suite::from_today(&policy, Today::Users));
    assert!(report.passed());
    assert_eq!(coverage(&policy, &report).memberships.tested, 0);
}

proptest! {
    /// Under access control today's answers look at everything but REST on the other kind of 4D.
    #[test]
    fn today_looks_at_everything(granted in granted()) {
        let policy = Policy::new(granted.build().directory, Mode::Server, Options::default());
        prop_assume!(policy.directory().access_control() == guichet_core::AccessControl::On);
        let report = ask(&policy, &Suite::from_today(&policy, Today::Accesses));
        let coverage = coverage(&policy, &report);
        let directory = policy.directory();
        let untested: Vec<String> = (coverage.untested.iter())
            .map(|subject| subject.describe(directory).to_string())
            .filter(|subject| subject != "the REST server of single-user 4D")
            .collect();
        prop_assert_eq!(untested, Vec::<String>::new());
    }
}
