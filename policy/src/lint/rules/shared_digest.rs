//! Accounts that have one stored password.

use guichet_core::Credential;

use crate::lint::alike::together;
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
    let users = input.directory().users();
    let with_password = users.filter_map(|(user, account)| Some((user, account.credential()?)));
    let holders = together(with_password.collect(), |&(_, credential)| {
        Credential::expose_stored_text(credential)
    });
    let shared = holders.iter().filter(|users| users.len() > 1);
    shared
        .filter_map(|users| {
            let names = listed(
                users.len(),
                users.iter().map(|(user, _)| input.user_name(*user)),
            );
            let message = format!("{names} have the same password");
            let subject = Subject::User(users.first()?.0);
            let finding = Finding::new(Rule::SharedDigest, subject, message);
            Some(finding.with_help("Give each of these users a different password."))
        })
        .collect()
}
