//! How much work a search may still do, counted in steps.

/// The steps that a search may still take.
///
/// A step is a membership that is looked at, or something that costs about as much.
#[derive(Debug)]
pub(crate) struct Budget {
    left: usize,
    taken: usize,
}

/// No step is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spent;

impl Budget {
    pub(crate) const fn new(steps: usize) -> Self {
        Self {
            left: steps,
            taken: 0,
        }
    }

    /// Returns whether no step is left.
    pub(crate) const fn is_spent(&self) -> bool {
        self.left == 0
    }

    /// How many steps were taken, what went beyond the budget too.
    #[cfg(test)]
    pub(crate) const fn taken(&self) -> usize {
        self.taken
    }

    /// Takes some steps.
    ///
    /// # Errors
    ///
    /// [`Spent`] when they are more than what is left, which is nothing from then on.
    pub(crate) const fn spend(&mut self, steps: usize) -> Result<(), Spent> {
        self.taken = self.taken.saturating_add(steps);
        if let Some(left) = self.left.checked_sub(steps) {
            self.left = left;
            Ok(())
        } else {
            self.left = 0;
            Err(Spent)
        }
    }

    /// Takes one of `parts` equal parts of what is left.
    #[expect(clippy::integer_division, reason = "a fraction of a step is no step")]
    pub(crate) const fn part(&mut self, parts: usize) -> Self {
        let part = match parts {
            0 => self.left,
            parts => self.left / parts,
        };
        self.left = self.left.saturating_sub(part);
        Self::new(part)
    }

    /// Puts back what is left of a part, and counts what was taken of it.
    pub(crate) const fn put_back(&mut self, part: &Self) {
        self.left = self.left.saturating_add(part.left);
        self.taken = self.taken.saturating_add(part.taken);
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, Spent};

    #[test]
    fn nothing_is_left_once_too_much_was_asked_for() {
        let mut budget = Budget::new(10);
        assert_eq!(budget.spend(7), Ok(()));
        assert_eq!(budget.spend(4), Err(Spent));
        assert_eq!(budget.spend(1), Err(Spent));
        assert_eq!(budget.taken(), 12);
    }

    #[test]
    fn what_a_part_leaves_is_there_again() {
        let mut budget = Budget::new(10);
        let mut part = budget.part(2);
        assert_eq!(part.spend(2), Ok(()));
        assert_eq!(budget.spend(6), Err(Spent));
        budget.put_back(&part);
        assert_eq!(budget.spend(3), Ok(()));
        assert_eq!(budget.taken(), 11);
    }
}
