//! `cargo xtask book`: the pages of `docs/` and the readmes as a site, by mdBook.
//!
//! `docs/SUMMARY.md` is the table of contents. Pages link to sources and to each other as they lie
//! in the repository, so the site is built from a copy with the same folders, of the pages and of
//! every file that they link to. The result needs no server: open `target/book/site/index.html`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Outcome, no_arguments};
use crate::tree::Tree;
use crate::{markdown, shell, tools, workspace};

/// The table of contents, from the root.
pub(crate) const SUMMARY: &str = "docs/SUMMARY.md";

/// The configuration of mdBook, from the root.
const CONFIGURATION: &str = "docs/book.toml";

/// Builds the site.
///
/// # Errors
///
/// mdBook is not installed or failed, a page is not in the table of contents, or a file cannot be
/// read or written.
pub(crate) fn run(args: &[String]) -> Outcome {
    no_arguments("book", args)?;
    let mdbook = tools::MDBOOK.find()?;
    let root = shell::workspace_root();
    let tree = Tree::read(&root)?;
    let faults = faults(&tree);
    if let Some((page, line, message)) = faults.first() {
        return Err(Failure::failed(format!("{page}:{line}: {message}")));
    }
    let folder = workspace::target_folder()?.join("book");
    let source = folder.join("source");
    clear(&source)?;
    for path in files(&tree) {
        copy(&root.join(&path), &source.join(&path))?;
    }
    let summary = contents(tree.text(SUMMARY).unwrap_or_default());
    write(&source.join("SUMMARY.md"), &summary)?;
    copy(&root.join(CONFIGURATION), &folder.join("book.toml"))?;
    let status = Command::new(mdbook)
        .arg("build")
        .arg(&folder)
        .status()
        .map_err(|error| Failure::failed(format!("`mdbook` did not start: {error}")))?;
    if !status.success() {
        return Err(Failure::failed(format!("`mdbook build` failed ({status})")));
    }
    let site = folder.join("site");
    println!("{}", site.join("index.html").display());
    Ok(())
}

/// Returns the pages of the table of contents, by their paths from the root, in order.
pub(crate) fn pages(tree: &Tree) -> Vec<String> {
    let links = markdown::links(tree.text(SUMMARY).unwrap_or_default());
    links
        .iter()
        .filter_map(|link| markdown::resolve(SUMMARY, link.path_and_anchor().0))
        .collect()
}

/// Returns what keeps the pages from being a site: page, line, and what is wrong there.
///
/// A page below `docs/` that the table of contents leaves out, and a link of a page to another that
/// it leaves out, or to a folder, which a site does not show.
pub(crate) fn faults(tree: &Tree) -> Vec<(String, usize, String)> {
    let pages = pages(tree);
    let mut faults = Vec::new();
    for file in tree.files().iter().filter(|file| file.is_markdown()) {
        let listed = pages.contains(&file.path);
        if file.path.starts_with("docs/") && file.path != SUMMARY && !listed {
            let message = format!("the page is not in {SUMMARY}");
            faults.push((file.path.clone(), 1, message));
        }
        if !listed {
            continue;
        }
        for link in markdown::links(&file.text) {
            let path = link.path_and_anchor().0;
            let to = markdown::resolve(&file.path, path).filter(|_| !link.is_outside());
            let message = to.and_then(|to| match tree.file(&to) {
                Some(other) if other.is_markdown() && !pages.contains(&to) => {
                    Some(format!("`{to}` is not in {SUMMARY}, so the site lacks it"))
                }
                None if tree.has_folder(&to) => Some(format!(
                    "`{to}` is a folder; link to a page or a file of it"
                )),
                _ => None,
            });
            faults.extend(message.map(|message| (file.path.clone(), link.line, message)));
        }
    }
    faults
}

/// Returns every file that the site holds: the pages, and what they link to.
fn files(tree: &Tree) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    for page in pages(tree) {
        for link in markdown::links(tree.text(&page).unwrap_or_default()) {
            let to = markdown::resolve(&page, link.path_and_anchor().0);
            files.extend(to.filter(|to| !link.is_outside() && tree.file(to).is_some()));
        }
        files.insert(page);
    }
    files
}

/// Returns the table of contents with its links as they are seen from the root.
fn contents(summary: &str) -> String {
    let mut text = summary.to_owned();
    for link in markdown::links(summary) {
        if let Some(path) = markdown::resolve(SUMMARY, &link.target) {
            text = text.replace(&format!("]({})", link.target), &format!("]({path})"));
        }
    }
    text
}

fn clear(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| Failure::io(folder, &error))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Outcome {
    make_folder_of(to)?;
    fs::copy(from, to).map_err(|error| Failure::io(from, &error))?;
    Ok(())
}

fn write(to: &Path, text: &str) -> Outcome {
    make_folder_of(to)?;
    fs::write(to, text).map_err(|error| Failure::io(to, &error))
}

fn make_folder_of(file: &Path) -> Outcome {
    let Some(folder) = file.parent() else {
        return Ok(());
    };
    fs::create_dir_all(folder).map_err(|error| Failure::io(folder, &error))
}

#[cfg(test)]
mod tests {
    use super::{contents, faults, files};
    use crate::tree::Tree;

    fn tree(page: &str) -> Tree {
        Tree::of(&[
            ("README.md", "# R\n"),
            ("core/README.md", "# C\n"),
            ("core/src/lib.rs", ""),
            ("docs/SUMMARY.md", "- [R](../README.md)\n- [A](a.md)\n"),
            ("docs/a.md", page),
        ])
    }

    fn messages(page: &str) -> Vec<String> {
        let found = faults(&tree(page)).into_iter();
        found
            .map(|(page, line, message)| format!("{page}:{line}: {message}"))
            .collect()
    }

    #[test]
    fn a_page_that_the_contents_leave_out_is_found() {
        let lonely = Tree::of(&[("docs/SUMMARY.md", ""), ("docs/a.md", "")]);
        assert_eq!(
            faults(&lonely),
            [(
                "docs/a.md".to_owned(),
                1,
                "the page is not in docs/SUMMARY.md".to_owned()
            )]
        );
        assert_eq!(
            messages("[c](../core/README.md)"),
            ["docs/a.md:1: `core/README.md` is not in docs/SUMMARY.md, so the site lacks it"]
        );
    }

    #[test]
    fn a_link_to_a_folder_is_found_and_other_links_pass() {
        assert_eq!(
            messages("\n[c](../core)"),
            ["docs/a.md:2: `core` is a folder; link to a page or a file of it"]
        );
        let page = "[r](../README.md#r) [l](../core/src/lib.rs) [w](https://example.org/x.md)";
        assert_eq!(messages(page), Vec::<String>::new());
    }

    #[test]
    fn the_site_holds_the_pages_and_the_files_that_they_show() {
        let all: Vec<_> = files(&tree("[l](../core/src/lib.rs#L1)"))
            .into_iter()
            .collect();
        assert_eq!(all, ["README.md", "core/src/lib.rs", "docs/a.md"]);
    }

    #[test]
    fn the_contents_are_seen_from_the_root() {
        assert_eq!(
            contents("# S\n\n- [R](../README.md)\n  - [How to](how-to/a.md)\n"),
            "# S\n\n- [R](README.md)\n  - [How to](docs/how-to/a.md)\n"
        );
    }
}
