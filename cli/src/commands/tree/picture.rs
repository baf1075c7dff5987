//! The hierarchy as an SVG picture: containers above, nested groups below, one row a level.

use svg::Document;
use svg::node::element::{Definitions, Line, Marker, Path, Rectangle, Text, Title};

use super::hierarchy::{Hierarchy, Node};
use crate::output::count;

const BOX_HEIGHT: f64 = 44.0;
const ROW_HEIGHT: f64 = 96.0;
const GAP: f64 = 28.0;
const MARGIN: f64 = 20.0;
const CHARACTER: f64 = 8.5;
const SMALLEST_BOX: f64 = 96.0;

/// Where a group is drawn.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    x: f64,
    y: f64,
    width: f64,
}

impl Place {
    fn middle(self) -> f64 {
        self.x + self.width / 2.0
    }
}

/// Draws the picture.
pub(super) fn svg(hierarchy: &Hierarchy) -> String {
    let rows = rows(hierarchy);
    let (places, width, height) = arrange(hierarchy, &rows);
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
    format!("{picture}\n")
}

/// The level of each group, as rows of node indices: one below the deepest of its containers.
///
/// Groups of a cycle have no such level; they go below what contains them from outside.
fn rows(hierarchy: &Hierarchy) -> Vec<Vec<usize>> {
    let nodes = &hierarchy.nodes;
    let mut waiting: Vec<usize> = nodes.iter().map(|node| node.containers.len()).collect();
    let mut level = vec![0_usize; nodes.len()];
    let mut done = vec![false; nodes.len()];
    let mut open: Vec<usize> = (0..nodes.len())
        .filter(|index| waiting.get(*index) == Some(&0))
        .collect();
    for root in hierarchy.roots.iter().copied().chain(0..nodes.len()) {
        if open.is_empty() && done.get(root) == Some(&false) {
            open.push(root);
        }
        while let Some(index) = open.pop() {
            if done
                .get_mut(index)
                .is_none_or(|done| std::mem::replace(done, true))
            {
                continue;
            }
            let below = level.get(index).copied().unwrap_or(0).saturating_add(1);
            for nested in nodes.get(index).into_iter().flat_map(|node| &node.nested) {
                if done.get(*nested) == Some(&false)
                    && let (Some(level), Some(waiting)) =
                        (level.get_mut(*nested), waiting.get_mut(*nested))
                {
                    *level = (*level).max(below);
                    *waiting = waiting.saturating_sub(1);
                    if *waiting == 0 {
                        open.push(*nested);
                    }
                }
            }
        }
    }
    let deepest = level.iter().copied().max().map_or(0, |level| level + 1);
    let mut rows = vec![Vec::new(); deepest];
    for (index, level) in level.iter().enumerate() {
        if let Some(row) = rows.get_mut(*level) {
            row.push(index);
        }
    }
    rows
}

fn arrange(hierarchy: &Hierarchy, rows: &[Vec<usize>]) -> (Vec<Place>, f64, f64) {
    let mut places = vec![Place::default(); hierarchy.nodes.len()];
    let mut picture_width = SMALLEST_BOX;
    let mut y = MARGIN;
    for row in rows {
        let mut order = row.clone();
        order.sort_by(|left, right| {
            let middle = |index: &usize| mean_of_containers(hierarchy, &places, *index);
            middle(left).total_cmp(&middle(right))
        });
        let mut x = MARGIN;
        for index in order {
            let width = hierarchy.nodes.get(index).map_or(SMALLEST_BOX, box_width);
            if let Some(place) = places.get_mut(index) {
                *place = Place { x, y, width };
            }
            x += width + GAP;
        }
        picture_width = picture_width.max(x - GAP + MARGIN);
        y += ROW_HEIGHT;
    }
    for row in rows {
        centre(row, &mut places, picture_width);
    }
    (
        places,
        picture_width,
        (y - ROW_HEIGHT + BOX_HEIGHT + MARGIN).max(2.0 * MARGIN),
    )
}

fn centre(row: &[usize], places: &mut [Place], picture_width: f64) {
    let ends = row
        .iter()
        .filter_map(|index| places.get(*index))
        .map(|place| place.x + place.width);
    let shift = (picture_width - MARGIN - ends.fold(0.0, f64::max)) / 2.0;
    for index in row {
        if let Some(place) = places.get_mut(*index) {
            place.x += shift;
        }
    }
}

fn mean_of_containers(hierarchy: &Hierarchy, places: &[Place], index: usize) -> f64 {
    let containers = hierarchy
        .nodes
        .get(index)
        .map_or(&[][..], |node| &node.containers);
    let middles = containers
        .iter()
        .filter_map(|container| places.get(*container));
    let (sum, number) = middles.fold((0.0, 0.0), |(sum, number), place| {
        (sum + place.middle(), number + 1.0)
    });
    if number > 0.0 { sum / number } else { 0.0 }
}

fn box_width(node: &Node) -> f64 {
    let characters = u32::try_from(node.name.chars().count()).unwrap_or(u32::MAX);
    f64::from(characters)
        .mul_add(CHARACTER, 24.0)
        .max(SMALLEST_BOX)
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
                    .set("fill", "#555555"),
            ),
    )
}

fn edge(from: Place, to: Place) -> Line {
    Line::new()
        .set("x1", from.middle())
        .set("y1", from.y + BOX_HEIGHT)
        .set("x2", to.middle())
        .set("y2", to.y)
        .set("stroke", "#555555")
        .set("stroke-width", 1.5)
        .set("marker-end", "url(#head)")
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
        .add(label(node.name.clone(), 19.0, "#1a1a1a").set("font-weight", "bold"))
        .add(label(count(node.users.len(), "user"), 36.0, "#444444").set("font-size", 12))
}
