//! What 4D's commands return (behaviour.md 5.4 and 5.5).

use guichet_core::{Diagnostic as _, PluginDeclaration, UserName};
use guichet_licensing::import::{ImportError, LicenceInfo, UsageImport};
use guichet_licensing::{
    Owned, PluginCatalogue, Refusal, Scenario, SessionId, Simulation, TraceAction, TraceStep,
};
use jiff::civil::date;

use crate::support::plugin;

const INFO: &str = r#"{
    "name": "4D Server v21", "key": 12345678, "licenseNumber": "4DOM-1", "version": "21",
    "attributes": ["application", "OEM"], "userName": "x", "userMail": "x@example.org",
    "companyName": "Example", "platforms": ["macOS", "windows"],
    "expirationDate": {"day": 1, "month": 11, "year": 2027}, "renewalFailureCount": 0,
    "products": [
        {"id": 808464441, "name": "4D Client", "usedCount": 1, "allowedCount": 2,
         "rights": [{"count": 2}]},
        {"id": 808464697, "name": "4D Write - 4D Write Pro", "usedCount": 0, "allowedCount": 15,
         "rights": [
            {"count": 5, "expirationDate": {"day": 1, "month": 11, "year": 2027}},
            {"count": 10, "expirationDate": {"day": 1, "month": 11, "year": 2028}},
            {"count": 10, "expirationDate": {"day": 1, "month": 11, "year": 2020}}]},
        {"id": 808465207, "name": "4D View", "allowedCount": 32767, "rights": [{"count": 32767}]},
        {"id": 808465208, "name": "4D for OCI", "allowedCount": 3},
        {"id": 808464946, "name": "4D ODBC Pro"}
    ]}"#;

#[test]
fn license_info_becomes_entitlements() {
    let info = LicenceInfo::from_json(INFO).unwrap();
    let (owned, unknown) = info.entitlements(&PluginCatalogue::default()).unwrap();
    let today = date(2026, 11, 21);
    let on = |key: &str| owned.owned_on(&plugin(key), today);
    assert_eq!(on("write"), Owned::from_count(15));
    assert_eq!(on("view"), Owned::Unlimited);
    assert_eq!(
        on("oci"),
        Owned::from_count(3),
        "allowedCount without rights"
    );
    assert_eq!(on("odbcPro"), Owned::Unknown, "4D says nothing of it");
    let unknown: Vec<&str> = unknown
        .iter()
        .map(|product| product.name.as_str())
        .collect();
    assert_eq!(unknown, ["4D Client"], "it is not a plug-in");
}

#[test]
fn a_product_without_a_right_owns_no_seat() {
    let none = r#"{"products": [{"id": 808464697, "rights": []}]}"#;
    let info = LicenceInfo::from_json(none).unwrap();
    let (owned, _) = info.entitlements(&PluginCatalogue::default()).unwrap();
    assert_eq!(
        owned.owned_on(&plugin("write"), date(2026, 11, 21)),
        Owned::NONE
    );
}

#[test]
fn statement_58_null_is_a_remote_4d() {
    let error = LicenceInfo::from_json(" null ").unwrap_err();
    assert_eq!(error, ImportError::Null);
    assert_eq!(error.code(), "no-local-licence");
}

#[test]
fn two_products_of_one_number_add_up() {
    let info = r#"{"products": [{"id": 808464697, "allowedCount": 2}, {"id": 808464697, "allowedCount": 3}]}"#;
    let info = LicenceInfo::from_json(info).unwrap();
    let (owned, _) = info.entitlements(&PluginCatalogue::default()).unwrap();
    assert_eq!(owned.get(&plugin("write")).unwrap().to_string(), "2 + 3");
}

#[test]
fn a_declared_plug_in_is_found_by_its_number() {
    let barcode = PluginDeclaration {
        key: plugin("barcode"),
        number: Some(guichet_core::PluginNumber::new(15_000)),
        name: None,
        seats: None,
        grantee: None,
    };
    let catalogue = PluginCatalogue::new(&[barcode]).unwrap();
    let info = LicenceInfo::from_json(r#"{"products":[{"id":15000,"allowedCount":7}]}"#).unwrap();
    let (owned, unknown) = info.entitlements(&catalogue).unwrap();
    assert_eq!(owned.get(&plugin("barcode")).unwrap().to_string(), "7");
    assert!(unknown.is_empty());
}

#[test]
fn an_error_names_the_field() {
    let cases = [
        (
            r#"{"products": [{"id": 1, "rights": [{"count": 1}, {"count": "5"}]}]}"#,
            "products[0].rights[1].count",
        ),
        (
            r#"{"products": [{"id": 1, "rights": [{"count": -1}]}]}"#,
            "products[0].rights[0].count",
        ),
        (
            r#"{"products": [{"id": 1, "rights": [{"count": 1, "expirationDate": {"day": 31, "month": 2, "year": 2027}}]}]}"#,
            "products[0].rights[0].expirationDate",
        ),
        (
            r#"{"products": [{"id": 1}, {"name": "x"}]}"#,
            "products[1].id",
        ),
        (r#"{"products": {}}"#, "products"),
        (
            r#"{"products": [{"id": 1, "rights": [{"count": 4294967295}, {"count": 1}]}]}"#,
            "products[0].rights",
        ),
    ];
    for (json, field) in cases {
        match LicenceInfo::from_json(json) {
            Err(ImportError::Field { path, .. }) => assert_eq!(path, field),
            other => panic!("{json}: {other:?}"),
        }
    }
    for json in ["", "{", r#"{"products": []} x"#, "{\"products\": ["] {
        let error = LicenceInfo::from_json(json).unwrap_err();
        assert_eq!(error.code(), "not-json", "{json}");
        assert!(error.help().is_some());
    }
}

const USAGE: &str = r#"[
    {"productId": 808464441, "productName": "4D Client", "productUsedCount": 1, "productBalance": 9,
     "globalProductUsedCount": 1, "token": "t0", "time": "2026-11-20T09:00:00.000Z",
     "reason": "CLIENT", "session": {"type": "remote", "userName": "Ann", "ID": "S1"}},
    {"productId": 808464697, "productName": "4D Write", "productUsedCount": 2, "productBalance": 0,
     "token": "t2", "time": "2026-11-20T09:10:00.000Z", "reason": "CLIENT",
     "session": {"type": "remote", "userName": "Bob", "machineName": "m", "systemUserName": "b",
                 "IPAddress": "192.0.2.7", "hostType": "mac", "creationDateTime": "2026-11-20T09:01:00Z",
                 "state": "active", "ID": "S2", "persistentID": "P2"}},
    {"productId": 808464697, "productName": "4D Write", "productUsedCount": 1, "productBalance": 1,
     "token": "t1", "time": "2026-11-20T09:05:00.000Z", "reason": "CLIENT",
     "session": {"type": "remote", "userName": "Ann", "ID": "S1"}},
    {"productId": 808465209, "time": "2026-11-20T09:20:00.000Z", "token": 17,
     "session": {"userName": "eve", "sessionID": "R1", "IPAddress": "192.0.2.8", "isDatastore": true}},
    {"productId": 808465209, "time": "2026-11-20T09:21:00.000Z", "token": 18}
]"#;

#[test]
fn license_usage_becomes_a_trace_in_the_order_of_time() {
    let usage = UsageImport::from_json(USAGE).unwrap();
    let (trace, left_out) = usage.trace(&PluginCatalogue::default()).unwrap();
    assert_eq!(left_out, 1, "4D Client is not a plug-in");
    let unlimited = Scenario::default()
        .with_seats(&plugin("write"), crate::support::seats(32_767))
        .with_seats(&plugin("web"), crate::support::seats(1));
    let simulation = Simulation::new(&trace, &unlimited);
    let write = simulation.plugin(&plugin("write")).unwrap();
    assert_eq!((write.asked, write.peak.get()), (2, 2));
    let web = simulation.plugin(&plugin("web")).unwrap();
    assert_eq!((web.asked, web.refusals.of(Refusal::Exhausted)), (2, 1));
}

#[test]
fn a_session_opens_with_its_first_licence_and_asks_once_for_each_plug_in() {
    let twice = USAGE.replacen("808464441", "808464697", 1); // Ann's first one is of 4D Write too
    let usage = UsageImport::from_json(&twice).unwrap();
    let (trace, _) = usage.trace(&PluginCatalogue::default()).unwrap();
    let told = |step: &TraceStep| match &step.action {
        TraceAction::Open { session, user } => format!("{} {user} opens {session}", step.at),
        TraceAction::Ask {
            session,
            plugin,
            entitled,
        } => {
            assert!(*entitled, "who holds a licence may use it");
            format!("{} {session} asks for {plugin}", step.at)
        }
        other => panic!("{other:?}"),
    };
    let told: Vec<String> = trace.steps().iter().map(told).collect();
    assert_eq!(
        told,
        [
            "2026-11-20T09:00:00Z Ann opens S1",
            "2026-11-20T09:00:00Z S1 asks for write",
            "2026-11-20T09:10:00Z Bob opens S2",
            "2026-11-20T09:10:00Z S2 asks for write",
            "2026-11-20T09:20:00Z eve opens R1",
            "2026-11-20T09:20:00Z R1 asks for web",
            "2026-11-20T09:21:00Z unknown opens token 18",
            "2026-11-20T09:21:00Z token 18 asks for web",
        ]
    );
}

#[test]
fn a_session_is_known_by_the_first_of_its_ids_that_is_there() {
    for (session, id, user) in [
        (
            r#"{"ID": "a", "sessionID": "b", "persistentID": "c"}"#,
            "a",
            "unknown",
        ),
        (
            r#"{"ID": "", "sessionID": "b", "userName": ""}"#,
            "b",
            "unknown",
        ),
        (r#"{"persistentID": 7, "userName": "Ann"}"#, "7", "Ann"),
        (r#"{"userName": "Ann"}"#, "s0", "Ann"),
    ] {
        let json = format!(
            r#"[{{"productId": 808464697, "time": "2026-11-20T09:00:00Z", "session": {session}}}]"#
        );
        let usage = UsageImport::from_json(&json).unwrap();
        let (trace, _) = usage.trace(&PluginCatalogue::default()).unwrap();
        let opened = TraceAction::Open {
            session: SessionId::new(id).unwrap(),
            user: UserName::from_stored(user),
        };
        assert_eq!(trace.steps()[0].action, opened, "{session}");
    }
}

#[test]
fn a_licence_without_session_and_token_is_a_session_of_its_own() {
    let json = r#"[{"productId": 808464697, "time": "2026-11-20T09:00:00Z"},
                   {"productId": 808464697, "time": "2026-11-20T09:00:00Z"}]"#;
    let usage = UsageImport::from_json(json).unwrap();
    let (trace, _) = usage.trace(&PluginCatalogue::default()).unwrap();
    let opened = |step: &&TraceStep| matches!(step.action, TraceAction::Open { .. });
    assert_eq!(trace.steps().iter().filter(opened).count(), 2);
}

#[test]
fn an_error_of_license_usage_names_the_field() {
    let cases = [
        (r#"[{"productId": 1, "time": "yesterday"}]"#, "[0].time"),
        (
            r#"[{"productId": 1, "time": "2026-11-20T09:20:00Z"}, {"productId": "1"}]"#,
            "[1].productId",
        ),
        (
            r#"[{"productId": 1, "time": "2026-11-20T09:20:00Z", "session": {"ID": []}}]"#,
            "[0].session.ID",
        ),
        (
            r#"[{"productId": 1, "time": "2026-11-20T09:20:00Z", "session": {"ID": "a\u0000"}}]"#,
            "[0].session.ID",
        ),
    ];
    for (json, field) in cases {
        match UsageImport::from_json(json) {
            Err(ImportError::Field { path, .. }) => assert_eq!(path, field),
            other => panic!("{json}: {other:?}"),
        }
    }
    let two = r#"[{"productId": 808464697, "time": "2026-11-20T09:20:00Z", "session": {"ID": "1", "userName": "a"}},
                  {"productId": 808464697, "time": "2026-11-20T09:20:00Z", "session": {"ID": "1", "userName": "b"}}]"#;
    let usage = UsageImport::from_json(two).unwrap();
    assert!(usage.trace(&PluginCatalogue::default()).is_err());
}
