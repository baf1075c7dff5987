//! `git install` and `git uninstall`: what git has to know about `directory.json`.

use std::borrow::Cow;
use std::io;

use guichet::storage::error::Operation;
use guichet::storage::output::put;
use serde::Serialize;
use serde_json::Value;

use super::lines::{ATTRIBUTES, FORMERLY_IGNORED, OurLines};
use super::marks;
use super::repository::Repository;
use crate::context::Context;
use crate::error::Result;
use crate::files;
use crate::help::examples;
use crate::output::{Ink, Page, Report, Text, to_json};

/// The arguments of `git install`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet git install",
    "guichet git install --external-diff" => "`git diff` tells who gains and loses what",
    "guichet git install --program /opt/guichet/bin/guichet",
))]
pub(crate) struct InstallArgs {
    /// How git is to call this program [default: by its whole path, which every client finds]
    #[arg(long, value_name = "PROGRAM")]
    program: Option<String>,

    /// Let `git diff` tell who gains and loses which access, instead of showing changed lines
    #[arg(long)]
    external_diff: bool,
}

/// The settings that git gets, each with what follows the program in its value.
///
/// There is no `smudge`: what is checked out is what was committed.
///
/// A merge driver that fails leaves our version and no mark of theirs, which `git add` would lose. So
/// where the program is away (status 126 and 127) or refuses a side (status 2), git's own merge of lines
/// follows; after a refusal the file counts as conflicting also where no line does.
const COMMANDS: [(&str, &str); 3] = [
    ("diff.guichet.textconv", "git textconv"),
    ("filter.guichet.clean", "normalise - --name %f"),
    (
        "merge.guichet.driver",
        "merge %O %A %B -o %A --normalise --name %P; s=$?; test $s -le 1 && exit $s; \
         git merge-file -L ours -L base -L theirs %A %O %B; m=$?; test $s -gt 125 && exit $m; exit 1",
    ),
];
const EXTERNAL_DIFF: (&str, &str) = ("diff.guichet.command", "git diff");
const MERGE_NAME: (&str, &str) = ("merge.guichet.name", "4D users and groups, by meaning");

/// Runs `git install`.
pub(crate) fn install(args: &InstallArgs, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let repository = repository(context)?;
    let mut steps = Vec::new();
    let edited = edit_file(context, &repository, ATTRIBUTES, OurLines::put_into)?;
    let action = if edited { Action::Added } else { Action::Kept };
    steps.push(Step::lines(ATTRIBUTES, action));
    let edited = edit_file(
        context,
        &repository,
        FORMERLY_IGNORED,
        OurLines::take_out_of,
    )?;
    steps.extend(edited.then(|| Step::lines(FORMERLY_IGNORED, Action::Removed)));
    let program = args.program.clone().or_else(|| context.program());
    let program = program.unwrap_or_else(|| "guichet".to_owned());
    let program = for_shell(&program);
    let called = |(key, words): (&str, &str)| (key.to_owned(), format!("{program} {words}"));
    let mut wanted: Vec<_> = COMMANDS.into_iter().map(called).collect();
    wanted.extend(args.external_diff.then(|| called(EXTERNAL_DIFF)));
    wanted.push((MERGE_NAME.0.to_owned(), MERGE_NAME.1.to_owned()));
    for (key, value) in wanted {
        let action = match repository.setting(&key)? {
            Some(found) if found == value => Action::Kept,
            Some(_) => Action::Changed,
            None => Action::Added,
        };
        if action != Action::Kept && !context.is_dry_run() {
            repository.set(&key, &value)?;
        }
        steps.push(Step::setting(key, value, action));
    }
    if !args.external_diff {
        steps.extend(take_out(context, &repository, EXTERNAL_DIFF.0)?);
    }
    let made = marks::put_in(context, &repository)?;
    let action = if made { Action::Added } else { Action::Kept };
    steps.push(Step::key(action));
    Ok(Setup::boxed(context, &repository, steps, Direction::In))
}

/// Runs `git uninstall`.
pub(crate) fn uninstall(context: &Context<'_>) -> Result<Box<dyn Report>> {
    let repository = repository(context)?;
    let mut steps = Vec::new();
    for ours in [ATTRIBUTES, FORMERLY_IGNORED] {
        let edited = edit_file(context, &repository, ours, OurLines::take_out_of)?;
        steps.extend(edited.then(|| Step::lines(ours, Action::Removed)));
    }
    let commands = COMMANDS.into_iter().chain([EXTERNAL_DIFF, MERGE_NAME]);
    for (key, _) in commands {
        steps.extend(take_out(context, &repository, key)?);
    }
    let taken = marks::take_out(context, &repository)?;
    steps.extend(taken.then(|| Step::key(Action::Removed)));
    Ok(Setup::boxed(context, &repository, steps, Direction::Out))
}

/// Returns a program as git's shell reads it: as it is, or in quotes.
fn for_shell(program: &str) -> Cow<'_, str> {
    let plain = |character: char| character.is_alphanumeric() || "/._-+~".contains(character);
    if program.chars().all(plain) {
        Cow::Borrowed(program)
    } else {
        Cow::Owned(format!("'{}'", program.replace('\'', r"'\''")))
    }
}

fn repository(context: &Context<'_>) -> Result<Repository> {
    Repository::around(&context.folder()?)
}

/// Takes a setting out, if it is there.
fn take_out(context: &Context<'_>, repository: &Repository, key: &str) -> Result<Option<Step>> {
    let Some(value) = repository.setting(key)? else {
        return Ok(None);
    };
    if !context.is_dry_run() {
        repository.unset(key)?;
    }
    Ok(Some(Step::setting(key.to_owned(), value, Action::Removed)))
}

/// Edits a file at the top of the work tree, and tells whether there was something to do; a file that
/// would be empty is taken away.
fn edit_file(
    context: &Context<'_>,
    repository: &Repository,
    ours: OurLines,
    edit: impl FnOnce(OurLines, &str) -> Option<String>,
) -> Result<bool> {
    let path = repository.root().join(ours.file);
    let files = context.files();
    let text = match files.read(&path) {
        Ok(bytes) => String::from_utf8(bytes)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(error),
    };
    let text = text.map_err(|error| files::failure(Operation::Read, &path, error))?;
    let edited = edit(ours, &text);
    match edited.as_deref() {
        None => {}
        Some("") => files
            .remove(&path)
            .map_err(|error| files::failure(Operation::Remove, &path, error))?,
        Some(text) => put(&*files, &path, text.as_bytes(), None)
            .map_err(|error| files::told(&error, &path))?,
    }
    Ok(edited.is_some())
}

/// What became of one line or setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Action {
    Added,
    Changed,
    Removed,
    /// It was as it should be.
    Kept,
}

#[derive(Debug, Serialize)]
struct Step {
    kind: &'static str,
    name: String,
    value: String,
    action: Action,
}

impl Step {
    fn lines(ours: OurLines, action: Action) -> Self {
        Self {
            kind: "lines",
            name: ours.file.to_owned(),
            value: ours.shown(),
            action,
        }
    }

    fn key(action: Action) -> Self {
        Self {
            kind: "key",
            name: marks::KEY_FILE.to_owned(),
            value: "random, for the marks of passwords".to_owned(),
            action,
        }
    }

    fn setting(name: String, value: String, action: Action) -> Self {
        Self {
            kind: "setting",
            name,
            value,
            action,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    In,
    Out,
}

/// What was done to a repository.
#[derive(Debug, Serialize)]
struct Setup {
    repository: String,
    changed: bool,
    dry_run: bool,
    steps: Vec<Step>,
    #[serde(skip)]
    direction: Direction,
}

impl Setup {
    fn boxed(
        context: &Context<'_>,
        repository: &Repository,
        steps: Vec<Step>,
        direction: Direction,
    ) -> Box<dyn Report> {
        Box::new(Self {
            repository: repository.root().display().to_string(),
            changed: steps.iter().any(|step| step.action != Action::Kept),
            dry_run: context.is_dry_run(),
            steps,
            direction,
        })
    }
}

impl Report for Setup {
    fn json(&self) -> Value {
        to_json(self)
    }

    fn text(&self, _: Page) -> Text {
        let mut text = Text::default();
        if !self.changed {
            text.line(match self.direction {
                Direction::In => "nothing to do: the repository is set up already",
                Direction::Out => "nothing to do: nothing of it is set up",
            });
            return text;
        }
        if self.dry_run {
            text.line("dry run, nothing is written; this would be done:");
        }
        for step in &self.steps {
            let (ink, word) = match step.action {
                Action::Added => (Ink::Yes, "added"),
                Action::Changed => (Ink::Yes, "changed"),
                Action::Removed => (Ink::No, "removed"),
                Action::Kept => (Ink::Faint, "kept"),
            };
            text.ink(ink, format_args!("{word:7}"));
            text.line(format_args!("  {}: {}", step.name, step.value));
        }
        if self.direction == Direction::In {
            text.help(
                "Commit .gitattributes. `git add --renormalize .` brings the files that are \
                 committed already into the order that git compares.",
            );
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::for_shell;

    #[test]
    fn a_program_is_one_word_for_the_shell() {
        assert_eq!(for_shell("guichet"), "guichet");
        assert_eq!(
            for_shell("/opt/guichet/bin/guichet"),
            "/opt/guichet/bin/guichet"
        );
        assert_eq!(
            for_shell("/opt/my tools/guichet"),
            "'/opt/my tools/guichet'"
        );
        assert_eq!(for_shell("it's"), r"'it'\''s'");
    }
}
