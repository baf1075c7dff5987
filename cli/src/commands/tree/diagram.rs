//! The hierarchy for other drawing programs: Graphviz and Mermaid. An arrow means *contains*.

use super::hierarchy::{Hierarchy, Node};
use crate::output::{Lines, count, shown};

/// Writes Graphviz.
pub(super) fn dot(hierarchy: &Hierarchy) -> String {
    let mut text = Lines::default();
    text.add(
        "// An arrow leads from a container to a group nested in it:\n\
         // members of the nested group have what the container has.\n\
         digraph groups {\n  rankdir=TB;\n  node [shape=box, style=rounded];\n",
    );
    for (index, node) in hierarchy.nodes.iter().enumerate() {
        let label = escape_dot(&format!("{}\n{}", shown(&node.name), users(node)));
        text.line(format_args!("  g{index} [label=\"{label}\"];"));
    }
    for (index, node) in hierarchy.nodes.iter().enumerate() {
        for nested in &node.nested {
            text.line(format_args!("  g{index} -> g{nested};"));
        }
    }
    text.line("}");
    text.finish()
}

/// Writes Mermaid.
pub(super) fn mermaid(hierarchy: &Hierarchy) -> String {
    let mut text = Lines::default();
    text.add(
        "%% An arrow leads from a container to a group nested in it:\n\
         %% members of the nested group have what the container has.\n\
         flowchart TB\n",
    );
    for (index, node) in hierarchy.nodes.iter().enumerate() {
        let label = format!("{}<br/>{}", escape_mermaid(&shown(&node.name)), users(node));
        text.line(format_args!("  g{index}[\"{label}\"]"));
    }
    for (index, node) in hierarchy.nodes.iter().enumerate() {
        for nested in &node.nested {
            text.line(format_args!("  g{index} --> g{nested}"));
        }
    }
    text.finish()
}

fn users(node: &Node) -> String {
    count(node.users.len(), "user")
}

fn escape_dot(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n")
}

fn escape_mermaid(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
