//! Every hand-made file: what is said of it, where, and that it comes back byte for byte.

use std::fmt::Write as _;

use guichet_core::Diagnostic;
use guichet_storage::json::Document;
use guichet_storage::{Located, OptionsFile, decode};

use crate::support::{every_file, files};

/// Writes one diagnostic as a person would want to read it.
fn line(text: &mut String, diagnostic: &dyn Diagnostic, place: &str) {
    let (severity, code) = (diagnostic.severity(), diagnostic.code());
    writeln!(text, "  {severity}[{code}] {place}: {diagnostic}").unwrap();
    if let Some(help) = diagnostic.help() {
        writeln!(text, "      {help}").unwrap();
    }
}

fn all<D: Diagnostic>(text: &mut String, found: &[Located<D>]) {
    for one in found {
        let place = format!(
            "{}:{} {}",
            one.place.position.line, one.place.position.column, one.place.pointer
        );
        line(text, one, &place);
    }
}

/// Everything that is said of a file.
fn report(bytes: Vec<u8>) -> String {
    let mut text = String::new();
    match Document::parse(bytes) {
        Err(error) => {
            text.push_str("not JSON\n");
            let place = format!("{}:{}", error.position().line, error.position().column);
            line(&mut text, &error, &place);
        }
        Ok(document) => match decode(&document, &OptionsFile::default()) {
            Err(refusals) => {
                text.push_str("refused\n");
                all(&mut text, &refusals);
            }
            Ok(decoded) => {
                assert!(decoded.directory.is_sound());
                let (users, groups) = (
                    decoded.directory.user_count(),
                    decoded.directory.group_count(),
                );
                writeln!(text, "{users} users, {groups} groups").unwrap();
                all(&mut text, &decoded.problems);
            }
        },
    }
    text
}

fn reports(folder: &str) -> String {
    let mut text = String::new();
    for (name, bytes) in files(folder) {
        writeln!(text, "{name}: {}", report(bytes)).unwrap();
    }
    text
}

#[test]
fn odd_files_load_and_every_oddity_is_named_at_its_place() {
    let text = reports("odd");
    assert!(!text.contains("not JSON") && !text.contains("refused"));
    insta::assert_snapshot!(text);
}

#[test]
fn broken_files_are_refused_at_the_places_that_break_them() {
    let text = reports("broken");
    assert!(!text.contains(" users, "));
    insta::assert_snapshot!(text);
}

#[test]
fn files_like_4ds_own_have_nothing_to_report_but_long_names() {
    for (name, bytes) in files("corpus") {
        let document = Document::parse(bytes).unwrap();
        let decoded = decode(&document, &OptionsFile::default()).unwrap();
        let other = decoded
            .problems
            .iter()
            .find(|problem| problem.code() != "long-group-name");
        assert_eq!(other, None, "{name}");
    }
}

#[test]
fn every_readable_file_comes_back_byte_for_byte() {
    let readable =
        every_file()
            .into_iter()
            .filter(|(name, bytes)| match Document::parse(bytes.clone()) {
                Ok(document) => {
                    assert_eq!(document.as_bytes(), bytes, "{name}");
                    assert_eq!(&document.into_bytes(), bytes, "{name}");
                    true
                }
                Err(_) => name.starts_with("broken/"),
            });
    assert_eq!(readable.count(), every_file().len());
}

#[test]
fn no_report_shows_a_stored_password() {
    for (name, bytes) in every_file() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let report = report(bytes);
        for secret in text
            .split('"')
            .filter(|piece| piece.ends_with("==") || piece.starts_with("$2"))
        {
            assert!(!report.contains(secret), "{name}");
        }
        assert!(!report.contains("plain words"), "{name}");
    }
}
