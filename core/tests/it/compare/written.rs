//! Differences, leftovers and merges as JSON, as `diff` and `merge` print them.

#![cfg(feature = "serde")]

use guichet_core::{
    AccessArea, Change, Credential, DirectoryBuilder, Grantee, PluginKey, Rules, compare, merge,
};
use serde_json::{json, to_value};

use super::examples::groups;
use crate::changes::{members, office};
use crate::support::{edit, group, user};

#[test]
fn a_delta_has_its_kind_and_names() {
    let old = office();
    let mut new = DirectoryBuilder::new();
    let ann = new.user(user("Ann"));
    new.credential(ann, Credential::from_stored("digest"));
    new.user(user("Bob"));
    new.user(user("Zoë"));
    let devs = new.group(group("Devs"));
    new.members_of(devs).user("Ann");
    new.members_of(devs).user("Bob");
    new.members_of(devs).group("Temps");
    let all = new.group(group("All"));
    new.members_of(all).group("Devs");
    new.group(group("QA"));
    new.grant_area(&AccessArea::Design, &Grantee::Group(group("Temps")));
    new.grant_plugin(&PluginKey::from_stored("write"), &Grantee::Nobody);
    let new = new.finish();
    let difference = compare(&old, &new);
    assert_eq!(
        to_value(&difference).unwrap(),
        json!([
            {"kind": "password-changed", "user": "Ann", "before": "none", "after": "unknown"},
            {"kind": "missing-group-added", "group": "Devs", "name": "Temps"},
            {"kind": "area-granted", "area": "design", "before": {"group": "Devs"}, "after": {"group": "Temps"}},
            {"kind": "plugin-granted", "plugin": "write", "before": "everyone", "after": "nobody"},
            {"kind": "default-user-changed", "before": "Ann", "after": null},
        ])
    );
    let canonical = difference.canonical();
    assert!(canonical.starts_with("password-changed: "), "{canonical}");
    assert_eq!(canonical.lines().count(), difference.len());
    assert_ne!(difference, compare(&new, &old));
    for delta in difference.deltas() {
        let written = to_value(delta).unwrap();
        assert_eq!(written["kind"], delta.kind());
    }
    let plan = difference.plan(&old, &Rules::default());
    assert_eq!(
        to_value(plan.leftovers().first().unwrap()).unwrap(),
        json!({
            "kind": "missing-group-added",
            "group": "Devs",
            "name": "Temps",
            "refusal": "no group is named `Temps`",
        })
    );
}

#[test]
fn a_conflict_has_its_kind_and_both_lists() {
    let base = groups(&[("A", &["Ann"]), ("B", &["Bob"])]);
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    let rename = |name: &str| Change::RenameGroup {
        group: group("A"),
        name: group(name),
    };
    edit(&mut ours, rename("One")).unwrap();
    edit(&mut ours, members("One", &[], &["B"])).unwrap();
    edit(&mut theirs, rename("Two")).unwrap();
    edit(&mut theirs, members("B", &["Ann"], &["Two"])).unwrap();
    assert_eq!(
        to_value(merge(&base, &ours, &theirs)).unwrap(),
        json!({
            "difference": [{"kind": "member-user-added", "group": "B", "user": "Ann"}],
            "conflicts": [
                {
                    "conflict": "both-changed",
                    "ours": [{"kind": "group-renamed", "from": "A", "to": "One"}],
                    "theirs": [{"kind": "group-renamed", "from": "A", "to": "Two"}],
                },
                {
                    "conflict": "cycle",
                    "cycle": ["B", "One"],
                    "ours": [{"kind": "member-group-added", "group": "One", "member": "B"}],
                    "theirs": [{"kind": "member-group-added", "group": "B", "member": "Two"}],
                },
            ],
        })
    );
}
