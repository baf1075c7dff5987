//! Everything that a run measured, and its JSON form.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{ENGINE, OPERATIONS, figures};

/// One run: where, what, and every figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Results {
    /// The shape of this file; readers refuse another one.
    pub(crate) schema: u32,
    pub(crate) revision: Revision,
    pub(crate) host: Host,
    /// How often each program was started.
    pub(crate) rounds: usize,
    /// The version of each peer.
    pub(crate) versions: BTreeMap<String, String>,
    pub(crate) workloads: Vec<Workload>,
}

/// What was measured, in terms of git. There is no other date: it says when the code was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Revision {
    pub(crate) commit: String,
    pub(crate) committed: String,
    /// Whether a source of the engine differed from the commit.
    pub(crate) edited: bool,
}

/// The machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Host {
    pub(crate) processor: String,
    pub(crate) threads: usize,
    pub(crate) memory_mib: u64,
    pub(crate) system: String,
    pub(crate) rust: String,
}

/// One workload and everybody on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Workload {
    pub(crate) name: String,
    pub(crate) users: u32,
    pub(crate) groups: u32,
    pub(crate) user_links: usize,
    pub(crate) group_links: usize,
    pub(crate) peers: Vec<PeerResults>,
}

/// One implementation on one workload.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PeerResults {
    pub(crate) name: String,
    /// Why there is nothing at all: it crashed, or did not end in time.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) failed: Option<String>,
    pub(crate) operations: BTreeMap<String, Cell>,
    pub(crate) memory: Memory,
}

/// One operation of one implementation on one workload.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Cell {
    /// Measured; times in ns for one question, one edit or one build.
    Timed {
        median_ns: f64,
        mean_ns: f64,
        /// The first pass alone, when nothing was warm.
        first_ns: f64,
        /// The median of each round.
        rounds_ns: Vec<f64>,
        /// How many questions the time was enough for, of how many.
        asked: usize,
        questions: usize,
        wrong: usize,
    },
    /// Not measured, for this reason.
    Skipped { skipped: String },
}

/// What an implementation needs; nothing where it is not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Memory {
    /// The most that the process had resident, questions included.
    pub(crate) peak_kib: Option<u64>,
    /// Live heap of what it is built from: names and links.
    pub(crate) source_bytes: Option<u64>,
    /// Live heap right after building, without the source.
    pub(crate) built_bytes: Option<u64>,
    /// Live heap after many questions, without the source.
    pub(crate) warm_bytes: Option<u64>,
    /// Live heap after many questions, with everything that answering by name needs.
    pub(crate) named_bytes: Option<u64>,
    /// The most heap at once while building, without the source.
    pub(crate) build_peak_bytes: Option<u64>,
}

/// The shape that this code writes and reads.
pub(crate) const SCHEMA: u32 = 1;

impl Results {
    /// Reads what [`Results::to_json`] wrote.
    ///
    /// # Errors
    ///
    /// A sentence that says what is wrong.
    pub(crate) fn from_json(text: &str) -> Result<Self, String> {
        let results: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if results.schema == SCHEMA {
            Ok(results)
        } else {
            Err(format!("its schema is {}, not {SCHEMA}", results.schema))
        }
    }

    /// Puts measurements of one revision on one machine together; of a workload that several have, the
    /// last counts.
    ///
    /// # Errors
    ///
    /// A sentence that says why they do not belong together.
    pub(crate) fn joined(pieces: impl IntoIterator<Item = Self>) -> Result<Self, String> {
        let mut pieces = pieces.into_iter();
        let mut all = pieces.next().ok_or("there is no measurement")?;
        for piece in pieces {
            if (&piece.revision, &piece.host) != (&all.revision, &all.host) {
                return Err(format!(
                    "a measurement of `{}` cannot be shown with one of `{}`: another revision or machine",
                    piece.revision.commit, all.revision.commit
                ));
            }
            all.rounds = all.rounds.min(piece.rounds);
            let again = |workload: &Workload| piece.workload(&workload.name).is_some();
            all.workloads.retain(|workload| !again(workload));
            all.workloads.extend(piece.workloads);
        }
        all.workloads
            .sort_by(|left, right| left.name.cmp(&right.name));
        Ok(all)
    }

    /// Returns the JSON, with ratios and growth exponents added for other programs.
    pub(crate) fn to_json(&self) -> String {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        if let Some(members) = value.as_object_mut() {
            members.insert("ratios".to_owned(), self.ratios());
            members.insert("growth".to_owned(), self.growth());
        }
        format!("{value:#}\n")
    }

    /// Returns a workload by name.
    pub(crate) fn workload(&self, name: &str) -> Option<&Workload> {
        self.workloads.iter().find(|workload| workload.name == name)
    }

    /// Returns the names of everybody that was measured, the engine first.
    pub(crate) fn peer_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for peer in self.workloads.iter().flat_map(|workload| &workload.peers) {
            if !names.contains(&peer.name.as_str()) {
                names.push(&peer.name);
            }
        }
        names
    }

    /// Returns how many wrong answers one implementation gave.
    pub(crate) fn wrong_answers(&self, peer: &str) -> usize {
        let peers = self.workloads.iter().filter_map(|w| w.peer(peer));
        let cells = peers.flat_map(|peer| peer.operations.values());
        cells.map(Cell::wrong).sum()
    }

    /// Returns the exponent of an operation's cost between W1 and W2, over the number of links.
    pub(crate) fn exponent(&self, peer: &str, operation: &str) -> Option<f64> {
        let (small, large) = (self.workload("W1")?, self.workload("W2")?);
        figures::exponent(
            (small.size(), small.median(peer, operation)?),
            (large.size(), large.median(peer, operation)?),
        )
    }

    /// Ratios as workload → peer → operation: how many times longer the peer takes.
    fn ratios(&self) -> Value {
        let of_peer = |workload: &Workload, peer: &PeerResults| -> BTreeMap<String, f64> {
            let ratios = OPERATIONS.iter().filter_map(|(word, _)| {
                let ratio = workload.ratio(&peer.name, word)?;
                Some(((*word).to_owned(), figures::rounded(ratio)))
            });
            ratios.collect()
        };
        let of_workload = |workload: &Workload| -> BTreeMap<String, BTreeMap<String, f64>> {
            let peers = workload.peers.iter().filter(|peer| peer.name != ENGINE);
            peers
                .map(|peer| (peer.name.clone(), of_peer(workload, peer)))
                .collect()
        };
        let all: BTreeMap<&str, _> = self
            .workloads
            .iter()
            .map(|workload| (workload.name.as_str(), of_workload(workload)))
            .collect();
        json!(all)
    }

    /// Exponents as peer → operation.
    fn growth(&self) -> Value {
        let of_peer = |peer: &str| -> BTreeMap<&str, f64> {
            let exponents = OPERATIONS.iter().filter_map(|(word, _)| {
                Some((*word, figures::rounded(self.exponent(peer, word)?)))
            });
            exponents.collect()
        };
        let names = self.peer_names();
        let all: BTreeMap<&str, _> = names.iter().map(|name| (*name, of_peer(name))).collect();
        json!(all)
    }
}

impl Workload {
    /// Returns how many links it has.
    pub(crate) fn size(&self) -> usize {
        self.user_links + self.group_links
    }

    /// Returns the results of one implementation.
    pub(crate) fn peer(&self, name: &str) -> Option<&PeerResults> {
        self.peers.iter().find(|peer| peer.name == name)
    }

    /// Returns the median time of an operation, in ns.
    pub(crate) fn median(&self, peer: &str, operation: &str) -> Option<f64> {
        self.peer(peer)?.operations.get(operation)?.median()
    }

    /// Returns how many times longer a peer takes than the engine.
    pub(crate) fn ratio(&self, peer: &str, operation: &str) -> Option<f64> {
        figures::ratio(
            self.median(peer, operation)?,
            self.median(ENGINE, operation)?,
        )
    }
}

impl Cell {
    /// Returns the median in ns, if it was measured.
    pub(crate) fn median(&self) -> Option<f64> {
        match self {
            Self::Timed { median_ns, .. } => Some(*median_ns),
            Self::Skipped { .. } => None,
        }
    }

    fn wrong(&self) -> usize {
        match self {
            Self::Timed { wrong, .. } => *wrong,
            Self::Skipped { .. } => 0,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::Results;
    use crate::measure::ENGINE;

    /// W1 and W2 with 100 and 10,000 links; the engine, petgraph, and a cedar that crashes on W2.
    pub(crate) fn sample() -> Results {
        Results::from_json(include_str!("sample.json")).unwrap()
    }

    #[test]
    fn what_is_written_is_read_back_with_what_was_added() {
        let results = sample();
        let text = results.to_json();
        assert_eq!(Results::from_json(&text), Ok(results));
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["ratios"]["W2"]["petgraph"]["is-member"], 100.0);
        assert_eq!(value["growth"]["guichet"]["is-member"], 0.151);
    }

    #[test]
    fn pieces_of_one_measurement_are_joined_and_others_refused() {
        let [mut first, mut second, whole] = [sample(), sample(), sample()];
        first.workloads.retain(|workload| workload.name == "W2");
        second.workloads.retain(|workload| workload.name == "W1");
        assert_eq!(
            Results::joined([first.clone(), second.clone()]),
            Ok(whole.clone())
        );
        assert_eq!(Results::joined([whole.clone(), first.clone()]), Ok(whole));
        second.revision.commit = "another".to_owned();
        let refusal = Results::joined([first, second]).unwrap_err();
        assert!(refusal.contains("of `another`"), "{refusal}");
    }

    #[test]
    fn another_schema_is_refused() {
        let text = include_str!("sample.json").replace("\"schema\": 1", "\"schema\": 2");
        let refusal = Results::from_json(&text).unwrap_err();
        assert_eq!(refusal, "its schema is 2, not 1");
    }

    #[test]
    fn wrong_answers_are_counted_for_each_alone() {
        let results = sample();
        assert_eq!(results.wrong_answers(ENGINE), 0);
        assert_eq!(results.wrong_answers("petgraph"), 3);
    }
}
