//! Did you mean: the known name that an unknown one resembles.

/// Returns the item whose name is nearest to `word`, where one is near enough to be meant.
///
/// Without regard to case; one edit in three letters is allowed. O(items × letters²), but names of
/// quite another length cost nothing.
pub(crate) fn nearest<'a, T>(
    word: &str,
    items: impl IntoIterator<Item = (T, &'a str)>,
) -> Option<T> {
    const BYTES_OF_A_LETTER: usize = 4;
    let wanted = word.to_lowercase();
    let allowed = wanted.chars().count().div_ceil(3);
    items
        .into_iter()
        .filter(|(_, name)| {
            name.len().abs_diff(word.len()) <= allowed.saturating_mul(BYTES_OF_A_LETTER)
        })
        .map(|(item, name)| (strsim::osa_distance(&wanted, &name.to_lowercase()), item))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, item)| item)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn only_near_words_are_suggested() {
        let near = |word| nearest(word, ["Finance", "Ann Lee"].map(|name| (name, name)));
        assert_eq!(near("finnace"), Some("Finance"));
        assert_eq!(near("Anne Lee"), Some("Ann Lee"));
        assert_eq!(near("Warehouse"), None);
        assert_eq!(near(""), None);
    }
}
