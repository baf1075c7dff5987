//! A set of groups in few bytes, in the shape that suits it, asked without unpacking.
//!
//! | shape | when | bytes | asking |
//! |---|---|---|---|
//! | runs | at most 4 runs of numbers: chains, full layers | 8 a run | at most 4 comparisons |
//! | bits | dense | 1 bit for each number of the span | 1 load |
//! | steps | sparse | about 1.4 a number | constant: see below |
//! | narrow, wide | few numbers over a large span | 2 or 4 a number | binary search |
//!
//! *Steps* keep the low byte of each number in order, and the other bits as an Elias-Fano code: for
//! each 256 numbers a one for each member and then a zero. A count before each 2 048 numbers says
//! where their ones and bytes begin, so that one word of ones and one word of bytes decide.

use std::sync::Arc;

use super::marks::Marks;
use super::number;

/// The bytes of a row; what they mean is this module's business.
pub(super) type Row = Arc<[u8]>;

const RUNS: u8 = 0;
const BITS: u8 = 1;
const STEPS: u8 = 2;
const NARROW: u8 = 3;
const WIDE: u8 = 4;

const MOST_RUNS: usize = 4;

/// Numbers in a block of steps: 8 times 256.
const BLOCK: u32 = 2_048;

/// More ones do not fit with 8 zeros in a word that begins within a byte.
const MOST_IN_BLOCK: usize = 48;

/// Where the contents of a shape begin: after its kind and one or two numbers.
const BODY: usize = 8;

const EVERY_BYTE: u64 = 0x0101_0101_0101_0101;

#[inline]
fn u16_at(row: &[u8], at: usize) -> u32 {
    let bytes = row.get(at..).and_then(<[u8]>::first_chunk);
    bytes.map_or(0, |bytes| u32::from(u16::from_le_bytes(*bytes)))
}

#[inline]
fn u32_at(row: &[u8], at: usize) -> u32 {
    let bytes = row.get(at..).and_then(<[u8]>::first_chunk);
    bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

#[inline]
fn u64_at(row: &[u8], at: usize) -> u64 {
    let bytes = row.get(at..).and_then(<[u8]>::first_chunk);
    bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// Tells whether a number is in a row.
#[inline]
pub(super) fn contains(row: &[u8], label: u32) -> bool {
    match row.first() {
        Some(&STEPS) => in_steps(row, label),
        Some(&RUNS) => runs(row).any(|(from, to)| (from..to).contains(&label)),
        Some(&BITS) => {
            let bit = label.wrapping_sub(u32_at(row, 4)) as usize;
            let byte = row.get(BODY.wrapping_add(bit / 8));
            byte.is_some_and(|byte| byte >> (bit % 8) & 1 == 1)
        }
        Some(&NARROW) => {
            let offset = label.wrapping_sub(u32_at(row, 4));
            let (items, _) = row.get(BODY..).unwrap_or_default().as_chunks::<2>();
            u16::try_from(offset).is_ok_and(|offset| {
                let found = items.binary_search_by_key(&offset, |item| u16::from_le_bytes(*item));
                found.is_ok()
            })
        }
        Some(&WIDE) => {
            let (items, _) = row.get(BODY..).unwrap_or_default().as_chunks::<4>();
            let found = items.binary_search_by_key(&label, |item| u32::from_le_bytes(*item));
            found.is_ok()
        }
        _ => false,
    }
}

/// Where the parts of a row of steps are.
struct Steps {
    blocks: u32,
    first_block: u32,
    count: u32,
    ones_at: usize,
    bytes_at: usize,
}

#[inline]
fn steps(row: &[u8]) -> Steps {
    // Kind, blocks, first block, where the bytes begin, how many there are: one load.
    let head = u64_at(row, 0);
    let part = |shift: u32, mask: u64| u32::try_from(head >> shift & mask).unwrap_or(0);
    let blocks = part(8, 0xFF);
    Steps {
        blocks,
        first_block: part(16, 0xFFFF),
        bytes_at: part(32, 0xFFFF) as usize,
        count: part(48, 0xFFFF),
        ones_at: BODY.wrapping_add(2_usize.wrapping_mul(blocks as usize)),
    }
}

/// The count before a block, and the ones and zeros from there on: 56 of them count.
#[inline]
fn block(row: &[u8], steps: &Steps, nth: u32) -> (u32, u64) {
    let before = u16_at(row, BODY.wrapping_add(2_usize.wrapping_mul(nth as usize)));
    let bit = before.wrapping_add(nth.wrapping_mul(8));
    let word = u64_at(row, steps.ones_at.wrapping_add((bit / 8) as usize));
    (before, word >> (bit % 8))
}

#[inline]
fn in_steps(row: &[u8], label: u32) -> bool {
    let steps = steps(row);
    let nth = (label / BLOCK).wrapping_sub(steps.first_block);
    if nth >= steps.blocks {
        return false;
    }
    let (before, ones) = block(row, &steps, nth);
    // The position of the zero that ends the step before; without a branch on data.
    let step = label / 256 % 8;
    let mut zeros = !(ones << 1);
    for earlier in 0..7 {
        let next = zeros & zeros.wrapping_sub(1);
        zeros = if earlier < step { next } else { zeros };
    }
    let start = zeros.trailing_zeros();
    let count = ones.unbounded_shr(start).trailing_ones();
    let mut at = steps
        .bytes_at
        .wrapping_add(before.wrapping_add(start).wrapping_sub(step) as usize);
    let wanted = u64::from(label % 256).wrapping_mul(EVERY_BYTE);
    let mut rest = count;
    loop {
        // The lowest marked byte is exact: it is the first one equal to the wanted one.
        let differs = u64_at(row, at) ^ wanted;
        let equal = differs.wrapping_sub(EVERY_BYTE) & !differs & EVERY_BYTE << 7;
        let counting = !u64::MAX.unbounded_shl(rest.wrapping_mul(8));
        if equal & counting != 0 {
            return true;
        }
        if rest <= 8 {
            return false;
        }
        rest = rest.wrapping_sub(8);
        at = at.wrapping_add(8);
    }
}

fn runs(row: &[u8]) -> impl Iterator<Item = (u32, u32)> {
    let (runs, _) = row.get(BODY..).unwrap_or_default().as_chunks::<8>();
    runs.iter().map(|run| (u32_at(run, 0), u32_at(run, 4)))
}

/// Calls with every number of a row, in order.
#[inline]
pub(super) fn each(row: &[u8], mut call: impl FnMut(u32)) {
    match row.first() {
        Some(&STEPS) => each_of_steps(row, call),
        Some(&RUNS) => runs(row).for_each(|(from, to)| (from..to).for_each(&mut call)),
        Some(&BITS) => {
            let mut base = u32_at(row, 4);
            for byte in row.get(BODY..).unwrap_or_default() {
                let mut rest = *byte;
                while rest != 0 {
                    call(base.wrapping_add(rest.trailing_zeros()));
                    rest &= rest.wrapping_sub(1);
                }
                base = base.wrapping_add(8);
            }
        }
        Some(&NARROW) => {
            let base = u32_at(row, 4);
            let (items, _) = row.get(BODY..).unwrap_or_default().as_chunks::<2>();
            for item in items {
                call(base.wrapping_add(u32::from(u16::from_le_bytes(*item))));
            }
        }
        Some(&WIDE) => {
            let (items, _) = row.get(BODY..).unwrap_or_default().as_chunks::<4>();
            for item in items {
                call(u32::from_le_bytes(*item));
            }
        }
        _ => {}
    }
}

#[inline]
fn each_of_steps(row: &[u8], mut call: impl FnMut(u32)) {
    let steps = steps(row);
    let bytes = row.get(steps.bytes_at..).unwrap_or_default();
    let mut bytes = bytes.iter().take(steps.count as usize);
    for nth in 0..steps.blocks {
        let (before, mut ones) = block(row, &steps, nth);
        let after = match nth.wrapping_add(1) {
            next if next < steps.blocks => block(row, &steps, next).0,
            _ => steps.count,
        };
        let mut base = (steps.first_block.wrapping_add(nth)).wrapping_mul(BLOCK);
        for byte in bytes.by_ref().take(after.wrapping_sub(before) as usize) {
            let zeros = ones.trailing_zeros();
            base = base.wrapping_add(zeros.wrapping_mul(256));
            ones = ones.unbounded_shr(zeros.wrapping_add(1));
            call(base.wrapping_add(u32::from(*byte)));
        }
    }
}

/// Puts every number of a row into a set.
pub(super) fn mark_all(row: &[u8], marks: &mut Marks) {
    if row.first() == Some(&RUNS) {
        for (from, to) in runs(row) {
            marks.fill(from, to);
        }
    } else {
        each(row, |label| {
            marks.insert(label);
        });
    }
}

/// Packs a set into a row, and empties the set. Linear in its bound over 64 and its size.
pub(super) fn pack(marks: &mut Marks) -> Row {
    let mut count = 0_usize;
    let mut run_count = 0_usize;
    let mut before = 0_u64;
    for word in marks.words() {
        count = count.saturating_add(word.count_ones() as usize);
        let begins = word & !(word << 1 | before >> 63);
        run_count = run_count.saturating_add(begins.count_ones() as usize);
        before = *word;
    }
    if run_count <= MOST_RUNS {
        let row = pack_runs(marks.words());
        marks.clear();
        return row;
    }
    let mut labels = Vec::with_capacity(count);
    marks.drain(|label| labels.push(label));
    pack_labels(&labels)
}

fn pack_runs(words: &[u64]) -> Row {
    let mut row = vec![RUNS, 0, 0, 0, 0, 0, 0, 0];
    let mut open: Option<u32> = None;
    let mut base = 0_u32;
    for word in words {
        let mut at = 0_u32;
        while at < 64 {
            let rest = word >> at;
            match open {
                None if rest == 0 => break,
                None => {
                    at = at.saturating_add(rest.trailing_zeros());
                    open = Some(base.saturating_add(at));
                }
                Some(from) => {
                    at = at.saturating_add(rest.trailing_ones());
                    if at < 64 {
                        push_run(&mut row, from, base.saturating_add(at));
                        open = None;
                    }
                }
            }
        }
        base = base.saturating_add(64);
    }
    if let Some(from) = open {
        push_run(&mut row, from, base);
    }
    Arc::from(row)
}

fn push_run(row: &mut Vec<u8>, from: u32, to: u32) {
    row.extend_from_slice(&from.to_le_bytes());
    row.extend_from_slice(&to.to_le_bytes());
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
    let ones_at = BODY.checked_add(2_usize.checked_mul(blocks as usize)?)?;
    let ones = labels
        .len()
        .checked_add(8_usize.checked_mul(blocks as usize)?)?;
    let bytes_at = ones_at.checked_add(ones.div_ceil(8))?;
    let mut row = vec![STEPS, u8::try_from(blocks).ok()?];
    row.extend_from_slice(&u16::try_from(first_block).ok()?.to_le_bytes());
    row.extend_from_slice(&u16::try_from(bytes_at).ok()?.to_le_bytes());
    row.extend_from_slice(&count.to_le_bytes());
    row.resize(bytes_at, 0);
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
        let zeros = (label / 256).checked_sub(first_block.checked_mul(8)?)?;
        let bit = nth.checked_add(zeros as usize)?;
        *row.get_mut(ones_at.checked_add(bit / 8)?)? |= 1 << (bit % 8);
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

/// Returns how many bytes of heap a row takes with its counts and its slot.
pub(super) fn cost(row: &Row) -> u32 {
    number(row.len()).saturating_add(40)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::collection::btree_set;
    use proptest::prelude::*;

    use super::{BITS, Marks, NARROW, RUNS, STEPS, WIDE, contains, each, mark_all, pack};

    fn packed(labels: &BTreeSet<u32>) -> super::Row {
        let mut marks = Marks::default();
        marks.prepare(1_000_000);
        for label in labels {
            marks.insert(*label);
        }
        let row = pack(&mut marks);
        assert!(marks.words().iter().all(|word| *word == 0), "emptied");
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
