//! Texts made to break a parser: depth, size, encodings, halves of files.

use guichet_core::Position;
use guichet_storage::json::{Document, MAX_DEPTH, SyntaxErrorKind};

fn refusal(bytes: impl Into<Vec<u8>>) -> (SyntaxErrorKind, usize, Position) {
    let error = Document::parse(bytes.into()).expect_err("the text should be refused");
    (error.kind().clone(), error.offset(), error.position())
}

#[test]
fn a_hundred_thousand_brackets_are_refused_at_the_limit() {
    for (opening, step) in [("[", 1), ("{\"a\":", 5), ("[{\"\":", 5)] {
        let (kind, offset, _) = refusal(opening.repeat(100_000));
        assert_eq!(kind, SyntaxErrorKind::TooDeep);
        assert!(offset <= MAX_DEPTH * step, "{offset}");
    }
    let closed = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(refusal(closed).0, SyntaxErrorKind::TooDeep);
}

#[test]
fn the_limit_itself_is_allowed() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(Document::parse(nested(MAX_DEPTH).into_bytes()).is_ok());
    assert_eq!(
        refusal(nested(MAX_DEPTH + 1)),
        (
            SyntaxErrorKind::TooDeep,
            MAX_DEPTH,
            Position {
                line: 1,
                column: 65
            }
        )
    );
}

#[test]
fn a_hundred_megabytes_of_brackets_are_refused_at_the_first_ones() {
    assert_eq!(refusal(vec![b'['; 100_000_000]).1, MAX_DEPTH);
    assert_eq!(refusal(vec![b'}'; 100_000_000]).1, 0);
    assert_eq!(refusal(b"[],".repeat(33_000_000)).1, 2);
}

#[test]
fn bytes_that_are_not_utf8_are_named_by_their_place() {
    let (kind, offset, position) = refusal(b"{\r\n\t\"\xc3\xa9\": \"a\xff\"\n}".to_vec());
    assert_eq!(
        (kind, offset, position),
        (
            SyntaxErrorKind::InvalidUtf8,
            12,
            Position { line: 2, column: 9 }
        )
    );
    assert_eq!(
        refusal(b"\xff\xfe{\0}\0".to_vec()).0,
        SyntaxErrorKind::OtherEncoding
    );
    assert_eq!(
        refusal(b"\"\xed\xa0\x80\"".to_vec()).0,
        SyntaxErrorKind::InvalidUtf8
    );
}

#[test]
fn overridden_members_are_found_in_small_and_large_objects() {
    let names = |text: &str| -> Vec<(String, usize)> {
        let document = Document::parse(text.as_bytes().to_vec()).unwrap();
        document
            .overridden_members()
            .map(|member| (member.name().into_owned(), member.key.span().start))
            .collect()
    };
    assert_eq!(
        names(r#"{"a":{"b":1,"\u0062":2},"c":1,"a":3}"#),
        [("a".to_owned(), 1), ("b".to_owned(), 6)]
    );
    let large: Vec<_> = (0..40)
        .map(|number| format!("\"{}\":0", number % 39))
        .collect();
    assert_eq!(names(&format!("{{{}}}", large.join(","))).len(), 1);
    assert!(names("[{},[],\"a\",\"a\"]").is_empty());
}

#[test]
fn the_last_of_two_members_counts() {
    let document = Document::parse(br#"{"a":1,"a":2}"#.to_vec()).unwrap();
    assert_eq!(document.root().get("a").unwrap().raw(), "2");
}

#[test]
fn no_debug_output_shows_the_text() {
    let document = Document::parse(br#"{"password":"secret"}"#.to_vec()).unwrap();
    let password = document.root().get("password").unwrap();
    assert_eq!(
        format!("{document:?} {password:?}"),
        "Document(21 bytes, 4 entries) Node(String at 12..20)"
    );
}
