//! Lists that are expected, compared with those that are found.

use std::collections::HashSet;
use std::hash::Hash;

use super::case::Expected;
use super::report::{CaseError, Failure};

impl Expected {
    /// Finds what a list of names names.
    pub(super) fn resolve<T>(
        &self,
        find: impl Fn(&str) -> Result<T, CaseError>,
    ) -> Result<Expected<T>, CaseError> {
        let all = |words: &[String]| -> Result<Vec<T>, CaseError> {
            words.iter().map(|word| find(word)).collect()
        };
        Ok(match self {
            Self::Exactly(words) => Expected::Exactly(all(words)?),
            Self::Partly { includes, excludes } => Expected::Partly {
                includes: all(includes)?,
                excludes: all(excludes)?,
            },
        })
    }
}

impl<T: Eq + Hash> Expected<T> {
    /// Returns everything that is named, including what should not be there.
    pub(super) fn named(&self) -> impl Iterator<Item = &T> {
        let (wanted, unwanted) = match self {
            Self::Exactly(wanted) => (wanted.as_slice(), &[][..]),
            Self::Partly { includes, excludes } => (includes.as_slice(), excludes.as_slice()),
        };
        wanted.iter().chain(unwanted)
    }

    /// Compares with what is found; `None` if that is as expected. O(what is named and found).
    pub(super) fn failure(&self, found: &[T], name: impl Fn(&T) -> String) -> Option<Failure> {
        let there: HashSet<&T> = found.iter().collect();
        let (missing, surplus): (Vec<&T>, Vec<&T>) = match self {
            Self::Exactly(wanted) => {
                let known: HashSet<&T> = wanted.iter().collect();
                (
                    wanted.iter().filter(|one| !there.contains(one)).collect(),
                    found.iter().filter(|one| !known.contains(one)).collect(),
                )
            }
            Self::Partly { includes, excludes } => (
                includes.iter().filter(|one| !there.contains(one)).collect(),
                excludes.iter().filter(|one| there.contains(one)).collect(),
            ),
        };
        let differences: Vec<String> = [("missing", missing), ("unexpected", surplus)]
            .into_iter()
            .filter(|(_, list)| !list.is_empty())
            .map(|(word, list)| format!("{word}: {}", listed(list.into_iter().map(&name))))
            .collect();
        if differences.is_empty() {
            return None;
        }
        let all = |list: &[T]| listed(list.iter().map(&name));
        Some(Failure {
            expected: match self {
                Self::Exactly(wanted) => all(wanted),
                Self::Partly { includes, excludes } => match (&**includes, &**excludes) {
                    (includes, []) => format!("with {}", all(includes)),
                    ([], excludes) => format!("without {}", all(excludes)),
                    (includes, excludes) => {
                        format!("with {}, without {}", all(includes), all(excludes))
                    }
                },
            },
            got: all(found),
            why: Some(differences.join("; ")),
        })
    }
}

fn listed(names: impl Iterator<Item = String>) -> String {
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}
