//! `members add` and `members remove`: users and groups added to a group and removed from it.

use clap::Subcommand;
use guichet::{Change, Member, Names};

use crate::help::examples;

/// The commands about the members of groups.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Add users and groups to a group
    #[command(after_help = examples!(
        "guichet members add Finance \"Ann Lee\" \"Zoé Martin\"",
        "guichet members add Accounting Finance" => "members of Finance have what Accounting has",
        "guichet members add Accounting --user Sales" => "if a user and a group are called Sales",
    ))]
    Add(Args),
    /// Remove users and groups from a group
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
    /// A user, if a group has the same name; repeatable
    #[arg(long = "user", value_name = "NAME")]
    users: Vec<String>,
    /// A group, if a user has the same name; repeatable
    #[arg(long = "group", value_name = "NAME", id = "groups")]
    nested: Vec<String>,
}

impl Command {
    /// Returns the change that the words mean; a name in the group's list that nobody has can be taken
    /// out too.
    pub(super) fn change(&self, names: &Names<'_>) -> guichet::Result<Change> {
        let (Self::Add(args) | Self::Remove(args)) = self;
        let group = names.group_name(&args.group)?;
        let is_added = matches!(self, Self::Add(_));
        let (mut users, mut groups) = (Vec::new(), Vec::new());
        for word in &args.members {
            let member = if is_added {
                names.member(word)
            } else {
                names.leaver(&group, word)
            };
            match member? {
                Member::User(user) => users.push(user),
                Member::Group(group) => groups.push(group),
            }
        }
        for word in &args.users {
            let missing = || names.missing_user(&group, word).filter(|_| !is_added);
            let user = names.user_name(word);
            users.push(user.or_else(|error| missing().ok_or(error))?);
        }
        for word in &args.nested {
            let missing = || names.missing_group(&group, word).filter(|_| !is_added);
            let nested = names.group_name(word);
            groups.push(nested.or_else(|error| missing().ok_or(error))?);
        }
        Ok(match self {
            Self::Add(_) => Change::AddMembers {
                group,
                users,
                groups,
            },
            Self::Remove(_) => Change::RemoveMembers {
                group,
                users,
                groups,
            },
        })
    }
}
