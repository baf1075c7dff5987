//! Sessions and seats, with the gate of the view that counts now.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use std::num::NonZeroU32;
use std::thread;

use guichet::core::{PluginKey, UserName};
use guichet::licensing::sqlite::Life;
use guichet::licensing::{Entitled, Entitlement, Entitlements, Limit, Owned, SessionId, Share};
use guichet::{Change, Clock, Editor, Expected, Moment, Project, ProjectLedger, Replay, Replayed};

use crate::support::Shop;

fn write() -> PluginKey {
    PluginKey::from_stored("write")
}

fn user(name: &str) -> UserName {
    UserName::from_stored(name)
}

/// Opens a session for a user and asks for a seat of 4D Write.
fn ask(ledger: &ProjectLedger, name: &str) -> (SessionId, &'static str) {
    let session = ledger.open_session(&user(name), None, &Life::until_closed());
    let session = session.unwrap().session;
    let outcome = ledger.take(&session, &write()).unwrap().outcome;
    (session, outcome.as_str())
}

fn at(text: &str) -> Moment {
    text.parse().unwrap()
}

#[test]
fn a_seat_is_asked_of_the_view_that_counts_when_it_is_taken() {
    let shop = Shop::new();
    let project = shop.open();
    let ledger = project.ledger().unwrap();
    assert_eq!(
        ledger.path(),
        Some(shop.path("Data/Guichet/seats.sqlite").as_path())
    );
    assert_eq!(ask(&ledger, "Zoé Martin").1, "not-entitled");

    let change = Change::GrantPlugin {
        plugin: write(),
        grantee: guichet::Grantee::Everyone,
    };
    project
        .apply(&Editor::Designer, &[change], Expected::Any)
        .unwrap();
    let (session, outcome) = ask(&ledger, "Zoé Martin");
    assert_eq!(outcome, "new-seat");
    assert_eq!(ask(&ledger, "Ann Lee").1, "new-seat");
    assert_eq!(ask(&ledger, "Paul Durand").1, "exhausted");
    let closed = ledger.close_session(&session).unwrap();
    assert_eq!(
        (closed.user, closed.freed),
        (user("Zoé Martin"), vec![write()])
    );
    assert_eq!(ask(&ledger.clone(), "Paul Durand").1, "new-seat");

    let status = ledger.standing().unwrap().status();
    let of_write = status
        .plugins
        .iter()
        .find(|plugin| plugin.plugin == write())
        .unwrap();
    assert_eq!((of_write.in_use.get(), of_write.refused), (2, 2));
}

#[test]
fn reading_writes_nothing_and_shows_what_has_ended() {
    let shop = Shop::new();
    let nine = at("2026-11-21T09:00:00Z");
    let options = || Project::options().clock(Clock::At(nine));
    let ledger = options().open(shop.root()).unwrap().ledger().unwrap();
    assert!(ledger.standing().unwrap().sessions().is_empty());
    assert!(
        !shop.path("Data/Guichet").exists(),
        "reading makes no ledger"
    );

    let life = Life::until_closed().with_heartbeat(NonZeroU32::new(60).unwrap());
    let session = ledger
        .open_session(&user("Ann Lee"), None, &life)
        .unwrap()
        .session;
    let file = shop.path("Data/Guichet/seats.sqlite");
    let bytes = std::fs::read(&file).unwrap();
    let later = ledger
        .clone()
        .at(at("2030-01-01T00:00:00Z"))
        .standing()
        .unwrap();
    let ended = later.sessions().into_iter().map(|session| session.ended);
    let overdue = "no heartbeat since 2026-11-21T09:01:00Z".to_owned();
    assert_eq!(ended.collect::<Vec<_>>(), [Some(overdue)]);
    assert_eq!(std::fs::read(&file).unwrap(), bytes);
    assert!(ledger.heartbeat(&session).is_ok());
}

#[test]
fn what_is_owned_is_unknown_until_somebody_says_so() {
    let shop = Shop::new();
    let project = shop.open();
    let ledger = project.ledger().unwrap();
    let view = PluginKey::from_stored("view");
    assert_eq!(ledger.standing().unwrap().owned(&view), Owned::Unknown);
    assert_eq!(
        ledger.standing().unwrap().owned(&write()),
        Owned::from_count(2)
    );
    let owned = [(view.clone(), Entitlement::from_limit(Limit::from_count(0)))];
    ledger.entitle(&Entitlements::from_iter(owned)).unwrap();
    assert_eq!(ledger.standing().unwrap().owned(&view), Owned::NONE);
}

#[test]
fn an_account_that_is_gone_is_found_in_the_ledger() {
    let shop = Shop::new();
    let project = shop.open();
    let ledger = project.ledger().unwrap();
    ask(&ledger, "Ann Lee");
    let change = Change::DeleteUser {
        user: user("Ann Lee"),
    };
    project
        .apply(&Editor::Designer, &[change], Expected::Any)
        .unwrap();
    let standing = ledger.standing().unwrap();
    assert_eq!(standing.account("ann lee").unwrap(), user("Ann Lee"));
    assert_eq!(standing.account("Anne").unwrap_err().code(), "unknown-user");
    let explanation = standing.explain(&user("Ann Lee"), &write()).unwrap();
    assert_eq!(explanation.standing.as_str(), "unknown-user");
    assert!(!explanation.events.is_empty());
    let (from, to) = (Moment::EPOCH, at("2999-01-01T00:00:00Z"));
    let backwards = standing.report(Some(to), Some(from)).unwrap_err();
    assert_eq!(backwards.code(), "illegal-period");
    assert_eq!(
        standing
            .report(None, Some(to))
            .unwrap()
            .plugins
            .iter()
            .map(|one| one.granted)
            .sum::<u64>(),
        1
    );
}

#[test]
fn an_unknown_session_has_a_code_and_a_suggestion() {
    let shop = Shop::new();
    let project = shop.open();
    let ledger = project.ledger().unwrap();
    let id = |text: &str| SessionId::new(text).unwrap();
    let error = ledger.close_session(&id("desk-7")).unwrap_err();
    assert_eq!(error.code(), "unknown-session");
    ledger
        .open_session(&user("Ann Lee"), Some(&id("desk-7")), &Life::until_closed())
        .unwrap();
    let error = ledger.close_session(&id("desk-8")).unwrap_err();
    assert_eq!(
        (error.code(), error.help().as_deref()),
        ("unknown-session", Some("Did you mean `desk-7`?"))
    );
    let again = ledger.open_session(&user("Ann Lee"), Some(&id("desk-7")), &Life::until_closed());
    assert_eq!(again.unwrap_err().code(), "session-already-open");
}

#[test]
fn a_ledger_needs_a_place_and_no_rehearsal() {
    let shop = Shop::new();
    let directory = Project::open(shop.path("Settings/directory.json")).unwrap();
    let ledger = directory.ledger().unwrap();
    assert!(ledger.standing().unwrap().sessions().is_empty());
    let opened = ledger.open_session(&user("Ann Lee"), None, &Life::until_closed());
    assert_eq!(opened.unwrap_err().code(), "no-data-folder");

    let named = directory.ledger_at(shop.path("seats.sqlite")).unwrap();
    assert_eq!(named.standing().unwrap_err().code(), "ledger-missing");
    assert!(
        named
            .open_session(&user("Ann Lee"), None, &Life::until_closed())
            .is_ok()
    );
    assert_eq!(named.standing().unwrap().sessions().len(), 1);
    assert_eq!(
        directory.rehearse().ledger().unwrap_err().code(),
        "rehearsal"
    );
}

#[test]
fn threads_that_share_a_ledger_never_take_more_seats_than_are_owned() {
    let shop = Shop::new();
    shop.replace("\"write\": \"Finance\"", "\"write\": \"*\"");
    let ledger = shop.open().ledger().unwrap();
    let names = ["Ann Lee", "Paul Durand", "Zoé Martin", "Administrator"];
    let granted = thread::scope(|scope| {
        let asking = names.map(|name| {
            let ledger = ledger.clone();
            scope.spawn(move || ask(&ledger, name).1)
        });
        asking.map(|thread| thread.join().unwrap())
    });
    assert_eq!(
        granted
            .iter()
            .filter(|outcome| **outcome == "new-seat")
            .count(),
        2
    );
    assert_eq!(
        granted
            .iter()
            .filter(|outcome| **outcome == "exhausted")
            .count(),
        2
    );
}

/// A seat is held by name: a user whose name means another one first has no account.
#[test]
fn an_account_is_a_name_that_means_the_user() {
    let shop = Shop::new();
    shop.replace(
        "\"Paul Durand\": {}",
        "\"Paul Durand\": {}, \"ANN LEE\": {}",
    );
    let project = shop.open();
    let ledger = project.ledger().unwrap();
    assert_eq!(ledger.account("ann lee").unwrap(), user("Ann Lee"));
    assert_eq!(
        ledger.account("ANN LEE").unwrap_err().code(),
        "ambiguous-name"
    );
    let standing = ledger.standing().unwrap();
    assert_eq!(
        standing.account("ANN LEE").unwrap_err().code(),
        "ambiguous-name"
    );
    assert_eq!(ledger.account("Anne").unwrap_err().code(), "unknown-user");
}

#[test]
fn a_moment_that_cannot_be_recorded_is_told_with_the_ledger() {
    let shop = Shop::new();
    let ledger = shop.open().ledger().unwrap();
    ask(&ledger, "Ann Lee");
    let error = ledger
        .clone()
        .at(Moment::EPOCH)
        .account("Ann Lee")
        .and_then(|ann| {
            let ledger = ledger.clone().at(Moment::EPOCH);
            ledger.open_session(&ann, None, &Life::until_closed())
        });
    let error = error.unwrap_err();
    assert_eq!((error.code(), error.path()), ("past-moment", ledger.path()));
}

#[test]
fn recorded_use_is_played_again_with_other_seats() {
    let shop = Shop::new();
    let project = shop.open();
    let ledger = project.ledger().unwrap();
    for name in ["Ann Lee", "Paul Durand", "Zoé Martin"] {
        ask(&ledger, name);
    }
    let file = ledger.path().unwrap();
    let mut replay = Replay::from_ledger(file).unwrap().unwrap();
    replay.set_seats(write(), Limit::from_count(1));
    let replayed = replay.play(Entitled::AsRecorded, Share::NONE);
    let of_write = |replayed: Replayed| {
        let mut plugins = replayed.plugins.into_iter();
        plugins
            .find(|one| one.simulation.plugin == write())
            .unwrap()
    };
    let recorded = of_write(replayed);
    assert_eq!((recorded.simulation.granted, recorded.short), (1, 1));
    assert_eq!(recorded.smallest_seats.get(), 2);
    let view = project.current();
    let by_view = of_write(replay.play(Entitled::By(&view.admission()), Share::NONE));
    assert_eq!(by_view.short, 1);
    assert!(
        Replay::from_ledger(&shop.path("Settings/guichet.toml"))
            .unwrap()
            .is_none()
    );
}

#[cfg(feature = "import")]
#[test]
fn what_4d_says_is_owned_counts_where_the_options_do_not_say() {
    let shop = Shop::new();
    let ledger = shop.open().ledger().unwrap();
    let product = |id: u32, name: &str| {
        format!("{{\"id\": {id}, \"name\": \"{name}\", \"allowedCount\": 4}}")
    };
    let products = [
        product(808_464_697, "Write"),
        product(808_465_207, "View"),
        product(7, "Other"),
    ];
    let json = format!("{{\"products\": [{}]}}", products.join(","));
    let read = ledger
        .import_licences(&json, "licences.json".as_ref())
        .unwrap();
    assert_eq!(read.declared, [write()]);
    assert_eq!(read.unknown.len(), 1);
    assert!(read.imported.iter().all(|seats| seats.changed));
    let again = ledger
        .import_licences(&json, "licences.json".as_ref())
        .unwrap();
    assert!(again.imported.iter().all(|seats| !seats.changed));
    let view = &read.imported[0].plugin;
    assert_eq!(ledger.standing().unwrap().owned(view), Owned::from_count(4));
    let error = ledger
        .import_licences("{}", "licences.json".as_ref())
        .unwrap_err();
    assert_eq!(error.path(), Some("licences.json".as_ref()));
    assert_eq!((error.line(), error.code()), (None, "illegal-field"));
    let error = ledger
        .import_licences("{\n \"é\": oops}", "licences.json".as_ref())
        .unwrap_err();
    assert_eq!(error.code(), "not-json");
    assert_eq!((error.line(), error.column()), (Some(2), Some(7)));
}
