//! Stored passwords blotted out of a text that is shown.

use guichet_core::{Credential, PasswordKind};
use guichet_storage::json::{Document, Kind, Node};

/// The member that holds a stored password.
const PASSWORD: &str = "password";

/// Returns the lines of a file with `[bcrypt]`, `[legacy]` or `[unknown]` in the place of every
/// stored password; as many lines as the file has.
///
/// Blotted out is every string of a member called `password`, wherever it stands, and every string
/// that looks like a stored password; of a text that is not JSON, whatever looks like one between two
/// quotation marks.
pub(crate) fn blotted(bytes: &[u8]) -> Vec<String> {
    let text = match Document::parse(bytes.to_vec()) {
        Ok(document) => without_secrets(&document),
        Err(_) => without_likely_secrets(&String::from_utf8_lossy(bytes)),
    };
    text.lines().map(str::to_owned).collect()
}

fn without_secrets(document: &Document) -> String {
    let mut secrets: Vec<(std::ops::Range<usize>, PasswordKind)> = Vec::new();
    let mut open = vec![document.root()];
    let mut look = |node: Node<'_>, is_password: bool| {
        let Some(text) = node.as_str() else { return };
        let kind = Credential::stored(text.as_ref()).kind();
        if is_password || kind != PasswordKind::Unknown {
            secrets.push((node.span(), kind));
        }
    };
    while let Some(node) = open.pop() {
        for member in node.members() {
            look(member.value, member.name() == PASSWORD);
            open.extend(container(member.value));
        }
        for element in node.elements() {
            look(element, false);
            open.extend(container(element));
        }
    }
    secrets.sort_by_key(|(span, _)| span.start);
    let text = document.text();
    let mut shown = String::with_capacity(text.len());
    let mut end = 0;
    for (span, kind) in secrets {
        shown.push_str(text.get(end..span.start).unwrap_or_default());
        shown.push_str("\"[");
        shown.push_str(kind.as_str());
        shown.push_str("]\"");
        end = span.end;
    }
    shown.push_str(text.get(end..).unwrap_or_default());
    shown
}

fn without_likely_secrets(text: &str) -> String {
    let pieces = text
        .split('"')
        .map(|piece| match Credential::stored(piece).kind() {
            PasswordKind::Unknown => piece.to_owned(),
            kind => format!("[{}]", kind.as_str()),
        });
    pieces.collect::<Vec<_>>().join("\"")
}

fn container(node: Node<'_>) -> Option<Node<'_>> {
    matches!(node.kind(), Kind::Array | Kind::Object).then_some(node)
}

#[cfg(test)]
mod tests {
    use super::blotted;

    #[test]
    fn stored_passwords_are_blotted_out_wherever_they_stand() {
        let bcrypt = format!("$2b$10${}", "a".repeat(53));
        let text = format!(
            "{{\"users\": {{\"Ann\": {{\r\n\"pass\\u0077ord\":\r\n\"mine\", \"old\": [\"{bcrypt}\"]}},\n\
             \"Bob\": {{\"password\": \"AAAAAAAAAAAAAAAAAAAAAA==\", \"password\": \"twice\"}}}}}}"
        );
        assert_eq!(
            blotted(text.as_bytes()),
            [
                "{\"users\": {\"Ann\": {",
                "\"pass\\u0077ord\":",
                "\"[unknown]\", \"old\": [\"[bcrypt]\"]},",
                "\"Bob\": {\"password\": \"[legacy]\", \"password\": \"[unknown]\"}}}",
            ]
        );
    }

    #[test]
    fn what_looks_like_one_is_blotted_out_of_a_broken_text_too() {
        let text = "<<<<<<< ours\n\t\"password\": \"AAAAAAAAAAAAAAAAAAAAAA==\",\n=======\n\t\"alias\": \"Ann\"";
        assert_eq!(
            blotted(text.as_bytes()),
            [
                "<<<<<<< ours",
                "\t\"password\": \"[legacy]\",",
                "=======",
                "\t\"alias\": \"Ann\"",
            ]
        );
    }
}
