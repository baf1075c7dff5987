//! A plug-in that is open to everyone and has fewer seats than there are users.

use guichet_core::Grantee;

use crate::lint::words::{counted, word};
use crate::lint::{Finding, FoundBy, Level, LintInput, Page, Rule, Subject};

pub(in crate::lint) const PAGE: Page = Page {
    code: "seats-below-everyone",
    summary: "a plug-in is open to everyone and has few seats",
    why: "A plug-in without a group is open to everyone. The first users who open it take a seat for \
          their whole session, and the users who need it may find no seat free. Give the plug-in to \
          a group, as 4D recommends. If it has a seat for every user, nobody is refused, and nothing is \
          reported.",
    bad: r#"{
	"users": {"Ann": {}, "Bob": {}},
	"remoteGranters": {"write": "*"}
}"#,
    good: r#"{
	"users": {"Ann": {}, "Bob": {}},
	"groups": {"Writers": {"users": ["Ann"]}},
	"remoteGranters": {"write": "Writers"}
}"#,
    found_by: FoundBy::Lint(Level::Warning, find),
    ..Page::BASE
};

/// O(plug-ins of which the seats are known).
fn find(input: &LintInput<'_>) -> Vec<Finding> {
    let directory = input.directory();
    let users = directory.user_count();
    let owned = input.facts().seats.iter();
    owned
        .filter(|(plugin, seats)| {
            *directory.grants().plugin(plugin) == Grantee::Everyone
                && u32::try_from(users).unwrap_or(u32::MAX) > **seats
        })
        .map(|(plugin, seats)| {
            let message = format!(
                "plug-in `{plugin}` is open to all {}, and has {}",
                counted(users, "user"),
                counted(*seats, "seat"),
            );
            let subject = Subject::Plugin(plugin.clone());
            let finding = Finding::new(Rule::SeatsBelowEveryone, subject, message);
            finding.with_help(format!(
                "Give it to the group of the users who need it: `guichet plugins set {} GROUP`.",
                word(plugin.as_str())
            ))
        })
        .collect()
}
