//! `cargo xtask tidy`: house rules that neither rustfmt, clippy, typos nor lychee knows.

use anyhow::{Result, bail};
use regex::Regex;

use crate::tree::{File, Tree};

/// A pattern that must not be in a file.
struct Pattern {
    /// The files it is looked for in.
    applies: fn(&File) -> bool,
    /// What must not be there; written so that it does not find itself.
    text: &'static str,
    /// What to do instead.
    advice: &'static str,
}

/// The start of an error message, up to its text.
macro_rules! message {
    ($rest:literal) => {
        concat!(r#"#\[error\(\s*""#, $rest)
    };
}

const PATTERNS: &[Pattern] = &[
    Pattern {
        applies: File::is_rust,
        text: message!("[A-Z][a-z]"),
        advice: "an error message starts in lower case, so that causes can be chained with colons",
    },
    Pattern {
        applies: File::is_rust,
        text: message!(r#"(?:[^"\\]|\\.)*[^."]\."[,)]"#),
        advice: "an error message ends without a period; advice goes into `help()`",
    },
    Pattern {
        applies: File::is_rust,
        text: message!(r#"(?:[^"\\]|\\[^n])*(?:\\n|[^"\\\n]\n)"#),
        advice: "an error message is one line",
    },
    Pattern {
        applies: File::is_rust,
        text: r"[;{}]\s*\n\s*matches!\((?:[^;{}]|\{[^}]*\})*\);\n",
        advice: "`matches!` as a statement asserts nothing; wrap it in `assert!`",
    },
    Pattern {
        applies: File::is_rust,
        text: r"(?m)^\s*#\[(?:ignore|should_panic)\b",
        advice: "a test that never runs, or takes any panic, proves nothing",
    },
    Pattern {
        applies: File::is_rust,
        text: r"//.*\b(?:TO[D]O|FIX[M]E|X[X]X)\b",
        advice: "finish the work, or file an issue",
    },
    Pattern {
        applies: |file| file.path.starts_with("cli/src/"),
        text: r"\bguichet_(?:core|storage|policy|licensing)\b",
        advice: "the command line stands on `guichet` alone, which re-exports the crates below",
    },
    Pattern {
        applies: |_| true,
        text: r"(?:^|[^\w.}>-])/(?:ho[m]e|ro[o]t)/",
        advice: "a path of one machine means nothing on the next; use a relative one or a variable",
    },
    Pattern {
        applies: |file| !file.path.contains("/tests/") && file.path != "docs/testing.md",
        text: r"/sh[a]red\b[^-_]",
        advice: "only tests and their page may look beside the project",
    },
];

/// A rule over one file: what is wrong with it.
type FileRule = fn(&File) -> Option<&'static str>;

const FILE_RULES: &[FileRule] = &[
    starts_with_its_purpose,
    is_short,
    change_log_has_entries,
    depends_on_guichet_alone,
];

/// More lines have more than one responsibility.
const LONGEST: usize = 450;

/// Checks every file of the project.
///
/// # Errors
///
/// A rule is broken, or git failed.
pub(crate) fn run() -> Result<()> {
    let tree = Tree::read()?;
    let mut findings = Vec::new();
    for file in tree.files() {
        findings.extend(findings_of(file)?);
    }
    findings.extend(pages_left_out(&tree));
    findings.extend(mutants_of_no_file(&tree)?);
    for finding in &findings {
        println!("{finding}");
    }
    if !findings.is_empty() {
        bail!("{} finding(s)", findings.len());
    }
    println!("tidy: {} files", tree.files().len());
    Ok(())
}

fn findings_of(file: &File) -> Result<Vec<String>> {
    let mut findings = Vec::new();
    for rule in PATTERNS.iter().filter(|rule| (rule.applies)(file)) {
        for found in Regex::new(rule.text)?.find_iter(&file.text) {
            let before = file.text.get(..found.end()).unwrap_or_default();
            let line = before.lines().count();
            findings.push(format!("{}:{line}: {}", file.path, rule.advice));
        }
    }
    let faults = FILE_RULES.iter().filter_map(|rule| rule(file));
    findings.extend(faults.map(|fault| format!("{}:1: {fault}", file.path)));
    Ok(findings)
}

fn starts_with_its_purpose(file: &File) -> Option<&'static str> {
    let words = file
        .text
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("//! "));
    (file.is_rust() && words.is_none_or(str::is_empty))
        .then_some("the first line is `//!` and says what the file is for")
}

fn is_short(file: &File) -> Option<&'static str> {
    let of_tests = file
        .path
        .split('/')
        .any(|part| matches!(part, "tests" | "benches"));
    (file.is_rust() && !of_tests && file.text.lines().count() > LONGEST)
        .then_some("more than 450 lines; split the file by responsibility")
}

fn change_log_has_entries(file: &File) -> Option<&'static str> {
    let unreleased = file
        .text
        .split("\n## ")
        .find_map(|part| part.strip_prefix("[Unreleased]\n"));
    let has_entry = unreleased.is_some_and(|part| part.contains("\n- "));
    (file.path == "CHANGELOG.md" && !has_entry)
        .then_some("nothing under `## [Unreleased]`; say what a user gets")
}

fn depends_on_guichet_alone(file: &File) -> Option<&'static str> {
    let of_product = file.text.split("[dev-dependencies]").next();
    let below = of_product.is_some_and(|part| part.contains("\nguichet-"));
    (file.path == "cli/Cargo.toml" && below)
        .then_some("the command line depends on `guichet` alone, tests aside")
}

const MUTANTS: &str = ".cargo/mutants.toml";

/// A mutant that may survive is named by its file, which may move.
fn mutants_of_no_file(tree: &Tree) -> Result<Vec<String>> {
    let files: Vec<&str> = tree.files().iter().map(|file| file.path.as_str()).collect();
    let named = Regex::new(r"\b[a-z]+/src/[\w/]+\\?\.rs\b")?;
    let mut findings = Vec::new();
    for (number, line) in tree.text(MUTANTS).lines().enumerate() {
        for found in named.find_iter(line) {
            let path = found.as_str().replace('\\', "");
            if !files.contains(&path.as_str()) {
                findings.push(format!("{MUTANTS}:{}: there is no {path}", number + 1));
            }
        }
    }
    Ok(findings)
}

/// A page that the table of contents leaves out is found by nobody.
fn pages_left_out(tree: &Tree) -> Vec<String> {
    let contents = tree.text("docs/SUMMARY.md");
    let pages = tree.files().iter().filter(|file| file.is_page());
    pages
        .filter_map(|file| file.path.strip_prefix("docs/"))
        .filter(|page| *page != "SUMMARY.md" && !contents.contains(&format!("({page})")))
        .map(|page| format!("docs/{page}:1: the page is not in docs/SUMMARY.md"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{MUTANTS, findings_of, mutants_of_no_file, pages_left_out};
    use crate::tree::Tree;

    fn count(path: &str, text: &str) -> usize {
        findings_of(&Tree::of(&[(path, text)]).files()[0])
            .unwrap()
            .len()
    }

    #[test]
    fn each_broken_rule_is_found_once() {
        for text in [
            "#[error(\"No user `{0}`\")]",
            "#[error(\"no user `{0}`.\")]",
            "#[error(\n    \"no user `{0}`.\",\n    name\n)]",
            "#[error(\"no user\\nof this name\")]",
            "#[error(\n    \"no user\nof this name\"\n)]",
            "fn a() {\n    matches!(r, Err(2));\n}",
            concat!("#[igno", "re = \"slow\"]"),
            concat!("#[should", "_panic]"),
            concat!("// TO", "DO: later"),
            concat!("let a = \"/ho", "me/ann\";"),
            concat!("let a = \"../sha", "red/x\";"),
        ] {
            assert_eq!(
                count("core/src/a.rs", &format!("//! A.\n{text}\n")),
                1,
                "{text}"
            );
        }
        assert_eq!(count("core/src/a.rs", "fn a() {}\n"), 1, "no purpose");
        assert_eq!(
            count("core/src/a.rs", &"//! A.\n".repeat(451)),
            1,
            "too long"
        );
        assert_eq!(
            count(
                "CHANGELOG.md",
                "# C\n\n## [Unreleased]\n\n## [0.1]\n\n- a\n"
            ),
            1
        );
    }

    #[test]
    fn what_keeps_the_rules_passes() {
        for text in [
            "#[error(\"`{0}` is not a user\")]",
            "#[error(\"JSON ends early at line {line}\")]",
            "#[error(\"no user, no group, ...\")]",
            "#[error(\"no user \\\n        of this name\")]",
            "#[error(transparent)]",
            "assert!(matches!(r, Err(2)));",
            "let m = matches!(r, Err(2));",
            "fn a() {\n    let m =\n        matches!(r, Err(2));\n}",
            "let a = \"docs/home/a https://example.org/root/\";",
        ] {
            assert_eq!(
                count("core/src/a.rs", &format!("//! A.\n{text}\n")),
                0,
                "{text}"
            );
        }
        assert_eq!(count("core/tests/it/a.rs", &"//! A.\n".repeat(451)), 0);
        assert_eq!(
            count(
                "CHANGELOG.md",
                "# C\n\n## [Unreleased]\n\n### Added\n\n- a\n"
            ),
            0
        );
    }

    #[test]
    fn a_page_that_no_reader_would_find_is_found() {
        let tree = |contents| Tree::of(&[("docs/SUMMARY.md", contents), ("docs/a/b.md", "")]);
        assert_eq!(pages_left_out(&tree("- [B](a/b.md)\n")).len(), 0);
        assert_eq!(pages_left_out(&tree("- [C](c.md)\n")).len(), 1);
    }

    #[test]
    fn a_mutant_of_a_file_that_moved_is_found() {
        let tree = |line| Tree::of(&[(MUTANTS, line), ("core/src/a/b.rs", "")]);
        let count = |line| mutants_of_no_file(&tree(line)).unwrap().len();
        assert_eq!(count(r"'^core/src/a/b\.rs:\d+: replace'"), 0);
        assert_eq!(count(r"'^core/src/b\.rs:\d+: replace', 'core/src/c.rs'"), 2);
    }

    #[test]
    fn the_command_line_may_use_the_crates_below_in_tests_alone() {
        let text = "[dependencies]\nguichet = {}\n[dev-dependencies]\nguichet-core = {}\n";
        assert_eq!(count("cli/Cargo.toml", text), 0);
        let text = text.replace("guichet =", "guichet-core =");
        assert_eq!(count("cli/Cargo.toml", &text), 1);
        assert_eq!(count("project/Cargo.toml", &text), 0);
    }
}
