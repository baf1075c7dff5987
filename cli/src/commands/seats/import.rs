//! `seats import-licences`: the seats owned, as 4D itself tells them.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use guichet::core::{PluginKey, PluginNumber};
use guichet::licensing::import::{ImportError, LicenceInfo};
use guichet::licensing::{Entitlement, Owned};
use serde::Serialize;
use serde_json::Value;

use crate::context::Context;
use crate::error::{CliError, Result};
use crate::files;
use crate::help::examples;
use crate::ledger::{Absent, LedgerArgs};
use crate::loaded::Loaded;
use crate::output::{Page, Report, Text, listed, shown, to_json};

/// The arguments of `seats import-licences`.
#[derive(Debug, clap::Args)]
#[command(after_help = concat!(
    "In 4D:\n  File(\"/DATA/licences.json\").setText(JSON Stringify(License info))\n\n",
    "The ledger keeps what is imported, with its dates of expiry. Where guichet.toml says `seats` of \
     a plug-in, that counts instead.\n\n",
    examples!("guichet seats import-licences Data/licences.json"),
))]
pub(crate) struct Args {
    /// The object that `License info` returns, as JSON; `-` for standard input
    file: PathBuf,
}

/// Runs `seats import-licences`.
pub(super) fn run(
    args: &Args,
    loaded: &Loaded,
    ledger: &LedgerArgs,
    context: &mut Context<'_>,
) -> Result<Box<dyn Report>> {
    let at_file = |error: ImportError| import_error(&error, &args.file);
    let info = LicenceInfo::read(&files::read_text(context, &args.file)?).map_err(at_file)?;
    let (read, unknown) = info.entitlements(loaded.catalogue()).map_err(at_file)?;
    let imported = read.clone().besides(loaded.entitlements());
    let mut ledger = ledger.record(loaded, Absent::Create)?;
    let changes = ledger.entitle(&imported)?;
    let at = ledger.at();
    let new: HashSet<&PluginKey> = changes
        .iter()
        .filter_map(|event| event.kind.plugin())
        .collect();
    let rows = imported.iter().map(|(plugin, entitlement)| Row {
        plugin: plugin.clone(),
        owned: entitlement.owned_at(at),
        entitlement: entitlement.clone(),
        changed: new.contains(plugin),
    });
    let declared = read.iter().map(|(plugin, _)| plugin);
    let declared = declared.filter(|plugin| imported.get(plugin).is_none());
    let unknown = unknown.into_iter().map(|product| Unknown {
        number: product.number.get(),
        name: product.name.clone(),
    });
    Ok(Box::new(Answer {
        ledger: ledger.path().display().to_string(),
        imported: rows.collect(),
        declared: declared.cloned().collect(),
        unknown: unknown.collect(),
    }))
}

/// Tells what is wrong with a file of 4D's.
pub(super) fn import_error(error: &ImportError, file: &Path) -> CliError {
    CliError::from_error(error).at(file)
}

#[derive(Debug, Serialize)]
struct Answer {
    ledger: String,
    imported: Vec<Row>,
    declared: Vec<PluginKey>,
    unknown: Vec<Unknown>,
}

#[derive(Debug, Serialize)]
struct Row {
    plugin: PluginKey,
    owned: Owned,
    entitlement: Entitlement,
    changed: bool,
}

#[derive(Debug, Serialize)]
struct Unknown {
    number: u32,
    name: String,
}

impl Report for Answer {
    fn json(&self) -> Value {
        to_json(self)
    }

    fn text(&self, _: Page) -> Text {
        let mut text = Text::default();
        for row in &self.imported {
            let note = if row.changed { "" } else { ", as before" };
            text.line(format_args!(
                "{}: {} owned ({}){note}",
                row.plugin, row.owned, row.entitlement
            ));
        }
        for plugin in &self.declared {
            text.line(format_args!(
                "{plugin}: not imported, guichet.toml says its seats"
            ));
        }
        if !self.unknown.is_empty() {
            let names = self
                .unknown
                .iter()
                .map(|product| format!("{} ({})", product.name, PluginNumber::new(product.number)));
            let names: Vec<String> = names.collect();
            text.line(format_args!("no plug-ins: {}", listed(&names)));
        }
        text.line(format_args!("kept in {}", shown(&self.ledger)));
        text
    }
}
