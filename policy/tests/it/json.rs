//! The JSON of answers: names and words, and the fields that programs rely on.

use guichet_core::{
    AccessArea, Credential, DirectoryBuilder, Grantee, GroupName, Mode, Options, UserName,
};
use guichet_policy::lint::{Facts, Levels, LintInput, lint};
use guichet_policy::{Access, Closure, Policy, Reason, impact};
use serde_json::{Value, json};

/// Ann is in Finance through Management and directly, which has the design access; Bob is in
/// Accounting, which contains Finance.
fn policy() -> Policy {
    let mut builder = DirectoryBuilder::new();
    let designer = builder.as_directory().designer();
    builder.credential(
        designer,
        Credential::from_stored("AAAAAAAAAAAAAAAAAAAAAA=="),
    );
    for name in ["Ann", "Bob"] {
        builder.user(UserName::from_stored(name));
    }
    let [accounting, finance, management] = ["Accounting", "Finance", "Management"]
        .map(|name| builder.group(GroupName::from_stored(name)));
    builder.members_of(accounting).user("Bob");
    builder.members_of(accounting).group("Finance");
    builder.members_of(finance).user("Ann");
    builder.members_of(finance).group("Management");
    builder.members_of(management).user("Ann");
    builder.grant_area(&AccessArea::Design, &Grantee::parse("Finance"));
    Policy::new(builder.finish(), Mode::Server, Options::default())
}

fn json_of(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

#[test]
fn answers_are_written_with_names() {
    let policy = policy();
    let directory = policy.directory();
    let [ann, bob] = ["Ann", "Bob"].map(|name| directory.find_user(name).unwrap());
    let explained = |user| json_of(&policy.explained(user, &Access::Design).unwrap());
    assert_eq!(
        explained(ann),
        json!({
            "user": "Ann",
            "access": "design",
            "allowed": true,
            "reason": "member",
            "path": ["Ann", "Finance"],
            "paths": [["Ann", "Finance"]],
            "path_count": 1,
            "path_count_exact": true,
        })
    );
    let denied = explained(bob);
    assert_eq!(denied["reason"], "not-member");
    assert_eq!(denied["would_allow"], json!(["Finance", "Management"]));
    assert_eq!(denied["nearest_miss"], json!(["Accounting", "Finance"]));

    assert_eq!(
        json_of(&policy.audience(&Access::Design).unwrap()),
        json!({
            "access": "design",
            "grantee": "group",
            "group": "Finance",
            "groups": ["Finance"],
            "users": ["Designer", "Ann"],
        })
    );
    assert_eq!(
        json_of(&policy.reach(bob))["access"][0],
        json!({"access": "design", "allowed": false, "reason": "not-member"})
    );
}

/// The words of the command line and those of JSON are the same.
#[test]
fn a_reason_is_written_as_it_is_said() {
    for reason in Reason::ALL {
        assert_eq!(json_of(&reason), reason.as_str());
    }
}

#[test]
fn cycles_are_written_with_names() {
    let mut builder = DirectoryBuilder::new();
    let [sales, staff] = ["Sales", "Staff"].map(|name| builder.group(GroupName::from_stored(name)));
    builder.members_of(sales).group("Staff");
    builder.members_of(staff).group("Sales");
    let closure = Closure::new(builder.finish());
    let cycles = closure.cycles();
    let both = json!(["Sales", "Staff"]);
    assert_eq!(
        json_of(&cycles[0].named(closure.directory())),
        json!({"groups": both, "ring": both})
    );
    let removals = closure.cheapest_removals(&cycles);
    assert_eq!(
        json_of(&removals[0].named(closure.directory())),
        json!({
            "memberships": [{"container": "Staff", "nested": "Sales", "lost": 0}],
            "proof": "cheapest",
        })
    );
}

#[test]
fn findings_and_changes_of_access_are_written_with_names() {
    let policy = policy();
    let facts = Facts::default();
    let findings = lint(&LintInput::new(&policy, &facts), &Levels::default());
    let found = findings.iter().find(|found| found.fix.is_some()).unwrap();
    assert_eq!(
        json_of(&found.named(policy.directory())),
        json!({
            "code": "implied-membership",
            "severity": "info",
            "message": "user `Ann` is in group `Finance` directly, and anyway through `Management`",
            "help": null,
            "subject": {"kind": "user-in", "group": "Finance", "user": "Ann"},
            "fix": [{"change": "remove-members", "group": "Finance", "users": ["Ann"]}],
        })
    );
    let open = Policy::new(
        DirectoryBuilder::new().finish(),
        Mode::Server,
        Options::default(),
    );
    let changes = json_of(&impact(&open, &policy));
    assert_eq!(
        changes[0],
        json!({"user": "Administrator", "id": 2, "access": "design", "before": true, "after": false})
    );
}
