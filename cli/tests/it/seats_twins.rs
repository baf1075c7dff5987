//! Accounts of one name: seats are held by name, so a check and a seat must not differ.

use crate::harness::Project;

/// A ledger once gave a seat to the one account by the rights of the other.
#[test]
fn a_check_and_a_seat_answer_the_same_for_accounts_of_one_name() {
    let secret = r#""password": "AAAAAAAAAAAAAAAAAAAAAA==""#;
    for users in [
        format!(r#""designer": {{{secret}}}, "administrator": {{}}, "Ann": {{}}, "ANN": {{}}"#),
        format!(r#""designer": {{{secret}, "alias": "Ann"}}, "administrator": {{}}, "Ann": {{}}"#),
        format!(r#""designer": {{{secret}}}, "administrator": {{"alias": "Ann"}}, "Ann": {{}}"#),
    ] {
        let project = Project::with(format!(
            r#"{{"users": {{{users}}}, "groups": {{"W": {{"users": ["Ann"]}}}},
                "remoteGranters": {{"write": "W"}}}}"#
        ));
        project.write("Settings/guichet.toml", "[plugins.write]\nseats = 9\n");
        let listed = project.at_noon("users list --format json").json();
        let mut refused = 0;
        for user in listed.as_array().unwrap() {
            let id = &user["id"];
            let check = project.at_noon(&format!("check #{id} plugin:write"));
            let open = format!("session open #{id} --id s{id} --ledger [PROJECT]/seats.sqlite");
            let open = project.at_noon(&format!("{open} --format json"));
            if open.status == 0 {
                let take = format!("seats take s{id} write --ledger [PROJECT]/seats.sqlite");
                let take = project.at_noon(&take);
                assert_eq!(take.status, check.status, "{check}{take}");
            } else {
                assert_eq!(open.json_error()["code"], "ambiguous-name");
                refused += 1;
            }
        }
        assert_eq!(refused, 1, "{users}");
    }
}
