//! The lines that an edit changes, as a unified diff for people.

use std::ops::Range;
use std::path::Path;

use guichet::edit::{DiffLine, FileDiff, FileLife, Hunk, Side};

use crate::output::{Ink, Text};

/// The longest line that is shown whole, in characters.
const LONGEST: usize = 160;
/// Characters shown on either side of what differs in a longer one.
const BESIDE: usize = 40;

/// Returns the diffs of several files; a path is as `name` says.
pub(crate) fn text(diffs: &[FileDiff], name: impl Fn(&Path) -> String) -> Text {
    let mut text = Text::default();
    for diff in diffs {
        for (sign, absent) in [("--- ", FileLife::Made), ("+++ ", FileLife::Removed)] {
            let is_there = diff.life != absent;
            let path = is_there.then(|| name(&diff.path));
            text.source(Ink::Strong, sign, path.as_deref().unwrap_or("/dev/null"));
        }
        for hunk in &diff.hunks {
            add_hunk(&mut text, hunk);
        }
    }
    text
}

fn add_hunk(text: &mut Text, hunk: &Hunk) {
    let place = |lines: &Range<usize>| {
        let first = lines.start + usize::from(!lines.is_empty());
        format!("{first},{}", lines.len())
    };
    let (before, after) = (place(&hunk.before), place(&hunk.after));
    text.source(Ink::Help, "", &format!("@@ -{before} +{after} @@"));
    let is_both = |line: &DiffLine| line.side == Side::Both;
    for stretch in hunk
        .lines
        .chunk_by(|one, next| is_both(one) == is_both(next))
    {
        let of = |side| stretch.iter().filter(move |line| line.side == side);
        for line in of(Side::Both) {
            text.source(Ink::Plain, " ", &cut(&line.text, (0, 0)));
        }
        for (ink, sign, here, there) in [
            (Ink::No, "-", Side::Before, Side::After),
            (Ink::Yes, "+", Side::After, Side::Before),
        ] {
            let mut others = of(there);
            for line in of(here) {
                let other = others.next();
                let same = other.map_or((0, 0), |other| common(&line.text, &other.text));
                text.source(ink, sign, &cut(&line.text, same));
            }
        }
    }
}

/// How many characters two lines have in common at their starts and, after that, at their ends.
fn common(left: &str, right: &str) -> (usize, usize) {
    let same = |(left, right): &(char, char)| left == right;
    let start = left.chars().zip(right.chars()).take_while(same).count();
    let shorter = left.chars().count().min(right.chars().count()) - start;
    let ends = left.chars().rev().zip(right.chars().rev());
    let end = ends.take(shorter).take_while(same).count();
    (start, end)
}

/// A line as it is shown: of a long one the part that differs, with what is beside it.
fn cut(line: &str, (same_start, same_end): (usize, usize)) -> String {
    let length = line.chars().count();
    let (start, end) = if length <= LONGEST {
        (0, length)
    } else {
        let start = same_start.saturating_sub(BESIDE);
        let end = length - same_end.saturating_sub(BESIDE).min(length);
        (start, end.min(start + LONGEST).max(start))
    };
    let shown: String = line.chars().skip(start).take(end - start).collect();
    let mark = |is_cut: bool| if is_cut { "…" } else { "" };
    format!("{}{shown}{}", mark(start > 0), mark(end < length))
}
