//! What a directory says, fact by fact, in an order that does not depend on the file's.
//!
//! For a comparison line by line, as git makes one: who adds a user changes one line, wherever the
//! user is in the file.

use std::borrow::Cow;

use guichet_core::identity::folded_name;
use guichet_core::{
    AccessArea, Directory, Grantee, Group, GroupName, Reference, User, UserKind, UserName,
    UserReference,
};

use crate::marks::Marks;

/// Lists what a directory says, each fact in a line; what is said of a user or a group is below it,
/// after a tab.
///
/// The Designer and the Administrator come first, everything else by name; names that nobody has are
/// marked as missing (decision D11). Of a stored password there is its kind and, where marks are given,
/// its mark. The HTTP server is not among the access areas, because `directory.json` cannot say who has
/// it (decision D16). A name whose ends are spaces is in quotes, and otherwise as it is in the file.
///
/// Of a [`View`](crate::View) that includes the plug-ins of `guichet.toml`; of a
/// [`DirectoryText`](guichet_storage::DirectoryText) only what the file says.
/// O(n log n) in its names and memberships.
///
/// ```
/// use guichet::{Project, facts};
///
/// let view = Project::open("../examples/accounting")?.current();
/// let facts = facts(view.directory(), None);
/// assert_eq!(facts[0], "user Designer (designer)");
/// assert!(facts.contains(&"access to plug-in write: group Finance".to_owned()));
/// # Ok::<(), guichet::Error>(())
/// ```
pub fn facts(directory: &Directory, marks: Option<&Marks>) -> Vec<String> {
    let mut facts = Vec::new();
    let users = directory.users().map(|(_, user)| user);
    let mut users = by_name(users, |user| user.name().as_str());
    users.sort_by_key(|user| user.kind());
    for user in users {
        add_user(&mut facts, user, marks);
    }
    let groups = directory.groups().map(|(_, group)| group);
    for group in by_name(groups, |group| group.name().as_str()) {
        add_group(&mut facts, directory, group);
    }
    let grants = directory.grants();
    let areas = grants.areas().filter(|area| *area != AccessArea::Http);
    let areas = by_name(areas, |area| match area {
        AccessArea::Sql { schema, .. } => schema.as_str(),
        _ => "",
    });
    let areas = areas.into_iter().filter_map(|area| {
        let who = directory.grantee_by_name(grants.area(&area)?);
        Some((area.to_string(), who))
    });
    let plugins = by_name(grants.plugins().iter(), |grant| grant.plugin().as_str());
    let plugins = plugins.into_iter().map(|grant| {
        let who = directory.grantee_by_name(grant.grantee());
        (format!("plug-in {}", grant.plugin()), who)
    });
    facts.extend(areas.chain(plugins).map(|(what, who)| match who {
        Grantee::Everyone => format!("access to {what}: everyone"),
        Grantee::Nobody => format!("access to {what}: nobody"),
        Grantee::Group(group) => format!("access to {what}: group {}", shown(group.as_str())),
    }));
    let settings = directory.settings();
    facts.extend([
        setting(directory, "default user", settings.default_user()),
        setting(
            directory,
            "web user of single-user 4D",
            settings.local_web_user(),
        ),
        setting(
            directory,
            "web user of 4D Server",
            settings.remote_web_user(),
        ),
    ]);
    facts
}

fn add_user(facts: &mut Vec<String>, user: &User, marks: Option<&Marks>) {
    let name = shown(user.name().as_str());
    facts.push(match user.kind() {
        UserKind::User => format!("user {name}"),
        kind => format!("user {name} ({kind})"),
    });
    if let Some(password) = user.credential() {
        let mark = marks.map(|marks| marks.of(password.expose_stored_text()));
        let mark = mark.map_or_else(String::new, |mark| format!(", mark {mark}"));
        facts.push(format!(
            "\tpassword set, {}{mark}",
            password.kind().as_str()
        ));
    }
    if let Some(method) = user.startup_method() {
        facts.push(format!("\tstartup method {}", shown(method.as_str())));
    }
}

fn add_group(facts: &mut Vec<String>, directory: &Directory, group: &Group) {
    facts.push(format!("group {}", shown(group.name().as_str())));
    let users = group.users().iter();
    let users = users.filter_map(|user| Some(directory.user(*user)?.name().as_str()));
    let groups = group.groups().iter();
    let groups = groups.filter_map(|nested| Some(directory.group(*nested)?.name().as_str()));
    let missing_users = group.missing_users().iter().map(UserName::as_str);
    let missing_groups = group.missing_groups().iter().map(GroupName::as_str);
    add_members(facts, "user", users, "");
    add_members(facts, "user", missing_users, " (missing)");
    add_members(facts, "group", groups, "");
    add_members(facts, "group", missing_groups, " (missing)");
}

fn add_members<'d>(
    facts: &mut Vec<String>,
    kind: &str,
    names: impl Iterator<Item = &'d str>,
    remark: &str,
) {
    let names = by_name(names, |name| *name).into_iter();
    facts.extend(names.map(|name| format!("\t{kind} {}{remark}", shown(name))));
}

fn setting(directory: &Directory, label: &str, user: &UserReference) -> String {
    let who = match user {
        Some(Reference::Known(user)) => {
            let user = directory.user(*user);
            user.map(|user| shown(user.name().as_str()).into_owned())
        }
        Some(Reference::Missing(name)) => Some(format!("{} (missing)", shown(name.as_str()))),
        None => None,
    };
    format!("{label}: {}", who.as_deref().unwrap_or("none"))
}

/// Sorts by name whatever its case; of two that differ in case only, by the letters.
fn by_name<T>(things: impl Iterator<Item = T>, name: impl Fn(&T) -> &str) -> Vec<T> {
    let mut things: Vec<T> = things.collect();
    things.sort_by_cached_key(|thing| (folded_name(name(thing)), name(thing).to_owned()));
    things
}

/// Shows a name: as it is, or in quotes when its ends could not be seen otherwise.
fn shown(name: &str) -> Cow<'_, str> {
    if name.trim() == name && !name.is_empty() {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(format!("\"{name}\""))
    }
}
