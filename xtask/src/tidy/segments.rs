//! Cuts Rust source into code, comments and literals, so that a rule looks only where it should.
//!
//! Not a parser: it knows just enough of the grammar to find where comments and literals end.

/// What a piece of source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Anything that is neither of the others.
    Code,
    /// A line or block comment, documentation included, with its marks.
    Comment,
    /// A string or character literal, with its quotes.
    Literal,
}

/// A piece of source of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Segment<'a> {
    /// What it is.
    pub(super) kind: Kind,
    /// The piece as it stands in the source.
    pub(super) text: &'a str,
    /// The one-based line of its first character.
    pub(super) line: usize,
}

/// Cuts `source` into segments; joined again they are the source. Linear in its length.
pub(super) fn segments(source: &str) -> Vec<Segment<'_>> {
    let mut all = Vec::new();
    let mut line = 1;
    let mut rest = source;
    while !rest.is_empty() {
        let (code, tail) = cut(rest, code_length(rest));
        let (kind, length) = other_than_code(tail).unwrap_or((Kind::Code, 0));
        let (other, after) = cut(tail, length);
        for (kind, text) in [(Kind::Code, code), (kind, other)] {
            if !text.is_empty() {
                all.push(Segment { kind, text, line });
                line += text.matches('\n').count();
            }
        }
        rest = after;
    }
    all
}

/// Returns `source` with the inside of literals and comments taken out and every line kept.
pub(super) fn code_only(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    for segment in segments(source) {
        match segment.kind {
            Kind::Code => code.push_str(segment.text),
            Kind::Comment => code.extend(segment.text.chars().filter(|&c| c == '\n')),
            Kind::Literal => {
                code.push('"');
                code.extend(segment.text.chars().filter(|&c| c == '\n'));
                code.push('"');
            }
        }
    }
    code
}

fn cut(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// Returns how many bytes of code come before the next comment or literal.
fn code_length(text: &str) -> usize {
    text.char_indices()
        .filter(|(_, c)| matches!(c, '/' | '"' | '\'' | 'r'))
        .find(|(at, _)| other_than_code(cut(text, *at).1).is_some())
        .map_or(text.len(), |(at, _)| at)
}

/// Returns kind and length of the comment or literal that `text` starts with, if it does.
fn other_than_code(text: &str) -> Option<(Kind, usize)> {
    let mut start = text.chars();
    match (start.next()?, start.next()) {
        ('/', Some('/')) => Some((Kind::Comment, text.find('\n').unwrap_or(text.len()))),
        ('/', Some('*')) => Some((Kind::Comment, block_comment(text))),
        ('"', _) => Some((Kind::Literal, quoted(text, '"'))),
        ('\'', _) => character(text).map(|length| (Kind::Literal, length)),
        ('r', Some('"' | '#')) => raw_string(text).map(|length| (Kind::Literal, length)),
        _ => None,
    }
}

/// Returns the length of a block comment, which may hold others.
fn block_comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut previous = ' ';
    for (at, c) in text.char_indices() {
        match (previous, c) {
            ('/', '*') => depth += 1,
            ('*', '/') => depth = depth.saturating_sub(1),
            _ => {
                previous = c;
                continue;
            }
        }
        if depth == 0 {
            return at + 1;
        }
        previous = ' ';
    }
    text.len()
}

/// Returns the length of a literal up to its closing `quote`, backslashes obeyed.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if !escaped && c == quote {
            return at + c.len_utf8();
        }
        escaped = !escaped && c == '\\';
    }
    text.len()
}

/// Returns the length of a character literal; `None` for a lifetime.
fn character(text: &str) -> Option<usize> {
    let mut after_quote = text.chars().skip(1);
    match (after_quote.next()?, after_quote.next()) {
        ('\\', _) => Some(quoted(text, '\'')),
        (c, Some('\'')) => Some(2 + c.len_utf8()),
        _ => None,
    }
}

/// Returns the length of a raw string; `None` for a raw identifier.
fn raw_string(text: &str) -> Option<usize> {
    let after_r = text.strip_prefix('r')?;
    let body = after_r.trim_start_matches('#');
    let hashes = after_r.len() - body.len();
    let inside = body.strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let head = text.len() - inside.len();
    Some(
        inside
            .find(&end)
            .map_or(text.len(), |at| head + at + end.len()),
    )
}

#[cfg(test)]
mod tests {
    use super::{Kind, code_only, segments};

    fn cut_up(source: &str) -> Vec<(Kind, &str)> {
        let all = segments(source);
        let joined: String = all.iter().map(|segment| segment.text).collect();
        assert_eq!(joined, source, "nothing may be lost");
        all.into_iter().map(|s| (s.kind, s.text)).collect()
    }

    #[test]
    fn comments_and_literals_are_told_from_code() {
        assert_eq!(
            cut_up("a(\"b // c\") // d\n/* e /* f */ \" */ g"),
            [
                (Kind::Code, "a("),
                (Kind::Literal, "\"b // c\""),
                (Kind::Code, ") "),
                (Kind::Comment, "// d"),
                (Kind::Code, "\n"),
                (Kind::Comment, "/* e /* f */ \" */"),
                (Kind::Code, " g"),
            ]
        );
    }

    #[test]
    fn escapes_and_raw_strings_end_where_rust_says() {
        assert_eq!(
            cut_up(r##"x = "a\"b\\" + r#"c"d"# + r"e\";"##),
            [
                (Kind::Code, "x = "),
                (Kind::Literal, r#""a\"b\\""#),
                (Kind::Code, " + "),
                (Kind::Literal, r##"r#"c"d"#"##),
                (Kind::Code, " + "),
                (Kind::Literal, r#"r"e\""#),
                (Kind::Code, ";"),
            ]
        );
    }

    #[test]
    fn lifetimes_and_raw_identifiers_are_code_and_characters_are_not() {
        assert_eq!(cut_up("&'a r#type"), [(Kind::Code, "&'a r#type")]);
        assert_eq!(
            cut_up(r"['é', '\'', '\u{1F}']"),
            [
                (Kind::Code, "["),
                (Kind::Literal, "'é'"),
                (Kind::Code, ", "),
                (Kind::Literal, r"'\''"),
                (Kind::Code, ", "),
                (Kind::Literal, r"'\u{1F}'"),
                (Kind::Code, "]"),
            ]
        );
    }

    #[test]
    fn an_open_end_takes_the_rest() {
        for source in ["\"abc", "/* abc", "r#\"abc", "'\\a", "// abc"] {
            assert_eq!(cut_up(source).len(), 1, "{source}");
        }
    }

    #[test]
    fn lines_are_counted_through_every_kind() {
        let lines: Vec<_> = segments("a\n/*\n*/\"\n\"b")
            .iter()
            .map(|s| s.line)
            .collect();
        assert_eq!(lines, [1, 2, 3, 4]);
        assert_eq!(code_only("a\n/*\n*/\"x\n\"b"), "a\n\n\"\n\"b");
    }
}
