//! `seats take`: ask for a seat.

use guichet::licensing::{Rule, Take, TakeOutcome};
use guichet::{ProjectLedger, SessionId, View};
use serde::{Serialize, Serializer};

use crate::error::Result;
use crate::exit_status::ExitStatus;
use crate::help::examples;
use crate::output::{Page, Report, Text, listed, shown, to_json, verdict};

/// The arguments of `seats take`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet seats take desk-7 \"4D Write license\"",
    "guichet seats take desk-7 write || echo \"no seat\"",
))]
pub(crate) struct Args {
    /// The session that asks, as `session open` named it
    #[arg(value_name = "SESSION", value_parser = SessionId::new)]
    session: SessionId,
    /// The plug-in: `write`, 808464697, `4D Write license`, or a name from guichet.toml
    plugin: String,
}

/// Runs `seats take`.
pub(super) fn run(args: &Args, view: &View, ledger: &ProjectLedger) -> Result<Box<dyn Report>> {
    let plugin = view.plugin(&args.plugin)?;
    Ok(Box::new(Answer(ledger.take(&args.session, &plugin)?)))
}

#[derive(Debug)]
struct Answer(Take);

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut value = to_json(&self.0);
        if let Some(fields) = value.as_object_mut() {
            fields.shift_remove("sequence"); // a place inside the ledger
        }
        value.serialize(serializer)
    }
}

impl Report for Answer {
    fn text(&self, _: Page) -> Text {
        let take = &self.0;
        let user = shown(take.user.as_str());
        let (ink, word) = verdict(take.outcome.is_granted());
        let mut text = Text::inked(ink, word);
        match take.outcome {
            TakeOutcome::Granted => {
                text.line(format_args!(": {user} has a new seat of {}", take.plugin));
            }
            TakeOutcome::AlreadyHeld => text.line(format_args!(
                ": {user} already has a seat of {}; this session shares it",
                take.plugin
            )),
            TakeOutcome::Refused(reason) => {
                text.line(format_args!(": {user} gets no seat of {}", take.plugin));
                text.line(format_args!("  {}", Rule::Refused(reason).sentence()));
                if !take.holders.is_empty() {
                    let holders: Vec<String> =
                        take.holders.iter().map(ToString::to_string).collect();
                    text.line(format_args!("  held by {}", listed(&holders)));
                }
                text.help(format_args!(
                    "For details: `guichet seats explain \"{}\" {}`.",
                    take.user, take.plugin
                ));
            }
        }
        text
    }

    fn status(&self) -> ExitStatus {
        ExitStatus::answering(self.0.outcome.is_granted())
    }
}
