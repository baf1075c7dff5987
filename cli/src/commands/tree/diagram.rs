//! The hierarchy for other drawing programs: Graphviz and Mermaid. An arrow means *contains*.

use super::hierarchy::Hierarchy;
use crate::output::{Dot, Foreign, Mermaid, Writer, shown};

/// Writes Graphviz.
pub(super) fn dot(hierarchy: &Hierarchy) -> Foreign {
    let mut text = Writer::<Dot>::new();
    text.own(
        "// An arrow leads from a container to a group nested in it:\n\
         // members of the nested group have what the container has.\n\
         digraph groups {\n  rankdir=TB;\n  node [shape=box, style=rounded];\n",
    );
    for (index, node) in hierarchy.nodes.iter().enumerate() {
        text.own("  g").number(index).own(" [label=\"");
        text.given(shown(&node.name)).own("\\n");
        text.number(node.users.len());
        text.own(users(node.users.len())).own("\"];\n");
    }
    for (index, node) in hierarchy.nodes.iter().enumerate() {
        for nested in &node.nested {
            text.own("  g").number(index);
            text.own(" -> g").number(*nested).own(";\n");
        }
    }
    text.own("}\n");
    text.finish()
}

/// Writes Mermaid.
pub(super) fn mermaid(hierarchy: &Hierarchy) -> Foreign {
    let mut text = Writer::<Mermaid>::new();
    text.own(
        "%% An arrow leads from a container to a group nested in it:\n\
         %% members of the nested group have what the container has.\n\
         flowchart TB\n",
    );
    for (index, node) in hierarchy.nodes.iter().enumerate() {
        text.own("  g").number(index).own("[\"");
        text.given(shown(&node.name)).own("<br/>");
        text.number(node.users.len());
        text.own(users(node.users.len())).own("\"]\n");
    }
    for (index, node) in hierarchy.nodes.iter().enumerate() {
        for nested in &node.nested {
            text.own("  g").number(index);
            text.own(" --> g").number(*nested).own("\n");
        }
    }
    text.finish()
}

const fn users(number: usize) -> &'static str {
    if number == 1 { " user" } else { " users" }
}
