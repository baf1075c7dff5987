//! Lint: what is odd, risky or probably not meant in a directory.
//!
//! [`Rule`] is the catalogue: each rule has a code, a level, a [`Page`] for the reference and, when
//! it is about the directory alone, a function of its own that finds it. What can only be seen in
//! the text of a file is found by the program that reads it and becomes a [`Finding`] of the same catalogue
//! by [`Finding::reported`].
//!
//! | word | type | meaning |
//! |---|---|---|
//! | rule | [`Rule`], [`Page`] | one thing that lint looks for, and all there is to say about it |
//! | finding | [`Finding`] | one place where a rule applies |
//! | subject | [`Subject`] | what a finding is about: a user, a group, a membership, a grant, a place |
//! | fix | [`Fix`] | how to fix it so that nobody gains or loses an access |
//! | level | [`Level`], [`Levels`] | how much a rule matters to a team |
//! | facts | [`Facts`] | what other files say: seats, published servers |
//!
//! # Where a new rule is added
//!
//! One line in the table of `rule.rs`, and one file `rules/NAME.rs` with the page and the function.
//!
//! # Complexity
//!
//! Linear in users, groups, memberships and the length of names, and O(a log a) in accesses, except
//! for two rules: [`Rule::ImpliedMembership`] searches once below each group that another one of a list
//! may imply; [`Rule::Cycle`] cuts as [`Closure::cheapest_removals`] does.
//!
//! [`Closure::cheapest_removals`]: crate::Closure::cheapest_removals

mod alike;
mod finding;
mod input;
mod level;
mod nesting;
mod page;
mod reported;
mod risk;
mod rule;
mod rules;
mod words;

pub use finding::{Finding, Fix, Subject};
pub use input::{Facts, LintInput, Service};
pub use level::{Level, Levels, UnknownRule};
pub use page::{ExampleFile, FoundBy, Page, Repair};
pub use rule::Rule;

/// Finds all that the rules of a directory find, in the order of [`Rule::ALL`] and for each rule in
/// the order of the file.
///
/// Rules that are off are not looked for.
///
/// ```
/// use guichet_core::{DirectoryBuilder, GroupName, Mode, Options};
/// use guichet_policy::Policy;
/// use guichet_policy::lint::{Facts, Levels, LintInput, Rule, lint};
///
/// let mut builder = DirectoryBuilder::new();
/// let sales = builder.group(GroupName::from_stored("Sales"));
/// let staff = builder.group(GroupName::from_stored("Staff"));
/// builder.members_of(sales).group("Staff");
/// builder.members_of(staff).group("Sales");
/// let policy = Policy::new(builder.finish(), Mode::Server, Options::default());
///
/// let facts = Facts::default();
/// let findings = lint(&LintInput::new(&policy, &facts), &Levels::default());
/// assert_eq!(findings[0].rule, Rule::Cycle);
/// assert_eq!(
///     findings[0].message,
///     "`Sales` contains `Staff` and `Staff` contains `Sales`, so each has the members of both",
/// );
/// ```
pub fn lint(input: &LintInput<'_>, levels: &Levels) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in Rule::ALL {
        if let FoundBy::Lint(_, find) = rule.page().found_by
            && levels.level(*rule) != Some(Level::Off)
        {
            let found = find(input).into_iter();
            findings.extend(found.filter_map(|finding| levels.settle(finding)));
        }
    }
    findings
}
