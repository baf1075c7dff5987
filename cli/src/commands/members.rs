//! `members add` and `members remove`: users and groups placed in a group and taken out of it.

use clap::Subcommand;
use guichet::core::{Change, GroupName, UserName};

use crate::context::Context;
use crate::editing::desk::{Desk, Member};
use crate::editing::edit;
use crate::error::Result;
use crate::help::examples;
use crate::output::Report;

/// The commands about the members of groups.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Place users and groups in a group
    #[command(after_help = examples!(
        "guichet members add Finance \"Ann Lee\" \"Zoé Martin\"",
        "guichet members add Accounting Finance" => "members of Finance have what Accounting has",
        "guichet members add Accounting --user Sales" => "where a user and a group are called Sales",
    ))]
    Add(Args),
    /// Take users and groups out of a group
    #[command(after_help = examples!("guichet members remove Finance \"Ann Lee\""))]
    Remove(Args),
}

/// Which members of which group.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The group, by name or as `#15001`
    group: String,
    /// The members: users and groups, by name, as `#3` or as `#15001`
    #[arg(value_name = "MEMBER", required_unless_present_any = ["users", "groups"])]
    members: Vec<String>,
    /// A user, where a group has the same name; may be said several times
    #[arg(long = "user", value_name = "NAME")]
    users: Vec<String>,
    /// A group, where a user has the same name; may be said several times
    #[arg(long = "group", value_name = "NAME", id = "groups")]
    nested: Vec<String>,
}

/// Runs a command about members.
pub(crate) fn run(command: &Command, context: &Context<'_>) -> Result<Box<dyn Report>> {
    edit(context, |desk| {
        Ok(vec![match command {
            Command::Add(args) => add(args, desk)?,
            Command::Remove(args) => remove(args, desk)?,
        }])
    })
}

fn add(args: &Args, desk: &Desk<'_>) -> Result<Change> {
    let group = desk.group(&args.group)?;
    let bare = args.members.iter().map(|word| desk.member(word));
    let (mut users, mut groups) = sorted(bare)?;
    for word in &args.users {
        users.push(desk.user(word)?);
    }
    groups.extend(desk.groups(&args.nested)?);
    Ok(Change::AddMembers {
        group,
        users,
        groups,
    })
}

/// A name in the group's list that nobody has can be taken out too.
fn remove(args: &Args, desk: &Desk<'_>) -> Result<Change> {
    let group = desk.group(&args.group)?;
    let bare = args.members.iter().map(|word| desk.leaver(&group, word));
    let (mut users, mut groups) = sorted(bare)?;
    for word in &args.users {
        let user = desk.user(word);
        users.push(user.or_else(|error| desk.missing_user(&group, word).ok_or(error))?);
    }
    for word in &args.nested {
        let nested = desk.group(word);
        groups.push(nested.or_else(|error| desk.missing_group(&group, word).ok_or(error))?);
    }
    Ok(Change::RemoveMembers {
        group,
        users,
        groups,
    })
}

fn sorted(
    members: impl Iterator<Item = Result<Member>>,
) -> Result<(Vec<UserName>, Vec<GroupName>)> {
    let (mut users, mut groups) = (Vec::new(), Vec::new());
    for member in members {
        match member? {
            Member::User(user) => users.push(user),
            Member::Group(group) => groups.push(group),
        }
    }
    Ok((users, groups))
}
