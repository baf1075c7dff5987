//! Writes the page.

use std::collections::BTreeMap;

use super::join::Entry;

const INTRODUCTION: &str = "\
# Errors

Every error has a code that stays, for programs; a message, for people; and advice where there is some.
`guichet` writes them on standard error and ends with status 2; with `--format json` as one object ([JSON](cli.md#json)).
In a program they come from the trait `Diagnostic` of [guichet-core](../core/README.md): every error type of every crate has it.
`…` stands for what is filled in.

This page is written by `cargo xtask generate` from the sources, and the gate checks that it is up to date.
What `guichet lint` finds in a directory that can be read has codes of its own.
";

/// Returns what the reference of the command line says about codes, from its table of them.
pub(super) fn meanings(reference: &str) -> BTreeMap<String, String> {
    let section = reference.split("\n## Error codes\n").nth(1);
    let section = section.or_else(|| reference.strip_prefix("## Error codes\n"));
    let table = section.and_then(|rest| rest.split("\n## ").next());
    let rows = table.unwrap_or_default().lines();
    rows.filter_map(|row| {
        let (code, when) = row.strip_prefix("| `")?.split_once("` | ")?;
        let when = when.strip_suffix(" |")?;
        Some((code.to_owned(), when.to_owned()))
    })
    .collect()
}

/// Returns the whole page.
pub(super) fn write(entries: &[Entry], meanings: &BTreeMap<String, String>) -> String {
    let (errors, findings): (Vec<&Entry>, Vec<&Entry>) = entries
        .iter()
        .partition(|entry| entry.severities.is_empty());
    let mut page = INTRODUCTION.to_owned();
    if !findings.is_empty() {
        page.push_str(
            "\n## Problems of a file that loads\n\n\
             They end nothing: `show` counts them and `lint` lists them, each with its place.\n",
        );
        sections(&mut page, &findings, &BTreeMap::new());
    }
    page.push_str("\n## Errors\n");
    sections(&mut page, &errors, meanings);
    page
}

/// Adds a section for each code; the entries are sorted by it.
fn sections(page: &mut String, entries: &[&Entry], meanings: &BTreeMap<String, String>) {
    for same in entries.chunk_by(|a, b| a.code == b.code) {
        let Some(first) = same.first() else { continue };
        page.push_str(&["\n### ", &first.code, "\n"].concat());
        let documented = same.iter().map(|entry| entry.docs.as_str());
        let mut meaning: Vec<String> = match meanings.get(&first.code) {
            Some(when) => vec![sentence(when)],
            None => documented.filter(|d| !d.is_empty()).map(sentence).collect(),
        };
        meaning.dedup();
        if !meaning.is_empty() {
            page.push_str(&["\n", &meaning.join("\n"), "\n"].concat());
        }
        let severity = !first.severities.is_empty();
        page.push_str(if severity {
            "\n| message | severity | advice | from |\n|---|---|---|---|\n"
        } else {
            "\n| message | advice | from |\n|---|---|---|\n"
        });
        for entry in same {
            page.push_str(&row(entry, severity));
        }
    }
}

fn row(entry: &Entry, severity: bool) -> String {
    let message = entry.message.as_deref().map(filled_in).unwrap_or_default();
    let advice: Vec<String> = entry.advice.iter().map(|text| filled_in(text)).collect();
    let name = if entry.name.is_empty() {
        let krate = entry.path.split('/').next().unwrap_or_default();
        krate.to_owned()
    } else {
        format!("`{}`", entry.name)
    };
    let mut cells = vec![message];
    if severity {
        cells.push(entry.severities.join(", ").to_lowercase());
    }
    cells.push(advice.join("\n"));
    cells.push(format!("[{name}](../{})", entry.path));
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    format!("|{}|\n", cells.join("|"))
}

/// Pads a cell, and keeps its text from ending it.
fn cell(text: &str) -> String {
    if text.is_empty() {
        " ".to_owned()
    } else {
        format!(
            " {} ",
            text.replace('|', "\\|")
                .replace('<', "&lt;")
                .replace('\n', "<br>")
        )
    }
}

/// Replaces `{name}` by `…`, and `{{` by a brace.
fn filled_in(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '{' | '}' if rest.peek() == Some(&c) => {
                rest.next();
                shown.push(c);
            }
            '{' => {
                rest.by_ref().take_while(|&c| c != '}').for_each(drop);
                shown.push('…');
            }
            c => shown.push(c),
        }
    }
    shown
}

/// Makes a sentence of a piece of documentation: capital, full stop, no links of rustdoc.
fn sentence(text: &str) -> String {
    let plain = text.replace("[`", "`").replace("`]", "`");
    let mut rest = plain.chars();
    let first: String = rest
        .next()
        .map(|c| c.to_uppercase().collect())
        .unwrap_or_default();
    let stop = if plain.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{first}{}{stop}", rest.as_str())
}

#[cfg(test)]
mod tests {
    use super::{filled_in, meanings, sentence};

    #[test]
    fn what_is_filled_in_is_shown_as_such() {
        assert_eq!(
            filled_in("no user `{0}`, {} of {kind:?}"),
            "no user `…`, … of …"
        );
        assert_eq!(filled_in("write {{}} or }"), "write {} or }");
    }

    #[test]
    fn documentation_becomes_a_sentence() {
        assert_eq!(
            sentence("more than [`MAX`] brackets"),
            "More than `MAX` brackets."
        );
        assert_eq!(sentence("Done."), "Done.");
        assert_eq!(sentence(""), ".");
    }

    #[test]
    fn only_the_table_of_codes_is_read() {
        let text = "# A\n| `no` | other |\n\n## Error codes\n\n| code | when |\n|---|---|\n\
                    | `usage` | the words `a \\| b` are none |\n\n## B\n| `no` | other |\n";
        let all: Vec<_> = meanings(text).into_iter().collect();
        assert_eq!(
            all,
            [(
                "usage".to_owned(),
                "the words `a \\| b` are none".to_owned()
            )]
        );
        assert!(meanings("").is_empty());
    }
}
