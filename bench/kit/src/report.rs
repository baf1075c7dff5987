//! What a program prints: one line of JSON.

use serde_json::{Map, Value, json};

use crate::input::Links;
use crate::operation::Operation;
use crate::timing::Timing;

/// What became of one operation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Outcome {
    /// It was timed.
    Timed(Timing),
    /// It was not, for this reason.
    Skipped(String),
}

/// The line of a program that took time.
pub(crate) struct Report<'a> {
    pub(crate) peer: &'static str,
    pub(crate) links: &'a Links,
    pub(crate) outcomes: Vec<(Operation, Outcome)>,
    pub(crate) peak_kib: Option<u64>,
}

impl Report<'_> {
    /// Returns the line.
    pub(crate) fn line(&self) -> String {
        let operations: Map<String, Value> = self
            .outcomes
            .iter()
            .map(|(operation, outcome)| (operation.as_str().to_owned(), outcome.json()))
            .collect();
        json!({
            "peer": self.peer,
            "users": self.links.users,
            "groups": self.links.groups,
            "user_links": self.links.user_links.len(),
            "group_links": self.links.group_links.len(),
            "operations": operations,
            "peak_kib": self.peak_kib,
        })
        .to_string()
    }
}

impl Outcome {
    fn json(&self) -> Value {
        match self {
            Self::Skipped(reason) => json!({ "skipped": reason }),
            Self::Timed(timing) => json!({
                "median_ns": tenth(timing.median),
                "mean_ns": tenth(timing.mean),
                "first_ns": tenth(timing.first),
                "asked": timing.asked,
                "questions": timing.questions,
                "passes": timing.passes,
                "wrong": timing.wrong,
            }),
        }
    }
}

/// Rounds to a tenth of a ns; more digits would only look exact.
fn tenth(nanoseconds: f64) -> f64 {
    (nanoseconds * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Outcome, Report};
    use crate::input::Links;
    use crate::operation::Operation;
    use crate::timing::Timing;

    #[test]
    fn what_was_timed_and_what_was_not_stand_in_one_line() {
        let timing = Timing {
            median: 27.66,
            mean: 30.0,
            first: 99.96,
            asked: 3,
            questions: 4,
            passes: 5,
            wrong: 0,
        };
        let report = Report {
            peer: "x",
            links: &Links::default(),
            outcomes: vec![
                (Operation::IsMember, Outcome::Timed(timing)),
                (Operation::Build, Outcome::Skipped("too slow".to_owned())),
            ],
            peak_kib: Some(5),
        };
        let line = report.line();
        assert!(!line.contains('\n'));
        let value: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["operations"]["is-member"]["median_ns"], 27.7);
        assert_eq!(value["operations"]["is-member"]["first_ns"], 100.0);
        assert_eq!(value["operations"]["build"]["skipped"], "too slow");
    }
}
