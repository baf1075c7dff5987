//! `seats import-licences`: the seats owned, as 4D itself says.

use std::path::PathBuf;

use guichet::{ImportedLicences, ProjectLedger};
use serde::Serialize;

use crate::context::Context;
use crate::error::Result;
use crate::files;
use crate::help::examples;
use crate::output::{Page, Report, Text, listed, shown};

/// The arguments of `seats import-licences`.
#[derive(Debug, clap::Args)]
#[command(after_help = concat!(
    "In 4D:\n  File(\"/DATA/licences.json\").setText(JSON Stringify(License info))\n\n",
    "The ledger keeps what you import, with its dates of expiry. `seats` of a \
     plug-in in guichet.toml has priority.\n\n",
    examples!("guichet seats import-licences Data/licences.json"),
))]
pub(crate) struct Args {
    /// The object that `License info` returns, as JSON; `-` for standard input
    file: PathBuf,
}

/// Runs `seats import-licences`.
pub(super) fn run(
    args: &Args,
    ledger: &ProjectLedger,
    context: &mut Context<'_>,
) -> Result<Box<dyn Report>> {
    let read = ledger.import_licences(&files::read_text(context, &args.file)?, &args.file)?;
    let path = ledger.path().map(|path| path.display().to_string());
    Ok(Box::new(Answer {
        ledger: path.unwrap_or_default(),
        read,
    }))
}

#[derive(Debug, Serialize)]
struct Answer {
    ledger: String,
    #[serde(flatten)]
    read: ImportedLicences,
}

impl Report for Answer {
    fn text(&self, _: Page) -> Text {
        let mut text = Text::default();
        for row in &self.read.imported {
            let note = if row.changed { "" } else { ", as before" };
            text.line(format_args!(
                "{}: {} owned ({}){note}",
                row.plugin, row.owned, row.entitlement
            ));
        }
        for plugin in &self.read.declared {
            text.line(format_args!(
                "{plugin}: not imported: guichet.toml sets `seats`"
            ));
        }
        if !self.read.unknown.is_empty() {
            let names = self.read.unknown.iter();
            let names = names.map(|product| format!("{} ({})", product.name, product.number));
            let names: Vec<String> = names.collect();
            text.line(format_args!(
                "unknown plug-in numbers, skipped: {}",
                listed(&names)
            ));
        }
        text.line(format_args!("saved in {}", shown(&self.ledger)));
        text
    }
}
