//! `plugins list`, `plugins show` and `plugins set`.

use clap::Subcommand;
use guichet::{Change, PluginRecord};

use crate::context::Context;
use crate::editing::edit;
use crate::editing::grantee::GranteeArgs;
use crate::effect::Effect;
use crate::error::Result;
use crate::help::examples;
use crate::output::{Column, Content, Facts, Ink, Listing, Page, Report, Row, Text};
use crate::sentences::grantee_words;

/// The commands about plug-ins.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List every plug-in: its group and the seats owned
    List,
    /// Show one plug-in: its group and the seats owned
    #[command(after_help = examples!(
        "guichet plugins show write",
        "guichet plugins show \"4D Write license\"",
        "guichet plugins show 808464697",
    ))]
    Show {
        /// The plug-in: `write`, 808464697, `4D Write license`, or a name from guichet.toml
        plugin: String,
    },
    /// Give a plug-in to a group, everyone or nobody; it replaces the former group
    #[command(
        override_usage = "guichet plugins set [OPTIONS] <PLUGIN> <GROUP|--everyone|--nobody>"
    )]
    #[command(after_help = examples!(
        "guichet plugins set write Finance",
        "guichet plugins set \"4D View license\" --everyone",
    ))]
    Set {
        /// The plug-in: `write`, 808464697, `4D Write license`, or a name from guichet.toml
        plugin: String,
        #[command(flatten)]
        grantee: GranteeArgs,
    },
}

impl Command {
    /// Returns what the command changes.
    pub(crate) const fn effect(&self) -> Effect {
        match self {
            Self::List | Self::Show { .. } => Effect::Reads,
            Self::Set { .. } => Effect::Edits,
        }
    }
}

/// Runs a command about plug-ins.
pub(crate) fn run(command: &Command, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    match command {
        Command::List => {
            let loaded = context.load()?;
            Ok(Box::new(Listing(loaded.list_plugins(context.now))))
        }
        Command::Set { plugin, grantee } => edit(context, |names| {
            Ok(vec![Change::GrantPlugin {
                plugin: names.plugin(plugin)?,
                grantee: grantee.of(names)?,
            }])
        }),
        Command::Show { plugin } => {
            let loaded = context.load()?;
            let found = loaded.show_plugin(&loaded.plugin(plugin)?, context.now);
            Ok(Box::new(found))
        }
    }
}

impl Row for PluginRecord {
    const COLUMNS: &'static [Column] = &[
        Column::Text("Plug-in"),
        Column::Number("Number"),
        Column::Text("Name"),
        Column::Text("Granted to"),
        Column::Number("Owned"),
    ];
    const NONE: &'static str = "no plug-ins";

    fn cells(&self) -> Vec<Content> {
        let number = self.number.map(|number| number.to_string());
        vec![
            self.plugin.as_str().into(),
            number.unwrap_or_default().into(),
            self.name.as_str().into(),
            grantee_words(std::slice::from_ref(&self.granted_to)).into(),
            self.owned.to_string().into(),
        ]
    }
}

/// One plug-in; every one that a word finds is in the catalogue.
impl Report for Option<PluginRecord> {
    fn text(&self, page: Page) -> Text {
        let Some(row) = self else {
            return Text::default();
        };
        let number = row.number.map(|number| number.to_string());
        let granted_to = grantee_words(std::slice::from_ref(&row.granted_to));
        let mut facts = Facts::new(page);
        facts.add_inked("plug-in", Ink::Strong, &row.plugin);
        facts.add("number", number.as_deref().unwrap_or("none declared"));
        facts.add("name", &row.name);
        facts.add("granted to", granted_to);
        facts.add("seats owned", row.owned.to_string());
        facts.render()
    }
}
