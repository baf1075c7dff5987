//! What people ask of a ledger: status, explanation, plan, report.

use guichet_core::GroupName;
use guichet_licensing::{
    Admission, CloseReason, Entitlements, Event, Explanation, Ledger, Owned, Plan, PluginCatalogue,
    Report, Rule, Status,
};

use crate::support::{Naive, directory, minute, plugin, seats, session, user};

const GROUPS: &str = "Accounting: Finance joe; Finance: Management bob; Management: ann";
const GRANTS: &[(&str, &str)] = &[("write", "Accounting"), ("view", "Finance"), ("oci", "")];

/// A day at the office: every request with its minute.
fn day() -> (Ledger, Vec<Event>) {
    let directory = directory(GROUPS, GRANTS);
    let naive = Naive(&directory);
    let gate = Admission::new(&directory, &naive);
    let mut ledger = Ledger::new();
    let mut events = Vec::new();
    events.extend(ledger.entitle(&plugin("write"), &seats(2), minute(0)));
    events.extend(ledger.entitle(&plugin("view"), &seats(1), minute(0)));
    let mut at = 1;
    let mut step = |ledger: &mut Ledger, what: &str, id: &str, name: &str| {
        at += 1;
        let (id, at) = (session(id), minute(at));
        match what {
            "open" => events.push(ledger.open(&id, &user(name), at).unwrap()),
            "close" => events.extend(ledger.close(&id, CloseReason::Closed, at).unwrap()),
            key => {
                let event = ledger.decide_take(&id, &plugin(key), &gate, at).unwrap();
                ledger.apply(&event).unwrap();
                events.push(event);
            }
        }
    };
    for (what, id, name) in [
        ("open", "a", "ann"),
        ("open", "b", "bob"),
        ("open", "j", "joe"),
        ("write", "a", ""),
        ("write", "b", ""),
        ("write", "j", ""), // exhausted
        ("view", "j", ""),  // not entitled
        ("close", "b", ""),
        ("write", "j", ""),
        ("open", "a2", "Ann"),
        ("write", "a2", ""), // shares the seat
        ("close", "a", ""),
        ("view", "a2", ""),
    ] {
        step(&mut ledger, what, id, name);
    }
    (ledger, events)
}

#[test]
fn the_status_names_holders_refusals_and_the_exact_peak() {
    let (ledger, _) = day();
    let after = directory("Accounting: joe; Finance: ; Management: ann", GRANTS);
    let naive = Naive(&after);
    let gate = Admission::new(&after, &naive);
    let status = Status::of(&ledger, &PluginCatalogue::default(), &gate, minute(60));
    let write = status
        .plugins
        .iter()
        .find(|p| p.plugin == plugin("write"))
        .unwrap();
    assert_eq!(write.owned, Owned::from_count(2));
    assert_eq!(write.in_use.get(), 2);
    let holders: Vec<(&str, bool)> = write
        .holders
        .iter()
        .map(|holder| (holder.user.as_str(), holder.entitled_now))
        .collect();
    assert_eq!(holders, [("Ann", false), ("joe", true)]);
    assert_eq!((write.refused, write.refusals.exhausted), (1, 1));
    assert_eq!((write.peak.get(), write.peak_at), (2, Some(minute(6))));
    assert_eq!(write.peak_users, [user("Ann"), user("bob")]);
}

#[cfg(feature = "serde")]
#[test]
fn the_status_as_json() {
    let (ledger, _) = day();
    let directory = directory(GROUPS, GRANTS);
    let naive = Naive(&directory);
    let gate = Admission::new(&directory, &naive);
    let mut status = Status::of(&ledger, &PluginCatalogue::default(), &gate, minute(60));
    status.plugins.retain(|plugin| plugin.peak.get() > 0);
    insta::assert_snapshot!(serde_json::to_string_pretty(&status).unwrap());
}

fn explain(groups: &str, name: &str, key: &str) -> Explanation {
    let (ledger, events) = day();
    let directory = directory(groups, GRANTS);
    let naive = Naive(&directory);
    let gate = Admission::new(&directory, &naive);
    Explanation::of(
        &ledger,
        events,
        &gate,
        &user(name),
        &plugin(key),
        minute(60),
    )
}

#[cfg(feature = "serde")]
#[test]
fn an_explanation_as_json() {
    let explanation = explain(GROUPS, "ann", "write");
    insta::assert_snapshot!(serde_json::to_string_pretty(&explanation).unwrap());
}

#[test]
fn an_explanation_names_the_rule_that_applies() {
    let left = "Accounting: joe; Finance: bob; Management: ann";
    let cases = [
        (GROUPS, "ann", "write", Rule::Holds),
        (left, "ann", "write", Rule::HoldsToSessionEnd),
        (
            GROUPS,
            "bob",
            "write",
            Rule::Refused(guichet_licensing::Refusal::Exhausted),
        ),
        (
            GROUPS,
            "bob",
            "oci",
            Rule::Refused(guichet_licensing::Refusal::NotEntitled),
        ),
        (
            GROUPS,
            "bob",
            "web",
            Rule::Refused(guichet_licensing::Refusal::NoLicence),
        ),
    ];
    for (groups, name, key, rule) in cases {
        assert_eq!(explain(groups, name, key).rule, rule, "{name} {key}");
    }
    let (mut ledger, _) = day();
    ledger.entitle(&plugin("write"), &seats(3), minute(50));
    let directory = directory(GROUPS, GRANTS);
    let naive = Naive(&directory);
    let gate = Admission::new(&directory, &naive);
    let free = Explanation::of(
        &ledger,
        [],
        &gate,
        &user("bob"),
        &plugin("write"),
        minute(60),
    );
    assert_eq!(free.rule, Rule::Free);
}

#[test]
fn an_explanation_holds_the_accounts_own_events_in_order() {
    let explanation = explain(GROUPS, "joe", "write");
    let kinds: Vec<&str> = explanation.events.iter().map(|e| e.kind.as_str()).collect();
    assert_eq!(
        kinds,
        [
            "entitlement-changed",
            "session-opened",
            "seat-refused",
            "seat-granted"
        ]
    );
    let refused = explain(GROUPS, "bob", "write");
    assert_eq!(refused.holders, [user("Ann"), user("joe")]);
    let path = refused.path.unwrap();
    let path: Vec<&str> = path.iter().map(GroupName::as_str).collect();
    assert_eq!(path, ["Finance", "Accounting"]);
}

fn plan(groups: &str, owned: &[(&str, u32)]) -> Plan {
    let directory = directory(groups, GRANTS);
    let naive = Naive(&directory);
    let gate = Admission::new(&directory, &naive);
    let owned = owned
        .iter()
        .map(|(key, count)| (plugin(key), seats(*count)));
    let owned: Entitlements = owned.collect();
    Plan::of(&PluginCatalogue::default(), &owned, &gate, minute(0))
}

#[test]
fn a_plan_counts_entitled_accounts_through_nesting_against_seats() {
    let plan = plan(GROUPS, &[("write", 2), ("view", 5), ("web", 32_767)]);
    let demand: Vec<(&str, u32, u32)> = plan
        .plugins
        .iter()
        .map(|p| (p.plugin.as_str(), p.entitled.get(), p.short.get()))
        .collect();
    assert_eq!(
        demand,
        [
            ("web", 5, 0), // everyone, the two built-in users among them
            ("soap", 5, 5),
            ("oci", 0, 0),
            ("write", 3, 1),
            ("view", 2, 0),
            ("odbcPro", 5, 5),
        ]
    );
}

#[test]
fn a_plan_tells_what_a_change_of_the_directory_does_to_demand() {
    let before = plan(GROUPS, &[("write", 2)]);
    let after = plan(
        "Accounting: joe zoe; Finance: bob; Management: ann",
        &[("write", 1)],
    );
    let change = before.change_to(&after);
    let write = change
        .plugins
        .iter()
        .find(|p| p.plugin == plugin("write"))
        .unwrap();
    assert_eq!(write.gained, [user("zoe")]);
    assert_eq!(write.lost, [user("ann"), user("bob")]);
    assert_eq!(
        (write.entitled_before.get(), write.entitled_after.get()),
        (3, 2)
    );
    assert_eq!((write.short_before.get(), write.short_after.get()), (1, 1));
}

#[test]
fn a_report_counts_between_its_moments_only() {
    let (_, events) = day();
    let report = Report::of(&events, minute(7), minute(12)).unwrap();
    let write = report
        .plugins
        .iter()
        .find(|p| p.plugin == plugin("write"))
        .unwrap();
    assert_eq!(
        (write.in_use_at_start.get(), write.in_use_at_end.get()),
        (2, 2)
    );
    assert_eq!((write.granted, write.held), (1, 0));
    assert_eq!(write.refusals.exhausted, 1);
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
    let report = Report::of(&events, minute(0), minute(30)).unwrap();
    let mut text = Report::columns().join(";");
    for row in report.rows() {
        text.push('\n');
        text.push_str(&row.join(";"));
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_report_of_two_halves_adds_up_to_the_whole() {
    let (_, events) = day();
    let whole = Report::of(&events, minute(0), minute(30)).unwrap();
    for middle in 0..=30 {
        let first = Report::of(&events, minute(0), minute(middle)).unwrap();
        let second = Report::of(&events, minute(middle), minute(30)).unwrap();
        for plugin in &whole.plugins {
            let find = |report: &Report| {
                let found = report.plugins.iter().find(|p| p.plugin == plugin.plugin);
                found.cloned()
            };
            let (first, second) = (find(&first), find(&second));
            let sum = |field: fn(&guichet_licensing::PluginReport) -> u64| {
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
    let before = Report::of(&events, minute(0).plus_seconds(0), minute(0)).unwrap();
    assert!(before.plugins.is_empty());
    let after = Report::of(&events, minute(50), minute(60)).unwrap();
    let write = after
        .plugins
        .iter()
        .find(|p| p.plugin == plugin("write"))
        .unwrap();
    assert_eq!((write.granted, write.peak.get()), (0, 2));
    assert_eq!(write.seat_seconds, 2 * 600);
    assert!(
        Report::of(&[], minute(0), minute(9))
            .unwrap()
            .plugins
            .is_empty()
    );
    assert!(Report::of(&events[1..], minute(0), minute(9)).is_err());
}

#[test]
fn a_clock_that_lags_does_not_turn_time_back() {
    let (_, mut events) = day();
    let shift = events.len() - 4;
    for event in &mut events[shift..] {
        event.at = minute(0); // another machine's clock is slow
    }
    let report = Report::of(&events, minute(0), minute(30)).unwrap();
    let write = report
        .plugins
        .iter()
        .find(|p| p.plugin == plugin("write"))
        .unwrap();
    assert!(write.curve.is_sorted_by_key(|point| point.at));
    assert_eq!((write.granted, write.in_use_at_end.get()), (3, 2));
}

#[cfg(feature = "chart")]
#[test]
fn the_chart_of_a_day() {
    let (_, events) = day();
    let report = Report::of(&events, minute(0), minute(30)).unwrap();
    let write = report
        .plugins
        .iter()
        .find(|p| p.plugin == plugin("write"))
        .unwrap();
    insta::assert_snapshot!(guichet_licensing::use_chart(&report, write));
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
    let report = Report::of(&events, minute(0), minute(0)).unwrap();
    assert!(report.plugins.is_empty());
    let report = Report::of(&events, minute(0), minute(1)).unwrap();
    let chart = guichet_licensing::use_chart(&report, &report.plugins[0]);
    assert!(!chart.contains("<b>"), "{chart}");
    assert!(!chart.contains("NaN") && !chart.contains("inf"), "{chart}");
    assert!(
        !chart.contains("dashed"),
        "an unlimited number has no line: {chart}"
    );
}
