//! What 4D's commands return, field by field (behaviour.md 5.4 and 5.5).

use guichet_core::{Diagnostic as _, PluginDeclaration, UserName};
use guichet_licensing::import::{ImportError, LicenceInfo, UsageImport};
use guichet_licensing::{
    Limit, Owned, PluginCatalogue, Refusal, Scenario, SeatCount, SessionId, Simulation,
    TraceAction, TraceStep,
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
    let info = LicenceInfo::read(INFO).unwrap();
    assert_eq!(info.name.as_deref(), Some("4D Server v21"));
    assert_eq!(info.expires, Some(date(2027, 11, 1)));
    let (owned, unknown) = info.entitlements(&PluginCatalogue::default()).unwrap();
    let today = date(2026, 11, 21);
    let on = |key: &str| owned.owned_on(&plugin(key), today);
    assert_eq!(on("write"), Owned::from_count(15));
    assert_eq!(
        on("write"),
        info.products[1].allowed.unwrap().into(),
        "4D's own sum"
    );
    assert_eq!(on("view"), Owned::Unlimited);
    assert_eq!(
        on("oci"),
        Owned::from_count(3),
        "allowedCount without rights"
    );
    assert_eq!(on("odbcPro"), Owned::Unknown, "4D says nothing of it");
    assert_eq!(unknown.len(), 1, "4D Client is no plug-in");
}

#[test]
fn a_product_without_a_right_owns_no_seat() {
    let none = r#"{"products": [{"id": 808464697, "rights": []}]}"#;
    let info = LicenceInfo::read(none).unwrap();
    let (owned, _) = info.entitlements(&PluginCatalogue::default()).unwrap();
    assert_eq!(
        owned.owned_on(&plugin("write"), date(2026, 11, 21)),
        Owned::NONE
    );
}

#[test]
fn license_info_is_kept_field_by_field() {
    let info = LicenceInfo::read(&format!("\u{feff}{INFO}")).unwrap();
    assert_eq!(info.licence_number.as_deref(), Some("4DOM-1"));
    assert_eq!(info.version.as_deref(), Some("21"));
    assert_eq!(info.company.as_deref(), Some("Example"));
    let client = &info.products[0];
    assert_eq!(client.number.get(), 808_464_441);
    assert_eq!(client.name, "4D Client");
    assert_eq!(client.used.map(SeatCount::get), Some(1));
    assert_eq!(client.allowed, Some(Limit::from_count(2)));
    assert_eq!(client.entitlement.to_string(), "2");
    let least = LicenceInfo::read(r#"{"products": []}"#).unwrap();
    assert_eq!((least.name, least.expires), (None, None));
}

#[test]
fn statement_58_null_is_a_remote_4d() {
    let error = LicenceInfo::read(" null ").unwrap_err();
    assert_eq!(error, ImportError::Null);
    assert_eq!(error.code(), "no-local-licence");
}

#[test]
fn two_products_of_one_number_add_up() {
    let info = r#"{"products": [{"id": 808464697, "allowedCount": 2}, {"id": 808464697, "allowedCount": 3}]}"#;
    let info = LicenceInfo::read(info).unwrap();
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
    let info = LicenceInfo::read(r#"{"products":[{"id":15000,"allowedCount":7}]}"#).unwrap();
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
            r#"{"products": [], "expirationDate": {"day": 0, "month": 1, "year": 2027}}"#,
            "expirationDate",
        ),
        (
            r#"{"products": [{"id": 1, "rights": [{"count": 4294967295}, {"count": 1}]}]}"#,
            "products[0].rights",
        ),
    ];
    for (json, field) in cases {
        match LicenceInfo::read(json) {
            Err(ImportError::Field { path, .. }) => assert_eq!(path, field),
            other => panic!("{json}: {other:?}"),
        }
    }
    for json in ["", "{", r#"{"products": []} x"#, "{\"products\": ["] {
        let error = LicenceInfo::read(json).unwrap_err();
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
    let usage = UsageImport::read(USAGE).unwrap();
    assert_eq!(usage.retentions().len(), 5);
    let write = &usage.retentions()[1];
    assert_eq!(write.token.as_deref(), Some("t1"));
    assert_eq!(write.used.unwrap().get(), 1);
    assert_eq!(write.left.unwrap().get(), 1);
    let (trace, left_out) = usage.trace(&PluginCatalogue::default()).unwrap();
    assert_eq!(left_out.len(), 1, "4D Client is no plug-in");
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
    let usage = UsageImport::read(&twice).unwrap();
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
            Some("a"),
            None,
        ),
        (
            r#"{"ID": "", "sessionID": "b", "userName": ""}"#,
            Some("b"),
            None,
        ),
        (
            r#"{"persistentID": 7, "userName": "Ann"}"#,
            Some("7"),
            Some("Ann"),
        ),
        (r#"{"userName": "Ann"}"#, None, Some("Ann")),
    ] {
        let json = format!(
            r#"[{{"productId": 1, "time": "2026-11-20T09:00:00Z", "session": {session}}}]"#
        );
        let usage = UsageImport::read(&json).unwrap();
        let [retention] = usage.retentions() else {
            panic!("{usage:?}");
        };
        let found = retention.session.as_ref().map(SessionId::as_str);
        assert_eq!(found, id, "{session}");
        let found = retention.user.as_ref().map(UserName::as_str);
        assert_eq!(found, user, "{session}");
    }
}

#[test]
fn license_usage_is_kept_field_by_field() {
    let usage = UsageImport::read(USAGE).unwrap();
    let client = &usage.retentions()[0];
    assert_eq!(client.number.get(), 808_464_441);
    assert_eq!(client.product.as_deref(), Some("4D Client"));
    assert_eq!(client.used_on_machine.map(SeatCount::get), Some(1));
    assert_eq!(client.left.map(SeatCount::get), Some(9));
    assert_eq!(client.at.to_string(), "2026-11-20T09:00:00Z");
    assert_eq!(client.reason.as_deref(), Some("CLIENT"));
    assert_eq!(usage.retentions()[4].token.as_deref(), Some("18"));
}

#[test]
fn a_licence_without_session_and_token_is_a_session_of_its_own() {
    let json = r#"[{"productId": 808464697, "time": "2026-11-20T09:00:00Z"},
                   {"productId": 808464697, "time": "2026-11-20T09:00:00Z"}]"#;
    let usage = UsageImport::read(json).unwrap();
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
        match UsageImport::read(json) {
            Err(ImportError::Field { path, .. }) => assert_eq!(path, field),
            other => panic!("{json}: {other:?}"),
        }
    }
    let two = r#"[{"productId": 808464697, "time": "2026-11-20T09:20:00Z", "session": {"ID": "1", "userName": "a"}},
                  {"productId": 808464697, "time": "2026-11-20T09:20:00Z", "session": {"ID": "1", "userName": "b"}}]"#;
    let usage = UsageImport::read(two).unwrap();
    assert!(usage.trace(&PluginCatalogue::default()).is_err());
}
