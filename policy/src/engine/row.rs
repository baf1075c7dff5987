//! A set of groups in few bytes, in the shape that suits it, asked without unpacking.
//!
//! | shape | when | bytes | asking |
//! |---|---|---|---|
//! | runs | at most 4 runs of numbers: chains, full layers | 8 a run | at most 4 comparisons |
//! | bits | dense | 1 bit for each number of the span | 1 load |
//! | steps | sparse | about 1.6 a number | constant: see below |
//! | narrow, wide | few numbers over a large span | 2 or 4 a number | binary search |
//!
//! *Steps* keep the low byte of each number in order, and the other bits as an Elias-Fano code: for
//! each 256 numbers a one for each member and then a zero. A count before each 1 024 numbers says
//! where their ones and bytes begin, so that one word of ones and one word of bytes decide.

use std::num::NonZeroU64;
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

/// Numbers in a block of steps: 4 times 256.
pub(super) const BLOCK: u32 = 1_024;

/// Where the contents of a shape begin: after its kind and one or two numbers.
pub(super) const BODY: usize = 8;

const LAST_BIT: u64 = 1 << 63;

const EVERY_BYTE: u64 = 0x0101_0101_0101_0101;

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
#[expect(
    clippy::inline_always,
    reason = "the call would cost a tenth of the answer"
)]
#[inline(always)]
pub(super) fn contains(row: &[u8], label: u32) -> bool {
    match row.split_first_chunk::<BODY>() {
        Some((head @ [STEPS, ..], body)) => in_steps(*head, body, label),
        Some((head, body)) => in_other(*head, body, label),
        None => false,
    }
}

#[inline(never)]
fn in_other(head: [u8; BODY], body: &[u8], label: u32) -> bool {
    let [kind, _, _, _, base @ ..] = head;
    let offset = label.wrapping_sub(u32::from_le_bytes(base));
    match kind {
        RUNS => runs(body).any(|(from, to)| (from..to).contains(&label)),
        BITS => {
            let byte = body.get((offset / 8) as usize);
            byte.is_some_and(|byte| byte >> (offset % 8) & 1 == 1)
        }
        NARROW => u16::try_from(offset).is_ok_and(|offset| {
            let (items, _) = body.as_chunks();
            let found = items.binary_search_by_key(&offset, |item| u16::from_le_bytes(*item));
            found.is_ok()
        }),
        WIDE => {
            let (items, _) = body.as_chunks();
            let found = items.binary_search_by_key(&label, |item| u32::from_le_bytes(*item));
            found.is_ok()
        }
        _ => false,
    }
}

/// The head of a row of steps.
struct Steps {
    blocks: u32,
    first_block: u32,
    /// Where the low bytes begin in the body.
    bytes_at: usize,
    count: u32,
}

#[inline]
fn steps(head: [u8; BODY]) -> Steps {
    let [_, blocks, f0, f1, b0, b1, c0, c1] = head;
    Steps {
        blocks: u32::from(blocks),
        first_block: u32::from(u16::from_le_bytes([f0, f1])),
        bytes_at: usize::from(u16::from_le_bytes([b0, b1])),
        count: u32::from(u16::from_le_bytes([c0, c1])),
    }
}

/// The count before a block, and the ones and zeros from there on: 56 of them count.
#[inline]
fn block(body: &[u8], steps: &Steps, nth: u32) -> (u32, u64) {
    let counts = body.as_chunks::<2>().0;
    let before = counts.get(nth as usize);
    let before = before.map_or(0, |count| u32::from(u16::from_le_bytes(*count)));
    let bit = before.wrapping_add(nth.wrapping_mul(4));
    let at = steps.blocks.wrapping_mul(2).wrapping_add(bit / 8);
    (before, u64_at(body, at as usize) >> (bit % 8))
}

#[inline]
fn in_steps(head: [u8; BODY], body: &[u8], label: u32) -> bool {
    let steps = steps(head);
    let nth = (label / BLOCK).wrapping_sub(steps.first_block);
    if nth >= steps.blocks {
        return false;
    }
    let (before, ones) = block(body, &steps, nth);
    // The position of the zero that ends the step before; without a branch on data.
    let step = label / 256 % 4;
    let mut zeros = !(ones << 1);
    for earlier in 0..3 {
        let next = zeros & zeros.wrapping_sub(1);
        zeros = if earlier < step { next } else { zeros };
    }
    // There is a zero, which the compiler does not know.
    let start = (zeros | LAST_BIT).trailing_zeros();
    let mut rest = (!ones.wrapping_shr(start) | LAST_BIT).trailing_zeros();
    let before = before.wrapping_add(start).wrapping_sub(step);
    let mut at = steps.bytes_at.wrapping_add(before as usize);
    let wanted = u64::from(label % 256).wrapping_mul(EVERY_BYTE);
    loop {
        // The lowest marked byte is exact: it is the first one equal to the wanted one.
        let differs = u64_at(body, at) ^ wanted;
        let equal = differs.wrapping_sub(EVERY_BYTE) & !differs & EVERY_BYTE << 7;
        // The first `rest` bytes count.
        if NonZeroU64::new(equal).is_some_and(|equal| equal.trailing_zeros() / 8 < rest) {
            return true;
        }
        if rest <= 8 {
            return false;
        }
        rest = rest.wrapping_sub(8);
        at = at.wrapping_add(8);
    }
}

fn runs(body: &[u8]) -> impl Iterator<Item = (u32, u32)> {
    let (runs, _) = body.as_chunks::<8>();
    runs.iter().map(|run| (u32_at(run, 0), u32_at(run, 4)))
}

/// Calls with every number of a row, in order.
#[inline]
pub(super) fn each(row: &[u8], mut call: impl FnMut(u32)) {
    let Some((head, body)) = row.split_first_chunk::<BODY>() else {
        return;
    };
    let [kind, _, _, _, base @ ..] = *head;
    let mut base = u32::from_le_bytes(base);
    match kind {
        STEPS => each_of_steps(*head, body, call),
        RUNS => runs(body).for_each(|(from, to)| (from..to).for_each(&mut call)),
        BITS => {
            for byte in body {
                let mut rest = *byte;
                while rest != 0 {
                    call(base.wrapping_add(rest.trailing_zeros()));
                    rest &= rest.wrapping_sub(1);
                }
                base = base.wrapping_add(8);
            }
        }
        NARROW => {
            for item in body.as_chunks().0 {
                call(base.wrapping_add(u32::from(u16::from_le_bytes(*item))));
            }
        }
        WIDE => {
            for item in body.as_chunks().0 {
                call(u32::from_le_bytes(*item));
            }
        }
        _ => {}
    }
}

#[inline]
fn each_of_steps(head: [u8; BODY], body: &[u8], mut call: impl FnMut(u32)) {
    let steps = steps(head);
    let bytes = body.get(steps.bytes_at..).unwrap_or_default();
    let mut bytes = bytes.iter();
    for nth in 0..steps.blocks {
        let (before, mut ones) = block(body, &steps, nth);
        let after = match nth.wrapping_add(1) {
            next if next < steps.blocks => block(body, &steps, next).0,
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
    match row.split_first_chunk::<BODY>() {
        Some(([RUNS, ..], body)) => runs(body).for_each(|(from, to)| marks.fill(from, to)),
        _ => each(row, |label| {
            marks.insert(label);
        }),
    }
}

/// Returns how many bytes of heap a row takes with its counts and its slot.
pub(super) fn cost(row: &Row) -> u32 {
    number(row.len()).saturating_add(40)
}
