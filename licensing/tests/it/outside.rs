//! The seat rules of other systems' pages, read where the project lies beside them.

use std::path::PathBuf;

use serde_json::Value;

fn read(file: &str) -> Option<Value> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/outside-cases")
        .join(file);
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap()),
        Err(error) => {
            println!("SKIPPED: {} cannot be read: {error}", path.display());
            None
        }
    }
}

#[test]
fn every_documented_rule_that_must_hold_has_a_test_of_its_name() {
    let Some(cases) = read("documented-seat-rules.json") else {
        return;
    };
    let tests = include_str!("seat_rules.rs");
    let rules = cases["rules"].as_array().unwrap();
    let text = |rule: &Value, key: &str| rule[key].as_str().unwrap().to_owned();
    let must = rules
        .iter()
        .filter(|rule| text(rule, "use").starts_with("must"));
    let ids: Vec<String> = must
        .map(|rule| text(rule, "id").replace('-', "_"))
        .collect();
    assert!(ids.len() >= 8, "{ids:?}");
    for id in &ids {
        let name = format!("fn rule_{id}_");
        assert!(tests.contains(&name), "no test shows rule {id}");
    }
    println!("{} documented rules, each with its test", ids.len());
}

/// How far a policy lets the use exceed what is owned, in quarters; `None` = without limit.
fn quarters(overage: &str) -> Option<u32> {
    match overage {
        "NO_OVERAGE" => Some(4),
        "ALLOW_1_25X_OVERAGE" => Some(5),
        "ALLOW_1_5X_OVERAGE" => Some(6),
        "ALLOW_2X_OVERAGE" => Some(8),
        "ALWAYS_ALLOW_OVERAGE" => None,
        other => panic!("{other}"),
    }
}

#[test]
fn every_capacity_case_is_answered_alike() {
    // 4D has no overage: a product that allows 1.5 times the number is like one that owns that
    // many, and one that always allows is like an unlimited right.
    let Some(cases) = read("keygen-seat-capacity.json") else {
        return;
    };
    let cases = cases["cases"].as_array().unwrap();
    let number = |case: &Value, key: &str| u32::try_from(case[key].as_u64().unwrap()).unwrap();
    for case in cases {
        let owned = quarters(case["overage"].as_str().unwrap())
            .map_or(32_767, |quarters| number(case, "max") * quarters / 4);
        let granted =
            crate::capacity::all_granted(owned, number(case, "in_use"), number(case, "asked"));
        assert_eq!(granted, case["granted"].as_bool().unwrap(), "{case}");
    }
    assert!(cases.len() >= 23, "{}", cases.len());
    println!("{} capacity cases answered alike", cases.len());
}
