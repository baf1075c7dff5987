//! The table of `docs/statements.md` names the one test that shows a numbered statement.

use std::collections::BTreeMap;
use std::path::Path;

use crate::repository::{assert_up_to_date, repository, text};

const TABLE: &str = "docs/statements.md";
const CRATES: [&str; 5] = ["core", "storage", "policy", "licensing", "cli"];
const STATEMENTS: usize = 82;

/// The test that shows each statement: the number, then what the last column says.
fn tests() -> BTreeMap<usize, String> {
    let mut tests = BTreeMap::new();
    for folder in CRATES {
        for path in rust_files(&repository().join(folder)) {
            let source = std::fs::read_to_string(&path).unwrap();
            let relative = path.strip_prefix(repository()).unwrap();
            let relative = relative.to_str().unwrap().replace('\\', "/");
            for line in source.lines() {
                let Some(rest) = line.trim_start().strip_prefix("fn statement_") else {
                    continue;
                };
                let name = rest.split('(').next().unwrap();
                let (number, says) = name.split_once('_').unwrap();
                let number = number
                    .parse()
                    .unwrap_or_else(|_| panic!("{name}: no number"));
                let says = says.replace('_', " ");
                let shown_by = format!("[{folder}](../{relative}): {says}");
                let other = tests.insert(number, shown_by);
                assert_eq!(other, None, "{name}: the number is that of another test");
            }
        }
    }
    tests
}

fn rust_files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("target") {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

#[test]
fn the_table_names_the_test_of_each_statement_and_no_other() {
    let tests = tests();
    let table = text(TABLE);
    let mut number = 0;
    let mut lines = Vec::new();
    for line in table.lines() {
        let cells: Vec<&str> = line.split(" | ").collect();
        let first = cells[0].trim_start_matches("| ");
        let Ok(found) = first.parse::<usize>() else {
            lines.push(line.to_owned());
            continue;
        };
        number += 1;
        assert_eq!(found, number, "one row for each statement, in order");
        let [_, statement, shown] = cells.as_slice() else {
            panic!("three columns: {line}");
        };
        if let Some(shown_by) = tests.get(&number) {
            lines.push(format!("| {number} | {statement} | {shown_by} |"));
            continue;
        }
        let says_why = ["waiting: ", "not applicable: "]
            .iter()
            .any(|start| shown.starts_with(start) && shown.len() > start.len() + 2);
        assert!(
            says_why,
            "statement {number} has no test, and no reason why"
        );
        lines.push(line.to_owned());
    }
    assert_eq!(number, STATEMENTS, "one row for each statement");
    assert!(tests.keys().all(|number| (1..=STATEMENTS).contains(number)));
    assert_up_to_date(TABLE, &(lines.join("\n") + "\n"));
}
