//! What is odd in a directory that can be read all the same.

use std::fmt;

use guichet_core::suggest::did_you_mean;
use guichet_core::visible::escaped;
use guichet_core::{Diagnostic, Severity, UserKind, limits};

use crate::codes;
use guichet_core::Position;

/// Something odd in a file that has a meaning all the same (decision D11).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// A member that stands again further down in the same object; the last one counts.
    #[error("the key `{}` is in one object twice; the last one counts", escaped(.key))]
    OverriddenKey {
        /// The key.
        key: String,
    },
    /// A key that this version does not know; it is kept.
    #[error("the key `{}` is unknown; it is kept and has no effect", escaped(.key))]
    UnknownKey {
        /// The key.
        key: String,
        /// The known key that it resembles.
        suggestion: Option<&'static str>,
    },
    /// `designer` or `administrator` is not there.
    #[error("the built-in user `{key}` is missing, so it counts as `{name}` without a password")]
    MissingBuiltIn {
        /// The key that is missing.
        key: &'static str,
        /// The name that the user gets.
        name: &'static str,
        /// Which of the two.
        kind: UserKind,
    },
    /// `designer` or `administrator` has no alias.
    #[error("the built-in user `{key}` has no alias, so it is called `{key}`")]
    MissingAlias {
        /// The key, which is the user's name then (decision D8).
        key: &'static str,
    },
    /// An ordinary user with an alias, which 4D does not write.
    #[error("the user `{}` has an alias, which only the two built-in users have; it is kept and has no effect", escaped(.user))]
    StrayAlias {
        /// The key of the user.
        user: String,
    },
    /// A stored password of a shape that 4D does not write.
    #[error("the stored password of `{}` has an unknown format, so it cannot be checked", escaped(.user))]
    UnknownPassword {
        /// The name of the user.
        user: String,
    },
    /// Two users whose names are the same (decision D7).
    #[error("the user `{}` has the same name as `{}`", escaped(.user), escaped(.twin))]
    TwinUser {
        /// The later one.
        user: String,
        /// The earlier one.
        twin: String,
    },
    /// Two groups whose names are the same (decision D7).
    #[error("the group `{}` has the same name as `{}`", escaped(.group), escaped(.twin))]
    TwinGroup {
        /// The later one.
        group: String,
        /// The earlier one.
        twin: String,
    },
    /// Two spellings of one SQL schema; of each right the narrower one counts.
    #[error("the SQL schema `{}` is also written `{}`, at {place}, and of each right the narrower one counts", escaped(.schema), escaped(.twin))]
    TwinSchema {
        /// The later spelling.
        schema: String,
        /// The earlier one.
        twin: String,
        /// Where the earlier one stands.
        place: Position,
    },
    /// A user without a name.
    #[error("a user has an empty name, so nothing can refer to it")]
    EmptyUserName,
    /// A group called `*` or nothing, which a grant cannot name.
    #[error("a group is named `{}`, which means everyone or nobody in a grant", escaped(.group))]
    UngrantableGroup {
        /// The name of the group.
        group: String,
    },
    /// A group name over 4D's limit (decision D3).
    #[error("the group name `{}` has {length} characters; 4D allows {} for new ones", escaped(.group), limits::GROUP_NAME_CHARACTERS)]
    LongGroupName {
        /// The name.
        group: String,
        /// Its length in Unicode scalar values.
        length: usize,
    },
    /// More users or groups than can be created (decision D20).
    #[error("there are {count} {things}; 4D can create {limit}")]
    TooMany {
        /// `users` or `groups`.
        things: &'static str,
        /// How many there are.
        count: usize,
        /// How many can be created.
        limit: usize,
    },
    /// `[]` or `{}` where 4D leaves the key out.
    #[error("`{key}` is empty; 4D leaves the key out")]
    EmptyCollection {
        /// The key.
        key: &'static str,
    },
    /// A member of a group that names no user.
    #[error("the group `{}` lists the user `{}`, who does not exist", escaped(.group), escaped(.user))]
    MissingUser {
        /// The group.
        group: String,
        /// The name in its list.
        user: String,
    },
    /// A nested group that does not exist.
    #[error("the group `{}` lists the group `{}`, which does not exist", escaped(.group), escaped(.nested))]
    MissingNestedGroup {
        /// The group.
        group: String,
        /// The name in its list.
        nested: String,
    },
    /// A member that is already in its list.
    #[error("the group `{}` lists `{}` more than once", escaped(.group), escaped(.member))]
    DuplicateMember {
        /// The group.
        group: String,
        /// The member.
        member: String,
    },
    /// A member that is found only without regard to case or Unicode form.
    #[error("the group `{}` lists `{}`, which is defined as `{}`", escaped(.group), escaped(.member), escaped(.name))]
    MemberByCase {
        /// The group.
        group: String,
        /// The name in its list.
        member: String,
        /// The name of the user or group.
        name: String,
    },
    /// An access given to a group that does not exist (decision D12).
    #[error("{} is given to the group `{}`, which does not exist, so nobody has it", escaped(.access), escaped(.group))]
    MissingGrantee {
        /// The access, in words.
        access: String,
        /// The name of the group.
        group: String,
    },
    /// An access given to a group that is found only without regard to case or Unicode form.
    #[error("{} is given to the group `{}`, which is defined as `{}`", escaped(.access), escaped(.group), escaped(.name))]
    GranteeByCase {
        /// The access, in words.
        access: String,
        /// The name in the grant.
        group: String,
        /// The name of the group.
        name: String,
    },
    /// A setting that names a user who does not exist.
    #[error("`{setting}` names the user `{}`, who does not exist, so it means nobody", escaped(.user))]
    MissingSettingUser {
        /// The key of the setting.
        setting: &'static str,
        /// The name of the user.
        user: String,
    },
    /// A setting that names a user who is found only without regard to case or Unicode form.
    #[error("`{setting}` names the user `{}`, who is defined as `{}`", escaped(.user), escaped(.name))]
    SettingUserByCase {
        /// The key of the setting.
        setting: &'static str,
        /// The name in the setting.
        user: String,
        /// The name of the user.
        name: String,
    },
    /// A key in `remoteGranters` that resembles one of 4D's.
    #[error("the plug-in key `{}` resembles one of 4D's but is another plug-in", escaped(.key))]
    PluginByCase {
        /// The key in the file.
        key: String,
        /// 4D's key.
        suggestion: &'static str,
    },
    /// What a merge could not decide; the file has what ours did.
    #[error("a merge left an open conflict{}", Sides { ours, theirs })]
    UnresolvedConflict {
        /// What ours did, in sentences.
        ours: Vec<String>,
        /// What theirs did.
        theirs: Vec<String>,
    },
    /// A plug-in that is given to a group in both files; `directory.json` counts.
    #[error("the plug-in `{}` has a group in `directory.json`, so the one in `guichet.toml` has no effect", escaped(.plugin))]
    GrantedTwice {
        /// The key of the plug-in.
        plugin: String,
    },
}

/// What both sides of a merge did, in one line.
struct Sides<'p> {
    ours: &'p [String],
    theirs: &'p [String],
}

impl fmt::Display for Sides<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, sentences) in [("ours", self.ours), ("theirs", self.theirs)] {
            for (index, sentence) in sentences.iter().enumerate() {
                let sentence = escaped(sentence);
                match index {
                    0 => write!(formatter, "; {name}: {sentence}")?,
                    _ => write!(formatter, ", {sentence}")?,
                }
            }
        }
        Ok(())
    }
}

impl Diagnostic for Problem {
    fn code(&self) -> &'static str {
        match self {
            Self::OverriddenKey { .. } => "duplicate-key",
            Self::UnknownKey { .. } => "unknown-key",
            Self::MissingBuiltIn { .. } => "missing-built-in",
            Self::MissingAlias { .. } => "missing-alias",
            Self::StrayAlias { .. } => "stray-alias",
            Self::UnknownPassword { .. } => "unknown-password",
            Self::TwinUser { .. } => "twin-user",
            Self::TwinGroup { .. } => "twin-group",
            Self::TwinSchema { .. } => "twin-schema",
            Self::EmptyUserName => "empty-user-name",
            Self::UngrantableGroup { .. } => "ungrantable-group",
            Self::LongGroupName { .. } => "long-group-name",
            Self::TooMany { .. } => "too-many",
            Self::EmptyCollection { .. } => "empty-collection",
            Self::MissingUser { .. } => "missing-user",
            Self::MissingNestedGroup { .. } => "missing-nested-group",
            Self::DuplicateMember { .. } => "duplicate-member",
            Self::MemberByCase { .. }
            | Self::GranteeByCase { .. }
            | Self::SettingUserByCase { .. } => "name-by-case",
            Self::MissingGrantee { .. } => "missing-grantee",
            Self::MissingSettingUser { .. } => "missing-setting-user",
            Self::PluginByCase { .. } => "plugin-by-case",
            Self::UnresolvedConflict { .. } => "unresolved-conflict",
            Self::GrantedTwice { .. } => "granted-twice",
        }
    }

    fn severity(&self) -> Severity {
        let severities = codes::severities(self.code());
        let severity = match self {
            Self::MissingBuiltIn {
                kind: UserKind::Designer,
                ..
            }
            | Self::UnknownKey {
                suggestion: Some(_),
                ..
            } => severities.last(),
            _ => severities.first(),
        };
        severity.copied().unwrap_or(Severity::Error)
    }

    fn help(&self) -> Option<String> {
        let advice = codes::advice_on_problem(self.code());
        match self {
            Self::UnknownKey { suggestion, .. } => did_you_mean(suggestion.as_slice()),
            Self::PluginByCase { suggestion, .. } => did_you_mean(&[suggestion]),
            Self::MissingBuiltIn {
                kind: UserKind::Designer,
                ..
            } => {
                let danger = "Without the Designer's password nothing is checked.";
                advice.map(|advice| format!("{danger} {advice}"))
            }
            Self::MemberByCase { name, .. }
            | Self::GranteeByCase { name, .. }
            | Self::SettingUserByCase { name, .. } => Some(format!("Write `{}`.", escaped(name))),
            _ => advice,
        }
    }
}
