//! `what-can`: everything that a user has access to.

use guichet::{Reach, Verdict};

use crate::context::Context;
use crate::error::Result;
use crate::help::examples;
use crate::output::{Column, Content, Marked as _, Page, Report, Row, Text, table, verdict};
use crate::sentences::reason_sentence;

/// The arguments of `what-can`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet what-can \"Ann Lee\"",
    "guichet what-can \"#3\" --format json",
))]
pub(crate) struct Args {
    /// The user, by name or as `#3`
    pub(crate) user: String,
}

/// Runs `what-can`.
pub(crate) fn run(args: &Args, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let view = context.project()?.current();
    Ok(Box::new(view.reach(view.user(&args.user)?)))
}

impl Row for Verdict {
    const COLUMNS: &'static [Column] = &[
        Column::Text("Allowed"),
        Column::Text("Access"),
        Column::Text("Why"),
    ];
    const NONE: &'static str = "no access";

    fn cells(&self) -> Vec<Content> {
        let (ink, word) = verdict(self.allowed);
        vec![
            Content::inked(ink, word),
            self.access.as_str().into(),
            reason_sentence(self).into(),
        ]
    }
}

impl Report for Reach {
    fn text(&self, page: Page) -> Text {
        let mut text = Text::default();
        text.line_of(&self.user.marked());
        text.append(&table(&self.access, page));
        text
    }
}
