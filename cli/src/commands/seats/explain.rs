//! `seats explain`: why an account holds a seat, would get one, or gets none.

use guichet::core::{GroupName, UserName};
use guichet::licensing::{Event, EventKind, Explanation, Owned, Rule, Standing};
use guichet::{ProjectLedger, View};
use serde::Serialize;

use super::status::holder_line;
use crate::error::Result;
use crate::exit_status::ExitStatus;
use crate::help::examples;
use crate::output::{Page, Report, Text, chain, listed, shown, verdict};
use crate::sentences::grantee_words;

/// The arguments of `seats explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!("guichet seats explain \"Ann Lee\" write"))]
pub(crate) struct Args {
    /// The user, by name or as `#3`; also one who was deleted and whose name is in the ledger
    user: String,
    /// The plug-in: `write`, 808464697, `4D Write license`, or a name from guichet.toml
    plugin: String,
}

/// Runs `seats explain`.
pub(super) fn run(args: &Args, view: &View, ledger: &ProjectLedger) -> Result<Box<dyn Report>> {
    let standing = ledger.standing()?;
    let user = standing.account(&args.user)?;
    let plugin = view.plugin(&args.plugin)?;
    Ok(Box::new(Answer(standing.explain(&user, &plugin)?)))
}

#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Answer(Explanation);

impl Answer {
    const fn is_refused(&self) -> bool {
        matches!(self.0.rule, Rule::Refused(_))
    }

    /// Says whether the account is entitled, and through which groups.
    fn standing(&self) -> String {
        let explanation = &self.0;
        let grantee = grantee_words(std::slice::from_ref(&explanation.grantee));
        match (explanation.standing, &explanation.path) {
            (Standing::Member, Some(path)) => {
                let groups: Vec<String> = path.iter().map(GroupName::to_string).collect();
                format!("granted to {grantee}; through {}", chain(&groups))
            }
            (standing, _) => format!("granted to {grantee}; {standing}"),
        }
    }
}

/// Returns one event in a line.
fn event_line(event: &Event) -> String {
    let session = event.kind.session().map(|session| shown(session.as_str()));
    let more = match &event.kind {
        EventKind::SeatRefused { reason, .. } => format!(": {reason}"),
        EventKind::SessionClosed { reason, .. } => format!(": {reason}"),
        EventKind::EntitlementChanged { entitlement, .. } => format!(": {entitlement} owned"),
        _ => String::new(),
    };
    let session = session.map(|session| format!(" in {session}"));
    format!(
        "{} {}{}{more}",
        event.at,
        event.kind.as_str(),
        session.unwrap_or_default()
    )
}

impl Report for Answer {
    fn text(&self, _: Page) -> Text {
        let explanation = &self.0;
        let (ink, word) = verdict(!self.is_refused());
        let user = shown(explanation.user.as_str());
        let plugin = &explanation.plugin;
        let mut text = Text::inked(ink, word);
        match explanation.rule {
            Rule::Holds | Rule::HoldsToSessionEnd => {
                text.line(format_args!(": {user} has a seat of {plugin}"));
            }
            Rule::Free => text.line(format_args!(": {user} would get a seat of {plugin}")),
            Rule::Refused(_) => {
                text.line(format_args!(": {user} would get no seat of {plugin}"));
            }
        }
        text.line(format_args!("  {}", explanation.sentence));
        text.line(format_args!("  {}", self.standing()));
        text.line(match explanation.owned {
            Owned::Unknown => format!(
                "  {} in use; the number owned is not known",
                explanation.in_use
            ),
            owned => format!("  {} in use, {owned} owned", explanation.in_use),
        });
        if let Some(seat) = &explanation.seat {
            text.add("  ");
            text.line_of(&holder_line(seat));
        }
        if !explanation.holders.is_empty() {
            let holders = explanation.holders.iter().map(UserName::to_string);
            let holders: Vec<String> = holders.collect();
            text.line(format_args!("  held by {}", listed(&holders)));
        }
        if !explanation.events.is_empty() {
            text.line("what happened:");
        }
        for event in &explanation.events {
            text.line(format_args!("  {}", event_line(event)));
        }
        text
    }

    fn status(&self) -> ExitStatus {
        ExitStatus::answering(!self.is_refused())
    }
}
