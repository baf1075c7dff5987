//! What lies beside the program: manual pages, completions, licences.

use std::fs;
use std::path::Path;

use super::{PROGRAM, licences, run_program};
use crate::failure::{Failure, Outcome};
use crate::shell;

/// The shells and the names under which they look for completions.
const SHELLS: &[(&str, &str)] = &[
    ("bash", "guichet.bash"),
    ("elvish", "guichet.elv"),
    ("fish", "guichet.fish"),
    ("powershell", "_guichet.ps1"),
    ("zsh", "_guichet"),
];

/// The files of the project that go along.
const TEXTS: &[&str] = &["CHANGELOG.md", "LICENSE-APACHE", "LICENSE-MIT"];

/// Puts everything into `folder`, which is made anew.
///
/// # Errors
///
/// The program failed, or a file cannot be read or written.
pub(super) fn stage(program: &Path, folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| Failure::io(folder, &error))?;
    }
    let root = shell::workspace_root();
    for name in ["man", "completions"] {
        let folder = folder.join(name);
        fs::create_dir_all(&folder).map_err(|error| Failure::io(&folder, &error))?;
    }
    for name in TEXTS {
        copy(&root.join(name), &folder.join(name))?;
    }
    copy(&root.join("cli/README.md"), &folder.join("README.md"))?;
    copy(program, &folder.join(PROGRAM))?;
    write(&folder.join("THIRD-PARTY.txt"), &licences::text()?)?;
    for (shell, name) in SHELLS {
        let script = run_program(program, &["completions", shell])?;
        write(&folder.join("completions").join(name), &script)?;
    }
    let reference = root.join("docs/cli.md");
    let reference = fs::read_to_string(&reference).map_err(|e| Failure::io(&reference, &e))?;
    for words in commands(&reference) {
        let page = run_program(program, &[&["man"], &words[..]].concat())?;
        write(&folder.join("man").join(page_name(&words)), &page)?;
    }
    Ok(())
}

/// Returns the words of every command, the program itself first, from its reference, which a test
/// of the command line keeps complete.
fn commands(reference: &str) -> Vec<Vec<&str>> {
    let headings = reference
        .lines()
        .filter_map(|line| line.strip_prefix("### guichet "))
        .map(|words| words.split(' ').collect());
    std::iter::once(Vec::new()).chain(headings).collect()
}

/// Returns the name of a manual page: `guichet-users-show.1`.
fn page_name(words: &[&str]) -> String {
    let names: Vec<&str> = std::iter::once(PROGRAM)
        .chain(words.iter().copied())
        .collect();
    format!("{}.1", names.join("-"))
}

fn copy(from: &Path, to: &Path) -> Outcome {
    fs::copy(from, to).map_err(|error| Failure::io(from, &error))?;
    Ok(())
}

fn write(to: &Path, text: &str) -> Outcome {
    fs::write(to, text).map_err(|error| Failure::io(to, &error))
}

#[cfg(test)]
mod tests {
    use super::{TEXTS, commands, page_name};
    use crate::shell::workspace_root;

    #[test]
    fn every_command_has_a_page() {
        let reference = "# A\n\n### guichet where\n\n```text\n```\n\n### guichet users show\n";
        let pages: Vec<_> = commands(reference)
            .iter()
            .map(|words| page_name(words))
            .collect();
        assert_eq!(
            pages,
            ["guichet.1", "guichet-where.1", "guichet-users-show.1"]
        );
    }

    #[test]
    fn the_texts_that_go_along_exist() {
        for name in TEXTS {
            assert!(workspace_root().join(name).is_file(), "{name}");
        }
    }
}
