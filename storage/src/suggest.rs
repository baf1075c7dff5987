//! Did you mean: the known word that an unknown one resembles.

/// Returns the known word that is nearest to `word`, where one is near enough to be meant.
///
/// The same word in another case is always near; otherwise one edit in three letters is allowed, three edits at most.
pub(crate) fn closest(word: &str, known: &[&'static str]) -> Option<&'static str> {
    if let Some(same) = known
        .iter()
        .copied()
        .find(|other| other.eq_ignore_ascii_case(word))
    {
        return Some(same);
    }
    // What is much longer than every known word is none of them, and measuring it would take long.
    let longest = known
        .iter()
        .map(|other| other.len())
        .max()
        .unwrap_or_default();
    if word.len() > longest * 2 {
        return None;
    }
    known
        .iter()
        .copied()
        .map(|other| {
            (
                strsim::osa_distance(&word.to_lowercase(), &other.to_lowercase()),
                other,
            )
        })
        .filter(|(distance, other)| *distance <= (other.chars().count() / 3).min(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| other)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn only_near_words_are_suggested() {
        let known = ["users", "groups", "sqlSchemaGranters", "remoteGranters"];
        assert_eq!(closest("Users", &known), Some("users"));
        assert_eq!(closest("group", &known), Some("groups"));
        assert_eq!(closest("remotegranter", &known), Some("remoteGranters"));
        assert_eq!(closest("colour", &known), None);
        assert_eq!(closest("", &known), None);
    }
}
