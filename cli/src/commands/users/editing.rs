//! `users add`, `duplicate`, `rename`, `delete` and `startup-method`.

use guichet::core::{Change, MethodName, UserName};

use crate::context::Context;
use crate::editing::edit;
use crate::error::Result;
use crate::output::Report;

/// The arguments of `users add`.
#[derive(Debug, clap::Args)]
pub(crate) struct AddArgs {
    /// The user's name [default: the first free of `New user1`, `New user2`, …]
    name: Option<String>,
    /// The method that 4D runs when the user opens the application
    #[arg(long, value_name = "METHOD")]
    startup_method: Option<String>,
    /// A group to place the user in; may be said several times
    #[arg(long = "group", value_name = "GROUP")]
    groups: Vec<String>,
}

/// Runs `users add`.
pub(super) fn add(args: &AddArgs, context: &Context<'_>) -> Result<Box<dyn Report>> {
    edit(context, |names| {
        let groups = args.groups.iter().map(|group| names.group_name(group));
        Ok(vec![Change::AddUser {
            name: args.name.as_deref().map(UserName::stored),
            startup_method: args.startup_method.as_deref().map(MethodName::stored),
            groups: groups.collect::<Result<_, _>>()?,
        }])
    })
}

/// Runs `users duplicate`.
pub(super) fn duplicate(
    user: &str,
    name: Option<&str>,
    context: &Context<'_>,
) -> Result<Box<dyn Report>> {
    edit(context, |names| {
        Ok(vec![Change::DuplicateUser {
            user: names.user_name(user)?,
            name: name.map(UserName::stored),
        }])
    })
}

/// Runs `users rename`.
pub(super) fn rename(user: &str, name: &str, context: &Context<'_>) -> Result<Box<dyn Report>> {
    edit(context, |names| {
        Ok(vec![Change::RenameUser {
            user: names.user_name(user)?,
            name: UserName::stored(name),
        }])
    })
}

/// Runs `users delete`.
pub(super) fn delete(user: &str, context: &Context<'_>) -> Result<Box<dyn Report>> {
    edit(context, |names| {
        let user = names.user_name(user)?;
        Ok(vec![Change::DeleteUser { user }])
    })
}

/// Runs `users startup-method`.
pub(super) fn startup_method(
    user: &str,
    method: Option<&str>,
    context: &Context<'_>,
) -> Result<Box<dyn Report>> {
    edit(context, |names| {
        Ok(vec![Change::SetStartupMethod {
            user: names.user_name(user)?,
            method: method.map(MethodName::stored),
        }])
    })
}
