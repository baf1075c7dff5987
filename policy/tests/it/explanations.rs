//! Explanations by example: the order of what would help, and what comes closest.

use guichet_core::{
    AccessArea, DirectoryBuilder, Grantee, GroupName, Mode, Options, SchemaName, SqlRight, UserName,
};
use guichet_policy::{Access, Explanation, Policy, Reason};

use crate::support::sketch::control;
use crate::support::{group_names, path_names};

/// Groups with what is nested in each, users with their groups, in the order of the file.
fn policy(
    groups: &[(&str, &[&str])],
    users: &[(&str, &[&str])],
    grants: &[(AccessArea, &str)],
) -> Policy {
    let mut builder = DirectoryBuilder::new();
    control(&mut builder);
    let handles: Vec<_> = (groups.iter())
        .map(|(name, _)| builder.group(GroupName::from_stored(*name)))
        .collect();
    for (handle, (_, nested)) in handles.iter().zip(groups) {
        let mut members = builder.members_of(*handle);
        nested.iter().for_each(|name| _ = members.group(name));
    }
    for (user, of) in users {
        builder.user(UserName::from_stored(*user));
        for group in *of {
            let group = builder.as_directory().find_group(group).unwrap();
            builder.members_of(group).user(user);
        }
    }
    for (area, grantee) in grants {
        builder.grant_area(area, &Grantee::parse(grantee));
    }
    Policy::new(builder.finish(), Mode::Server, Options::default())
}

fn explain(policy: &Policy, user: &str, access: &Access) -> Explanation {
    policy
        .explain(policy.directory().find_user(user).unwrap(), access)
        .unwrap()
}

#[test]
fn what_would_help_is_listed_from_the_granted_group_downward() {
    let groups: [(&str, &[&str]); 6] = [
        ("Deepest", &[]),
        ("Deep B", &["Deepest"]),
        ("Deep A", &[]),
        ("Granted", &["Deep A", "Deep B"]),
        ("Above", &["Granted"]),
        ("Elsewhere", &[]),
    ];
    let policy = policy(&groups, &[("Ann", &[])], &[(AccessArea::Design, "Granted")]);
    let explanation = explain(&policy, "Ann", &Access::Design);
    assert_eq!(explanation.decision.reason(), Reason::NotMember);
    assert_eq!(
        group_names(policy.directory(), &explanation.would_allow),
        ["Granted", "Deep B", "Deep A", "Deepest"]
    );
    assert_eq!(explanation.nearest_miss, None);
    assert!(explanation.paths.is_empty());
}

#[test]
fn being_in_the_container_of_the_granted_group_is_the_nearest_miss() {
    // The upside-down nesting of real projects: `Sales` contains `Discount`, which is granted.
    let groups: [(&str, &[&str]); 3] = [
        ("All", &["Sales"]),
        ("Sales", &["Discount"]),
        ("Discount", &[]),
    ];
    let users: [(&str, &[&str]); 2] = [("Ann", &["Sales", "All"]), ("Bob", &["All"])];
    let policy = policy(&groups, &users, &[(AccessArea::Http, "Discount")]);
    for (user, expected) in [
        ("Ann", &["Sales", "Discount"][..]),
        ("Bob", &["All", "Sales", "Discount"]),
    ] {
        let miss = explain(&policy, user, &Access::Http).nearest_miss.unwrap();
        assert_eq!(group_names(policy.directory(), miss.chain()), expected);
    }
}

#[test]
fn several_granted_groups_are_reached_by_the_nearest() {
    let groups: [(&str, &[&str]); 4] = [
        ("Readers", &["Staff"]),
        ("Staff", &["Desk"]),
        ("Writers", &["Desk"]),
        ("Desk", &[]),
    ];
    let area = |right| AccessArea::Sql {
        schema: SchemaName::default_schema(),
        right,
    };
    let grants = [
        (area(SqlRight::Read), "Readers"),
        (area(SqlRight::Write), "Writers"),
        (area(SqlRight::All), ""),
    ];
    let policy = policy(&groups, &[("Ann", &["Desk"]), ("Bob", &[])], &grants);
    let read = Access::sql(policy.directory(), "DEFAULT_SCHEMA", SqlRight::Read).unwrap();
    let explanation = explain(&policy, "Ann", &read);
    let paths: Vec<_> = (explanation.paths.iter())
        .map(|path| path_names(policy.directory(), &path))
        .collect();
    assert_eq!(paths, [["Ann", "Desk", "Writers"]]);
    let would_allow = explain(&policy, "Bob", &read).would_allow;
    assert_eq!(
        group_names(policy.directory(), &would_allow),
        ["Readers", "Writers", "Staff", "Desk"]
    );
}

#[test]
fn nothing_is_suggested_where_membership_is_not_the_matter() {
    let grants = [(AccessArea::Design, ""), (AccessArea::Http, "Ghosts")];
    let policy = policy(&[("Devs", &[])], &[("Ann", &["Devs"])], &grants);
    let cases = [
        (Access::Design, Reason::Nobody),
        (Access::Http, Reason::MissingGroup),
        (Access::Administration, Reason::NotEntitled),
        (Access::Rest, Reason::Everyone),
    ];
    for (access, reason) in cases {
        let explanation = explain(&policy, "Ann", &access);
        assert_eq!(explanation.decision.reason(), reason);
        assert!(explanation.would_allow.is_empty());
        assert!(explanation.paths.is_empty());
        assert_eq!(explanation.nearest_miss, None);
    }
}

#[test]
fn a_group_of_another_directory_has_no_members_and_is_not_suggested() {
    let other = policy(&[("Devs", &[]), ("Far", &[])], &[], &[]);
    let far = Access::Group(other.directory().find_group("Far").unwrap());
    let policy = policy(&[("Devs", &[])], &[("Ann", &["Devs"])], &[]);
    let explanation = explain(&policy, "Ann", &far);
    assert_eq!(explanation.decision.reason(), Reason::NotMember);
    assert!(explanation.would_allow.is_empty());
    assert_eq!(explanation.grantees, [Grantee::Nobody]);
    assert_eq!(far.describe(policy.directory()).to_string(), "group:?");
}
