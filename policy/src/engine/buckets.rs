//! Numbers in buckets: the shape of a sparse row.
//!
//! A number lies in the bucket that its low bits name: numbers of one level are neighbours, and
//! neighbours spread evenly over these. Its other bits, one byte or two, are kept there. A directory
//! of one byte a bucket says how far from its even share the bucket begins. So one pair of bytes in
//! the directory and one word of the bucket decide, without a branch on what was asked.

use super::row::{BODY, BROAD, NARROW, u16_at, u64_at};

/// The entry of the directory where a bucket begins exactly at its even share.
const EVEN: u32 = 128;

/// With more buckets than 2 to the power of this the directory would be most of the row.
const MOST_BITS: u32 = 12;

/// After the items, so that a word can be read at the last one.
const PADDING: usize = 8;

/// Most rows should have the same shape, which the processor then predicts: a narrow row may be
/// longer by this many bytes.
const PREFERENCE: usize = 96;

/// How wide an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    /// One byte.
    Narrow,
    /// Two bytes.
    Broad,
}

impl Width {
    #[inline]
    const fn bits(self) -> u32 {
        match self {
            Self::Narrow => 8,
            Self::Broad => 16,
        }
    }

    const fn bytes(self) -> u32 {
        self.bits() / 8
    }
}

/// What the head of a row of buckets says.
#[derive(Debug, Clone, Copy)]
struct Buckets {
    width: Width,
    /// There are 2 to the power of this many buckets.
    bits: u32,
    /// How many numbers there are.
    count: u32,
}

impl Buckets {
    #[inline]
    fn of(width: Width, [_, bits, _, _, count @ ..]: [u8; BODY]) -> Self {
        Self {
            width,
            bits: u32::from(bits),
            count: u32::from_le_bytes(count),
        }
    }

    /// The better shape for numbers that are in order, if one suits.
    fn for_labels(labels: &[u32]) -> Option<Self> {
        let count = u32::from(u16::try_from(labels.len()).ok()?);
        let needed = u32::BITS.checked_sub(labels.last()?.leading_zeros())?;
        let shape = |width: Width, least: u32| Self {
            width,
            bits: needed.saturating_sub(width.bits()).max(least),
            count,
        };
        let narrow = shape(Width::Narrow, 0);
        // About two items of two bytes in a bucket, which is half a word.
        let broad = shape(Width::Broad, count.ilog2().saturating_sub(1));
        let better = if narrow.length() <= broad.length().saturating_add(PREFERENCE) {
            narrow
        } else {
            broad
        };
        (better.bits <= MOST_BITS).then_some(better)
    }

    #[inline]
    fn buckets(self) -> u32 {
        1_u32.wrapping_shl(self.bits)
    }

    /// How long the body is.
    fn length(self) -> usize {
        (self.at(self.count) as usize).saturating_add(PADDING)
    }

    /// Where an item is in the body: before the first there is a byte for each bucket, and one for
    /// the end of the last.
    #[inline]
    fn at(self, item: u32) -> u32 {
        let bytes = item.wrapping_mul(self.width.bytes());
        self.buckets().wrapping_add(1).wrapping_add(bytes)
    }

    /// The first item of a bucket, and the first one after it.
    #[inline]
    fn bounds(self, body: &[u8], bucket: u32) -> (u32, u32) {
        let [begin, end] = u16_at(body, bucket).to_le_bytes();
        let before = bucket.wrapping_mul(self.count);
        let bound = |before: u32, moved: u8| {
            let share = before.wrapping_shr(self.bits);
            share.wrapping_add(u32::from(moved)).wrapping_sub(EVEN)
        };
        (
            bound(before, begin),
            bound(before.wrapping_add(self.count), end),
        )
    }

    /// The byte of the directory for a bucket that begins at an item.
    fn moved(self, bucket: u32, begin: u32) -> Option<u8> {
        let share = bucket.checked_mul(self.count)?.wrapping_shr(self.bits);
        u8::try_from(begin.checked_add(EVEN)?.checked_sub(share)?).ok()
    }
}

/// Returns whether a number is in a row of buckets.
#[inline]
pub(super) fn contains(width: Width, head: [u8; BODY], body: &[u8], label: u32) -> bool {
    let row = Buckets::of(width, head);
    let bucket = label & row.buckets().wrapping_sub(1);
    let item = label.wrapping_shr(row.bits);
    if item >> width.bits() != 0 {
        return false;
    }
    let (begin, end) = row.bounds(body, bucket);
    // The lowest bit of every item in a word.
    let lowest = u64::MAX / (u64::MAX >> (u64::BITS - width.bits()));
    let wanted = u64::from(item).wrapping_mul(lowest);
    let mut at = row.at(begin);
    let mut left = end.wrapping_sub(begin).wrapping_mul(width.bits());
    loop {
        // The lowest marked item is exact: it is the first one equal to the wanted one.
        let differs = u64_at(body, at) ^ wanted;
        let equal = differs.wrapping_sub(lowest) & !differs & lowest << (width.bits() - 1);
        if left <= u64::BITS {
            return equal.trailing_zeros() < left;
        }
        if equal != 0 {
            return true;
        }
        left = left.wrapping_sub(u64::BITS);
        at = at.wrapping_add(8);
    }
}

/// Appends every number of a row of buckets, bucket after bucket.
pub(super) fn list(width: Width, head: [u8; BODY], body: &[u8], labels: &mut Vec<u32>) {
    let row = Buckets::of(width, head);
    let begin = labels.len();
    let end = begin.saturating_add(row.count as usize);
    // One place more, where the empty buckets after the last item begin.
    labels.resize(end.saturating_add(1), 0);
    let places = labels.get_mut(begin..).unwrap_or_default();
    // Each bucket is noted at its first item; an empty one is overwritten by the next.
    let mut before = 0_u32;
    for (bucket, moved) in (0..row.buckets()).zip(body) {
        let share = before.wrapping_shr(row.bits);
        let first = share.wrapping_add(u32::from(*moved)).wrapping_sub(EVEN);
        if let Some(place) = places.get_mut(first as usize) {
            *place = bucket;
        }
        before = before.wrapping_add(row.count);
    }
    let items = body.get(row.at(0) as usize..).unwrap_or_default();
    let mut bucket = 0;
    let mut put = |(place, item): (&mut u32, u32)| {
        bucket = bucket.max(*place);
        *place = item.wrapping_shl(row.bits) | bucket;
    };
    let places = places.iter_mut();
    match width {
        Width::Narrow => places
            .zip(items.iter().map(|item| u32::from(*item)))
            .for_each(put),
        Width::Broad => {
            let items = items.as_chunks().0.iter();
            let items = items.map(|item| u32::from(u16::from_le_bytes(*item)));
            places.zip(items).for_each(&mut put);
        }
    }
    labels.truncate(end);
}

/// How long the row of these numbers in order would be, if the shape suits them.
pub(super) fn length(labels: &[u32]) -> Option<usize> {
    Buckets::for_labels(labels).map(|row| BODY.saturating_add(row.length()))
}

/// Packs numbers that are in order, unless too many have the same low bits or there are too many.
pub(super) fn pack(labels: &[u32]) -> Option<Vec<u8>> {
    let row = Buckets::for_labels(labels)?;
    let kind = match row.width {
        Width::Narrow => NARROW,
        Width::Broad => BROAD,
    };
    let mut packed = vec![kind, u8::try_from(row.bits).ok()?, 0, 0];
    packed.extend_from_slice(&row.count.to_le_bytes());
    packed.resize(BODY.checked_add(row.length())?, 0);
    let body = packed.get_mut(BODY..)?;
    let bucket_of = |label: u32| label & row.buckets().wrapping_sub(1);
    let mut ends = vec![0_u32; row.buckets() as usize];
    for label in labels {
        let end = ends.get_mut(bucket_of(*label) as usize)?;
        *end = end.checked_add(1)?;
    }
    let mut begin = 0_u32;
    for (bucket, end) in (0..).zip(&mut ends) {
        *body.get_mut(bucket as usize)? = row.moved(bucket, begin)?;
        begin = begin.checked_add(std::mem::replace(end, begin))?;
    }
    *body.get_mut(row.buckets() as usize)? = row.moved(row.buckets(), begin)?;
    // From here on the number in `ends` is the place of the next item of the bucket.
    for label in labels {
        let place = ends.get_mut(bucket_of(*label) as usize)?;
        let at = row.at(*place) as usize;
        let bytes = label.wrapping_shr(row.bits).to_le_bytes();
        let item = bytes.get(..row.width.bytes() as usize)?;
        body.get_mut(at..at.checked_add(item.len())?)?
            .copy_from_slice(item);
        *place = place.checked_add(1)?;
    }
    Some(packed)
}
