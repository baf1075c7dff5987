//! What is odd, risky or probably not meant, at its place in the files.
//!
//! Findings come from three sides: what storage noticed on reading, what is odd about the files beside
//! the directory, and what the rules of [`policy::lint`](guichet_policy::lint) find in it.

mod places;
#[cfg(feature = "sarif")]
mod sarif;

use std::iter;
use std::path::Path;

use guichet_core::{Diagnostic, Severity};
use guichet_policy::lint::{self, Facts, Fix, Level, Levels, LintInput, Rule, Service};
use guichet_storage::{CODES, Neighbours, PublishedServer, inspect, is_repairable};

use crate::error::{Fault, Result};
use crate::finding::{Finding, Repair};
use crate::project::Project;
use crate::view::View;
use places::{Address, Map};

/// All that is odd in a project, in the order of its files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Lint {
    findings: Vec<Finding>,
}

impl Lint {
    /// Returns the findings.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Counts the findings of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        let findings = self.findings.iter();
        findings
            .filter(|finding| finding.severity == severity)
            .count()
    }

    /// Counts the findings that [`Project::fix`] repairs.
    pub fn repairable(&self) -> usize {
        let findings = self.findings.iter();
        findings
            .filter(|finding| finding.repair == Repair::Automatic)
            .count()
    }

    /// Returns the severity of the worst finding; `None` if nothing was found.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }
}

impl Project {
    /// Looks at the files again, and lists everything odd in them and beside them, at the levels that
    /// `guichet.toml` chooses; O(n log n) in what they hold and what is found.
    ///
    /// ```
    /// use guichet::{Project, Severity};
    ///
    /// let project = Project::open("../examples/accounting")?;
    /// for finding in project.lint()?.findings() {
    ///     println!("{}: {}", finding.position, finding.message);
    /// }
    /// assert_eq!(project.lint()?.count(Severity::Error), 0);
    /// # Ok::<(), guichet::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`OpenOptions::open`](crate::OpenOptions::open); [`Error::Text`](crate::Error::Text): a level is chosen for a
    /// rule that does not exist.
    pub fn lint(&self) -> Result<Lint> {
        let view = self.reload()?;
        let (directory, document) = (view.directory(), view.document());
        let neighbours = inspect(self.files(), view.location(), directory, document);
        let levels = levels(&view)?;
        let map = Map::of(&view);
        let mut findings: Vec<Finding> = reported(&view, &map, &levels).collect();
        findings.extend(beside(&neighbours, &levels));
        let facts = facts(&view, &neighbours, self);
        let found = lint::lint(&LintInput::new(view.policy(), &facts), &levels);
        findings.extend(found.into_iter().map(|found| {
            let address = map.subject(&found.subject);
            finding(found, address)
        }));
        findings.sort_by(|left, right| place(left).cmp(&place(right)));
        Ok(Lint { findings })
    }
}

fn place(finding: &Finding) -> (&Path, u32, u32) {
    let position = finding.position;
    (&finding.path, position.line, position.column)
}

/// Returns how much findings of a rule can matter unless `guichet.toml` says otherwise, the least first.
///
/// Policy knows the levels of the rules that look at a directory, storage those of what it reports on reading.
pub fn usual_levels(rule: Rule) -> Vec<Level> {
    let code = rule.code();
    let mut read = CODES.iter().filter(|row| !row.severities.is_empty());
    match rule.level() {
        Some(level) => iter::once(level).chain(rule.page().raised).collect(),
        None => match read.find(|row| row.code == code) {
            Some(row) => row.severities.iter().copied().map(level).collect(),
            None => Vec::new(),
        },
    }
}

const fn level(severity: Severity) -> Level {
    match severity {
        Severity::Info => Level::Info,
        Severity::Warning => Level::Warning,
        Severity::Error => Level::Error,
    }
}

/// Returns the levels that `guichet.toml` chooses.
pub(crate) fn levels(view: &View) -> Result<Levels> {
    let mut levels = Levels::default();
    for chosen in &view.options().lint {
        let level = chosen.level.map_or(Level::Off, level);
        levels.set(&chosen.code, level).map_err(|error| {
            Fault::Rule(error, chosen.place.clone()).of(view.location().options.as_deref())
        })?;
    }
    Ok(levels)
}

/// Returns what other files say of the application.
pub(crate) fn facts(view: &View, neighbours: &Neighbours, project: &Project) -> Facts {
    let today = project.clock().now();
    let seats = view.catalogue().plugins().iter().filter_map(|plugin| {
        let limit = view.owned(&plugin.key, today).limit()?;
        Some((plugin.key.clone(), limit.get()))
    });
    Facts {
        seats: seats.collect(),
        published: neighbours.published.iter().copied().map(service).collect(),
    }
}

/// Returns whether somebody wants to see a problem.
pub(crate) fn is_wanted(problem: &dyn Diagnostic, levels: &Levels) -> bool {
    let found = lint::Finding::reported(problem);
    found.is_ok_and(|found| levels.settle(found).is_some())
}

/// What was found on reading.
fn reported<'v>(
    view: &'v View,
    map: &'v Map<'v>,
    levels: &'v Levels,
) -> impl Iterator<Item = Finding> + 'v {
    view.problems().iter().filter_map(move |problem| {
        let address = map.reported(&problem.place);
        let Ok(found) = lint::Finding::reported(problem) else {
            // Of a code that no rule has nobody chose the level.
            return Some(unruled(problem, address));
        };
        let mut found = levels.settle(found)?;
        found.fix = is_repairable(problem).then_some(Fix::Text);
        Some(finding(found, address))
    })
}

/// What is odd about the files beside the directory.
fn beside<'n>(
    neighbours: &'n Neighbours,
    levels: &'n Levels,
) -> impl Iterator<Item = Finding> + 'n {
    neighbours.findings.iter().filter_map(move |found| {
        let address = Address::in_neighbour(found);
        match lint::Finding::reported(found) {
            Ok(settled) => Some(finding(levels.settle(settled)?, address)),
            Err(_) => Some(unruled(found, address)),
        }
    })
}

const fn service(server: PublishedServer) -> Service {
    match server {
        PublishedServer::Web => Service::Web,
        PublishedServer::Rest => Service::Rest,
    }
}

/// Takes what was found on reading as it is.
fn unruled(found: &dyn Diagnostic, address: Address) -> Finding {
    Finding {
        width: address.width,
        ..Finding::new(found, address.path, address.position, address.pointer)
    }
}

fn finding(found: lint::Finding, address: Address) -> Finding {
    Finding {
        severity: found.severity,
        code: found.rule.code(),
        message: found.message,
        help: found.help,
        path: address.path,
        pointer: address.pointer,
        position: address.position,
        width: address.width,
        repair: match found.fix {
            Some(_) => Repair::Automatic,
            None => Repair::ByHand,
        },
    }
}
