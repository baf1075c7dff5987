//! Moments, ids of sessions and numbers of seats: what they hold and where they end.

use guichet_licensing::{Limit, Moment, Owned, SeatCount, SessionId};
use jiff::civil::date;
use proptest::prelude::*;

fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

#[test]
fn a_moment_is_cut_to_microseconds_and_told_in_utc() {
    for (text, told) in [
        ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
        ("2026-11-21T15:05:00+01:00", "2026-11-21T14:05:00Z"),
        (
            "2026-11-21T14:05:00.1234567Z",
            "2026-11-21T14:05:00.123456Z",
        ),
    ] {
        assert_eq!(moment(text).to_string(), told);
    }
    assert_eq!(moment("1970-01-01T00:00:00Z"), Moment::EPOCH);
    assert_eq!(
        moment("1970-01-01T00:00:01.5Z").as_microseconds(),
        1_500_000
    );
    for text in [
        "",
        "now",
        "2026-11-21",
        "2026-11-21T14:05:00",
        "2026-13-01T00:00:00Z",
    ] {
        assert!(text.parse::<Moment>().is_err(), "{text}");
    }
}

#[test]
fn the_day_of_a_moment_is_its_day_in_utc() {
    let before_midnight = moment("2026-12-31T23:59:59.999999Z");
    assert_eq!(before_midnight.date(), date(2026, 12, 31));
    assert_eq!(before_midnight.plus_seconds(1).date(), date(2027, 1, 1));
    let in_paris = moment("2027-01-01T00:30:00+01:00");
    assert_eq!(in_paris.date(), date(2026, 12, 31));
}

#[test]
fn moments_end_with_the_years_that_a_calendar_has() {
    let last = moment("9999-12-30T22:00:00.999999Z");
    assert_eq!(last.plus_seconds(1), last.plus_seconds(u32::MAX));
    assert!(last.plus_seconds(1) >= last);
    for outside in [i64::MIN, i64::MAX] {
        assert_eq!(Moment::from_microseconds(outside), None);
    }
}

proptest! {
    #[test]
    fn a_moment_comes_back_from_its_number_and_from_its_text(
        microseconds in -60_000_000_000_000_000_i64..245_000_000_000_000_000,
        seconds in any::<u32>(),
    ) {
        let moment = Moment::from_microseconds(microseconds).unwrap();
        prop_assert_eq!(moment.as_microseconds(), microseconds);
        prop_assert_eq!(moment.to_string().parse(), Ok(moment));
        let later = moment.plus_seconds(seconds);
        let passed = i64::from(seconds) * 1_000_000;
        prop_assert_eq!(later.microseconds_since(moment), passed);
        prop_assert_eq!(moment.microseconds_since(later), -passed);
    }
}

#[test]
fn the_id_of_a_session_has_1_to_120_characters_and_none_for_control() {
    let longest = "é".repeat(120);
    for text in ["a", " ", "Ann's desk, 7th floor", longest.as_str()] {
        let id = SessionId::new(text).unwrap();
        assert_eq!(id.as_str(), text);
        assert_eq!(id.to_string(), text);
    }
    let too_long = "e".repeat(121);
    for text in ["", "\n", "a\u{0}", "a\u{7f}", too_long.as_str()] {
        assert!(SessionId::new(text).is_err(), "{text:?}");
    }
}

#[test]
fn ids_of_sessions_are_compared_exactly() {
    let id = |text: &str| SessionId::new(text).unwrap();
    assert_eq!(id("Desk 7"), id("Desk 7"));
    assert_ne!(id("Desk 7"), id("desk 7"));
}

#[test]
fn unlimited_lets_more_through_than_any_number() {
    let most = Limit::Seats(SeatCount::new(u32::MAX));
    let up = [
        Owned::Unknown,
        Owned::NONE,
        Owned::from_count(1),
        most.into(),
        Owned::Unlimited,
    ];
    assert!(up.is_sorted() && most < Limit::Unlimited);
    assert_eq!(Owned::from_count(32_767), Owned::Unlimited);
    for near in [32_766, 32_768] {
        assert_eq!(Owned::from_count(near).limit(), Some(SeatCount::new(near)));
    }
    assert!(!Owned::from(most).allows_one_more(SeatCount::new(u32::MAX)));
    assert!(Owned::Unlimited.allows_one_more(SeatCount::new(u32::MAX)));
    assert_eq!(Owned::Unlimited.limit(), None);
}
