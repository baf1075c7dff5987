//! What is measured, by name.

/// One kind of work that is timed or counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Is this user in this group? Both are resolved beforehand.
    IsMember,
    /// The same, but the two are given by name each time.
    IsMemberByName,
    /// The list of all groups that a user is in.
    GroupsOf,
    /// The list of all users that are in a group.
    UsersOf,
    /// Would placing one group in another close a cycle?
    CycleCheck,
    /// A user is placed in a group or taken out, and one membership is asked.
    EditUser,
    /// A group is placed in a group or taken out, and one membership is asked.
    EditGroup,
    /// The same as [`Operation::EditUser`] while readers keep the state before each edit.
    EditUserShared,
    /// The same as [`Operation::EditGroup`] while readers keep the state before each edit.
    EditGroupShared,
    /// Memberships asked after all those edits of groups, with whatever they left to repair.
    IsMemberAfterEdits,
    /// Memberships asked by two threads at once; the time of one question of one thread.
    IsMemberTwoThreads,
    /// From the form that the implementation starts with to one that can answer.
    Build,
    /// The same, and one answer.
    FirstAnswer,
    /// From names and links by name to one that can answer.
    BuildFromNames,
}

impl Operation {
    /// Every operation in the order of tables.
    pub const ALL: [Self; 14] = [
        Self::IsMember,
        Self::IsMemberByName,
        Self::GroupsOf,
        Self::UsersOf,
        Self::CycleCheck,
        Self::EditUser,
        Self::EditGroup,
        Self::EditUserShared,
        Self::EditGroupShared,
        Self::IsMemberAfterEdits,
        Self::IsMemberTwoThreads,
        Self::Build,
        Self::FirstAnswer,
        Self::BuildFromNames,
    ];

    /// Returns the word of the command line and of the JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::IsMember => "is-member",
            Self::IsMemberByName => "is-member-by-name",
            Self::GroupsOf => "groups-of-user",
            Self::UsersOf => "users-of-group",
            Self::CycleCheck => "cycle-check",
            Self::EditUser => "edit-user",
            Self::EditGroup => "edit-group",
            Self::EditUserShared => "edit-user-shared",
            Self::EditGroupShared => "edit-group-shared",
            Self::IsMemberAfterEdits => "is-member-after-edits",
            Self::IsMemberTwoThreads => "is-member-two-threads",
            Self::Build => "build",
            Self::FirstAnswer => "first-answer",
            Self::BuildFromNames => "build-from-names",
        }
    }

    /// Finds an operation by its word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::Operation;

    #[test]
    fn every_word_finds_its_operation() {
        for operation in Operation::ALL {
            assert_eq!(Operation::named(operation.as_str()), Some(operation));
        }
        assert_eq!(Operation::named("is"), None);
    }
}
