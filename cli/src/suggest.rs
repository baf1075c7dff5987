//! Did-you-mean: the known names nearest to one that is not known.

/// Returns the advice for an unknown name: the nearest known ones, or nothing when none is near.
///
/// Near, whatever the case, is a name at most a third of its characters away (Damerau-Levenshtein),
/// a name that starts or ends with it, or a name one word of which is at most a quarter away.
pub(crate) fn nearest<'a>(
    unknown: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    const SHOWN: usize = 3;
    let wanted = unknown.to_lowercase();
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|name| Some((distance(&wanted, &name.to_lowercase())?, name)))
        .collect();
    near.sort_unstable();
    near.dedup();
    let names: Vec<String> = near
        .into_iter()
        .take(SHOWN)
        .map(|(_, name)| format!("`{name}`"))
        .collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(format!("Did you mean {one}?")),
        [most @ .., last] => Some(format!("Did you mean {} or {last}?", most.join(", "))),
    }
}

/// How far a candidate is away, if it is near; both in lower case.
fn distance(wanted: &str, candidate: &str) -> Option<usize> {
    let length = wanted.chars().count();
    let whole = strsim::damerau_levenshtein(wanted, candidate);
    let part = length >= 3 && (candidate.starts_with(wanted) || candidate.ends_with(wanted));
    if whole <= length.div_ceil(3) || part {
        return Some(whole);
    }
    let words = candidate.split(|character: char| !character.is_alphanumeric());
    let nearest = words
        .filter(|word| word.chars().count() >= 3)
        .map(|word| strsim::damerau_levenshtein(wanted, word))
        .min()?;
    // A word of a name is never as near as a name.
    (length >= 3 && nearest <= length.div_ceil(4)).then_some(nearest + length)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn near_names_are_offered_and_far_ones_are_not() {
        let known = ["Finance", "Accounting", "General Mgmt"];
        assert_eq!(
            nearest("Finnace", known).as_deref(),
            Some("Did you mean `Finance`?")
        );
        assert_eq!(
            nearest("general", known).as_deref(),
            Some("Did you mean `General Mgmt`?")
        );
        assert_eq!(nearest("Warehouse", known), None);
    }

    #[test]
    fn one_word_of_a_name_is_enough() {
        let known = ["Ann Lee", "Zoé Martin", "Karim O'Neil"];
        let advice = |word| nearest(word, known);
        assert_eq!(advice("Anne").as_deref(), Some("Did you mean `Ann Lee`?"));
        assert_eq!(
            advice("oneil").as_deref(),
            Some("Did you mean `Karim O'Neil`?")
        );
        assert_eq!(
            advice("Marten").as_deref(),
            Some("Did you mean `Zoé Martin`?")
        );
        assert_eq!(advice("Mary"), None);
    }

    #[test]
    fn several_are_listed_nearest_first() {
        let known = ["Ann", "Anna", "Anne", "Bob"];
        let advice = nearest("Annn", known);
        assert_eq!(
            advice.as_deref(),
            Some("Did you mean `Ann`, `Anna` or `Anne`?")
        );
    }
}
