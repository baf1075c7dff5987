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

    fn near<'a>(word: &str, names: &[&'a str]) -> Option<&'a str> {
        nearest(word, names.iter().map(|name| (*name, *name)))
    }

    #[test]
    fn only_near_words_are_suggested() {
        let names = ["Finance", "Ann Lee"];
        assert_eq!(near("finnace", &names), Some("Finance"));
        assert_eq!(near("Anne Lee", &names), Some("Ann Lee"));
        assert_eq!(near("Warehouse", &names), None);
        assert_eq!(near("", &names), None);
    }

    #[test]
    fn one_edit_in_three_letters_is_allowed() {
        for (word, name, is_near) in [
            ("ox", "ax", true),
            ("ox", "an", false),
            ("cats", "cure", false),
            ("cats", "cuts", true),
            ("cats", "cute", true),
            ("Zoë", "Zo", true),
            // Four bytes more, one letter.
            ("zo", "zo😀", true),
            ("zo", "zoos", false),
        ] {
            assert_eq!(near(word, &[name]).is_some(), is_near, "{word} {name}");
        }
    }

    #[test]
    fn of_several_the_nearest_is_meant_and_of_equals_the_first() {
        assert_eq!(near("sale", &["stall", "sales"]), Some("sales"));
        assert_eq!(near("sale", &["sales", "salt", "sale "]), Some("sales"));
    }
}
