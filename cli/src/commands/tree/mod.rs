//! `tree`: the hierarchy of groups, as text or as a drawing.

mod diagram;
mod hierarchy;
mod indented;
mod layout;
mod picture;

use serde_json::{Value, json};

use crate::args::Format;
use crate::context::Context;
use crate::error::Result;
use crate::help::examples;
use crate::output::{Page, Raw, Report, Text};
use hierarchy::Hierarchy;

/// The arguments of `tree`.
#[derive(Debug, clap::Args)]
#[command(after_help = concat!(
    "A group stands below the group that it is placed in: its members have what that one has.\n\n",
    examples!(
        "guichet tree",
        "guichet tree Accounting --format svg > accounting.svg",
        "guichet tree --format dot | dot -Tpdf > groups.pdf",
    )
))]
pub(crate) struct Args {
    /// Only this group, by name or as `#15001`, and what is nested in it
    pub(crate) group: Option<String>,
}

/// Runs `tree`.
pub(crate) fn run(args: &Args, context: &Context<'_>) -> Result<Box<dyn Report>> {
    let loaded = context.load()?;
    let top = args
        .group
        .as_deref()
        .map(|word| loaded.group(word))
        .transpose()?;
    let hierarchy = Hierarchy::of(&loaded, top);
    Ok(match context.format() {
        Format::Dot => Box::new(Raw(diagram::dot(&hierarchy))),
        Format::Mermaid => Box::new(Raw(diagram::mermaid(&hierarchy))),
        Format::Svg => Box::new(Raw(picture::svg(&hierarchy))),
        _ => Box::new(Tree(hierarchy)),
    })
}

#[derive(Debug)]
struct Tree(Hierarchy);

impl Report for Tree {
    fn json(&self) -> Value {
        let names = |indices: &[usize]| -> Vec<&str> {
            indices
                .iter()
                .filter_map(|index| self.0.nodes.get(*index))
                .map(|node| node.name.as_str())
                .collect()
        };
        let groups: Vec<Value> = self
            .0
            .nodes
            .iter()
            .map(|node| json!({"name": node.name, "users": node.users, "groups": names(&node.nested)}))
            .collect();
        json!({"roots": names(&self.0.roots), "groups": groups})
    }

    fn text(&self, _: Page) -> Text {
        indented::text(&self.0)
    }
}
