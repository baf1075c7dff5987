//! `check`: may this user do that? One question, or a file of them.

use std::path::{Path, PathBuf};

use guichet::core::UserHandle;
use guichet::policy::{Access, Decision, Reason};
use serde::Serialize;
use serde_json::Value;

use crate::context::Context;
use crate::error::{CliError, Result};
use crate::exit_status::ExitStatus;
use crate::files;
use crate::help::access_and_examples;
use crate::loaded::Loaded;
use crate::output::{Column, Content, Page, Person, Report, Table, Text, shown, to_json, verdict};
use crate::sentences::reason_sentence;

/// The arguments of `check`.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "guichet check [OPTIONS] <USER> <ACCESS>\n       \
                      guichet check [OPTIONS] --batch <FILE>",
    after_help = access_and_examples!(
        "guichet check \"Ann Lee\" plugin:write",
        "guichet check \"#3\" sql:DEFAULT_SCHEMA:write --format json",
        "guichet check --batch questions.tsv" => "exit status 0 when all of them are allowed",
    )
)]
pub(crate) struct Args {
    /// The user, by name or as `#3`
    #[arg(required_unless_present = "batch")]
    pub(crate) user: Option<String>,

    /// What may be reached, as listed below
    #[arg(required_unless_present = "batch")]
    pub(crate) access: Option<String>,

    /// A file of questions, `-` for standard input: one `USER<TAB>ACCESS` a line
    #[arg(long, value_name = "FILE", conflicts_with_all = ["user", "access"])]
    pub(crate) batch: Option<PathBuf>,
}

/// One answered question.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Answer {
    user: Person,
    access: String,
    allowed: bool,
    reason: &'static str,
    path: Vec<String>,
    #[serde(skip)]
    sentence: String,
    #[serde(skip)]
    group: Option<String>,
}

impl Answer {
    /// Puts a decision into words and names.
    pub(crate) fn of(
        loaded: &Loaded,
        user: UserHandle,
        access: &Access,
        decision: &Decision,
    ) -> Self {
        Self {
            user: loaded.person(user),
            access: loaded.describe(access),
            allowed: decision.allowed(),
            reason: decision.reason().as_str(),
            path: decision
                .path()
                .map(|path| loaded.path_names(path))
                .unwrap_or_default(),
            sentence: reason_sentence(loaded, access, decision),
            group: match (access, decision.reason()) {
                (Access::Group(group), Reason::Member | Reason::NotMember) => {
                    loaded.group_names(&[*group]).pop()
                }
                _ => None,
            },
        }
    }

    /// Tells whether the answer is yes.
    pub(crate) const fn allowed(&self) -> bool {
        self.allowed
    }

    /// Returns the answer in two lines: the verdict, then the reason.
    pub(crate) fn lines(&self) -> Text {
        let (ink, word) = verdict(self.allowed);
        let fact = match (&self.group, self.allowed) {
            (Some(group), true) => format!("is in group {}", shown(group)),
            (Some(group), false) => format!("is not in group {}", shown(group)),
            (None, true) => format!("has {}", self.access),
            (None, false) => format!("does not have {}", self.access),
        };
        let mut text = Text::inked(ink, word);
        text.add(": ");
        text.append(&self.user.marked());
        text.line(format_args!(" {fact}"));
        text.line(format_args!("  {}", self.sentence));
        text
    }
}

/// Runs `check`.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    if let Some(file) = &args.batch {
        let questions = read_questions(file, context)?;
        return batch(file, &questions, &context.load()?);
    }
    let loaded = context.load()?;
    let user = loaded.user(args.user.as_deref().unwrap_or_default())?;
    let access = loaded.access(args.access.as_deref().unwrap_or_default())?;
    let decision = loaded.check(user, &access)?;
    Ok(Box::new(Answer::of(&loaded, user, &access, &decision)))
}

impl Report for Answer {
    fn json(&self) -> Value {
        to_json(self)
    }

    fn text(&self, _: Page) -> Text {
        self.lines()
    }

    fn status(&self) -> ExitStatus {
        ExitStatus::answering(self.allowed)
    }
}

/// A line of the batch file.
struct Question {
    line: usize,
    user: String,
    access: String,
}

fn read_questions(file: &Path, context: &mut Context<'_>) -> Result<Vec<Question>> {
    let text = files::read_text(context, file)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    // Only the tab and the end of the line are syntax: a name may begin and end with a space.
    let is_blank = |line: &str| line.trim().is_empty() && !line.contains('\t');
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !is_blank(line));
    lines
        .map(|(line, content)| {
            let Some((user, access)) = content.split_once('\t') else {
                let error =
                    CliError::new("batch-line", "a question needs a user, a tab and an access");
                let error = error.help("Write one `USER<TAB>ACCESS` a line.");
                return Err(error.at(file).on_line(line));
            };
            Ok(Question {
                line,
                user: user.to_owned(),
                access: access.to_owned(),
            })
        })
        .collect()
}

fn batch(file: &Path, questions: &[Question], loaded: &Loaded) -> Result<Box<dyn Report>> {
    let answer = |question: &Question| {
        let user = loaded.user(&question.user)?;
        let access = loaded.access(&question.access)?;
        let decision = loaded.check(user, &access)?;
        Ok(Answer::of(loaded, user, &access, &decision))
    };
    let answers: Result<Vec<Answer>> = questions
        .iter()
        .map(|question| {
            let place = |error: CliError| error.at(file).on_line(question.line);
            answer(question).map_err(place)
        })
        .collect();
    Ok(Box::new(Answers(answers?)))
}

/// The answers to a file of questions, in its order.
#[derive(Debug)]
struct Answers(Vec<Answer>);

impl Report for Answers {
    fn json(&self) -> Value {
        to_json(&self.0)
    }

    fn text(&self, page: Page) -> Text {
        let columns = ["Allowed", "User", "Access", "Why"].map(Column::Text);
        let mut table = Table::new(page, &columns);
        for answer in &self.0 {
            let (ink, word) = verdict(answer.allowed);
            table.row([
                Content::inked(ink, word),
                answer.user.in_words().into(),
                answer.access.as_str().into(),
                answer.sentence.as_str().into(),
            ]);
        }
        if self.0.is_empty() {
            Text::saying("no questions")
        } else {
            table.render()
        }
    }

    fn status(&self) -> ExitStatus {
        ExitStatus::answering(self.0.iter().all(|answer| answer.allowed))
    }
}
