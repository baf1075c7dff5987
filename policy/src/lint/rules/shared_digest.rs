//! Accounts that have one stored password.

use std::collections::HashMap;

use guichet_core::UserHandle;

use crate::lint::words::listed;
use crate::lint::{Finding, FoundBy, Level, LintInput, Page, Rule, Subject};

pub(in crate::lint) const PAGE: Page = Page {
    code: "shared-digest",
    summary: "several accounts have one stored password",
    why: "The digest that 4D wrote before 19 R3 has no salt, so equal digests are equal passwords: \
          usually a first password that nobody has changed. Anyone who knows it can log in as any of \
          these users. A bcrypt value is never the same twice, unless somebody copied it.",
    bad: r#"{
	"users": {
		"Ann": {"password": "AAECAwQFBgcICQoLDA0ODw=="},
		"Bob": {"password": "AAECAwQFBgcICQoLDA0ODw=="}
	}
}"#,
    good: r#"{
	"users": {
		"Ann": {"password": "AAECAwQFBgcICQoLDA0ODw=="},
		"Bob": {"password": "EBESExQVFhcYGRobHB0eHw=="}
	}
}"#,
    found_by: FoundBy::Lint(Level::Warning, find),
    ..Page::BASE
};

/// O(users).
fn find(input: &LintInput<'_>) -> Vec<Finding> {
    let mut holders: Vec<Vec<UserHandle>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (user, account) in input.directory().users() {
        let Some(credential) = account.credential() else {
            continue;
        };
        let next = holders.len();
        let place = *places
            .entry(credential.expose_stored_text())
            .or_insert(next);
        match holders.get_mut(place) {
            Some(users) => users.push(user),
            None => holders.push(vec![user]),
        }
    }
    let shared = holders.iter().filter(|users| users.len() > 1);
    shared
        .filter_map(|users| {
            let names = listed(users.len(), users.iter().map(|user| input.user_name(*user)));
            let message = format!("{names} have the same password");
            let subject = Subject::User(*users.first()?);
            let finding = Finding::new(Rule::SharedDigest, subject, message);
            Some(finding.with_help("Give each of these users a different password."))
        })
        .collect()
}
