//! How seats stand, who gets one, and what was imported, for people.

use std::slice;

use guichet::ImportedLicences;
use guichet::core::AdmissionReason;
use guichet::licensing::{
    Event, Explanation, HolderStatus, Owned, PluginStatus, Rule, Status, Take, TakeOutcome,
};

use crate::exit_status::ExitStatus;
use crate::output::{Ink, Page, Report, Text, chain, joined, listed, rows, shown, table, verdict};
use crate::sentences::grantee_words;

impl Report for Status {
    fn text(&self, page: Page) -> Text {
        let mut text = table(&self.plugins, page);
        explain_unknown(&mut text, self.plugins.iter().map(|plugin| plugin.owned));
        for plugin in &self.plugins {
            if !plugin.holders.is_empty() {
                text.line(format_args!("{} is held by", plugin.plugin));
            }
            for holder in &plugin.holders {
                text.line_of(&holder_line(holder));
            }
            if plugin.refused > 0 {
                let given = plugin.refusals.iter().filter(|(_, count)| *count > 0);
                let given = joined(given.map(|(reason, count)| format!("{count} {reason}")));
                text.line(format_args!("{} was refused: {given}", plugin.plugin));
            }
        }
        text
    }
}

rows!(PluginStatus, "no plug-ins", |plugin| {
    Text "Plug-in": plugin.plugin.as_str(),
    Number "Owned": plugin.owned.to_string(),
    Number "In use": plugin.in_use.to_string(),
    Number "Refused": plugin.refused.to_string(),
    Number "Peak": plugin.peak.to_string(),
    Text "Peak at": plugin.peak_at.map(|at| at.to_string()).unwrap_or_default(),
});

/// Adds what to do about seats that nobody counted, under a table that shows some.
pub(super) fn explain_unknown(text: &mut Text, mut owned: impl Iterator<Item = Owned>) {
    if owned.any(|owned| owned == Owned::Unknown) {
        text.ink(
            Ink::Faint,
            "unknown: number of seats not set, so no seat is given (set `seats` in guichet.toml)",
        );
        text.end();
    }
}

/// Shows one holder in a line, without its end.
fn holder_line(holder: &HolderStatus) -> Text {
    let (user, sessions) = (shown(holder.user.as_str()), listed(&holder.sessions));
    let mut line = Text::of(format_args!(
        "  {user}, since {}, in {sessions}",
        holder.since
    ));
    if !holder.entitled_now {
        line.add("; ");
        let words = format!("no longer entitled ({})", holder.standing);
        line.ink(Ink::No, words);
        line.add(", keeps the seat until the session ends");
    }
    line
}

impl Report for Take {
    fn text(&self, _: Page) -> Text {
        let (ink, word) = verdict(self.outcome.is_granted());
        let (user, plugin) = (shown(self.user.as_str()), &self.plugin);
        let mut text = Text::inked(ink, word);
        text.line(match self.outcome {
            TakeOutcome::Granted => format!(": {user} has a new seat of {plugin}"),
            TakeOutcome::AlreadyHeld => {
                format!(": {user} already has a seat of {plugin}; this session shares it")
            }
            TakeOutcome::Refused(_) => format!(": {user} gets no seat of {plugin}"),
        });
        if let Some(advice) = &self.advice {
            text.line(format_args!("  {}", advice.sentence));
            if !self.holders.is_empty() {
                text.line(format_args!("  held by {}", listed(&self.holders)));
            }
            text.help(&advice.help);
        }
        text
    }

    fn status(&self) -> ExitStatus {
        ExitStatus::answering(self.outcome.is_granted())
    }
}

impl Report for Explanation {
    fn text(&self, _: Page) -> Text {
        let (ink, word) = verdict(self.rule.is_granted());
        let (user, plugin) = (shown(self.user.as_str()), &self.plugin);
        let mut text = Text::inked(ink, word);
        text.line(match self.rule {
            Rule::Holds | Rule::HoldsToSessionEnd => format!(": {user} has a seat of {plugin}"),
            Rule::Free => format!(": {user} would get a seat of {plugin}"),
            Rule::Refused(_) => format!(": {user} would get no seat of {plugin}"),
        });
        text.line(format_args!("  {}", self.sentence));
        let why = match (self.standing, &self.path) {
            (AdmissionReason::Member, Some(path)) => format!("through {}", chain(path)),
            (standing, _) => standing.to_string(),
        };
        let grantee = grantee_words(slice::from_ref(&self.grantee));
        text.line(format_args!("  granted to {grantee}; {why}"));
        let owned = match self.owned {
            Owned::Unknown => "; the number owned is not known".to_owned(),
            owned => format!(", {owned} owned"),
        };
        text.line(format_args!("  {} in use{owned}", self.in_use));
        if let Some(seat) = &self.seat {
            text.line_of(&holder_line(seat));
        }
        if !self.holders.is_empty() {
            text.line(format_args!("  held by {}", listed(&self.holders)));
        }
        if !self.events.is_empty() {
            text.line("what happened:");
        }
        for event in &self.events {
            text.line(format_args!("  {}", event_words(event)));
        }
        if let Some(help) = &self.help {
            text.help(help);
        }
        text
    }

    fn status(&self) -> ExitStatus {
        ExitStatus::answering(self.rule.is_granted())
    }
}

fn event_words(event: &Event) -> String {
    let (at, word) = (event.at, event.kind.as_str());
    let detail = event.kind.detail().map(|detail| format!(": {detail}"));
    let detail = detail.unwrap_or_default();
    match event.kind.session() {
        Some(session) => format!("{at} {word} in {}{detail}", shown(session.as_str())),
        None => format!("{at} {word}{detail} owned"),
    }
}

impl Report for ImportedLicences {
    fn text(&self, _: Page) -> Text {
        let mut text = Text::default();
        for row in &self.imported {
            let note = if row.changed { "" } else { ", as before" };
            text.line(format_args!(
                "{}: {} owned ({}){note}",
                row.plugin, row.owned, row.entitlement
            ));
        }
        for plugin in &self.declared {
            text.line(format_args!(
                "{plugin}: not imported: guichet.toml sets `seats`"
            ));
        }
        let other = self.unknown.iter();
        let other = other.map(|product| format!("{} ({})", product.name, product.number));
        if !self.unknown.is_empty() {
            text.line(format_args!(
                "unknown plug-in numbers, skipped: {}",
                joined(other)
            ));
        }
        text.line(format_args!("saved in {}", shown(&self.ledger)));
        text
    }
}
