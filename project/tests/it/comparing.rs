//! Two views compared.

#![allow(clippy::unwrap_used, reason = "tests")]

use guichet::{Form, Moment, View, compare, facts};

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
    let facts = facts(view.directory(), None);
    let (people, access) = facts.split_at(11);
    assert_eq!(
        people,
        [
            "user Boss (designer)",
            "user Administrator (administrator)",
            "user ann",
            "\tstartup method Go",
            "user Zoé",
            "group A",
            "group b",
            "\tuser ann",
            "\tuser Zoé",
            "\tuser Gone (missing)",
            "\tgroup A",
        ]
    );
    let plugins = access.iter().filter(|fact| fact.contains("plug-in"));
    assert!(plugins.is_sorted());
    assert!(!access.iter().any(|fact| fact.contains("HTTP")));
    assert_eq!(
        access[access.len() - 3..],
        [
            "default user: ann",
            "web user of single-user 4D: Gone (missing)",
            "web user of 4D Server: Boss",
        ]
    );

    let other = of(r#"{
        "settings": {"localGenericWebUser": "Gone", "remoteDefaultUser": "ann"},
        "remoteGranters": {"oci": "Gone", "write": "A"},
        "groups": {"A": {}, "b": {"groups": ["A"], "users": ["ann", "Zoé", "Gone"]}},
        "users": {"designer": {"alias": "Boss"}, "ann": {"startupMethod": "Go"}, "Zoé": {}}
    }"#);
    assert_eq!(guichet::facts(other.directory(), None), facts);
}
