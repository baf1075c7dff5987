//! Names that a person takes for one another.

use guichet_core::identity::folded_name;
use unicode_normalization::UnicodeNormalization as _;
use unicode_security::skeleton;

use crate::lint::alike::together;
use crate::lint::words::{listed, word};
use crate::lint::{Finding, FoundBy, Level, LintInput, Page, Rule, Subject};

pub(in crate::lint) const PAGE: Page = Page {
    code: "look-alike-name",
    summary: "users or groups have names that look alike",
    why: "Whoever gives an access to one of them easily takes the other. Names are compared without \
          accents, case and needless spaces, and by the look of their characters, as Unicode \
          Technical Standard 39 says: `l` and `I`, or a Latin and a Cyrillic `a`. Names that 4D \
          itself takes for the same are reported as `twin-user` or `twin-group`.",
    bad: r#"{
	"users": {"Ann": {}, "Bob": {}},
	"groups": {
		"Comptabilité": {"users": ["Ann"]},
		"Comptabilite": {"users": ["Bob"]}
	}
}"#,
    good: r#"{
	"users": {"Ann": {}, "Bob": {}},
	"groups": {
		"Comptabilité": {"users": ["Ann"]},
		"Direction": {"users": ["Bob"]}
	}
}"#,
    found_by: FoundBy::Lint(Level::Warning, find),
    ..Page::BASE
};

/// O(length of all names); one finding for all names that look alike.
fn find(input: &LintInput<'_>) -> Vec<Finding> {
    let directory = input.directory();
    let users = directory.users().map(|(handle, user)| Named {
        subject: Subject::User(handle),
        name: user.name().as_str(),
    });
    let groups = directory.groups().map(|(handle, group)| Named {
        subject: Subject::Group(handle),
        name: group.name().as_str(),
    });
    let mut findings = of_kind("users", users.collect());
    findings.extend(of_kind("groups", groups.collect()));
    findings
}

/// Something that has a name.
struct Named<'a> {
    subject: Subject,
    name: &'a str,
}

fn of_kind(kind: &str, all: Vec<Named<'_>>) -> Vec<Finding> {
    // What 4D takes for the same is found on reading.
    let different = firsts(together(all, |one| folded_name(one.name)));
    let spelled = together(different, |one| folded_name(&bare(one.name)));
    let mut findings = said(kind, &spelled, "differ only in accents, case or spaces");
    let looks = together(firsts(spelled), |one| {
        skeleton(&bare(one.name)).collect::<String>()
    });
    findings.extend(said(kind, &looks, "look the same"));
    findings
}

fn said(kind: &str, alike: &[Vec<Named<'_>>], how: &str) -> Vec<Finding> {
    let several = alike.iter().filter(|names| names.len() > 1);
    several
        .filter_map(|names| {
            let list = listed(names.len(), names.iter().map(|one| one.name));
            let (subject, other) = (names.first()?.subject.clone(), names.last()?.name);
            let finding =
                Finding::new(Rule::LookAlikeName, subject, format!("{kind} {list} {how}"));
            Some(finding.with_help(format!(
                "Rename one of them: `guichet {kind} rename {} NEW`.",
                word(other)
            )))
        })
        .collect()
}

fn firsts<T>(alike: Vec<Vec<T>>) -> Vec<T> {
    alike
        .into_iter()
        .filter_map(|names| names.into_iter().next())
        .collect()
}

/// Returns a name with one space between its words and without the accents of Latin, Greek and Cyrillic
/// letters; marks of other scripts make another letter of one.
fn bare(name: &str) -> String {
    let mut bare = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !bare.is_empty() {
            bare.push(' ');
        }
        bare.extend(word.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)));
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn accents_and_needless_spaces_are_left_out() {
        assert_eq!(bare("  Zoé  Martin "), "Zoe Martin");
        assert_eq!(bare("Zoe\u{301}\u{a0}Martin"), "Zoe Martin");
        // Two different words of Japanese.
        assert_ne!(bare("かき"), bare("がき"));
    }
}
