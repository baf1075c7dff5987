//! `groups`: list and show them, add, duplicate, rename and empty them.

use clap::Subcommand;
use guichet::core::{AdministratorMembership, Refusal};
use guichet::{Change, GroupDetail, GroupName, GroupRecord, Names};

use crate::context::Context;
use crate::editing::edit;
use crate::effect::Effect;
use crate::error::{CliError, Result};
use crate::help::examples;
use crate::output::{
    Column, Content, Facts, Ink, Listing, Marked, Page, Report, Row, Text, joined, listed,
    listed_people, shown,
};

/// The commands about groups.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List every group
    List,
    /// Show one group, with everyone who is in it through nesting
    #[command(after_help = examples!("guichet groups show Finance", "guichet groups show \"#15002\""))]
    Show {
        /// The group, by name or as `#15001`
        group: String,
    },
    #[command(flatten)]
    Edit(Edit),
    /// Not possible in 4D: explain why, and what to do instead
    Delete {
        /// The group, by name or as `#15001`
        group: String,
    },
}

/// The edits of groups.
#[derive(Debug, Subcommand)]
pub(crate) enum Edit {
    /// Add a group; the Administrator is a member, as in 4D's editor
    #[command(after_help = examples!(
        "guichet groups add Warehouse",
        "guichet groups add Warehouse --no-administrator",
    ))]
    Add {
        /// The group's name [default: the first free of `New group1`, `New group2`, …]
        name: Option<String>,
        /// Leave the Administrator out, as 4D's language does
        #[arg(long)]
        no_administrator: bool,
    },
    /// Add a group with the members of another; without its access
    #[command(after_help = examples!("guichet groups duplicate Finance \"Finance Lyon\""))]
    Duplicate {
        /// The group to copy, by name or as `#15001`
        group: String,
        /// The name of the copy [default: the first free of `New group1`, `New group2`, …]
        name: Option<String>,
    },
    /// Rename a group everywhere
    #[command(after_help = examples!("guichet groups rename Devs Developers"))]
    Rename {
        /// The group, by name or as `#15001`
        group: String,
        /// The new name
        name: String,
    },
    /// Remove all members of a group (4D cannot delete one)
    #[command(after_help = examples!(
        "guichet groups empty Finance --dry-run" => "show who would lose what, and do nothing",
    ))]
    Empty {
        /// The group, by name or as `#15001`
        group: String,
    },
}

impl Command {
    /// Returns what the command changes.
    pub(crate) const fn effect(&self) -> Effect {
        match self {
            Self::List | Self::Show { .. } => Effect::Reads,
            Self::Edit(_) | Self::Delete { .. } => Effect::Edits,
        }
    }
}

/// Runs a command about groups.
pub(crate) fn run(command: &Command, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    match command {
        Command::List => Ok(Box::new(Listing(context.load()?.list_groups()))),
        Command::Show { group } => {
            let view = context.load()?;
            Ok(Box::new(view.show_group(view.group(group)?)))
        }
        Command::Edit(words) => edit(context, |names| Ok(vec![words.change(names)?])),
        Command::Delete { group } => {
            let view = context.load()?;
            let name = GroupName::from_stored(view.name_of_group(view.group(group)?));
            let error = CliError::from_error(&Refusal::GroupDeletion { name: name.clone() });
            Err(error.help(format!(
                "Remove its members instead: `guichet groups empty \"{name}\"`."
            )))
        }
    }
}

impl Edit {
    /// Returns the change that the words mean.
    fn change(&self, names: &Names<'_>) -> guichet::Result<Change> {
        Ok(match self {
            Self::Add {
                name,
                no_administrator,
            } => Change::AddGroup {
                name: name.as_deref().map(GroupName::from_stored),
                administrator: if *no_administrator {
                    AdministratorMembership::Outside
                } else {
                    AdministratorMembership::Member
                },
            },
            Self::Duplicate { group, name } => Change::DuplicateGroup {
                group: names.group_name(group)?,
                name: name.as_deref().map(GroupName::from_stored),
            },
            Self::Rename { group, name } => Change::RenameGroup {
                group: names.group_name(group)?,
                name: GroupName::from_stored(name),
            },
            Self::Empty { group } => Change::EmptyGroup {
                group: names.group_name(group)?,
            },
        })
    }
}

impl Row for GroupRecord {
    const COLUMNS: &'static [Column] = &[
        Column::Number("Id"),
        Column::Text("Name"),
        Column::Text("Users"),
        Column::Text("Nested groups"),
    ];
    const NONE: &'static str = "no groups";

    fn cells(&self) -> Vec<Content> {
        vec![
            self.id.to_string().into(),
            shown(&self.name).into(),
            joined(self.users.iter().map(Marked::in_words)).into(),
            listed(&self.groups).into(),
        ]
    }
}

impl Report for GroupDetail {
    fn text(&self, page: Page) -> Text {
        let mut facts = Facts::new(page);
        facts.add_inked("group", Ink::Strong, shown(&self.group.name));
        facts.add("id", self.group.id.to_string());
        facts.add_text("users", listed_people(&self.group.users));
        facts.add("nested groups", listed(&self.group.groups));
        facts.add_text("all its users", listed_people(&self.effective_users));
        facts.add("all nested groups", listed(&self.effective_groups));
        facts.add("containers", listed(&self.member_of));
        facts.render()
    }
}
