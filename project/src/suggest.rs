//! Did you mean: the known names nearest to one that is not known.

/// How many names are offered at most.
const MOST: usize = 3;

/// Returns the known names nearest to an unknown one, the nearest first, at most three.
///
/// Upper and lower case are the same. Near is a name that is at most a third of its letters away
/// (Damerau-Levenshtein), that begins or ends with what was typed, or one of whose words is at most
/// a quarter away. O(names × letters²).
///
/// ```
/// use guichet::suggest::nearest;
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
pub(crate) fn nearest_of<'a>(
    unknown: &str,
    known: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Vec<&'a str> {
    let wanted = unknown.to_lowercase();
    let letters = wanted.chars().count();
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|(name, thing)| {
            Some((distance(&wanted, letters, &name.to_lowercase())?, thing))
        })
        .collect();
    near.sort_unstable();
    let mut things: Vec<&str> = Vec::new();
    for (_, thing) in near {
        if things.len() < MOST && !things.contains(&thing) {
            things.push(thing);
        }
    }
    things
}

/// Writes a question that offers some names; none where there is nothing to offer.
///
/// ```
/// use guichet::suggest::did_you_mean;
///
/// assert_eq!(did_you_mean(&["Ann", "Anna"]).as_deref(), Some("Did you mean `Ann` or `Anna`?"));
/// assert_eq!(did_you_mean::<&str>(&[]), None);
/// ```
pub fn did_you_mean<N: AsRef<str>>(names: &[N]) -> Option<String> {
    let quoted: Vec<String> = names
        .iter()
        .map(|name| format!("`{}`", name.as_ref()))
        .collect();
    match quoted.as_slice() {
        [] => None,
        [one] => Some(format!("Did you mean {one}?")),
        [most @ .., last] => Some(format!("Did you mean {} or {last}?", most.join(", "))),
    }
}

/// How far a candidate is away, where it is near; both in lower case.
fn distance(wanted: &str, letters: usize, candidate: &str) -> Option<usize> {
    let whole = strsim::damerau_levenshtein(wanted, candidate);
    let part = letters >= 3 && (candidate.starts_with(wanted) || candidate.ends_with(wanted));
    if whole <= letters.div_ceil(3) || part {
        return Some(whole);
    }
    let words = candidate.split(|character: char| !character.is_alphanumeric());
    let nearest = words
        .filter(|word| word.chars().count() >= 3)
        .map(|word| strsim::damerau_levenshtein(wanted, word))
        .min()?;
    // A word of a name is never as near as a name.
    (letters >= 3 && nearest <= letters.div_ceil(4)).then_some(nearest + letters)
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
    fn several_are_listed_nearest_first_and_never_more_than_three() {
        assert_eq!(
            nearest("Annn", ["Ann", "Anna", "Anne", "Bob"]),
            ["Ann", "Anna", "Anne"]
        );
        assert_eq!(nearest("ann", ["anna", "annb", "annc", "anne"]).len(), 3);
    }
}
