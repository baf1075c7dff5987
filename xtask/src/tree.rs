//! The text files of the project, as git knows them.

use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::shell::{Command, root};

/// One text file.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// The path from the root, with `/` on every system.
    pub(crate) path: String,
    /// The whole text.
    pub(crate) text: String,
}

impl File {
    /// Returns whether the file is Rust source.
    pub(crate) fn is_rust(&self) -> bool {
        self.ends_in("rs")
    }

    /// Returns whether the file is a page of Markdown.
    pub(crate) fn is_page(&self) -> bool {
        self.ends_in("md")
    }

    fn ends_in(&self, ending: &str) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|own| own == ending)
    }
}

/// Every text file that git knows or would take up, in the order of their paths.
#[derive(Debug, Default)]
pub(crate) struct Tree(Vec<File>);

impl Tree {
    /// Asks git for the files and reads them; what is not UTF-8 is left out.
    ///
    /// # Errors
    ///
    /// Git failed.
    pub(crate) fn read() -> Result<Self> {
        let list = "git ls-files -z --cached --others --exclude-standard --deduplicate";
        let list = Command::new(list).output()?;
        let read = |path: &str| {
            let text = fs::read_to_string(root().join(path)).ok()?;
            Some(File {
                path: path.to_owned(),
                text,
            })
        };
        Ok(Self(list.split_terminator('\0').filter_map(read).collect()))
    }

    /// Returns the files.
    pub(crate) fn files(&self) -> &[File] {
        &self.0
    }

    /// Returns the text of the file with this path.
    pub(crate) fn text(&self, path: &str) -> &str {
        let file = self.0.iter().find(|file| file.path == path);
        file.map_or("", |file| &file.text)
    }

    /// Builds a tree for a test from paths and texts.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| File {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        };
        Self(files.iter().map(file).collect())
    }
}
