//! `tree`: the hierarchy of groups, as text or as a drawing.

mod diagram;
mod indented;
mod picture;

use guichet::core::Group;
use guichet::policy::Hierarchy;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::args::Format;
use crate::context::Context;
use crate::error::Result;
use crate::help::examples;
use crate::output::{Page, Person, Report, Text};

/// The arguments of `tree`.
#[derive(Debug, clap::Args)]
#[command(after_help = concat!(
    "A nested group is drawn below its container; its members have what the\n\
     container has.\n\n",
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
    let view = context.project()?.current();
    let top = args.group.as_deref();
    let top = top.map(|word| view.group(word)).transpose()?;
    let hierarchy = view.policy().closure().hierarchy(top);
    let groups = hierarchy.nodes().iter().map(|node| {
        let users = view.directory().group(node.group).map(Group::users);
        Labels {
            name: view.group_names(&[node.group]).concat(),
            users: view.people(users.unwrap_or_default()),
        }
    });
    let tree = Tree {
        groups: groups.collect(),
        hierarchy,
    };
    Ok(match context.format() {
        Format::Dot => Box::new(diagram::dot(&tree)),
        Format::Mermaid => Box::new(diagram::mermaid(&tree)),
        Format::Svg => Box::new(picture::svg(&tree)),
        _ => Box::new(tree),
    })
}

/// What is drawn, and what is written at it.
#[derive(Debug)]
struct Tree {
    hierarchy: Hierarchy,
    /// For each node of the hierarchy.
    groups: Vec<Labels>,
}

/// What is written at a group.
#[derive(Debug)]
struct Labels {
    name: String,
    /// The users placed directly in it.
    users: Vec<Person>,
}

impl Tree {
    fn names(&self, nodes: &[usize]) -> Vec<&str> {
        let groups = nodes.iter().filter_map(|node| self.groups.get(*node));
        groups.map(|group| group.name.as_str()).collect()
    }

    /// Returns each group with the nodes nested in it.
    fn nodes(&self) -> impl Iterator<Item = (&Labels, &[usize])> {
        let nodes = self.hierarchy.nodes().iter();
        let nested = nodes.map(|node| node.nested.as_slice());
        self.groups.iter().zip(nested)
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let groups = self.nodes().map(|(group, nested)| {
            json!({"name": group.name, "users": group.users, "groups": self.names(nested)})
        });
        let groups: Vec<Value> = groups.collect();
        let roots = self.names(self.hierarchy.roots());
        json!({"roots": roots, "groups": groups}).serialize(serializer)
    }
}

impl Report for Tree {
    fn text(&self, _: Page) -> Text {
        indented::text(self)
    }
}
