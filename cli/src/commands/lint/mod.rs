//! `lint`: what is odd, risky or probably not meant, at its place in the file.
//!
//! | module | what is there |
//! |---|---|
//! | here | the command, its text and its JSON |
//! | [`sarif`], [`github`] | the findings for code scanning and for GitHub Actions |
//!
//! The rules are a catalogue of `guichet-policy`; `docs/lints.md` is made from it.

mod github;
mod sarif;

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use guichet::Project;
use guichet::core::Severity;
use serde_json::{Value, json};

use crate::args::Format;
use crate::context::Context;
use crate::editing::done::Done;
use crate::effect::{Effect, Made};
use crate::error::{CliError, Finding, Result};
use crate::exit_status::ExitStatus;
use crate::files;
use crate::help::examples;
use crate::output::{Foreign, Page, Report, Text, coded_snippets, count};

/// The arguments of `lint`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet lint --deny warnings" => "for CI: exit status 1 also for warnings",
    "guichet lint --fix --dry-run" => "what would be fixed",
    "guichet lint --format sarif > guichet.sarif" => "for code scanning",
))]
pub(crate) struct Args {
    /// Also fail (exit status 1) for less than an error: for `warnings`, or for remarks too, `infos`
    #[arg(long, value_name = "WHAT", hide_possible_values = true)]
    deny: Option<Deny>,

    /// Fix what can be fixed without anybody gaining or losing an access, then look again
    #[arg(long)]
    fix: bool,
}

impl Args {
    /// Returns what the command changes.
    pub(crate) const fn effect(&self) -> Effect {
        if self.fix {
            Effect::Edits
        } else {
            Effect::Reads
        }
    }
}

/// `--deny`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Fail for warnings too
    Warnings,
    /// Fail for whatever is found
    Infos,
}

/// Runs `lint`.
pub(crate) fn run(args: &Args, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let project = context.project()?;
    let done = if args.fix {
        fix(context, &project)?
    } else {
        Vec::new()
    };
    let lint = project.lint()?;
    let findings = lint.findings().iter().cloned();
    Ok(Box::new(Answer {
        done,
        path: project.current().location().path.clone(),
        findings: findings.map(Finding::from).collect(),
        current_folder: context.current_folder().ok(),
        format: context.format(),
        fails_from: match args.deny {
            None => Severity::Error,
            Some(Deny::Warnings) => Severity::Warning,
            Some(Deny::Infos) => Severity::Info,
        },
    }))
}

/// Fixes what can be fixed; on a dry run, what is looked at then stays as it is.
fn fix(context: &Context<'_>, project: &Project) -> Result<Vec<Done>> {
    let editor = context.editor_of(project)?;
    let fixed = if context.is_dry_run() {
        project.rehearse().fix(&editor)?
    } else {
        project.fix(&editor)?
    };
    if let Some(error) = fixed.failure {
        let error = CliError::from(error);
        let message = format!("the text was fixed, then no more: {}", error.message);
        return Err(CliError { message, ..error });
    }
    let done = fixed.outcomes.iter();
    done.map(|outcome| Done::new(context, outcome)).collect()
}

#[derive(Debug)]
struct Answer {
    /// What was fixed before.
    done: Vec<Done>,
    path: PathBuf,
    findings: Vec<Finding>,
    current_folder: Option<PathBuf>,
    format: Format,
    fails_from: Severity,
}

impl Answer {
    /// Returns a path as it is read from the current folder.
    fn near<'p>(&self, path: &'p Path) -> &'p Path {
        files::near(path, self.current_folder.as_deref())
    }

    /// Returns the path of a finding for other programs: from the current folder, with `/` between its
    /// parts.
    fn place(&self, finding: &Finding) -> String {
        let path = self.near(&finding.path).display().to_string();
        path.replace('\\', "/")
    }

    fn number(&self, severity: Severity) -> usize {
        let findings = self.findings.iter();
        findings
            .filter(|finding| finding.severity == severity)
            .count()
    }

    fn for_people(&self, page: Page) -> Text {
        let mut text = Text::default();
        for done in &self.done {
            text.line_of(&done.text(page));
        }
        let mut findings = self.findings.clone();
        for finding in &mut findings {
            finding.path = self.near(&finding.path).to_owned();
        }
        text.append(&coded_snippets(&findings, page));
        let path = self.near(&self.path).display().to_string();
        let counts = [
            (Severity::Error, "error"),
            (Severity::Warning, "warning"),
            (Severity::Info, "remark"),
        ];
        let counts = counts.map(|(severity, noun)| (self.number(severity), noun));
        let counts: Vec<String> = counts
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, noun)| count(number, noun))
            .collect();
        if counts.is_empty() {
            text.line(format_args!("nothing found in {path}"));
            return text;
        }
        text.line(format_args!("{} in {path}", counts.join(", ")));
        let fixable = self.findings.iter().filter(|finding| finding.fixable);
        match fixable.count() {
            0 => {}
            number => text.help(format_args!(
                "`guichet lint --fix` fixes {number} of them; nobody gains or loses an access by it."
            )),
        }
        text
    }
}

impl Report for Answer {
    fn json(&self) -> Value {
        let findings = self.findings.iter().map(|finding| {
            json!({
                "code": finding.code,
                "severity": finding.severity.as_str(),
                "message": finding.message,
                "help": finding.help,
                "path": finding.path.display().to_string(),
                "pointer": finding.pointer,
                "line": finding.line,
                "column": finding.column,
                "fixable": finding.fixable,
            })
        });
        let mut document = json!({"findings": findings.collect::<Vec<_>>()});
        if let Some(document) = document.as_object_mut().filter(|_| !self.done.is_empty()) {
            let done = self.done.iter().map(Report::json).collect();
            document.insert("fixed".to_owned(), Value::Array(done));
        }
        document
    }

    fn text(&self, page: Page) -> Text {
        self.for_people(page)
    }

    fn foreign(&self) -> Option<Foreign> {
        let place = |finding: &Finding| self.place(finding);
        match self.format {
            Format::Sarif => Some(Foreign::json(&sarif::log(&self.findings, place))),
            Format::Github => Some(github::annotations(&self.findings, place)),
            _ => None,
        }
    }

    fn made(&self) -> Made {
        self.done.first().map_or(Made::Nothing, Report::made)
    }

    fn status(&self) -> ExitStatus {
        let worst = self.findings.iter().map(|finding| finding.severity).max();
        let fails = worst.is_some_and(|worst| worst >= self.fails_from);
        ExitStatus::answering(!fails)
    }
}
