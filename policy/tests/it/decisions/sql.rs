//! Who may use the data over SQL: the three rights of a schema, each of which holds the ones before it.

use guichet_core::{AccessArea, Grantee, SchemaName, SqlRight};
use guichet_policy::{Access, Decision, Denial, Policy, Reason};

use super::{check, controlled, server, sql_area};
use crate::support::user_names;

fn sql(policy: &Policy, right: SqlRight) -> Access {
    Access::sql(policy.directory(), "DEFAULT_SCHEMA", right).unwrap()
}

#[test]
fn an_sql_right_is_open_to_whoever_has_it_or_a_wider_one() {
    use Reason::{Everyone, Member, MissingGroup, Nobody, NotMember};
    // The grantees of read, write and all; then the reasons for Ann (in Devs) and the Administrator
    // (in Ops) to read, to write and to change the structure.
    let cases = [
        (
            ["*", "*", ""],
            [Everyone, Everyone, Nobody],
            [Everyone, Everyone, Nobody],
        ),
        (
            ["Devs", "*", ""],
            [Everyone, Everyone, Nobody],
            [Everyone, Everyone, Nobody],
        ),
        (
            ["Devs", "Ops", ""],
            [Member, NotMember, Nobody],
            [Member, Member, Nobody],
        ),
        (["", "", "Ops"], [NotMember; 3], [Member; 3]),
        (["", "", ""], [Nobody; 3], [Nobody; 3]),
        (
            ["Ghosts", "", ""],
            [MissingGroup, Nobody, Nobody],
            [MissingGroup, Nobody, Nobody],
        ),
        (
            ["Devs", "Ghosts", ""],
            [Member, MissingGroup, Nobody],
            [NotMember, MissingGroup, Nobody],
        ),
        (["", "", "*"], [Everyone; 3], [Everyone; 3]),
    ];
    for (grantees, ann, administrator) in cases {
        let policy = server(controlled(|builder| {
            for (right, grantee) in SqlRight::ALL.into_iter().zip(grantees) {
                builder.grant_area(&sql_area(right), &Grantee::parse(grantee));
            }
        }));
        for (n, right) in SqlRight::ALL.into_iter().enumerate() {
            check(&policy, "Ann", &sql(&policy, right), ann[n]);
            check(
                &policy,
                "Administrator",
                &sql(&policy, right),
                administrator[n],
            );
        }
    }
}

#[test]
fn several_groups_that_have_an_sql_right_are_all_listed() {
    let policy = server(controlled(|builder| {
        for (right, group) in SqlRight::ALL.into_iter().zip(["Ops", "Devs", "Ops"]) {
            builder.grant_area(&sql_area(right), &Grantee::parse(group));
        }
    }));
    let read = policy.who_can(&sql(&policy, SqlRight::Read)).unwrap();
    assert_eq!(
        read.grantees,
        [Grantee::parse("Ops"), Grantee::parse("Devs")]
    );
    let names = ["Designer", "Administrator", "Ann"];
    assert_eq!(user_names(policy.directory(), &read.users), names);
    let all = policy.who_can(&sql(&policy, SqlRight::All)).unwrap();
    assert_eq!(all.grantees, [Grantee::parse("Ops")]);
}

#[test]
fn whom_an_sql_right_is_given_to_is_said_once_and_without_nobody() {
    let cases = [
        (["", "Devs", ""], "Devs"),
        (["Devs", "Devs", ""], "Devs"),
        (["Ghosts", "", "Ghosts"], "Ghosts"),
        (["Devs", "*", ""], "*"),
        (["", "", ""], ""),
    ];
    for (grantees, expected) in cases {
        let policy = server(controlled(|builder| {
            for (right, grantee) in SqlRight::ALL.into_iter().zip(grantees) {
                builder.grant_area(&sql_area(right), &Grantee::parse(grantee));
            }
        }));
        let read = sql(&policy, SqlRight::Read);
        assert_eq!(policy.grantees(&read).unwrap(), [Grantee::parse(expected)]);
    }
}

#[test]
fn a_schema_of_another_directory_is_closed() {
    let sales = AccessArea::Sql {
        schema: SchemaName::from_stored("SALES"),
        right: SqlRight::Read,
    };
    let other = controlled(|builder| _ = builder.grant_area(&sales, &Grantee::Everyone));
    let access = Access::sql(&other, "sales", SqlRight::Read).unwrap();
    check(&server(other), "Bob", &access, Reason::Everyone);
    let policy = server(controlled(|_| ()));
    let bob = policy.directory().find_user("Bob").unwrap();
    assert_eq!(
        policy.check(bob, &access).unwrap(),
        Decision::Denied(Denial::Nobody)
    );
}
