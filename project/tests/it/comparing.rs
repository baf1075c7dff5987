//! Two views compared.

#![allow(clippy::unwrap_used, reason = "tests")]

use guichet::{Form, Moment, View, compare};

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
