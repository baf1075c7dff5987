//! The line ends of an edited text: the TOML library writes line feeds, and files from Windows may have both kinds.

use similar::{Algorithm, capture_diff_slices_by_key};

/// A line without its end, and the end.
type Line<'t> = (&'t str, &'t str);

/// Returns an edited text with the line ends that its lines had before; new lines get that of the line before them.
///
/// A last line that had none gets none.
pub(super) fn kept(old: &str, new: &str) -> String {
    let (old, new): (Vec<Line<'_>>, Vec<Line<'_>>) = (lines(old).collect(), lines(new).collect());
    let ends = former_ends(&old, &new);
    let mut kept = String::new();
    let first = old.first().map(|(_, end)| *end);
    let mut usual = first.filter(|end| !end.is_empty()).unwrap_or("\n");
    for (place, ((text, end), was)) in new.iter().zip(ends).enumerate() {
        kept.push_str(text);
        usual = was.filter(|end| !end.is_empty()).unwrap_or(usual);
        let goes = end.is_empty() || (was == Some("") && place + 1 == new.len());
        kept.push_str(if goes { "" } else { usual });
    }
    kept
}

/// Returns the end that each line had; `None` for a line that is new.
fn former_ends<'t>(old: &[Line<'t>], new: &[Line<'t>]) -> Vec<Option<&'t str>> {
    let mut ends = vec![None; new.len()];
    for step in capture_diff_slices_by_key(Algorithm::Myers, old, new, |(text, _)| *text) {
        // A line that is in the place of another one is that line, edited.
        for (was, now) in step.old_range().zip(step.new_range()) {
            if let (Some((_, end)), Some(place)) = (old.get(was), ends.get_mut(now)) {
                *place = Some(*end);
            }
        }
    }
    ends
}

/// Walks over the lines of a text, each with its end.
fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
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
