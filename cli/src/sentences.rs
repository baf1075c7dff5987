//! Decisions in words: the same sentence wherever a person reads a reason.

use guichet::core::{Grantee, GroupName};
use guichet::{Audience, Grounds, Reason, Verdict};

use crate::output::{chain, shown, some_listed};

const SINGLE_USER: &str = "in single-user mode everyone works as the Designer";
const CONTROL_OFF: &str =
    "access control is off: the Designer has no password, so everyone works as the Designer";

/// Says in one sentence why an access is allowed or denied; the access itself is not named again.
pub(crate) fn reason_sentence(verdict: &Verdict) -> String {
    let granted = || grantee_words(&verdict.granted_to);
    let text = match (verdict.reason, &verdict.group) {
        (Reason::SingleUser, _) => SINGLE_USER,
        (Reason::AccessControlOff, _) => CONTROL_OFF,
        (Reason::Designer, Some(_)) => "not a member, but nothing is closed to the Designer",
        (Reason::Designer, None) => "nothing is closed to the Designer",
        (Reason::Administrator, _) => "one of the Administrator's own powers",
        (Reason::Everyone, _) => "open to everyone",
        (Reason::Nobody, _) => "granted to nobody",
        (Reason::Member, _) => return format!("through {}", chain(&verdict.chain)),
        (Reason::NotMember, Some(_)) => "not a member, neither directly nor through a nested group",
        (Reason::NotMember, None) => {
            return format!("granted to {}; the user is not a member", granted());
        }
        (Reason::MissingGroup, _) => {
            return format!(
                "granted to {}, which does not exist: nobody has it",
                granted()
            );
        }
        (Reason::NotEntitled, _) => "for the Designer and the Administrator only",
    };
    text.to_owned()
}

/// Says in a few words why users have an access, or why nobody has it.
pub(crate) fn audience_sentence(audience: &Audience) -> String {
    let granted = || grantee_words(&audience.granted_to);
    match audience.grounds {
        Grounds::SingleUser => SINGLE_USER.to_owned(),
        Grounds::AccessControlOff => CONTROL_OFF.to_owned(),
        Grounds::Power => "for the Designer and the Administrator only".to_owned(),
        Grounds::GrantedOrDesigner => {
            format!(
                "granted to {}; nothing is closed to the Designer",
                granted()
            )
        }
        _ => format!("granted to {}", granted()),
    }
}

/// Says who is granted: `everyone`, `nobody`, or the groups.
pub(crate) fn grantee_words(grantees: &[Grantee]) -> String {
    if grantees.contains(&Grantee::Everyone) {
        return "everyone".to_owned();
    }
    let groups: Vec<String> = grantees
        .iter()
        .filter_map(Grantee::group)
        .map(GroupName::to_string)
        .collect();
    match groups.as_slice() {
        [] => "nobody".to_owned(),
        [one] => format!("group {}", shown(one)),
        several => format!("groups {}", some_listed(several)),
    }
}
