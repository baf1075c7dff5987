//! Packing a set of groups into a row: the shape that suits it is chosen here.

use std::sync::Arc;

use super::buckets;
use super::marks::Marks;
use super::row::{BITS, BODY, LIST, RUNS, Row};

const MOST_RUNS: usize = 4;

/// Buckets may be so much longer than a list: they are asked more quickly.
const SMALL: usize = 64;

/// Packs a set into a row, and empties the set. Linear in its bound over 64 and in its runs, or in its
/// size when they are many.
pub(super) fn pack(marks: &mut Marks) -> Row {
    let mut runs = Vec::new();
    marks.drain_runs(|from, to| runs.push((from, to)));
    if runs.len() <= MOST_RUNS {
        let mut row = header(RUNS, 0, runs.len().saturating_mul(8));
        for (from, to) in runs {
            row.extend_from_slice(&from.to_le_bytes());
            row.extend_from_slice(&to.to_le_bytes());
        }
        return Arc::from(row);
    }
    let mut labels = Vec::with_capacity(runs.len().saturating_mul(2));
    for (from, to) in runs {
        labels.extend(from..to);
    }
    pack_labels(&labels)
}

/// Packs numbers that are in order, more than 4 of them.
fn pack_labels(labels: &[u32]) -> Row {
    let (Some(first), Some(last)) = (labels.first(), labels.last()) else {
        return Arc::from([RUNS].as_slice());
    };
    let bits = (last.saturating_sub(*first) as usize / 8).saturating_add(1);
    let in_list = labels.len().saturating_mul(4);
    let in_buckets = buckets::length(labels).unwrap_or(usize::MAX);
    if bits <= in_list && bits <= in_buckets {
        return pack_bits(labels, *first, bits);
    }
    let packed = buckets::pack(labels).filter(|row| row.len() <= in_list.saturating_add(SMALL));
    packed.map_or_else(|| pack_list(labels), Arc::from)
}

fn header(kind: u8, base: u32, body: usize) -> Vec<u8> {
    let mut row = Vec::with_capacity(BODY.saturating_add(body));
    row.extend_from_slice(&[kind, 0, 0, 0]);
    row.extend_from_slice(&base.to_le_bytes());
    row
}

fn pack_bits(labels: &[u32], first: u32, bytes: usize) -> Row {
    let mut row = header(BITS, first, bytes);
    row.resize(BODY.saturating_add(bytes), 0);
    for label in labels {
        let bit = label.saturating_sub(first);
        if let Some(byte) = row.get_mut(BODY.saturating_add(bit as usize / 8)) {
            *byte |= 1 << (bit % 8);
        }
    }
    Arc::from(row)
}

fn pack_list(labels: &[u32]) -> Row {
    let mut row = header(LIST, 0, labels.len().saturating_mul(4));
    for label in labels {
        row.extend_from_slice(&label.to_le_bytes());
    }
    Arc::from(row)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::collection::btree_set;
    use proptest::prelude::*;

    use super::super::row::{BROAD, NARROW, contains, list, mark_all};
    use super::{BITS, LIST, Marks, RUNS, Row, pack};

    fn packed(labels: &BTreeSet<u32>) -> Row {
        let mut marks = Marks::default();
        marks.prepare(1_000_000);
        for label in labels {
            marks.insert(*label);
        }
        let row = pack(&mut marks);
        marks.drain(|label| panic!("{label} is left"));
        row
    }

    fn assert_packs(labels: &BTreeSet<u32>) -> u8 {
        let row = packed(labels);
        let mut found = vec![7];
        list(&row, &mut found);
        assert_eq!(found.remove(0), 7, "appended");
        found.sort_unstable();
        assert!(found.iter().eq(labels), "{:?}", row[0]);
        let mut marks = Marks::default();
        marks.prepare(1_000_000);
        mark_all(&row, &mut marks, &mut Vec::new());
        let mut marked = Vec::new();
        marks.drain(|label| marked.push(label));
        assert_eq!(marked, found);
        for label in labels {
            for near in [
                label.wrapping_sub(1),
                *label,
                label + 1,
                label ^ 256,
                label ^ 2_048,
            ] {
                assert_eq!(contains(&row, near), labels.contains(&near), "{near}");
            }
        }
        for label in [0, 255, 256, 65_535, 999_999, u32::MAX] {
            assert_eq!(contains(&row, label), labels.contains(&label), "{label}");
        }
        row[0]
    }

    #[test]
    fn every_shape_is_chosen_where_it_suits() {
        let every =
            |step: usize, count: u32| (7..7 + count * 64).step_by(step).collect::<BTreeSet<u32>>();
        assert_eq!(assert_packs(&BTreeSet::new()), RUNS);
        assert_eq!(assert_packs(&every(1, 500)), RUNS);
        assert_eq!(assert_packs(&every(3, 100)), BITS);
        assert_eq!(assert_packs(&every(200, 500)), NARROW);
        assert_eq!(assert_packs(&every(10_007, 900)), BROAD);
        assert_eq!(assert_packs(&every(1_001, 15_000)), BROAD);
        let same_low_bits = every(1_024, 15_000);
        assert_eq!(assert_packs(&same_low_bits), LIST);
        // Twice as many in one bucket as a word holds, of either width.
        let crowded = |low_bits, spread: BTreeSet<u32>| {
            let same = (0..20_u32).map(|n| n << low_bits);
            same.chain(spread).collect()
        };
        assert_eq!(assert_packs(&crowded(6, every(33, 100))), NARROW);
        assert_eq!(assert_packs(&crowded(9, every(4_001, 15_000))), BROAD);
    }

    proptest! {
        #[test]
        fn a_row_is_its_set(
            sparse in btree_set(0..1_000_000_u32, 0..300),
            near in btree_set(0..32_000_u32, 0..700),
            dense in btree_set(100..2_000_u32, 0..900),
        ) {
            assert_packs(&sparse);
            assert_packs(&near);
            assert_packs(&dense);
            assert_packs(&near.union(&dense).copied().collect());
        }
    }
}
