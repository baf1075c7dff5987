//! Finding by name: the exact name first, then the first of the file that is the same (D7).

use guichet_core::{DirectoryBuilder, UserName};

/// A bug that happened: of two users with exactly the same name, which a file may have when an
/// alias is another user's key, the hash table's order chose one, anew in each run.
#[test]
fn of_exact_twins_the_first_in_the_file_is_found() {
    for _ in 0..64 {
        let mut builder = DirectoryBuilder::new();
        let designer = builder.designer(UserName::stored("Ann"));
        for name in ["ANN", "Ann", "ann", "Ann"] {
            builder.user(UserName::stored(name));
        }
        let directory = builder.finish();
        assert_eq!(directory.find_user("Ann"), Some(designer));
    }
}

#[test]
fn the_exact_name_comes_before_an_earlier_one_that_differs_in_case() {
    let mut builder = DirectoryBuilder::new();
    let upper = builder.user(UserName::stored("ANN"));
    let exact = builder.user(UserName::stored("Ann"));
    let directory = builder.finish();
    assert_eq!(directory.find_user("Ann"), Some(exact));
    assert_eq!(directory.find_user("aNN"), Some(upper));
}
