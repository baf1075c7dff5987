//! Drawings of the hierarchy: nothing is left out, nothing is drawn twice, nothing overlaps.

use guichet_policy::{Closure, Hierarchy, Shown, Spacing};
use proptest::prelude::*;

use crate::support::sketch::{Sketch, sketches};

fn closure(groups: usize, edges: &[(usize, usize)]) -> Closure {
    let sketch = Sketch {
        group_edges: edges.to_vec(),
        ..Sketch::sized(0, groups)
    };
    Closure::new(sketch.build().directory)
}

fn rows(hierarchy: &Hierarchy, deepest: usize) -> Vec<(usize, usize, Shown)> {
    let rows = hierarchy.outline(deepest);
    rows.map(|row| (row.node, row.more.len(), row.shown))
        .collect()
}

#[test]
fn a_cycle_that_nothing_contains_has_one_root() {
    let edges = [(0, 1), (1, 2), (2, 1), (3, 4), (4, 3), (5, 5)];
    let hierarchy = closure(6, &edges).hierarchy(None);
    assert_eq!(hierarchy.roots(), [0, 3, 5]);
}

/// The group below the cycle comes before it in the file.
#[test]
fn what_is_below_a_cycle_is_no_root_and_is_drawn_below_it() {
    let hierarchy = closure(3, &[(1, 2), (2, 1), (2, 0)]).hierarchy(None);
    assert_eq!(hierarchy.roots().len(), 1);
    assert_ne!(hierarchy.roots(), [0]);
    let layout = hierarchy.layout(&[90.0; 3], Spacing::default());
    assert!(layout.boxes[2].is_above(layout.boxes[0]));
}

#[test]
fn a_group_that_is_too_deep_in_many_places_has_one_tree() {
    let below: Vec<(usize, usize)> = (1..=20)
        .flat_map(|group| [(0, group), (group, 21)])
        .collect();
    let edges = [below, vec![(21, 22)]].concat();
    let rows = rows(&closure(23, &edges).hierarchy(None), 2);
    let of_it = |wanted: Shown| {
        let rows = rows.iter();
        rows.filter(|(node, _, shown)| *node == 21 && *shown == wanted)
            .count()
    };
    assert_eq!(
        [of_it(Shown::Below), of_it(Shown::Here), of_it(Shown::Above)],
        [20, 1, 0]
    );
}

#[test]
fn of_one_group_only_what_is_nested_in_it_is_drawn() {
    let closure = closure(4, &[(0, 1), (1, 2), (2, 1), (3, 2)]);
    let (top, _) = closure.directory().groups().nth(1).unwrap();
    let hierarchy = closure.hierarchy(Some(top));
    assert_eq!(hierarchy.roots(), [0]);
    let groups: Vec<usize> = hierarchy
        .nodes()
        .iter()
        .map(|node| node.group.index())
        .collect();
    assert_eq!(groups, [1, 2]);
    // The container outside of the drawing is not in it.
    assert_eq!(hierarchy.nodes()[1].containers, [0]);
}

#[test]
fn a_group_below_the_deepest_level_goes_on_in_a_tree_of_its_own() {
    let hierarchy = closure(4, &[(0, 1), (1, 2), (2, 3)]).hierarchy(None);
    assert_eq!(
        rows(&hierarchy, 2),
        [
            (0, 0, Shown::Here),
            (1, 1, Shown::Here),
            (2, 2, Shown::Below),
            (2, 0, Shown::Here),
            (3, 1, Shown::Here),
        ]
    );
}

#[test]
fn rows_and_boxes_grow_with_a_chain_and_no_faster() {
    for groups in [8_000, 16_000, 32_000] {
        let edges: Vec<_> = (1..groups).map(|group| (group - 1, group)).collect();
        let hierarchy = closure(groups, &edges).hierarchy(None);
        assert!(rows(&hierarchy, 24).len() < groups + groups / 20);
        let layout = hierarchy.layout(&vec![96.0; groups], Spacing::default());
        let steps = layout.boxes.windows(2);
        assert!(steps.into_iter().all(|pair| pair[0].is_above(pair[1])));
    }
}

/// Tells whether one node is in another, through any number of groups, or is it.
fn reaches(hierarchy: &Hierarchy, from: usize, to: usize) -> bool {
    let mut reached = vec![from];
    let mut next = 0;
    while let Some(node) = reached.get(next).copied() {
        let nested = &hierarchy.nodes()[node].nested;
        let new: Vec<usize> = nested
            .iter()
            .copied()
            .filter(|one| !reached.contains(one))
            .collect();
        reached.extend(new);
        next += 1;
    }
    reached.contains(&to)
}

proptest! {
    #[test]
    fn every_group_is_shown_in_full_once(sketch in sketches(), deepest in 1_usize..4) {
        let hierarchy = Closure::new(sketch.build().directory).hierarchy(None);
        let mut here: Vec<usize> = rows(&hierarchy, deepest)
            .into_iter()
            .filter_map(|(node, level, shown)| {
                assert!(level <= deepest);
                (shown == Shown::Here).then_some(node)
            })
            .collect();
        here.sort_unstable();
        prop_assert_eq!(here, (0..hierarchy.nodes().len()).collect::<Vec<_>>());
    }

    #[test]
    fn boxes_are_in_the_picture_and_do_not_overlap(sketch in sketches()) {
        let hierarchy = Closure::new(sketch.build().directory).hierarchy(None);
        let count = hierarchy.nodes().len();
        let widths: Vec<f64> = [96.0, 150.0, 300.0].into_iter().cycle().take(count).collect();
        let layout = hierarchy.layout(&widths, Spacing::default());
        for (container, node) in hierarchy.nodes().iter().enumerate() {
            for nested in &node.nested {
                let leads_down = layout.boxes[container].is_above(layout.boxes[*nested]);
                prop_assert!(leads_down || reaches(&hierarchy, *nested, container));
            }
        }
        for (index, one) in layout.boxes.iter().enumerate() {
            prop_assert!(one.x >= 0.0 && one.right() <= layout.width);
            prop_assert!(one.y > 0.0 && one.bottom() <= layout.height);
            for other in &layout.boxes[index + 1..] {
                let beside = one.right() <= other.x + 0.001 || other.right() <= one.x + 0.001;
                let above = one.bottom() <= other.y || other.bottom() <= one.y;
                prop_assert!(beside || above, "{one:?} {other:?}");
            }
        }
    }
}
