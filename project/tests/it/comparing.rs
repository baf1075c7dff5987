//! Two views compared.

#![allow(clippy::unwrap_used, reason = "tests")]

use guichet::{Facts, Form, Listed, Moment, View, compare};

use crate::support::{DIRECTORY, Shop};

fn of(text: &str) -> View {
    let shop = Shop::new();
    shop.write("Settings/directory.json", text);
    shop.open().current()
}

#[test]
fn the_same_meaning_in_another_text_or_order_is_the_same() {
    let view = of(DIRECTORY);
    for (text, form) in [
        (DIRECTORY.to_owned(), Form::Same),
        (DIRECTORY.replace('\t', "  "), Form::Text),
        (
            DIRECTORY.replace(
                "\t\t\"Ann Lee\": {},\n\t\t\"Paul Durand\": {},",
                "\t\t\"Paul Durand\": {},\n\t\t\"Ann Lee\": {},",
            ),
            Form::Order,
        ),
    ] {
        let comparison = compare(&view, &of(&text), Moment::EPOCH);
        assert!(comparison.is_same());
        assert_eq!(comparison.form, form);
        assert_eq!(comparison.access, []);
        assert_eq!(
            comparison.digest(),
            compare(&view, &view, Moment::EPOCH).digest()
        );
    }
}

#[test]
fn a_user_who_is_spelled_differently_is_the_same_user() {
    let after = of(&DIRECTORY.replace("Ann Lee", "ANN LEE"));
    let comparison = compare(&of(DIRECTORY), &after, Moment::EPOCH);
    assert!(!comparison.is_same());
    assert_eq!(comparison.access, []);
    assert_eq!(comparison.seats, []);
}

#[test]
fn who_gains_and_loses_what_and_how_many_seats_are_missing_is_said() {
    let after = of(&DIRECTORY.replace("\"write\": \"Finance\"", "\"write\": \"Accounting\""));
    let comparison = compare(&of(DIRECTORY), &after, Moment::EPOCH);
    let [change] = comparison.access.as_slice() else {
        panic!("{:?}", comparison.access);
    };
    assert_eq!(
        (change.user.as_str(), change.access.as_str(), change.after),
        ("Zoé Martin", "plugin:write", true)
    );
    assert_eq!(comparison.seats[0].plugin.as_str(), "write");
    assert_eq!(comparison.seats[0].entitled_after.get(), 3);
}

#[test]
fn facts_do_not_depend_on_the_order_of_the_file() {
    let view = of(r#"{
        "users": {"Zoé": {}, "ann": {"startupMethod": "Go"}, "designer": {"alias": "Boss"}},
        "groups": {"b": {"users": ["Zoé", "Gone", "ann"], "groups": ["A"]}, "A": {}},
        "remoteGranters": {"write": "A", "oci": "Gone"},
        "settings": {"remoteDefaultUser": "ann", "localGenericWebUser": "Gone"}
    }"#);
    let facts = Facts::of(view.directory());
    let users: Vec<&str> = facts.users.iter().map(|user| user.name.as_str()).collect();
    assert_eq!(users, ["Boss", "Administrator", "ann", "Zoé"]);
    let [a, b] = facts.groups.as_slice() else {
        panic!("{:?}", facts.groups);
    };
    assert_eq!((a.name.as_str(), b.name.as_str()), ("A", "b"));
    let names: Vec<String> = b.users.iter().map(|listed| format!("{listed:?}")).collect();
    assert_eq!(
        names,
        ["Known(\"ann\")", "Known(\"Zoé\")", "Missing(\"Gone\")"]
    );
    assert!(
        facts
            .plugins
            .is_sorted_by_key(|(plugin, _)| plugin.as_str().to_owned())
    );
    assert!(matches!(facts.default_user, Some(Listed::Known(name)) if name.as_str() == "ann"));
    assert!(matches!(facts.local_web_user, Some(Listed::Missing(name)) if name.as_str() == "Gone"));
    assert!(
        !facts
            .areas
            .iter()
            .any(|(area, _)| area.to_string().contains("http"))
    );

    let other = of(r#"{
        "settings": {"localGenericWebUser": "Gone", "remoteDefaultUser": "ann"},
        "remoteGranters": {"oci": "Gone", "write": "A"},
        "groups": {"A": {}, "b": {"groups": ["A"], "users": ["ann", "Zoé", "Gone"]}},
        "users": {"designer": {"alias": "Boss"}, "ann": {"startupMethod": "Go"}, "Zoé": {}}
    }"#);
    assert_eq!(Facts::of(other.directory()), facts);
}
