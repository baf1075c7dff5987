//! Lists of names in a sentence, names in a command, and what an access lets somebody do.

use std::fmt::{self, Display};

use guichet_core::SqlRight;

use crate::access::Access;

/// The most names that are listed; the others are counted.
const SHOWN: usize = 4;

/// Lists names as a person would: `` `a`, `b` and `c` ``, and counts those that are too many; takes no
/// more names than it writes.
pub(super) fn listed<'a>(total: usize, names: impl Iterator<Item = &'a str>) -> String {
    joined(
        total,
        names.map(|name| fmt::from_fn(move |f| write!(f, "`{name}`"))),
    )
}

/// Lists phrases as [`listed`] lists names.
pub(super) fn joined(total: usize, phrases: impl Iterator<Item = impl Display>) -> String {
    // One more name is not longer than the words that would count it.
    let shown = if total <= SHOWN.saturating_add(1) {
        total
    } else {
        SHOWN
    };
    let mut text = String::new();
    for (place, phrase) in phrases.take(shown).enumerate() {
        let last = place.saturating_add(1) == total;
        text.push_str(match place {
            0 => "",
            _ if last => " and ",
            _ => ", ",
        });
        text.push_str(&phrase.to_string());
    }
    if shown < total {
        text.push_str(" and ");
        text.push_str(&total.saturating_sub(shown).to_string());
        text.push_str(" more");
    }
    text
}

/// Writes a count with its noun: `1 user`, `2 users`.
pub(super) fn counted<N: Copy + Display + PartialEq + From<u8>>(count: N, noun: &str) -> String {
    let plural = if count == N::from(1) { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// Writes a name as one word of a command line.
pub(super) fn word(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    if name.starts_with(char::is_alphanumeric) && name.chars().all(plain) {
        return name.to_owned();
    }
    let mut word = String::from('"');
    for character in name.chars() {
        if matches!(character, '"' | '\\' | '$' | '`') {
            word.push('\\');
        }
        word.push(character);
    }
    word.push('"');
    word
}

/// Says what an access lets somebody do: `open the Design environment`.
pub(super) fn doing(access: &Access) -> impl Display + '_ {
    fmt::from_fn(move |f| match access {
        Access::Administration => f.write_str("administer the server"),
        Access::Design | Access::RuntimeExplorer => f.write_str("open the Design environment"),
        Access::Http => f.write_str("use the HTTP server"),
        Access::Rest => f.write_str("use the REST server"),
        Access::Sql(sql) => {
            let what = match sql.right() {
                SqlRight::Read => "read",
                SqlRight::Write => "read and write",
                SqlRight::All => "change the structure of",
            };
            write!(f, "{what} SQL schema `{}`", sql.schema())
        }
        Access::Plugin(plugin) => write!(f, "use plug-in `{plugin}`"),
        Access::Group(_) => f.write_str("be in a group"),
    })
}

#[cfg(test)]
mod tests {
    use super::{counted, listed, word};

    #[test]
    fn a_name_is_one_word_of_a_command() {
        let words = ["Ann", "Ann Lee", "O'Neil", "-v", "#3", "a\"b$c", "Zoé"].map(word);
        let expected = [
            "Ann",
            "\"Ann Lee\"",
            "\"O'Neil\"",
            "\"-v\"",
            "\"#3\"",
            "\"a\\\"b\\$c\"",
            "Zoé",
        ];
        assert_eq!(words, expected);
    }

    #[test]
    fn long_lists_are_counted() {
        let text = |names: &[&str]| listed(names.len(), names.iter().copied());
        assert_eq!(text(&["a"]), "`a`");
        assert_eq!(text(&["a", "b"]), "`a` and `b`");
        assert_eq!(
            text(&["a", "b", "c", "d", "e"]),
            "`a`, `b`, `c`, `d` and `e`"
        );
        assert_eq!(
            text(&["a", "b", "c", "d", "e", "f"]),
            "`a`, `b`, `c`, `d` and 2 more"
        );
    }

    #[test]
    fn one_is_not_plural() {
        assert_eq!(
            [counted(1_u32, "user"), counted(0_u32, "user")],
            ["1 user", "0 users"]
        );
    }
}
