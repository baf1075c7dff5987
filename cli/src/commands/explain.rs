//! `explain`: why a user has an access, or what would give it.

use guichet::{Explained, More};

use super::check;
use crate::context::Context;
use crate::error::Result;
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

    /// The access, one of those below
    pub(crate) access: String,
}

/// The most chains that a person is shown.
const PATHS_SHOWN: usize = 20;

/// Runs `explain`.
pub(crate) fn run(args: &Args, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let view = context.project()?.current();
    let (user, access) = (view.user(&args.user)?, view.access(&args.access)?);
    Ok(Box::new(view.explained(user, &access)?))
}

impl Report for Explained {
    fn text(&self, _: Page) -> Text {
        let mut text = check::lines(&self.answer);
        match &self.more {
            More::Allowed {
                path_count: 0 | 1, ..
            } => {}
            More::Allowed {
                paths,
                path_count,
                path_count_exact,
            } => {
                let more = if *path_count_exact { "" } else { "more than " };
                text.line(format_args!(
                    "  {more}{path_count} shortest chains of nested groups:"
                ));
                for path in paths.iter().take(PATHS_SHOWN) {
                    text.line(format_args!("    {}", chain(path)));
                }
                match path_count.saturating_sub(PATHS_SHOWN as u64) {
                    _ if !path_count_exact => text.line("    … and so on"),
                    0 => {}
                    omitted => text.line(format_args!("    … and {omitted} more")),
                }
            }
            More::Denied {
                would_allow,
                nearest_miss,
            } => {
                match self.own_groups.as_slice() {
                    [] => text.line("  the user is in no group"),
                    groups => text.line(format_args!("  the user is in {}", some_listed(groups))),
                }
                if let Some([container, .., granted]) = nearest_miss.as_deref() {
                    let (container, granted) = (shown(container), shown(granted));
                    text.line(format_args!(
                        "  not enough: {container} contains {granted}, but members of {granted} have \
                         what {container} has, not the other way round"
                    ));
                }
                match would_allow.as_slice() {
                    [] => {}
                    [group] => text.help(format_args!("Place the user in {}.", shown(group))),
                    groups => text.help(format_args!(
                        "Place the user in one of {}.",
                        some_listed(groups)
                    )),
                }
            }
        }
        text
    }

    fn status(&self) -> ExitStatus {
        ExitStatus::answering(self.answer.verdict.allowed)
    }
}
