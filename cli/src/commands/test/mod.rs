//! `test`: what a team expects of its directory, asked again.
//!
//! | module | what is there |
//! |---|---|
//! | here | the command, its text and its JSON |
//! | [`suites`], [`scripts`] | the files, read and asked; scripts of seats, played |
//! | [`tested`] | what came of one test |
//! | [`junit`] | the report that CI services read |

mod junit;
mod scripts;
mod suites;
mod tested;

use std::path::PathBuf;

use clap::ValueEnum;
use guichet::policy::suite::{Coverage, Suite, Tally, Today};
use serde_json::{Value, json};

use self::suites::{Asked, merged};
use self::tested::Tested;
use crate::args::Format;
use crate::context::Context;
use crate::error::{CliError, Result};
use crate::exit_status::ExitStatus;
use crate::help::examples;
use crate::loaded::Loaded;
use crate::output::{Foreign, Ink, Page, Raw, Report, Text, count};

/// The arguments of `test`.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "guichet test [OPTIONS] <FILE>...\n       guichet test [OPTIONS] --init",
    after_help = examples!(
        "guichet test --init > policy.toml" => "what the directory answers today, as tests",
        "guichet test policy.toml --coverage",
        "guichet test policy/*.yaml --format junit > junit.xml",
    )
)]
pub(crate) struct Args {
    /// Files of tests, in TOML or (`.yaml`, `.yml`) YAML; `-` is TOML on standard input
    #[arg(value_name = "FILE", required_unless_present = "init")]
    files: Vec<PathBuf>,

    /// Also tell which groups, memberships and grants no test looks at
    #[arg(long)]
    coverage: bool,

    /// Print tests of what the directory answers today: who can reach each access that is not open to
    /// everyone (`accesses`, when left out), or what each user can reach too (`users`)
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
        return today(init, &context.load()?);
    }
    let suites = suites::read(&args.files, context)?;
    let loaded = context.load()?;
    let asked: Vec<Asked> = suites.iter().map(|file| file.asked(&loaded)).collect();
    let coverage = args.coverage.then(|| {
        let report = merged(&asked);
        let coverage = guichet::policy::suite::coverage(loaded.policy(), &report);
        Covered::of(coverage, &loaded)
    });
    Ok(Box::new(Answer {
        asked,
        coverage,
        format: context.format(),
    }))
}

/// Writes down what the directory answers today.
fn today(init: Init, loaded: &Loaded) -> Result<Box<dyn Report>> {
    let today = match init {
        Init::Accesses => Today::Accesses,
        Init::Users => Today::Users,
    };
    let suite = Suite::from_today(loaded.policy(), today);
    let text = suite
        .to_toml()
        .map_err(|error| CliError::from_error(&error))?;
    Ok(Box::new(Raw(Foreign::toml(text))))
}

/// What came of every file.
#[derive(Debug)]
struct Answer {
    asked: Vec<Asked>,
    coverage: Option<Covered>,
    format: Format,
}

/// What no test looks at, in words.
#[derive(Debug)]
struct Covered {
    coverage: Coverage,
    untested: Vec<String>,
}

impl Covered {
    fn of(coverage: Coverage, loaded: &Loaded) -> Self {
        let subjects = coverage.untested.iter();
        let untested = subjects.map(|subject| subject.describe(loaded.directory()).to_string());
        let untested = untested.collect();
        Self { coverage, untested }
    }

    fn tallies(&self) -> [(&'static str, Tally); 3] {
        let Coverage {
            groups,
            memberships,
            grants,
            ..
        } = self.coverage;
        [
            ("groups", groups),
            ("memberships", memberships),
            ("grants", grants),
        ]
    }

    fn json(&self) -> Value {
        let tallies = self.tallies().map(|(name, tally)| {
            let Tally { tested, total } = tally;
            (name.to_owned(), json!({"tested": tested, "total": total}))
        });
        let mut document: serde_json::Map<_, _> = tallies.into_iter().collect();
        document.insert("untested".to_owned(), json!(self.untested));
        Value::Object(document)
    }

    fn text(&self) -> Text {
        let tallies = self
            .tallies()
            .map(|(name, Tally { tested, total })| format!("{name} {tested} of {total}"));
        let mut text = Text::default();
        text.line(format_args!("looked at: {}", tallies.join(", ")));
        for subject in &self.untested {
            text.line(format_args!("not looked at: {subject}"));
        }
        text
    }
}

impl Answer {
    fn tested(&self) -> impl Iterator<Item = &Tested> {
        self.asked.iter().flat_map(|asked| &asked.tested)
    }

    fn for_people(&self) -> Text {
        let mut text = Text::default();
        for asked in &self.asked {
            let path = asked.path.display().to_string();
            text.ink(Ink::Strong, path);
            text.end();
            for tested in &asked.tested {
                tested.add_to(&mut text);
            }
        }
        let passed = self.tested().filter(|one| one.passed()).count();
        let all = self.tested().count();
        text.line(format_args!(
            "{}: {passed} passed, {} failed",
            count(all, "test"),
            all - passed
        ));
        if let Some(coverage) = &self.coverage {
            text.append(&coverage.text());
        }
        text
    }
}

impl Report for Answer {
    fn json(&self) -> Value {
        let files = self.asked.iter().map(|asked| {
            let tests = asked.tested.iter().map(Tested::json);
            json!({
                "path": asked.path.display().to_string(),
                "tests": tests.collect::<Vec<_>>(),
            })
        });
        json!({
            "passed": self.status() == ExitStatus::Yes,
            "files": files.collect::<Vec<_>>(),
            "coverage": self.coverage.as_ref().map(Covered::json),
        })
    }

    fn text(&self, _: Page) -> Text {
        self.for_people()
    }

    fn foreign(&self) -> Option<Foreign> {
        (self.format == Format::Junit).then(|| junit::report(&self.asked))
    }

    fn status(&self) -> ExitStatus {
        ExitStatus::answering(self.tested().all(Tested::passed))
    }
}
