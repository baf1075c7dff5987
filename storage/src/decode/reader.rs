//! The common ground of the decoders: the document, what was found wrong, and how objects are taken apart.

use std::borrow::Cow;
use std::rc::Rc;

use guichet_core::suggest::nearest;

use super::problem::Problem;
use super::refusal::Refusal;
use crate::file_keys::same_but_first_letter;
use crate::json::{Document, Kind, Member, Node};
use crate::located::{Located, places};

/// How strictly the keys of an object are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// As known.
    Exact,
    /// With a small or a capital first letter, as in the `settings` of some files of 2020.
    AnyFirstLetter,
}

/// Whether every object was looked through for keys that stand twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Care {
    /// It was.
    Taken,
    /// Some were passed over, and no key seems to stand twice in them.
    Spared,
    /// A key may stand twice in one that was passed over.
    Missed,
}

/// The most problems, and the most refusals, that are kept; a file made to have more has nothing more to say.
pub(super) const MOST: usize = 100_000;

/// Reads a document and collects what is wrong with it.
#[derive(Debug)]
pub(super) struct Reader<'d> {
    pub(super) document: &'d Document,
    /// The tape indexes of the keys that do not count, ascending.
    overridden: Rc<[u32]>,
    care: Care,
    /// By the tape index of what they are about.
    problems: Vec<(u32, Problem)>,
    refusals: Vec<(u32, Refusal)>,
}

impl<'d> Reader<'d> {
    /// Starts with the keys that stand twice, except directly in the objects `passed_over`.
    pub(super) fn new(document: &'d Document, passed_over: &[Node<'d>]) -> Self {
        let overridden: Rc<[u32]> = document.overridden_keys_except_in(passed_over).into();
        let problems = overridden.iter().take(MOST).filter_map(|index| {
            let key = document.member_at(*index)?.name().into_owned();
            Some((*index, Problem::OverriddenKey { key }))
        });
        Self {
            document,
            problems: problems.collect(),
            refusals: Vec::new(),
            overridden,
            care: if passed_over.is_empty() {
                Care::Taken
            } else {
                Care::Spared
            },
        }
    }

    /// Notes that a key may stand twice in an object that was passed over.
    pub(super) fn doubt(&mut self) {
        if self.care == Care::Spared {
            self.care = Care::Missed;
        }
    }

    /// Returns whether the file is refused.
    pub(super) const fn refuses(&self) -> bool {
        !self.refusals.is_empty()
    }

    /// Returns whether everything has to be read again with care, so that reading on is in vain.
    ///
    /// It would take long, too: thousands of users of one name make each look-up of it slow.
    pub(super) fn gives_up(&self) -> bool {
        self.care == Care::Missed
    }

    /// Notes something odd about a value or a key.
    pub(super) fn problem(&mut self, node: Node<'_>, problem: Problem) {
        if self.problems.len() < MOST {
            self.problems.push((node.index(), problem));
        }
    }

    /// Returns whether a value has a kind, and refuses the file where it has another.
    ///
    /// `what` says in words what the value is.
    pub(super) fn expect(
        &mut self,
        node: Node<'_>,
        expected: Kind,
        what: impl FnOnce() -> String,
    ) -> bool {
        if node.kind() == expected {
            return true;
        }
        if self.refusals.len() < MOST {
            let refusal = Refusal::new(what(), expected, node.kind());
            self.refusals.push((node.index(), refusal));
        }
        false
    }

    /// Returns the text of a string, and refuses the file where the value is something else.
    pub(super) fn text(
        &mut self,
        node: Node<'d>,
        what: impl FnOnce() -> String,
    ) -> Option<Cow<'d, str>> {
        let text = node.as_str();
        if text.is_none() {
            self.expect(node, Kind::String, what);
        }
        text
    }

    /// Walks over the members of an object that count.
    pub(super) fn members(&self, object: Node<'d>) -> impl Iterator<Item = Member<'d>> + use<'d> {
        let first = self.overridden.partition_point(|key| *key < object.index());
        let inside = self
            .overridden
            .get(first)
            .is_some_and(|key| *key < object.last_index());
        let overridden = inside.then(|| Rc::clone(&self.overridden));
        object.members().filter(move |member| {
            overridden
                .as_ref()
                .is_none_or(|keys| keys.binary_search(&member.key.index()).is_err())
        })
    }

    /// Returns the members of an object that have a known key, and notes the others.
    pub(super) fn fields<const N: usize>(
        &mut self,
        object: Node<'d>,
        known: &'static [&'static str; N],
        spelling: Spelling,
    ) -> [Option<Member<'d>>; N] {
        let mut values: [Option<Member<'d>>; N] = [None; N];
        for member in self.members(object) {
            let name = member.name();
            let found = known.iter().position(|key| match spelling {
                Spelling::Exact => *key == name,
                Spelling::AnyFirstLetter => same_but_first_letter(key, &name),
            });
            let Some(place) = found.and_then(|index| values.get_mut(index)) else {
                let suggestion = nearest(&name, known.iter().copied()).first().copied();
                let problem = Problem::UnknownKey {
                    key: name.to_string(),
                    suggestion,
                };
                self.problem(member.key, problem);
                continue;
            };
            if let Some(earlier) = place.replace(member) {
                let key = earlier.name().into_owned();
                self.problem(earlier.key, Problem::OverriddenKey { key });
            }
        }
        values
    }

    /// Returns what is odd, each with its place and in the order of the text.
    ///
    /// # Errors
    ///
    /// The values that refuse the file.
    pub(super) fn finish(self) -> Result<Vec<Located<Problem>>, Vec<Located<Refusal>>> {
        match self.refusals.as_slice() {
            [] => Ok(located(self.document, self.problems)),
            _ => Err(located(self.document, self.refusals)),
        }
    }
}

/// Finds the places of what was found, in one walk over the document.
fn located<D>(document: &Document, mut found: Vec<(u32, D)>) -> Vec<Located<D>> {
    found.sort_by_key(|(index, _)| *index);
    let indexes: Vec<u32> = found.iter().map(|(index, _)| *index).collect();
    let located = found.into_iter().zip(places(document, &indexes));
    located
        .map(|((_, diagnostic), place)| Located { diagnostic, place })
        .collect()
}
