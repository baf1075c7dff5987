//! The hierarchy as an SVG picture: containers above, nested groups below, one row a level.

use svg::Document;
use svg::node::Blob;
use svg::node::element::path::Data;
use svg::node::element::{Path, Rectangle, Text, Title};

use guichet::policy::{GroupBox, Spacing};
use textwrap::core::display_width;

use super::{Labels, Tree};
use crate::output::{Foreign, count, shown};

const LINE: &str = "#555555";
const BACKWARD: &str = "#b03030";
/// The head of an arrow, in the colour of the lines, and the white that everything is drawn on.
const GROUND: &str = r##"<defs>
<marker id="head" markerHeight="7" markerWidth="7" orient="auto-start-reverse" refX="9" refY="5" viewBox="0 0 10 10">
<path d="M 0 0 L 10 5 L 0 10 z" fill="#555555"/>
</marker>
</defs>
<rect fill="#ffffff" height="100%" width="100%"/>"##;
/// How far an arrow that goes round leads outside.
const BULGE: f64 = 34.0;
/// The width of a letter that takes one column, and that of the smallest box.
const COLUMN: f64 = 9.0;
const SMALLEST_BOX: f64 = 96.0;

/// Draws the picture.
pub(super) fn svg(tree: &Tree) -> Foreign {
    let widths: Vec<f64> = tree.groups.iter().map(box_width).collect();
    let layout = tree.hierarchy.layout(&widths, Spacing::default());
    let mut picture = Document::new()
        .set("viewBox", (0.0, 0.0, layout.width, layout.height))
        .set("width", layout.width)
        .set("height", layout.height)
        .set("font-family", "system-ui, sans-serif")
        .set("font-size", 14)
        .add(Title::new(
            "Groups; an arrow leads from a container to a group nested in it",
        ))
        .add(Blob::new(GROUND));
    for ((_, nested), from) in tree.nodes().zip(&layout.boxes) {
        let nested = nested.iter().filter_map(|nested| layout.boxes.get(*nested));
        for to in nested {
            picture = picture.add(edge(*from, *to));
        }
    }
    for (group, place) in tree.groups.iter().zip(&layout.boxes) {
        picture = draw_box(picture, group, *place);
    }
    Foreign::escaped_by_library(format!("{picture}\n"))
}

/// A letter of Chinese takes two columns, an accent none.
fn box_width(group: &Labels) -> f64 {
    let columns = u32::try_from(display_width(&shown(&group.name))).unwrap_or(u32::MAX);
    f64::from(columns).mul_add(COLUMN, 24.0).max(SMALLEST_BOX)
}

/// An arrow downward; one that leads upward or to the group itself closes a cycle, and goes round by
/// the right side in red and dashes.
fn edge(from: GroupBox, to: GroupBox) -> Path {
    let path = |data: Data, colour: &str| {
        Path::new()
            .set("d", data)
            .set("fill", "none")
            .set("stroke", colour)
            .set("stroke-width", 1.5)
            .set("marker-end", "url(#head)")
    };
    if from.is_above(to) {
        let data = Data::new()
            .move_to((from.middle(), from.bottom()))
            .line_to((to.middle(), to.y));
        return path(data, LINE);
    }
    let leaves = (from.right(), from.y + from.height * 0.75);
    let arrives = (to.right(), to.y + to.height * 0.25);
    let outside = from.right().max(to.right()) + BULGE;
    let bends = ((outside, leaves.1), (outside, arrives.1), arrives);
    let data = Data::new().move_to(leaves).cubic_curve_to(bends);
    path(data, BACKWARD).set("stroke-dasharray", "5 3")
}

fn draw_box(picture: Document, group: &Labels, place: GroupBox) -> Document {
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
                .set("height", place.height)
                .set("rx", 6)
                .set("fill", "#eef3fa")
                .set("stroke", "#3b6ea5"),
        )
        .add(label(shown(&group.name).into_owned(), 19.0, "#1a1a1a").set("font-weight", "bold"))
        .add(label(count(group.users.len(), "user"), 36.0, "#444444").set("font-size", 12))
}
