//! Numbers of seats, and how many are owned.

use std::fmt;

use guichet_core::Diagnostic;

/// A sum of seats that is larger than can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the seats add up to more than {}", u32::MAX)]
pub struct SeatOverflow;

impl Diagnostic for SeatOverflow {
    fn code(&self) -> &'static str {
        "seat-overflow"
    }

    fn help(&self) -> Option<String> {
        Some("Write 32767 for an unlimited number of seats.".to_owned())
    }
}

/// A number of seats, from 0 to 4 294 967 295; it never wraps and is never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct SeatCount(u32);

impl SeatCount {
    /// No seat.
    pub const ZERO: Self = Self(0);

    /// Takes a number of seats.
    pub const fn new(count: u32) -> Self {
        Self(count)
    }

    /// Returns the number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for SeatCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How many seats a right brings: a number, or as many as are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// At most this many at once.
    Seats(SeatCount),
    /// No limit.
    Unlimited,
}

impl Limit {
    /// No seat at all.
    pub const NONE: Self = Self::Seats(SeatCount::ZERO);
    /// The number by which 4D says *unlimited* (`License info`, statement 57, decision D28).
    const UNLIMITED_COUNT: u32 = 32_767;

    /// Reads a count as 4D writes it: 32 767 is unlimited.
    ///
    /// ```
    /// use guichet_licensing::{Limit, SeatCount};
    /// assert_eq!(Limit::from_count(10), Limit::Seats(SeatCount::new(10)));
    /// assert_eq!(Limit::from_count(32_767), Limit::Unlimited);
    /// ```
    pub const fn from_count(count: u32) -> Self {
        if count == Self::UNLIMITED_COUNT {
            Self::Unlimited
        } else {
            Self::Seats(SeatCount::new(count))
        }
    }

    /// Adds what two rights bring; unlimited and any number is unlimited.
    pub(crate) fn checked_add(self, other: Self) -> Result<Self, SeatOverflow> {
        match (self, other) {
            (Self::Seats(left), Self::Seats(right)) => {
                let sum = left.0.checked_add(right.0).ok_or(SeatOverflow)?;
                Ok(Self::Seats(SeatCount(sum)))
            }
            _ => Ok(Self::Unlimited),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seats(count) => count.fmt(f),
            Self::Unlimited => f.pad("unlimited"),
        }
    }
}

/// How many seats of a plug-in are owned: unknown, a number, or unlimited.
///
/// It is written in the same way everywhere: as text and as JSON, the number, or the word `unlimited` or
/// `unknown`. Unknown is not 0: nobody recorded a right. Either way no seat is given.
///
/// Ordered by how much it lets through: `Unlimited` is more than any number.
///
/// ```
/// use guichet_licensing::{Owned, SeatCount};
/// let owned = [Owned::Unknown, Owned::from_count(10), Owned::from_count(32_767)];
/// assert_eq!(owned.map(|owned| owned.to_string()), ["unknown", "10", "unlimited"]);
/// assert_eq!(owned.map(|owned| owned.allows_one_more(SeatCount::ZERO)), [false, true, true]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owned {
    /// Nobody recorded what is owned.
    Unknown,
    /// At most this many at once.
    Seats(SeatCount),
    /// No limit.
    Unlimited,
}

impl Owned {
    /// No seat at all.
    pub const NONE: Self = Self::Seats(SeatCount::ZERO);

    /// Reads a count as 4D writes it: 32 767 is unlimited.
    pub fn from_count(count: u32) -> Self {
        Limit::from_count(count).into()
    }

    /// Returns the number; `None` when unlimited or unknown.
    pub const fn limit(self) -> Option<SeatCount> {
        match self {
            Self::Seats(count) => Some(count),
            Self::Unknown | Self::Unlimited => None,
        }
    }

    /// Returns how many seats are missing for a number of accounts; `None` when unknown.
    pub(crate) fn short_of(self, accounts: SeatCount) -> Option<SeatCount> {
        match self {
            Self::Unknown => None,
            Self::Seats(owned) => Some(SeatCount(accounts.0.saturating_sub(owned.0))),
            Self::Unlimited => Some(SeatCount::ZERO),
        }
    }

    /// Returns whether one more seat is allowed beside those in use.
    pub const fn allows_one_more(self, in_use: SeatCount) -> bool {
        match self {
            Self::Unknown => false,
            Self::Seats(owned) => in_use.0 < owned.0,
            Self::Unlimited => true,
        }
    }

    /// Returns whether a seat can be given at all.
    pub(crate) const fn gives_seats(self) -> bool {
        self.allows_one_more(SeatCount::ZERO)
    }
}

impl From<Limit> for Owned {
    fn from(limit: Limit) -> Self {
        match limit {
            Limit::Seats(count) => Self::Seats(count),
            Limit::Unlimited => Self::Unlimited,
        }
    }
}

impl fmt::Display for Owned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.pad("unknown"),
            Self::Seats(count) => count.fmt(f),
            Self::Unlimited => f.pad("unlimited"),
        }
    }
}
