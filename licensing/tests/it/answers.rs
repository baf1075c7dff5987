//! What people ask of a ledger: status, explanation, plan.

use guichet_core::GroupName;
use guichet_licensing::{
    Admission, CloseReason, Entitlements, Event, Explanation, Ledger, Owned, Plan, PluginCatalogue,
    Refusal, Rule, SeatCount, Status,
};

use crate::support::{Naive, directory, minute, plugin, seats, session, user};

const GROUPS: &str = "Accounting: Finance joe; Finance: Management bob; Management: ann";
const GRANTS: &[(&str, &str)] = &[("write", "Accounting"), ("view", "Finance"), ("oci", "")];

/// A day at the office: every request with its minute.
pub(crate) fn day() -> (Ledger, Vec<Event>) {
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
    let status = Status::new(&ledger, &PluginCatalogue::default(), &gate, minute(60));
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
    assert_eq!(
        (write.refused, write.refusals.of(Refusal::Exhausted)),
        (1, 1)
    );
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
    let mut status = Status::new(&ledger, &PluginCatalogue::default(), &gate, minute(60));
    status.plugins.retain(|plugin| plugin.peak.get() > 0);
    insta::assert_snapshot!(serde_json::to_string_pretty(&status).unwrap());
}

fn explain(groups: &str, name: &str, key: &str) -> Explanation {
    let (ledger, events) = day();
    let directory = directory(groups, GRANTS);
    let naive = Naive(&directory);
    let gate = Admission::new(&directory, &naive);
    Explanation::new(
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
        (GROUPS, "bob", "write", Rule::Refused(Refusal::Exhausted)),
        (GROUPS, "bob", "oci", Rule::Refused(Refusal::NotEntitled)),
        (GROUPS, "bob", "web", Rule::Refused(Refusal::NoLicence)),
    ];
    for (groups, name, key, rule) in cases {
        assert_eq!(explain(groups, name, key).rule, rule, "{name} {key}");
    }
    let (mut ledger, _) = day();
    ledger.entitle(&plugin("write"), &seats(3), minute(50));
    let directory = directory(GROUPS, GRANTS);
    let naive = Naive(&directory);
    let gate = Admission::new(&directory, &naive);
    let free = Explanation::new(
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
    Plan::new(&PluginCatalogue::default(), &owned, &gate, minute(0))
}

#[test]
fn a_plan_counts_entitled_accounts_through_nesting_against_seats() {
    let plan = plan(GROUPS, &[("write", 2), ("view", 5), ("web", 32_767)]);
    let demand: Vec<(&str, u32, Option<u32>)> = plan
        .plugins
        .iter()
        .map(|p| {
            (
                p.plugin.as_str(),
                p.entitled.get(),
                p.short.map(SeatCount::get),
            )
        })
        .collect();
    assert_eq!(
        demand,
        [
            ("web", 5, Some(0)), // everyone, the two built-in users among them
            ("soap", 5, None),
            ("oci", 0, None),
            ("write", 3, Some(1)),
            ("view", 2, Some(0)),
            ("odbcPro", 5, None),
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
    assert_eq!(
        (write.short_before, write.short_after),
        (Some(SeatCount::new(1)), Some(SeatCount::new(1)))
    );
}
