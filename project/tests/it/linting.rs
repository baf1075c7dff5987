//! What is odd in a project, at its place.

#![allow(clippy::unwrap_used, reason = "tests")]

use guichet::{Repair, Severity};

use crate::support::Shop;

#[test]
fn findings_of_every_side_are_listed_in_the_order_of_the_files() {
    let shop = Shop::new();
    shop.replace(
        "\"users\": [\"Zoé Martin\"]",
        "\"users\": [\"Zoé Martin\", \"Zoé Martin\", \"Gone\"]",
    );
    shop.write(
        "Data/Settings/directory.json",
        &shop.read("Settings/directory.json"),
    );
    shop.replace("\"Ann Lee\": {},", "");
    let lint = shop.open().lint().unwrap();
    let codes: Vec<&str> = lint.findings().iter().map(|finding| finding.code).collect();
    for code in [
        "duplicate-member",
        "missing-user",
        "shadowed-file-differs",
        "seats-below-group",
    ] {
        assert!(codes.contains(&code), "{code}: {codes:?}");
    }
    let places: Vec<_> = lint
        .findings()
        .iter()
        .map(|f| (f.path.clone(), f.position))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    let duplicate = lint
        .findings()
        .iter()
        .find(|f| f.code == "duplicate-member")
        .unwrap();
    assert_eq!(
        (duplicate.position.line, duplicate.repair),
        (17, Repair::Automatic)
    );
    assert_eq!(
        duplicate.pointer.as_deref(),
        Some("/groups/Accounting/users/1")
    );
    assert_eq!(
        lint.worst(),
        lint.findings().iter().map(|f| f.severity).max()
    );
}

#[test]
fn a_cycle_is_counted_once_and_as_an_error() {
    let shop = Shop::new();
    shop.replace(
        "\"users\": [\"Ann Lee\"]",
        "\"users\": [\"Ann Lee\"], \"groups\": [\"Accounting\"]",
    );
    let lint = shop.open().lint().unwrap();
    let cycles = lint
        .findings()
        .iter()
        .filter(|finding| finding.code == "cycle");
    assert_eq!(cycles.count(), 1);
    assert_eq!(lint.count(Severity::Error), 1);
}

#[test]
fn a_level_of_an_unknown_rule_is_an_error_at_its_place() {
    let shop = Shop::new();
    let options = shop.read("Settings/guichet.toml");
    shop.write(
        "Settings/guichet.toml",
        &format!("{options}\n[lint]\ncycles = \"off\"\n"),
    );
    let error = shop.open().lint().unwrap_err();
    assert_eq!(error.code(), "unknown-rule");
    assert_eq!(
        error.path(),
        Some(shop.path("Settings/guichet.toml").as_path())
    );
    assert_eq!(
        (error.line(), error.help().as_deref()),
        (Some(15), Some("Did you mean `cycle`?"))
    );
}

/// What is in `guichet.toml` is left to its writers: it was called repairable, and never was repaired.
#[test]
fn a_name_in_the_options_is_not_repaired() {
    let shop = Shop::new();
    let options = shop.read("Settings/guichet.toml");
    shop.write(
        "Settings/guichet.toml",
        &options.replace("http = \"Accounting\"", "http = \"accounting\""),
    );
    let lint = shop.open().lint().unwrap();
    let found = lint
        .findings()
        .iter()
        .find(|one| one.code == "name-by-case");
    assert_eq!(found.map(|one| one.repair), Some(Repair::ByHand));
}
