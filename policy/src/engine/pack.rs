//! Packing a set of groups into a row: the shape that suits it is chosen here.

use std::sync::Arc;

use super::marks::Marks;
use super::row::{BITS, BLOCK, BODY, NARROW, RUNS, Row, STEPS, WIDE};

const MOST_RUNS: usize = 4;

/// More ones do not fit with 4 zeros in a word that begins within a byte.
const MOST_IN_BLOCK: usize = 52;

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
    let span = last.saturating_sub(*first);
    let count = labels.len();
    let bits = (span as usize / 8).saturating_add(1);
    let in_list = if u16::try_from(span).is_ok() {
        count.saturating_mul(2)
    } else {
        count.saturating_mul(4)
    };
    let packed = pack_steps(labels);
    let steps = packed.as_ref().map_or(usize::MAX, Vec::len);
    if bits <= in_list && bits <= steps {
        return pack_bits(labels, *first, bits);
    }
    // A search in a short list is quick; a long one has to be half as large again to lose.
    match packed {
        Some(row) if steps <= in_list.saturating_add(in_list / 4) => Arc::from(row),
        _ => pack_list(labels, *first, span),
    }
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

fn pack_list(labels: &[u32], first: u32, span: u32) -> Row {
    let mut row;
    if u16::try_from(span).is_ok() {
        row = header(NARROW, first, labels.len().saturating_mul(2));
        for label in labels {
            let offset = u16::try_from(label.saturating_sub(first)).unwrap_or(u16::MAX);
            row.extend_from_slice(&offset.to_le_bytes());
        }
    } else {
        row = header(WIDE, first, labels.len().saturating_mul(4));
        for label in labels {
            row.extend_from_slice(&label.to_le_bytes());
        }
    }
    Arc::from(row)
}

/// Packs numbers as steps, unless they are too many somewhere or too far apart.
fn pack_steps(labels: &[u32]) -> Option<Vec<u8>> {
    let first_block = *labels.first()? / BLOCK;
    let blocks = (labels.last()? / BLOCK)
        .checked_sub(first_block)?
        .checked_add(1)?;
    let count = u16::try_from(labels.len()).ok()?;
    let ones_at = 2_usize.checked_mul(blocks as usize)?;
    let ones = labels
        .len()
        .checked_add(4_usize.checked_mul(blocks as usize)?)?;
    let bytes_at = ones_at.checked_add(ones.div_ceil(8))?;
    let mut row = vec![STEPS, u8::try_from(blocks).ok()?];
    row.extend_from_slice(&u16::try_from(first_block).ok()?.to_le_bytes());
    row.extend_from_slice(&u16::try_from(bytes_at).ok()?.to_le_bytes());
    row.extend_from_slice(&count.to_le_bytes());
    row.resize(BODY.checked_add(bytes_at)?, 0);
    let mut of_block = 0_usize;
    let mut block = None;
    for (nth, label) in labels.iter().enumerate() {
        let own = (label / BLOCK).checked_sub(first_block)?;
        of_block = if block == Some(own) {
            of_block.checked_add(1)?
        } else {
            1
        };
        block = Some(own);
        if of_block > MOST_IN_BLOCK {
            return None;
        }
        // One one for each number so far, and one zero for each step that is over.
        let zeros = (label / 256).checked_sub(first_block.checked_mul(4)?)?;
        let bit = nth.checked_add(zeros as usize)?;
        let at = BODY.checked_add(ones_at)?.checked_add(bit / 8)?;
        *row.get_mut(at)? |= 1 << (bit % 8);
        row.push(u8::try_from(label % 256).ok()?);
    }
    for nth in 0..blocks {
        let begin = first_block.checked_add(nth)?.checked_mul(BLOCK)?;
        let before = u16::try_from(labels.partition_point(|label| *label < begin)).ok()?;
        let at = BODY.checked_add(2_usize.checked_mul(nth as usize)?)?;
        row.get_mut(at..at.checked_add(2)?)?
            .copy_from_slice(&before.to_le_bytes());
    }
    row.extend_from_slice(&[0; 8]); // so that a word of bytes can be read at the last one
    Some(row)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::collection::btree_set;
    use proptest::prelude::*;

    use super::super::row::{contains, each, mark_all};
    use super::{BITS, Marks, NARROW, RUNS, Row, STEPS, WIDE, pack};

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
        let mut found = Vec::new();
        each(&row, |label| found.push(label));
        assert!(found.iter().eq(labels), "{:?}", row[0]);
        let mut marks = Marks::default();
        marks.prepare(1_000_000);
        mark_all(&row, &mut marks);
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
        let every = |step: usize, count: u32| (7..7 + count * 64).step_by(step).collect();
        assert_eq!(assert_packs(&BTreeSet::new()), RUNS);
        assert_eq!(assert_packs(&every(1, 500)), RUNS);
        assert_eq!(assert_packs(&every(3, 100)), BITS);
        assert_eq!(assert_packs(&every(200, 500)), STEPS);
        assert_eq!(assert_packs(&every(10_007, 900)), NARROW);
        assert_eq!(assert_packs(&every(100_003, 15_000)), WIDE);
        // Eight in one step, and sixteen: the bytes are read eight at a time.
        let crowded = |size| {
            (0..40)
                .flat_map(|n| (0..size).map(move |k| n * 900 + k * 3))
                .collect()
        };
        assert_eq!(assert_packs(&crowded(8)), STEPS);
        assert_eq!(assert_packs(&crowded(16)), STEPS);
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
