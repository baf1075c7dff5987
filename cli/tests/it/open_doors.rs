//! Where nothing is controlled: single-user mode, a Designer without a password, no file at all.

use crate::harness::Project;

/// Statement 3 of the specification, as a person meets it.
#[test]
fn single_user_mode_allows_everything_and_says_why() {
    insta::assert_snapshot!(Project::accounting().session(&[
        "--mode single-user check \"Web Guest\" design",
        "--mode single-user who-can plugin:write",
        "--mode single-user access list",
        "--mode single-user what-can \"Web Guest\" --format json",
    ]));
}

/// Statement 39.
#[test]
fn without_a_password_of_the_designer_everything_is_allowed() {
    let project = Project::fixture("cycle");
    insta::assert_snapshot!(project.session(&[
        "show",
        "check \"Lia Moor\" design",
        "explain \"Lia Moor\" design --format json",
        "who-can design",
    ]));
}

/// Statement 68.
#[test]
fn a_project_without_a_file_has_the_two_built_in_users() {
    let project = Project::empty_folder();
    std::fs::create_dir(project.root().join("Project")).unwrap();
    insta::assert_snapshot!(project.session(&[
        "where",
        "where --format json",
        "show",
        "users list",
        "groups list",
        "effective",
        "tree",
        "check Administrator design",
    ]));
}
