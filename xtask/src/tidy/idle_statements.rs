//! A statement that looks like an assertion and asserts nothing.
//!
//! `matches!(answer, Err(_));` compiles without a warning and passes whatever the answer is.

use super::finding::Finding;
use super::segments::code_only;

const MACRO: &str = "matches!(";

/// Checks every statement of the file.
pub(super) fn check(_path: &str, text: &str) -> Vec<Finding> {
    let code = code_only(text);
    code.match_indices(MACRO)
        .filter_map(|(at, _)| code.split_at_checked(at))
        .filter(|(before, from)| starts_statement(before) && ends_as_statement(from))
        .map(|(before, _)| {
            Finding::failure(
                before.matches('\n').count() + 1,
                "`matches!` as a statement asserts nothing; wrap it in `assert!`",
            )
        })
        .collect()
}

fn starts_statement(code_before: &str) -> bool {
    code_before.trim_end().ends_with([';', '{', '}'])
}

/// Returns whether `;` follows the parenthesis that closes the first one.
fn ends_as_statement(code: &str) -> bool {
    let mut depth = 0_usize;
    let mut rest = code.chars();
    for c in rest.by_ref() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if depth == 0 {
            break;
        }
    }
    rest.as_str().trim_start().starts_with(';')
}

#[cfg(test)]
mod tests {
    use super::check;

    fn lines(body: &str) -> Vec<usize> {
        let text = format!("#[test]\nfn a() {{\n{body}\n}}\n");
        check("a.rs", &text).into_iter().map(|f| f.line).collect()
    }

    #[test]
    fn matches_as_a_statement_is_found() {
        assert_eq!(lines("let r = f(\"(\");\n matches!(r, Err(2));"), [4]);
        assert_eq!(lines(" matches!(\n    r,\n    Err(2)\n);"), [3]);
    }

    #[test]
    fn matches_as_a_value_passes() {
        for body in [
            "assert!(matches!(r, Err(2)));",
            "let m = matches!(r, Err(2));",
            "matches!(r, Err(2))",
            "matches!(r, Err(2)).then(f);",
            "// matches!(r, Err(2));",
        ] {
            assert_eq!(lines(body), Vec::<usize>::new(), "{body}");
        }
    }
}
