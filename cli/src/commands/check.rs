//! `check`: may this user do that? One question, or a file of them.

use std::path::{Path, PathBuf};

use guichet_core::UserHandle;
use guichet_policy::{Access, Decision};
use serde::Serialize;
use serde_json::Value;

use crate::context::{Context, Loaded};
use crate::error::{CliError, Result};
use crate::exit_status::ExitStatus;
use crate::output::{Column, Ink, Page, Report, Table, to_json};
use crate::sentences::reason_sentence;

/// The arguments of `check`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The user, by name or as `#3`
    #[arg(required_unless_present = "batch", requires = "access")]
    pub(crate) user: Option<String>,

    /// The access: design, http, rest, `sql[:SCHEMA[:RIGHT]]`, plugin:KEY, group:NAME, …
    pub(crate) access: Option<String>,

    /// A file of questions, or `-`: one `USER<TAB>ACCESS` a line
    #[arg(long, value_name = "FILE", conflicts_with_all = ["user", "access"])]
    pub(crate) batch: Option<PathBuf>,
}

/// One answered question.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Answer {
    user: String,
    access: String,
    allowed: bool,
    reason: &'static str,
    path: Vec<String>,
    #[serde(skip)]
    sentence: String,
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
            user: loaded.user_name(user),
            access: loaded.describe(access),
            allowed: decision.allowed(),
            reason: decision.reason().as_str(),
            path: decision
                .path()
                .map(|path| loaded.path_names(path))
                .unwrap_or_default(),
            sentence: reason_sentence(loaded, access, decision),
        }
    }

    /// Tells whether the answer is yes.
    pub(crate) const fn allowed(&self) -> bool {
        self.allowed
    }

    /// Returns the answer in two lines: the verdict, then the reason.
    pub(crate) fn lines(&self, page: Page) -> String {
        let (ink, word, verb) = if self.allowed {
            (Ink::Yes, "yes", "has")
        } else {
            (Ink::No, "no", "does not have")
        };
        let verdict = page.paint.ink(ink, word);
        format!(
            "{verdict}: {} {verb} {}\n  {}\n",
            self.user, self.access, self.sentence
        )
    }
}

/// Runs `check`.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    if let Some(file) = &args.batch {
        let questions = read_questions(file, context)?;
        return batch(&questions, &context.load()?);
    }
    let loaded = context.load()?;
    let user = loaded.user(args.user.as_deref().unwrap_or_default())?;
    let access = loaded.access(args.access.as_deref().unwrap_or_default())?;
    let decision = loaded.policy().check(user, &access);
    Ok(Box::new(Answer::of(&loaded, user, &access, &decision)))
}

impl Report for Answer {
    fn json(&self) -> Value {
        to_json(self)
    }

    fn text(&self, page: Page) -> String {
        self.lines(page)
    }

    fn status(&self) -> ExitStatus {
        if self.allowed {
            ExitStatus::Yes
        } else {
            ExitStatus::No
        }
    }
}

/// A line of the batch file.
struct Question {
    line: usize,
    user: String,
    access: String,
}

fn read_questions(file: &Path, context: &mut Context<'_>) -> Result<Vec<Question>> {
    let mut text = String::new();
    let read = if file.as_os_str() == "-" {
        std::io::Read::read_to_string(context.stdin(), &mut text).map(|_| ())
    } else {
        std::fs::read_to_string(file).map(|content| text = content)
    };
    read.map_err(|error| {
        CliError::new("io", format!("cannot read the questions: {error}")).at(file)
    })?;
    let lines = (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(line, content)| {
            let Some((user, access)) = content.split_once('\t') else {
                let error =
                    CliError::new("batch-line", "a question needs a user, a tab and an access");
                return Err(error.at(file).on_line(line));
            };
            Ok(Question {
                line,
                user: user.to_owned(),
                access: access.trim_end().to_owned(),
            })
        })
        .collect()
}

fn batch(questions: &[Question], loaded: &Loaded) -> Result<Box<dyn Report>> {
    let policy = loaded.policy();
    let answer = |question: &Question| {
        let user = loaded.user(&question.user)?;
        let access = loaded.access(&question.access)?;
        Ok(Answer::of(
            loaded,
            user,
            &access,
            &policy.check(user, &access),
        ))
    };
    let answers: Result<Vec<Answer>> = questions
        .iter()
        .map(|question| answer(question).map_err(|error: CliError| error.on_line(question.line)))
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

    fn text(&self, page: Page) -> String {
        let columns = ["", "User", "Access", "Reason"].map(Column::Text);
        let mut table = Table::new(page, &columns);
        for answer in &self.0 {
            let (ink, word) = if answer.allowed {
                (Ink::Yes, "yes")
            } else {
                (Ink::No, "no")
            };
            let reason = if answer.path.is_empty() {
                answer.reason.to_owned()
            } else {
                format!("{}: {}", answer.reason, answer.path.join(" → "))
            };
            table.row(
                ink,
                [
                    word.to_owned(),
                    answer.user.clone(),
                    answer.access.clone(),
                    reason,
                ],
            );
        }
        table.render()
    }

    fn status(&self) -> ExitStatus {
        if self.0.iter().all(|answer| answer.allowed) {
            ExitStatus::Yes
        } else {
            ExitStatus::No
        }
    }
}
