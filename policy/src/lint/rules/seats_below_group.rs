//! A plug-in whose group is larger than the seats that are owned of it.

use guichet_core::{Grantee, GroupReference};

use crate::lint::words::counted;
use crate::lint::{ExampleFile, Finding, FoundBy, Level, LintInput, Page, Rule, Subject};

pub(in crate::lint) const PAGE: Page = Page {
    code: "seats-below-group",
    summary: "more users are in a plug-in's group than it has seats",
    why: "Each user takes a seat at first use and keeps it until the session ends, so the last users \
          are refused. That is fine if they never all work at the same time; `guichet seats report` \
          shows how many did.",
    file: ExampleFile::Options,
    bad: r"# group Writers, which has 12 users, has plug-in write
[plugins.write]
seats = 10",
    good: r"# group Writers, which has 12 users, has plug-in write
[plugins.write]
seats = 12",
    found_by: FoundBy::Lint(Level::Info, find),
    ..Page::BASE
};

/// O(plug-ins × what is below their groups).
fn find(input: &LintInput<'_>) -> Vec<Finding> {
    let grants = input.directory().grants().plugins().iter();
    grants
        .filter_map(|grant| {
            let Grantee::Group(GroupReference::Known(group)) = grant.grantee() else {
                return None;
            };
            let seats = *input.facts().seats.get(grant.plugin())?;
            let users = input.closure().users_of_group(*group).len();
            (u32::try_from(users).unwrap_or(u32::MAX) > seats).then(|| {
                let message = format!(
                    "{} of group `{}` may use plug-in `{}`, which has {}",
                    counted(users, "user"),
                    input.group_name(*group),
                    grant.plugin(),
                    counted(seats, "seat"),
                );
                let subject = Subject::Plugin(grant.plugin().clone());
                Finding::new(Rule::SeatsBelowGroup, subject, message)
            })
        })
        .collect()
}
