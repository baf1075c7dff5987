//! The text files of the work tree.

use std::fs;
use std::path::Path;

use crate::failure::{Failure, Outcome};

/// One text file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SourceFile {
    /// The path from the root, with `/` on every system.
    pub(crate) path: String,
    /// The whole text.
    pub(crate) text: String,
}

impl SourceFile {
    /// Returns whether the file is Rust source.
    pub(crate) fn is_rust(&self) -> bool {
        has_ending(&self.path, "rs")
    }

    /// Returns whether the file is a page of Markdown.
    pub(crate) fn is_markdown(&self) -> bool {
        has_ending(&self.path, "md")
    }
}

/// Every text file of the work tree, in the order of their paths.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    files: Vec<SourceFile>,
}

/// Folders that hold no source of ours: build output, other people's data, findings of tools.
const SKIPPED_FOLDERS: &[&str] = &["target", "fixtures", "artifacts", "mutants.out"];

/// Hidden folders that are ours all the same.
const OUR_HIDDEN_FOLDERS: &[&str] = &[".ci", ".cargo", ".config"];

/// The endings of the files that the rules look at; a file without an ending counts too.
const ENDINGS: &[&str] = &[
    "rs", "md", "toml", "sh", "json", "yml", "yaml", "txt", "snap", "svg",
];

impl Tree {
    /// Reads the files below `root`; files that are not UTF-8 are no text and are left out.
    ///
    /// # Errors
    ///
    /// A folder or a file cannot be read.
    pub(crate) fn read(root: &Path) -> Outcome<Self> {
        let mut files = Vec::new();
        let mut folders = vec![root.to_path_buf()];
        while let Some(folder) = folders.pop() {
            let entries = fs::read_dir(&folder).map_err(|e| Failure::io(&folder, &e))?;
            for entry in entries {
                let entry = entry.map_err(|e| Failure::io(&folder, &e))?;
                let path = entry.path();
                let kind = entry.file_type().map_err(|e| Failure::io(&path, &e))?;
                if kind.is_dir() && is_ours(&path) {
                    folders.push(path);
                } else if kind.is_file() && has_text_ending(&path) {
                    files.extend(read_text(root, &path)?);
                }
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { files })
    }

    /// Returns the files in the order of their paths.
    pub(crate) fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// Returns the file with this path.
    pub(crate) fn file(&self, path: &str) -> Option<&SourceFile> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Returns the text of the file with this path.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.file(path).map(|file| file.text.as_str())
    }

    /// Returns whether a file lies in or below this folder; the root is the empty path.
    pub(crate) fn has_folder(&self, path: &str) -> bool {
        path.is_empty()
            || self.files.iter().any(|file| {
                file.path
                    .strip_prefix(path)
                    .is_some_and(|rest| rest.starts_with('/'))
            })
    }

    /// Builds a tree for a test from paths and texts.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| SourceFile {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        });
        Self {
            files: files.collect(),
        }
    }
}

fn has_ending(path: &str, wanted: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|ending| ending == wanted)
}

fn is_ours(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    if name.starts_with('.') {
        OUR_HIDDEN_FOLDERS.contains(&name.as_ref())
    } else {
        !SKIPPED_FOLDERS.contains(&name.as_ref())
    }
}

fn has_text_ending(file: &Path) -> bool {
    file.extension().is_none_or(|ending| {
        ENDINGS
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// Reads one file; `None` when its bytes are not text.
fn read_text(root: &Path, path: &Path) -> Outcome<Option<SourceFile>> {
    let bytes = fs::read(path).map_err(|e| Failure::io(path, &e))?;
    let from_root = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = from_root
        .iter()
        .map(|part| part.to_string_lossy())
        .collect();
    Ok(String::from_utf8(bytes).ok().map(|text| SourceFile {
        path: parts.join("/"),
        text,
    }))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Tree, has_text_ending, is_ours};
    use crate::shell::workspace_root;

    #[test]
    fn this_tree_has_this_file_and_nothing_built() {
        let tree = Tree::read(&workspace_root()).unwrap();
        assert!(tree.text("xtask/src/tree.rs").is_some());
        assert!(tree.files().iter().all(|f| !f.path.contains("target/")));
        assert!(tree.files().is_sorted_by(|a, b| a.path < b.path));
    }

    #[test]
    fn hidden_and_built_folders_are_left_out_but_ours_are_kept() {
        assert!(is_ours(Path::new("a/.ci")) && is_ours(Path::new("a/src")));
        assert!(!is_ours(Path::new("a/.git")) && !is_ours(Path::new("a/target")));
    }

    #[test]
    fn a_script_without_an_ending_is_text_and_a_picture_is_not() {
        assert!(has_text_ending(Path::new(".ci/run")));
        assert!(has_text_ending(Path::new("a.RS")));
        assert!(!has_text_ending(Path::new("a.png")));
    }
}
