//! Names from a file, made clear to print: a name that starts or ends with a space is in quotes.

use std::borrow::{Borrow, Cow};
use std::fmt::Display;

use super::{Ink, Text, visible};
use guichet::Person;
use guichet::core::UserKind;

/// Shows a name: as it is, or in quotes when its ends could not be seen otherwise.
pub(crate) fn shown(name: &str) -> Cow<'_, str> {
    if name.trim() == name && !name.is_empty() {
        visible(name)
    } else {
        Cow::Owned(format!("\"{}\"", visible(name)))
    }
}

/// Joins names, all of them; says `none` for none.
pub(crate) fn listed(names: impl IntoIterator<Item = impl Display>) -> String {
    let names = names.into_iter().map(|name| name.to_string());
    joined(names.map(|name| shown(&name).into_owned()))
}

/// Joins names of users, all of them, the two built-in ones marked; says `none` for none.
pub(crate) fn listed_people(people: &[Person]) -> Text {
    listed_texts(people.iter().map(Person::marked))
}

/// Joins texts, all of them; says `none` for none.
pub(crate) fn listed_texts(texts: impl Iterator<Item = impl Borrow<Text>>) -> Text {
    let mut all = Text::default();
    for text in texts {
        if !all.is_empty() {
            all.add(", ");
        }
        all.append(text.borrow());
    }
    if all.is_empty() {
        all.add("none");
    }
    all
}

/// Joins the first names and counts the rest, for a remark that is not the list itself.
pub(crate) fn some_listed(names: &[impl Display]) -> String {
    const SOME: usize = 12;
    let text = listed(names.iter().take(SOME));
    match names.len().saturating_sub(SOME) {
        0 => text,
        rest => format!("{text} and {rest} more"),
    }
}

/// Joins names that are shown already, all of them; says `none` for none.
pub(crate) fn joined<N: Borrow<str>>(names: impl Iterator<Item = N>) -> String {
    let names: Vec<N> = names.collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(", ")
    }
}

/// Joins the names along a chain with arrows, leaving out the middle of a very long one.
pub(crate) fn chain<N: Display>(names: &[N]) -> String {
    const ENDS: usize = 12;
    let arrow = |names: &[N]| {
        let shown = names
            .iter()
            .map(|name| shown(&name.to_string()).into_owned());
        shown.collect::<Vec<_>>().join(" → ")
    };
    match (names.get(..ENDS), names.len().checked_sub(ENDS)) {
        (Some(start), Some(end)) if end > ENDS => {
            let tail = names.get(end..).unwrap_or_default();
            format!(
                "{} → … {} more … → {}",
                arrow(start),
                end - ENDS,
                arrow(tail)
            )
        }
        _ => arrow(names),
    }
}

/// How people are shown a user.
pub(crate) trait Marked {
    /// Returns the name as it is printed: a built-in user in its colour and, unless the name says it
    /// already, with a word; somebody else who has the name of a built-in user with a word too.
    fn marked(&self) -> Text;

    /// Returns the name with its word, for a cell of a table.
    fn in_words(&self) -> String;
}

impl Marked for Person {
    fn marked(&self) -> Text {
        Text::inked(Ink::of_user(self.kind), self.in_words())
    }

    fn in_words(&self) -> String {
        let name = shown(&self.name);
        let says = match self.name.to_lowercase().as_str() {
            "designer" => UserKind::Designer,
            "administrator" => UserKind::Administrator,
            _ => UserKind::User,
        };
        if says == self.kind {
            name.into_owned()
        } else {
            format!("{name} ({})", self.kind)
        }
    }
}

#[cfg(test)]
mod tests {
    use guichet::Person;
    use guichet::core::UserKind;

    use super::{Marked as _, chain, listed, shown, some_listed};

    #[test]
    fn a_name_whose_ends_are_spaces_stands_in_quotes() {
        assert_eq!(shown(" leading"), "\" leading\"");
        assert_eq!(shown(""), "\"\"");
        assert_eq!(shown("d'été."), "d'été.");
    }

    #[test]
    fn long_lists_and_chains_stay_readable() {
        let names: Vec<String> = (1..=50).map(|number| format!("G{number}")).collect();
        assert!(listed(&names).ends_with("G49, G50"));
        assert!(some_listed(&names).ends_with("G11, G12 and 38 more"));
        assert_eq!(listed([""; 0]), "none");
        assert!(chain(&names).contains("G12 → … 26 more … → G39"));
        assert_eq!(chain(names.get(..3).unwrap()), "G1 → G2 → G3");
    }

    #[test]
    fn a_built_in_user_has_its_word_unless_the_name_is_the_word() {
        let marked = |name: &str, kind| {
            let name = name.to_owned();
            Person { name, kind }.in_words()
        };
        assert_eq!(marked("Boss", UserKind::Designer), "Boss (designer)");
        assert_eq!(marked("Designer", UserKind::Designer), "Designer");
        assert_eq!(marked("Designer", UserKind::User), "Designer (user)");
    }
}
