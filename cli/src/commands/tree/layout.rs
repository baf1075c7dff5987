//! Where each group stands in a picture: containers above, nested groups below, one row a level;
//! groups that stand alone follow in lines of their own.

use textwrap::core::display_width;

use super::hierarchy::{Hierarchy, Node};
use crate::output::shown;

/// The height of a group's box.
pub(super) const BOX_HEIGHT: f64 = 44.0;
const ROW_HEIGHT: f64 = 96.0;
const GAP: f64 = 28.0;
const MARGIN: f64 = 20.0;
const COLUMN: f64 = 9.0;
const SMALLEST_BOX: f64 = 96.0;
/// The width in which groups that stand alone are set in lines, unless the picture is wider.
const WRAP: f64 = 640.0;
/// Room on the right for arrows that go round a box.
const ROUND: f64 = 30.0;

/// Where a group is drawn.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
}

impl Place {
    /// Returns the middle between left and right.
    pub(super) fn middle(self) -> f64 {
        self.x + self.width / 2.0
    }

    /// Returns the right side.
    pub(super) fn right(self) -> f64 {
        self.x + self.width
    }
}

/// The places of all groups, and the size of the picture.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) places: Vec<Place>,
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Layout {
    /// Arranges a hierarchy row by row, each group as near below its containers as its neighbours let
    /// it be.
    pub(super) fn of(hierarchy: &Hierarchy) -> Self {
        let mut rows = rows(hierarchy);
        let alone = take_alone(hierarchy, &mut rows);
        let mut places: Vec<Place> = hierarchy.nodes.iter().map(unplaced).collect();
        let mut y = MARGIN;
        for mut row in rows {
            let wish = |places: &[Place], index| below_containers(hierarchy, places, index);
            row.sort_by(|left, right| wish(&places, *left).total_cmp(&wish(&places, *right)));
            let wishes: Vec<f64> = row.iter().map(|index| wish(&places, *index)).collect();
            let widths = row
                .iter()
                .map(|index| places.get(*index).map_or(0.0, |place| place.width));
            let widths: Vec<f64> = widths.collect();
            for (index, x) in row.iter().zip(side_by_side(&wishes, &widths)) {
                if let Some(place) = places.get_mut(*index) {
                    place.x = x;
                    place.y = y;
                }
            }
            y += ROW_HEIGHT;
        }
        let bounds = |places: &[Place]| {
            let sides = places.iter().filter(|place| place.y > 0.0);
            sides.fold((0.0_f64, 0.0_f64), |(left, right), place| {
                (left.min(place.x), right.max(place.right()))
            })
        };
        let (left, right) = bounds(&places);
        for place in &mut places {
            place.x += MARGIN - left;
        }
        let room = (right - left).max(WRAP);
        let bottom = in_lines(&alone, room, y, &mut places);
        let (_, right) = bounds(&places);
        let round = if goes_round(hierarchy, &places) {
            ROUND
        } else {
            0.0
        };
        Self {
            places,
            width: right + MARGIN + round,
            height: bottom,
        }
    }
}

/// Places groups that stand alone in lines below the others, and returns the height of the picture.
fn in_lines(alone: &[usize], room: f64, top: f64, places: &mut [Place]) -> f64 {
    let (mut x, mut y) = (MARGIN, top);
    for index in alone {
        let Some(place) = places.get_mut(*index) else {
            continue;
        };
        if x > MARGIN && x + place.width > MARGIN + room {
            x = MARGIN;
            y += BOX_HEIGHT + GAP;
        }
        place.x = x;
        place.y = y;
        x += place.width + GAP;
    }
    let end_of_rows = top - ROW_HEIGHT + BOX_HEIGHT;
    let end_of_lines = y + BOX_HEIGHT;
    MARGIN
        + if alone.is_empty() {
            end_of_rows.max(MARGIN)
        } else {
            end_of_lines
        }
}

/// Tells whether some arrow does not lead downward.
fn goes_round(hierarchy: &Hierarchy, places: &[Place]) -> bool {
    let edges = hierarchy.nodes.iter().zip(places);
    edges.into_iter().any(|(node, from)| {
        let below = node.nested.iter().filter_map(|nested| places.get(*nested));
        below.into_iter().any(|to| to.y <= from.y)
    })
}

/// Takes the groups that have neither containers nor nested groups out of the rows.
fn take_alone(hierarchy: &Hierarchy, rows: &mut Vec<Vec<usize>>) -> Vec<usize> {
    let stands_alone = |index: &usize| {
        let node = hierarchy.nodes.get(*index);
        node.is_some_and(|node| node.containers.is_empty() && node.nested.is_empty())
    };
    let alone = rows
        .iter()
        .flatten()
        .copied()
        .filter(stands_alone)
        .collect();
    for row in rows.iter_mut() {
        row.retain(|index| !stands_alone(index));
    }
    rows.retain(|row| !row.is_empty());
    alone
}

fn unplaced(node: &Node) -> Place {
    // A letter of Chinese takes two columns, an accent none.
    let columns = u32::try_from(display_width(&shown(&node.name))).unwrap_or(u32::MAX);
    let width = f64::from(columns).mul_add(COLUMN, 24.0);
    Place {
        width: width.max(SMALLEST_BOX),
        ..Place::default()
    }
}

/// The middle of the containers that are placed already: those above.
fn below_containers(hierarchy: &Hierarchy, places: &[Place], index: usize) -> f64 {
    let node = hierarchy.nodes.get(index);
    let containers = node.map_or(&[][..], |node| &node.containers);
    let middles = containers
        .iter()
        .filter_map(|container| places.get(*container))
        .filter(|place| place.y > 0.0)
        .map(|place| place.middle());
    let (sum, number) = middles.fold((0.0, 0.0), |(sum, number), middle| {
        (sum + middle, number + 1.0)
    });
    if number > 0.0 { sum / number } else { 0.0 }
}

/// Boxes that stand side by side as one piece, and the left side where they would like to stand.
#[derive(Clone, Copy)]
struct Piece {
    boxes: usize,
    width: f64,
    /// The sum of the left sides that each of its boxes would choose for the piece.
    wished: f64,
}

impl Piece {
    #[expect(clippy::cast_precision_loss, reason = "a row has no 2⁵² boxes")]
    fn left(&self) -> f64 {
        self.wished / self.boxes as f64
    }
}

/// The left sides of boxes in this order, without overlap, as near to the wished middles as can be.
///
/// Boxes that would overlap are joined and stand where they are wished on average.
fn side_by_side(middles: &[f64], widths: &[f64]) -> Vec<f64> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (middle, width) in middles.iter().zip(widths) {
        let mut piece = Piece {
            boxes: 1,
            width: *width,
            wished: middle - width / 2.0,
        };
        while let Some(before) = pieces.pop() {
            let end = before.left() + before.width + GAP;
            if end <= piece.left() {
                pieces.push(before);
                break;
            }
            piece = join(before, piece);
        }
        pieces.push(piece);
    }
    let mut widths = widths.iter();
    let mut sides = Vec::with_capacity(middles.len());
    for piece in pieces {
        let mut x = piece.left();
        for width in widths.by_ref().take(piece.boxes) {
            sides.push(x);
            x += width + GAP;
        }
    }
    sides
}

#[expect(clippy::cast_precision_loss, reason = "a row has no 2⁵² boxes")]
fn join(before: Piece, piece: Piece) -> Piece {
    let shift = before.width + GAP;
    Piece {
        boxes: before.boxes + piece.boxes,
        width: shift + piece.width,
        wished: before.wished + piece.wished - shift * piece.boxes as f64,
    }
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

#[cfg(test)]
mod tests {
    use super::super::hierarchy::Node;
    use super::{COLUMN, GAP, side_by_side, unplaced};

    #[test]
    fn a_box_is_as_wide_as_its_name_is_shown() {
        let width = |name: &str| {
            unplaced(&Node {
                name: name.repeat(20),
                users: Vec::new(),
                nested: Vec::new(),
                containers: Vec::new(),
            })
            .width
        };
        let wide = width("李") - width("a");
        assert!((wide - 20.0 * COLUMN).abs() < 0.1, "{wide}");
        let same = width("e\u{301}") - width("e");
        assert!(same.abs() < 0.1, "{same}");
    }

    #[test]
    fn boxes_stand_where_they_are_wished_when_there_is_room() {
        assert_eq!(side_by_side(&[50.0, 500.0], &[100.0, 40.0]), [0.0, 480.0]);
    }

    #[test]
    fn boxes_that_would_overlap_are_centred_together() {
        let sides = side_by_side(&[100.0, 100.0, 100.0], &[60.0, 60.0, 60.0]);
        let step = 60.0 + GAP;
        assert_eq!(sides, [70.0 - step, 70.0, 70.0 + step]);
    }
}
