//! Every error as a person and a program read it: its code, its message, its advice.

use std::fmt::Write as _;

use guichet_core::commands::FourDError;
use guichet_core::{
    Act, Actor, Change, Conflict, ConflictKind, Delta, Diagnostic, Directory, DirectoryBuilder,
    GroupName, Leftover, NameError, Password, PluginKey, PluginNumber, Refusal, Refused, Rules,
    SchemaName, UserName, compare, limits, merge,
};
#[cfg(feature = "bcrypt")]
use guichet_core::{HashError, VerifyError};
use guichet_core::{PasswordCharset, PasswordError, StaleReversal};

/// Tells a list of errors as the command line would.
fn told<'e>(errors: impl IntoIterator<Item = &'e dyn Diagnostic>) -> String {
    let mut text = String::new();
    for error in errors {
        let (severity, code) = (error.severity(), error.code());
        writeln!(text, "{severity}[{code}] {error}").unwrap();
        if let Some(help) = error.help() {
            writeln!(text, "    {help}").unwrap();
        }
    }
    text
}

fn refusals() -> Vec<Refusal> {
    let user = || UserName::from_stored("Ann");
    let group = || GroupName::from_stored("Devs");
    vec![
        Refusal::UnknownUser { name: user() },
        Refusal::UnknownGroup { name: group() },
        Refusal::UnknownPlugin {
            plugin: PluginKey::from_stored("barcode"),
        },
        Refusal::UnknownSchema {
            schema: SchemaName::from_stored("HR"),
        },
        Refusal::Name(NameError::Empty),
        Refusal::UserNameTaken { existing: user() },
        Refusal::GroupNameTaken { existing: group() },
        cycle(),
        Refusal::BuiltIn {
            name: UserName::from_stored("Designer"),
        },
        Refusal::NotAllowed {
            actor: Actor::Nobody,
            act: Act::CreateUser,
        },
        Refusal::NameHasRights {
            name: "Later".to_owned(),
            actor: Actor::Administrator,
            act: Act::GrantArea,
        },
        Refusal::TooManyUsers,
        Refusal::TooManyGroups,
        Refusal::GroupDeletion { name: group() },
    ]
}

fn directory(containers: &[(&str, &str)]) -> Directory {
    let mut builder = DirectoryBuilder::new();
    let names = ["A", "B"].map(|name| builder.group(GroupName::from_stored(name)));
    for (container, nested) in containers {
        let container = names[usize::from(*container == "B")];
        builder.members_of(container).group(nested);
    }
    builder.finish()
}

/// What an edit of a group that would contain itself says.
fn cycle() -> Refusal {
    refused().refusal().clone()
}

fn refused() -> Refused {
    let place = Change::AddMembers {
        group: GroupName::from_stored("A"),
        users: Vec::new(),
        groups: vec![GroupName::from_stored("A")],
    };
    let mut directory = directory(&[]);
    directory.apply(&[place], &Rules::default()).unwrap_err()
}

#[test]
fn names_and_passwords_are_refused_with_advice() {
    let names = ["", "a\tb", " ", "*", "sixteen letters!"];
    let names: Vec<NameError> = names
        .into_iter()
        .map(|name| GroupName::new(name).unwrap_err())
        .collect();
    let digits = PluginNumber::from_digits("19").unwrap_err();
    let too_long = "x".repeat(limits::PASSWORD_CHARACTERS + 1);
    let passwords = [
        ("", PasswordCharset::default()),
        (&too_long, PasswordCharset::default()),
        ("a b", PasswordCharset::default()),
        ("a\n", PasswordCharset::Any),
    ];
    let passwords: Vec<PasswordError> = passwords
        .into_iter()
        .map(|(text, charset)| Password::new(text.to_owned(), charset).unwrap_err())
        .collect();
    let mut all: Vec<&dyn Diagnostic> = names.iter().map(|error| error as _).collect();
    all.push(&digits);
    all.extend(passwords.iter().map(|error| error as &dyn Diagnostic));
    insta::assert_snapshot!(told(all), @r#"
    error[illegal-name] a name cannot be empty
        Choose a name with at least one visible character, other than `*`.
    error[illegal-name] `a\tb` has a control character, which a name cannot have
        Choose a name with at least one visible character, other than `*`.
    error[illegal-name] a name cannot be white space only
        Choose a name with at least one visible character, other than `*`.
    error[illegal-name] `*` means everyone, so it cannot be a name
        Choose a name with at least one visible character, other than `*`.
    error[name-too-long] `sixteen letters!` has 16 characters; the limit is 15
        Choose a shorter name.
    error[plugin-digits] `19` is not four digits
        Write the four digits of the licence, such as `0019` for 4D Write.
    error[password-empty] a password cannot be empty
        To let the user in without a password, remove the password.
    error[password-too-long] the password has 16 characters; the limit is 15
        Choose a password of 1 to 15 characters.
    error[password-characters] a password can have only letters and digits
        Choose letters and digits, or set the policy `password_charset` to `any`.
    error[password-characters] a password cannot have control characters
        Choose characters that can be seen.
    "#);
}

#[test]
fn changes_are_refused_with_advice() {
    let refusals = refusals();
    let refused = refused();
    let mut all: Vec<&dyn Diagnostic> = refusals.iter().map(|refusal| refusal as _).collect();
    all.push(&refused);
    all.push(&StaleReversal);
    insta::assert_snapshot!(told(all));
}

#[test]
fn commands_of_4d_give_its_numbers() {
    let mut errors: Vec<FourDError> = vec![
        FourDError::BadPassword,
        FourDError::BadUserName,
        FourDError::BlobPrivilege,
        FourDError::NotEnoughPrivilege,
    ];
    errors.extend(refusals().into_iter().map(FourDError::from));
    let numbers: Vec<_> = errors.iter().map(FourDError::number).collect();
    let text = told(errors.iter().map(|error| error as _));
    insta::assert_snapshot!(format!("{text}\n{numbers:?}"));
}

#[cfg(feature = "bcrypt")]
#[test]
fn stored_passwords_that_cannot_be_compared_are_told_apart() {
    let of_a_command = FourDError::from(VerifyError::LegacyDigest);
    let all: [&dyn Diagnostic; 6] = [
        &of_a_command,
        &VerifyError::LegacyDigest,
        &VerifyError::UnknownKind,
        &VerifyError::TooCostly {
            cost: 31,
            limit: 14,
        },
        &VerifyError::Damaged,
        &HashError,
    ];
    insta::assert_snapshot!(told(all), @r#"
    error[legacy-digest] the stored password was made by 4D before 19 R3 and cannot be checked
        Set the password again.
    error[legacy-digest] the stored password was made by 4D before 19 R3 and cannot be checked
        Set the password again.
    error[unknown-digest] the stored password has an unknown format, so it cannot be checked
        Set the password again.
    error[costly-digest] the stored password has bcrypt cost 31; checking one over 14 takes too long
        Set the password again.
    error[damaged-digest] the stored password is damaged bcrypt
        Set the password again.
    error[password-hash] the password could not be hashed
    "#);
    assert_eq!(of_a_command.number(), None);
}

#[test]
fn what_is_left_over_and_what_contradicts_is_told_with_its_reason() {
    let gone = compare(&directory(&[]), &DirectoryBuilder::new().finish());
    let plan = gone.plan(&directory(&[]), &Rules::default());
    let leftovers: Vec<Leftover> = plan.leftovers().to_vec();
    assert!(matches!(leftovers[0].delta, Delta::GroupRemoved { .. }));
    let base = directory(&[]);
    let together = merge(&base, &directory(&[("A", "B")]), &directory(&[("B", "A")]));
    let mut conflicts = together.conflicts().to_vec();
    for kind in [
        ConflictKind::BothChanged,
        ConflictKind::RemovedAndChanged,
        ConflictKind::SameName,
    ] {
        let (ours, theirs) = (conflicts[0].ours.clone(), conflicts[0].theirs.clone());
        conflicts.push(Conflict { kind, ours, theirs });
    }
    let leftovers = leftovers.iter().map(|leftover| leftover as &dyn Diagnostic);
    let all = leftovers.chain(conflicts.iter().map(|conflict| conflict as _));
    insta::assert_snapshot!(told(all), @r#"
    error[group-deletion] group `A` was removed: 4D cannot delete group `A`
        Remove its members instead: it then gives nobody any access.
    error[group-deletion] group `B` was removed: 4D cannot delete group `B`
        Remove its members instead: it then gives nobody any access.
    error[merge-cycle] together, the groups would contain each other: `A` contains `B`, `B` contains `A`; ours: group `B` is now in group `A`; theirs: group `A` is now in group `B`
        The result has our memberships. Decide which group contains which.
    error[merge-both-changed] both versions changed the same thing; ours: group `B` is now in group `A`; theirs: group `A` is now in group `B`
        The result has our value. Make their change if it is right.
    error[merge-removed-and-changed] one version removed what the other changed; ours: group `B` is now in group `A`; theirs: group `A` is now in group `B`
        The result has our version. Keep what was removed, or drop the change to it.
    error[merge-same-name] both versions used the same name for different things; ours: group `B` is now in group `A`; theirs: group `A` is now in group `B`
        The result has ours. Rename theirs and merge again.
    "#);
}
