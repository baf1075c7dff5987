//! Marks of stored passwords.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::HashSet;
use std::io::ErrorKind;

use guichet::storage::filesystem::Disk;
use guichet::{Marks, Overlay};

fn bcrypt(number: usize) -> String {
    format!("$2b$10${number:0>53}")
}

#[test]
fn no_change_among_ten_thousand_goes_unseen() {
    let marks = Marks::random().unwrap();
    let seen: HashSet<String> = (0..20_000)
        .map(|number| marks.of(&bcrypt(number)))
        .collect();
    assert_eq!(seen.len(), 20_000);
    assert_eq!(marks.of(&bcrypt(1)), marks.of(&bcrypt(1)));
    assert!(seen.iter().all(|mark| mark.len() == 32));
}

/// Under as many keys a mark of one password begins with every pair of digits about equally often, so it
/// says nothing of the password.
#[test]
fn without_the_key_no_two_digits_of_a_hash_follow_from_a_mark() {
    let mut often = [0_u32; 256];
    for _ in 0..25_600 {
        let mark = Marks::random().unwrap().of(&bcrypt(7));
        let first = mark.get(..2).unwrap();
        often[usize::from_str_radix(first, 16).unwrap()] += 1;
    }
    // 100 each on average, with a deviation of 10: nine of them is never seen.
    assert!(
        often.iter().all(|times| (10..190).contains(times)),
        "{often:?}"
    );
}

#[test]
fn a_key_is_made_once_and_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("marks.key");
    let made = Marks::create(&Disk, &path).unwrap();
    let again = Marks::create(&Disk, &path).unwrap_err();
    assert_eq!(again.kind(), ErrorKind::AlreadyExists);
    let read = Marks::read(&Disk, &path).unwrap();
    assert_eq!(read.of("x"), made.of("x"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let file = std::fs::metadata(&path).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
    }
    let cut = Overlay::default().holding(&path, b"cut".to_vec());
    let error = Marks::read(&cut, &path).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidData);
}
