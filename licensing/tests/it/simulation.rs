//! A trace played again: with the recorded conditions it is the record; with others it shows what
//! they would have changed.

use guichet_core::{AdmissionReason, PluginKey, UserName};
use guichet_licensing::{
    Admission, CloseReason, Entitled, Entitlement, Event, Ledger, Limit, Refusal, Scenario,
    SeatCount, Share, Simulation, Trace, TraceAction, TraceStep,
};
use proptest::prelude::*;

use crate::support::{Naive, directory, minute, plugin, seats, session, user};

fn everyone(_: &UserName, _: &PluginKey) -> AdmissionReason {
    AdmissionReason::Everyone
}

/// A history of one plug-in: sessions of five accounts that open, ask and close.
pub(crate) fn history(owned: u32, steps: &[(u8, u8)]) -> Vec<Event> {
    let mut ledger = Ledger::new();
    let mut events = Vec::new();
    events.extend(ledger.entitle(&plugin("write"), &seats(owned), minute(0)));
    for (at, (action, number)) in (1..).zip(steps) {
        let id = session(&number.to_string());
        let at = minute(at);
        match action {
            0 => events.extend(ledger.open(&id, &user(&format!("u{}", number % 5)), at)),
            1 => events.extend(
                ledger
                    .close(&id, CloseReason::Closed, at)
                    .unwrap_or_default(),
            ),
            _ => {
                if let Ok(event) = ledger.decide_take(&id, &plugin("write"), &everyone, at) {
                    ledger.apply(&event).unwrap();
                    events.push(event);
                }
            }
        }
    }
    events
}

pub(crate) fn steps() -> impl Strategy<Value = Vec<(u8, u8)>> {
    proptest::collection::vec((0_u8..5, 0_u8..9), 1..150)
}

fn play(trace: &Trace, owned: Limit) -> Simulation {
    let scenario = Scenario::default().with_seats(&plugin("write"), Entitlement::from_limit(owned));
    Simulation::new(trace, &scenario)
}

fn step(at: u32, action: TraceAction) -> TraceStep {
    TraceStep {
        at: minute(at),
        action,
    }
}

/// Opens a session; `ann 2` is the second one of Ann.
fn open(id: &str) -> TraceAction {
    TraceAction::Open {
        session: session(id),
        user: user(id.split(' ').next().unwrap_or(id)),
    }
}

fn ask(id: &str) -> TraceAction {
    TraceAction::Ask {
        session: session(id),
        plugin: plugin("write"),
        entitled: true,
    }
}

fn close(id: &str) -> TraceAction {
    TraceAction::Close {
        session: session(id),
        reason: CloseReason::Closed,
    }
}

proptest! {
    #[test]
    fn the_recorded_conditions_give_the_record(owned in 0_u32..4, steps in steps()) {
        let events = history(owned, &steps);
        let mut ledger = Ledger::new();
        for event in &events {
            ledger.apply(event).unwrap();
        }
        let trace = Trace::from_events(events).unwrap();
        let simulation = Simulation::new(&trace, &Scenario::default());
        let write = simulation.plugin(&plugin("write")).unwrap();
        let found = ledger.plugin_use(&plugin("write")).unwrap();
        prop_assert_eq!(write.granted, found.granted());
        prop_assert_eq!(write.held, found.held());
        prop_assert_eq!(write.refusals, found.refusals());
        prop_assert_eq!(write.in_use_at_end, found.in_use());
        prop_assert_eq!(write.peak_at, found.peak().map(|peak| peak.at));
    }

    #[test]
    fn the_smallest_number_of_seats_is_the_first_that_suffices(
        owned in 0_u32..4,
        steps in steps(),
        millionths in 0_u32..1_000_000,
    ) {
        let trace = Trace::from_events(history(owned, &steps)).unwrap();
        let all_but_one = |user: &UserName, _: &PluginKey| match user.as_str() {
            "u4" => AdmissionReason::Nobody,
            _ => AdmissionReason::Everyone,
        };
        let scenario = Scenario { entitled: Entitled::By(&all_but_one), ..Scenario::default() };
        for share in [Share::NONE, Share::from_millionths(millionths).unwrap(), Share::ALL] {
            let suffices = |count: &u32| {
                let scenario = scenario.clone().with_seats(&plugin("write"), seats(*count));
                let simulation = Simulation::new(&trace, &scenario);
                let write = simulation.plugin(&plugin("write")).unwrap();
                share.allows(write.short(), write.entitled())
            };
            let expected = (0..=9).find(suffices).unwrap();
            let found = Simulation::smallest_seats(&trace, &scenario, &plugin("write"), share);
            prop_assert_eq!(found.get(), expected);
        }
    }
}

/// A bug that happened: the smallest number was found by halving, as though more seats never refused more.
#[test]
fn one_more_seat_can_refuse_more() {
    let mut actions = vec![
        open("ann"),
        open("bob"),
        ask("bob"),
        open("ann 2"),
        ask("ann"), // refused with one seat; with two she holds it until both her sessions end
        open("eve"),
        close("bob"),
        ask("ann 2"),
        ask("eve"),
        open("bob 2"),
        close("ann 2"),
    ];
    actions.extend((0..5).map(|_| ask("bob 2")));
    actions.extend(["bob 2", "ann", "eve"].map(close));
    let crowd = ["cleo", "dora", "finn", "gus", "hal"];
    actions.extend(crowd.into_iter().flat_map(|id| [open(id), ask(id)]));
    let steps = (1..).zip(actions).map(|(at, action)| step(at, action));
    let trace = Trace::new(steps.collect()).unwrap();
    let short = |seats: u32| {
        let simulation = play(&trace, Limit::Seats(SeatCount::new(seats)));
        simulation.plugin(&plugin("write")).unwrap().short()
    };
    assert_eq!([0, 1, 2, 3, 4, 5].map(short), [14, 6, 8, 2, 1, 0]);
    let smallest = |share: &str| {
        let share = share.parse().unwrap();
        let write = plugin("write");
        Simulation::smallest_seats(&trace, &Scenario::default(), &write, share).get()
    };
    assert_eq!(
        ["0%", "10%", "15%", "45%", "60%", "100%"].map(smallest),
        [5, 4, 3, 1, 1, 0]
    );
}

#[test]
fn moving_people_out_of_the_group_frees_nothing_until_their_sessions_end() {
    // Ann and Bob hold the two seats all day; at minute 10 they leave the group, Eve enters it.
    let trace = Trace::new(vec![
        step(1, open("ann")),
        step(1, open("bob")),
        step(1, open("eve")),
        step(2, ask("ann")),
        step(3, ask("bob")),
        step(11, ask("ann")),
        step(12, ask("eve")),
        step(20, close("bob")),
        step(21, ask("eve")),
    ]);
    let trace = trace.unwrap();
    let grants = &[("write", "Writers")];
    let (before, after) = (
        directory("Writers: ann bob; Rest: eve", grants),
        directory("Writers: eve; Rest: ann bob", grants),
    );
    let (naive_before, naive_after) = (Naive(&before), Naive(&after));
    let (before, after) = (
        Admission::new(&before, &naive_before),
        Admission::new(&after, &naive_after),
    );
    let scenario = Scenario {
        entitled: Entitled::Changed {
            before: &before,
            at: minute(10),
            after: &after,
        },
        ..Scenario::default()
    };
    let scenario = scenario.with_seats(&plugin("write"), seats(2));
    let simulation = Simulation::new(&trace, &scenario);
    let write = simulation.plugin(&plugin("write")).unwrap();
    assert_eq!(
        write.refusals.of(Refusal::Exhausted),
        1,
        "Eve at minute 12: no seat was freed"
    );
    assert_eq!(write.held, 1, "Ann at minute 11 keeps hers");
    assert_eq!(
        write.granted, 3,
        "Eve at minute 21, after Bob's session ended"
    );
    assert_eq!(write.refusals.of(Refusal::NotEntitled), 0);
}

#[test]
fn a_request_at_the_moment_of_the_change_is_answered_by_the_new_directory() {
    let trace = Trace::from_events(history(3, &[(0, 1), (4, 1), (0, 2), (4, 2)])).unwrap();
    let before = |_: &UserName, _: &PluginKey| AdmissionReason::Everyone;
    let after = |_: &UserName, _: &PluginKey| AdmissionReason::Nobody;
    let not_entitled = |change: u32| {
        let scenario = Scenario {
            entitled: Entitled::Changed {
                before: &before,
                at: minute(change),
                after: &after,
            },
            ..Scenario::default()
        };
        let simulation = Simulation::new(&trace, &scenario);
        let write = simulation.plugin(&plugin("write")).unwrap();
        write.refusals.of(Refusal::NotEntitled)
    };
    // the requests are made at minutes 2 and 4
    assert_eq!([0, 2, 3, 4, 5].map(not_entitled), [2, 2, 1, 1, 0]);
}

#[test]
fn seats_of_a_scenario_count_whatever_the_trace_says_of_them() {
    let trace = Trace::from_events(history(0, &[(0, 1), (4, 1)])).unwrap();
    let simulation = play(&trace, Limit::from_count(1));
    assert_eq!(simulation.plugin(&plugin("write")).unwrap().granted, 1);
    assert_eq!(simulation.plugin(&plugin("view")), None);
    let recorded = Simulation::new(&trace, &Scenario::default());
    let write = recorded.plugin(&plugin("write")).unwrap();
    assert_eq!(
        (write.refusals.of(Refusal::NoLicence), write.short()),
        (1, 1)
    );
    assert_eq!((write.asked, write.entitled()), (1, 1));
}

#[test]
fn another_directory_changes_who_is_refused() {
    let events = history(3, &[(0, 1), (0, 2), (4, 1), (4, 2)]);
    let trace = Trace::from_events(events).unwrap();
    let nobody = |_: &UserName, _: &PluginKey| AdmissionReason::Nobody;
    let scenario = Scenario {
        entitled: Entitled::By(&nobody),
        ..Scenario::default()
    };
    let simulation = Simulation::new(&trace, &scenario);
    let write = simulation.plugin(&plugin("write")).unwrap();
    assert_eq!(
        (write.granted, write.refusals.of(Refusal::NotEntitled)),
        (0, 2)
    );
    assert_eq!(write.entitled(), 0);
}

#[test]
fn a_trace_opens_its_sessions_before_they_ask() {
    let events = history(1, &[(0, 1), (4, 1), (1, 1)]);
    let broken = Trace::from_events(events[2..].to_vec()).unwrap_err();
    assert_eq!(broken.index, 0);
    assert_eq!(Trace::from_events(events.clone()).unwrap().steps().len(), 4);
    let twice = [events[1].clone(), events[1].clone()];
    assert_eq!(Trace::from_events(twice).unwrap_err().index, 1);
    let closed_twice = [0, 1, 3, 3].map(|place| events[place].clone());
    assert_eq!(Trace::from_events(closed_twice).unwrap_err().index, 3);
    let asked_after = [0, 1, 3, 2].map(|place| events[place].clone());
    assert_eq!(Trace::from_events(asked_after).unwrap_err().index, 3);
    let opened_again = [0, 1, 3, 1].map(|place| events[place].clone());
    assert!(Trace::from_events(opened_again).is_ok());
}

#[test]
fn shares_are_percentages() {
    for (text, millionths) in [
        ("0", 0),
        ("100%", 1_000_000),
        ("0.0001%", 1),
        ("12.5", 125_000),
    ] {
        assert_eq!(
            text.parse().ok(),
            Share::from_millionths(millionths),
            "{text}"
        );
    }
    for text in [
        "",
        "%",
        "-1",
        "101%",
        "1.00001%",
        "1,5%",
        "１%",
        "+1%",
        "1.+5%",
        ".5%",
        "100.0001%",
        "1%%",
    ] {
        assert!(text.parse::<Share>().is_err(), "{text}");
    }
    assert_eq!(Share::from_millionths(1_000_001), None);
    assert_eq!(Share::ALL.to_string(), "100%");
    assert_eq!(Share::from_millionths(1).unwrap().to_string(), "0.0001%");
}

#[test]
fn a_share_allows_up_to_its_part_of_the_whole() {
    let share = |text: &str| -> Share { text.parse().unwrap() };
    for (text, part, whole, allowed) in [
        ("2.5%", 25, 1_000, true),
        ("2.5%", 26, 1_000, false),
        ("33.3333%", 1, 3, false),
        ("33.3334%", 1, 3, true),
        ("0%", 0, 9, true),
        ("0%", 1, u64::MAX, false),
        ("100%", u64::MAX, u64::MAX, true),
        ("50%", 0, 0, true),
    ] {
        assert_eq!(
            share(text).allows(part, whole),
            allowed,
            "{part} of {whole}, {text}"
        );
    }
}

/// Each plug-in once played the whole trace: twice the plug-ins took four times as long.
#[test]
fn each_request_is_asked_once_more_to_size_every_plug_in() {
    let questions = |plugins: u32| {
        let asked = std::cell::Cell::new(0_u32);
        let gate = |_: &UserName, _: &PluginKey| {
            asked.set(asked.get() + 1);
            AdmissionReason::Everyone
        };
        let mut steps = vec![step(0, open("ann"))];
        for number in 0..plugins {
            let id = format!("s{number}");
            steps.push(step(1, open(&id)));
            for session_id in [id.as_str(), "ann"] {
                steps.push(step(
                    2,
                    TraceAction::Ask {
                        session: session(session_id),
                        plugin: plugin(&format!("p{number}")),
                        entitled: true,
                    },
                ));
            }
        }
        let scenario = Scenario {
            entitled: Entitled::By(&gate),
            ..Scenario::default()
        };
        let trace = Trace::new(steps).unwrap();
        let each = Simulation::smallest_seats_of_each(&trace, &scenario, Share::NONE);
        assert!(each.iter().all(|(_, seats)| seats.get() == 2));
        assert_eq!(each.len(), plugins as usize);
        asked.get()
    };
    assert_eq!([100, 200, 400].map(questions), [200, 400, 800]);
}

proptest! {
    #[test]
    fn a_plug_in_is_sized_by_its_part_of_the_trace_as_by_the_whole(
        owned in 0_u32..4,
        steps in steps(),
    ) {
        let trace = Trace::from_events(history(owned, &steps)).unwrap();
        let scenario = Scenario::default();
        for share in [Share::NONE, "20%".parse().unwrap(), "50%".parse().unwrap()] {
            let each = Simulation::smallest_seats_of_each(&trace, &scenario, share);
            for (key, seats) in each {
                let with = scenario.clone().with_seats(&key, Entitlement::from_limit(Limit::Seats(seats)));
                let played = Simulation::new(&trace, &with);
                let found = played.plugin(&key).unwrap();
                prop_assert!(share.allows(found.short(), found.entitled()));
                prop_assert_eq!(seats, Simulation::smallest_seats(&trace, &scenario, &key, share));
            }
        }
    }
}
