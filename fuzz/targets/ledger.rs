//! Any history of sessions and seats: never more seats than are owned, and the events alone make
//! the same ledger again.

#![no_main]

use guichet_core::{
    Credential, Directory, DirectoryBuilder, Grantee, GroupHandle, GroupName, Membership,
    PluginKey, UserHandle, UserName,
};
use guichet_licensing::{
    Admission, CloseReason, Entitlement, Event, Ledger, Limit, Moment, SessionId, TakeOutcome,
};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

const USERS: [&str; 4] = ["Ann", "Bob", "Eve", "Zoe"];
const PLUGINS: [&str; 2] = ["write", "view"];

#[derive(Debug, Arbitrary)]
enum Step {
    Open { session: u8, user: u8 },
    Close { session: u8 },
    Take { session: u8, plugin: u8 },
    Entitle { plugin: u8, seats: u8 },
    Wait { seconds: u32 },
}

/// Direct membership: here nobody is nested.
struct Direct<'a>(&'a Directory);

impl Membership for Direct<'_> {
    fn is_member(&self, user: UserHandle, group: GroupHandle) -> bool {
        self.0
            .group(group)
            .is_some_and(|group| group.users().contains(&user))
    }

    fn membership_path(&self, user: UserHandle, group: GroupHandle) -> Option<Vec<GroupHandle>> {
        self.is_member(user, group).then(|| vec![group])
    }
}

/// `write` for Ann and Bob, `view` for everyone.
fn directory() -> Directory {
    let mut builder = DirectoryBuilder::new();
    let designer = builder.as_directory().designer();
    builder.credential(designer, Credential::from_stored("?"));
    for name in USERS {
        builder.user(UserName::from_stored(name));
    }
    let writers = builder.group(GroupName::from_stored("Writers"));
    builder.members_of(writers).user("Ann");
    builder.members_of(writers).user("Bob");
    builder.grant_plugin(&PluginKey::from_stored("write"), &Grantee::parse("Writers"));
    builder.finish()
}

fuzz_target!(|steps: Vec<Step>| {
    let directory = directory();
    let membership = Direct(&directory);
    let gate = Admission::new(&directory, &membership);
    let session = |number: u8| SessionId::new(&format!("s{}", number % 8)).expect("legal");
    let plugin = |number: u8| PluginKey::from_stored(PLUGINS[usize::from(number) % PLUGINS.len()]);
    let mut now = Moment::from_microseconds(1_000_000).expect("in range");
    let mut ledger = Ledger::new();
    let mut events: Vec<Event> = Vec::new();
    for step in steps {
        match step {
            Step::Open {
                session: number,
                user,
            } => {
                let user = UserName::from_stored(USERS[usize::from(user) % USERS.len()]);
                events.extend(ledger.open(&session(number), &user, now));
            }
            Step::Close { session: number } => {
                let closed = ledger.close(&session(number), CloseReason::Closed, now);
                events.extend(closed.ok().into_iter().flatten());
            }
            Step::Take {
                session: number,
                plugin: which,
            } => {
                let plugin = plugin(which);
                let before = ledger.plugin_use(&plugin).map(|of| of.in_use().get());
                if let Ok(event) = ledger.decide_take(&session(number), &plugin, &gate, now) {
                    ledger.apply(&event).expect("what was decided can be made");
                    let take = ledger
                        .answer(&event, &gate)
                        .expect("a request has an answer");
                    if take.outcome == TakeOutcome::Granted {
                        let of = ledger.plugin_use(&plugin).expect("it was just used");
                        assert_eq!(of.in_use().get(), before.unwrap_or(0) + 1);
                        assert!(
                            of.owned_at(now)
                                .limit()
                                .is_none_or(|limit| of.in_use() <= limit)
                        );
                    }
                    events.push(event);
                }
            }
            Step::Entitle {
                plugin: which,
                seats,
            } => {
                let owned = Limit::from_count(u32::from(seats % 4));
                events.extend(ledger.entitle(&plugin(which), &Entitlement::from_limit(owned), now));
            }
            Step::Wait { seconds } => now = now.plus_seconds(seconds % 100_000),
        }
        assert!(ledger.is_sound());
    }
    let mut replayed = Ledger::new();
    for event in &events {
        replayed
            .apply(event)
            .expect("what happened can be replayed");
    }
    assert_eq!(replayed, ledger);
});
