//! Who gets an access, as the command line names it.

use guichet::{Grantee, Names};

/// Who gets an access: exactly one of these.
#[derive(Debug, Clone, clap::Args)]
#[group(required = true, multiple = false)]
pub(crate) struct GranteeArgs {
    /// The group that gets it, by name or as `#15001`
    group: Option<String>,
    /// Everyone gets it
    #[arg(long)]
    everyone: bool,
    /// Nobody gets it
    #[arg(long)]
    nobody: bool,
}

impl GranteeArgs {
    /// Returns who gets it.
    pub(crate) fn of(&self, names: &Names<'_>) -> guichet::Result<Grantee> {
        Ok(match &self.group {
            Some(group) => Grantee::Group(names.group_name(group)?),
            None if self.everyone => Grantee::Everyone,
            None => Grantee::Nobody,
        })
    }
}
