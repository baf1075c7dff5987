//! Audits a directory: what is odd in it, what can be fixed without touching anybody's access, and
//! whether what the team expects still holds.
//!
//! ```sh
//! cargo run -p guichet-policy --example audit
//! ```
#![allow(clippy::print_stdout, reason = "a program of its own that prints")]

use std::error::Error;

use guichet_core::{
    AccessArea, Change, Credential, Diagnostic as _, Directory, DirectoryBuilder, Grantee,
    GroupName, Mode, Options, PluginKey, Rules, UserName,
};
use guichet_policy::lint::{Facts, Finding, Fix, Levels, LintInput, lint};
use guichet_policy::suite::{Case, Permit, Question, Status, Suite, coverage, run};
use guichet_policy::{Policy, impact_of_edit};

fn main() -> Result<(), Box<dyn Error>> {
    let mut directory = firm();
    let before = Policy::new(directory.clone(), Mode::Server, Options::default());

    println!("Findings:");
    let facts = Facts {
        seats: [(PluginKey::from_stored("write"), 1)].into(),
        published: Vec::new(),
    };
    let findings = lint(&LintInput::new(&before, &facts), &Levels::default());
    for finding in &findings {
        println!(
            "  {}[{}]: {}",
            finding.severity, finding.rule, finding.message
        );
        if let Some(help) = &finding.help {
            println!("    {help}");
        }
    }

    println!("Fixed:");
    let applied = directory.apply(&fixes(findings), &Rules::default())?;
    for event in &applied.events {
        println!("  {event}");
    }
    let after = Policy::new(directory, Mode::Server, Options::default());
    let changes = impact_of_edit(&before, &after);
    println!("  {} accesses changed", changes.len());

    println!("Expectations:");
    let report = run(&after, &expectations(), |word| {
        Some(PluginKey::from_stored(word))
    });
    for outcome in &report.outcomes {
        let title = outcome.case.title();
        match &outcome.status {
            Status::Passed => println!("  holds: {title}"),
            Status::Failed(failure) => println!(
                "  does not hold: {title}: expected {}, got {}",
                failure.expected, failure.got
            ),
            Status::Invalid(error) => {
                let help = error.help().unwrap_or_default();
                println!("  {}: {title}: {error}. {help}", error.code());
            }
        }
    }
    let coverage = coverage(&after, &report);
    let memberships = coverage.memberships;
    println!(
        "  they look at {} of {} memberships",
        memberships.tested, memberships.total
    );
    Ok(())
}

/// Sales and Staff contain one another, Gina is placed twice, and 4D Write has one seat for three.
fn firm() -> Directory {
    let mut builder = DirectoryBuilder::new();
    let designer = builder.as_directory().designer();
    builder.credential(
        designer,
        Credential::from_stored("AAAAAAAAAAAAAAAAAAAAAA=="),
    );
    for name in ["Andy", "Fay", "Gina"] {
        builder.user(UserName::from_stored(name));
    }
    let groups = ["Sales", "Staff", "Writers", "Managers", "Old"];
    let [sales, staff, writers, managers, _] =
        groups.map(|name| builder.group(GroupName::from_stored(name)));
    builder.members_of(sales).group("Staff");
    builder.members_of(sales).user("Andy");
    builder.members_of(staff).group("Sales");
    builder.members_of(staff).user("Fay");
    builder.members_of(writers).group("Staff");
    builder.members_of(writers).group("Managers");
    builder.members_of(writers).user("Gina");
    builder.members_of(managers).user("Gina");
    builder.grant_plugin(&PluginKey::from_stored("write"), &Grantee::parse("Writers"));
    builder.grant_area(&AccessArea::Design, &Grantee::parse("Managers"));
    builder.finish()
}

fn fixes(findings: Vec<Finding>) -> Vec<Change> {
    let fixes = findings.into_iter().filter_map(|finding| finding.fix);
    fixes
        .flat_map(|fix| match fix {
            Fix::Changes(changes) => changes,
            Fix::Text => Vec::new(),
        })
        .collect()
}

fn expectations() -> Suite {
    let check = |user: &str, access: &str, expect| Case {
        name: None,
        line: None,
        question: Question::Check {
            user: user.to_owned(),
            access: access.to_owned(),
            expect,
            reason: None,
            path: Vec::new(),
        },
    };
    Suite {
        cases: vec![
            check("Gina", "plugin:write", Permit::Allowed),
            check("Andy", "design", Permit::Denied),
            check("Fay", "administration", Permit::Allowed),
            // Mistyped: an error, not an access that is open to everyone.
            check("Fay", "plugin:wirte", Permit::Denied),
        ],
    }
}
