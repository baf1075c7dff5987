//! `explain`: why a user has an access, or what would give it.

use guichet::policy::ChainCount;
use serde_json::{Value, json};

use super::check::Answer;
use crate::context::Context;
use crate::error::{CliError, Result};
use crate::exit_status::ExitStatus;
use crate::help::access_and_examples;
use crate::output::{Page, Report, Text, chain, shown, some_listed};

/// The arguments of `explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = access_and_examples!(
    "guichet explain \"Ann Lee\" plugin:write",
    "guichet explain \"Zoé Martin\" group:Finance --format json",
))]
pub(crate) struct Args {
    /// The user, by name or as `#3`
    pub(crate) user: String,

    /// What may be reached, as listed below
    pub(crate) access: String,
}

/// The most chains that are printed; a dense hierarchy has more of them than anyone could read.
const PATHS_IN_JSON: usize = 1_000;
/// The most chains that a person is shown.
const PATHS_IN_TEXT: usize = 20;

#[derive(Debug)]
struct Explained {
    answer: Answer,
    paths: Vec<Vec<String>>,
    path_count: ChainCount,
    would_allow: Vec<String>,
    nearest_miss: Option<Vec<String>>,
    own_groups: Vec<String>,
}

/// Runs `explain`.
pub(crate) fn run(args: &Args, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let loaded = context.load()?;
    let user = loaded.user(&args.user)?;
    let access = loaded.access(&args.access)?;
    let policy = loaded.policy();
    let explanation = policy.explain(user, &access);
    let explanation = explanation.map_err(|error| CliError::from_diagnostic(&error))?;
    let paths = &explanation.paths;
    let nearest_miss = explanation.nearest_miss.as_ref();
    let own_groups = policy.closure().groups_of_user(user);
    Ok(Box::new(Explained {
        answer: Answer::of(&loaded, user, &access, &explanation.decision),
        paths: paths
            .iter()
            .take(PATHS_IN_JSON)
            .map(|path| loaded.path_names(&path))
            .collect(),
        path_count: paths.count(),
        would_allow: loaded.group_names(&explanation.would_allow),
        nearest_miss: nearest_miss.map(|miss| loaded.group_names(miss.chain())),
        own_groups: loaded.group_names(&own_groups),
    }))
}

impl Report for Explained {
    fn json(&self) -> Value {
        let mut value = self.answer.json();
        if let Some(object) = value.as_object_mut() {
            if self.answer.allowed() {
                object.insert("paths".to_owned(), json!(self.paths));
                let (count, is_exact) = match self.path_count {
                    ChainCount::Exactly(count) => (count, true),
                    ChainCount::More => (u64::MAX, false),
                };
                object.insert("path_count".to_owned(), json!(count));
                object.insert("path_count_exact".to_owned(), json!(is_exact));
            } else {
                object.insert("would_allow".to_owned(), json!(self.would_allow));
                object.insert("nearest_miss".to_owned(), json!(self.nearest_miss));
            }
        }
        value
    }

    fn text(&self, _: Page) -> Text {
        let mut text = self.answer.lines();
        if !matches!(self.path_count, ChainCount::Exactly(0 | 1)) {
            text.line(format_args!(
                "  {} shortest chains, each placed in the next:",
                self.path_count
            ));
            for path in self.paths.iter().take(PATHS_IN_TEXT) {
                text.line(format_args!("    {}", chain(path)));
            }
            match self.path_count {
                ChainCount::Exactly(count) => {
                    let omitted = count.saturating_sub(PATHS_IN_TEXT as u64);
                    if omitted > 0 {
                        text.line(format_args!("    … and {omitted} more"));
                    }
                }
                ChainCount::More => text.line("    … and so on"),
            }
        }
        if !self.answer.allowed() {
            text.append(&self.what_is_missing());
        }
        text
    }

    fn status(&self) -> ExitStatus {
        self.answer.status()
    }
}

impl Explained {
    fn what_is_missing(&self) -> Text {
        let mut text = Text::default();
        match self.own_groups.as_slice() {
            [] => text.line("  the user is in no group"),
            groups => text.line(format_args!("  the user is in {}", some_listed(groups))),
        }
        if let Some([container, .., granted]) = self.nearest_miss.as_deref() {
            let (container, granted) = (shown(container), shown(granted));
            text.line(format_args!(
                "  near: {container} contains {granted}, but members of {granted} have what \
                 {container} has, not the other way round"
            ));
        }
        if !self.would_allow.is_empty() {
            let groups = some_listed(&self.would_allow);
            text.help(match self.would_allow.len() {
                1 => format!("Place the user in {groups}."),
                _ => format!("Place the user in one of {groups}."),
            });
        }
        text
    }
}
