//! Rights add up while they are valid, and are written as people write them.

use guichet_core::PluginDeclaration;
use guichet_licensing::{
    Entitlement, Entitlements, Limit, Moment, Owned, Right, SeatCount, SeatOverflow,
};
use jiff::civil::date;
use proptest::prelude::*;

use crate::support::{plugin, seats};

#[test]
fn statement_57_expired_rights_do_not_count_and_32767_is_unlimited() {
    let five = Right::new(Limit::from_count(5));
    let ten = Right::new(Limit::from_count(10)).until(date(2027, 6, 30));
    let expired = Right::new(Limit::from_count(10)).until(date(2026, 6, 30));
    let entitlement = Entitlement::new(vec![five, ten, expired]).unwrap();
    assert_eq!(
        entitlement.owned_on(date(2026, 11, 21)),
        Owned::from_count(15)
    );

    let unlimited = Right::new(Limit::from_count(32_767)).until(date(2027, 6, 30));
    let entitlement = Entitlement::new(vec![five, unlimited]).unwrap();
    assert_eq!(entitlement.owned_on(date(2027, 6, 30)), Owned::Unlimited);
    assert_eq!(
        entitlement.owned_on(date(2027, 7, 1)),
        Owned::from_count(5),
        "an expired unlimited right leaves the others"
    );
}

#[test]
fn a_right_counts_on_its_last_day_and_not_on_the_next() {
    let right = Right::new(Limit::from_count(1)).until(date(2026, 12, 31));
    let entitlement = Entitlement::new(vec![right]).unwrap();
    assert_eq!(
        entitlement.owned_on(date(2026, 12, 31)),
        Owned::from_count(1)
    );
    assert_eq!(entitlement.owned_on(date(2027, 1, 1)), Owned::NONE);
}

#[test]
fn rights_that_cannot_be_counted_are_refused() {
    let most = Right::new(Limit::from_count(u32::MAX));
    let one = Right::new(Limit::from_count(1));
    assert_eq!(Entitlement::new(vec![most, one]), Err(SeatOverflow));
    let unlimited = Right::new(Limit::Unlimited);
    assert!(Entitlement::new(vec![most, unlimited]).is_ok());
}

#[test]
fn the_day_on_which_a_right_ends_is_a_day_in_utc() {
    let entitlement: Entitlement = "2 until 2026-12-31".parse().unwrap();
    let moment = |text: &str| -> Moment { text.parse().unwrap() };
    for (at, owned) in [
        ("2026-12-31T23:59:59Z", Owned::from_count(2)),
        ("2027-01-01T00:30:00+01:00", Owned::from_count(2)),
        ("2027-01-01T00:00:00Z", Owned::NONE),
    ] {
        assert_eq!(entitlement.owned_at(moment(at)), owned, "{at}");
    }
    assert_eq!(
        Entitlement::default().owned_at(Moment::EPOCH),
        Owned::Unknown
    );
    assert_eq!(seats(3).owned_at(Moment::EPOCH), Owned::from_count(3));
}

#[test]
fn an_entitlement_is_read_as_people_write_it() {
    let read = |text: &str| text.parse::<Entitlement>();
    assert_eq!(read("none"), Ok(Entitlement::default()));
    assert_eq!(read("5"), Ok(seats(5)));
    assert_eq!(read("unlimited"), Ok(seats(32_767)));
    let both = vec![
        Right::new(Limit::from_count(5)),
        Right::new(Limit::Unlimited).until(date(2027, 1, 31)),
    ];
    assert_eq!(
        read("5 + unlimited until 2027-01-31"),
        Ok(Entitlement::new(both).unwrap())
    );
    for text in [
        "",
        "None",
        "-1",
        "5 seats",
        "5+10",
        "5 + none",
        "5 until",
        "5 until 2027-02-30",
        "4294967296",
        "4294967295 + 1",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
}

fn right() -> impl Strategy<Value = Right> {
    let owned = prop_oneof![
        (0_u32..100_000).prop_map(|count| Limit::Seats(SeatCount::new(count))),
        Just(Limit::Unlimited)
    ];
    let day = (1_i16..9999, 1_i8..13, 1_i8..29).prop_map(|(y, m, d)| date(y, m, d));
    (owned, proptest::option::of(day)).prop_map(|(owned, expires)| Right { owned, expires })
}

proptest! {
    #[test]
    fn an_entitlement_comes_back_from_its_text(
        rights in proptest::collection::vec(right(), 0..6),
    ) {
        let entitlement = Entitlement::new(rights).unwrap();
        prop_assert_eq!(entitlement.to_string().parse(), Ok(entitlement));
    }
}

fn declared(key: &str, seats: Option<u32>) -> PluginDeclaration {
    PluginDeclaration {
        key: plugin(key),
        number: None,
        name: None,
        seats,
        grantee: None,
    }
}

#[test]
fn what_is_declared_is_owned_and_32767_is_unlimited() {
    let entitlements = Entitlements::from_declarations(&[
        declared("write", Some(10)),
        declared("view", Some(32_767)),
        declared("oci", Some(0)),
        declared("barcode", None),
    ]);
    let today = date(2026, 11, 21);
    let owned =
        ["write", "view", "oci", "barcode"].map(|key| entitlements.owned_on(&plugin(key), today));
    assert_eq!(
        owned,
        [
            Owned::from_count(10),
            Owned::Unlimited,
            Owned::NONE,
            Owned::Unknown
        ]
    );
    assert_eq!(entitlements.get(&plugin("oci")), Some(&seats(0)));
    assert_eq!(entitlements.get(&plugin("barcode")), None);
    assert_eq!(entitlements.iter().len(), 3);
}

#[test]
fn what_was_recorded_before_comes_back_when_it_is_replaced() {
    let mut entitlements = Entitlements::new();
    assert_eq!(entitlements.set(plugin("write"), seats(1)), None);
    assert_eq!(entitlements.set(plugin("write"), seats(2)), Some(seats(1)));
    assert_eq!(entitlements.get(&plugin("write")), Some(&seats(2)));
}

/// `seats` of guichet.toml counts, also where it is 0.
#[test]
fn what_is_written_down_counts_before_what_is_imported() {
    let ten = Entitlement::from_limit(Limit::from_count(10));
    let imported = ["write", "view", "oci"].map(|key| (plugin(key), ten.clone()));
    let declared =
        Entitlements::from_declarations(&[declared("write", Some(3)), declared("oci", Some(0))]);
    let imported = Entitlements::from_iter(imported).besides(&declared);
    assert_eq!(imported, Entitlements::from_iter([(plugin("view"), ten)]));
}
