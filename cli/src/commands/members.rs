//! `members add` and `members remove`: users and groups placed in a group and taken out of it.

use clap::Subcommand;
use guichet::names::Member;
use guichet::{Change, GroupName, Names, UserName, WordError};

use crate::context::Context;
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
    edit(context, |names| {
        Ok(match command {
            Command::Add(args) => add(args, names)?,
            Command::Remove(args) => remove(args, names)?,
        })
    })
}

fn add(args: &Args, names: &Names<'_>) -> Result<Change, WordError> {
    let group = names.group_name(&args.group)?;
    let (users, groups) = args.members(
        |word| names.member(word),
        |word| names.user_name(word),
        |word| names.group_name(word),
    )?;
    Ok(Change::AddMembers {
        group,
        users,
        groups,
    })
}

/// A name in the group's list that nobody has can be taken out too.
fn remove(args: &Args, names: &Names<'_>) -> Result<Change, WordError> {
    let group = names.group_name(&args.group)?;
    let (users, groups) = args.members(
        |word| names.leaver(&group, word),
        |word| {
            let user = names.user_name(word);
            user.or_else(|error| names.missing_user(&group, word).ok_or(error))
        },
        |word| {
            let nested = names.group_name(word);
            nested.or_else(|error| names.missing_group(&group, word).ok_or(error))
        },
    )?;
    Ok(Change::RemoveMembers {
        group,
        users,
        groups,
    })
}

impl Args {
    /// Looks every member up, and returns the users and the groups among them.
    fn members(
        &self,
        either: impl Fn(&str) -> Result<Member, WordError>,
        user: impl Fn(&str) -> Result<UserName, WordError>,
        group: impl Fn(&str) -> Result<GroupName, WordError>,
    ) -> Result<(Vec<UserName>, Vec<GroupName>), WordError> {
        let (mut users, mut groups) = (Vec::new(), Vec::new());
        for word in &self.members {
            match either(word)? {
                Member::User(user) => users.push(user),
                Member::Group(group) => groups.push(group),
            }
        }
        for word in &self.users {
            users.push(user(word)?);
        }
        for word in &self.nested {
            groups.push(group(word)?);
        }
        Ok((users, groups))
    }
}
