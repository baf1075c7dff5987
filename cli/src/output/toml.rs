//! TOML: what a string holds stands on its line, every character that acts written as an escape.

use std::fmt::Write as _;

use guichet::core::visible::unsafe_characters;
use toml_edit::visit_mut::{VisitMut, visit_value_mut};
use toml_edit::{DocumentMut, Value};

use super::Foreign;
use super::visible::quoted;

impl Foreign {
    /// Takes a document that a library wrote. It may have strings of several lines, and characters in them
    /// that TOML lets through and a terminal does not: those strings are written anew.
    pub(crate) fn toml(text: String) -> Self {
        match text.parse::<DocumentMut>() {
            Ok(mut document) => {
                Strings.visit_document_mut(&mut document);
                Self::escaped_by_library(document.to_string())
            }
            Err(_) => Self::escaped_by_library(text),
        }
    }
}

struct Strings;

impl VisitMut for Strings {
    fn visit_value_mut(&mut self, value: &mut Value) {
        let hostile = value
            .as_str()
            .filter(|text| unsafe_characters(text).next().is_some());
        let Some(text) = hostile else {
            return visit_value_mut(self, value);
        };
        if let Ok(mut anew) = quoted(text, by_number).parse::<Value>() {
            *anew.decor_mut() = value.decor().clone();
            *value = anew;
        }
    }
}

/// Writes a character by its number.
fn by_number(text: &mut String, character: char) {
    let number = u32::from(character);
    // Writing to a string cannot fail.
    let _ = if number > 0xffff {
        write!(text, "\\U{number:08x}")
    } else {
        write!(text, "\\u{number:04x}")
    };
}

#[cfg(test)]
mod tests {
    use super::Foreign;

    #[test]
    fn a_string_stays_on_its_line_and_the_value_the_same() {
        let name = "a\n[[check]] \\ \"\u{9b}\u{202e}\u{e0041}\u{7f}\u{0}é";
        let table: toml::Table = [("users".to_owned(), vec![name].into())]
            .into_iter()
            .collect();
        let text = Foreign::toml(toml::to_string_pretty(&table).unwrap());
        let text = text.printed();
        assert!(text.is_ascii() || text.contains('é'), "{text}");
        assert!(text.lines().all(|line| !line.starts_with("[[")), "{text}");
        assert_eq!(text.parse::<toml::Table>().unwrap(), table);
    }
}
