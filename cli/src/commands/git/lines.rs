//! Our lines of `.gitattributes`, added to its text and removed from it.
//!
//! Everything else in the file stays byte for byte, its line ends and a missing last one included, so
//! taking out undoes putting in.

/// The file at the top of the work tree.
pub(super) const FILE: &str = ".gitattributes";

/// What git reads: what it calls for which files.
pub(super) const RULE: &str =
    "**/Settings/directory.json diff=guichet merge=guichet filter=guichet";

const LINES: [&str; 2] = [
    "# 4D users and groups, by meaning: `guichet git uninstall` removes this",
    RULE,
];

/// Returns the text with our lines at its end; `None` if they are in it already.
pub(super) fn put_into(text: &str) -> Option<String> {
    let has = |ours: &&str| text.lines().any(|line| line == *ours);
    if LINES.iter().all(has) {
        return None;
    }
    let text = take_out_of(text).unwrap_or_else(|| text.to_owned());
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let ours = LINES.join(end);
    Some(if text.is_empty() || text.ends_with('\n') {
        format!("{text}{ours}{end}")
    } else {
        format!("{text}{end}{ours}")
    })
}

/// Returns the text without our lines; `None` if it has none.
pub(super) fn take_out_of(text: &str) -> Option<String> {
    let is_ours = |line: &str| LINES.contains(&line.trim_end_matches(['\r', '\n']));
    let lines = text.split_inclusive('\n');
    let mut kept: String = lines.filter(|line| !is_ours(line)).collect();
    if kept.len() == text.len() {
        return None;
    }
    if !text.ends_with('\n') && text.lines().last().is_some_and(is_ours) {
        // The end of the line before was put in with ours.
        kept.truncate(kept.trim_end_matches(['\r', '\n']).len());
    }
    Some(kept)
}
