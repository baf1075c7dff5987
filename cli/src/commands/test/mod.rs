//! `test`: what a team expects of its directory, asked again.
//!
//! | module | what is there |
//! |---|---|
//! | here | the command, its text and its JSON |
//! | [`junit`] | the report that CI services read |

mod junit;

use std::path::PathBuf;

use clap::ValueEnum;
use guichet::core::Diagnostic as _;
use guichet::policy::suite::{Suite, Tally, Today};
use guichet::{Coverage, Test, TestFile, TestVerdict, TestedFile, View};
use serde::{Serialize, Serializer};
use serde_json::json;

use crate::args::Format;
use crate::context::Context;
use crate::error::{CliError, Result};
use crate::exit_status::ExitStatus;
use crate::files;
use crate::help::examples;
use crate::output::{Foreign, Ink, Page, Report, Text, count, to_json};

/// The arguments of `test`.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "guichet test [OPTIONS] <FILE>...\n       guichet test [OPTIONS] --init",
    after_help = examples!(
        "guichet test --init > policy.toml" => "today's answers, as tests",
        "guichet test policy.toml --coverage",
        "guichet test policy/*.yaml --format junit > junit.xml",
    )
)]
pub(crate) struct Args {
    /// Files of tests, in TOML or (`.yaml`, `.yml`) YAML; `-` is TOML on standard input
    #[arg(value_name = "FILE", required_unless_present = "init")]
    files: Vec<PathBuf>,

    /// Also list the groups, memberships and grants that no test covers
    #[arg(long)]
    coverage: bool,

    /// Print tests for today's answers: who has each restricted access (`accesses`, the default), and
    /// what each user has (`users`)
    #[arg(long, value_name = "OF", num_args = 0..=1, default_missing_value = "accesses")]
    #[arg(conflicts_with_all = ["files", "coverage"], hide_possible_values = true)]
    init: Option<Init>,
}

/// `--init`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Init {
    /// Who can reach each access that is not open to everyone
    Accesses,
    /// That, and what each user can reach
    Users,
}

/// Runs `test`.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    if let Some(init) = args.init {
        return today(init, &context.project()?.current());
    }
    let suites = args.files.iter().map(|file| {
        let text = files::read_text(context, file)?;
        let read = TestFile::read(&text, file);
        read.map_err(|error| CliError::from(error).read_from(file, &text.into_bytes().into()))
    });
    let suites: Vec<TestFile> = suites.collect::<Result<_>>()?;
    let project = context.project()?;
    let (view, at) = (project.current(), project.clock().now());
    let files: Vec<TestedFile> = suites.iter().map(|file| view.test(file, at)).collect();
    Ok(Box::new(Answer {
        coverage: args.coverage.then(|| view.coverage(&files)),
        files,
        format: context.format(),
    }))
}

/// Writes down what the directory answers today.
fn today(init: Init, view: &View) -> Result<Box<dyn Report>> {
    let today = match init {
        Init::Accesses => Today::Accesses,
        Init::Users => Today::Users,
    };
    let text = Suite::from_today(view.policy(), today).to_toml();
    let text = text.map_err(|error| CliError::from_error(&error))?;
    Ok(Box::new(Foreign::toml(text)))
}

/// What came of every file.
#[derive(Debug)]
struct Answer {
    files: Vec<TestedFile>,
    coverage: Option<Coverage>,
    format: Format,
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        json!({
            "passed": self.status() == ExitStatus::Yes,
            "files": to_json(&self.files),
            "coverage": self.coverage.as_ref().map(to_json),
        })
        .serialize(serializer)
    }
}

impl Report for Answer {
    fn text(&self, _: Page) -> Text {
        let mut text = Text::default();
        for file in &self.files {
            text.ink(Ink::Strong, file.path.display());
            text.end();
            for test in &file.tests {
                add_test(&mut text, test);
            }
        }
        let tests = self.files.iter().flat_map(|file| &file.tests);
        let (passed, failed): (Vec<_>, Vec<_>) = tests.partition(|test| test.passed());
        let (passed, failed) = (passed.len(), failed.len());
        let all = count(passed + failed, "test");
        text.line(format_args!("{all}: {passed} passed, {failed} failed"));
        if let Some(coverage) = &self.coverage {
            add_coverage(&mut text, coverage);
        }
        text
    }

    fn foreign(&self) -> Option<Foreign> {
        (self.format == Format::Junit).then(|| junit::report(&self.files))
    }

    fn status(&self) -> ExitStatus {
        ExitStatus::answering(self.files.iter().all(TestedFile::passed))
    }
}

/// Adds a test for people.
fn add_test(text: &mut Text, tested: &Test) {
    let name = &tested.name;
    text.add("  ");
    if tested.passed() {
        text.ink(Ink::Yes, "ok");
        text.line(format_args!("   {name}"));
        return;
    }
    let place = tested.line.map(|line| format!(" (line {line})"));
    text.ink(Ink::No, "FAIL");
    text.line(format_args!(" {name}{}", place.unwrap_or_default()));
    let lines = match &tested.verdict {
        TestVerdict::Passed => [None, None, None],
        TestVerdict::Failed { expected, got, why } => [
            Some(format!("expected {expected}")),
            Some(format!("got      {got}")),
            why.as_ref().map(|why| format!("because  {why}")),
        ],
        TestVerdict::Invalid(error) => [Some(error.to_string()), error.help(), None],
    };
    for line in lines.iter().flatten() {
        text.line(format_args!("       {line}"));
    }
}

fn add_coverage(text: &mut Text, coverage: &Coverage) {
    let of = |Tally { tested, total }| format!("{tested} of {total}");
    text.line(format_args!(
        "covered: groups {}, memberships {}, grants {}",
        of(coverage.groups),
        of(coverage.memberships),
        of(coverage.grants)
    ));
    for subject in &coverage.untested {
        text.line(format_args!("not covered: {subject}"));
    }
}
