//! The catalogue: every rule, once.
//!
//! **A new rule** is one line in [`rules!`] below and one file: `rules/NAME.rs` with its page and
//! the function that finds it, or a page in `reported/` when the program that reads the files finds it. The
//! tests then ask for two fixtures: one that triggers it and one that almost does.

use guichet_core::suggest::nearest_of;
use std::fmt;

use super::level::{Level, UnknownRule};
use super::page::{FoundBy, Page};
use super::reported::{accounts, files, keys, members, names};
use super::rules;

macro_rules! rules {
    ($($(#[$docs:meta])* $rule:ident => $page:path;)*) => {
        /// One rule of lint.
        ///
        /// Ordered as the reference lists them: first what [`lint`](super::lint()) finds in a
        /// directory, then what the program that reads the files reports.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $($(#[$docs])* $rule,)*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &[Self] = &[$(Self::$rule),*];

            /// Returns everything there is to say about the rule.
            pub const fn page(self) -> &'static Page {
                match self { $(Self::$rule => &$page,)* }
            }
        }
    };
}

rules! {
    /// Groups contain one another.
    Cycle => rules::cycle::PAGE;
    /// The Designer has no password, so the groups decide nothing.
    AccessControlOff => rules::access_control_off::PAGE;
    /// The Designer has no password, and a server is published.
    PublishedWithoutPassword => rules::published_without_password::PAGE;
    /// Somebody can log in without a password, and has more than everyone.
    AccountWithoutPassword => rules::account_without_password::PAGE;
    /// Everyone can open the Design environment.
    DesignOpenToEveryone => rules::design_open_to_everyone::PAGE;
    /// Everyone who connects works as the Default User.
    DefaultUserReaches => rules::default_user_reaches::PAGE;
    /// A web server is published, and its requests work as the Designer.
    WebUserIsDesigner => rules::web_user_is_designer::PAGE;
    /// Several accounts have one stored password.
    SharedDigest => rules::shared_digest::PAGE;
    /// Names that a person takes for one another.
    LookAlikeName => rules::look_alike_name::PAGE;
    /// Passwords are stored as 4D did before 19 R3.
    LegacyDigest => rules::legacy_digest::PAGE;
    /// An access is given to a group that nobody is in.
    EmptyGrantee => rules::empty_grantee::PAGE;
    /// Nobody is in a group.
    EmptyGroup => rules::empty_group::PAGE;
    /// Being in a group opens nothing.
    UnreachableGroup => rules::unreachable_group::PAGE;
    /// A membership that another one implies.
    ImpliedMembership => rules::implied_membership::PAGE;
    /// Groups that are probably nested the wrong way round.
    UpsideDownNesting => rules::upside_down_nesting::PAGE;
    /// An SQL right is restricted while a wider one is open.
    IneffectiveSqlRight => rules::ineffective_sql_right::PAGE;
    /// More users may use a plug-in than it has seats.
    SeatsBelowGroup => rules::seats_below_group::PAGE;
    /// A plug-in is open to everyone and has few seats.
    SeatsBelowEveryone => rules::seats_below_everyone::PAGE;

    /// An object has the same key twice.
    DuplicateKey => keys::DUPLICATE_KEY;
    /// A key that is not known.
    UnknownKey => keys::UNKNOWN_KEY;
    /// An empty list or object where 4D writes none.
    EmptyCollection => keys::EMPTY_COLLECTION;
    /// The Designer or the Administrator is missing.
    MissingBuiltIn => accounts::MISSING_BUILT_IN;
    /// The Designer or the Administrator has no alias.
    MissingAlias => accounts::MISSING_ALIAS;
    /// An ordinary user has an alias.
    StrayAlias => accounts::STRAY_ALIAS;
    /// A stored password of no known shape.
    UnknownPassword => accounts::UNKNOWN_PASSWORD;
    /// More users or groups than can be created.
    TooMany => accounts::TOO_MANY;
    /// Two users have the same name.
    TwinUser => names::TWIN_USER;
    /// Two groups have the same name.
    TwinGroup => names::TWIN_GROUP;
    /// Two SQL schemas have the same name.
    TwinSchema => names::TWIN_SCHEMA;
    /// A user has no name.
    EmptyUserName => names::EMPTY_USER_NAME;
    /// A group cannot be named where an access is given.
    UngrantableGroup => names::UNGRANTABLE_GROUP;
    /// A group name is longer than 4D allows.
    LongGroupName => names::LONG_GROUP_NAME;
    /// A name is written in another case than where it is defined.
    NameByCase => names::NAME_BY_CASE;
    /// A plug-in key resembles one of 4D's.
    PluginByCase => names::PLUGIN_BY_CASE;
    /// A group lists a user who does not exist.
    MissingUser => members::MISSING_USER;
    /// A group lists a group that does not exist.
    MissingNestedGroup => members::MISSING_NESTED_GROUP;
    /// A group lists a member twice.
    DuplicateMember => members::DUPLICATE_MEMBER;
    /// An access is given to a group that does not exist.
    MissingGrantee => members::MISSING_GRANTEE;
    /// A setting names a user who does not exist.
    MissingSettingUser => members::MISSING_SETTING_USER;
    /// A plug-in has a group in two files.
    GrantedTwice => files::GRANTED_TWICE;
    /// Two directory files, and they differ.
    ShadowedFileDiffers => files::SHADOWED_FILE_DIFFERS;
    /// A number in the settings disagrees with the directory.
    SettingsLeftover => files::SETTINGS_LEFTOVER;
    /// A merge left a conflict for a person to resolve.
    UnresolvedConflict => files::UNRESOLVED_CONFLICT;
}

impl Rule {
    /// Returns the stable code, such as `implied-membership`.
    pub const fn code(self) -> &'static str {
        self.page().code
    }

    /// Returns the level of the rule when nothing else was chosen; `None` if the program that reads the
    /// files decides how much a finding matters.
    pub const fn level(self) -> Option<Level> {
        match self.page().found_by {
            FoundBy::Lint(level, _) => Some(level),
            FoundBy::Reading => None,
        }
    }

    /// Finds a rule by its code, in time linear in the number of rules.
    ///
    /// ```
    /// use guichet_policy::lint::Rule;
    ///
    /// assert_eq!(Rule::from_code("cycle"), Ok(Rule::Cycle));
    /// let unknown = Rule::from_code("cycel").err().ok_or("no such rule")?;
    /// assert_eq!(unknown.suggestion, Some(Rule::Cycle));
    /// # Ok::<(), &str>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`UnknownRule`] when no rule has the code; it names the nearest one, if one is near.
    pub fn from_code(code: &str) -> Result<Self, UnknownRule> {
        let found = Self::ALL.iter().copied().find(|rule| rule.code() == code);
        found.ok_or_else(|| UnknownRule {
            code: code.to_owned(),
            suggestion: nearest_of(code, Self::ALL.iter().map(|rule| (rule.code(), *rule)))
                .first()
                .copied(),
        })
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
