//! Links and headings of a Markdown page, as CommonMark and GitHub understand them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// One link or picture of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    /// The one-based line on which it starts.
    pub(crate) line: usize,
    /// Where it leads, as written.
    pub(crate) target: String,
    /// The code in its text, such as the name of a function: `` [`fn`](file) ``.
    pub(crate) code: Vec<String>,
}

impl Link {
    /// Returns the path and the anchor, each empty when it is not there.
    pub(crate) fn path_and_anchor(&self) -> (&str, &str) {
        self.target
            .split_once('#')
            .unwrap_or((self.target.as_str(), ""))
    }

    /// Returns whether it leads out of the project: to a web page or a mail address.
    pub(crate) fn is_outside(&self) -> bool {
        ["http://", "https://", "mailto:"]
            .iter()
            .any(|scheme| self.target.starts_with(scheme))
    }
}

/// Returns every link and picture of a page, in order; what stands in code is none.
pub(crate) fn links(text: &str) -> Vec<Link> {
    let mut done = Vec::new();
    let mut open: Vec<Link> = Vec::new();
    for (event, range) in parser(text) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                open.push(Link {
                    line: line_of(text, &range),
                    target: dest_url.into_string(),
                    code: Vec::new(),
                });
            }
            Event::End(TagEnd::Link | TagEnd::Image) => done.extend(open.pop()),
            Event::Code(code) => {
                if let Some(link) = open.last_mut() {
                    link.code.push(code.into_string());
                }
            }
            _ => {}
        }
    }
    done
}

/// Returns the anchors that the headings of a page make.
pub(crate) fn anchors(text: &str) -> BTreeSet<String> {
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    let mut anchors = BTreeSet::new();
    for heading in headings(text) {
        let slug = slug(&heading);
        let times = used.entry(slug.clone()).or_default();
        anchors.insert(match *times {
            0 => slug,
            n => format!("{slug}-{n}"),
        });
        *times += 1;
    }
    anchors
}

/// Returns the words of every heading, in order.
fn headings(text: &str) -> Vec<String> {
    let mut headings = Vec::new();
    let mut inside = false;
    for (event, _) in parser(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                inside = true;
                headings.push(String::new());
            }
            Event::End(TagEnd::Heading(_)) => inside = false,
            Event::Text(words) | Event::Code(words) if inside => {
                if let Some(heading) = headings.last_mut() {
                    heading.push_str(&words);
                }
            }
            _ => {}
        }
    }
    headings
}

/// Returns the anchor of a heading: lower case, `-` for a blank, punctuation left out.
fn slug(heading: &str) -> String {
    heading
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || matches!(c, '-' | '_') => Some(c),
            _ => None,
        })
        .collect()
}

/// Returns the path from the root that a relative link of the page at `from` leads to.
///
/// `None` when it leads out of the project. An empty path is the page itself.
pub(crate) fn resolve(from: &str, path: &str) -> Option<String> {
    if path.is_empty() {
        return Some(from.to_owned());
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn parser(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter()
}

fn line_of(text: &str, range: &Range<usize>) -> usize {
    let before = text.get(..range.start).unwrap_or_default();
    before.matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::{Link, anchors, links, resolve};

    fn targets(text: &str) -> Vec<(usize, String)> {
        let found = links(text).into_iter();
        found.map(|link| (link.line, link.target)).collect()
    }

    #[test]
    fn links_pictures_and_references_are_found_with_their_lines() {
        let text = "# A\n\nsee [b](b.md#c) and\n![d](d.svg)\n\n| [`e`][e] |\n|---|\n\n[e]: e.rs\n";
        let expected = [(3, "b.md#c"), (4, "d.svg"), (6, "e.rs")];
        let expected = expected.map(|(line, target)| (line, target.to_owned()));
        assert_eq!(targets(text), expected);
        assert_eq!(links(text)[2].code, ["e"]);
    }

    #[test]
    fn a_picture_inside_a_link_is_one_more_link() {
        assert_eq!(
            targets("[![a](a.svg)](a.md)"),
            [(1, "a.svg".to_owned()), (1, "a.md".to_owned())]
        );
    }

    #[test]
    fn code_holds_no_links() {
        for text in ["`[a](b)`", "```md\n[a](b)\n```\n", "    [a](b)\n", "[a]"] {
            assert_eq!(targets(text), [], "{text}");
        }
    }

    #[test]
    fn a_target_is_cut_at_its_anchor_and_web_pages_are_outside() {
        let page = "[a](b.md#c) [d](#e) [f](https://example.org/g#h)";
        let all = links(page);
        let cut: Vec<_> = all.iter().map(Link::path_and_anchor).collect();
        assert_eq!(cut[..2], [("b.md", "c"), ("", "e")]);
        let outside: Vec<_> = all.iter().map(Link::is_outside).collect();
        assert_eq!(outside, [false, false, true]);
    }

    #[test]
    fn a_path_starts_at_its_page_and_stays_in_the_project() {
        for (path, expected) in [
            ("", Some("docs/a.md")),
            ("b.md", Some("docs/b.md")),
            ("./how-to/", Some("docs/how-to")),
            ("../core/src", Some("core/src")),
            ("..", Some("")),
            ("../../b.md", None),
        ] {
            assert_eq!(resolve("docs/a.md", path).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn anchors_are_made_as_github_makes_them() {
        let text = "# The *Error* codes\n## `guichet.toml`, and what it says\n## Speed\n# Speed\n\
                    ```\n# no heading\n```\nZoé\n---\n";
        let expected = [
            "guichettoml-and-what-it-says",
            "speed",
            "speed-1",
            "the-error-codes",
            "zoé",
        ];
        assert_eq!(anchors(text).into_iter().collect::<Vec<_>>(), expected);
    }
}
