//! Did-you-mean: the known names nearest to one that is not known.

/// Returns the advice for an unknown name: the nearest known ones, or nothing when none is near.
///
/// Near is at most a third of the name's characters away (Damerau-Levenshtein, without case), or a
/// name that starts or ends with it.
pub(crate) fn nearest<'a>(
    unknown: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    const SHOWN: usize = 3;
    let wanted = unknown.to_lowercase();
    let limit = wanted.chars().count().div_ceil(3);
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|name| {
            let candidate = name.to_lowercase();
            let distance = strsim::damerau_levenshtein(&wanted, &candidate);
            let part = wanted.chars().count() >= 3
                && (candidate.starts_with(&wanted) || candidate.ends_with(&wanted));
            (distance <= limit || part).then_some((distance, name))
        })
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
    fn several_are_listed_nearest_first() {
        let known = ["Ann", "Anna", "Anne", "Bob"];
        let advice = nearest("Annn", known);
        assert_eq!(
            advice.as_deref(),
            Some("Did you mean `Ann`, `Anna` or `Anne`?")
        );
    }
}
