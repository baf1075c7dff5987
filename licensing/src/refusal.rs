//! Why a seat is refused: the reasons, what each says, and how often each was given.

use std::fmt;

use guichet_core::{AdmissionReason, Grantee, PluginKey, UserName};

use crate::admission::Gate;

/// Why a seat is refused: a closed list, in the order in which the reasons are tried
/// (decision D29).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refusal {
    /// The user is not in the group that the plug-in is granted to.
    NotEntitled,
    /// No seat of the plug-in is owned.
    NoLicence,
    /// All owned seats are in use.
    Exhausted,
}

impl Refusal {
    /// Every reason, in the order in which they are tried.
    pub const ALL: [Self; 3] = [Self::NotEntitled, Self::NoLicence, Self::Exhausted];

    /// Returns why an account of this standing is refused, if it is.
    pub(crate) fn of_standing(standing: AdmissionReason) -> Option<Self> {
        (!standing.is_admitted()).then_some(Self::NotEntitled)
    }

    /// Returns the word for programs, such as `not-entitled`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotEntitled => "not-entitled",
            Self::NoLicence => "no-licence",
            Self::Exhausted => "exhausted",
        }
    }

    /// Returns whether seats are missing; otherwise the account is not entitled, and more seats
    /// would not help it.
    pub(crate) const fn is_shortage(self) -> bool {
        match self {
            Self::NotEntitled => false,
            Self::NoLicence | Self::Exhausted => true,
        }
    }

    /// Says why an account gets no seat of a plug-in, and what to do about it.
    pub(crate) fn advice(self, user: &UserName, plugin: &PluginKey, gate: &dyn Gate) -> Advice {
        let (sentence, help) = match self {
            Self::NotEntitled => not_entitled(user, plugin, gate),
            Self::NoLicence => (
                "No seat of this plug-in is owned.".to_owned(),
                format!(
                    "Set `seats` in `[plugins.{}]` of guichet.toml, or record what 4D says: \
                     guichet seats import-licences FILE",
                    toml_key(plugin.as_str())
                ),
            ),
            Self::Exhausted => (
                "All owned seats are in use.".to_owned(),
                "See which sessions use them: guichet session list".to_owned(),
            ),
        };
        Advice { sentence, help }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What to tell an account that is refused a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Advice {
    /// Why, in a sentence.
    pub sentence: String,
    /// What to do, with the command to type.
    pub help: String,
}

fn not_entitled(user: &UserName, plugin: &PluginKey, gate: &dyn Gate) -> (String, String) {
    let grantee = gate.grantee(plugin);
    let group = grantee.as_ref().and_then(Grantee::group);
    let (name, key) = (user.as_str(), plugin.as_str());
    match (gate.standing(user, plugin), group) {
        (AdmissionReason::UnknownUser, _) => (
            format!("The directory has no user {user}."),
            format!("Add the user: {}", command("users add", &[name])),
        ),
        (AdmissionReason::Nobody, _) => (
            "This plug-in is given to no group, so nobody can use it.".to_owned(),
            format!(
                "Give it to a group: {}",
                command("plugins set", &[key, "GROUP"])
            ),
        ),
        (AdmissionReason::MissingGroup, Some(group)) => (
            format!("Only members of {group} can use this plug-in, and there is no such group."),
            format!(
                "Give it to another group: {}",
                command("plugins set", &[key, "GROUP"])
            ),
        ),
        (_, Some(group)) => (
            format!("Only members of {group} can use this plug-in, and {user} is not one."),
            format!(
                "Add the user to {group}: {}",
                command("members add", &[group.as_str(), name])
            ),
        ),
        (_, None) => (
            format!("{user} cannot use this plug-in."),
            format!(
                "See who can: {}",
                command("who-can", &[&format!("plugin:{plugin}")])
            ),
        ),
    }
}

/// Writes a command with its arguments; one that begins with `-` is no option.
fn command(words: &str, arguments: &[&str]) -> String {
    let end_of_options = arguments.iter().any(|word| word.starts_with('-'));
    let mut line = format!("guichet {words}{}", if end_of_options { " --" } else { "" });
    for argument in arguments {
        line.push(' ');
        line.push_str(&shell_word(argument));
    }
    line
}

/// Writes the key of a plug-in as TOML has it.
fn toml_key(key: &str) -> String {
    let is_bare = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    if !key.is_empty() && key.chars().all(is_bare) {
        key.to_owned()
    } else {
        format!("\"{}\"", key.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

/// Writes a name as one word of a command line.
fn shell_word(name: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "-_.:/".contains(character);
    if !name.is_empty() && name.chars().all(is_plain) {
        name.to_owned()
    } else if name.contains(['"', '$', '`', '\\', '!']) {
        format!("'{}'", name.replace('\'', "'\\''"))
    } else {
        format!("\"{name}\"")
    }
}

/// How often a seat was refused, by reason.
///
/// Serialised it is a map from the word of each reason, with `_` for `-`, to its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct RefusalCounts([u64; Refusal::ALL.len()]);

impl RefusalCounts {
    /// Returns the number of refusals for one reason.
    pub fn of(self, reason: Refusal) -> u64 {
        self.0.get(reason as usize).copied().unwrap_or_default()
    }

    /// Returns each reason with its number, in the order in which they are tried.
    pub fn iter(self) -> impl Iterator<Item = (Refusal, u64)> {
        Refusal::ALL.into_iter().zip(self.0)
    }

    /// Returns the number of refusals for all reasons.
    pub fn total(self) -> u64 {
        self.0.into_iter().fold(0, u64::saturating_add)
    }

    /// Returns the number of refusals because seats are missing.
    pub(crate) fn short(self) -> u64 {
        let short = self.iter().filter(|(reason, _)| reason.is_shortage());
        short.fold(0, |sum, (_, count)| sum.saturating_add(count))
    }

    /// Counts one more refusal.
    pub(crate) fn count(&mut self, reason: Refusal) {
        if let Some(counter) = self.0.get_mut(reason as usize) {
            *counter = counter.saturating_add(1);
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for RefusalCounts {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let field = |reason: Refusal| reason.as_str().replace('-', "_");
        serializer.collect_map(self.iter().map(|(reason, count)| (field(reason), count)))
    }
}

#[cfg(test)]
mod tests {
    use super::{command, shell_word, toml_key};

    #[test]
    fn an_argument_that_begins_with_a_hyphen_is_no_option() {
        assert_eq!(
            command("members add", &["Fin", "-x"]),
            "guichet members add -- Fin -x"
        );
        assert_eq!(
            command("users add", &["Ann Lee"]),
            "guichet users add \"Ann Lee\""
        );
    }

    #[test]
    fn a_key_that_is_not_bare_is_quoted_in_toml() {
        assert_eq!(toml_key("write"), "write");
        assert_eq!(toml_key("a.b \"c\""), r#""a.b \"c\"""#);
    }

    #[test]
    fn a_name_is_one_word_for_the_shell() {
        for (name, word) in [
            ("Finance", "Finance"),
            ("Zoé Martin", "\"Zoé Martin\""),
            ("Karim O'Neil", "\"Karim O'Neil\""),
            ("$(rm) it's", "'$(rm) it'\\''s'"),
            ("#3", "\"#3\""),
            ("", "\"\""),
        ] {
            assert_eq!(shell_word(name), word);
        }
    }
}
