//! Stored passwords masked in a line of a file that is drawn, character for character.

use guichet_core::{Credential, PasswordKind};

/// The member that holds a stored password.
const PASSWORD: &str = "password";

/// Returns a line with `*` in the place of each character of a stored password: of the string behind
/// the key `password`, and of every string that looks like one.
pub(super) fn masked(line: &str) -> String {
    let mut pieces = pieces(line);
    let secret: Vec<bool> = pieces
        .iter()
        .enumerate()
        .map(|(index, piece)| {
            let before = |steps: usize| index.checked_sub(steps).and_then(|at| pieces.get(at));
            let keyed = before(2).is_some_and(|key| key == PASSWORD)
                && before(1).is_some_and(|between| between.trim() == ":");
            let text = piece.replace("\\/", "/");
            index % 2 == 1 && (keyed || Credential::stored(text).kind() != PasswordKind::Unknown)
        })
        .collect();
    for (piece, secret) in pieces.iter_mut().zip(secret) {
        if secret {
            *piece = "*".repeat(piece.chars().count());
        }
    }
    pieces.join("\"")
}

/// Splits a line at the quotation marks around its strings: the odd pieces are strings.
fn pieces(line: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    let (mut inside, mut escaped) = (false, false);
    for character in line.chars() {
        if character == '"' && !escaped {
            inside = !inside;
            pieces.push(std::mem::take(&mut piece));
            continue;
        }
        escaped = inside && character == '\\' && !escaped;
        piece.push(character);
    }
    pieces.push(piece);
    pieces
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_stored_password_is_masked_and_nothing_else() {
        let line = r#"	"Ann \"A\"": {"password" : "mi\"ne", "alias": "password"}, "x": "AAAA\/AAAAAAAAAAAAAAAAA=="}"#;
        let shown = r#"	"Ann \"A\"": {"password" : "******", "alias": "password"}, "x": "*************************"}"#;
        assert_eq!(masked(line), shown);
        assert_eq!(masked(r#""password": "cut"#), r#""password": "***"#);
        assert_eq!(masked(r#"["Zoé", 1]"#), r#"["Zoé", 1]"#);
    }
}
