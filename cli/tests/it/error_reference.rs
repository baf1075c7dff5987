//! `docs/errors.md` is written from the tables of codes, and the tables hold what the sources say.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use guichet_core::{Code, Severity};

use crate::repository::{assert_up_to_date, repository};

/// The folders of the crates with their tables, in the order in which one rests on another.
pub(crate) const TABLES: &[(&str, &[Code])] = &[
    ("core", guichet_core::CODES),
    ("storage", guichet_storage::CODES),
    ("policy", guichet_policy::CODES),
    ("licensing", guichet_licensing::CODES),
    ("project", guichet::CODES),
    ("cli", guichet_cli::CODES),
];

const INTRODUCTION: &str = "\
# Errors

Look up what a code means and what you can do.

Every error has a code, which stays the same; a message; and advice where there is some.
`guichet` prints them on standard error and ends with status 2; with `--format json` as one object ([JSON](cli.md#json)).
In a program every error type has them, by the trait `Diagnostic` of [guichet-core](../core/README.md).

<!-- Written by `cargo xtask generate` from the table `CODES` of each crate, in `src/codes.rs`. -->
";

/// How serious a code can be, in words.
fn words(severities: &[Severity]) -> String {
    let words: Vec<&str> = severities.iter().map(|one| one.as_str()).collect();
    words.join(" or ")
}

/// The rows of all tables that are wanted, by code; of two with one code the lower crate's first.
fn rows(wanted: fn(&Code) -> bool) -> Vec<&'static Code> {
    let rows = TABLES.iter().flat_map(|(_, table)| *table);
    let mut rows: Vec<_> = rows.filter(|row| wanted(row)).collect();
    rows.sort_by_key(|row| row.code);
    rows
}

#[test]
fn the_reference_of_errors_is_up_to_date() {
    let mut page = INTRODUCTION.to_owned();
    page.push_str(
        "\n## Problems of a file that can be read\n\n\
         They do not end a command: `guichet show` counts them, `guichet lint` lists them with their places.\n\n\
         | code | level | what is wrong | what to do |\n|---|---|---|---|\n",
    );
    for row in rows(|row| !row.severities.is_empty()) {
        let (code, level) = (row.code, words(row.severities));
        writeln!(
            page,
            "| [`{code}`](lints.md#{code}) | {level} | {} | {} |",
            row.when, row.advice
        )
        .unwrap();
    }
    page.push_str("\n## Errors\n");
    let mut last = "";
    for row in rows(|row| row.severities.is_empty()) {
        if row.code != last {
            write!(page, "\n### {}\n", row.code).unwrap();
        }
        last = row.code;
        write!(page, "\n{}\n{}\n", row.when, row.advice).unwrap();
    }
    assert_up_to_date("docs/errors.md", &page);
}

/// The codes that the sources of a crate answer with: texts in `fn code`, and those of errors that the
/// command line makes on the spot.
fn said(krate: &str) -> BTreeMap<String, String> {
    let mut said = BTreeMap::new();
    let mut open = vec![repository().join(krate).join("src")];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                std::fs::read_dir(path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        let bodies = source.split("fn code(").skip(1).map(|rest| {
            let end = rest.find("\n    }").unwrap_or(rest.len());
            rest[..end]
                .lines()
                .filter(|line| !line.contains("cfg("))
                .collect::<String>()
        });
        let raised = source.split("CliError::new(").skip(1).map(|rest| {
            let end = rest.find([',', ')']).unwrap_or(rest.len());
            rest[..end].to_owned()
        });
        for body in bodies.chain(raised) {
            let texts = body.split('"').skip(1).step_by(2).map(str::to_owned);
            let is_code = |text: &String| {
                let of_code = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
                !text.is_empty() && text.chars().all(of_code)
            };
            said.extend(
                texts
                    .filter(is_code)
                    .map(|code| (code, path.display().to_string())),
            );
        }
    }
    said
}

#[test]
fn a_table_holds_the_codes_of_its_crate() {
    let mut below: Vec<&str> = Vec::new();
    for (krate, table) in TABLES {
        let said = said(krate);
        let own: Vec<&str> = table.iter().map(|row| row.code).collect();
        for (code, path) in &said {
            let known = own.contains(&code.as_str()) || below.contains(&code.as_str());
            assert!(known, "{path}: `{code}` is not in {krate}/src/codes.rs");
        }
        for code in &own {
            assert!(said.contains_key(*code), "{krate} does not say `{code}`");
        }
        below.extend(own);
    }
}

/// What lint lists on reading has the levels that storage gives it, and no others.
#[test]
fn the_rules_of_lint_have_the_levels_of_the_problems() {
    use guichet_policy::lint::Rule;
    for rule in Rule::ALL.iter().filter(|rule| rule.level().is_none()) {
        assert!(!guichet::usual_levels(*rule).is_empty(), "{rule}");
    }
}
