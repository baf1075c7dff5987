//! Attributes that make a test say less than it seems to.

use super::finding::Finding;
use super::segments::code_only;

/// Attribute names with what to do instead.
const ATTRIBUTES: &[(&str, &str)] = &[
    (
        "ignore",
        "a test that never runs proves nothing; assert what happens today",
    ),
    (
        "should_panic",
        "any panic passes here; call the code and assert the error it returns",
    ),
];

/// Checks every attribute of the file.
pub(super) fn check(_path: &str, text: &str) -> Vec<Finding> {
    let code = code_only(text);
    let mut found = Vec::new();
    for (index, line) in code.lines().enumerate() {
        let attributes = line.split("#[").skip(1);
        for attribute in attributes {
            let name: String = attribute
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            found.extend(ATTRIBUTES.iter().filter(|(banned, _)| *banned == name).map(
                |(banned, advice)| Finding::failure(index + 1, format!("`{banned}`: {advice}")),
            ));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{ATTRIBUTES, check};

    fn lines(attribute: &str) -> Vec<usize> {
        let text = format!("#[test]\n#[{attribute}]\nfn a() {{}}\n");
        check("a.rs", &text).into_iter().map(|f| f.line).collect()
    }

    #[test]
    fn each_attribute_is_found_with_and_without_arguments() {
        for (name, _) in ATTRIBUTES {
            for rest in ["", "(expected = \"x\")", " = \"slow\""] {
                assert_eq!(lines(&format!("{name}{rest}")), [2], "{name}{rest}");
            }
        }
    }

    #[test]
    fn longer_names_comments_and_texts_pass() {
        for (name, _) in ATTRIBUTES {
            assert_eq!(lines(&format!("{name}d")), Vec::<usize>::new());
            assert_eq!(lines(&format!("doc = \"#[{name}]\"")), Vec::<usize>::new());
            assert_eq!(
                lines(&format!("must_use] // #[{name}")),
                Vec::<usize>::new()
            );
        }
    }
}
