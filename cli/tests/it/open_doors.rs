//! Where nothing is controlled: single-user mode, a Designer without a password, no file at all.

use crate::harness::Project;

#[test]
fn single_user_mode_allows_everything_and_says_why() {
    let project = Project::accounting();
    insta::assert_snapshot!(project.guichet("--mode single-user check \"Web Guest\" design"), @r#"
    $ guichet --mode single-user check "Web Guest" design
    yes: Web Guest has design
      in single-user mode everyone works as the Designer
    [0]
    "#);
    let all = project.guichet("--mode single-user what-can \"Web Guest\" --format json");
    let all = all.json();
    let answers = all["access"].as_array().unwrap();
    assert!(answers.len() > 10, "{all}");
    assert!(
        answers
            .iter()
            .all(|one| one["reason"] == "single-user" && one["allowed"] == true),
        "{all}"
    );
}

#[test]
fn without_a_password_of_the_designer_everything_is_allowed() {
    let project = Project::fixture("cycle");
    insta::assert_snapshot!(project.session(&["show", "check \"Lia Moor\" design"]), @r#"
    $ guichet show
    directory       [PROJECT]/Settings/directory.json
    source          user settings folder
    users           3
    groups          3
    access control  off: the Designer has no password, so everyone works as the Designer
    Designer        Designer, no password
    Administrator   Administrator, no password
    revision        58dbb39e63a139ad44bcb14490b98a8d
    problems        1 error, 1 warning
    [0]

    $ guichet check "Lia Moor" design
    yes: Lia Moor has design
      access control is off: the Designer has no password, so everyone works as the Designer
    [0]
    "#);
}

#[test]
fn a_project_without_a_file_has_the_two_built_in_users() {
    let project = Project::empty_folder();
    std::fs::create_dir(project.root().join("Project")).unwrap();
    insta::assert_snapshot!(
        project.session(&["where", "users list", "groups list", "tree", "check #2 design"]),
        @"
    $ guichet where
    directory  [PROJECT]/Settings/directory.json (does not exist: everyone works as the Designer)
    source     user settings folder
    options    no guichet.toml
    [0]

    $ guichet users list
    Id  Name           Kind           Password  Startup method  Groups
     1  Designer       designer       none      –               none
     2  Administrator  administrator  none      –               none
    [0]

    $ guichet groups list
    no groups
    [0]

    $ guichet tree
    no groups
    [0]

    $ guichet check #2 design
    yes: Administrator has design
      access control is off: the Designer has no password, so everyone works as the Designer
    [0]
    "
    );
}
