//! Who may reach what: tables of directory, user, access and reason.

mod sql;

use guichet_core::{
    AccessArea, Directory, DirectoryBuilder, Grantee, GroupName, Mode, Options, PluginKey,
    RestSide, SchemaName, SqlRight, UserName,
};
use guichet_core::{AdministratorDesign, DesignerPlugins};
use guichet_policy::{Access, Policy, Reason};

use crate::support::path_names;
use crate::support::sketch::control;

const MODES: [Mode; 2] = [Mode::Server, Mode::SingleUser];

/// Ann is in Low, Low is in Devs; Bob is in nothing; the Administrator is in Ops.
fn builder() -> DirectoryBuilder {
    let mut builder = DirectoryBuilder::new();
    builder.user(UserName::from_stored("Ann"));
    builder.user(UserName::from_stored("Bob"));
    let [devs, low, ops] =
        ["Devs", "Low", "Ops"].map(|name| builder.group(GroupName::from_stored(name)));
    builder.members_of(devs).group("Low");
    builder.members_of(low).user("Ann");
    builder.members_of(ops).user("Administrator");
    builder
}

fn controlled(grants: impl FnOnce(&mut DirectoryBuilder)) -> Directory {
    let mut builder = builder();
    control(&mut builder);
    grants(&mut builder);
    builder.finish()
}

fn server(directory: Directory) -> Policy {
    Policy::new(directory, Mode::Server, Options::default())
}

#[track_caller]
fn check(policy: &Policy, user: &str, access: &Access, expected: Reason) {
    let user = policy.directory().find_user(user).unwrap();
    assert_eq!(policy.check(user, access).unwrap().reason(), expected);
}

fn plugin(key: &str) -> Access {
    Access::Plugin(PluginKey::from_stored(key))
}

fn sql_area(right: SqlRight) -> AccessArea {
    let schema = SchemaName::default_schema();
    AccessArea::Sql { schema, right }
}

#[test]
fn a_policy_tells_what_it_was_made_of() {
    let options = Options {
        designer_plugins: DesignerPlugins::Always,
        ..Options::default()
    };
    let directory = controlled(|_| ());
    let policy = Policy::new(directory.clone(), Mode::SingleUser, options);
    assert_eq!(policy.directory().user_count(), directory.user_count());
    assert_eq!(
        (policy.mode(), policy.options()),
        (Mode::SingleUser, options)
    );
}

#[test]
fn a_grantee_decides_for_an_ordinary_user() {
    let cases = [
        ("*", "Ann", Reason::Everyone),
        ("*", "Bob", Reason::Everyone),
        ("", "Ann", Reason::Nobody),
        ("Devs", "Ann", Reason::Member),
        ("Devs", "Bob", Reason::NotMember),
        ("Ghosts", "Ann", Reason::MissingGroup),
    ];
    for (grantee, user, expected) in cases {
        let grantee = Grantee::parse(grantee);
        let policy = server(controlled(|builder| {
            builder.grant_area(&AccessArea::Design, &grantee);
            builder.grant_area(&AccessArea::Http, &grantee);
            builder.grant_area(&AccessArea::Rest(RestSide::Remote), &grantee);
            builder.grant_plugin(&PluginKey::from_stored("write"), &grantee);
        }));
        let accesses = [
            Access::Design,
            Access::RuntimeExplorer,
            Access::Http,
            Access::Rest,
            plugin("write"),
        ];
        for access in accesses {
            check(&policy, user, &access, expected);
            assert_eq!(
                policy.grantees(&access).unwrap(),
                std::slice::from_ref(&grantee)
            );
        }
    }
}

#[test]
fn what_a_file_does_not_say_is_open_to_everyone() {
    let declared = [PluginKey::from_stored("third-party")];
    let policy = server(controlled(|_| ())).with_plugins(declared);
    for access in policy.accesses() {
        if access != Access::Administration {
            check(&policy, "Bob", &access, Reason::Everyone);
        }
    }
}

#[test]
fn everything_is_allowed_to_everyone_while_control_is_off() {
    let closed = |builder: &mut DirectoryBuilder| {
        builder.grant_area(&AccessArea::Design, &Grantee::Nobody);
        builder.grant_plugin(&PluginKey::from_stored("write"), &Grantee::parse("Ghosts"));
    };
    let mut open = builder();
    closed(&mut open);
    let directories = [
        (open.finish(), Mode::Server, Reason::AccessControlOff),
        (controlled(closed), Mode::SingleUser, Reason::SingleUser),
    ];
    for (directory, mode, expected) in directories {
        let policy = Policy::new(directory, mode, Options::default());
        let groups = policy
            .directory()
            .groups()
            .map(|(group, _)| Access::Group(group));
        for access in policy.accesses().into_iter().chain(groups) {
            for user in ["Designer", "Administrator", "Ann", "Bob"] {
                check(&policy, user, &access, expected);
            }
            assert_eq!(policy.who_can(&access).unwrap().users.len(), 4);
        }
    }
}

#[test]
fn nothing_but_a_plugin_is_closed_to_the_designer() {
    let directory = controlled(|builder| {
        builder.grant_area(&AccessArea::Design, &Grantee::Nobody);
        builder.grant_area(&AccessArea::Http, &Grantee::parse("Devs"));
        builder.grant_plugin(&PluginKey::from_stored("write"), &Grantee::parse("Devs"));
        for right in SqlRight::ALL {
            builder.grant_area(&sql_area(right), &Grantee::Nobody);
        }
    });
    let policy = server(directory.clone());
    for access in policy.accesses() {
        let expected = match &access {
            Access::Plugin(key) if key.as_str() == "write" => Reason::NotMember,
            Access::Plugin(_) => Reason::Everyone,
            _ => Reason::Designer,
        };
        check(&policy, "Designer", &access, expected);
    }
    let options = Options {
        designer_plugins: DesignerPlugins::Always,
        ..Options::default()
    };
    let policy = Policy::new(directory, Mode::Server, options);
    check(&policy, "Designer", &plugin("write"), Reason::Designer);
    check(
        &policy,
        "Administrator",
        &plugin("write"),
        Reason::NotMember,
    );
}

#[test]
fn the_administrator_enters_design_by_group_or_always() {
    let directory = controlled(|builder| {
        builder.grant_area(&AccessArea::Design, &Grantee::parse("Devs"));
        builder.grant_area(&AccessArea::Http, &Grantee::parse("Devs"));
    });
    let options = Options {
        administrator_design: AdministratorDesign::Always,
        ..Options::default()
    };
    let by_group = server(directory.clone());
    let always = Policy::new(directory, Mode::Server, options);
    for access in [Access::Design, Access::RuntimeExplorer] {
        check(&by_group, "Administrator", &access, Reason::NotMember);
        check(&always, "Administrator", &access, Reason::Administrator);
        check(&always, "Bob", &access, Reason::NotMember);
    }
    check(&always, "Administrator", &Access::Http, Reason::NotMember);
}

#[test]
fn administration_is_for_the_two_built_in_users() {
    let policy = server(controlled(|_| ()));
    check(
        &policy,
        "Designer",
        &Access::Administration,
        Reason::Designer,
    );
    check(
        &policy,
        "Administrator",
        &Access::Administration,
        Reason::Administrator,
    );
    check(&policy, "Ann", &Access::Administration, Reason::NotEntitled);
    assert_eq!(
        policy.grantees(&Access::Administration).unwrap(),
        [Grantee::Nobody]
    );
}

#[test]
fn a_group_is_answered_with_membership_before_the_designers_power() {
    let policy = server(controlled(|builder| {
        let low = builder.as_directory().find_group("Low").unwrap();
        builder.members_of(low).user("Designer");
    }));
    let group = |name| Access::Group(policy.directory().find_group(name).unwrap());
    check(&policy, "Designer", &group("Devs"), Reason::Member);
    check(&policy, "Designer", &group("Ops"), Reason::Designer);
    check(&policy, "Administrator", &group("Devs"), Reason::NotMember);
    check(&policy, "Ann", &group("Devs"), Reason::Member);
    let designer = policy.directory().designer();
    let decision = policy.check(designer, &group("Devs")).unwrap();
    let names = path_names(policy.directory(), decision.path().unwrap());
    assert_eq!(names, ["Designer", "Low", "Devs"]);
}

#[test]
fn rest_is_read_from_the_side_that_answers_it() {
    let directory = controlled(|builder| {
        let area = |side| AccessArea::Rest(side);
        builder.grant_area(&area(RestSide::Remote), &Grantee::parse("Devs"));
        builder.grant_area(&area(RestSide::Local), &Grantee::parse("Ops"));
    });
    let grantees = MODES.map(|mode| {
        let policy = Policy::new(directory.clone(), mode, Options::default());
        policy.grantees(&Access::Rest).unwrap()
    });
    assert_eq!(
        grantees,
        [[Grantee::parse("Devs")], [Grantee::parse("Ops")]]
    );
}

#[test]
fn the_accesses_of_a_directory_are_listed_once_in_a_fixed_order() {
    let directory = controlled(|builder| {
        for plugin in ["view", "barcode"] {
            builder.grant_plugin(&PluginKey::from_stored(plugin), &Grantee::parse("Devs"));
        }
        let schema = SchemaName::from_stored("SALES");
        let right = SqlRight::All;
        builder.grant_area(&AccessArea::Sql { schema, right }, &Grantee::Nobody);
    });
    let policy = server(directory).with_plugins(["barcode", "labels"].map(PluginKey::from_stored));
    let accesses: Vec<_> = (policy.accesses().iter())
        .map(|access| access.describe(policy.directory()).to_string())
        .collect();
    let expected = "design runtime-explorer http rest \
        sql:DEFAULT_SCHEMA:read sql:DEFAULT_SCHEMA:write sql:DEFAULT_SCHEMA:all \
        sql:SALES:read sql:SALES:write sql:SALES:all \
        plugin:web plugin:soap plugin:oci plugin:write plugin:view plugin:odbcPro \
        plugin:barcode plugin:labels administration";
    assert_eq!(accesses, expected.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn reasons_are_a_closed_list_of_words() {
    let words: Vec<_> = Reason::ALL.iter().map(|reason| reason.as_str()).collect();
    let expected = "single-user access-control-off designer administrator everyone member \
        nobody not-member missing-group not-entitled";
    assert_eq!(words, expected.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn threads_share_a_policy() {
    fn shared<T: Send + Sync + Clone + 'static>(_: &T) {}
    let policy = server(controlled(|builder| {
        builder.grant_area(&AccessArea::Design, &Grantee::parse("Devs"));
    }));
    shared(&policy);
    let ann = policy.directory().find_user("Ann").unwrap();
    let answers = [policy.clone(), policy.clone()].map(|policy| {
        std::thread::spawn(move || policy.check(ann, &Access::Design).unwrap().reason())
    });
    for answer in answers {
        assert_eq!(answer.join().unwrap(), Reason::Member);
    }
}
