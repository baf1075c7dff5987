//! What people type: users, groups, plug-ins, accesses, and what comes close.

#![allow(clippy::unwrap_used, reason = "tests")]

use guichet::core::{GroupName, UserName};
use guichet::{Change, Diagnostic as _, Grantee, Member, Named, Project, View, WordError};

use crate::support::Shop;

fn view() -> View {
    Shop::new().open().current()
}

fn of(text: &str) -> View {
    let shop = Shop::new();
    shop.write("Settings/directory.json", text);
    Project::open(shop.root()).unwrap().current()
}

fn help(error: &WordError) -> String {
    error.help().unwrap_or_default()
}

#[test]
fn an_access_is_found_however_it_is_typed() {
    let view = view();
    for (words, meaning) in [
        ("design", "design"),
        ("Design", "design"),
        ("Runtime Explorer", "runtime-explorer"),
        ("HTTP", "http"),
        ("sql", "sql:DEFAULT_SCHEMA:read"),
        ("SQL:default_schema:WRITE", "sql:DEFAULT_SCHEMA:write"),
        ("plugin:write", "plugin:write"),
        ("Plugin:4D Write", "plugin:write"),
        ("write", "plugin:write"),
        ("4D Write", "plugin:write"),
        ("4D Write license", "plugin:write"),
        ("808464697", "plugin:write"),
        ("15000", "plugin:barcode"),
        ("barcode", "plugin:barcode"),
        ("group:finance", "group:Finance"),
        ("Group:#15001", "group:Accounting"),
        ("Administration", "administration"),
    ] {
        let access = view.access(words).unwrap();
        assert_eq!(
            access.describe(view.directory()).to_string(),
            meaning,
            "{words}"
        );
    }
}

#[test]
fn a_user_and_a_group_are_found_by_name_in_any_case_and_by_number() {
    let view = view();
    assert_eq!(view.user("ANN LEE"), view.user("#3"));
    assert_eq!(view.group("general mgmt"), view.group("#15003"));
    let named = of(r##"{"users": {"Ann": {}, "#3": {}}}"##);
    assert_eq!(
        named.user("#3"),
        named.user("#4"),
        "a name comes before a number"
    );
}

#[test]
fn an_unknown_word_has_a_code_and_offers_what_is_near() {
    let view = view();
    let errors = [
        (
            view.user("Anne").unwrap_err(),
            "unknown-user",
            "Did you mean `Ann Lee`?",
        ),
        (
            view.group("Finanz").unwrap_err(),
            "unknown-group",
            "Did you mean `Finance`?",
        ),
        (
            view.plugin("wirte").unwrap_err(),
            "unknown-plugin",
            "Did you mean `write`?",
        ),
        (
            view.access("plugin:wirte").unwrap_err(),
            "unknown-plugin",
            "Did you mean `write`?",
        ),
        (
            view.access("desing").unwrap_err(),
            "unknown-access",
            "Did you mean `design`?",
        ),
        (
            view.access("group:Finanz").unwrap_err(),
            "unknown-group",
            "Did you mean `Finance`?",
        ),
        (
            view.access("sql:DEFAULT_SCHEMES").unwrap_err(),
            "unknown-schema",
            "Did you mean `DEFAULT_SCHEMA`?",
        ),
    ];
    for (error, code, advice) in errors {
        assert_eq!(
            (error.code(), help(&error).as_str()),
            (code, advice),
            "{error}"
        );
    }
    let error = view.user("Nobody here").unwrap_err();
    assert!(help(&error).contains("guichet users list"), "{error}");
}

/// In a directory in French they have other names.
#[test]
fn the_built_in_users_are_found_by_their_role() {
    let view =
        of(r#"{"users": {"designer": {"alias": "Chef"}, "administrator": {}, "@boss": {}}}"#);
    let designer = view.directory().designer();
    assert_eq!(view.user("@designer"), Ok(designer));
    assert_eq!(view.user("@Super_Utilisateur"), Ok(designer));
    assert_eq!(
        view.user("@ADMINISTRATEUR"),
        Ok(view.directory().administrator())
    );
    assert_eq!(view.name_of_user(view.user("@boss").unwrap()), "@boss");
    for word in ["Designer", "designr", "super_utilisateur"] {
        let error = view.user(word).unwrap_err();
        assert_eq!(help(&error), "Did you mean `Chef`?", "{word}");
    }
}

#[test]
fn a_name_of_another_kind_is_said_to_be_one() {
    let view = view();
    let error = view.group("Ann Lee").unwrap_err();
    assert!(
        help(&error).starts_with("`Ann Lee` is a user, not a group."),
        "{}",
        help(&error)
    );
    let error = view.plugin("Finance").unwrap_err();
    assert!(
        help(&error).starts_with("`Finance` is a group, not a plug-in."),
        "{}",
        help(&error)
    );
    let error = view.access("Finance").unwrap_err();
    assert_eq!(
        help(&error),
        "`Finance` is a group, not an access. For membership in it, write `group:Finance`."
    );
}

#[test]
fn a_word_names_one_thing_of_any_kind_or_is_refused() {
    let view = of(r#"{"users": {"Ann": {}, "Sales": {}}, "groups": {"Devs": {}, "Sales": {}}}"#);
    let names = view.names();
    assert_eq!(names.resolve("ann"), view.user("Ann").map(Named::User));
    assert_eq!(names.resolve("Devs"), view.group("Devs").map(Named::Group));
    assert_eq!(
        names.resolve("4D View"),
        view.plugin("view").map(Named::Plugin)
    );
    assert_eq!(
        names.resolve("Design"),
        view.access("design").map(Named::Access)
    );
    let error = names.resolve("Sales").unwrap_err();
    assert_eq!(error.to_string(), "`Sales` is a user and a group");
    assert_eq!(
        names.resolve("Warehouse").unwrap_err().code(),
        "unknown-name"
    );
}

#[test]
fn an_edit_never_means_another_user_of_the_same_name() {
    let view = of(r#"{"users": {"designer": {"alias": "Ann"}, "Ann": {}}, "groups": {"Ann": {}}}"#);
    let names = view.names();
    assert_eq!(names.user_name("#1"), Ok(UserName::from_stored("Ann")));
    assert_eq!(names.user_name("#3").unwrap_err().code(), "ambiguous-name");
    assert_eq!(names.member("Ann").unwrap_err().code(), "ambiguous-member");
}

#[test]
fn who_leaves_a_group_may_be_a_name_that_nobody_has() {
    let view = of(r#"{"groups": {"Devs": {"users": ["Gone"], "groups": ["Former"]}}}"#);
    let devs = GroupName::from_stored("Devs");
    let names = view.names();
    assert_eq!(
        names.leaver(&devs, "Gone"),
        Ok(Member::User(UserName::from_stored("Gone")))
    );
    assert_eq!(
        names.leaver(&devs, "Former"),
        Ok(Member::Group(GroupName::from_stored("Former")))
    );
    assert_eq!(
        names.leaver(&devs, "Never").unwrap_err().code(),
        "unknown-member"
    );
    assert_eq!(names.member("Gone").unwrap_err().code(), "unknown-member");
}

#[test]
fn an_access_becomes_the_change_that_gives_it() {
    let view = view();
    let names = view.names();
    let grant = |words: &str| names.grant(&names.access(words).unwrap(), Grantee::Nobody);
    assert!(matches!(grant("4D Write"), Ok(Change::GrantPlugin { .. })));
    assert!(matches!(grant("rest"), Ok(Change::GrantArea { .. })));
    for words in ["administration", "group:Finance"] {
        assert_eq!(grant(words).unwrap_err().code(), "not-grantable", "{words}");
    }
}
