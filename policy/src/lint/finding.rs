//! What lint found: which rule, where, in words, and how to fix it.

use std::fmt;

use guichet_core::{
    AccessArea, Change, Diagnostic, Directory, GroupHandle, PluginKey, Severity, UserHandle,
};

use super::level::{Level, UnknownRule};
use super::rule::Rule;
use crate::names::{group_name, user_name};

/// One thing that lint found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// How much it matters.
    pub severity: Severity,
    /// What it is about.
    pub subject: Subject,
    /// One sentence: lower case, no full stop, user input in backticks as the file has it.
    pub message: String,
    /// What the reader can do, in full sentences.
    pub help: Option<String>,
    /// How to fix it so that nobody gains or loses an access.
    pub fix: Option<Fix>,
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The directory as a whole.
    Directory,
    /// A user account.
    User(UserHandle),
    /// A group.
    Group(GroupHandle),
    /// A user who is placed directly in a group.
    UserIn {
        /// The group.
        group: GroupHandle,
        /// Its member.
        user: UserHandle,
    },
    /// A group that is placed directly in another.
    GroupIn {
        /// The group that holds the other one.
        container: GroupHandle,
        /// The group that it holds.
        nested: GroupHandle,
    },
    /// Who has an access area.
    Area(AccessArea),
    /// Who has a plug-in.
    Plugin(PluginKey),
    /// Something in the text of a file: its place is known to the program that read it.
    Text,
}

/// How to fix a finding so that nobody gains or loses an access.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fix {
    /// Changes to make together.
    Changes(Vec<Change>),
    /// A repair of the text, by the program that reported the finding.
    Text,
}

impl Finding {
    /// Makes a finding of the rule's usual severity, without help or fix.
    pub fn new(rule: Rule, subject: Subject, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule
                .level()
                .and_then(Level::severity)
                .unwrap_or(Severity::Info),
            subject,
            message: message.into(),
            help: None,
            fix: None,
        }
    }

    /// Takes over what was found by reading a file: its code, severity, message and help.
    ///
    /// ```
    /// use guichet_core::{Diagnostic, Severity};
    /// use guichet_policy::lint::{Finding, Rule, Subject};
    ///
    /// #[derive(Debug, thiserror::Error)]
    /// #[error("the key `colour` is unknown; it is kept and has no effect")]
    /// struct UnknownKey;
    /// impl Diagnostic for UnknownKey {
    ///     fn code(&self) -> &'static str { "unknown-key" }
    ///     fn severity(&self) -> Severity { Severity::Info }
    /// }
    ///
    /// let finding = Finding::reported(&UnknownKey)?;
    /// assert_eq!(finding.rule, Rule::UnknownKey);
    /// assert_eq!(finding.severity, Severity::Info);
    /// assert_eq!(finding.subject, Subject::Text);
    /// # Ok::<(), guichet_policy::lint::UnknownRule>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`UnknownRule`] when no rule of the catalogue has the diagnostic's code.
    pub fn reported(diagnostic: &(impl Diagnostic + ?Sized)) -> Result<Self, UnknownRule> {
        Ok(Self {
            rule: Rule::from_code(diagnostic.code())?,
            severity: diagnostic.severity(),
            subject: Subject::Text,
            message: diagnostic.to_string(),
            help: diagnostic.help(),
            fix: None,
        })
    }

    /// Makes it one of those that matter more than the others of the rule.
    #[must_use]
    pub(super) fn raised(mut self) -> Self {
        let raised = self.rule.page().raised.and_then(Level::severity);
        self.severity = raised.unwrap_or(self.severity);
        self
    }

    /// Adds what the reader can do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a fix.
    #[must_use]
    pub(crate) fn with_fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}

impl Subject {
    /// Returns the subject in words, such as ``user `Ann` in group `Devs` ``.
    pub fn describe<'a>(&'a self, directory: &'a Directory) -> impl fmt::Display + 'a {
        let user = |user: &UserHandle| user_name(directory, *user);
        let group = |group: &GroupHandle| group_name(directory, *group);
        fmt::from_fn(move |f| match self {
            Self::Directory => f.write_str("the directory"),
            Self::User(one) => write!(f, "user `{}`", user(one)),
            Self::Group(one) => write!(f, "group `{}`", group(one)),
            Self::UserIn {
                group: holder,
                user: one,
            } => {
                write!(f, "user `{}` in group `{}`", user(one), group(holder))
            }
            Self::GroupIn { container, nested } => {
                write!(
                    f,
                    "group `{}` in group `{}`",
                    group(nested),
                    group(container)
                )
            }
            Self::Area(area) => write!(f, "{area}"),
            Self::Plugin(plugin) => write!(f, "plug-in `{plugin}`"),
            Self::Text => f.write_str("the text of a file"),
        })
    }
}
