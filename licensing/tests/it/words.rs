//! What programs read: the words of every closed list, and the JSON of events and answers.
//!
//! They stay as they are; a ledger file holds some of them.

use guichet_core::{AdmissionReason, PluginKey, UserName};
use guichet_licensing::script::Expectation;
use guichet_licensing::{Admission, CloseReason, Explanation, Ledger, Refusal, TakeOutcome};

use crate::support::{Naive, directory, minute, plugin, seats, session, user};

#[test]
fn every_standing_has_its_word_and_says_who_is_entitled() {
    let words = [
        (AdmissionReason::SingleUser, "single-user", true),
        (
            AdmissionReason::AccessControlOff,
            "access-control-off",
            true,
        ),
        (AdmissionReason::Designer, "designer", true),
        (AdmissionReason::Everyone, "everyone", true),
        (AdmissionReason::Member, "member", true),
        (AdmissionReason::Nobody, "nobody", false),
        (AdmissionReason::NotMember, "not-member", false),
        (AdmissionReason::MissingGroup, "missing-group", false),
        (AdmissionReason::UnknownUser, "unknown-user", false),
    ];
    for (standing, word, entitled) in words {
        assert_eq!(standing.as_str(), word);
        assert_eq!(standing.to_string(), word);
        assert_eq!(standing.is_admitted(), entitled, "{word}");
    }
}

#[test]
fn reasons_and_answers_have_their_words() {
    assert_eq!(
        CloseReason::ALL.map(CloseReason::as_str),
        ["closed", "process-ended", "heartbeat-lapsed"]
    );
    let words = Expectation::ALL.map(Expectation::as_str);
    insta::assert_snapshot!(
        words.join(" "),
        @"granted refused new-seat already-held not-entitled no-licence exhausted"
    );
    let granted = [TakeOutcome::Granted, TakeOutcome::AlreadyHeld];
    assert!(granted.into_iter().all(TakeOutcome::is_granted));
    let refused = Refusal::ALL.map(TakeOutcome::Refused);
    assert!(!refused.into_iter().any(TakeOutcome::is_granted));
}

/// What somebody who asks for 4D Write is told, by the directory and by what is owned.
#[test]
fn every_rule_has_a_word_a_sentence_and_a_refusal_says_what_to_do() {
    let told = |grantee: &str, owned: Option<u32>, holders: &[&str], name: &str| {
        let directory = directory("Finance: Ann; Sales: Zoé", &[("write", grantee)]);
        let naive = Naive(&directory);
        let everyone = |_: &UserName, _: &PluginKey| AdmissionReason::Everyone;
        let mut ledger = Ledger::new();
        if let Some(count) = owned {
            ledger.entitle(&plugin("write"), &seats(count), minute(0));
        }
        for holder in holders {
            let id = session(holder);
            ledger.open(&id, &user(holder), minute(1)).unwrap();
            ledger
                .take(&id, &plugin("write"), &everyone, minute(2))
                .unwrap();
        }
        let admission = Admission::new(&directory, &naive);
        let (name, write) = (user(name), plugin("write"));
        let found = Explanation::new(&ledger, [], &admission, &name, &write, minute(3));
        let help = found.help.map(|help| format!("\n  {help}"));
        format!(
            "{}: {}{}",
            found.rule,
            found.sentence,
            help.unwrap_or_default()
        )
    };
    let told = [
        told("Finance", Some(1), &["Ann"], "Ann"),
        told("Finance", Some(1), &["Zoé"], "Zoé"),
        told("Finance", Some(1), &[], "Ann"),
        told("Finance", Some(1), &[], "Zoé"),
        told("", Some(1), &[], "Zoé"),
        told("Board of Directors", Some(1), &[], "Zoé"),
        told("Finance", Some(1), &[], "Eve O'Neil"),
        told("Finance", None, &[], "Ann"),
        told("Finance", Some(1), &["Zoé"], "Ann"),
    ];
    insta::assert_snapshot!(told.join("\n"), @r#"
    holds: Its sessions share the seat until the last one that uses it ends.
    holds-to-session-end: The account is no longer entitled, but it keeps its seat until its session ends, even if its groups or the plug-in's group change.
    free: The account is entitled and a seat is free.
    not-entitled: Only members of Finance can use this plug-in, and Zoé is not one.
      Add the user to Finance: guichet members add Finance Zoé
    not-entitled: This plug-in is given to no group, so nobody can use it.
      Give it to a group: guichet plugins set write GROUP
    not-entitled: Only members of Board of Directors can use this plug-in, and there is no such group.
      Give it to another group: guichet plugins set write GROUP
    not-entitled: The directory has no user Eve O'Neil.
      Add the user: guichet users add "Eve O'Neil"
    no-licence: No seat of this plug-in is owned.
      Set `seats` in `[plugins.write]` of guichet.toml, or record what 4D says: guichet seats import-licences FILE
    exhausted: All owned seats are in use.
      See which sessions use them: guichet session list
    "#);
}

#[cfg(feature = "serde")]
#[test]
fn every_event_and_every_answer_as_json() {
    use guichet_licensing::Event;

    let gate = |name: &UserName, _: &PluginKey| {
        if name.as_str() == "Eve" {
            AdmissionReason::NotMember
        } else {
            AdmissionReason::Member
        }
    };
    let mut ledger = Ledger::new();
    let mut events: Vec<Event> = Vec::new();
    let mut answers = Vec::new();
    events.extend(ledger.entitle(&plugin("write"), &seats(1), minute(0)));
    for (id, name) in [("a", "Ann"), ("b", "Bob"), ("e", "Eve")] {
        events.push(ledger.open(&session(id), &user(name), minute(1)).unwrap());
    }
    for (id, key) in [
        ("a", "write"),
        ("a", "write"),
        ("b", "write"),
        ("b", "view"),
        ("e", "write"),
    ] {
        let event = ledger.decide_take(&session(id), &plugin(key), &gate, minute(2));
        let event = event.unwrap();
        ledger.apply(&event).unwrap();
        answers.push(ledger.answer(&event, &gate).unwrap());
        events.push(event);
    }
    let closed = ledger.close(&session("a"), CloseReason::ProcessEnded, minute(3));
    events.extend(closed.unwrap());

    let lines = (events.iter().map(serde_json::to_string))
        .chain(answers.iter().map(serde_json::to_string))
        .collect::<Result<Vec<String>, _>>();
    insta::assert_snapshot!(lines.unwrap().join("\n"), @r#"
    {"sequence":1,"at":"2026-11-20T09:00:00Z","kind":"entitlement-changed","session":null,"user":null,"plugin":"write","reason":null,"entitlement":"1"}
    {"sequence":2,"at":"2026-11-20T09:01:00Z","kind":"session-opened","session":"a","user":"Ann","plugin":null,"reason":null,"entitlement":null}
    {"sequence":3,"at":"2026-11-20T09:01:00Z","kind":"session-opened","session":"b","user":"Bob","plugin":null,"reason":null,"entitlement":null}
    {"sequence":4,"at":"2026-11-20T09:01:00Z","kind":"session-opened","session":"e","user":"Eve","plugin":null,"reason":null,"entitlement":null}
    {"sequence":5,"at":"2026-11-20T09:02:00Z","kind":"seat-granted","session":"a","user":"Ann","plugin":"write","reason":null,"entitlement":null}
    {"sequence":6,"at":"2026-11-20T09:02:00Z","kind":"seat-held","session":"a","user":"Ann","plugin":"write","reason":null,"entitlement":null}
    {"sequence":7,"at":"2026-11-20T09:02:00Z","kind":"seat-refused","session":"b","user":"Bob","plugin":"write","reason":"exhausted","entitlement":null}
    {"sequence":8,"at":"2026-11-20T09:02:00Z","kind":"seat-refused","session":"b","user":"Bob","plugin":"view","reason":"no-licence","entitlement":null}
    {"sequence":9,"at":"2026-11-20T09:02:00Z","kind":"seat-refused","session":"e","user":"Eve","plugin":"write","reason":"not-entitled","entitlement":null}
    {"sequence":10,"at":"2026-11-20T09:03:00Z","kind":"session-closed","session":"a","user":"Ann","plugin":null,"reason":"process-ended","entitlement":null}
    {"sequence":11,"at":"2026-11-20T09:03:00Z","kind":"seat-released","session":"a","user":"Ann","plugin":"write","reason":null,"entitlement":null}
    {"session":"a","user":"Ann","plugin":"write","granted":true,"reason":"new-seat","holders":[],"sentence":null,"help":null}
    {"session":"a","user":"Ann","plugin":"write","granted":true,"reason":"already-held","holders":[],"sentence":null,"help":null}
    {"session":"b","user":"Bob","plugin":"write","granted":false,"reason":"exhausted","holders":["Ann"],"sentence":"All owned seats are in use.","help":"See which sessions use them: guichet session list"}
    {"session":"b","user":"Bob","plugin":"view","granted":false,"reason":"no-licence","holders":[],"sentence":"No seat of this plug-in is owned.","help":"Set `seats` in `[plugins.view]` of guichet.toml, or record what 4D says: guichet seats import-licences FILE"}
    {"session":"e","user":"Eve","plugin":"write","granted":false,"reason":"not-entitled","holders":[],"sentence":"Eve cannot use this plug-in.","help":"See who can: guichet who-can plugin:write"}
    "#);
}
