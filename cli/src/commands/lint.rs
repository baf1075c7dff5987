//! `lint`: what is odd, risky or probably not meant, at its place in the file.
//!
//! The rules are a catalogue of `guichet-policy`; `docs/lints.md` is made from it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use guichet::{Finding, Lint, Project, Severity};
use serde::Serialize;

use crate::args::Format;
use crate::context::Context;
use crate::editing::done::Done;
use crate::effect::{Effect, Made};
use crate::error::{CliError, Result};
use crate::exit_status::ExitStatus;
use crate::files;
use crate::help::examples;
use crate::output::{Foreign, Github, Page, Report, Text, Writer, coded_snippets, count};

/// The arguments of `lint`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet lint --deny warnings" => "for CI: exit status 1 also for warnings",
    "guichet lint --fix --dry-run" => "what would be fixed",
    "guichet lint --format sarif > guichet.sarif" => "for code scanning",
))]
pub(crate) struct Args {
    /// Exit with status 1 also for `warnings`, or for `infos` too
    #[arg(long, value_name = "WHAT", hide_possible_values = true)]
    deny: Option<Deny>,

    /// Print each finding in full, also where there are many of one rule
    #[arg(long)]
    all: bool,

    /// Fix what can be fixed without changing anyone's access, then check again
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
    /// Fail for any finding
    Infos,
}

/// How many findings of one rule are shown before the others are counted.
const FIRST: usize = 10;

/// Runs `lint`.
pub(crate) fn run(args: &Args, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let project = context.project()?;
    let done = if args.fix {
        fix(context, &project)?
    } else {
        Vec::new()
    };
    Ok(Box::new(Answer {
        done,
        path: project.current().location().path.clone(),
        lint: project.lint()?,
        current_folder: context.current_folder().ok(),
        format: context.format(),
        most: if args.all { usize::MAX } else { FIRST },
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
    let (fixed, made) = if context.is_dry_run() {
        (project.rehearse().fix(&editor)?, "would be")
    } else {
        (project.fix(&editor)?, "was")
    };
    if let Some(error) = fixed.failure {
        let error = CliError::from(error);
        let message = format!("the text {made} fixed, but no more: {}", error.message);
        return Err(CliError { message, ..error });
    }
    let done = fixed.outcomes.iter();
    done.map(|outcome| Done::new(context, outcome)).collect()
}

#[derive(Debug, Serialize)]
struct Answer {
    #[serde(flatten)]
    lint: Lint,
    /// What was fixed before.
    #[serde(rename = "fixed", skip_serializing_if = "Vec::is_empty")]
    done: Vec<Done>,
    #[serde(skip)]
    path: PathBuf,
    #[serde(skip)]
    current_folder: Option<PathBuf>,
    #[serde(skip)]
    format: Format,
    /// How many findings of one rule the text shows; programs get each one.
    #[serde(skip)]
    most: usize,
    #[serde(skip)]
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
        if cfg!(windows) {
            path.replace('\\', "/")
        } else {
            path
        }
    }

    /// Separates the findings to show, in the order of the files, from the others, which are counted by
    /// their rule.
    fn shown(&self) -> (Vec<Finding>, BTreeMap<&'static str, usize>) {
        let (mut shown, mut of_rule) = (Vec::new(), BTreeMap::new());
        for finding in self.lint.findings() {
            let number = of_rule.entry(finding.code).or_insert(0);
            *number += 1;
            if *number <= self.most {
                let path = self.near(&finding.path).to_owned();
                let mut finding = finding.clone();
                finding.path = path;
                shown.push(finding);
            }
        }
        of_rule.retain(|_, number| {
            *number = number.saturating_sub(self.most);
            *number > 0
        });
        (shown, of_rule)
    }
}

/// Returns a finding as a workflow command of GitHub Actions, which shows it at its line in a review, such
/// as `::warning file=…,line=3,col=5,title=empty-group::…`.
fn add_annotation(text: &mut Writer<Github>, finding: &Finding, place: &str) {
    text.own(match finding.severity {
        Severity::Error => "::error file=",
        Severity::Warning => "::warning file=",
        Severity::Info => "::notice file=",
    });
    text.property(place);
    text.own(",line=").given(finding.position.line);
    text.own(",col=").given(finding.position.column);
    text.own(",title=").property(finding.code);
    text.own("::").given(&finding.message);
    if let Some(help) = &finding.help {
        text.own("%0A").given(help);
    }
    text.own("\n");
}

/// Counts findings by how serious they are, in words; nothing where there are none.
pub(crate) fn counted(number: impl Fn(Severity) -> usize) -> Option<String> {
    let counts = [
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Info, "remark"),
    ];
    let counts = counts.map(|(severity, noun)| (number(severity), noun));
    let counts = counts.into_iter().filter(|(number, _)| *number > 0);
    let counts: Vec<String> = counts.map(|(number, noun)| count(number, noun)).collect();
    (!counts.is_empty()).then(|| counts.join(", "))
}

impl Report for Answer {
    fn text(&self, page: Page) -> Text {
        let mut text = Text::default();
        for done in &self.done {
            text.line_of(&done.text(page));
        }
        let (findings, more) = self.shown();
        text.append(&coded_snippets(&findings, page));
        for (code, number) in &more {
            text.line(format_args!("{code}: {number} more"));
        }
        if !more.is_empty() {
            text.line("`guichet lint --all` prints each of them.");
            text.end();
        }
        let path = self.near(&self.path).display().to_string();
        match counted(|severity| self.lint.count(severity)) {
            Some(counts) => text.line(format_args!("{counts} in {path}")),
            None => text.line(format_args!("nothing found in {path}")),
        }
        match self.lint.repairable() {
            0 => {}
            number => text.help(format_args!(
                "`guichet lint --fix` fixes {number} of them without changing anyone's access."
            )),
        }
        text
    }

    fn foreign(&self) -> Option<Foreign> {
        match self.format {
            Format::Sarif => {
                let place = |finding: &_| self.place(finding);
                Some(Foreign::json(&self.lint.sarif(&place)))
            }
            Format::Github => {
                let mut text = Writer::<Github>::new();
                for finding in self.lint.findings() {
                    add_annotation(&mut text, finding, &self.place(finding));
                }
                Some(text.finish())
            }
            _ => None,
        }
    }

    fn status(&self) -> ExitStatus {
        let worst = self.lint.worst();
        ExitStatus::answering(worst.is_none_or(|worst| worst < self.fails_from))
    }

    fn made(&self) -> Made {
        self.done.first().map_or(Made::Nothing, Report::made)
    }
}
