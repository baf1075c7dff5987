//! Did you mean: the known names nearest to one that is not known.

use std::fmt;

/// How many names are offered at most.
const MOST: usize = 3;

/// Returns the known names nearest to an unknown one, the nearest first, at most three.
///
/// Upper and lower case are the same. A name is near if it is at most a third of the typed letters
/// away (Damerau-Levenshtein, never more than three), if it begins or ends with what was typed, or if
/// one of its words is at most a quarter away; the last two need three letters. O(names × letters²); a
/// name of another length is not measured.
///
/// ```
/// use guichet_core::suggest::nearest;
///
/// let known = ["Ann Lee", "Zoé Martin", "Karim O'Neil"];
/// assert_eq!(nearest("Marten", known), ["Zoé Martin"]);
/// assert!(nearest("Warehouse", known).is_empty());
/// ```
pub fn nearest<'a>(unknown: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    nearest_of(unknown, known.into_iter().map(|name| (name, name)))
}

/// Returns what has the names nearest to an unknown one, each thing once although it may have several
/// names.
///
/// ```
/// use guichet_core::suggest::nearest_of;
///
/// let fruit = [("apple", 1), ("Apfel", 1), ("pear", 2)];
/// assert_eq!(nearest_of("appel", fruit), [1]);
/// ```
pub fn nearest_of<'a, T: PartialEq>(
    unknown: &str,
    known: impl IntoIterator<Item = (&'a str, T)>,
) -> Vec<T> {
    let wanted = unknown.to_lowercase();
    let letters = wanted.chars().count();
    let near = |(name, thing): (&'a str, T)| {
        let distance = distance(&wanted, letters, &name.to_lowercase())?;
        Some((distance, name, thing))
    };
    let mut near: Vec<(usize, &str, T)> = known.into_iter().filter_map(near).collect();
    near.sort_by_key(|(distance, name, _)| (*distance, *name));
    let mut things: Vec<T> = Vec::new();
    for (_, _, thing) in near {
        if things.len() < MOST && !things.contains(&thing) {
            things.push(thing);
        }
    }
    things
}

/// Returns the known name that another one is probably a misspelling of: the nearest of those that are at
/// most a third of their own letters away, and never more than three.
///
/// Stricter than [`nearest`], for what is not only offered but found to be odd. O(names × letters²).
///
/// ```
/// use guichet_core::suggest::misspelled;
///
/// assert_eq!(misspelled("Wirte", ["view", "write"]), Some("write"));
/// assert_eq!(misspelled("Preview", ["view", "write"]), None);
/// ```
pub fn misspelled<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let letters = word.chars().count();
    let near = known.into_iter().filter_map(|name| {
        let known = name.to_lowercase();
        let most = (known.chars().count() / 3).min(3);
        Some((within(&word, letters, &known, most)?, name))
    });
    let nearest = near.min_by_key(|(distance, _)| *distance);
    nearest.map(|(_, name)| name)
}

/// Writes a question that offers some names; `None` if there is nothing to offer.
///
/// ```
/// use guichet_core::suggest::did_you_mean;
///
/// assert_eq!(did_you_mean(&["Ann", "Anna"]).as_deref(), Some("Did you mean `Ann` or `Anna`?"));
/// assert_eq!(did_you_mean::<&str>(&[]), None);
/// ```
pub fn did_you_mean<N: fmt::Display>(names: &[N]) -> Option<String> {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => None,
        [one] => Some(format!("Did you mean {one}?")),
        [most @ .., last] => Some(format!("Did you mean {} or {last}?", most.join(", "))),
    }
}

/// How far a candidate is away, where it is near; both in lower case.
fn distance(wanted: &str, letters: usize, candidate: &str) -> Option<usize> {
    let (most, most_of_a_word) = (letters.div_ceil(3).min(3), letters.div_ceil(4).min(3));
    let whole = within(wanted, letters, candidate, most);
    let part = letters >= 3 && (candidate.starts_with(wanted) || candidate.ends_with(wanted));
    match whole {
        Some(distance) => return Some(distance),
        // As many letters as the candidate has more.
        None if part => return Some(candidate.chars().count().saturating_sub(letters)),
        None => {}
    }
    let words = candidate.split(|character: char| !character.is_alphanumeric());
    let nearest = words
        .filter(|word| letters >= 3 && word.chars().count() >= 3)
        .filter_map(|word| within(wanted, letters, word, most_of_a_word))
        .min()?;
    // A word of a name is never as near as a name.
    Some(nearest.saturating_add(letters))
}

/// How far a candidate is away, at most so far: one of quite another length is not measured.
fn within(wanted: &str, letters: usize, candidate: &str, most: usize) -> Option<usize> {
    if candidate.chars().count().abs_diff(letters) > most {
        return None;
    }
    let distance = strsim::damerau_levenshtein(wanted, candidate);
    (distance <= most).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_names_are_offered_and_far_ones_are_not() {
        let known = ["Finance", "Accounting", "General Mgmt"];
        assert_eq!(nearest("Finnace", known), ["Finance"]);
        assert_eq!(nearest("general", known), ["General Mgmt"]);
        assert!(nearest("Warehouse", known).is_empty());
        assert!(nearest("", known).is_empty());
    }

    #[test]
    fn one_word_of_a_name_is_enough() {
        let known = ["Ann Lee", "Zoé Martin", "Karim O'Neil"];
        assert_eq!(nearest("Anne", known), ["Ann Lee"]);
        assert_eq!(nearest("oneil", known), ["Karim O'Neil"]);
        assert!(nearest("Mary", known).is_empty());
    }

    #[test]
    fn letters_that_changed_places_are_one_step_and_bytes_are_no_letters() {
        for (word, name, is_near) in [
            ("ox", "ax", true),
            ("ox", "an", false),
            ("cats", "cute", true),
            ("cats", "cure", false),
            ("wirte", "write", true),
            ("zo", "zo\u{1f600}", true),
            ("zo", "zoos", false),
            ("someAccessGroup", "fullAccessGroup", false),
        ] {
            assert_eq!(
                nearest(word, [name]).len(),
                usize::from(is_near),
                "{word} {name}"
            );
        }
    }

    #[test]
    fn several_are_listed_nearest_first_and_never_more_than_three() {
        assert_eq!(
            nearest("Annn", ["Ann", "Anna", "Anne", "Bob"]),
            ["Ann", "Anna", "Anne"]
        );
        assert_eq!(nearest("ann", ["anna", "annb", "annc", "anne"]).len(), 3);
    }
}
