//! The numbered statements of the behaviour's specification (section 10) that deciding shows.

use guichet_core::{
    AccessArea, AccessControl, Credential, Directory, DirectoryBuilder, Grantee, GroupName, Mode,
    Options, Placement, PluginKey, Reference, RestSide, SchemaName, SqlRight, UserName,
};
use guichet_policy::{Access, DesignEnvironment, Launch, Login, Policy, Reason};

use crate::support::group_names;
use crate::support::sketch::control;

/// The documentation's hierarchy: General Management is in Finance, Finance in Accounting, and each
/// has one user of its own.
fn hierarchy() -> DirectoryBuilder {
    let mut builder = DirectoryBuilder::new();
    control(&mut builder);
    let names = ["Accounting", "Finance", "General Mgmt"];
    let [accounting, finance, management] =
        names.map(|name| builder.group(GroupName::from_stored(name)));
    builder.members_of(accounting).group("Finance");
    builder.members_of(finance).group("General Mgmt");
    let users = [("Andy", accounting), ("Fay", finance), ("Gina", management)];
    for (user, group) in users {
        builder.user(UserName::from_stored(user));
        builder.members_of(group).user(user);
    }
    builder
}

fn server(directory: Directory) -> Policy {
    Policy::new(directory, Mode::Server, Options::default())
}

fn reason(policy: &Policy, user: &str, access: &Access) -> Reason {
    let user = policy.directory().find_user(user).unwrap();
    policy.check(user, access).unwrap().reason()
}

fn effective(policy: &Policy, user: &str) -> Vec<String> {
    let user = policy.directory().find_user(user).unwrap();
    group_names(policy.directory(), &policy.closure().groups_of_user(user))
}

/// Andy, Fay and Gina: who is allowed?
fn populations(grantee: &str) -> [bool; 3] {
    let mut builder = hierarchy();
    builder.grant_area(&AccessArea::Http, &Grantee::parse(grantee));
    let policy = server(builder.finish());
    ["Andy", "Fay", "Gina"].map(|user| reason(&policy, user, &Access::Http) == Reason::Member)
}

#[test]
fn a_renamed_designer_is_still_1_and_passes() {
    let mut builder = hierarchy();
    builder.designer(UserName::from_stored("Boss"));
    builder.group(GroupName::from_stored("Designer")); // a group of that name is no trap
    builder.grant_area(&AccessArea::Design, &Grantee::Nobody);
    let policy = server(builder.finish());
    let boss = policy.directory().find_user("Boss").unwrap();
    assert_eq!(
        policy.check(boss, &Access::Design).unwrap().reason(),
        Reason::Designer
    );
    assert_eq!(policy.directory().find_user("Designer"), None);
}

#[test]
fn statement_03_in_single_user_mode_everyone_is_granted_everything_as_designer() {
    let mut builder = hierarchy();
    builder.grant_area(&AccessArea::Design, &Grantee::Nobody);
    let policy = Policy::new(builder.finish(), Mode::SingleUser, Options::default());
    assert_eq!(policy.directory().access_control(), AccessControl::On);
    for access in policy.accesses() {
        assert_eq!(reason(&policy, "Andy", &access), Reason::SingleUser);
    }
    assert_eq!(policy.login(Launch::Usual), Login::NotAsked);
}

#[test]
fn statement_04_a_server_whose_designer_has_a_password_asks_who_connects() {
    let policy = server(hierarchy().finish());
    assert_eq!(policy.login(Launch::Usual), Login::Dialog);
    let open = server(DirectoryBuilder::new().finish());
    assert_eq!(open.login(Launch::Usual), Login::NotAsked);
    assert_eq!(open.login(Launch::ShiftHeld), Login::NotAsked);
}

#[test]
fn statement_05_the_design_environment_is_read_only_in_client_server() {
    let directory = hierarchy().finish();
    let policy = server(directory.clone());
    assert_eq!(
        reason(&policy, "Designer", &Access::Design),
        Reason::Designer
    );
    assert_eq!(policy.design_environment(), DesignEnvironment::ReadOnly);
    let local = Policy::new(directory, Mode::SingleUser, Options::default());
    assert_eq!(local.design_environment(), DesignEnvironment::Editable);
}

#[test]
fn statement_08_the_administrator_outside_the_group_cannot_enter_design() {
    let mut builder = hierarchy();
    builder.grant_area(&AccessArea::Design, &Grantee::parse("Finance"));
    let policy = server(builder.finish());
    assert_eq!(
        reason(&policy, "Administrator", &Access::Design),
        Reason::NotMember
    );
}

#[test]
fn statement_09_the_administrator_in_the_group_can_enter_design() {
    let mut builder = hierarchy();
    builder.grant_area(&AccessArea::Design, &Grantee::parse("Finance"));
    let finance = builder.as_directory().find_group("Finance").unwrap();
    builder.members_of(finance).user("Administrator");
    let policy = server(builder.finish());
    assert_eq!(
        reason(&policy, "Administrator", &Access::Design),
        Reason::Member
    );
}

#[test]
fn statement_12_no_restriction_applies_to_the_designer_on_any_server() {
    let mut builder = hierarchy();
    for area in [AccessArea::Http, AccessArea::Rest(RestSide::Remote)] {
        builder.grant_area(&area, &Grantee::Nobody);
    }
    for right in SqlRight::ALL {
        let schema = SchemaName::default_schema();
        builder.grant_area(&AccessArea::Sql { schema, right }, &Grantee::Nobody);
    }
    let policy = server(builder.finish());
    for access in policy.accesses() {
        let is_server = matches!(access, Access::Http | Access::Rest | Access::Sql(_));
        if is_server {
            assert_eq!(reason(&policy, "Designer", &access), Reason::Designer);
            assert_eq!(reason(&policy, "Gina", &access), Reason::Nobody);
        }
    }
}

#[test]
fn statement_20_a_user_in_no_group_is_valid() {
    let mut builder = hierarchy();
    builder.user(UserName::from_stored("Solo"));
    let directory = builder.finish();
    assert!(directory.is_sound());
    let policy = server(directory);
    assert!(effective(&policy, "Solo").is_empty());
    assert_eq!(reason(&policy, "Solo", &Access::Design), Reason::Everyone);
}

#[test]
fn statement_21_a_user_in_two_groups_has_what_both_have() {
    let mut builder = hierarchy();
    let sales = builder.group(GroupName::from_stored("Sales"));
    builder.members_of(sales).user("Fay");
    builder.grant_area(&AccessArea::Http, &Grantee::parse("Sales"));
    builder.grant_area(&AccessArea::Design, &Grantee::parse("Finance"));
    let policy = server(builder.finish());
    assert_eq!(reason(&policy, "Fay", &Access::Http), Reason::Member);
    assert_eq!(reason(&policy, "Fay", &Access::Design), Reason::Member);
}

#[test]
fn statement_22_a_user_of_general_management_is_in_all_three() {
    let policy = server(hierarchy().finish());
    assert_eq!(
        effective(&policy, "Gina"),
        ["Accounting", "Finance", "General Mgmt"]
    );
}

#[test]
fn statement_23_a_user_of_finance_is_in_finance_and_accounting() {
    assert_eq!(
        effective(&server(hierarchy().finish()), "Fay"),
        ["Accounting", "Finance"]
    );
}

#[test]
fn statement_24_a_user_of_accounting_is_in_accounting_alone() {
    assert_eq!(
        effective(&server(hierarchy().finish()), "Andy"),
        ["Accounting"]
    );
}

#[test]
fn statement_25_what_accounting_has_all_have_and_what_management_has_it_alone_has() {
    assert_eq!(populations("Accounting"), [true, true, true]);
    assert_eq!(populations("Finance"), [false, true, true]);
    assert_eq!(populations("General Mgmt"), [false, false, true]);
}

#[test]
fn statement_26_a_group_taken_out_of_another_loses_what_it_has() {
    let build = |nested: bool| {
        let mut builder = DirectoryBuilder::new();
        control(&mut builder);
        builder.user(UserName::from_stored("Xena"));
        let y = builder.group(GroupName::from_stored("Y"));
        let x = builder.group(GroupName::from_stored("X"));
        builder.members_of(x).user("Xena");
        if nested {
            builder.members_of(y).group("X");
        }
        builder.grant_area(&AccessArea::Http, &Grantee::parse("Y"));
        reason(&server(builder.finish()), "Xena", &Access::Http)
    };
    assert_eq!(build(true), Reason::Member);
    assert_eq!(build(false), Reason::NotMember);
}

#[test]
fn statement_27_a_user_outside_the_group_of_a_plugin_is_refused() {
    let mut builder = hierarchy();
    let write = PluginKey::from_stored("write");
    builder.grant_plugin(&write, &Grantee::parse("Finance"));
    let policy = server(builder.finish());
    let access = Access::Plugin(write);
    assert_eq!(reason(&policy, "Andy", &access), Reason::NotMember);
    assert_eq!(reason(&policy, "Gina", &access), Reason::Member);
}

#[test]
fn statement_33_the_web_and_soap_clients_are_decided_like_a_plugin() {
    let mut builder = hierarchy();
    for key in ["web", "soap", "write"] {
        builder.grant_plugin(&PluginKey::from_stored(key), &Grantee::parse("Finance"));
    }
    let policy = server(builder.finish());
    let accesses = ["web", "soap", "write"].map(|key| Access::Plugin(PluginKey::from_stored(key)));
    for user in ["Designer", "Administrator", "Andy", "Fay", "Gina"] {
        let handle = policy.directory().find_user(user).unwrap();
        let [web, soap, write] = accesses
            .each_ref()
            .map(|access| policy.check(handle, access).unwrap());
        assert_eq!((&web, &soap), (&write, &write), "{user}");
    }
}

#[test]
fn statement_39_without_a_designer_password_everyone_is_granted_everything() {
    let mut builder = DirectoryBuilder::new();
    builder.user(UserName::from_stored("Ann"));
    builder.group(GroupName::from_stored("Devs"));
    builder.grant_area(&AccessArea::Design, &Grantee::parse("Devs"));
    let policy = server(builder.finish());
    for access in policy.accesses() {
        assert_eq!(reason(&policy, "Ann", &access), Reason::AccessControlOff);
    }
}

#[test]
fn statement_40_control_is_off_once_the_designers_password_is_gone() {
    let build = |password: Option<&str>| {
        let mut builder = DirectoryBuilder::new();
        let (designer, administrator) = {
            let directory = builder.as_directory();
            (directory.designer(), directory.administrator())
        };
        // Another user's password does not count.
        builder.credential(
            administrator,
            Credential::from_stored("BBBBBBBBBBBBBBBBBBBBBB=="),
        );
        if let Some(password) = password {
            builder.credential(designer, Credential::from_stored(password));
        }
        builder.grant_area(&AccessArea::Design, &Grantee::Nobody);
        reason(&server(builder.finish()), "Administrator", &Access::Design)
    };
    assert_eq!(build(Some("AAAAAAAAAAAAAAAAAAAAAA==")), Reason::Nobody);
    assert_eq!(build(None), Reason::AccessControlOff);
}

#[test]
fn statement_63_a_user_outside_the_rest_group_is_refused() {
    let mut builder = hierarchy();
    let area = AccessArea::Rest(RestSide::Remote);
    builder.grant_area(&area, &Grantee::parse("General Mgmt"));
    let policy = server(builder.finish());
    assert_eq!(reason(&policy, "Gina", &Access::Rest), Reason::Member);
    assert_eq!(reason(&policy, "Andy", &Access::Rest), Reason::NotMember);
}

#[test]
fn statement_65_restricting_sql_read_alone_restricts_nothing() {
    let mut builder = hierarchy();
    let schema = SchemaName::default_schema();
    let right = SqlRight::Read;
    builder.grant_area(
        &AccessArea::Sql { schema, right },
        &Grantee::parse("General Mgmt"),
    );
    let policy = server(builder.finish());
    let read = Access::sql(policy.directory(), "DEFAULT_SCHEMA", SqlRight::Read).unwrap();
    assert_eq!(reason(&policy, "Andy", &read), Reason::Everyone);
}

#[test]
fn statement_70_a_default_user_is_not_asked_for_a_name() {
    let build = |password: Option<&str>| {
        let mut builder = hierarchy();
        let guest = builder.user(UserName::from_stored("Guest"));
        if let Some(password) = password {
            builder.credential(guest, Credential::from_stored(password));
        }
        builder.default_user("Guest");
        (server(builder.finish()), guest)
    };
    let (open, guest) = build(None);
    assert_eq!(open.login(Launch::Usual), Login::AsDefaultUser(guest));
    assert_eq!(open.login(Launch::ShiftHeld), Login::Dialog);
    let (closed, guest) = build(Some("CCCCCCCCCCCCCCCCCCCCCC=="));
    assert_eq!(
        closed.login(Launch::Usual),
        Login::DefaultUserPassword(guest)
    );
    let mut missing = hierarchy();
    assert_eq!(missing.default_user("Nobody"), Some(Placement::Missing));
    assert_eq!(server(missing.finish()).login(Launch::Usual), Login::Dialog);
}

#[test]
fn a_user_and_a_group_of_the_same_name_coexist() {
    let mut builder = hierarchy();
    builder.user(UserName::from_stored("Finance"));
    let policy = server(builder.finish());
    assert!(effective(&policy, "Finance").is_empty());
    assert_eq!(effective(&policy, "Fay"), ["Accounting", "Finance"]);
}

#[test]
fn statement_82_what_is_wrong_in_a_hierarchy_is_named_without_looping() {
    let mut builder = hierarchy();
    let management = builder.as_directory().find_group("General Mgmt").unwrap();
    let alone = builder.group(GroupName::from_stored("Alone"));
    builder.members_of(management).group("Accounting");
    builder.members_of(alone).group("Alone");
    builder.members_of(alone).group("Ghosts");
    builder.members_of(alone).user("Casper");
    builder.grant_area(&AccessArea::Http, &Grantee::parse("Phantoms"));
    builder.default_user("Spook");
    let policy = server(builder.finish());
    let directory = policy.directory();
    let cycles: Vec<_> = (policy.closure().cycles().iter())
        .map(|cycle| cycle.chain().describe(directory).to_string())
        .collect();
    let ring = "Accounting contains Finance, Finance contains General Mgmt, \
        General Mgmt contains Accounting";
    assert_eq!(cycles, [ring, "Alone contains Alone"]);
    let alone = directory.group(alone).unwrap();
    assert_eq!(alone.missing_groups(), [GroupName::from_stored("Ghosts")]);
    assert_eq!(alone.missing_users(), [UserName::from_stored("Casper")]);
    assert_eq!(reason(&policy, "Andy", &Access::Http), Reason::MissingGroup);
    assert_eq!(
        policy.grantees(&Access::Http).unwrap(),
        [Grantee::parse("Phantoms")]
    );
    let missing = Some(Reference::Missing(UserName::from_stored("Spook")));
    assert_eq!(directory.settings().default_user(), &missing);
    let all = ["Accounting", "Finance", "General Mgmt"];
    assert_eq!(effective(&policy, "Andy"), all);
}
