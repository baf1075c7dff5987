//! A day with two seats of 4D Write on a durable ledger: who gets one, who is refused and why, and
//! how many seats would have been enough.
//!
//! `cargo run -p guichet-licensing --example day_at_the_office [CHART.svg]`

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program that tells a story"
)]

use std::error::Error;

use guichet_core::{AdmissionReason, PluginKey, UserName};
use guichet_licensing::sqlite::{Life, OpenOptions};
use guichet_licensing::{
    Entitlement, Entitlements, Limit, Moment, PluginCatalogue, Report, Scenario, SessionId, Share,
    Simulation, Status, Trace, use_chart,
};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("Guichet/seats.sqlite");
    let mut ledger = OpenOptions::create().open(&path)?;
    let catalogue = PluginCatalogue::default();
    let write = catalogue.resolve("4D Write license")?.key.clone();

    // Who may use a plug-in is the directory's business; here everyone but Eve may.
    let gate = |user: &UserName, _: &PluginKey| {
        if user.as_str() == "Eve" {
            AdmissionReason::NotMember
        } else {
            AdmissionReason::Member
        }
    };
    let nine: Moment = "2026-11-20T09:00:00Z".parse()?;
    let owned: Entitlements = [(write.clone(), Entitlement::from_limit(Limit::from_count(2)))]
        .into_iter()
        .collect();
    ledger.entitle(&owned, nine)?;

    let day = [
        (0, "open", "Ann"),
        (5, "ask", "Ann"),
        (10, "open", "Bob"),
        (12, "ask", "Bob"),
        (30, "open", "Joe"),
        (31, "ask", "Joe"),
        (40, "open", "Eve"),
        (41, "ask", "Eve"),
        (90, "close", "Ann"),
        (95, "ask", "Joe"),
        (300, "close", "Bob"),
        (480, "close", "Joe"),
    ];
    for (minutes, what, name) in day {
        let at = nine.plus_seconds(minutes * 60);
        let session = SessionId::new(&name.to_lowercase())?;
        match what {
            "open" => {
                let user = UserName::from_stored(name);
                ledger.open_session(Some(&session), &user, &Life::until_closed(), at)?;
            }
            "ask" => {
                let take = ledger.take(&session, &write, &gate, at)?;
                let holders: Vec<&str> = take.holders.iter().map(UserName::as_str).collect();
                println!(
                    "{at} {name}: {} {}",
                    take.outcome.as_str(),
                    holders.join(", ")
                );
            }
            _ => drop(ledger.close_session(&session, at)?),
        }
    }

    let evening = nine.plus_seconds(9 * 3_600);
    let status = Status::new(ledger.ledger(), &catalogue, &gate, evening);
    for plugin in status
        .plugins
        .iter()
        .filter(|plugin| plugin.plugin == write)
    {
        let refused = plugin.refused;
        println!("{}: peak {}, {refused} refused", plugin.name, plugin.peak);
    }

    let history = OpenOptions::existing().read(ledger.path())?.history()?;
    let trace = Trace::from_events(history.clone())?;
    let enough = Simulation::smallest_seats(&trace, &Scenario::default(), &write, Share::NONE);
    println!("{enough} seats would have refused nobody who is entitled");

    if let Some(file) = std::env::args().nth(1) {
        let report = Report::new(&history, nine, evening)?;
        for plugin in report
            .plugins
            .iter()
            .filter(|plugin| plugin.plugin == write)
        {
            std::fs::write(&file, use_chart(&report, plugin))?;
        }
    }
    Ok(())
}
