//! `git install` and `git uninstall`: what git has to know about `directory.json`.

use std::borrow::Cow;
use std::path::Path;

use guichet::storage::Operation;
use guichet::storage::filesystem::put;
use serde::Serialize;

use super::{lines, marks, repository};
use crate::context::Context;
use crate::editing::DRY_RUN;
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

/// The settings that git gets; `GUICHET` in a value is the program.
///
/// There is no `smudge`: what is checked out is what was committed.
///
/// A merge driver that fails leaves our version and no mark of theirs, which `git add` would lose. So
/// where the program is missing (status 126 and 127) or refuses a side (status 2), git's own merge of
/// lines follows; after a refusal the file counts as conflicting also where no line does.
const SETTINGS: [(&str, &str); 5] = [
    ("diff.guichet.textconv", "GUICHET git textconv"),
    ("filter.guichet.clean", "GUICHET normalise - --name %f"),
    (
        "merge.guichet.driver",
        "GUICHET merge %O %A %B -o %A --normalise --name %P; s=$?; test $s -le 1 && exit $s; \
         git merge-file -L ours -L base -L theirs %A %O %B; m=$?; test $s -gt 125 && exit $m; exit 1",
    ),
    (EXTERNAL_DIFF, "GUICHET git diff"),
    ("merge.guichet.name", "4D users and groups, by meaning"),
];
/// The one that is wanted only with `--external-diff`.
const EXTERNAL_DIFF: &str = "diff.guichet.command";
/// What the key is, for people.
const KEY: &str = "random, for the marks of passwords";

/// Runs `git install`, or `git uninstall` where there are no arguments.
pub(crate) fn run(
    args: Option<&InstallArgs>,
    context: &mut Context<'_>,
) -> Result<Box<dyn Report>> {
    let root = &repository::root(&context.folder()?)?;
    let wanted = |what: &str| args.map(|_| what.to_owned());
    let (edited, key) = (edit_attributes(context, root, args)?, marks::path(root)?);
    let found = (edited != args.is_some()).then(|| lines::RULE.to_owned());
    let mut steps = vec![Step::new("lines", lines::FILE, found, wanted(lines::RULE))];
    let program = args.map(|args| args.program(context));
    for (name, value) in SETTINGS {
        let is_wanted = name != EXTERNAL_DIFF || args.is_some_and(|args| args.external_diff);
        let program = program.as_deref().filter(|_| is_wanted);
        let wanted = program.map(|program| value.replace("GUICHET", program));
        let found = repository::setting(root, name)?;
        if found != wanted && !context.is_dry_run() {
            repository::set(root, name, wanted.as_deref())?;
        }
        steps.push(Step::new("setting", name, found, wanted));
    }
    let edited = match args {
        Some(_) => marks::make(context, &key)?,
        None => remove(context, &key)?,
    };
    let found = (edited != args.is_some()).then(|| KEY.to_owned());
    steps.push(Step::new("key", marks::KEY_FILE, found, wanted(KEY)));
    let steps: Vec<Step> = steps.into_iter().flatten().collect();
    Ok(Box::new(Setup {
        repository: root.display().to_string(),
        changed: steps.iter().any(|step| step.action != Action::Kept),
        dry_run: context.is_dry_run(),
        steps,
        is_installed: args.is_some(),
    }))
}

impl InstallArgs {
    /// Returns how git calls this program: one word for its shell.
    fn program(&self, context: &Context<'_>) -> String {
        let program = self.program.clone().or_else(|| context.program());
        let program = program.unwrap_or_else(|| "guichet".to_owned());
        // Only a zero character cannot be quoted, and no path has one.
        shlex::try_quote(&program).map_or_else(|_| program.clone(), Cow::into_owned)
    }
}

/// Adds our lines to the file of attributes, or removes them; returns whether there was something to
/// do; a file that would be empty is removed.
fn edit_attributes(
    context: &mut Context<'_>,
    root: &Path,
    args: Option<&InstallArgs>,
) -> Result<bool> {
    let path = root.join(lines::FILE);
    let disk = context.files();
    let text = match disk.entry(&path) {
        Ok(None) => String::new(),
        _ => files::read_text(context, &path)?,
    };
    let edited = match args {
        Some(_) => lines::put_into(&text),
        None => lines::take_out_of(&text),
    };
    match edited.as_deref() {
        None => Ok(false),
        Some("") => remove(context, &path),
        Some(text) => match put(&*disk, &path, text.as_bytes(), None) {
            Ok(()) => Ok(true),
            Err(error) => Err(files::told(&error, &path)),
        },
    }
}

/// Removes a file, and returns whether there was one.
fn remove(context: &Context<'_>, path: &Path) -> Result<bool> {
    let is_there = matches!(context.files().entry(path), Ok(Some(_)));
    if is_there {
        let removed = context.files().remove(path);
        removed.map_err(|error| files::failure(Operation::Remove, path, error))?;
    }
    Ok(is_there)
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
    /// Says what brings what was found to what is wanted; nothing where there is neither.
    fn new(
        kind: &'static str,
        name: &'static str,
        found: Option<String>,
        wanted: Option<String>,
    ) -> Option<Self> {
        let action = match (&found, &wanted) {
            (None, _) => Action::Added,
            (Some(_), None) => Action::Removed,
            (Some(found), Some(wanted)) if found == wanted => Action::Kept,
            (Some(_), Some(_)) => Action::Changed,
        };
        Some(Self {
            kind,
            name,
            value: wanted.or(found)?,
            action,
        })
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
    is_installed: bool,
}

impl Report for Setup {
    fn text(&self, _: Page) -> Text {
        let mut text = Text::default();
        if !self.changed {
            text.line(if self.is_installed {
                "the repository is already set up"
            } else {
                "nothing to remove: the repository is not set up"
            });
            return text;
        }
        if self.dry_run {
            text.line(format_args!("{DRY_RUN} guichet would do this:"));
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
        if self.is_installed {
            text.help(
                "Commit .gitattributes, then run `git add --renormalize .` once, so that \
                 committed files get the same order.",
            );
        }
        text
    }
}
