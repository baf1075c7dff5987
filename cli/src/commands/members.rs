//! `members`: list those of a group, add users and groups to it, remove them from it.

use clap::Subcommand;
use guichet::{Change, Member, MemberRecord, Names};

use crate::context::Context;
use crate::editing::edit;
use crate::error::Result;
use crate::help::examples;
use crate::output::{Listing, Report, rows, shown};

/// The commands about the members of groups.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the users and groups in a group, direct or through nested groups
    #[command(after_help = examples!("guichet members list Finance"))]
    List {
        /// The group, by name or as `#15001`
        group: String,
    },
    #[command(flatten)]
    Edit(Edit),
}

/// The edits of members.
#[derive(Debug, Subcommand)]
pub(crate) enum Edit {
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

/// Runs a command about the members of groups.
pub(crate) fn run(command: &Command, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    match command {
        Command::List { group } => {
            let view = context.load()?;
            Ok(Box::new(Listing(view.list_members(view.group(group)?))))
        }
        Command::Edit(words) => edit(context, |names| Ok(vec![words.change(names)?])),
    }
}

rows!(MemberRecord, "no members", |member| {
    Text "Name": shown(&member.name),
    Text "Kind": member.kind.as_str(),
    Text "Member": if member.direct { "directly" } else { "through a nested group" },
});

impl Edit {
    /// Returns the change that the words mean; a name in the group's list that nobody has can be taken
    /// out too.
    fn change(&self, names: &Names<'_>) -> guichet::Result<Change> {
        let (Self::Add(args) | Self::Remove(args)) = self;
        let is_added = matches!(self, Self::Add(_));
        let verb = if is_added { "add" } else { "remove" };
        let command = format!("guichet members {verb}");
        let group = names.group_of_members(&args.group, &args.members, &command)?;
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
