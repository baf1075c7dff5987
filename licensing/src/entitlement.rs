//! What the installation owns: rights of one plug-in, and the entitlements of all.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use guichet_core::{Diagnostic, PluginDeclaration, PluginKey};
use jiff::civil::Date;

use crate::moment::Moment;
use crate::seat_count::{Limit, Owned, SeatCount, SeatOverflow};

/// One purchase: seats of a plug-in, until a day or for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Right {
    /// How many seats it brings.
    pub owned: Limit,
    /// The last day on which it counts; `None` = it never expires.
    pub expires: Option<Date>,
}

impl Right {
    /// Makes a right that never expires.
    pub const fn new(owned: Limit) -> Self {
        Self {
            owned,
            expires: None,
        }
    }

    /// Returns the same right, which counts up to and on a day.
    #[must_use]
    pub const fn until(self, last_day: Date) -> Self {
        Self {
            expires: Some(last_day),
            ..self
        }
    }

    fn is_valid_on(&self, day: Date) -> bool {
        self.expires.is_none_or(|last_day| day <= last_day)
    }
}

/// What is owned of one plug-in: several rights, whose valid ones add up.
///
/// ```
/// use guichet_licensing::{Entitlement, Limit, Owned, Right};
/// use jiff::civil::date;
///
/// // the example of 4D's page on `License info`: 5 and 10 count, an expired 10 does not
/// let rights = vec![
///     Right::new(Limit::from_count(5)),
///     Right::new(Limit::from_count(10)).until(date(2027, 1, 31)),
///     Right::new(Limit::from_count(10)).until(date(2026, 1, 31)),
/// ];
/// let entitlement = Entitlement::new(rights)?;
/// assert_eq!(entitlement.owned_on(date(2026, 11, 21)), Owned::from_count(15));
/// # Ok::<(), guichet_licensing::SeatOverflow>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Entitlement {
    // INVARIANT: the sum of all limited rights can be counted.
    rights: Vec<Right>,
}

impl Entitlement {
    /// Takes the rights of one plug-in.
    ///
    /// # Errors
    ///
    /// [`SeatOverflow`] when the rights together own more seats than can be counted.
    pub fn new(rights: Vec<Right>) -> Result<Self, SeatOverflow> {
        let limited = rights.iter().map(|right| right.owned);
        limited
            .filter(|owned| *owned != Limit::Unlimited)
            .try_fold(Limit::NONE, Limit::checked_add)?;
        Ok(Self { rights })
    }

    /// Makes the entitlement of one right without an end.
    pub fn from_limit(owned: Limit) -> Self {
        Self {
            rights: vec![Right::new(owned)],
        }
    }

    /// Returns the rights.
    pub fn rights(&self) -> &[Right] {
        &self.rights
    }

    /// Returns how many seats are owned on a day: the sum of the rights that have not expired
    /// (statement 57), unknown where there is no right at all; O(rights).
    pub fn owned_on(&self, day: Date) -> Owned {
        if self.rights.is_empty() {
            return Owned::Unknown;
        }
        self.rights
            .iter()
            .filter(|right| right.is_valid_on(day))
            .try_fold(Limit::NONE, |sum, right| sum.checked_add(right.owned))
            .map_or(Owned::Unlimited, Owned::from) // cannot be an error: the invariant
    }

    /// Returns how many seats are owned at a moment: on its day in UTC.
    pub fn owned_at(&self, at: Moment) -> Owned {
        match self.rights.as_slice() {
            [right] if right.expires.is_none() => right.owned.into(), // the usual case, without a calendar
            _ => self.owned_on(at.date()),
        }
    }
}

impl fmt::Display for Right {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.expires {
            None => self.owned.fmt(f),
            Some(last_day) => write!(f, "{} until {last_day}", self.owned),
        }
    }
}

impl fmt::Display for Entitlement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((first, rest)) = self.rights.split_first() else {
            return f.write_str("none");
        };
        write!(f, "{first}")?;
        rest.iter().try_for_each(|right| write!(f, " + {right}"))
    }
}

/// A text that is not an entitlement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not an entitlement")]
pub struct EntitlementError {
    text: String,
}

impl Diagnostic for EntitlementError {
    fn code(&self) -> &'static str {
        "illegal-entitlement"
    }

    fn help(&self) -> Option<String> {
        Some("Write it as `none`, `5`, `unlimited` or `5 + 10 until 2027-01-31`.".to_owned())
    }
}

impl FromStr for Entitlement {
    type Err = EntitlementError;

    /// Reads the text that `Display` writes.
    ///
    /// ```
    /// use guichet_licensing::Entitlement;
    /// let entitlement: Entitlement = "5 + unlimited until 2027-01-31".parse()?;
    /// assert_eq!(entitlement.rights().len(), 2);
    /// assert_eq!(entitlement.to_string(), "5 + unlimited until 2027-01-31");
    /// # Ok::<(), guichet_licensing::EntitlementError>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, EntitlementError> {
        let error = || EntitlementError {
            text: text.to_owned(),
        };
        if text == "none" {
            return Ok(Self::default());
        }
        let rights: Option<Vec<Right>> = text.split(" + ").map(parse_right).collect();
        Self::new(rights.ok_or_else(error)?).map_err(|_| error())
    }
}

fn parse_right(text: &str) -> Option<Right> {
    let (owned, expires) = match text.split_once(" until ") {
        Some((owned, last_day)) => (owned, Some(last_day.parse().ok()?)),
        None => (text, None),
    };
    let owned = match owned {
        "unlimited" => Limit::Unlimited,
        count => Limit::Seats(SeatCount::new(count.parse().ok()?)),
    };
    Some(Right { owned, expires })
}

/// What is owned of every plug-in, by key.
///
/// A plug-in of which nothing is recorded owns no seat: its users are refused with `no-licence`,
/// because a ledger that does not know the number cannot promise to stay below it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entitlements {
    by_plugin: BTreeMap<PluginKey, Entitlement>,
}

impl Entitlements {
    /// Starts with nothing owned.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the `seats` of `guichet.toml`; 32 767 is unlimited as it is for 4D.
    ///
    /// ```
    /// use guichet_core::{PluginDeclaration, PluginKey};
    /// use guichet_licensing::{Entitlements, Owned};
    /// use jiff::civil::date;
    ///
    /// let write = PluginDeclaration {
    ///     key: PluginKey::from_stored("write"),
    ///     number: None,
    ///     name: None,
    ///     seats: Some(10),
    ///     grantee: None,
    /// };
    /// let entitlements = Entitlements::from_declarations(&[write]);
    /// let today = date(2026, 11, 21);
    /// assert_eq!(entitlements.owned_on(&PluginKey::from_stored("write"), today), Owned::from_count(10));
    /// assert_eq!(entitlements.owned_on(&PluginKey::from_stored("view"), today), Owned::Unknown);
    /// ```
    pub fn from_declarations(declarations: &[PluginDeclaration]) -> Self {
        let owned = declarations.iter().filter_map(|declaration| {
            let seats = Limit::from_count(declaration.seats?);
            Some((declaration.key.clone(), Entitlement::from_limit(seats)))
        });
        owned.collect()
    }

    /// Records what is owned of a plug-in and returns what was recorded before.
    pub fn set(&mut self, plugin: PluginKey, entitlement: Entitlement) -> Option<Entitlement> {
        self.by_plugin.insert(plugin, entitlement)
    }

    /// Returns what is recorded of a plug-in; `None` when nothing is.
    pub fn get(&self, plugin: &PluginKey) -> Option<&Entitlement> {
        self.by_plugin.get(plugin)
    }

    /// Returns every plug-in of which something is recorded, in the order of the keys.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&PluginKey, &Entitlement)> {
        self.by_plugin.iter()
    }

    /// Returns these without the plug-ins that `declared` has too: what somebody wrote
    /// down counts before what an import brings.
    #[must_use]
    pub fn besides(mut self, declared: &Self) -> Self {
        self.by_plugin
            .retain(|plugin, _| declared.get(plugin).is_none());
        self
    }

    /// Returns how many seats of a plug-in are owned on a day; unknown when nothing is recorded.
    pub fn owned_on(&self, plugin: &PluginKey, day: Date) -> Owned {
        self.get(plugin)
            .map_or(Owned::Unknown, |entitlement| entitlement.owned_on(day))
    }
}

impl FromIterator<(PluginKey, Entitlement)> for Entitlements {
    fn from_iter<I: IntoIterator<Item = (PluginKey, Entitlement)>>(iter: I) -> Self {
        Self {
            by_plugin: iter.into_iter().collect(),
        }
    }
}
