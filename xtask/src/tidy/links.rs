//! Links in Markdown pages lead somewhere.
//!
//! A relative link names a file or a folder that exists and, with `#`, a heading of that page. Code
//! in the text of a link to a source file, `` [`locate`](storage/src/locate.rs) ``, stands in that
//! file: a link that says where something is decided notices when it moves.

use std::collections::BTreeSet;

use super::finding::Finding;
use crate::markdown::{self, Link};
use crate::tree::Tree;

/// Checks every relative link of every page.
pub(super) fn check(tree: &Tree) -> Vec<(String, Finding)> {
    let mut found = Vec::new();
    for page in tree.files().iter().filter(|file| file.is_markdown()) {
        let inside = markdown::links(&page.text);
        for link in inside.iter().filter(|link| !link.is_outside()) {
            let fault = fault(tree, &page.path, link);
            found.extend(fault.map(|message| {
                let finding = Finding::failure(link.line, message);
                (page.path.clone(), finding)
            }));
        }
    }
    found
}

/// Returns what is wrong with a link of the page at `from`.
fn fault(tree: &Tree, from: &str, link: &Link) -> Option<String> {
    let (path, anchor) = link.path_and_anchor();
    let Some(to) = markdown::resolve(from, path) else {
        return Some(format!("`{path}` leads out of the project"));
    };
    let Some(file) = tree.file(&to) else {
        let exists = tree.has_folder(&to);
        return (!exists).then(|| format!("there is no `{to}`"));
    };
    if !anchor.is_empty() && file.is_markdown() {
        let anchors = markdown::anchors(&file.text);
        return (!anchors.contains(anchor)).then(|| {
            format!(
                "`{to}` has no heading `#{anchor}`{}",
                near(&anchors, anchor)
            )
        });
    }
    if file.is_rust() {
        let mut names = link.code.iter().map(|code| last_name(code));
        let missing = names.find(|name| !file.text.contains(name));
        return missing.map(|name| format!("`{name}` is not in `{to}`"));
    }
    None
}

/// Returns the name that a path of Rust ends in: `check` of `Policy::check()`.
fn last_name(code: &str) -> &str {
    let name = code.rsplit("::").next().unwrap_or(code);
    name.trim_end_matches("()")
}

/// Names the headings that start alike, for who has renamed one.
fn near(anchors: &BTreeSet<String>, anchor: &str) -> String {
    let start = anchor.split('-').next().unwrap_or(anchor);
    let alike: Vec<_> = anchors
        .iter()
        .filter(|other| other.starts_with(start))
        .take(3)
        .map(|other| format!("#{other}"))
        .collect();
    if alike.is_empty() {
        String::new()
    } else {
        format!("; it has {}", alike.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tree::Tree;

    const SOURCE: (&str, &str) = ("core/src/name.rs", "pub fn fold() {}\n");

    fn messages(page: &str) -> Vec<String> {
        let tree = Tree::of(&[
            ("docs/a.md", page),
            ("docs/b.md", "# Exit status\n"),
            SOURCE,
        ]);
        let found = check(&tree).into_iter();
        found.map(|(_, finding)| finding.message).collect()
    }

    #[test]
    fn a_link_to_nothing_is_found() {
        assert_eq!(messages("[c](c.md)"), ["there is no `docs/c.md`"]);
        assert_eq!(messages("![c](../c.svg)"), ["there is no `c.svg`"]);
        assert_eq!(
            messages("[c](../../c.md)"),
            ["`../../c.md` leads out of the project"]
        );
    }

    #[test]
    fn a_heading_that_is_not_there_is_found() {
        assert_eq!(
            messages("[b](b.md#exit-code)"),
            ["`docs/b.md` has no heading `#exit-code`; it has #exit-status"]
        );
        assert_eq!(
            messages("# A\n[c](#c)"),
            ["`docs/a.md` has no heading `#c`"]
        );
    }

    #[test]
    fn a_name_that_has_left_its_file_is_found() {
        assert_eq!(
            messages("[`core::name::same`](../core/src/name.rs)"),
            ["`same` is not in `core/src/name.rs`"]
        );
    }

    #[test]
    fn links_that_lead_somewhere_pass() {
        for page in [
            "[b](b.md) [b](./b.md#exit-status) [c](../core) [c](../core/src/)",
            "# A\n[a](#a) [top](../docs/a.md)",
            "[`name::fold()`](../core/src/name.rs)",
            "[web](https://example.org/c.md#d)",
        ] {
            assert_eq!(messages(page), Vec::<String>::new(), "{page}");
        }
    }
}
