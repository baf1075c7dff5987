//! Our lines of `.gitattributes`, put into its text and taken out of it; those that former versions put into
//! `.gitignore` are only taken out.
//!
//! What else stands in a file stays byte for byte, its line ends and a missing last one included, so
//! that taking out undoes putting in.

/// A file at the top of the work tree, and what we add to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct OurLines {
    /// The file's name.
    pub(super) file: &'static str,
    /// A comment, then what git reads.
    lines: &'static [&'static str],
}

/// What git calls for which files.
pub(super) const ATTRIBUTES: OurLines = OurLines {
    file: ".gitattributes",
    lines: &[
        "# 4D users and groups, by meaning: `guichet git uninstall` takes this out",
        "**/Settings/directory.json diff=guichet merge=guichet filter=guichet",
    ],
};

/// What former versions kept beside the directory; today's lies in a folder that ignores itself, so that these
/// lines are only taken out.
pub(super) const FORMERLY_IGNORED: OurLines = OurLines {
    file: ".gitignore",
    lines: &[
        "# What guichet keeps beside a directory: `guichet git uninstall` takes this out",
        "**/Settings/directory.json.lock",
        "**/Settings/directory.history.jsonl",
        "**/Settings/directory.undo.jsonl",
        "**/Settings/*.guichet-tmp",
    ],
};

impl OurLines {
    /// Returns what git reads of our lines, as one.
    pub(super) fn shown(self) -> String {
        self.lines.get(1..).unwrap_or_default().join(", ")
    }

    /// Returns the text with our lines at its end, and `None` where they are in it already.
    pub(super) fn put_into(self, text: &str) -> Option<String> {
        let has = |ours: &&str| text.lines().any(|line| line == *ours);
        if self.lines.iter().all(has) {
            return None;
        }
        let text = self.take_out_of(text).unwrap_or_else(|| text.to_owned());
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let ours = self.lines.join(end);
        Some(if text.is_empty() || text.ends_with('\n') {
            format!("{text}{ours}{end}")
        } else {
            format!("{text}{end}{ours}")
        })
    }

    /// Returns the text without our lines, and `None` where none is in it.
    pub(super) fn take_out_of(self, text: &str) -> Option<String> {
        let is_ours = |line: &str| self.lines.contains(&line.trim_end_matches(['\r', '\n']));
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
}

#[cfg(test)]
mod tests {
    use super::{ATTRIBUTES, FORMERLY_IGNORED};

    #[test]
    fn taking_out_undoes_putting_in() {
        for text in [
            "",
            "*.json text",
            "*.json text\n",
            "# mine\r\n*.4dm diff\r\n",
            "# mine\r\n*.4dm diff",
        ] {
            for ours in [ATTRIBUTES, FORMERLY_IGNORED] {
                let with = ours.put_into(text).unwrap();
                assert!(with.contains("**/Settings/directory.json"), "{with}");
                assert_eq!(ours.put_into(&with), None);
                assert_eq!(ours.take_out_of(&with).as_deref(), Some(text));
            }
        }
    }

    #[test]
    fn what_was_added_later_stays() {
        let with = ATTRIBUTES.put_into("a\n").unwrap() + "b";
        assert_eq!(ATTRIBUTES.take_out_of(&with).as_deref(), Some("a\nb"));
        assert_eq!(ATTRIBUTES.take_out_of("a\nb"), None);
    }

    #[test]
    fn a_line_that_somebody_took_out_comes_back_once() {
        let with = FORMERLY_IGNORED.put_into("a\n").unwrap();
        let half = with.replace("**/Settings/directory.undo.jsonl\n", "");
        assert_eq!(FORMERLY_IGNORED.put_into(&half), Some(with));
    }
}
