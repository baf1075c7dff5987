//! A set of groups in few bytes, in the shape that suits it, asked without unpacking.
//!
//! | shape | when | bytes | asking |
//! |---|---|---|---|
//! | runs | at most 4 runs of numbers: chains, full layers | 8 a run | at most 4 comparisons |
//! | bits | dense | 1 bit for each number of the span | 1 load |
//! | narrow, broad | sparse | about 2 a number | 2 loads: see `buckets` |
//! | list | anything else | 4 a number | binary search |

use std::sync::Arc;

use super::buckets::{self, Width};
use super::marks::Marks;
use super::number;

/// The bytes of a row; what they mean is this module's business.
pub(super) type Row = Arc<[u8]>;

// The first byte of a row is its shape.
pub(super) const RUNS: u8 = 0;
pub(super) const BITS: u8 = 1;
pub(super) const NARROW: u8 = 2;
pub(super) const BROAD: u8 = 3;
pub(super) const LIST: u8 = 4;

/// Where the contents of a shape begin: after its kind and one or two numbers.
pub(super) const BODY: usize = 8;

#[inline]
fn chunk_at<const SIZE: usize>(row: &[u8], at: u32) -> [u8; SIZE] {
    let at = at as usize;
    let chunk = row
        .get(at..at.wrapping_add(SIZE))
        .and_then(<[u8]>::first_chunk);
    chunk.copied().unwrap_or([0; SIZE])
}

#[inline]
pub(super) fn u16_at(row: &[u8], at: u32) -> u16 {
    u16::from_le_bytes(chunk_at(row, at))
}

#[inline]
pub(super) fn u64_at(row: &[u8], at: u32) -> u64 {
    u64::from_le_bytes(chunk_at(row, at))
}

/// Returns whether a number is in a row.
#[expect(
    clippy::inline_always,
    reason = "the call would cost a tenth of the answer"
)]
#[inline(always)]
pub(super) fn contains(row: &[u8], label: u32) -> bool {
    match row.split_first_chunk::<BODY>() {
        Some((head @ [NARROW, ..], body)) => buckets::contains(Width::Narrow, *head, body, label),
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
        BROAD => buckets::contains(Width::Broad, head, body, label),
        LIST => {
            let (items, _) = body.as_chunks();
            let found = items.binary_search_by_key(&label, |item| u32::from_le_bytes(*item));
            found.is_ok()
        }
        _ => false,
    }
}

fn runs(body: &[u8]) -> impl Iterator<Item = (u32, u32)> {
    let (numbers, _) = body.as_chunks();
    let (runs, _) = numbers.as_chunks();
    let bounds = |[from, to]: &[[u8; 4]; 2]| (u32::from_le_bytes(*from), u32::from_le_bytes(*to));
    runs.iter().map(bounds)
}

/// Appends every number of a row, in no particular order.
pub(super) fn list(row: &[u8], labels: &mut Vec<u32>) {
    let Some((head, body)) = row.split_first_chunk::<BODY>() else {
        return;
    };
    let [kind, _, _, _, base @ ..] = *head;
    let mut base = u32::from_le_bytes(base);
    match kind {
        NARROW => buckets::list(Width::Narrow, *head, body, labels),
        BROAD => buckets::list(Width::Broad, *head, body, labels),
        RUNS => runs(body).for_each(|(from, to)| labels.extend(from..to)),
        BITS => {
            for byte in body {
                let mut rest = *byte;
                while rest != 0 {
                    labels.push(base.wrapping_add(rest.trailing_zeros()));
                    rest &= rest.wrapping_sub(1);
                }
                base = base.wrapping_add(8);
            }
        }
        LIST => labels.extend(body.as_chunks().0.iter().copied().map(u32::from_le_bytes)),
        _ => {}
    }
}

/// Puts every number of a row into a set; `labels` is memory to use.
pub(super) fn mark_all(row: &[u8], marks: &mut Marks, labels: &mut Vec<u32>) {
    if let Some(([RUNS, ..], body)) = row.split_first_chunk::<BODY>() {
        runs(body).for_each(|(from, to)| marks.fill(from, to));
        return;
    }
    labels.clear();
    list(row, labels);
    for label in labels {
        marks.insert(*label);
    }
}

/// Returns how many bytes of heap a row takes with its counts and its slot.
pub(super) fn cost(row: &Row) -> u32 {
    number(row.len()).saturating_add(40)
}
