//! The hierarchy for other drawing programs: Graphviz and Mermaid. An arrow means *contains*.

use super::Tree;
use crate::output::{Dot, Foreign, Mermaid, Target, Writer, count, shown};

/// Writes Graphviz.
pub(super) fn dot(tree: &Tree) -> Foreign {
    let start = "// An arrow leads from a container to a group nested in it:\n\
                 // members of the nested group have what the container has.\n\
                 digraph groups {\n  rankdir=TB;\n  node [shape=box, style=rounded];\n";
    let (node, arrow) = ([" [label=\"", "\\n", "\"];\n"], [" -> g", ";\n"]);
    diagram::<Dot>(tree, start, node, arrow, "}\n")
}

/// Writes Mermaid.
pub(super) fn mermaid(tree: &Tree) -> Foreign {
    let start = "%% An arrow leads from a container to a group nested in it:\n\
                 %% members of the nested group have what the container has.\n\
                 flowchart TB\n";
    let (node, arrow) = (["[\"", "<br/>", "\"]\n"], [" --> g", "\n"]);
    diagram::<Mermaid>(tree, start, node, arrow, "")
}

/// Writes a diagram: `node` has the words around the name and the count of a group, `arrow` those around
/// the group that an arrow leads to.
fn diagram<T: Target>(
    tree: &Tree,
    start: &'static str,
    node: [&'static str; 3],
    arrow: [&'static str; 2],
    end: &'static str,
) -> Foreign {
    let ([before, between, after], [leads_to, ends]) = (node, arrow);
    let mut text = Writer::<T>::new();
    text.own(start);
    for (number, (group, _)) in tree.nodes().enumerate() {
        let users = count(group.users.len(), "user");
        text.own("  g").number(number);
        text.own(before).given(shown(&group.name));
        text.own(between).given(users).own(after);
    }
    for (number, (_, nested)) in tree.nodes().enumerate() {
        for nested in nested {
            text.own("  g").number(number);
            text.own(leads_to).number(*nested).own(ends);
        }
    }
    text.own(end);
    text.finish()
}
