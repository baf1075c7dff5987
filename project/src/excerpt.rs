//! The lines that findings are about, without stored passwords, and of a long one what is around the
//! finding.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use guichet_storage::filesystem::{Entry, FileSystem};
use guichet_storage::json::MAX_BYTES;
use guichet_storage::redact::Redacted;

use crate::finding::Finding;

/// How many characters of a line are given at most on each side of what a finding is about.
const AROUND: usize = 500;

/// The name of a file and the bytes that were read of it, which it may not hold, or not any more: of
/// standard input, of a pipe, of a former revision.
pub type ReadBytes = (PathBuf, Arc<[u8]>);

/// The lines of files that some findings are about, with `*` for each character of a stored password.
///
/// ```
/// use guichet::storage::filesystem::Disk;
/// use guichet::{Excerpts, Project};
///
/// let project = Project::open("../examples/accounting")?;
/// let lint = project.lint()?;
/// let lines = Excerpts::read(&Disk, lint.findings(), None);
/// for finding in lint.findings() {
///     if let Some(excerpt) = lines.around(finding) {
///         println!("{}: {}", finding.message, excerpt.text);
///     }
/// }
/// # Ok::<(), guichet::Error>(())
/// ```
#[derive(Debug)]
pub struct Excerpts<'f>(HashMap<&'f Path, HashMap<u32, Line>>);

/// What is around a finding in its line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Excerpt<'l> {
    /// A part of the line; control characters are as in the file.
    pub text: &'l str,
    /// What the finding is about, in bytes of the text.
    pub span: Range<usize>,
    /// How many characters of the line are before the text.
    pub left_out: usize,
}

#[derive(Debug)]
struct Line {
    text: String,
    /// The bytes at which those characters begin, by their numbers from 0, that an excerpt or its span
    /// begins or ends with.
    bytes: HashMap<usize, usize>,
}

impl<'f> Excerpts<'f> {
    /// Reads the lines of findings, each file once; O(files + findings × log findings).
    ///
    /// A stored password is known by what is around it too, so each file is read whole. Where `read`
    /// has the bytes of one, they are taken; one that is too long, gone, or not an ordinary file gives
    /// no lines: opening a pipe would wait for the program that writes to it.
    pub fn read(files: &dyn FileSystem, findings: &'f [Finding], read: Option<&ReadBytes>) -> Self {
        let mut wanted: Vec<&Finding> = findings.iter().collect();
        wanted.sort_by_key(|finding| (finding.path.as_path(), finding.position.line));
        let mut of_files = HashMap::new();
        for of_file in wanted.chunk_by(|left, right| left.path == right.path) {
            let path = of_file
                .first()
                .map_or(Path::new(""), |first| first.path.as_path());
            let Some(bytes) = bytes_of(files, path, read) else {
                continue;
            };
            let text = String::from_utf8_lossy(&bytes);
            let text = Redacted::file(&text).masked();
            let mut numbered = (1..).zip(lines(&text));
            let mut lines = HashMap::new();
            for of_line in of_file.chunk_by(|left, right| left.position.line == right.position.line)
            {
                let number = of_line.first().map_or(0, |first| first.position.line);
                if let Some((_, line)) = numbered.find(|(line, _)| *line == number) {
                    let mark = if number == 1 { "\u{feff}" } else { "" };
                    let line = line.strip_prefix(mark).unwrap_or(line);
                    lines.insert(number, Line::of(line, of_line));
                }
            }
            of_files.insert(path, lines);
        }
        Self(of_files)
    }

    /// Returns what is around a finding; `None` if its line could not be read, or where the
    /// excerpts are of other findings.
    pub fn around(&self, finding: &Finding) -> Option<Excerpt<'_>> {
        let lines = self.0.get(finding.path.as_path())?;
        let line = lines.get(&finding.position.line)?;
        let [start, from, to, end] = edges(finding);
        let byte = |index| line.bytes.get(&index).copied().unwrap_or(line.text.len());
        let first = byte(start);
        Some(Excerpt {
            text: line.text.get(first..byte(end))?,
            span: byte(from).checked_sub(first)?..byte(to).checked_sub(first)?,
            left_out: start,
        })
    }
}

impl Line {
    /// Finds in one pass whatever findings need of a line.
    fn of(line: &str, findings: &[&Finding]) -> Self {
        let mut wanted: Vec<usize> = findings.iter().flat_map(|one| edges(one)).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut wanted = wanted.into_iter().peekable();
        let characters = line.char_indices().map(|(byte, _)| byte).enumerate();
        let bytes = characters.filter(|(index, _)| wanted.next_if_eq(index).is_some());
        Self {
            bytes: bytes.collect(),
            text: line.to_owned(),
        }
    }
}

/// Walks over the lines of a text as [`Position`](guichet_core::Position) counts them: a lone
/// carriage return ends one too.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.split('\n');
    lines.flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

/// Returns between which characters of its line an excerpt is, and what it is about.
fn edges(finding: &Finding) -> [usize; 4] {
    let from = (finding.position.column as usize).saturating_sub(1);
    let to = from.saturating_add(finding.width.min(AROUND));
    [
        from.saturating_sub(AROUND),
        from,
        to,
        to.saturating_add(AROUND),
    ]
}

/// Returns what findings are about. Only a file holds the same when it is read again.
fn bytes_of<'r>(
    files: &dyn FileSystem,
    path: &Path,
    read: Option<&'r ReadBytes>,
) -> Option<Cow<'r, [u8]>> {
    if let Some((_, bytes)) = read.filter(|(of, _)| of == path) {
        return Some(Cow::Borrowed(bytes));
    }
    match files.entry(path) {
        Ok(Some(Entry::File { length })) if length <= MAX_BYTES as u64 => {
            files.read(path).ok().map(Cow::Owned)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use guichet_core::Position;
    use guichet_core::Severity;
    use guichet_storage::filesystem::Disk;

    use super::{AROUND, Excerpts, ReadBytes};
    use crate::finding::{Finding, Repair};

    fn finding(from: u32, width: usize) -> Finding {
        Finding {
            severity: Severity::Info,
            code: "empty-group",
            message: String::new(),
            help: None,
            path: "directory.json".into(),
            pointer: None,
            position: Position {
                line: 1,
                column: from + 1,
            },
            width,
            repair: Repair::ByHand,
        }
    }

    fn read(text: String) -> ReadBytes {
        ("directory.json".into(), text.into_bytes().into())
    }

    #[test]
    fn a_lone_carriage_return_ends_a_line() {
        let mut third = finding(0, 1);
        third.position.line = 3;
        let findings = [third];
        let read = read("{\r\n1\r2\n3".to_owned());
        let lines = Excerpts::read(&Disk, &findings, Some(&read));
        assert_eq!(lines.around(&findings[0]).unwrap().text, "2");
        // What was not asked for is not there.
        assert!(lines.around(&finding(3, 1)).is_none());
    }

    /// As many findings again in a line as long again: the whole line was drawn for each.
    #[test]
    fn what_is_given_of_a_long_line_grows_with_its_findings() {
        for findings in [1_000, 2_000, 4_000] {
            let findings: Vec<Finding> = (0..findings).map(|at| finding(10 * at, 4)).collect();
            let read = read("é".repeat(10 * findings.len()));
            let lines = Excerpts::read(&Disk, &findings, Some(&read));
            let given = findings
                .iter()
                .map(|one| lines.around(one).unwrap().text.len());
            assert!(given.sum::<usize>() <= findings.len() * 2 * (2 * AROUND + 4));
            let kept = lines.0.values().flat_map(HashMap::values);
            let kept = kept.map(|line| line.bytes.len());
            assert!(kept.sum::<usize>() <= findings.len() * 4);
        }
    }

    #[test]
    fn an_excerpt_is_of_whole_characters_and_keeps_its_place() {
        let around = |text: String, one: Finding| {
            let findings = [one];
            let read = read(text);
            let lines = Excerpts::read(&Disk, &findings, Some(&read));
            let excerpt = lines.around(&findings[0]).unwrap();
            let about = excerpt.text.get(excerpt.span).unwrap();
            (about.to_owned(), excerpt.left_out)
        };
        let text = "é".repeat(2_000) + "name" + &"é".repeat(10);
        let name = ("name".to_owned(), 2_000 - AROUND);
        assert_eq!(around(text, finding(2_000, 4)), name);
        let behind = around("short".to_owned(), finding(9_998, 1));
        assert_eq!(behind.0, "", "a line that is shorter now");
    }
}
