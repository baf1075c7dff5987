//! The line ends of an edited text: the TOML library writes line feeds, and files from Windows may have both kinds.

/// The most lines that one grantee brings in front of another line: an empty one, a table, and what is in it.
const NEW_LINES: usize = 3;

/// Returns an edited text with the line ends that its lines had before; new lines get that of the line before them.
///
/// A last line that had none gets none. Linear. Lines are taken for the same by their text, near where they stood.
pub(super) fn kept(old: &str, new: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (lines(old).collect(), lines(new).collect());
    let same = |at: usize, place: usize| {
        let (was, now) = (old.get(at), new.get(place));
        was.map(|(text, _)| text) == now.map(|(text, _)| text)
    };
    let mut kept = String::new();
    let first = old.first().map(|(_, end)| *end);
    let mut usual = first.filter(|end| !end.is_empty()).unwrap_or("\n");
    let mut at = 0;
    for (place, (text, end)) in new.iter().enumerate() {
        kept.push_str(text);
        let is_new = !same(at, place) && (1..=NEW_LINES).any(|more| same(at, place + more));
        let was = old.get(at).map(|(_, end)| *end).filter(|_| !is_new);
        at += usize::from(!is_new);
        usual = was.filter(|end| !end.is_empty()).unwrap_or(usual);
        let goes = end.is_empty() || (was == Some("") && place + 1 == new.len());
        kept.push_str(if goes { "" } else { usual });
    }
    kept
}

/// Walks over the lines of a text, each with its end.
fn lines(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split_inclusive('\n').map(|line| {
        let length = line.trim_end_matches(['\r', '\n']).len();
        line.split_at_checked(length).unwrap_or((line, ""))
    })
}

#[cfg(test)]
mod tests {
    use super::kept;

    #[test]
    fn lines_keep_their_ends_and_new_ones_take_that_of_the_line_before() {
        let old = "a\r\nb\nc = 1\r\nd";
        assert_eq!(kept(old, "a\nb\nc = 2\nd"), "a\r\nb\nc = 2\r\nd");
        assert_eq!(
            kept(old, "a\nb\n\nnew\nc = 1\nd\nmore\n"),
            "a\r\nb\n\nnew\nc = 1\r\nd\r\nmore\r\n"
        );
        assert_eq!(kept("a\nb", "x\na\nb\n"), "x\na\nb");
        assert_eq!(kept("", "a\nb\n"), "a\nb\n");
        assert_eq!(kept("a", "a\nb\n"), "a\nb\n");
    }
}
