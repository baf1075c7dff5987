//! Use between two moments: rows, curve and chart.

use guichet_core::AdmissionReason;
use guichet_licensing::{CloseReason, Event, Ledger, PluginReport, Refusal, Report};
use proptest::prelude::*;

use crate::answers::day;
use crate::simulation::{history, steps};
use crate::support::{minute, plugin, seats, session, user};

fn of_write(report: &Report) -> &PluginReport {
    let mut plugins = report.plugins.iter();
    plugins.find(|p| p.plugin == plugin("write")).unwrap()
}

#[test]
fn a_report_counts_between_its_moments_only() {
    let (_, events) = day();
    let report = Report::new(&events, minute(7), minute(12)).unwrap();
    let write = of_write(&report);
    assert_eq!(
        (write.in_use_at_start.get(), write.in_use_at_end.get()),
        (2, 2)
    );
    assert_eq!((write.granted, write.held), (1, 0));
    assert_eq!(write.refusals.of(Refusal::Exhausted), 1);
    assert_eq!((write.peak.get(), write.peak_at), (2, minute(7)));
    assert_eq!(write.peak_users, [user("ann"), user("bob")]);
    assert_eq!(write.accounts, 3);
    let curve: Vec<(i64, u32)> = write
        .curve
        .iter()
        .map(|point| {
            let minutes = point.at.microseconds_since(minute(0)) / 60_000_000;
            (minutes, point.in_use.get())
        })
        .collect();
    assert_eq!(curve, [(7, 2), (9, 1), (10, 2)]);
    assert_eq!(write.seat_seconds, 60 * (2 * 2 + 1 + 2 * 2));
}

#[test]
fn the_whole_report_as_rows() {
    let (_, events) = day();
    let report = Report::new(&events, minute(0), minute(30)).unwrap();
    let mut text = Report::COLUMNS.join(";");
    for row in report.rows() {
        text.push('\n');
        text.push_str(&row.join(";"));
    }
    insta::assert_snapshot!(text, @r"
    plugin;owned;in_use_at_start;in_use_at_end;peak;peak_at;peak_users;granted;held;not_entitled;no_licence;exhausted;accounts;seat_seconds
    view;1;0;1;1;2026-11-20T09:14:00Z;Ann;1;0;1;0;0;1;960
    write;2;0;2;2;2026-11-20T09:06:00Z;ann, bob;3;1;0;0;1;3;2880
    ");
}

#[test]
fn a_report_of_two_halves_adds_up_to_the_whole() {
    let (_, events) = day();
    let whole = Report::new(&events, minute(0), minute(30)).unwrap();
    for middle in 0..=30 {
        let first = Report::new(&events, minute(0), minute(middle)).unwrap();
        let second = Report::new(&events, minute(middle), minute(30)).unwrap();
        for plugin in &whole.plugins {
            let find = |report: &Report| {
                let found = report.plugins.iter().find(|p| p.plugin == plugin.plugin);
                found.cloned()
            };
            let (first, second) = (find(&first), find(&second));
            let sum = |field: fn(&PluginReport) -> u64| {
                first.as_ref().map_or(0, field) + second.as_ref().map_or(0, field)
            };
            assert_eq!(sum(|p| p.granted), plugin.granted, "{middle}");
            assert_eq!(sum(|p| p.held), plugin.held, "{middle}");
            assert_eq!(
                sum(|p| p.refusals.total()),
                plugin.refusals.total(),
                "{middle}"
            );
            assert_eq!(sum(|p| p.seat_seconds), plugin.seat_seconds, "{middle}");
        }
    }
}

#[test]
fn a_report_before_after_and_of_nothing_is_empty_or_still() {
    let (_, events) = day();
    let before = Report::new(&events, minute(0).plus_seconds(0), minute(0)).unwrap();
    assert!(before.plugins.is_empty());
    let after = Report::new(&events, minute(50), minute(60)).unwrap();
    let write = of_write(&after);
    assert_eq!((write.granted, write.peak.get()), (0, 2));
    assert_eq!(write.seat_seconds, 2 * 600);
    assert!(
        Report::new(&[], minute(0), minute(9))
            .unwrap()
            .plugins
            .is_empty()
    );
    assert!(Report::new(&events[1..], minute(0), minute(9)).is_err());
}

#[test]
fn what_happens_at_the_start_belongs_to_the_report_and_at_the_end_does_not() {
    let everyone = |_: &_, _: &_| AdmissionReason::Everyone;
    let mut ledger = Ledger::new();
    let mut events: Vec<Event> = Vec::new();
    events.extend(ledger.entitle(&plugin("write"), &seats(1), minute(1)));
    for (id, name) in [("a", "Ann"), ("b", "Bob")] {
        events.push(ledger.open(&session(id), &user(name), minute(1)).unwrap());
    }
    for id in ["a", "a", "b"] {
        let event = ledger.decide_take(&session(id), &plugin("write"), &everyone, minute(5));
        let event = event.unwrap();
        ledger.apply(&event).unwrap();
        events.push(event);
    }
    let counts = |from: u32, to: u32| {
        let report = Report::new(&events, minute(from), minute(to)).unwrap();
        let write = of_write(&report);
        (
            write.granted,
            write.held,
            write.refusals.of(Refusal::Exhausted),
        )
    };
    assert_eq!(counts(5, 6), (1, 1, 1));
    assert_eq!(counts(1, 5), (0, 0, 0));
    let report = Report::new(&events, minute(5), minute(6)).unwrap();
    let write = of_write(&report);
    let peak = (write.peak.get(), write.peak_at, write.seat_seconds);
    assert_eq!(peak, (1, minute(5), 60));
    assert_eq!(write.curve.len(), 1, "the first moment is one point");
}

#[test]
fn who_comes_after_the_end_is_not_named_among_those_of_the_peak() {
    let (_, events) = day();
    // Ann gets a seat at minute 5, Bob at minute 6
    let report = Report::new(&events, minute(0), minute(6)).unwrap();
    let write = of_write(&report);
    assert_eq!((write.peak.get(), write.peak_at), (1, minute(5)));
    assert_eq!(write.peak_users, [user("ann")]);
}

proptest! {
    #[test]
    fn the_report_of_a_whole_history_is_what_the_ledger_counted(
        owned in 0_u32..4,
        steps in steps(),
    ) {
        let events = history(owned, &steps);
        let mut ledger = Ledger::new();
        for event in &events {
            ledger.apply(event).unwrap();
        }
        let report = Report::new(&events, minute(0), minute(1_000)).unwrap();
        let write = of_write(&report);
        let found = ledger.plugin_use(&plugin("write")).unwrap();
        prop_assert_eq!(write.granted, found.granted());
        prop_assert_eq!(write.held, found.held());
        prop_assert_eq!(write.refusals, found.refusals());
        prop_assert_eq!(write.in_use_at_end, found.in_use());
        if let Some(peak) = found.peak() {
            prop_assert_eq!((write.peak, write.peak_at), (peak.count, peak.at));
            prop_assert_eq!(&write.peak_users, &peak.users);
        }
    }
}

/// Sessions of 20 and 21 November, then one of 1 November that somebody recorded afterwards: a
/// report of that day once was empty.
#[test]
fn an_event_that_was_recorded_afterwards_counts_at_its_moment() {
    let everyone = |_: &_, _: &_| AdmissionReason::Everyone;
    let mut ledger = Ledger::new();
    let mut events: Vec<Event> = Vec::new();
    let at = |text: &str| text.parse::<guichet_licensing::Moment>().unwrap();
    let start = at("2026-10-01T00:00:00Z");
    events.extend(ledger.entitle(&plugin("write"), &seats(2), start));
    for (id, day) in [("a", "20"), ("b", "21"), ("c", "01")] {
        let [open, close] = ["09", "11"].map(|hour| at(&format!("2026-11-{day}T{hour}:00:00Z")));
        events.push(ledger.open(&session(id), &user(id), open).unwrap());
        let taken = ledger.decide_take(&session(id), &plugin("write"), &everyone, open);
        ledger.apply(taken.as_ref().unwrap()).unwrap();
        events.push(taken.unwrap());
        events.extend(
            ledger
                .close(&session(id), CloseReason::Closed, close)
                .unwrap(),
        );
    }
    let report = Report::new(
        &events,
        at("2026-11-01T00:00:00Z"),
        at("2026-11-02T00:00:00Z"),
    );
    let report = report.unwrap();
    let write = of_write(&report);
    assert_eq!(
        (write.granted, write.seat_seconds, write.accounts),
        (1, 2 * 3600, 1)
    );
    assert_eq!(write.peak_users, [user("c")]);
    assert_eq!(report.out_of_order, 4);
    let all = Report::new(&events, start, at("2026-12-01T00:00:00Z")).unwrap();
    let write = of_write(&all);
    assert_eq!((write.granted, write.seat_seconds), (3, 3 * 2 * 3600));
    assert_eq!((write.peak.get(), write.in_use_at_end.get()), (1, 0));
}

/// A reader of a former version closed a session for good, dated 2030; every report after it was
/// blank.
#[test]
fn a_closing_dated_in_the_future_hides_nothing_that_follows() {
    let everyone = |_: &_, _: &_| AdmissionReason::Everyone;
    let mut ledger = Ledger::new();
    let mut events: Vec<Event> = Vec::new();
    events.extend(ledger.entitle(&plugin("write"), &seats(2), minute(0)));
    let future = "2030-01-01T00:00:00Z".parse().unwrap();
    for (id, open, close) in [("a", minute(0), future), ("b", minute(10), minute(20))] {
        events.push(ledger.open(&session(id), &user("Ann"), open).unwrap());
        let taken = ledger.decide_take(&session(id), &plugin("write"), &everyone, open);
        ledger.apply(taken.as_ref().unwrap()).unwrap();
        events.push(taken.unwrap());
        events.extend(
            ledger
                .close(&session(id), CloseReason::Closed, close)
                .unwrap(),
        );
    }
    let report = Report::new(&events, minute(5), minute(30)).unwrap();
    let write = of_write(&report);
    assert_eq!((write.granted, write.peak.get(), write.accounts), (1, 1, 1));
}

#[test]
fn a_clock_that_lags_does_not_turn_time_back() {
    let (_, mut events) = day();
    let shift = events.len() - 4;
    for event in &mut events[shift..] {
        event.at = minute(0); // another machine's clock is slow
    }
    let report = Report::new(&events, minute(0), minute(30)).unwrap();
    let write = of_write(&report);
    assert!(write.curve.is_sorted_by_key(|point| point.at));
    assert_eq!((write.granted, write.in_use_at_end.get()), (3, 2));
}

#[cfg(feature = "chart")]
#[test]
fn the_chart_of_a_day() {
    let (_, events) = day();
    let report = Report::new(&events, minute(0), minute(30)).unwrap();
    let write = of_write(&report);
    insta::assert_snapshot!(guichet_licensing::use_chart(&report, write));
}

#[cfg(feature = "chart")]
#[test]
fn a_chart_holds_no_character_that_xml_cannot_write() {
    let mut ledger = Ledger::new();
    let key = plugin("a\u{fffe}b\u{ffff}c\u{1b}d\u{0}e\u{10ffff}f");
    let events: Vec<Event> = ledger
        .entitle(&key, &seats(1), minute(0))
        .into_iter()
        .collect();
    let report = Report::new(&events, minute(0), minute(1)).unwrap();
    let chart = guichet_licensing::use_chart(&report, &report.plugins[0]);
    let marked = "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fffd}e\u{10ffff}f";
    assert_eq!(chart.matches(marked).count(), 2, "{chart}");
    assert!(
        !chart.contains(['\u{fffe}', '\u{ffff}', '\u{1b}', '\u{0}']),
        "{chart}"
    );
}

#[cfg(feature = "chart")]
#[test]
fn a_chart_of_a_plug_in_with_an_odd_key_is_still_svg() {
    let mut ledger = Ledger::new();
    let key = plugin("<b>&\"'");
    let events: Vec<Event> = ledger
        .entitle(&key, &seats(32_767), minute(0))
        .into_iter()
        .collect();
    let report = Report::new(&events, minute(0), minute(0)).unwrap();
    assert!(report.plugins.is_empty());
    let report = Report::new(&events, minute(0), minute(1)).unwrap();
    let chart = guichet_licensing::use_chart(&report, &report.plugins[0]);
    assert!(!chart.contains("<b>"), "{chart}");
    assert!(!chart.contains("NaN") && !chart.contains("inf"), "{chart}");
    assert!(
        !chart.contains("dashed"),
        "an unlimited number has no line: {chart}"
    );
}
