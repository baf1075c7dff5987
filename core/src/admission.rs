//! Who is admitted to a plug-in: the one rule, for decisions and for seats alike.
//!
//! The first of these that applies is the reason:
//!
//! 1. single-user 4D, or a Designer without a password: everybody is admitted (decision D18);
//! 2. an account that the directory does not have is not;
//! 3. the Designer is, if the policy `designer_plugins` says so (decision D2);
//! 4. the grantee of the plug-in decides: everyone, nobody, or the effective members of one group
//!    (decision D19). A group that does not exist has none (decision D12).
//!
//! Whether the plug-in is known at all, and whether a seat is free, is asked elsewhere.

use std::fmt;

use crate::directory::{AccessControl, Directory};
use crate::grantee::{Grantee, GroupReference, StoredGrantee};
use crate::id::GroupHandle;
use crate::options::{DesignerPlugins, Mode, Options};
use crate::plugin::PluginKey;
use crate::user::UserKind;

/// The admission to one plug-in of one directory, deployed in one way, under one set of options.
///
/// Membership is asked of a function that answers with its evidence, such as the chain of groups;
/// it is called once at most, and only where a group decides. Costs nothing besides.
///
/// ```
/// use guichet_core::{
///     Admission, AdmissionReason, Credential, DirectoryBuilder, Grantee, GroupName, Mode, Options,
///     PluginKey, UserKind, UserName,
/// };
/// let mut builder = DirectoryBuilder::new();
/// let designer = builder.as_directory().designer();
/// builder.credential(designer, Credential::from_stored("AAAAAAAAAAAAAAAAAAAAAA=="));
/// let ann = builder.user(UserName::from_stored("Ann"));
/// let writers = builder.group(GroupName::from_stored("Writers"));
/// builder.members_of(writers).user("Ann");
/// let write = PluginKey::from_stored("write");
/// builder.grant_plugin(&write, &Grantee::parse("Writers"));
/// let directory = builder.finish();
///
/// let admission = Admission::new(&directory, Mode::Server, &Options::default(), &write);
/// let members = directory.group(writers).map_or(&[][..], |group| group.users());
/// let verdict = admission.decide(Some(UserKind::User), |_| members.contains(&ann).then_some(()));
/// assert!(verdict.is_ok());
/// assert_eq!(AdmissionReason::from(&verdict), AdmissionReason::Member);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Admission<'a> {
    /// Where the directory is used.
    pub mode: Mode,
    /// Whether access is controlled.
    pub access_control: AccessControl,
    /// Whether the Designer passes every plug-in's group.
    pub designer_plugins: DesignerPlugins,
    /// Who may use the plug-in.
    pub grantee: &'a StoredGrantee,
}

/// Why an account is admitted; `P` is the evidence of membership.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Admitted<P> {
    /// Single-user 4D checks nothing.
    SingleUser,
    /// The Designer has no password, so nothing is checked.
    AccessControlOff,
    /// The account is the Designer, and under this policy no plug-in's group keeps the Designer out.
    Designer,
    /// The plug-in is open to everyone.
    Everyone,
    /// The account is an effective member of the plug-in's group.
    Member(P),
}

/// Why an account is not admitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotAdmitted {
    /// The plug-in is given to nobody.
    Nobody,
    /// The account is not an effective member of the plug-in's group.
    NotMember,
    /// The plug-in's group does not exist.
    MissingGroup,
    /// The directory has no such account.
    UnknownUser,
}

/// The reason of an admission, for or against, as one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is one of `Admitted` or `NotAdmitted`")]
pub enum AdmissionReason {
    SingleUser,
    AccessControlOff,
    Designer,
    Everyone,
    Member,
    Nobody,
    NotMember,
    MissingGroup,
    UnknownUser,
}

impl<'a> Admission<'a> {
    /// Returns the admission to a plug-in; one that has no grant is open to everyone (decision D12).
    pub fn new(
        directory: &'a Directory,
        mode: Mode,
        options: &Options,
        plugin: &PluginKey,
    ) -> Self {
        Self {
            mode,
            access_control: directory.access_control(),
            designer_plugins: options.designer_plugins,
            grantee: directory.grants().plugin(plugin),
        }
    }

    /// Decides about an account, by what it is; none is an account that does not exist.
    ///
    /// `evidence` returns a proof that the account is an effective member of a group, if it is one.
    ///
    /// # Errors
    ///
    /// [`NotAdmitted`], the reason against.
    pub fn decide<P>(
        &self,
        account: Option<UserKind>,
        evidence: impl FnOnce(GroupHandle) -> Option<P>,
    ) -> Result<Admitted<P>, NotAdmitted> {
        match (self.mode, self.access_control) {
            (Mode::SingleUser, _) => return Ok(Admitted::SingleUser),
            (Mode::Server, AccessControl::Off) => return Ok(Admitted::AccessControlOff),
            (Mode::Server, AccessControl::On) => {}
        }
        match (account, self.designer_plugins) {
            (None, _) => return Err(NotAdmitted::UnknownUser),
            (Some(UserKind::Designer), DesignerPlugins::Always) => return Ok(Admitted::Designer),
            (Some(UserKind::Designer), DesignerPlugins::ByGroup)
            | (Some(UserKind::Administrator | UserKind::User), _) => {}
        }
        match self.grantee {
            Grantee::Everyone => Ok(Admitted::Everyone),
            Grantee::Nobody => Err(NotAdmitted::Nobody),
            Grantee::Group(GroupReference::Missing(_)) => Err(NotAdmitted::MissingGroup),
            Grantee::Group(GroupReference::Known(group)) => evidence(*group)
                .map(Admitted::Member)
                .ok_or(NotAdmitted::NotMember),
        }
    }
}

impl AdmissionReason {
    /// Every reason, those for it first.
    pub const ALL: [Self; 9] = [
        Self::SingleUser,
        Self::AccessControlOff,
        Self::Designer,
        Self::Everyone,
        Self::Member,
        Self::Nobody,
        Self::NotMember,
        Self::MissingGroup,
        Self::UnknownUser,
    ];

    /// Returns whether the account is admitted.
    pub const fn is_admitted(self) -> bool {
        match self {
            Self::SingleUser
            | Self::AccessControlOff
            | Self::Designer
            | Self::Everyone
            | Self::Member => true,
            Self::Nobody | Self::NotMember | Self::MissingGroup | Self::UnknownUser => false,
        }
    }

    /// Returns the word for programs, such as `not-member`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SingleUser => "single-user",
            Self::AccessControlOff => "access-control-off",
            Self::Designer => "designer",
            Self::Everyone => "everyone",
            Self::Member => "member",
            Self::Nobody => "nobody",
            Self::NotMember => "not-member",
            Self::MissingGroup => "missing-group",
            Self::UnknownUser => "unknown-user",
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for AdmissionReason {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl fmt::Display for AdmissionReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl<P> From<&Result<Admitted<P>, NotAdmitted>> for AdmissionReason {
    fn from(verdict: &Result<Admitted<P>, NotAdmitted>) -> Self {
        match verdict {
            Ok(Admitted::SingleUser) => Self::SingleUser,
            Ok(Admitted::AccessControlOff) => Self::AccessControlOff,
            Ok(Admitted::Designer) => Self::Designer,
            Ok(Admitted::Everyone) => Self::Everyone,
            Ok(Admitted::Member(_)) => Self::Member,
            Err(NotAdmitted::Nobody) => Self::Nobody,
            Err(NotAdmitted::NotMember) => Self::NotMember,
            Err(NotAdmitted::MissingGroup) => Self::MissingGroup,
            Err(NotAdmitted::UnknownUser) => Self::UnknownUser,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Admission, AdmissionReason};
    use crate::directory::AccessControl;
    use crate::grantee::{Grantee, GroupReference, StoredGrantee};
    use crate::id::GroupHandle;
    use crate::name::GroupName;
    use crate::options::{DesignerPlugins, Mode};
    use crate::user::UserKind;

    const GROUP: GroupHandle = GroupHandle::from_slot(0);

    fn reason(
        mode: Mode,
        access_control: AccessControl,
        designer_plugins: DesignerPlugins,
        grantee: &StoredGrantee,
        account: (Option<UserKind>, bool),
    ) -> AdmissionReason {
        let admission = Admission {
            mode,
            access_control,
            designer_plugins,
            grantee,
        };
        let (kind, member) = account;
        let verdict = admission.decide(kind, |group| (member && group == GROUP).then_some(()));
        let reason = AdmissionReason::from(&verdict);
        assert_eq!(reason.is_admitted(), verdict.is_ok());
        reason
    }

    /// Every combination against the rule told in another way: each condition by itself.
    #[test]
    fn every_combination_has_the_first_reason_that_applies() {
        let grantees = [
            Grantee::Everyone,
            Grantee::Nobody,
            Grantee::Group(GroupReference::Missing(GroupName::from_stored("Later"))),
            Grantee::Group(GroupReference::Known(GROUP)),
        ];
        let kinds = [
            None,
            Some(UserKind::Designer),
            Some(UserKind::Administrator),
            Some(UserKind::User),
        ];
        let mut seen = Vec::new();
        for mode in [Mode::Server, Mode::SingleUser] {
            for control in [AccessControl::On, AccessControl::Off] {
                for passes in [DesignerPlugins::ByGroup, DesignerPlugins::Always] {
                    for (place, grantee) in grantees.iter().enumerate() {
                        for kind in kinds {
                            for member in [false, true] {
                                let always = passes == DesignerPlugins::Always;
                                let rules = [
                                    (mode == Mode::SingleUser, AdmissionReason::SingleUser),
                                    (
                                        control == AccessControl::Off,
                                        AdmissionReason::AccessControlOff,
                                    ),
                                    (kind.is_none(), AdmissionReason::UnknownUser),
                                    (
                                        always && kind == Some(UserKind::Designer),
                                        AdmissionReason::Designer,
                                    ),
                                    (place == 0, AdmissionReason::Everyone),
                                    (place == 1, AdmissionReason::Nobody),
                                    (place == 2, AdmissionReason::MissingGroup),
                                    (member, AdmissionReason::Member),
                                    (true, AdmissionReason::NotMember),
                                ];
                                let first = rules.iter().find(|(applies, _)| *applies);
                                let told = reason(mode, control, passes, grantee, (kind, member));
                                assert_eq!(Some(told), first.map(|(_, reason)| *reason));
                                seen.push(told);
                            }
                        }
                    }
                }
            }
        }
        assert!(
            AdmissionReason::ALL
                .iter()
                .all(|reason| seen.contains(reason))
        );
    }

    #[test]
    fn membership_is_asked_only_where_a_group_decides() {
        let everyone = Grantee::Everyone;
        let admission = Admission {
            mode: Mode::Server,
            access_control: AccessControl::On,
            designer_plugins: DesignerPlugins::ByGroup,
            grantee: &everyone,
        };
        let mut asked = 0;
        let verdict = admission.decide(Some(UserKind::User), |_| {
            asked += 1;
            Some(())
        });
        assert!(verdict.is_ok());
        assert_eq!(asked, 0);
    }
}
