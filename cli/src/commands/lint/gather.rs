//! The findings of every crate that looks: storage on reading and beside the file, policy in what was read.

use std::path::Path;

use guichet::core::{Diagnostic as _, Severity};
use guichet::policy::lint::{self, Facts, Fix, Level, Levels, LintInput, Repair, Rule, Service};
use guichet::storage::decode::Problem;
use guichet::storage::inspect::Neighbours;
use guichet::storage::place::{Located, SourceFile};
use guichet::storage::settings_file::PublishedServer;

use super::places::{Address, Map};
use crate::error::{CliError, Finding, Result, Source};
use crate::loaded::Loaded;
use crate::unreadable;

/// Returns every finding that somebody wants to see, in the order of the files.
///
/// # Errors
///
/// `unknown-rule` where guichet.toml chooses a level for a rule that does not exist.
pub(super) fn findings(loaded: &Loaded, neighbours: &Neighbours) -> Result<Vec<Finding>> {
    let levels = levels(loaded)?;
    let map = Map::of(loaded);
    let mut findings: Vec<Finding> = reported(loaded, &map, &levels).collect();
    findings.extend(beside(neighbours, &levels));
    let facts = facts(loaded, neighbours);
    let found = lint::lint(&LintInput::new(loaded.policy(), &facts), &levels);
    findings.extend(found.into_iter().map(|found| {
        let address = map.subject(&found.subject);
        told(found, address)
    }));
    findings.sort_by(|left, right| place(left).cmp(&place(right)));
    Ok(findings)
}

fn place(finding: &Finding) -> (&Path, usize, usize) {
    (&finding.path, finding.line, finding.column)
}

/// Returns the levels that guichet.toml chooses.
///
/// # Errors
///
/// `unknown-rule`, at its place.
pub(super) fn levels(loaded: &Loaded) -> Result<Levels> {
    let mut levels = Levels::default();
    for chosen in loaded.lint_levels() {
        let level = match chosen.level {
            None => Level::Off,
            Some(Severity::Info) => Level::Info,
            Some(Severity::Warning) => Level::Warning,
            Some(Severity::Error) => Level::Error,
        };
        levels.set(&chosen.code, level).map_err(|error| {
            let path = loaded.location().options.clone().unwrap_or_default();
            let finding = unreadable::finding(&error, &chosen.place, &path);
            let mut told = CliError::from_diagnostic(&error).at(&path);
            told.place.line = Some(finding.line);
            told.place.column = Some(finding.column);
            told.findings = vec![finding];
            told
        })?;
    }
    Ok(levels)
}

/// Returns what other files say of the application.
pub(super) fn facts(loaded: &Loaded, neighbours: &Neighbours) -> Facts {
    let seats = loaded.catalogue().plugins().iter().filter_map(|plugin| {
        let limit = loaded.owned_seats(&plugin.key).limit()?;
        Some((plugin.key.clone(), limit.get()))
    });
    Facts {
        seats: seats.collect(),
        published: neighbours.published.iter().copied().map(service).collect(),
    }
}

/// Tells whether a problem is fixed in the text; that of guichet.toml is left to its writers.
pub(super) fn is_fixed_in_text(problem: &Located<Problem>) -> bool {
    let rule = Rule::from_code(problem.code());
    problem.place.file == SourceFile::Directory
        && rule.is_ok_and(|rule| rule.page().repair == Repair::Text)
}

/// What was found on reading.
fn reported<'l>(
    loaded: &'l Loaded,
    map: &'l Map<'l>,
    levels: &'l Levels,
) -> impl Iterator<Item = Finding> + 'l {
    loaded.problems().iter().filter_map(move |problem| {
        // Every code of storage is in the catalogue: a test of this crate says so.
        let found = lint::Finding::reported((), problem).ok()?;
        let mut found = levels.settle(found)?;
        found.fix = is_fixed_in_text(problem).then_some(Fix::Text);
        Some(told(found, map.reported(&problem.place)))
    })
}

/// What is odd about the files beside the directory.
fn beside<'n>(
    neighbours: &'n Neighbours,
    levels: &'n Levels,
) -> impl Iterator<Item = Finding> + 'n {
    neighbours.findings.iter().filter_map(move |finding| {
        let found = levels.settle(lint::Finding::reported((), finding).ok()?)?;
        Some(told(found, Address::in_neighbour(finding)))
    })
}

const fn service(server: PublishedServer) -> Service {
    match server {
        PublishedServer::Web => Service::Web,
        PublishedServer::Rest => Service::Rest,
    }
}

fn told<P>(found: lint::Finding<P>, address: Address) -> Finding {
    Finding {
        severity: found.severity,
        code: found.rule.code(),
        message: found.message,
        help: found.help,
        pointer: address.pointer,
        line: address.position.line as usize,
        column: address.position.column as usize,
        width: address.width,
        path: address.path,
        source: Source::File,
        fixable: found.fix.is_some(),
    }
}
