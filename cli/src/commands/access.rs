//! `access list` and `access set`: who may reach each access area.

use clap::Subcommand;
use serde::Serialize;

use crate::context::Context;
use crate::editing::edit;
use crate::editing::grantee::GranteeArgs;
use crate::effect::Effect;
use crate::error::Result;
use crate::help::access_and_examples;
use crate::output::{Column, Content, Listing, Report, Row};
use crate::sentences::grantee_words;

/// The commands about access areas.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the access areas and who has each
    List,
    /// Give an access to a group, everyone or nobody
    #[command(override_usage = "guichet access set [OPTIONS] <ACCESS> <GROUP|--everyone|--nobody>")]
    #[command(after_help = access_and_examples!(
        "guichet access set design Devs",
        "guichet access set sql:DEFAULT_SCHEMA:write --nobody",
    ))]
    Set {
        /// The access to give, one of those below except `group:` and `administration`
        access: String,
        #[command(flatten)]
        grantee: GranteeArgs,
    },
}

impl Command {
    /// Returns what the command changes.
    pub(crate) const fn effect(&self) -> Effect {
        match self {
            Self::List => Effect::Reads,
            Self::Set { .. } => Effect::Edits,
        }
    }
}

#[derive(Debug, Serialize)]
struct AreaRow {
    access: String,
    grantee: &'static str,
    group: Option<String>,
    #[serde(skip)]
    granted_to: String,
}

/// Runs a command about access areas.
pub(crate) fn run(command: &Command, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    match command {
        Command::List => list(context),
        Command::Set { access, grantee } => edit(context, |names| {
            Ok(names.grant(&names.access(access)?, grantee.of(names)?)?)
        }),
    }
}

fn list(context: &Context<'_>) -> Result<Box<dyn Report>> {
    let loaded = context.load()?;
    let areas = loaded.areas().into_iter();
    let rows = areas.map(|(access, grantee)| AreaRow {
        access: access.describe(loaded.directory()).to_string(),
        grantee: grantee.kind(),
        group: grantee.group().map(ToString::to_string),
        granted_to: grantee_words(&[grantee]),
    });
    Ok(Box::new(Listing(rows.collect())))
}

impl Row for AreaRow {
    const COLUMNS: &'static [Column] = &[Column::Text("Access"), Column::Text("Granted to")];
    const NONE: &'static str = "no access areas";

    fn cells(&self) -> Vec<Content> {
        vec![self.access.as_str().into(), self.granted_to.as_str().into()]
    }
}
