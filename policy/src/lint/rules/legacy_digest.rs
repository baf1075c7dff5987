//! Passwords stored as 4D did before 19 R3 (decision D6).

use guichet_core::{PasswordKind, UserHandle};

use crate::lint::words::listed;
use crate::lint::{Finding, FoundBy, Level, LintInput, Page, Rule, Subject};

pub(in crate::lint) const PAGE: Page = Page {
    code: "legacy-digest",
    summary: "passwords are stored as 4D did before 19 R3",
    why: "The old digest is short and has no salt. Anyone who has the file can find weak passwords \
          quickly, and can see which accounts have the same password. The digest works in every \
          version; 4D since 19 R3, and this program, store a new password as bcrypt.",
    bad: r#"{
	"users": {
		"Ann": {"password": "AAECAwQFBgcICQoLDA0ODw=="}
	}
}"#,
    good: r#"{
	"users": {
		"Ann": {"password": "$2b$10$…"}
	}
}"#,
    found_by: FoundBy::Lint(Level::Info, find),
    ..Page::BASE
};

/// O(users); one finding for the whole directory.
fn find(input: &LintInput<'_>) -> Vec<Finding> {
    let users = input.directory().users();
    let legacy: Vec<UserHandle> = users
        .filter(|(_, user)| user.password() == PasswordKind::Legacy)
        .map(|(user, _)| user)
        .collect();
    let Some(first) = legacy.first() else {
        return Vec::new();
    };
    let names = listed(
        legacy.len(),
        legacy.iter().map(|user| input.user_name(*user)),
    );
    let (have, passwords) = match legacy.len() {
        1 => ("has", "a password that is"),
        _ => ("have", "passwords that are"),
    };
    let message = format!("{names} {have} {passwords} stored as 4D did before 19 R3");
    let finding = Finding::new(Rule::LegacyDigest, Subject::User(*first), message);
    vec![finding.with_help("Ask these users to set their passwords again.")]
}
