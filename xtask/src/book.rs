//! `cargo xtask book`: the pages of `docs/` and the readmes as a site, by mdBook.
//!
//! `docs/SUMMARY.md` is the table of contents. Pages link to sources and to each other as they lie
//! in the repository, so the site is built from a copy of what git knows, with the same folders. The
//! result needs no server: open `target/book/site/index.html`.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::shell::{Command, root};
use crate::tree::Tree;

/// Builds the site.
///
/// # Errors
///
/// mdBook failed, or a file cannot be copied.
pub(crate) fn run() -> Result<()> {
    let folder = root().join("target/book");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("target/book")?;
    }
    let tree = Tree::read()?;
    for file in tree.files().iter().filter(|file| belongs(&file.path)) {
        write(&folder.join("source").join(&file.path), &file.text)?;
    }
    // The table of contents as it is seen from the root.
    let summary = tree
        .text("docs/SUMMARY.md")
        .replace("](", "](docs/")
        .replace("](docs/../", "](");
    write(&folder.join("source/SUMMARY.md"), &summary)?;
    write(&folder.join("book.toml"), tree.text("docs/book.toml"))?;
    Command::new("mdbook build target/book").run()
}

/// Whether a page may show the file or link to it.
fn belongs(path: &str) -> bool {
    let hidden = path
        .split('/')
        .any(|part| part.starts_with('.') || part == "snapshots");
    !hidden && path != "docs/SUMMARY.md"
}

fn write(path: &Path, text: &str) -> Result<()> {
    let context = || path.display().to_string();
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(context)?;
    }
    fs::write(path, text).with_context(context)
}
