//! `plugins list`, `plugins get` and `plugins set`.

use clap::Subcommand;
use guichet::core::{Change, Plugin, PluginNumber};
use guichet::licensing::Owned;
use serde::Serialize;
use serde_json::Value;

use crate::context::Context;
use crate::editing::edit;
use crate::editing::grantee::GranteeArgs;
use crate::effect::Effect;
use crate::error::Result;
use crate::help::examples;
use crate::loaded::Loaded;
use crate::output::{Column, Content, Facts, Ink, Listing, Page, Report, Row, Text, to_json};
use crate::sentences::grantee_words;

/// The commands about plug-ins.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List every plug-in: its group and the seats owned
    List,
    /// Show one plug-in: its group and the seats owned
    #[command(after_help = examples!(
        "guichet plugins get write",
        "guichet plugins get \"4D Write license\"",
        "guichet plugins get 808464697",
    ))]
    Get {
        /// The plug-in: `write`, 808464697, `4D Write license`, or a name from guichet.toml
        plugin: String,
    },
    /// Give a plug-in to one group, to everyone or to nobody; the group that had it loses it
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
            Self::List | Self::Get { .. } => Effect::Reads,
            Self::Set { .. } => Effect::Edits,
        }
    }
}

/// Runs a command about plug-ins.
pub(crate) fn run(command: &Command, context: &Context<'_>) -> Result<Box<dyn Report>> {
    match command {
        Command::List => {
            let loaded = context.load()?;
            let plugins = loaded.catalogue().plugins().iter();
            let rows = plugins.map(|plugin| PluginRow::of(&loaded, plugin));
            Ok(Box::new(Listing(rows.collect())))
        }
        Command::Set { plugin, grantee } => edit(context, |names| {
            Ok(vec![Change::GrantPlugin {
                plugin: names.plugin(plugin)?,
                grantee: grantee.of(names)?,
            }])
        }),
        Command::Get { plugin } => {
            let loaded = context.load()?;
            let key = loaded.plugin(plugin)?;
            let mut plugins = loaded.catalogue().plugins().iter();
            let found = plugins.find(|plugin| plugin.key == key);
            let found = found.map(|plugin| PluginRow::of(&loaded, plugin));
            Ok(Box::new(One(found)))
        }
    }
}

#[derive(Debug, Serialize)]
struct PluginRow {
    plugin: String,
    number: Option<u32>,
    name: String,
    grantee: &'static str,
    group: Option<String>,
    owned: Owned,
    #[serde(skip)]
    granted_to: String,
}

impl PluginRow {
    fn of(loaded: &Loaded, plugin: &Plugin) -> Self {
        let directory = loaded.directory();
        let grantee = directory.grantee_by_name(directory.grants().plugin(&plugin.key));
        Self {
            plugin: plugin.key.to_string(),
            number: plugin.number.map(PluginNumber::get),
            name: plugin.name.clone(),
            grantee: grantee.kind(),
            group: grantee.group().map(ToString::to_string),
            owned: loaded.owned_seats(&plugin.key),
            granted_to: grantee_words(&[grantee]),
        }
    }
}

impl Row for PluginRow {
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
            self.granted_to.as_str().into(),
            self.owned.to_string().into(),
        ]
    }
}

/// One plug-in; every one that a word finds is in the catalogue.
#[derive(Debug)]
struct One(Option<PluginRow>);

impl Report for One {
    fn json(&self) -> Value {
        to_json(&self.0)
    }

    fn text(&self, page: Page) -> Text {
        let Some(row) = &self.0 else {
            return Text::default();
        };
        let mut facts = Facts::new(page);
        facts.add_inked("plug-in", Ink::Strong, &row.plugin);
        facts.add(
            "number",
            row.number
                .map_or_else(|| "none declared".to_owned(), |n| n.to_string()),
        );
        facts.add("name", &row.name);
        facts.add("granted to", &row.granted_to);
        facts.add("seats owned", row.owned.to_string());
        facts.render()
    }
}
