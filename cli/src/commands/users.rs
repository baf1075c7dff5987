//! `users`: list and show them, add, duplicate, rename and delete them, set their passwords.

use clap::Subcommand;
use guichet::core::MethodName;
use guichet::{Change, Names, Person, UserDetail, UserName, UserRecord};

use crate::context::Context;
use crate::editing::{edit, password};
use crate::effect::Effect;
use crate::error::Result;
use crate::help::examples;
use crate::output::{
    Column, Content, Facts, Ink, Listing, Marked as _, Page, Report, Row, Text, listed, shown,
};

/// The commands about users.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List every user, or those in a group
    #[command(after_help = examples!(
        "guichet users list",
        "guichet users list --group Finance" => "direct or through nested groups",
    ))]
    List {
        /// Only the users in this group, direct or through nested groups
        #[arg(long)]
        group: Option<String>,
    },
    /// Show one user and all their groups
    #[command(after_help = examples!("guichet users show \"Ann Lee\"", "guichet users show \"#3\""))]
    Show {
        /// The user, by name or as `#3`
        user: String,
    },
    #[command(flatten)]
    Edit(Edit),
    /// Set or remove a user's password (guichet asks for it)
    #[command(after_help = examples!(
        "guichet users passwd \"Ann Lee\"" => "asks for it, twice",
        "guichet users passwd \"Ann Lee\" --password-stdin < file",
        "guichet users passwd \"Ann Lee\" --remove",
    ))]
    Passwd(PasswdArgs),
}

/// The edits of users that words alone say.
#[derive(Debug, Subcommand)]
pub(crate) enum Edit {
    /// Add users
    #[command(after_help = examples!(
        "guichet users add \"Mia Chen\" --group Finance --group Devs",
        "guichet users add Mia Tom Eva --like \"Ann Lee\"" => "three in the groups of Ann Lee",
        "guichet users add" => "named `New user1`",
    ))]
    Add {
        /// The users' names [default: the first free of `New user1`, `New user2`, …]
        #[arg(value_name = "NAME")]
        names: Vec<String>,
        /// The method that 4D runs when the user opens the application
        #[arg(long, value_name = "METHOD")]
        startup_method: Option<String>,
        /// A group to place the user in; repeatable
        #[arg(long = "group", value_name = "GROUP")]
        groups: Vec<String>,
        /// Take the startup method and the groups of this user, as `duplicate` does
        #[arg(long, value_name = "USER", conflicts_with_all = ["startup_method", "groups"])]
        like: Option<String>,
    },
    /// Add users with the startup method and the groups of another, without its password
    #[command(after_help = examples!(
        "guichet users duplicate \"Ann Lee\" \"Mia Chen\"",
        "guichet users duplicate \"Ann Lee\" Mia Tom Eva" => "three copies",
    ))]
    Duplicate {
        /// The user to copy, by name or as `#3`
        user: String,
        /// The names of the copies [default: the first free of `New user1`, `New user2`, …]
        #[arg(value_name = "NAME")]
        names: Vec<String>,
    },
    /// Rename a user everywhere
    #[command(after_help = examples!("guichet users rename \"Ann Lee\" \"Ann Lee-Chen\""))]
    Rename {
        /// The user, by name or as `#3`
        user: String,
        /// The new name
        name: String,
    },
    /// Delete a user everywhere; the users after it move up by one number
    #[command(after_help = examples!(
        "guichet users delete \"Paul Durand\" --dry-run" => "show who would lose what, and do nothing",
    ))]
    Delete {
        /// The user, by name or as `#3`
        user: String,
    },
    /// Set or remove the method that 4D runs when the user opens the application
    #[command(after_help = examples!(
        "guichet users startup-method \"Ann Lee\" ShowDashboard",
        "guichet users startup-method \"Ann Lee\"" => "removes it",
    ))]
    StartupMethod {
        /// The user, by name or as `#3`
        user: String,
        /// The method [default: remove it]
        method: Option<String>,
    },
}

impl Command {
    /// Returns what the command changes.
    pub(crate) const fn effect(&self) -> Effect {
        match self {
            Self::List { .. } | Self::Show { .. } => Effect::Reads,
            Self::Edit(_) | Self::Passwd(_) => Effect::Edits,
        }
    }
}

/// Runs a command about users.
pub(crate) fn run(command: &Command, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    match command {
        Command::List { group } => {
            let view = context.load()?;
            let group = group.as_ref().map(|word| view.group(word)).transpose()?;
            let users = group.map_or_else(|| view.list_users(), |group| view.list_users_in(group));
            Ok(Box::new(Listing(users)))
        }
        Command::Show { user } => {
            let view = context.load()?;
            Ok(Box::new(view.show_user(view.user(user)?)))
        }
        Command::Edit(words) => edit(context, |names| words.changes(names)),
        Command::Passwd(args) => passwd(args, context),
    }
}

impl Edit {
    /// Returns the changes that the words mean: one for each new name.
    fn changes(&self, names: &Names<'_>) -> guichet::Result<Vec<Change>> {
        let change = match self {
            Self::Add {
                names: new,
                like: Some(user),
                ..
            }
            | Self::Duplicate { user, names: new } => {
                let user = names.user_name(user)?;
                return Ok(for_each_name(new, |name| Change::DuplicateUser {
                    user: user.clone(),
                    name,
                }));
            }
            Self::Add {
                names: new,
                startup_method,
                groups,
                like: None,
            } => {
                let groups = groups.iter().map(|group| names.group_name(group));
                let groups = groups.collect::<Result<Vec<_>, _>>()?;
                return Ok(for_each_name(new, |name| Change::AddUser {
                    name,
                    startup_method: startup_method.as_deref().map(MethodName::from_stored),
                    groups: groups.clone(),
                }));
            }
            Self::Rename { user, name } => Change::RenameUser {
                user: names.user_name(user)?,
                name: UserName::from_stored(name),
            },
            Self::Delete { user } => Change::DeleteUser {
                user: names.user_name(user)?,
            },
            Self::StartupMethod { user, method } => Change::SetStartupMethod {
                user: names.user_name(user)?,
                method: method.as_deref().map(MethodName::from_stored),
            },
        };
        Ok(vec![change])
    }
}

/// Makes a change for each name; without a name one, for a user with a default name.
fn for_each_name(names: &[String], change: impl Fn(Option<UserName>) -> Change) -> Vec<Change> {
    match names {
        [] => vec![change(None)],
        names => {
            let names = names.iter().map(|name| Some(UserName::from_stored(name)));
            names.map(change).collect()
        }
    }
}

/// The arguments of `users passwd`.
#[derive(Debug, clap::Args)]
pub(crate) struct PasswdArgs {
    /// The user, by name or as `#3`
    user: String,
    /// Read the password from standard input: its first line
    #[arg(long, conflicts_with = "remove")]
    password_stdin: bool,
    /// Remove the password; if it is the Designer's, access control is off
    #[arg(long)]
    remove: bool,
}

/// Runs `users passwd`.
fn passwd(args: &PasswdArgs, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let credential = if args.remove {
        None
    } else {
        // Asked for and hashed before the lock is taken: somebody may type for minutes.
        let loaded = context.load()?;
        loaded.user(&args.user)?;
        let charset = loaded.policy().options().password_charset;
        let from_stdin = args.password_stdin.into();
        let credential = password::new_credential(context, charset, from_stdin)?;
        Some(credential)
    };
    edit(context, |names| {
        let user = names.user_name(&args.user)?;
        let credential = credential.clone();
        Ok(vec![Change::SetPassword { user, credential }])
    })
}

impl Row for UserRecord {
    const COLUMNS: &'static [Column] = &[
        Column::Number("Id"),
        Column::Text("Name"),
        Column::Text("Kind"),
        Column::Text("Password"),
        Column::Text("Startup method"),
        Column::Text("Groups"),
    ];
    const NONE: &'static str = "no users";

    fn cells(&self) -> Vec<Content> {
        let ink = Ink::of_user(self.kind);
        vec![
            self.id.to_string().into(),
            Content::inked(ink, shown(&self.name)),
            Content::inked(ink, self.kind.as_str()),
            self.password.as_str().into(),
            self.startup_method.as_deref().unwrap_or_default().into(),
            listed(&self.groups).into(),
        ]
    }
}

impl Report for UserDetail {
    fn text(&self, page: Page) -> Text {
        let user = &self.user;
        let (name, kind) = (user.name.clone(), user.kind);
        let mut facts = Facts::new(page);
        facts.add_text("user", Person { name, kind }.marked());
        facts.add("id", user.id.to_string());
        facts.add("kind", kind.as_str());
        facts.add("password", user.password.as_str());
        let method = user.startup_method.as_deref();
        facts.add("startup method", method.unwrap_or("none"));
        facts.add("placed in", listed(&user.groups));
        facts.add("also in", listed(&self.through_nesting));
        facts.render()
    }
}
