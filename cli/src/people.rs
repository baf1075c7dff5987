//! Who gains and who loses which access, in words.

use std::collections::HashMap;

use guichet::core::{UserId, UserName};
use guichet::policy::AccessChange;

use crate::output::{Ink, Text, count, shown};

/// Returns one line for what a user gains and one for what a user loses, then how many are affected.
pub(crate) fn text(changes: &[AccessChange]) -> Text {
    let mut text = Text::default();
    let users = by_user(changes);
    for of_user in &users {
        let name = shown(of_user.name.as_str());
        let name = match of_user.number {
            Some(number) => format!("{name} (#{number})"),
            None => name.into_owned(),
        };
        for (gained, ink, verb) in [(true, Ink::Yes, "gains"), (false, Ink::No, "loses")] {
            let accesses = some(of_user.changes, gained);
            if !accesses.is_empty() {
                text.add(format_args!("{name} "));
                text.ink(ink, verb);
                text.line(format_args!(" {}", accesses.join(", ")));
            }
        }
    }
    match users.len() {
        0 => text.line("nobody gains or loses access"),
        some => text.line(format_args!("{} affected", count(some, "user"))),
    }
    text
}

/// All that changes for one user.
pub(crate) struct OfUser<'c> {
    pub(crate) name: &'c UserName,
    /// The number, where another user of that name is affected too.
    pub(crate) number: Option<UserId>,
    pub(crate) changes: &'c [AccessChange],
}

/// Returns the changes user by user; of several users of one name each has its own.
pub(crate) fn by_user(changes: &[AccessChange]) -> Vec<OfUser<'_>> {
    let chunks =
        changes.chunk_by(|left, right| (&left.user, left.number) == (&right.user, right.number));
    let mut times: HashMap<&UserName, usize> = HashMap::new();
    for chunk in chunks.clone() {
        if let Some(first) = chunk.first() {
            let times = times.entry(&first.user).or_default();
            *times = times.saturating_add(1);
        }
    }
    let of_user = chunks.filter_map(|changes| {
        let first = changes.first()?;
        let several = times.get(&first.user).is_some_and(|times| *times > 1);
        Some(OfUser {
            name: &first.user,
            number: several.then(|| first.number.id()),
            changes,
        })
    });
    of_user.collect()
}

/// Returns the accesses that one user gains, or those that the user loses.
pub(crate) fn some(of_user: &[AccessChange], gained: bool) -> Vec<String> {
    let changes = of_user.iter().filter(|change| change.after == gained);
    changes.map(|change| change.access.clone()).collect()
}
