//! Rights add up while they are valid.

use guichet_licensing::{Entitlement, Owned, Right, SeatOverflow};
use jiff::civil::date;

#[test]
fn statement_57_expired_rights_do_not_count_and_32767_is_unlimited() {
    let five = Right::lasting(Owned::from_count(5));
    let ten = Right::until(Owned::from_count(10), date(2027, 6, 30));
    let expired = Right::until(Owned::from_count(10), date(2026, 6, 30));
    let entitlement = Entitlement::new(vec![five, ten, expired]).unwrap();
    assert_eq!(
        entitlement.owned_on(date(2026, 11, 21)),
        Owned::from_count(15)
    );

    let unlimited = Right::until(Owned::from_count(32_767), date(2027, 6, 30));
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
    let right = Right::until(Owned::from_count(1), date(2026, 12, 31));
    assert!(right.is_valid_on(date(2026, 12, 31)));
    assert!(!right.is_valid_on(date(2027, 1, 1)));
}

#[test]
fn rights_that_cannot_be_counted_are_refused() {
    let most = Right::lasting(Owned::Seats(u32::MAX.into()));
    let one = Right::lasting(Owned::from_count(1));
    assert_eq!(Entitlement::new(vec![most, one]), Err(SeatOverflow));
    let unlimited = Right::lasting(Owned::Unlimited);
    assert!(Entitlement::new(vec![most, unlimited]).is_ok());
}
