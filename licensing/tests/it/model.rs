//! The ledger against a plain map, over random histories.
//!
//! Laws: never more seats in use than owned, unless unlimited or lowered under use, and then no new
//! grant; a seat ends with its last session and not before; seats granted = in use + released; the
//! same events make the same ledger.

use std::collections::{BTreeMap, BTreeSet};

use guichet_core::{AdmissionReason, PluginKey, UserName};
use guichet_licensing::{CloseReason, Entitlement, Event, EventKind, Ledger, Limit, Moment, Right};
use jiff::civil::date;
use proptest::prelude::*;

use crate::support::{plugin, session, user};

const USERS: [&str; 5] = ["ann", "bob", "eve", "joe", "zoe"];
const PLUGINS: [&str; 3] = ["write", "view", "barcode"];

#[derive(Debug, Clone)]
enum Step {
    Open {
        session: u8,
        user: usize,
    },
    Close {
        session: u8,
    },
    Take {
        session: u8,
        plugin: usize,
    },
    /// A user enters or leaves the plug-in's group, or the plug-in moves.
    Regroup {
        user: usize,
        plugin: usize,
    },
    Entitle {
        plugin: usize,
        rights: Vec<(u32, Option<u8>)>,
    },
    Wait {
        days: u8,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let right = (
        prop_oneof![5 => 0_u32..4, 1 => Just(32_767)],
        proptest::option::of(0_u8..10),
    );
    prop_oneof![
        3 => (0_u8..8, 0..USERS.len()).prop_map(|(session, user)| Step::Open { session, user }),
        2 => (0_u8..8).prop_map(|session| Step::Close { session }),
        6 => (0_u8..8, 0..PLUGINS.len()).prop_map(|(session, plugin)| Step::Take { session, plugin }),
        1 => (0..USERS.len(), 0..PLUGINS.len()).prop_map(|(user, plugin)| Step::Regroup { user, plugin }),
        1 => (0..PLUGINS.len(), proptest::collection::vec(right, 0..3))
            .prop_map(|(plugin, rights)| Step::Entitle { plugin, rights }),
        1 => (0_u8..3).prop_map(|days| Step::Wait { days }),
    ]
}

/// What a ledger is, written as plainly as can be.
#[derive(Default)]
struct Model {
    sessions: BTreeMap<u8, usize>,
    /// Plug-in and user to the sessions that use the seat.
    seats: BTreeMap<(usize, usize), BTreeSet<u8>>,
    rights: BTreeMap<usize, Vec<(u32, Option<u8>)>>,
    outside: BTreeSet<(usize, usize)>,
    day: u8,
    peak: BTreeMap<usize, (usize, BTreeSet<usize>)>,
    granted: u64,
    released: u64,
}

impl Model {
    fn owned(&self, plugin: usize) -> Option<u32> {
        let rights = self.rights.get(&plugin).into_iter().flatten();
        let valid = rights.filter(|(_, last)| last.is_none_or(|last| self.day <= last));
        valid.map(|(count, _)| *count).try_fold(0, |sum, count| {
            if count == 32_767 {
                None
            } else {
                Some(sum + count)
            }
        })
    }

    fn holders(&self, plugin: usize) -> BTreeSet<usize> {
        let keys = self.seats.keys().filter(|(of, _)| *of == plugin);
        keys.map(|(_, user)| *user).collect()
    }

    fn take(&mut self, session: u8, plugin: usize) -> Option<&'static str> {
        let user = *self.sessions.get(&session)?;
        let seat = self.seats.get(&(plugin, user)).cloned();
        if seat
            .as_ref()
            .is_some_and(|sessions| sessions.contains(&session))
        {
            return Some("already-held");
        }
        if self.outside.contains(&(plugin, user)) {
            return Some("not-entitled");
        }
        if seat.is_none() {
            let in_use = u32::try_from(self.holders(plugin).len()).unwrap();
            match self.owned(plugin) {
                Some(0) => return Some("no-licence"),
                Some(owned) if in_use >= owned => return Some("exhausted"),
                _ => self.granted += 1,
            }
        }
        self.seats
            .entry((plugin, user))
            .or_default()
            .insert(session);
        let holders = self.holders(plugin);
        let peak = self.peak.entry(plugin).or_default();
        if holders.len() > peak.0 {
            *peak = (holders.len(), holders);
        }
        Some(if seat.is_some() {
            "already-held"
        } else {
            "new-seat"
        })
    }

    fn close(&mut self, session: u8) -> Option<usize> {
        self.sessions.remove(&session)?;
        for sessions in self.seats.values_mut() {
            sessions.remove(&session);
        }
        let before = self.seats.len();
        self.seats.retain(|_, sessions| !sessions.is_empty());
        let released = before - self.seats.len();
        self.released += released as u64;
        Some(released)
    }
}

fn moment(day: u8) -> Moment {
    let start: Moment = "2026-11-01T12:00:00Z".parse().unwrap();
    start.plus_seconds(u32::from(day) * 86_400)
}

fn entitlement(rights: &[(u32, Option<u8>)]) -> Entitlement {
    let right = |(count, last): &(u32, Option<u8>)| Right {
        owned: Limit::from_count(*count),
        expires: last.map(|day| date(2026, 11, 1 + i8::try_from(day).unwrap())),
    };
    Entitlement::new(rights.iter().map(right).collect()).unwrap()
}

fn id(number: u8) -> guichet_licensing::SessionId {
    session(&number.to_string())
}

/// Does one step to both, compares the answers, and records the events.
fn both(step: &Step, model: &mut Model, ledger: &mut Ledger, log: &mut Vec<Event>) {
    let at = moment(model.day);
    match step {
        Step::Open { session, user: who } => {
            let expected = !model.sessions.contains_key(session);
            let opened = ledger.open(&id(*session), &user(USERS[*who]), at);
            assert_eq!(opened.is_ok(), expected);
            log.extend(opened);
            model.sessions.entry(*session).or_insert(*who);
        }
        Step::Close { session } => {
            let expected = model.close(*session);
            let events = ledger.close(&id(*session), CloseReason::Closed, at);
            assert_eq!(
                events.as_ref().ok().map(|events| events.len() - 1),
                expected
            );
            log.extend(events.into_iter().flatten());
        }
        Step::Take {
            session,
            plugin: which,
        } => {
            let gate = |name: &UserName, key: &PluginKey| {
                let user = USERS.iter().position(|user| *user == name.as_str());
                let plugin = PLUGINS.iter().position(|plugin| *plugin == key.as_str());
                let asked = plugin.zip(user);
                if asked.is_some_and(|asked| model.outside.contains(&asked)) {
                    AdmissionReason::NotMember
                } else {
                    AdmissionReason::Member
                }
            };
            let key = plugin(PLUGINS[*which]);
            let event = ledger.decide_take(&id(*session), &key, &gate, at);
            let answer = event.ok().map(|event| {
                ledger.apply(&event).unwrap();
                let take = ledger.answer(&event, &gate).unwrap();
                log.push(event);
                take.outcome.as_str()
            });
            assert_eq!(answer, model.take(*session, *which));
        }
        Step::Regroup { user, plugin } => {
            if !model.outside.remove(&(*plugin, *user)) {
                model.outside.insert((*plugin, *user));
            }
        }
        Step::Entitle {
            plugin: which,
            rights,
        } => {
            log.extend(ledger.entitle(&plugin(PLUGINS[*which]), &entitlement(rights), at));
            model.rights.insert(*which, rights.clone());
        }
        Step::Wait { days } => model.day += days,
    }
}

fn compare(model: &Model, ledger: &Ledger) {
    assert!(ledger.is_sound() && ledger.is_settled());
    assert_eq!(ledger.session_count(), model.sessions.len());
    for (which, key) in PLUGINS.iter().enumerate() {
        let Some(found) = ledger.plugin_use(&plugin(key)) else {
            assert!(model.holders(which).is_empty());
            continue;
        };
        let holders: BTreeMap<String, Vec<String>> = found
            .holders()
            .into_iter()
            .map(|holder| {
                let sessions = holder.sessions.iter().map(|s| s.as_str().to_owned());
                (holder.user.as_str().to_owned(), sessions.collect())
            })
            .collect();
        let expected: BTreeMap<String, Vec<String>> = model
            .seats
            .iter()
            .filter(|((of, _), _)| *of == which)
            .map(|((_, user), sessions)| {
                let sessions = sessions.iter().map(u8::to_string).collect();
                (USERS[*user].to_owned(), sessions)
            })
            .collect();
        assert_eq!(holders, expected);
        let peak = found.peak().map(|peak| {
            let names = peak.users.iter().map(|user| user.as_str().to_owned());
            (peak.count.get() as usize, names.collect::<BTreeSet<_>>())
        });
        let expected = model.peak.get(&which).map(|(count, users)| {
            let names = users.iter().map(|user| USERS[*user].to_owned());
            (*count, names.collect::<BTreeSet<_>>())
        });
        assert_eq!(peak, expected);
    }
}

/// What the events alone say, counted by hand: grants above what is owned, seats out of balance.
fn check_laws(log: &[Event], model: &Model) {
    let count = |wanted: fn(&EventKind) -> bool| {
        log.iter().filter(|event| wanted(&event.kind)).count() as u64
    };
    let granted = count(|kind| matches!(kind, EventKind::SeatGranted { .. }));
    let released = count(|kind| matches!(kind, EventKind::SeatReleased { .. }));
    assert_eq!((granted, released), (model.granted, model.released));
    assert_eq!(granted - released, model.seats.len() as u64);
    let mut in_use: BTreeMap<&str, u32> = BTreeMap::new();
    let mut owned: BTreeMap<&str, &Entitlement> = BTreeMap::new();
    for event in log {
        match &event.kind {
            EventKind::EntitlementChanged {
                plugin,
                entitlement,
            } => {
                owned.insert(plugin.as_str(), entitlement);
            }
            EventKind::SeatGranted(seat) => {
                let plugin = seat.plugin.as_str();
                let in_use = in_use.entry(plugin).or_default();
                *in_use += 1;
                let limit = owned[plugin].owned_at(event.at).limit();
                assert!(limit.is_none_or(|limit| *in_use <= limit.get()));
            }
            EventKind::SeatReleased(seat) => {
                *in_use.entry(seat.plugin.as_str()).or_default() -= 1;
            }
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_ledger_is_the_plain_map_that_the_rules_describe(
        steps in proptest::collection::vec(step(), 1..120),
    ) {
        let mut model = Model::default();
        let mut ledger = Ledger::new();
        let mut log = Vec::new();
        for step in &steps {
            both(step, &mut model, &mut ledger, &mut log);
            compare(&model, &ledger);
        }
        check_laws(&log, &model);

        let mut again = Ledger::new();
        for event in &log {
            prop_assert_eq!(again.apply(event), Ok(()));
        }
        prop_assert_eq!(again, ledger);
    }

    #[test]
    fn a_history_with_an_event_left_out_or_twice_is_damaged(
        steps in proptest::collection::vec(step(), 20..80),
        place in any::<prop::sample::Index>(),
        twice in any::<bool>(),
    ) {
        let mut model = Model::default();
        let mut ledger = Ledger::new();
        let mut log = Vec::new();
        for step in &steps {
            both(step, &mut model, &mut ledger, &mut log);
        }
        prop_assume!(log.len() > 1);
        let place = place.index(log.len() - 1);
        if twice {
            let event = log[place].clone();
            log.insert(place, event);
        } else {
            log.remove(place);
        }
        let mut again = Ledger::new();
        prop_assert!(log.iter().any(|event| again.apply(event).is_err()));
    }
}
