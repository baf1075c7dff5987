//! `access`: list the access areas and who may reach each, show one access, give it.

use clap::Subcommand;
use guichet::AccessRecord;

use crate::context::Context;
use crate::editing::edit;
use crate::editing::grantee::GranteeArgs;
use crate::effect::Effect;
use crate::error::Result;
use crate::help::access_and_examples;
use crate::output::{Facts, Ink, Listing, Page, Report, Text, rows};
use crate::sentences::grantee_words;

/// The commands about access areas.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the access areas and who has each
    List,
    /// Show who has an access
    #[command(after_help = access_and_examples!(
        "guichet access show design",
        "guichet access show \"4D Write\"",
    ))]
    Show {
        /// The access, one of those below except `group:` and `administration`
        access: String,
    },
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
            Self::List | Self::Show { .. } => Effect::Reads,
            Self::Set { .. } => Effect::Edits,
        }
    }
}

/// Runs a command about access areas.
pub(crate) fn run(command: &Command, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    match command {
        Command::List => Ok(Box::new(Listing(context.load()?.list_areas()))),
        Command::Show { access } => {
            let view = context.load()?;
            Ok(Box::new(view.show_access(&view.access(access)?)?))
        }
        Command::Set { access, grantee } => edit(context, |names| {
            Ok(vec![
                names.grant(&names.access(access)?, grantee.of(names)?)?,
            ])
        }),
    }
}

rows!(AccessRecord, "no access areas", |row| {
    Text "Access": row.access.as_str(),
    Text "Granted to": grantee_words(std::slice::from_ref(&row.granted_to)),
});

impl Report for AccessRecord {
    fn text(&self, page: Page) -> Text {
        let mut facts = Facts::new(page);
        facts.add_inked("access", Ink::Strong, &self.access);
        let granted_to = grantee_words(std::slice::from_ref(&self.granted_to));
        facts.add("granted to", granted_to);
        facts.render()
    }
}
