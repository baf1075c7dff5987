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

pub(super) const RUNS: u8 = 0;
pub(super) const BITS: u8 = 1;
pub(super) const STEPS: u8 = 2;
pub(super) const NARROW: u8 = 3;
pub(super) const WIDE: u8 = 4;

/// Numbers in a block of steps: 8 times 256.
pub(super) const BLOCK: u32 = 2_048;

/// Where the contents of a shape begin: after its kind and one or two numbers.
pub(super) const BODY: usize = 8;

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

/// Returns how many bytes of heap a row takes with its counts and its slot.
pub(super) fn cost(row: &Row) -> u32 {
    number(row.len()).saturating_add(40)
}
