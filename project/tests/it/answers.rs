//! Answers in names: why somebody has an access, and what an explanation adds.

#![allow(clippy::unwrap_used, reason = "tests")]

use guichet::{Grounds, Mode, More, Project};

use crate::support::Shop;

#[test]
fn an_audience_says_why_it_has_the_access() {
    let shop = Shop::new();
    let grounds = |mode: Mode, access: &str| {
        let options = Project::options().mode(mode);
        let view = options.open(shop.root()).unwrap().current();
        view.audience(&view.access(access).unwrap())
            .unwrap()
            .grounds
    };
    let of_server = |access: &str| grounds(Mode::Server, access);
    assert_eq!(of_server("design"), Grounds::GrantedOrDesigner);
    assert_eq!(of_server("rest"), Grounds::Granted, "open to everyone");
    assert_eq!(of_server("plugin:write"), Grounds::Granted);
    assert_eq!(of_server("administration"), Grounds::Power);
    assert_eq!(grounds(Mode::SingleUser, "design"), Grounds::SingleUser);

    shop.replace(
        "\"password\": \"$2b$10$XbCTABI.dXWBs8iS26eBOeT3PiiPTMYXNsvDpbLk7.r5xKha64TaW\",\n",
        "",
    );
    assert_eq!(of_server("plugin:write"), Grounds::AccessControlOff);
}

#[test]
fn an_explanation_adds_what_leads_there_or_what_is_missing() {
    let view = Shop::new().open().current();
    let write = view.access("plugin:write").unwrap();
    let explained = |user: &str| view.explained(view.user(user).unwrap(), &write).unwrap();
    let ann = explained("Ann Lee");
    assert_eq!(ann.answer.verdict.chain, ["General Mgmt", "Finance"]);
    let paths = vec![ann.answer.path.clone()];
    assert_eq!(
        ann.more,
        More::Allowed {
            paths,
            path_count: 1,
            path_count_exact: true
        }
    );
    let zoe = explained("Zoé Martin");
    assert_eq!(zoe.own_groups, ["Accounting"]);
    let names = |names: [&str; 2]| names.map(str::to_owned).to_vec();
    assert_eq!(
        zoe.more,
        More::Denied {
            would_allow: names(["Finance", "General Mgmt"]),
            nearest_miss: Some(names(["Accounting", "Finance"])),
        }
    );
}
