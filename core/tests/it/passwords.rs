//! Typed passwords, stored passwords, and the delay for who guesses.

#![cfg(feature = "bcrypt")]

use std::time::Duration;

use guichet_core::Diagnostic as _;
use guichet_core::commands::{self, Account, FourDError, NameShown, SessionAccess};
use guichet_core::{
    Change, Credential, Directory, DirectoryBuilder, Password, PasswordAttempt, PasswordKind,
    Rules, Verdict, VerificationThrottle,
};
use guichet_core::{Mode, PasswordCharset};
use guichet_core::{PasswordError, VerifyError};

use crate::support::{group, user};

fn typed(text: &str) -> PasswordAttempt {
    PasswordAttempt::new(text.to_owned())
}

fn new(text: &str) -> Result<Password, PasswordError> {
    Password::new(text.to_owned(), PasswordCharset::Alphanumeric)
}

fn stored(text: &str) -> Credential {
    Credential::bcrypt(&new(text).unwrap(), [1; 16]).unwrap()
}

/// Ann with a password and in Devs, Bob without one, Old with a legacy digest.
fn office() -> Directory {
    let mut builder = DirectoryBuilder::new();
    let ann = builder.user(user("Ann"));
    builder.credential(ann, stored("Abc"));
    builder.user(user("Bob"));
    let old = builder.user(user("Old"));
    builder.credential(old, Credential::from_stored("r0z/2g0H3wUsWfuzy66adw=="));
    let devs = builder.group(group("Devs"));
    builder.members_of(devs).user("Ann");
    builder.finish()
}

#[test]
fn statement_13_a_password_has_at_most_15_characters() {
    assert!(new(&"é".repeat(15)).is_ok());
    let error = new(&"a".repeat(16)).unwrap_err();
    assert_eq!(
        error,
        PasswordError::TooLong {
            length: 16,
            limit: 15
        }
    );
    assert!(error.help().unwrap().contains("15"));
}

#[test]
fn statement_14_upper_and_lower_case_differ() {
    let credential = stored("Abc");
    assert_eq!(credential.verify(&typed("Abc")), Ok(Verdict::Right));
    assert_eq!(credential.verify(&typed("abc")), Ok(Verdict::Wrong));
}

#[test]
fn a_password_is_letters_and_digits_unless_the_policy_says_otherwise() {
    for (text, strict, free) in [
        ("Été2026", None, None),
        ("", Some("password-empty"), Some("password-empty")),
        ("two words", Some("password-characters"), None),
        ("a-b", Some("password-characters"), None),
        (
            "bell\u{7}",
            Some("password-characters"),
            Some("password-characters"),
        ),
    ] {
        let code = |charset| {
            Password::new(text.to_owned(), charset)
                .err()
                .map(|error| error.code())
        };
        assert_eq!(code(PasswordCharset::Alphanumeric), strict, "{text}");
        assert_eq!(code(PasswordCharset::Any), free, "{text}");
    }
}

#[test]
fn a_new_password_is_stored_as_bcrypt_2b_with_cost_10() {
    let credential = stored("Abc");
    assert_eq!(credential.kind(), PasswordKind::Bcrypt);
    assert!(credential.expose_stored_text().starts_with("$2b$10$"));
    let salted = Credential::bcrypt(&new("Abc").unwrap(), [2; 16]).unwrap();
    assert_ne!(credential, salted);
    assert_eq!(salted.verify(&typed("Abc")), Ok(Verdict::Right));
}

#[test]
fn the_three_prefixes_verify_alike() {
    // A vector of the first bcrypt implementation: the password `U*U`, cost 5.
    let tail = "$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
    for prefix in ["$2a", "$2b", "$2y"] {
        let credential = Credential::from_stored(format!("{prefix}{tail}"));
        assert_eq!(
            credential.verify(&typed("U*U")),
            Ok(Verdict::Right),
            "{prefix}"
        );
        assert_eq!(
            credential.verify(&typed("U*V")),
            Ok(Verdict::Wrong),
            "{prefix}"
        );
    }
}

#[test]
fn what_cannot_be_verified_is_an_error_of_its_own() {
    let verify = |text: &str| {
        Credential::from_stored(text)
            .verify(&typed("Abc"))
            .unwrap_err()
    };
    let damaged = format!("$2b$99${}", "a".repeat(53));
    assert_eq!(
        verify("r0z/2g0H3wUsWfuzy66adw=="),
        VerifyError::LegacyDigest
    );
    assert_eq!(verify("r0z/2g0H3wUsWfuzy66adw==").code(), "legacy-digest");
    assert_eq!(verify("plain"), VerifyError::UnknownKind);
    assert_eq!(verify(&damaged), VerifyError::Damaged);
}

#[test]
fn without_a_password_only_nothing_is_right() {
    let directory = office();
    let bob = directory.user(directory.find_user("Bob").unwrap()).unwrap();
    assert_eq!(bob.verify(&typed("")), Ok(Verdict::Right));
    assert_eq!(bob.verify(&typed("x")), Ok(Verdict::Wrong));
}

#[test]
fn statement_54_the_fifth_attempt_waits_for_ten_seconds() {
    let directory = office();
    let mut throttle = VerificationThrottle::default();
    let mut check = |account, text: &str| {
        let delay = throttle.delay();
        let answer = commands::validate_password(&directory, account, &typed(text), &mut throttle);
        (delay, answer)
    };
    // On the whole workstation: whoever the account is, and one that does not exist counts too.
    assert_eq!(
        check(Account::Name("ann"), "1"),
        (Duration::ZERO, Ok(Verdict::Wrong))
    );
    assert_eq!(
        check(Account::Number(4), "2"),
        (Duration::ZERO, Ok(Verdict::Wrong))
    );
    let unknown = check(Account::Name("Nemo"), "3");
    assert_eq!(unknown, (Duration::ZERO, Err(FourDError::BadUserName)));
    assert_eq!(
        check(Account::Number(3), "4"),
        (Duration::ZERO, Ok(Verdict::Wrong))
    );
    let wait = Duration::from_secs(10);
    assert_eq!(check(Account::Name("Ann"), "5"), (wait, Ok(Verdict::Wrong)));
    assert_eq!(
        check(Account::Name("Ann"), "Abc"),
        (wait, Ok(Verdict::Right))
    );
    assert_eq!(check(Account::Name("Ann"), "Abc").0, Duration::ZERO);
}

#[test]
fn statement_53_another_current_user_resets_alias_and_groups() {
    let directory = office();
    let bob = directory.find_user("Bob").unwrap();
    let mut session = SessionAccess::new(bob);
    session.set_user_alias("Counter 3");
    session.set_group_access(&directory, Some(&["Devs"]));
    let before = session.clone();
    let mut throttle = VerificationThrottle::default();
    let mut change = |session: &mut SessionAccess, mode, name, text: &str| {
        let account = Account::Name(name);
        session.change_current_user(&directory, mode, account, &typed(text), &mut throttle)
    };
    let wrong = change(&mut session, Mode::Server, "Ann", "abc").unwrap_err();
    assert_eq!(wrong.number(), Some(-9978));
    let unknown = change(&mut session, Mode::Server, "Nemo", "").unwrap_err();
    assert_eq!(unknown.number(), Some(-9979));
    let legacy = change(&mut session, Mode::Server, "Old", "Abc").unwrap_err();
    assert_eq!(legacy.code(), "legacy-digest");
    assert_eq!(change(&mut session, Mode::SingleUser, "Ann", "Abc"), Ok(()));
    assert_eq!(session, before, "nothing was done so far");
    assert_eq!(change(&mut session, Mode::Server, "Ann", "Abc"), Ok(()));
    assert_eq!(
        session.current_user(&directory, NameShown::AliasOrAccount),
        "Ann"
    );
    assert_eq!(
        session,
        SessionAccess::new(directory.find_user("Ann").unwrap())
    );
}

#[test]
fn no_output_shows_a_password_or_a_digest() {
    let secrets = ["Abc", "r0z/2g0H3wUsWfuzy66adw==", "$2b$10$", "plain"];
    let mut shown = Vec::new();
    let password = new("Abc").unwrap();
    shown.push(format!(
        "{password:?} {:?}",
        PasswordAttempt::from(password.clone())
    ));
    let too_long = format!("Abc{}", "x".repeat(20));
    shown.push(format!("{0:?} {0}", new(&too_long).unwrap_err()));
    shown.push(format!("{0:?} {0}", new("Abc-plain").unwrap_err()));
    for text in [
        "r0z/2g0H3wUsWfuzy66adw==",
        stored("Abc").expose_stored_text(),
        "plain",
    ] {
        let credential = Credential::from_stored(text);
        shown.push(format!(
            "{credential:?} {:?}",
            credential.verify(&typed("other"))
        ));
        let change = Change::SetPassword {
            user: user("Bob"),
            credential: Some(credential),
        };
        shown.push(format!("{change:?}"));
        #[cfg(feature = "serde")]
        shown.push(serde_json::to_string(&change).unwrap());
        let mut directory = office();
        let list = [change, Change::DeleteUser { user: user("Nemo") }];
        let refused = directory.apply(&list, &Rules::default()).unwrap_err();
        shown.push(format!("{refused:?} {refused} {:?}", refused.help()));
        let applied = directory.apply(&list[..1], &Rules::default()).unwrap();
        shown.push(format!("{applied:?} {directory:?}"));
        for event in &applied.events {
            shown.push(format!("{event:?} {event}"));
            #[cfg(feature = "serde")]
            shown.push(serde_json::to_string(event).unwrap());
        }
    }
    for text in &shown {
        for secret in secrets {
            assert!(!text.contains(secret), "{text}");
        }
    }
    assert!(shown.len() > 20);
}
