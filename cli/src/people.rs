//! Who gains and who loses which access, told to people and to programs.

use guichet_policy::AccessChange;
use serde_json::{Value, json};

use crate::output::{Ink, Text, count, shown};

/// Returns one line for what a user gains and one for what a user loses, then how many are affected.
pub(crate) fn text(changes: &[AccessChange]) -> Text {
    let mut text = Text::default();
    let users = changes.chunk_by(|left, right| left.user == right.user);
    for of_user in users.clone() {
        let name = of_user.first().map(|change| shown(change.user.as_str()));
        let name = name.unwrap_or_default();
        for (gained, ink, verb) in [(true, Ink::Yes, "gains"), (false, Ink::No, "loses")] {
            let accesses = some(of_user, gained);
            if !accesses.is_empty() {
                text.add(format_args!("{name} "));
                text.ink(ink, verb);
                text.line(format_args!(" {}", accesses.join(", ")));
            }
        }
    }
    match users.count() {
        0 => text.line("nobody gains or loses access"),
        some => text.line(format_args!("{} affected", count(some, "user"))),
    }
    text
}

/// Returns the accesses that one user gains, or those that the user loses.
pub(crate) fn some(of_user: &[AccessChange], gained: bool) -> Vec<String> {
    let changes = of_user.iter().filter(|change| change.after == gained);
    changes.map(|change| change.access.clone()).collect()
}

/// Returns every change as an object.
pub(crate) fn json(changes: &[AccessChange]) -> Value {
    let objects = changes.iter().map(|change| {
        json!({
            "user": change.user.as_str(),
            "access": change.access,
            "before": change.before,
            "after": change.after,
        })
    });
    Value::Array(objects.collect())
}
