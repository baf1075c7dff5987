//! Error messages have one style, so that causes can be chained with colons.
//!
//! Lower case, one sentence, no final period, no line break; advice goes into `help()`.

use super::finding::Finding;
use super::segments::{Kind, segments};

/// Checks the text of every `#[error("…")]`.
pub(super) fn check(_path: &str, text: &str) -> Vec<Finding> {
    let pieces: Vec<_> = segments(text)
        .into_iter()
        .filter(|segment| segment.kind != Kind::Comment)
        .collect();
    pieces
        .windows(2)
        .filter_map(|pair| match pair {
            [code, literal] if code.text.trim_end().ends_with("#[error(") => Some(literal),
            _ => None,
        })
        .flat_map(|literal| {
            let message = literal
                .text
                .trim_start_matches(['r', '#'])
                .trim_end_matches('#');
            faults(message.trim_matches('"'))
                .into_iter()
                .map(|fault| Finding::failure(literal.line, format!("the error message {fault}")))
        })
        .collect()
}

/// Returns what is wrong with a message, as the end of a sentence.
fn faults(message: &str) -> Vec<&'static str> {
    let mut faults = Vec::new();
    if starts_with_a_capitalised_word(message) {
        faults.push("starts with a capital letter");
    }
    if message.ends_with('.') && !message.ends_with("..") {
        faults.push("ends with a period");
    }
    let broken = message
        .split('\n')
        .rev()
        .skip(1)
        .any(|line| !line.ends_with('\\'));
    if broken || message.contains("\\n") {
        faults.push("holds a line break");
    }
    faults
}

/// Tells a capitalised word from an acronym such as `JSON` or `UTF-8`.
fn starts_with_a_capitalised_word(message: &str) -> bool {
    let first_word = message.split_whitespace().next().unwrap_or_default();
    first_word.starts_with(char::is_uppercase) && first_word.contains(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::check;

    fn messages(attribute: &str) -> Vec<String> {
        let found = check("a.rs", &format!("enum E {{\n    {attribute}\n    A,\n}}\n"));
        found.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn each_fault_is_found() {
        assert_eq!(
            messages(r#"#[error("No user `{0}`")]"#),
            ["the error message starts with a capital letter"]
        );
        assert_eq!(
            messages(r#"#[error("no user `{0}`.")]"#),
            ["the error message ends with a period"]
        );
        assert_eq!(
            messages(r#"#[error("no user\nof this name")]"#),
            ["the error message holds a line break"]
        );
        assert_eq!(
            messages("#[error(\n        \"no user\nof this name\"\n    )]"),
            ["the error message holds a line break"]
        );
    }

    #[test]
    fn messages_in_style_pass() {
        for attribute in [
            r#"#[error("`{0}` is no user")]"#,
            r#"#[error("JSON ends early at line {line}")]"#,
            r#"#[error("no user, no group, ...")]"#,
            "#[error(transparent)]",
            "#[error(\"no user \\\n        of this name\")]",
            r#"// #[error("No.")]"#,
            r#"#[doc = "No."]"#,
        ] {
            assert_eq!(messages(attribute), Vec::<String>::new(), "{attribute}");
        }
    }

    #[test]
    fn the_line_is_the_one_of_the_message() {
        let lines: Vec<_> = check("a.rs", "//! E\n#[error(\n  \"No\"\n)]")
            .into_iter()
            .map(|finding| finding.line)
            .collect();
        assert_eq!(lines, [3]);
    }
}
