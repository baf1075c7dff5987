//! The names that random directories are made of, and which of them are the same (decision D7).

/// A name and the class of those that are the same name: equal after Unicode NFC and simple case
/// folding, worked out by hand.
const NAMES: &[(&str, u32)] = &[
    ("Ann", 0),
    ("ann", 0),
    ("ANN", 0),
    ("Zo\u{e9}", 1),
    ("Zoe\u{301}", 1),
    ("ZO\u{c9}", 1),
    ("Bob", 2),
    (" Bob", 3),
    ("Bob ", 4),
    ("Bob\t", 5),
    ("Stra\u{df}e", 6),
    ("STRA\u{1e9e}E", 6),
    ("STRASSE", 7),
    ("\u{3c3}\u{3b1}\u{3c2}", 8),
    ("\u{3a3}\u{391}\u{3a3}", 8),
    ("O'Neil \"x\" \\ /", 9),
    ("a:b", 10),
    ("#3", 11),
    ("#15001", 12),
    ("\u{1b}[31mred\u{7}", 13),
    ("new\nline", 14),
    ("\u{65e5}\u{672c}\u{8a9e}", 15),
    ("\u{1f600}", 16),
    ("Designer", 17),
    ("designer", 17),
    ("Administrator", 18),
    ("administrator", 18),
    ("\u{feff}mark", 19),
    ("left\u{202e}right", 20),
    ("group:Ann", 21),
    ("A name of more than fifteen characters", 22),
    ("\u{2028}", 23),
];

/// Returns the name at a place; the places go round.
pub(super) fn name(place: usize) -> &'static str {
    NAMES[place % NAMES.len()].0
}

/// Tells how many names there are.
pub(super) const fn count() -> usize {
    NAMES.len()
}

/// Tells whether two names are the same.
pub(super) fn same(left: &str, right: &str) -> bool {
    let class = |name: &str| NAMES.iter().find(|(known, _)| *known == name);
    match (class(left), class(right)) {
        (Some((_, left)), Some((_, right))) => left == right,
        _ => left == right,
    }
}
