//! The files of the repository that tests compare with what the program does.

use std::path::{Path, PathBuf};

/// Returns the top folder of the repository.
pub(crate) fn repository() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap().to_owned()
}

/// Returns a text of the repository.
pub(crate) fn text(path: &str) -> String {
    let path = repository().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the blocks of code of one language in a page.
pub(crate) fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let start = format!("```{language}\n");
    let blocks = text.split(start.as_str()).skip(1);
    blocks
        .map(|rest| rest.split("```").next().unwrap())
        .collect()
}

/// Compares a generated file with the committed one; with `GUICHET_UPDATE=1` in the environment it
/// writes the file instead.
pub(crate) fn assert_up_to_date(path: &str, generated: &str) {
    if std::env::var_os("GUICHET_UPDATE").is_some() {
        let path = repository().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, generated).unwrap();
        return;
    }
    let committed = std::fs::read_to_string(repository().join(path)).unwrap_or_default();
    let differs = committed
        .lines()
        .zip(generated.lines())
        .position(|(old, new)| old != new);
    assert!(
        committed == generated,
        "{path} is out of date, from line {}; write it with: \
         cargo xtask generate",
        differs.map_or_else(
            || committed.lines().count().min(generated.lines().count()) + 1,
            |line| line + 1
        )
    );
}
