//! Finding by name: the exact name first, then the first of the file that is the same (D7).

use guichet_core::{DirectoryBuilder, Group, GroupName, UserName};

/// A bug that happened: of two users with exactly the same name, which a file may have when an
/// alias is another user's key, the hash table's order chose one, anew in each run.
#[test]
fn of_exact_twins_the_first_in_the_file_is_found() {
    for _ in 0..64 {
        let mut builder = DirectoryBuilder::new();
        let designer = builder.designer(UserName::from_stored("Ann"));
        for name in ["ANN", "Ann", "ann", "Ann"] {
            builder.user(UserName::from_stored(name));
        }
        let devs = builder.group(GroupName::from_stored("Devs"));
        builder.members_of(devs).user("Ann");
        let directory = builder.finish();
        assert_eq!(directory.find_user("Ann"), Some(designer));
        let members = directory.group(devs).map(Group::users);
        assert_eq!(members, Some(&[designer][..]));
    }
}

/// Many names are looked up at once where a directory is built; it finds the same.
#[test]
fn of_two_built_in_users_of_one_name_the_designer_is_the_member() {
    let mut builder = DirectoryBuilder::new();
    let designer = builder.designer(UserName::from_stored("Boss"));
    builder.administrator(UserName::from_stored("Boss"));
    let devs = builder.group(GroupName::from_stored("Devs"));
    let names = ["Boss", "Administrator"].map(|name| (devs, name));
    builder.place_users(names, |_, _, _| {});
    let directory = builder.finish();
    let devs = directory.group(devs).unwrap();
    assert_eq!(devs.users(), [designer]);
    assert_eq!(
        devs.missing_users(),
        [UserName::from_stored("Administrator")]
    );
}

#[test]
fn the_exact_name_comes_before_an_earlier_one_that_differs_in_case() {
    let mut builder = DirectoryBuilder::new();
    let upper = builder.user(UserName::from_stored("ANN"));
    let exact = builder.user(UserName::from_stored("Ann"));
    let directory = builder.finish();
    assert_eq!(directory.find_user("Ann"), Some(exact));
    assert_eq!(directory.find_user("aNN"), Some(upper));
}
