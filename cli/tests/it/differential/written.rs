//! A file as it is written: a tree whose objects may have a key twice.

use std::fmt::Write as _;

/// A value of JSON, of the kinds that `directory.json` has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Written {
    Text(String),
    List(Vec<String>),
    Object(Vec<(String, Self)>),
}

impl Written {
    /// Returns the members that count, in order: of those of one key the last.
    pub(super) fn members(&self) -> Vec<(&str, &Self)> {
        let Self::Object(members) = self else {
            return Vec::new();
        };
        let counts = |place: usize, key: &str| {
            let mut later = members.iter().skip(place + 1);
            !later.any(|(other, _)| other == key)
        };
        let members = members.iter().enumerate();
        members
            .filter(|(place, (key, _))| counts(*place, key))
            .map(|(_, (key, value))| (key.as_str(), value))
            .collect()
    }

    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let mut members = self.members().into_iter();
        members
            .find(|(known, _)| *known == key)
            .map(|(_, value)| value)
    }

    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }

    pub(super) fn list(&self) -> &[String] {
        match self {
            Self::List(list) => list,
            _ => &[],
        }
    }

    /// Returns the text of the file.
    pub(super) fn json(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::List(list) => {
                let list: Vec<String> = list.iter().map(|text| quoted(text)).collect();
                format!("[{}]", list.join(", "))
            }
            Self::Object(members) => {
                let members = members.iter();
                let members: Vec<String> = members
                    .map(|(key, value)| format!("{}: {}", quoted(key), value.json()))
                    .collect();
                format!("{{{}}}", members.join(",\n"))
            }
        }
    }
}

/// Writes a string of JSON, which is one of TOML too.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for one in text.chars() {
        match one {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            control if control.is_control() => {
                write!(quoted, "\\u{:04x}", u32::from(control)).unwrap();
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
