//! A file of tests that no `mod` line names is never compiled, and nobody notices.

use super::finding::Finding;
use super::segments::code_only;
use crate::tree::Tree;

/// Checks that every file below a `tests/it/` folder is declared by the file above it.
pub(super) fn check(tree: &Tree) -> Vec<(String, Finding)> {
    tree.files()
        .iter()
        .filter_map(|file| {
            let (module, parents) = module_and_parents(&file.path)?;
            let declared = parents
                .iter()
                .filter_map(|parent| tree.text(parent))
                .any(|text| declares(text, module));
            (!declared).then(|| {
                let finding = Finding::failure(
                    1,
                    format!(
                        "no `mod {module};` in {}, so this file never runs",
                        parents.join(" or ")
                    ),
                );
                (file.path.clone(), finding)
            })
        })
        .collect()
}

/// Returns the module that a file of tests is, and the files that could declare it.
///
/// `None` for `main.rs` itself and for everything outside a `tests/it/` folder.
fn module_and_parents(path: &str) -> Option<(&str, Vec<String>)> {
    let (krate, inside) = path.split_once("tests/it/")?;
    let stem = inside.strip_suffix(".rs")?;
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    let top = format!("{krate}tests/it/");
    match stem.rsplit_once('/') {
        None if stem == "main" => None,
        None => Some((stem, vec![format!("{top}main.rs")])),
        Some((folder, module)) => Some((
            module,
            vec![format!("{top}{folder}/mod.rs"), format!("{top}{folder}.rs")],
        )),
    }
}

fn declares(text: &str, module: &str) -> bool {
    let line = format!("mod {module};");
    code_only(text).lines().any(|code| {
        code.trim()
            .strip_suffix(&line)
            .is_some_and(|before| before.is_empty() || before.ends_with(' '))
    })
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tree::Tree;

    fn forgotten(files: &[(&str, &str)]) -> Vec<String> {
        let found = check(&Tree::of(files));
        found.into_iter().map(|(path, _)| path).collect()
    }

    #[test]
    fn a_file_that_main_does_not_declare_is_found() {
        assert_eq!(
            forgotten(&[
                (
                    "core/tests/it/main.rs",
                    "mod names;\n// mod changes;\nmod some_changes;"
                ),
                ("core/tests/it/names.rs", ""),
                ("core/tests/it/changes.rs", ""),
            ]),
            ["core/tests/it/changes.rs",]
        );
    }

    #[test]
    fn a_nested_file_is_declared_by_the_file_above_it() {
        let main = ("core/tests/it/main.rs", "mod laws;");
        let laws = ("core/tests/it/laws/mod.rs", "pub(crate) mod names;");
        let names = ("core/tests/it/laws/names.rs", "");
        assert_eq!(forgotten(&[main, laws, names]), Vec::<String>::new());
        assert_eq!(
            forgotten(&[main, ("core/tests/it/laws.rs", ""), names]),
            ["core/tests/it/laws/names.rs"]
        );
    }

    #[test]
    fn files_outside_the_folder_are_not_its_business() {
        assert_eq!(
            forgotten(&[("core/src/name.rs", ""), ("core/tests/it/a.json", "")]),
            Vec::<String>::new()
        );
    }
}
