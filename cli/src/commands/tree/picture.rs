//! The hierarchy as an SVG picture: containers above, nested groups below, one row a level.

use svg::Document;
use svg::node::element::path::Data;
use svg::node::element::{Definitions, Marker, Path, Rectangle, Text, Title};

use super::hierarchy::{Hierarchy, Node};
use super::layout::{BOX_HEIGHT, Layout, Place};
use crate::output::{Foreign, count, shown};

const LINE: &str = "#555555";
const BACKWARD: &str = "#b03030";
/// How far an arrow that goes round leads outside.
const BULGE: f64 = 34.0;

/// Draws the picture.
pub(super) fn svg(hierarchy: &Hierarchy) -> Foreign {
    let Layout {
        places,
        width,
        height,
    } = Layout::of(hierarchy);
    let mut picture = Document::new()
        .set("viewBox", (0.0, 0.0, width, height))
        .set("width", width)
        .set("height", height)
        .set("font-family", "system-ui, sans-serif")
        .set("font-size", 14)
        .add(Title::new(
            "Groups; an arrow leads from a container to a group nested in it",
        ))
        .add(arrow_head())
        .add(
            Rectangle::new()
                .set("width", "100%")
                .set("height", "100%")
                .set("fill", "#ffffff"),
        );
    for (node, place) in hierarchy.nodes.iter().zip(&places) {
        for nested in &node.nested {
            if let Some(to) = places.get(*nested) {
                picture = picture.add(edge(*place, *to));
            }
        }
    }
    for (node, place) in hierarchy.nodes.iter().zip(&places) {
        picture = draw_box(picture, node, *place);
    }
    Foreign::escaped_by_library(format!("{picture}\n"))
}

fn arrow_head() -> Definitions {
    Definitions::new().add(
        Marker::new()
            .set("id", "head")
            .set("viewBox", (0, 0, 10, 10))
            .set("refX", 9)
            .set("refY", 5)
            .set("markerWidth", 7)
            .set("markerHeight", 7)
            .set("orient", "auto-start-reverse")
            .add(
                Path::new()
                    .set("d", "M 0 0 L 10 5 L 0 10 z")
                    .set("fill", LINE),
            ),
    )
}

/// An arrow downward; one that leads upward or to the group itself closes a cycle, and goes round by
/// the right side in red and dashes.
fn edge(from: Place, to: Place) -> Path {
    let path = |data: Data, colour: &str| {
        Path::new()
            .set("d", data)
            .set("fill", "none")
            .set("stroke", colour)
            .set("stroke-width", 1.5)
            .set("marker-end", "url(#head)")
    };
    if from.y < to.y {
        let data = Data::new()
            .move_to((from.middle(), from.y + BOX_HEIGHT))
            .line_to((to.middle(), to.y));
        return path(data, LINE);
    }
    let leaves = (from.right(), from.y + BOX_HEIGHT * 0.75);
    let arrives = (to.right(), to.y + BOX_HEIGHT * 0.25);
    let outside = from.right().max(to.right()) + BULGE;
    let data = Data::new().move_to(leaves).cubic_curve_to((
        (outside, leaves.1),
        (outside, arrives.1),
        arrives,
    ));
    path(data, BACKWARD).set("stroke-dasharray", "5 3")
}

fn draw_box(picture: Document, node: &Node, place: Place) -> Document {
    let label = |text: String, y: f64, colour: &str| {
        Text::new(text)
            .set("x", place.middle())
            .set("y", place.y + y)
            .set("text-anchor", "middle")
            .set("fill", colour)
    };
    picture
        .add(
            Rectangle::new()
                .set("x", place.x)
                .set("y", place.y)
                .set("width", place.width)
                .set("height", BOX_HEIGHT)
                .set("rx", 6)
                .set("fill", "#eef3fa")
                .set("stroke", "#3b6ea5"),
        )
        .add(label(shown(&node.name).into_owned(), 19.0, "#1a1a1a").set("font-weight", "bold"))
        .add(label(count(node.users.len(), "user"), 36.0, "#444444").set("font-size", 12))
}
