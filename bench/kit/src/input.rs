//! Reads the files of a workload, as `cargo xtask bench workload` writes them.

use std::fmt;
use std::path::Path;

/// A member (user or group) and the group that directly holds it, both as numbers from 0.
pub type Link = (u32, u32);

/// A file of a workload that cannot be used.
#[derive(Debug)]
pub struct InputError(pub(crate) String);

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Users, groups and their direct links.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// Users have the numbers below this.
    pub users: u32,
    /// Groups have the numbers below this.
    pub groups: u32,
    /// Who is directly in which group.
    pub user_links: Vec<Link>,
    /// Which group directly lies in which.
    pub group_links: Vec<Link>,
}

impl Links {
    /// Reads a `.links` file.
    ///
    /// # Errors
    ///
    /// The file cannot be read or a line is not what the generator writes.
    pub fn read(path: &Path) -> Result<Self, InputError> {
        Self::parse(&text(path)?)
    }

    pub(crate) fn parse(text: &str) -> Result<Self, InputError> {
        let mut links = Self::default();
        for (index, line) in text.lines().enumerate() {
            let mut words = line.split(' ');
            let kind = words.next();
            let mut number = || words.next()?.parse().ok();
            let read = match kind {
                Some("users") => number().map(|count| links.users = count),
                Some("groups") => number().map(|count| links.groups = count),
                Some("u") => pair(number).map(|link| links.user_links.push(link)),
                Some("g") => pair(number).map(|link| links.group_links.push(link)),
                _ => None,
            };
            read.ok_or_else(|| not_understood(index, line))?;
        }
        Ok(links)
    }

    /// Returns how many links there are: the size that costs are compared with.
    pub fn size(&self) -> usize {
        self.user_links.len() + self.group_links.len()
    }
}

fn pair(mut number: impl FnMut() -> Option<u32>) -> Option<Link> {
    Some((number()?, number()?))
}

pub(crate) fn not_understood(index: usize, line: &str) -> InputError {
    InputError(format!("line {} is not understood: `{line}`", index + 1))
}

pub(crate) fn text(path: &Path) -> Result<String, InputError> {
    std::fs::read_to_string(path)
        .map_err(|error| InputError(format!("`{}`: {error}", path.display())))
}

/// The names of the users and groups of a workload, as its `directory.json` has them.
#[derive(Debug, Clone)]
pub struct Names {
    /// The name of each user, by number; the first two are the built-in users.
    pub users: Vec<String>,
    /// The name of each group, by number.
    pub groups: Vec<String>,
}

impl Names {
    /// Makes the names.
    pub fn of(links: &Links) -> Self {
        let user = |number| match number {
            0 => "Designer".to_owned(),
            1 => "Administrator".to_owned(),
            _ => format!("User {number}"),
        };
        Self {
            users: (0..links.users).map(user).collect(),
            groups: (0..links.groups).map(|n| format!("Group {n}")).collect(),
        }
    }

    /// Returns the name of a user.
    pub fn user(&self, number: u32) -> &str {
        &self.users[number as usize]
    }

    /// Returns the name of a group.
    pub fn group(&self, number: u32) -> &str {
        &self.groups[number as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::{Links, Names};

    #[test]
    fn a_list_of_links_is_read_back() {
        let links = Links::parse("users 2\ngroups 3\nu 0 1\ng 1 2\n").unwrap();
        assert_eq!((links.users, links.groups, links.size()), (2, 3, 2));
        assert_eq!(links.user_links, [(0, 1)]);
        assert_eq!(links.group_links, [(1, 2)]);
        let names = Names::of(&links);
        assert_eq!(names.user(1), "Administrator");
        assert_eq!(names.group(2), "Group 2");
    }

    #[test]
    fn a_line_that_is_not_understood_is_named_with_its_number() {
        let error = Links::parse("users 2\nv 0 1\n").unwrap_err();
        assert_eq!(error.to_string(), "line 2 is not understood: `v 0 1`");
        assert!(Links::parse("users 2\nu 0\n").is_err());
    }
}
