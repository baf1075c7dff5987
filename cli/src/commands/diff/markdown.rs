//! A comparison for the description of a pull request, or a comment on it.
//!
//! Names may hold anything; they stand in code, where nothing links, mentions or formats.

use guichet_policy::AccessChange;

use super::Comparison;
use crate::demand;
use crate::output::{Lines, count, visible};
use crate::people::some;

/// Returns the comparison as GitHub's and GitLab's Markdown.
pub(super) fn text(comparison: &Comparison) -> String {
    let mut text = Lines::default();
    text.line("### Users and groups\n");
    if let Some(sentence) = comparison.equality() {
        text.line(format_args!("{}.", capitalised(sentence)));
        return text.finish();
    }
    add_people(&mut text, &comparison.access);
    if let Some(sentence) = comparison.control {
        text.line(format_args!("\n**{}.**", capitalised(sentence)));
    }
    add_seats(&mut text, comparison);
    let changes = count(comparison.difference.len(), "change");
    let deltas = comparison.difference.deltas();
    let sentences: Vec<String> = deltas
        .map(|delta| visible(&delta.to_string()).into_owned())
        .collect();
    let fence = "`".repeat(longest_run(&sentences.join("\n")).max(2) + 1);
    text.line(format_args!(
        "\n<details><summary>{changes}</summary>\n\n{fence}text"
    ));
    for sentence in sentences {
        text.line(sentence);
    }
    text.line(format_args!("{fence}\n\n</details>"));
    text.line(format_args!("\nDigest: `{}`", comparison.digest()));
    text.finish()
}

fn add_people(text: &mut Lines, changes: &[AccessChange]) {
    if changes.is_empty() {
        text.line("Nobody gains or loses access.");
        return;
    }
    text.line("| User | Gains | Loses |");
    text.line("|---|---|---|");
    for of_user in changes.chunk_by(|left, right| left.user == right.user) {
        let name = of_user.first().map(|change| code(change.user.as_str()));
        let accesses = |gained| {
            let accesses = some(of_user, gained);
            let accesses: Vec<String> = accesses.iter().map(|access| code(access)).collect();
            accesses.join(", ")
        };
        let (gains, loses) = (accesses(true), accesses(false));
        text.line(format_args!(
            "| {} | {gains} | {loses} |",
            name.unwrap_or_default()
        ));
    }
}

fn add_seats(text: &mut Lines, comparison: &Comparison) {
    if demand::moved(&comparison.demand).next().is_none() {
        return;
    }
    text.line("\n| Plug-in | Users who may use it | Seats short |");
    text.line("|---|---|---|");
    for plugin in demand::moved(&comparison.demand) {
        let short = demand::short(plugin, &comparison.recorded);
        let short = short.map(|(before, after)| format!("{before} → {after}"));
        text.line(format_args!(
            "| {} | {} → {} | {} |",
            code(plugin.plugin.as_str()),
            plugin.entitled_before,
            plugin.entitled_after,
            short.unwrap_or_default(),
        ));
    }
}

/// A name as code in a table: between more backticks than it has in a row, its bars escaped.
fn code(name: &str) -> String {
    let name = visible(name).replace('|', "\\|");
    let fence = "`".repeat(longest_run(&name) + 1);
    if fence.len() > 1 || name.starts_with(' ') || name.is_empty() {
        format!("{fence} {name} {fence}")
    } else {
        format!("{fence}{name}{fence}")
    }
}

/// The length of the longest row of backticks.
fn longest_run(text: &str) -> usize {
    let runs = text.split(|character| character != '`').map(str::len);
    runs.max().unwrap_or(0)
}

fn capitalised(sentence: &str) -> String {
    let mut characters = sentence.chars();
    let first = characters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(characters).collect()
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn nothing_in_a_name_leaves_its_cell() {
        assert_eq!(code("Devs"), "`Devs`");
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(code("a`b``c"), "``` a`b``c ```");
        assert_eq!(code("a\nb"), "`a\\u{a}b`");
    }
}
