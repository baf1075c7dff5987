//! The line of JSON that a measured program prints.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::results::Cell;

/// What one program on one workload printed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Line {
    pub(crate) users: u32,
    pub(crate) groups: u32,
    pub(crate) user_links: usize,
    pub(crate) group_links: usize,
    pub(crate) operations: BTreeMap<String, Entry>,
    pub(crate) peak_kib: Option<u64>,
}

/// One operation of a line.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Entry {
    /// It was measured.
    Timed {
        median_ns: f64,
        mean_ns: f64,
        first_ns: f64,
        asked: usize,
        questions: usize,
        wrong: usize,
    },
    /// It was not, for this reason.
    Skipped { skipped: String },
}

/// What a weighing program printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) struct Weight {
    pub(crate) bytes: Bytes,
}

/// Live heap, or its peak, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) struct Bytes {
    pub(crate) source: u64,
    pub(crate) built: u64,
    pub(crate) warm: u64,
    pub(crate) named: Option<u64>,
    pub(crate) build_peak: u64,
}

impl Entry {
    /// Turns the entries of all rounds into one cell: medians of times, sums of wrong answers, the
    /// fewest questions asked. A round that was skipped decides.
    pub(crate) fn merged(rounds: &[&Self]) -> Option<Cell> {
        let mut medians = Vec::new();
        let mut means = Vec::new();
        let mut firsts = Vec::new();
        let mut fewest = None;
        let mut all_wrong = 0;
        for entry in rounds {
            match entry {
                Self::Skipped { skipped } => {
                    return Some(Cell::Skipped {
                        skipped: skipped.clone(),
                    });
                }
                Self::Timed {
                    median_ns,
                    mean_ns,
                    first_ns,
                    asked,
                    questions,
                    wrong,
                } => {
                    medians.push(*median_ns);
                    means.push(*mean_ns);
                    firsts.push(*first_ns);
                    fewest = fewest
                        .min(Some((*asked, *questions)))
                        .or(Some((*asked, *questions)));
                    all_wrong += wrong;
                }
            }
        }
        let (asked, questions) = fewest?;
        Some(Cell::Timed {
            median_ns: super::figures::median(&medians)?,
            mean_ns: super::figures::median(&means)?,
            first_ns: super::figures::median(&firsts)?,
            rounds_ns: medians,
            asked,
            questions,
            wrong: all_wrong,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, Line};
    use crate::measure::results::Cell;

    const LINE: &str = r#"{"peer": "x", "users": 2, "groups": 3, "user_links": 4,
        "group_links": 5, "peak_kib": 6, "operations": {
            "is-member": {"median_ns": 10.5, "mean_ns": 11.0, "first_ns": 90.0,
                          "asked": 7, "questions": 8, "passes": 9, "wrong": 1},
            "build": {"skipped": "too large"}}}"#;

    fn timed(median: f64, asked: usize) -> Entry {
        Entry::Timed {
            median_ns: median,
            mean_ns: median,
            first_ns: median,
            asked,
            questions: 9,
            wrong: 1,
        }
    }

    #[test]
    fn a_line_has_timed_and_skipped_operations() {
        let line: Line = serde_json::from_str(LINE).unwrap();
        assert_eq!(line.group_links, 5);
        let Entry::Timed { median_ns, .. } = line.operations["is-member"] else {
            panic!("not timed");
        };
        assert!((median_ns - 10.5).abs() < 1e-9);
        assert!(
            matches!(&line.operations["build"], Entry::Skipped { skipped } if skipped == "too large")
        );
    }

    #[test]
    fn rounds_are_merged_by_their_median_and_no_wrong_answer_is_lost() {
        let (a, b, c) = (timed(10.0, 9), timed(30.0, 4), timed(20.0, 9));
        let merged = Entry::merged(&[&a, &b, &c]).unwrap();
        let Cell::Timed {
            median_ns,
            asked,
            questions,
            wrong,
            ..
        } = merged
        else {
            panic!("not timed");
        };
        assert!((median_ns - 20.0).abs() < 1e-9);
        assert_eq!((asked, questions, wrong), (4, 9, 3));
        assert_eq!(Entry::merged(&[]), None);
    }
}
