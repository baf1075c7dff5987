//! A policy knows its plug-ins: one that nobody declared is an error, not open to everyone.

use guichet_core::{Diagnostic as _, Grantee, Mode, Options, PluginKey};
use guichet_policy::suite::{Case, Permit, Question, Status, Suite, run};
use guichet_policy::{Access, AccessError, Policy, impact};

use crate::support::json;

const BARCODE: &str = r#"{
    "users": {"designer": {"password": "AAAAAAAAAAAAAAAAAAAAAA=="}, "Ann": {}},
    "groups": {"Warehouse": {"users": ["Ann"]}},
    "remoteGranters": {"barcode": "Warehouse"}
}"#;

const NOTHING_GRANTED: &str = r#"{
    "users": {"designer": {"password": "AAAAAAAAAAAAAAAAAAAAAA=="}, "Ann": {}},
    "groups": {"Warehouse": {"users": ["Ann"]}}
}"#;

fn policy(text: &str, mode: Mode) -> Policy {
    Policy::new(json::directory(text), mode, Options::default())
}

fn plugin(key: &str) -> Access {
    Access::Plugin(PluginKey::from_stored(key))
}

fn unknown(key: &str, near: Option<&str>) -> AccessError {
    AccessError::UnknownPlugin {
        plugin: key.to_owned(),
        suggestion: near.map(PluginKey::from_stored),
    }
}

#[test]
fn a_plug_in_that_nobody_declared_is_an_error_not_open_to_everyone() {
    for mode in [Mode::Server, Mode::SingleUser] {
        let policy = policy(BARCODE, mode);
        let ann = policy.directory().find_user("Ann").unwrap();
        for (key, near) in [
            ("wirte", Some("write")),
            ("Write", Some("write")),
            ("barcod", Some("barcode")),
            ("scanner", None),
        ] {
            let (access, error) = (plugin(key), unknown(key, near));
            assert_eq!(policy.check(ann, &access), Err(error.clone()));
            assert_eq!(policy.who_can(&access), Err(error.clone()));
            assert_eq!(policy.grantees(&access), Err(error.clone()));
            assert_eq!(policy.explain(ann, &access).err(), Some(error));
        }
    }
}

#[test]
fn the_six_of_4d_those_granted_and_those_declared_are_known_each_once() {
    let policy = policy(BARCODE, Mode::Server);
    let ann = policy.directory().find_user("Ann").unwrap();
    assert!(policy.check(ann, &plugin("scanner")).is_err());
    let declared = ["scanner", "write", "barcode", "scanner"].map(PluginKey::from_stored);
    let policy = policy.with_plugins(declared);
    let known: Vec<&str> = policy.plugins().iter().map(PluginKey::as_str).collect();
    let expected = [
        "web", "soap", "oci", "write", "view", "odbcPro", "barcode", "scanner",
    ];
    assert_eq!(known, expected);
    for key in expected {
        assert!(policy.check(ann, &plugin(key)).unwrap().allowed(), "{key}");
    }
    let asked = policy.what_can(ann).into_iter();
    let asked = asked.filter(|(access, _)| matches!(access, Access::Plugin(_)));
    assert_eq!(asked.count(), expected.len());
}

#[test]
fn a_case_that_names_an_unknown_plug_in_is_invalid_whatever_it_expects() {
    let policy = policy(BARCODE, Mode::Server);
    for expect in [Permit::Allowed, Permit::Denied] {
        let question = Question::Check {
            user: "Ann".to_owned(),
            access: "plugin:wirte".to_owned(),
            expect,
            reason: None,
            path: Vec::new(),
        };
        let case = Case {
            name: None,
            line: None,
            question,
        };
        let suite = Suite { cases: vec![case] };
        let report = run(&policy, &suite, |word| Some(PluginKey::from_stored(word)));
        let Status::Invalid(error) = &report.outcomes[0].status else {
            panic!("{:?}", report.outcomes[0].status);
        };
        assert_eq!(error.code(), "unknown-plugin");
        assert_eq!(error.help().as_deref(), Some("Did you mean `write`?"));
    }
}

/// The plug-in is still there when its last grant goes, and then everyone has it.
#[test]
fn a_plug_in_that_one_side_knows_exists_on_both() {
    let (granted, open) = (
        policy(BARCODE, Mode::Server),
        policy(NOTHING_GRANTED, Mode::Server),
    );
    let gained = impact(&granted, &open);
    let names: Vec<&str> = gained.iter().map(|change| change.user.as_str()).collect();
    assert_eq!(names, ["designer", "Administrator"]);
    let barcode = |change: &guichet_policy::AccessChange| change.access == "plugin:barcode";
    assert!(gained.iter().all(|change| barcode(change) && change.after));
    assert_eq!(open.grantees(&plugin("write")), Ok(vec![Grantee::Everyone]));
}
