//! Decisions in words: the same sentence wherever a reason is told to a person.

use guichet::core::{AccessControl, Grantee, GroupName, Mode};
use guichet::policy::{Access, Decision, Reason};

use crate::loaded::Loaded;
use crate::output::{chain, shown, some_listed};

const SINGLE_USER: &str = "in single-user mode everyone works as the Designer";
const CONTROL_OFF: &str =
    "access control is off: the Designer has no password, so everyone works as the Designer";

/// Tells in one sentence why a decision is what it is; the access itself is not named again.
pub(crate) fn reason_sentence(loaded: &Loaded, access: &Access, decision: &Decision) -> String {
    let grantees = || loaded.policy().grantees(access).unwrap_or_default();
    let text = match (decision.reason(), access) {
        (Reason::SingleUser, _) => SINGLE_USER,
        (Reason::AccessControlOff, _) => CONTROL_OFF,
        (Reason::Designer, Access::Group(_)) => {
            "not a member, but nothing is closed to the Designer"
        }
        (Reason::Designer, _) => "nothing is closed to the Designer",
        (Reason::Administrator, _) => "one of the Administrator's own powers",
        (Reason::Everyone, _) => "open to everyone",
        (Reason::Nobody, _) => "granted to nobody",
        (Reason::Member, _) => {
            let names = decision.path().map(|path| loaded.path_names(path));
            let groups = names.as_deref().and_then(<[String]>::split_first);
            return format!(
                "by way of {}",
                chain(groups.map_or(&[], |(_, groups)| groups))
            );
        }
        (Reason::NotMember, Access::Group(_)) => {
            "placed neither in it nor in a group that is nested in it"
        }
        (Reason::NotMember, _) => {
            return format!(
                "granted to {}; the user is not a member",
                grantee_words(&grantees())
            );
        }
        (Reason::MissingGroup, _) => {
            return format!(
                "granted to {}, which does not exist, so to nobody",
                grantee_words(&grantees())
            );
        }
        (Reason::NotEntitled, _) => "for the Designer and the Administrator only",
    };
    text.to_owned()
}

/// Tells in a few words why users have an access, or why nobody has it.
pub(crate) fn audience_sentence(loaded: &Loaded, access: &Access, grantees: &[Grantee]) -> String {
    let control = loaded.directory().access_control();
    match (loaded.mode(), control, access) {
        (Mode::SingleUser, _, _) => SINGLE_USER.to_owned(),
        (_, AccessControl::Off, _) => CONTROL_OFF.to_owned(),
        (_, _, Access::Administration) => {
            "a power of the Designer and the Administrator".to_owned()
        }
        _ => {
            let designer = loaded.directory().designer();
            let decision = loaded.policy().check(designer, access);
            let by_power = decision.is_ok_and(|decision| decision.reason() == Reason::Designer);
            let designer_too = if by_power && !grantees.contains(&Grantee::Everyone) {
                "; nothing is closed to the Designer"
            } else {
                ""
            };
            format!("granted to {}{designer_too}", grantee_words(grantees))
        }
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
