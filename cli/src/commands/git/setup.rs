//! `git install` and `git uninstall`: what git has to know about `directory.json`.

use std::borrow::Cow;
use std::io;
use std::path::Path;

use guichet::storage::Operation;
use guichet::storage::filesystem::put;
use serde::Serialize;

use super::repository::Repository;
use super::{lines, marks};
use crate::context::Context;
use crate::error::Result;
use crate::files;
use crate::help::examples;
use crate::output::{Ink, Page, Report, Text};

/// The arguments of `git install`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet git install",
    "guichet git install --external-diff" => "`git diff` shows who gains and loses what",
    "guichet git install --program /opt/guichet/bin/guichet",
))]
pub(crate) struct InstallArgs {
    /// How git calls this program [default: by its whole path, which every client finds]
    #[arg(long, value_name = "PROGRAM")]
    program: Option<String>,

    /// Let `git diff` show who gains and loses which access, instead of changed lines
    #[arg(long)]
    external_diff: bool,
}

/// The settings that git gets, each with what follows the program in its value.
///
/// There is no `smudge`: what is checked out is what was committed.
///
/// A merge driver that fails leaves our version and no mark of theirs, which `git add` would lose. So
/// where the program is missing (status 126 and 127) or refuses a side (status 2), git's own merge of
/// lines follows; after a refusal the file counts as conflicting also where no line does.
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
/// What the key is, for people.
const KEY: &str = "random, for the marks of passwords";

/// Runs `git install`.
pub(crate) fn install(args: &InstallArgs, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let program = args.program.clone().or_else(|| context.program());
    let program = program.unwrap_or_else(|| "guichet".to_owned());
    let program = for_shell(&program);
    let called = |(key, words): (&'static str, &str)| (key, Some(format!("{program} {words}")));
    let (key, words) = EXTERNAL_DIFF;
    let external = args.external_diff.then(|| format!("{program} {words}"));
    let (name_key, name) = MERGE_NAME;
    let settings = COMMANDS.into_iter().map(called);
    let settings = settings.chain([(key, external), (name_key, Some(name.to_owned()))]);
    set_up(context, Direction::In, settings)
}

/// Runs `git uninstall`.
pub(crate) fn uninstall(context: &Context<'_>) -> Result<Box<dyn Report>> {
    let settings = COMMANDS.into_iter().chain([EXTERNAL_DIFF, MERGE_NAME]);
    set_up(
        context,
        Direction::Out,
        settings.map(|(key, _)| (key, None)),
    )
}

/// Adds our lines, these settings and the key, or removes them.
fn set_up(
    context: &Context<'_>,
    direction: Direction,
    settings: impl Iterator<Item = (&'static str, Option<String>)>,
) -> Result<Box<dyn Report>> {
    let repository = Repository::around(&context.folder()?)?;
    let root = repository.root();
    let mut steps = Vec::new();
    let edited = edit_attributes(context, root, direction)?;
    let step = |action| Step::new("lines", lines::FILE, lines::RULE, action);
    steps.extend(direction.action(edited).map(step));
    for (key, wanted) in settings {
        steps.extend(set(context, &repository, key, wanted)?);
    }
    let edited = match direction {
        Direction::In => marks::put_in(context, root)?,
        Direction::Out => marks::take_out(context, root)?,
    };
    let step = |action| Step::new("key", marks::KEY_FILE, KEY, action);
    steps.extend(direction.action(edited).map(step));
    Ok(Box::new(Setup {
        repository: root.display().to_string(),
        changed: steps.iter().any(|step| step.action != Action::Kept),
        dry_run: context.is_dry_run(),
        steps,
        direction,
    }))
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

/// Gives a setting the wanted value, or removes it; does nothing if it is right already.
fn set(
    context: &Context<'_>,
    repository: &Repository,
    key: &'static str,
    wanted: Option<String>,
) -> Result<Option<Step>> {
    let found = repository.setting(key)?;
    let action = match (&found, &wanted) {
        (None, None) => return Ok(None),
        (Some(found), Some(wanted)) if found == wanted => Action::Kept,
        (Some(_), Some(_)) => Action::Changed,
        (None, Some(_)) => Action::Added,
        (Some(_), None) => Action::Removed,
    };
    if action != Action::Kept && !context.is_dry_run() {
        repository.set(key, wanted.as_deref())?;
    }
    let value = wanted.or(found).unwrap_or_default();
    Ok(Some(Step::new("setting", key, &value, action)))
}

/// Adds our lines to the file of attributes, or removes them; returns whether there was something to
/// do; a file that would be empty is removed.
fn edit_attributes(context: &Context<'_>, root: &Path, direction: Direction) -> Result<bool> {
    let path = root.join(lines::FILE);
    let files = context.files();
    let text = match files.read(&path) {
        Ok(bytes) => String::from_utf8(bytes)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(error),
    };
    let text = text.map_err(|error| files::failure(Operation::Read, &path, error))?;
    let edited = match direction {
        Direction::In => lines::put_into(&text),
        Direction::Out => lines::take_out_of(&text),
    };
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
    name: &'static str,
    value: String,
    action: Action,
}

impl Step {
    fn new(kind: &'static str, name: &'static str, value: &str, action: Action) -> Self {
        Self {
            kind,
            name,
            value: value.to_owned(),
            action,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    In,
    Out,
}

impl Direction {
    /// Says what became of something, by whether there was something to do; nothing where it never was.
    const fn action(self, edited: bool) -> Option<Action> {
        match (self, edited) {
            (Self::In, true) => Some(Action::Added),
            (Self::In, false) => Some(Action::Kept),
            (Self::Out, true) => Some(Action::Removed),
            (Self::Out, false) => None,
        }
    }
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

impl Report for Setup {
    fn text(&self, _: Page) -> Text {
        let mut text = Text::default();
        if !self.changed {
            text.line(match self.direction {
                Direction::In => "the repository is already set up",
                Direction::Out => "nothing to remove: the repository is not set up",
            });
            return text;
        }
        if self.dry_run {
            text.line("dry run: nothing is saved; guichet would do this:");
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
                "Commit .gitattributes, then run `git add --renormalize .` once, so that \
                 committed files get the same order.",
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
