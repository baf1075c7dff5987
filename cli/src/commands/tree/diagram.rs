//! The hierarchy for other drawing programs: Graphviz and Mermaid. An arrow means *contains*.

use super::Tree;
use crate::output::{Dot, Foreign, Mermaid, Target, Writer, shown};

/// The words between what is drawn.
struct Words {
    start: &'static str,
    before_name: &'static str,
    after_name: &'static str,
    after_count: &'static str,
    arrow: &'static str,
    after_arrow: &'static str,
    end: &'static str,
}

/// Writes Graphviz.
pub(super) fn dot(tree: &Tree) -> Foreign {
    const WORDS: Words = Words {
        start: "// An arrow leads from a container to a group nested in it:\n\
                // members of the nested group have what the container has.\n\
                digraph groups {\n  rankdir=TB;\n  node [shape=box, style=rounded];\n",
        before_name: " [label=\"",
        after_name: "\\n",
        after_count: "\"];\n",
        arrow: " -> g",
        after_arrow: ";\n",
        end: "}\n",
    };
    diagram::<Dot>(tree, &WORDS)
}

/// Writes Mermaid.
pub(super) fn mermaid(tree: &Tree) -> Foreign {
    const WORDS: Words = Words {
        start: "%% An arrow leads from a container to a group nested in it:\n\
                %% members of the nested group have what the container has.\n\
                flowchart TB\n",
        before_name: "[\"",
        after_name: "<br/>",
        after_count: "\"]\n",
        arrow: " --> g",
        after_arrow: "\n",
        end: "",
    };
    diagram::<Mermaid>(tree, &WORDS)
}

fn diagram<T: Target>(tree: &Tree, words: &Words) -> Foreign {
    let mut text = Writer::<T>::new();
    text.own(words.start);
    for (node, (group, _)) in tree.nodes().enumerate() {
        text.own("  g").number(node).own(words.before_name);
        text.given(shown(&group.name)).own(words.after_name);
        text.number(group.users.len());
        text.own(if group.users.len() == 1 {
            " user"
        } else {
            " users"
        });
        text.own(words.after_count);
    }
    for (node, (_, nested)) in tree.nodes().enumerate() {
        for nested in nested {
            text.own("  g").number(node).own(words.arrow);
            text.number(*nested).own(words.after_arrow);
        }
    }
    text.own(words.end);
    text.finish()
}
