//! `git textconv`: what a directory says, a fact a line, for git to compare line by line.
//!
//! The lines are sorted, so that the order of the file does not matter; each fact stands whole on its
//! line below the user or the group that it is about. Of a stored password there is its kind and a mark
//! that tells when it is another one.

use std::path::PathBuf;

use guichet::core::identity::folded_name;
use guichet::core::{
    AccessArea, Directory, Grantee, Group, GroupName, User, UserKind, UserName, UserReference,
};
use guichet::storage::redact::Redacted;
use serde_json::Value;

use super::marks::Marks;
use crate::context::Context;
use crate::error::Result;
use crate::files;
use crate::output::{Ink, Page, Report, Text, shown};
use crate::sentences::grantee_words;
use crate::texts;

/// The arguments of `git textconv`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The file, as git hands it over
    file: PathBuf,
}

/// Runs `git textconv`.
///
/// It never fails where the text is no directory, such as a revision with marks of conflicts: git
/// would stop at it and show nothing of the other files. It prints such a text as it is.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let bytes = files::read(context, &args.file)?;
    let text = match texts::parse(texts::or_empty(bytes.clone()), &args.file) {
        Ok(text) => {
            let marks = Marks::around(&context.current_folder()?);
            facts(&text.directory, &marks)
        }
        Err(_) => as_it_is(&bytes),
    };
    Ok(Box::new(Facts(text)))
}

/// What git compares, line by line.
#[derive(Debug)]
struct Facts(Text);

impl Report for Facts {
    fn json(&self) -> Value {
        Value::String(self.0.as_plain().to_owned())
    }

    fn text(&self, _: Page) -> Text {
        self.0.clone()
    }
}

/// Returns a text that is no directory.
fn as_it_is(bytes: &[u8]) -> Text {
    let bytes = String::from_utf8_lossy(bytes);
    let shown = Redacted::file(&bytes).labelled();
    let mut text = Text::default();
    for line in shown.lines() {
        text.source(Ink::Plain, "", line);
    }
    text
}

/// Returns what a directory says, a fact a line.
fn facts(directory: &Directory, marks: &Marks) -> Text {
    let mut text = Text::default();
    let mut users: Vec<&User> = directory.users().map(|(_, user)| user).collect();
    users.sort_by_cached_key(|user| (rank(user.kind()), sorted(user.name().as_str())));
    for user in users {
        add_user(&mut text, user, marks);
    }
    let mut groups: Vec<&Group> = directory.groups().map(|(_, group)| group).collect();
    groups.sort_by_cached_key(|group| sorted(group.name().as_str()));
    for group in groups {
        add_group(&mut text, directory, group);
    }
    add_grants(&mut text, directory);
    add_settings(&mut text, directory);
    text
}

fn add_user(text: &mut Text, user: &User, marks: &Marks) {
    let name = shown(user.name().as_str());
    match user.kind() {
        UserKind::User => text.line(format_args!("user {name}")),
        kind => text.line(format_args!("user {name} ({kind})")),
    }
    if let Some(password) = user.credential() {
        text.indent(1);
        text.add(format_args!("password set, {}", password.kind().as_str()));
        if let Some(mark) = marks.of(password) {
            text.add(format_args!(", mark {mark}"));
        }
        text.end();
    }
    if let Some(method) = user.startup_method() {
        text.indent(1);
        text.line(format_args!("startup method {}", shown(method.as_str())));
    }
}

fn add_group(text: &mut Text, directory: &Directory, group: &Group) {
    text.line(format_args!("group {}", shown(group.name().as_str())));
    let users = group.users().iter();
    let users = users.filter_map(|user| Some(directory.user(*user)?.name().as_str()));
    let groups = group.groups().iter();
    let groups = groups.filter_map(|nested| Some(directory.group(*nested)?.name().as_str()));
    let missing_users = group.missing_users().iter().map(UserName::as_str);
    let missing_groups = group.missing_groups().iter().map(GroupName::as_str);
    add_members(text, "user", users, "");
    add_members(text, "user", missing_users, " (missing)");
    add_members(text, "group", groups, "");
    add_members(text, "group", missing_groups, " (missing)");
}

fn add_members<'n>(
    text: &mut Text,
    kind: &str,
    names: impl Iterator<Item = &'n str>,
    remark: &str,
) {
    let mut names: Vec<&str> = names.collect();
    names.sort_by_cached_key(|name| sorted(name));
    for name in names {
        text.indent(1);
        text.line(format_args!("{kind} {}{remark}", shown(name)));
    }
}

fn add_grants(text: &mut Text, directory: &Directory) {
    let grants = directory.grants();
    // Who may reach the HTTP server is not in the file (decision D16).
    let areas = grants.areas().filter(|area| *area != AccessArea::Http);
    let mut areas: Vec<AccessArea> = areas.collect();
    areas.sort_by_cached_key(|area| match area {
        AccessArea::Sql { schema, .. } => sorted(schema.as_str()),
        _ => sorted(""),
    });
    for area in areas {
        let grantee = grants.area(&area).map(|who| directory.grantee_by_name(who));
        add_grant(text, &area.to_string(), grantee.as_slice());
    }
    let mut plugins: Vec<_> = grants.plugins().iter().collect();
    plugins.sort_by_cached_key(|grant| sorted(grant.plugin().as_str()));
    for grant in plugins {
        let grantee = directory.grantee_by_name(grant.grantee());
        add_grant(text, &format!("plug-in {}", grant.plugin()), &[grantee]);
    }
}

fn add_grant(text: &mut Text, what: &str, grantee: &[Grantee]) {
    text.line(format_args!(
        "access to {}: {}",
        what,
        grantee_words(grantee)
    ));
}

fn add_settings(text: &mut Text, directory: &Directory) {
    let settings = directory.settings();
    for (label, user) in [
        ("default user", settings.default_user()),
        ("web user of single-user 4D", settings.local_web_user()),
        ("web user of 4D Server", settings.remote_web_user()),
    ] {
        let name = match user {
            UserReference::None => "none".to_owned(),
            UserReference::Known(user) => {
                let user = directory.user(*user);
                user.map(|user| shown(user.name().as_str()).into_owned())
                    .unwrap_or_default()
            }
            UserReference::Missing(name) => format!("{} (missing)", shown(name.as_str())),
        };
        text.line(format_args!("{label}: {name}"));
    }
}

const fn rank(kind: UserKind) -> u8 {
    match kind {
        UserKind::Designer => 0,
        UserKind::Administrator => 1,
        UserKind::User => 2,
    }
}

/// By name whatever its case; of two that differ in case only, by the letters.
fn sorted(name: &str) -> (String, String) {
    (folded_name(name), name.to_owned())
}
