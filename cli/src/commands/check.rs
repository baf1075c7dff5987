//! `check`: may this user do that? One question, or a file of them.

use std::path::{Path, PathBuf};

use guichet::{Answer, Reason, Verdict, View};

use crate::context::Context;
use crate::error::{CliError, Result};
use crate::exit_status::ExitStatus;
use crate::files;
use crate::help::access_and_examples;
use crate::output::{
    Column, Content, Listing, Marked as _, Page, Report, Row, Text, shown, verdict,
};
use crate::sentences::reason_sentence;

/// The arguments of `check`.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "guichet check [OPTIONS] <USER> <ACCESS>\n       \
                      guichet check [OPTIONS] --batch <FILE>",
    after_help = access_and_examples!(
        "guichet check \"Ann Lee\" plugin:write",
        "guichet check \"#3\" sql:DEFAULT_SCHEMA:write --format json",
        "guichet check --batch questions.tsv" => "exit status 0 if all are allowed",
    )
)]
pub(crate) struct Args {
    /// The user, by name or as `#3`
    #[arg(required_unless_present = "batch")]
    pub(crate) user: Option<String>,

    /// The access, one of those below
    #[arg(required_unless_present = "batch")]
    pub(crate) access: Option<String>,

    /// A file of questions, `-` for standard input: one `USER<TAB>ACCESS` a line
    #[arg(long, value_name = "FILE", conflicts_with_all = ["user", "access"])]
    pub(crate) batch: Option<PathBuf>,
}

/// Runs `check`.
pub(crate) fn run(args: &Args, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    if let Some(file) = &args.batch {
        let text = files::read_text(context, file)?;
        let questions = questions(file, &text)?;
        let view = context.project()?.current();
        let answers = questions.into_iter().map(|(line, user, access)| {
            let place = |error: CliError| error.at(file).on_line(line);
            answer(&view, user, access).map_err(place)
        });
        return Ok(Box::new(Listing(answers.collect::<Result<Vec<_>>>()?)));
    }
    let (user, access) = (args.user.as_deref(), args.access.as_deref());
    let view = context.project()?.current();
    let answer = answer(&view, user.unwrap_or_default(), access.unwrap_or_default());
    Ok(Box::new(answer?))
}

fn answer(view: &View, user: &str, access: &str) -> Result<Answer> {
    Ok(view.answer(view.user(user)?, &view.access(access)?)?)
}

/// Returns each question with its line.
fn questions<'t>(file: &Path, text: &'t str) -> Result<Vec<(u32, &'t str, &'t str)>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Only the tab and the end of the line are syntax: a name may begin and end with a space.
    let is_blank = |line: &str| line.trim().is_empty() && !line.contains('\t');
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !is_blank(line));
    let questions = lines.map(|(line, content)| {
        let Some((user, access)) = content.split_once('\t') else {
            let error = CliError::new("batch-line", "this line is not `USER<TAB>ACCESS`");
            let error = error.help("Write one question a line: a user, a tab, an access.");
            return Err(error.at(file).on_line(line));
        };
        Ok((line, user, access))
    });
    questions.collect()
}

/// Returns the answer in two lines: yes or no, then why.
pub(super) fn lines(answer: &Answer) -> Text {
    let Verdict {
        access,
        allowed,
        reason,
        ..
    } = &answer.verdict;
    let (ink, word) = verdict(*allowed);
    let is_membership = matches!(reason, Reason::Member | Reason::NotMember);
    let group = answer.verdict.group.as_deref().filter(|_| is_membership);
    let fact = match (group, allowed) {
        (Some(group), true) => format!("is in group {}", shown(group)),
        (Some(group), false) => format!("is not in group {}", shown(group)),
        (None, true) => format!("has {access}"),
        (None, false) => format!("does not have {access}"),
    };
    let mut text = Text::inked(ink, word);
    text.add(": ");
    text.append(&answer.user.marked());
    text.line(format_args!(" {fact}"));
    text.line(format_args!("  {}", reason_sentence(&answer.verdict)));
    text
}

impl Report for Answer {
    fn text(&self, _: Page) -> Text {
        lines(self)
    }

    fn status(&self) -> ExitStatus {
        ExitStatus::answering(self.verdict.allowed)
    }
}

/// Of a file of questions: the answers in its order.
impl Row for Answer {
    const COLUMNS: &'static [Column] = &[
        Column::Text("Allowed"),
        Column::Text("User"),
        Column::Text("Access"),
        Column::Text("Why"),
    ];
    const NONE: &'static str = "no questions";

    fn cells(&self) -> Vec<Content> {
        let (ink, word) = verdict(self.verdict.allowed);
        vec![
            Content::inked(ink, word),
            self.user.in_words().into(),
            self.verdict.access.as_str().into(),
            reason_sentence(&self.verdict).into(),
        ]
    }

    fn status(&self) -> ExitStatus {
        ExitStatus::answering(self.verdict.allowed)
    }
}
