//! Decisions in words: the same sentence wherever a reason is told to a person.

use guichet_core::{Grantee, GroupName};
use guichet_policy::{Access, Decision, Reason};

use crate::context::Loaded;

/// Tells in one sentence why a decision is what it is.
pub(crate) fn reason_sentence(loaded: &Loaded, access: &Access, decision: &Decision) -> String {
    let access_name = loaded.describe(access);
    match decision.reason() {
        Reason::SingleUser => "in single-user mode everyone works as the Designer".to_owned(),
        Reason::AccessControlOff => {
            "access control is off: the Designer has no password, so everyone works as the Designer"
                .to_owned()
        }
        Reason::Designer => "no part of the application is closed to the Designer".to_owned(),
        Reason::Administrator => "it belongs to the Administrator's powers".to_owned(),
        Reason::Everyone => format!("{access_name} is open to everyone"),
        Reason::Nobody => format!("{access_name} is granted to nobody"),
        Reason::Member => decision.path().map_or_else(String::new, |path| {
            format!("by way of {}", loaded.path_names(path).join(" → "))
        }),
        Reason::NotMember => {
            let grantees = loaded.policy().grantees(access);
            format!(
                "{access_name} is granted to {}, which the user is not in",
                grantee_words(&grantees)
            )
        }
        Reason::MissingGroup => {
            format!("{access_name} is granted to a group that does not exist, so to nobody")
        }
        Reason::NotEntitled => {
            "only the Designer and the Administrator may administer the server".to_owned()
        }
    }
}

/// Says who is granted: `everyone`, `nobody`, or the groups.
pub(crate) fn grantee_words(grantees: &[Grantee]) -> String {
    if grantees.contains(&Grantee::Everyone) {
        return "everyone".to_owned();
    }
    let groups: Vec<&str> = grantees
        .iter()
        .filter_map(Grantee::group)
        .map(GroupName::as_str)
        .collect();
    match groups.as_slice() {
        [] => "nobody".to_owned(),
        [one] => format!("group {one}"),
        several => format!("groups {}", several.join(", ")),
    }
}
