//! The table of a run, in Markdown: operations and implementations down, workloads across.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::figures;
use super::results::{Cell, Memory, PeerResults, Results, Workload};
use super::{ENGINE, OPERATIONS};

/// Marks a time for which not all questions were asked.
const PARTLY: char = '°';

/// A mean above this many medians is written beside the median.
const FAR: f64 = 1.5;

/// A way to look at memory, with its heading.
type View = (&'static str, fn(&Memory) -> Option<u64>);

const MEMORY: &[View] = &[
    ("heap, by number", |memory| memory.warm_bytes),
    ("heap, with names", |memory| memory.named_bytes),
    ("heap while building", |memory| memory.build_peak_bytes),
    ("peak of the process", |memory| {
        memory.peak_kib.map(|kib| kib * 1_024)
    }),
];

/// Returns the table with what one needs to read it.
pub(super) fn markdown(results: &Results) -> String {
    let mut text = heading(results);
    text.push('\n');
    let names: Vec<&str> = results.workloads.iter().map(|w| w.name.as_str()).collect();
    let _ = writeln!(text, "| | | {} |", names.join(" | "));
    let _ = writeln!(text, "|---|---|{}", "---:|".repeat(names.len()));
    for (word, _) in OPERATIONS {
        let title = |workload: &Workload, peer: &str| time_cell(workload, peer, word);
        text.push_str(&rows(results, word, title));
        if *word == "is-member" {
            text.push_str(&rows(results, "is-member, first pass", first_pass_cell));
        }
    }
    for (title, view) in MEMORY {
        let cell = |workload: &Workload, peer: &str| memory_cell(workload, peer, *view);
        text.push_str(&rows(results, title, cell));
    }
    text.push_str(&notes(results));
    text.push_str(&growth(results));
    text
}

/// The lines of one operation: the engine's figures, then how many times as much others need.
fn rows(
    results: &Results,
    title: &str,
    cell: impl Fn(&Workload, &str) -> Option<String>,
) -> String {
    let mut text = String::new();
    for name in results.peer_names() {
        let cells: Vec<Option<String>> = results
            .workloads
            .iter()
            .map(|workload| cell(workload, name))
            .collect();
        if cells.iter().all(Option::is_none) {
            continue;
        }
        let cells: Vec<String> = cells
            .into_iter()
            .map(|cell| cell.unwrap_or_else(|| "–".to_owned()))
            .collect();
        let (title, name) = match name {
            ENGINE => (format!("**{title}**"), format!("**{name}**")),
            _ => (String::new(), name.to_owned()),
        };
        let _ = writeln!(text, "| {title} | {name} | {} |", cells.join(" | "));
    }
    text
}

/// A time; for a peer, how many times the engine's it is, too.
fn time_cell(workload: &Workload, peer: &str, operation: &str) -> Option<String> {
    let Cell::Timed {
        median_ns,
        mean_ns,
        asked,
        questions,
        wrong,
        ..
    } = workload.peer(peer)?.operations.get(operation)?
    else {
        return None;
    };
    let mut time = figures::time(*median_ns);
    if asked < questions {
        time.push(PARTLY);
    }
    if operation.starts_with("edit") && *mean_ns > FAR * median_ns {
        let _ = write!(time, "; mean {}", figures::time(*mean_ns));
    }
    if *wrong > 0 {
        let _ = write!(time, "; **{wrong} wrong**");
    }
    Some(beside_ratio(peer, workload.ratio(peer, operation), time))
}

/// The first pass over all memberships alone, when nothing was warm and nothing computed on demand.
fn first_pass_cell(workload: &Workload, peer: &str) -> Option<String> {
    let first = |name: &str| match workload.peer(name)?.operations.get("is-member")? {
        Cell::Timed { first_ns, .. } => Some(*first_ns),
        Cell::Skipped { .. } => None,
    };
    let theirs = first(peer)?;
    let ratio = first(ENGINE).and_then(|ours| figures::ratio(theirs, ours));
    Some(beside_ratio(peer, ratio, figures::time(theirs)))
}

fn memory_cell(
    workload: &Workload,
    peer: &str,
    view: fn(&Memory) -> Option<u64>,
) -> Option<String> {
    let of = |name: &str| workload.peer(name).and_then(|found| view(&found.memory));
    let theirs = of(peer)?;
    #[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
    let ratio = of(ENGINE).and_then(|ours| figures::ratio(theirs as f64, ours as f64));
    Some(beside_ratio(peer, ratio, figures::bytes(theirs)))
}

fn beside_ratio(peer: &str, ratio: Option<f64>, figure: String) -> String {
    match ratio {
        Some(ratio) if peer != ENGINE => format!("{}× ({figure})", figures::two_digits(ratio)),
        _ => figure,
    }
}

fn heading(results: &Results) -> String {
    let revision = &results.revision;
    let host = &results.host;
    let short = revision.commit.get(..10).unwrap_or(&revision.commit);
    let edited = if revision.edited {
        ", edited since"
    } else {
        ""
    };
    let versions: Vec<String> = results
        .versions
        .iter()
        .filter(|(name, _)| {
            name.as_str() != ENGINE && results.peer_names().contains(&name.as_str())
        })
        .map(|(name, version)| format!("{name} {version}"))
        .collect();
    format!(
        "Revision `{short}` of {}{edited}; {}, {} threads, {} MiB; {}; {}.\n\
         Medians of {} round(s); a peer's line says how many times the engine's figure its own is. \
         `{PARTLY}`: the time was enough for a part of the questions.\n",
        revision.committed,
        host.processor,
        host.threads,
        host.memory_mib,
        host.rust,
        versions.join(", "),
        results.rounds,
    )
}

/// The workloads and the operations that a reason is about.
type Places<'a> = (BTreeSet<&'a str>, BTreeSet<&'a str>);

/// Who left out what, and why: a line for each reason.
fn notes(results: &Results) -> String {
    let mut reasons: BTreeMap<(&str, &str), Places> = BTreeMap::new();
    for workload in &results.workloads {
        for peer in &workload.peers {
            for (word, reason) in left_out(peer) {
                let entry = reasons.entry((&peer.name, reason)).or_default();
                entry.0.insert(&workload.name);
                entry.1.insert(word);
            }
        }
    }
    let mut text = String::new();
    for ((peer, reason), (workloads, words)) in reasons {
        let what: Vec<&str> = match words.len() {
            all if all >= OPERATIONS.len() => vec!["everything"],
            _ => words.into_iter().collect(),
        };
        let places: Vec<&str> = workloads.into_iter().collect();
        let places = if places.len() == results.workloads.len() {
            String::new()
        } else {
            format!(" on {}", places.join(", "))
        };
        let _ = writeln!(
            text,
            "- {peer}{places} leaves out {}: {reason}",
            what.join(", ")
        );
    }
    if text.is_empty() {
        text
    } else {
        format!("\n{text}")
    }
}

fn left_out(peer: &PeerResults) -> Vec<(&str, &str)> {
    if let Some(reason) = &peer.failed {
        return OPERATIONS
            .iter()
            .map(|(word, _)| (*word, reason.as_str()))
            .collect();
    }
    let cells = peer.operations.iter();
    cells
        .filter_map(|(word, cell)| match cell {
            Cell::Skipped { skipped } => Some((word.as_str(), skipped.as_str())),
            Cell::Timed { .. } => None,
        })
        .collect()
}

/// The exponents of growth from W1 to W2, when both were measured.
fn growth(results: &Results) -> String {
    let (Some(small), Some(large)) = (results.workload("W1"), results.workload("W2")) else {
        return String::new();
    };
    let exponents: Vec<String> = OPERATIONS
        .iter()
        .filter_map(|(word, _)| Some(format!("{word} {:.2}", results.exponent(ENGINE, word)?)))
        .collect();
    let grown = figures::as_float(large.size()) / figures::as_float(small.size());
    format!(
        "\nGrowth of the engine from W1 to W2 ({}× as many links), as the exponent of the cost: {}.\n",
        figures::two_digits(grown),
        exponents.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::markdown;
    use crate::measure::results::tests::sample;

    #[test]
    fn the_engine_comes_first_and_peers_show_their_ratio() {
        let text = markdown(&sample());
        let line = |start: &str| {
            text.lines()
                .find(|line| line.starts_with(start))
                .unwrap_or_else(|| panic!("no line `{start}` in\n{text}"))
        };
        assert_eq!(
            line("| **is-member** |"),
            "| **is-member** | **guichet** | 10.0 ns | 20.0 ns |"
        );
        assert_eq!(
            line("|  | petgraph | 5"),
            "|  | petgraph | 5.0× (50.0 ns; **3 wrong**) | 100× (2.00 µs°) |"
        );
        assert_eq!(
            line("|  | petgraph | 0.50"),
            "|  | petgraph | 0.50× (1.00 KiB) | 0.50× (1.00 KiB) |"
        );
    }

    #[test]
    fn what_was_left_out_is_said_once_with_its_reason() {
        let text = markdown(&sample());
        assert!(text.contains("\n- cedar on W2 leaves out everything: it ended with signal: 6\n"));
        assert!(text.contains("\n- petgraph leaves out is-member-by-name: it knows no names\n"));
    }

    #[test]
    fn growth_and_the_revision_are_told() {
        let text = markdown(&sample());
        assert!(text.contains("(100× as many links)"), "{text}");
        assert!(text.contains("is-member 0.15"), "{text}");
        assert!(text.starts_with("Revision `0123456789` of 2026-01-02"));
        assert!(text.contains("petgraph 0.8.3") && !text.contains("guichet 0.1.0"));
    }
}
