//! `git textconv`: what a directory says, a fact a line, for git to compare line by line.
//!
//! The lines are sorted, so that the order of the file does not matter; each fact is whole on its line
//! below the user or the group that it is about. Of a stored password there is its kind and a mark that
//! is another one when the password is.

use std::path::PathBuf;

use guichet::core::UserKind;
use guichet::storage::DirectoryText;
use guichet::storage::redact::Redacted;
use guichet::{Facts, Grantee, GroupFacts, GroupName, Listed, Marks, UserFacts, UserName};

use super::{Said, marks};
use crate::context::Context;
use crate::error::Result;
use crate::files;
use crate::output::{Ink, Report, Text, shown};
use crate::sentences::grantee_words;

/// The arguments of `git textconv`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The file, as git hands it over
    file: PathBuf,
}

/// Runs `git textconv`.
///
/// It never fails where the text is not a directory, such as a revision with marks of conflicts: git
/// would stop at it and show nothing of the other files. It prints such a text as it is.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let bytes = files::read(context, &args.file)?;
    let marks = marks::around(context)?;
    let marks = marks.as_ref();
    Ok(Said::boxed(
        match DirectoryText::parse_or_absent(bytes.clone()) {
            Ok(text) => facts(&Facts::of(&text.directory), marks),
            Err(_) => as_it_is(&String::from_utf8_lossy(&bytes), marks),
        },
    ))
}

/// Returns a text that is not a directory, each stored password with its mark.
fn as_it_is(text: &str, marks: Option<&Marks>) -> Text {
    let covered = Redacted::file(text).covered(|stored, kind| match marks {
        Some(marks) => format!("[{}, mark {}]", kind.as_str(), marks.of(stored)),
        None => format!("[{}]", kind.as_str()),
    });
    let mut text = Text::default();
    for line in covered.lines() {
        text.source(Ink::Plain, "", line);
    }
    text
}

/// Returns what a directory says, a fact a line.
fn facts(facts: &Facts<'_>, marks: Option<&Marks>) -> Text {
    let mut text = Text::default();
    for user in &facts.users {
        add_user(&mut text, user, marks);
    }
    for group in &facts.groups {
        add_group(&mut text, group);
    }
    let areas = facts.areas.iter();
    let areas = areas.map(|(area, grantee)| (area.to_string(), grantee));
    let plugins = facts.plugins.iter();
    let plugins = plugins.map(|(plugin, grantee)| (format!("plug-in {plugin}"), grantee));
    for (what, grantee) in areas.chain(plugins) {
        let grantee: &[Grantee] = std::slice::from_ref(grantee);
        text.line(format_args!("access to {what}: {}", grantee_words(grantee)));
    }
    for (label, user) in [
        ("default user", &facts.default_user),
        ("web user of single-user 4D", &facts.local_web_user),
        ("web user of 4D Server", &facts.remote_web_user),
    ] {
        let name = user
            .as_ref()
            .map_or_else(|| "none".to_owned(), |user| listed(user, UserName::as_str));
        text.line(format_args!("{label}: {name}"));
    }
    text
}

fn add_user(text: &mut Text, user: &UserFacts<'_>, marks: Option<&Marks>) {
    text.add(format_args!("user {}", shown(user.name.as_str())));
    text.line(match user.kind {
        UserKind::User => String::new(),
        kind => format!(" ({kind})"),
    });
    if let Some(password) = user.password {
        text.indent(1);
        text.add(format_args!("password set, {}", password.kind().as_str()));
        text.line(marks.map_or_else(String::new, |marks| {
            format!(", mark {}", marks.of(password.expose_stored_text()))
        }));
    }
    if let Some(method) = user.startup_method {
        text.indent(1);
        text.line(format_args!("startup method {}", shown(method.as_str())));
    }
}

fn add_group(text: &mut Text, group: &GroupFacts<'_>) {
    text.line(format_args!("group {}", shown(group.name.as_str())));
    let users = group
        .users
        .iter()
        .map(|user| ("user", listed(user, UserName::as_str)));
    let groups = group
        .groups
        .iter()
        .map(|nested| ("group", listed(nested, GroupName::as_str)));
    for (kind, name) in users.chain(groups) {
        text.indent(1);
        text.line(format_args!("{kind} {name}"));
    }
}

/// Shows a name, and whether anybody has it.
fn listed<N>(name: &Listed<'_, N>, text: fn(&N) -> &str) -> String {
    match name {
        Listed::Known(name) => shown(text(name)).into_owned(),
        Listed::Missing(name) => format!("{} (missing)", shown(text(name))),
    }
}
