//! Where each group is in a picture: containers above, nested groups below, one row a level; groups
//! that have no arrow follow in lines of their own.

use super::Hierarchy;
use crate::search::{downward_order, levels};

/// The measures of a picture, in whatever unit it is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Spacing {
    /// The height of a group's box.
    pub box_height: f64,
    /// From the top of a row to the top of the next one.
    pub row_height: f64,
    /// Between two boxes side by side.
    pub gap: f64,
    /// Around the picture; more than 0.
    pub margin: f64,
    /// The width in which groups without an arrow are set in lines, unless the picture is wider.
    pub wrap: f64,
    /// On the right, for arrows that go round a box.
    pub round: f64,
}

impl Default for Spacing {
    /// Suits labels of two lines at 14 pixels.
    fn default() -> Self {
        Self {
            box_height: 44.0,
            row_height: 96.0,
            gap: 28.0,
            margin: 20.0,
            wrap: 640.0,
            round: 30.0,
        }
    }
}

/// Where a group is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub struct GroupBox {
    /// Its left side.
    pub x: f64,
    /// Its top.
    pub y: f64,
    /// Its width, as it was given.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl GroupBox {
    /// Returns the middle between left and right.
    pub fn middle(self) -> f64 {
        self.x + self.width / 2.0
    }

    /// Returns the right side.
    pub fn right(self) -> f64 {
        self.x + self.width
    }

    /// Returns the lower side.
    pub fn bottom(self) -> f64 {
        self.y + self.height
    }

    /// Returns whether an arrow to another box leads downward; one that does not closes a cycle.
    pub fn is_above(self, other: Self) -> bool {
        self.y < other.y
    }
}

/// The boxes of all groups, and the size of the picture; made by [`Hierarchy::layout`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Layout {
    /// A box for each of [`Hierarchy::nodes`].
    pub boxes: Vec<GroupBox>,
    /// The width of the picture.
    pub width: f64,
    /// The height of the picture.
    pub height: f64,
}

impl Hierarchy {
    /// Arranges the groups row by row, each as near below its containers as its neighbours let it be.
    ///
    /// `widths` has the width of each node's box; one that is missing is 0. O((groups + memberships) ×
    /// log groups).
    ///
    /// ```
    /// use guichet_core::{DirectoryBuilder, GroupName};
    /// use guichet_policy::{Closure, Spacing};
    ///
    /// let mut builder = DirectoryBuilder::new();
    /// let accounting = builder.group(GroupName::from_stored("Accounting"));
    /// builder.group(GroupName::from_stored("Finance"));
    /// builder.members_of(accounting).group("Finance");
    ///
    /// let hierarchy = Closure::new(builder.finish()).hierarchy(None);
    /// let layout = hierarchy.layout(&[110.0, 90.0], Spacing::default());
    /// let (above, below) = (layout.boxes[0], layout.boxes[1]);
    /// assert!(above.is_above(below));
    /// assert_eq!(above.middle(), below.middle());
    /// ```
    pub fn layout(&self, widths: &[f64], spacing: Spacing) -> Layout {
        let widths = widths.iter().copied().chain(std::iter::repeat(0.0));
        let nodes = self.nodes.iter().zip(widths);
        let boxes = nodes.map(|(_, width)| GroupBox {
            width,
            height: spacing.box_height,
            ..GroupBox::default()
        });
        let mut arranged = Arranged {
            hierarchy: self,
            spacing,
            boxes: boxes.collect(),
        };
        let (width, height) = arranged.arrange();
        Layout {
            boxes: arranged.boxes,
            width,
            height,
        }
    }
}

/// A picture whose boxes are being placed.
struct Arranged<'h> {
    hierarchy: &'h Hierarchy,
    spacing: Spacing,
    /// A box without a top is not placed yet.
    boxes: Vec<GroupBox>,
}

impl Arranged<'_> {
    /// Places every box and returns the size of the picture.
    fn arrange(&mut self) -> (f64, f64) {
        let margin = self.spacing.margin;
        let mut rows = rows(self.hierarchy);
        let alone = self.take_alone(&mut rows);
        let mut y = margin;
        for row in rows {
            self.place_row(row, y);
            y += self.spacing.row_height;
        }
        let (left, right) = self.sides();
        for placed in &mut self.boxes {
            placed.x += margin - left;
        }
        let room = (right - left).max(self.spacing.wrap);
        let height = self.place_in_lines(&alone, room, y);
        let (_, right) = self.sides();
        let round = if self.goes_round() {
            self.spacing.round
        } else {
            0.0
        };
        (right + margin + round, height)
    }

    fn get(&self, node: usize) -> GroupBox {
        self.boxes.get(node).copied().unwrap_or_default()
    }

    /// Takes the groups that have neither containers nor nested groups out of the rows.
    fn take_alone(&self, rows: &mut Vec<Vec<usize>>) -> Vec<usize> {
        let mut alone = Vec::new();
        for row in rows.iter_mut() {
            let is_alone = |node: &mut usize| {
                self.hierarchy.containers(*node).is_empty()
                    && self.hierarchy.nested(*node).is_empty()
            };
            alone.extend(row.extract_if(.., is_alone));
        }
        rows.retain(|row| !row.is_empty());
        alone
    }

    /// Places a row, in the order of where its boxes would like to be.
    fn place_row(&mut self, row: Vec<usize>, y: f64) {
        let wished = |node| (self.below_containers(node), node);
        let mut row: Vec<(f64, usize)> = row.into_iter().map(wished).collect();
        row.sort_by(|(left, _), (right, _)| left.total_cmp(right));
        let wished = row
            .iter()
            .map(|(middle, node)| (*middle, self.get(*node).width));
        let sides = side_by_side(wished, self.spacing.gap);
        for ((_, node), x) in row.iter().zip(sides) {
            if let Some(placed) = self.boxes.get_mut(*node) {
                (placed.x, placed.y) = (x, y);
            }
        }
    }

    /// The middle of the containers that are placed already: those above.
    fn below_containers(&self, node: usize) -> f64 {
        let containers = self.hierarchy.containers(node).iter();
        let placed = containers.map(|container| self.get(*container));
        let middles = placed.filter(|placed| placed.y > 0.0).map(GroupBox::middle);
        let (sum, number) = middles.fold((0.0, 0.0), |(sum, number), middle| {
            (sum + middle, number + 1.0)
        });
        if number > 0.0 { sum / number } else { 0.0 }
    }

    /// Places groups without an arrow in lines below the rows, and returns the height of the picture.
    fn place_in_lines(&mut self, alone: &[usize], room: f64, top: f64) -> f64 {
        let Spacing {
            box_height,
            row_height,
            gap,
            margin,
            ..
        } = self.spacing;
        let (mut x, mut y) = (margin, top);
        for node in alone {
            let Some(placed) = self.boxes.get_mut(*node) else {
                continue;
            };
            if x > margin && x + placed.width > margin + room {
                x = margin;
                y += box_height + gap;
            }
            (placed.x, placed.y) = (x, y);
            x += placed.width + gap;
        }
        margin
            + if alone.is_empty() {
                (top - row_height + box_height).max(margin)
            } else {
                y + box_height
            }
    }

    /// The outermost sides of the boxes that are placed.
    fn sides(&self) -> (f64, f64) {
        let placed = self.boxes.iter().filter(|placed| placed.y > 0.0);
        placed.fold((0.0_f64, 0.0_f64), |(left, right), placed| {
            (left.min(placed.x), right.max(placed.right()))
        })
    }

    /// Returns whether some arrow does not lead downward.
    fn goes_round(&self) -> bool {
        let nodes = self.hierarchy.nodes.iter().zip(&self.boxes);
        nodes.into_iter().any(|(node, from)| {
            let mut nested = node.nested.iter();
            nested.any(|nested| !from.is_above(self.get(*nested)))
        })
    }
}

/// Boxes that are side by side as one piece, and the left side where they would like to be.
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

    /// Puts a piece to the right of this one.
    #[expect(clippy::cast_precision_loss, reason = "a row has no 2⁵² boxes")]
    fn joined(self, right: Self, gap: f64) -> Self {
        let shift = self.width + gap;
        Self {
            boxes: self.boxes + right.boxes,
            width: shift + right.width,
            wished: self.wished + right.wished - shift * right.boxes as f64,
        }
    }
}

/// The left sides of boxes in this order, given by wished middle and width: without overlap, as near to
/// the wishes as can be.
///
/// Boxes that would overlap are joined, at the average of their wished places.
fn side_by_side(wished: impl Iterator<Item = (f64, f64)>, gap: f64) -> Vec<f64> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut widths = Vec::new();
    for (middle, width) in wished {
        let mut piece = Piece {
            boxes: 1,
            width,
            wished: middle - width / 2.0,
        };
        while let Some(before) =
            pieces.pop_if(|before| before.left() + before.width + gap > piece.left())
        {
            piece = before.joined(piece, gap);
        }
        pieces.push(piece);
        widths.push(width);
    }
    let mut widths = widths.into_iter();
    let mut sides = Vec::new();
    for piece in pieces {
        let mut x = piece.left();
        for width in widths.by_ref().take(piece.boxes) {
            sides.push(x);
            x += width + gap;
        }
    }
    sides
}

/// The rows of groups: each group is one row below the deepest of its containers.
///
/// Groups of a cycle have no such row; they go below what contains them from outside, and everything
/// below the cycle goes below one of them.
fn rows(hierarchy: &Hierarchy) -> Vec<Vec<usize>> {
    let (count, nested) = (hierarchy.nodes.len(), |node| hierarchy.nested(node));
    // Where nothing is free, the first that is left is in a cycle that no other one is above.
    let levels = levels(count, nested, downward_order(0..count, nested));
    let deepest = levels.iter().max().map_or(0, |level| level + 1);
    let mut rows = vec![Vec::new(); deepest];
    for (node, level) in levels.into_iter().enumerate() {
        if let Some(row) = rows.get_mut(level) {
            row.push(node);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::side_by_side;

    const GAP: f64 = 28.0;

    #[test]
    fn boxes_stand_where_they_are_wished_when_there_is_room() {
        let wished = [(50.0, 100.0), (500.0, 40.0)].into_iter();
        assert_eq!(side_by_side(wished, GAP), [0.0, 480.0]);
    }

    #[test]
    fn boxes_that_would_overlap_are_centred_together() {
        let sides = side_by_side([(100.0, 60.0); 3].into_iter(), GAP);
        let step = 60.0 + GAP;
        assert_eq!(sides, [70.0 - step, 70.0, 70.0 + step]);
    }
}
