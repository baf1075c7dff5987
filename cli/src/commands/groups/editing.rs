//! `groups add`, `duplicate`, `rename`, `empty`, and `delete`, which is refused.

use guichet::core::change::{AdministratorMembership, deletion_refused};
use guichet::core::{Change, GroupName};

use crate::context::Context;
use crate::editing::edit;
use crate::error::{CliError, Result};
use crate::output::Report;

/// The arguments of `groups add`.
#[derive(Debug, clap::Args)]
pub(crate) struct AddArgs {
    /// The group's name [default: the first free of `New group1`, `New group2`, …]
    name: Option<String>,
    /// Leave the Administrator out, as 4D's language does
    #[arg(long)]
    no_administrator: bool,
}

/// Runs `groups add`.
pub(super) fn add(args: &AddArgs, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let administrator = if args.no_administrator {
        AdministratorMembership::Outside
    } else {
        AdministratorMembership::Member
    };
    edit(context, |_| {
        Ok(vec![Change::AddGroup {
            name: args.name.as_deref().map(GroupName::stored),
            administrator,
        }])
    })
}

/// Runs `groups duplicate`.
pub(super) fn duplicate(
    group: &str,
    name: Option<&str>,
    context: &Context<'_>,
) -> Result<Box<dyn Report>> {
    edit(context, |names| {
        Ok(vec![Change::DuplicateGroup {
            group: names.group_name(group)?,
            name: name.map(GroupName::stored),
        }])
    })
}

/// Runs `groups rename`.
pub(super) fn rename(group: &str, name: &str, context: &Context<'_>) -> Result<Box<dyn Report>> {
    edit(context, |names| {
        Ok(vec![Change::RenameGroup {
            group: names.group_name(group)?,
            name: GroupName::stored(name),
        }])
    })
}

/// Runs `groups empty`.
pub(super) fn empty(group: &str, context: &Context<'_>) -> Result<Box<dyn Report>> {
    edit(context, |names| {
        let group = names.group_name(group)?;
        Ok(vec![Change::EmptyGroup { group }])
    })
}

/// Runs `groups delete`: it says why not.
pub(super) fn delete(group: &str, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let loaded = context.load()?;
    let handle = loaded.group(group)?;
    let group = loaded.directory().group(handle);
    let name = group.map_or_else(|| GroupName::stored(""), |group| group.name().clone());
    let error = CliError::from_diagnostic(&deletion_refused(&name));
    Err(error.help(format!(
        "Empty the group instead, with `guichet groups empty \"{name}\"`: it then gives nobody any access."
    )))
}
