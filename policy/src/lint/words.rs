//! Lists of names in a sentence.

use std::fmt::Display;

/// The most names that are listed; the others are counted.
const SHOWN: usize = 4;

/// Lists names as a person would: `` `a`, `b` and `c` ``, and counts those that are too many; takes no
/// more names than it writes.
pub(super) fn listed<'a>(total: usize, names: impl Iterator<Item = &'a str>) -> String {
    // One more name is not longer than the words that would count it.
    let shown = if total <= SHOWN.saturating_add(1) {
        total
    } else {
        SHOWN
    };
    let mut text = String::new();
    for (place, name) in names.take(shown).enumerate() {
        let last = place.saturating_add(1) == total;
        text.push_str(match place {
            0 => "",
            _ if last => " and ",
            _ => ", ",
        });
        text.push('`');
        text.push_str(name);
        text.push('`');
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

#[cfg(test)]
mod tests {
    use super::{counted, listed};

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
