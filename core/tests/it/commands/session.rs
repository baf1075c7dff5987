//! The commands about the session and about plug-ins.

use guichet_core::Diagnostic as _;
use guichet_core::commands::{self, NameShown, SessionAccess};
use guichet_core::{
    Actor, BuiltInPlugin, Change, Credential, Directory, Mode, Plugin, PluginNumber, Rules,
};
use guichet_core::{Options, OwnPassword};

use super::{Walk, office, rules};
use crate::support::{dump, group};

#[test]
fn statement_52_the_groups_of_a_session_are_its_own() {
    let mut directory = office();
    let before = dump(&directory);
    let mut session = SessionAccess::new(directory.find_user("Ann").unwrap());
    let shown = |session: &SessionAccess, directory: &Directory| {
        let groups = session.get_group_access(directory, &Walk(directory));
        groups.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(shown(&session, &directory), ["Devs", "All"]);
    session.set_group_access(&directory, Some(&["all", "nope", "All"]));
    assert_eq!(shown(&session, &directory), ["All"]);
    session.set_group_access(&directory, Some(&[]));
    assert_eq!(shown(&session, &directory), [""; 0]);
    session.set_group_access(&directory, None);
    assert_eq!(shown(&session, &directory), ["Devs", "All"]);
    assert_eq!(dump(&directory), before);

    let leave = Change::EmptyGroup {
        group: group("Devs"),
    };
    assert!(directory.apply(&[leave], &rules()).is_ok());
    assert_eq!(
        shown(&session, &directory),
        [""; 0],
        "those of the directory as it is"
    );
}

#[test]
fn an_alias_is_shown_and_the_account_stays() {
    let directory = office();
    let mut session = SessionAccess::new(directory.find_user("Ann").unwrap());
    let shown = |session: &SessionAccess| {
        [
            NameShown::AliasOrAccount,
            NameShown::Account,
            NameShown::Alias,
        ]
        .map(|name| session.current_user(&directory, name))
    };
    assert_eq!(shown(&session), ["Ann", "Ann", ""]);
    session.set_user_alias("Counter 3");
    assert_eq!(shown(&session), ["Counter 3", "Ann", "Counter 3"]);
    session.set_user_alias("");
    assert_eq!(shown(&session), ["Ann", "Ann", ""]);
}

#[test]
fn changing_ones_password_is_the_sessions_users() {
    let mut directory = office();
    let bob = directory.find_user("Bob").unwrap();
    let session = SessionAccess::new(bob);
    let new = Credential::from_stored("new");
    let fixed = Options {
        own_password: OwnPassword::Fixed,
        ..Options::default()
    };
    let refused = session.change_password(&mut directory, Mode::Server, fixed, Some(new.clone()));
    assert_eq!(refused.unwrap_err().number(), Some(-9991));
    let options = Options::default();
    assert!(
        session
            .change_password(&mut directory, Mode::Server, options, Some(new.clone()))
            .is_ok()
    );
    assert_eq!(directory.user(bob).unwrap().credential(), Some(&new));
    assert!(
        session
            .change_password(&mut directory, Mode::Server, options, None)
            .is_ok()
    );
    assert_eq!(directory.user(bob).unwrap().credential(), None);
}

#[test]
fn statement_55_no_group_reads_as_an_empty_text() {
    let mut directory = office();
    let loaded = BuiltInPlugin::ALL.map(BuiltInPlugin::plugin);
    let rules = Rules {
        plugins: &loaded,
        ..rules()
    };
    let write = BuiltInPlugin::Write.number();
    assert_eq!(
        commands::get_plugin_access(&directory, &loaded, write).unwrap(),
        ""
    );
    assert!(commands::set_plugin_access(&mut directory, &rules, write, "devs").is_ok());
    assert_eq!(
        commands::get_plugin_access(&directory, &loaded, write).unwrap(),
        "Devs"
    );

    let before = dump(&directory);
    let unknown = PluginNumber::new(1);
    for (number, group, code) in [
        (write, "", "unknown-group"),
        (write, "Nemo", "unknown-group"),
        (unknown, "Devs", "unknown-plugin"),
    ] {
        let answer = commands::set_plugin_access(&mut directory, &rules, number, group);
        assert_eq!(answer.unwrap_err().code(), code);
        assert_eq!(dump(&directory), before);
    }
    let administrator = Rules {
        actor: Actor::Nobody,
        ..rules
    };
    let answer = commands::set_plugin_access(&mut directory, &administrator, unknown, "Devs");
    assert_eq!(answer.unwrap_err().number(), Some(-9991));
}

#[test]
fn the_plug_in_list_leaves_out_what_has_no_number() {
    let mut loaded = BuiltInPlugin::ALL.map(BuiltInPlugin::plugin).to_vec();
    loaded.push(Plugin {
        number: None,
        ..BuiltInPlugin::Web.plugin()
    });
    let list = commands::plugin_list(&loaded);
    assert_eq!((list.numbers.len(), list.names.len()), (6, 6));
    assert_eq!(list.numbers[3], BuiltInPlugin::Write.number());
    assert_eq!(list.names[3], "4D Write");
}

#[test]
fn statement_56_users_to_blob_is_empty_in_a_project() {
    let directory = office();
    assert_eq!(commands::users_to_blob(Actor::Designer), Ok(Vec::new()));
    assert_eq!(
        commands::users_to_blob(Actor::Administrator),
        Ok(Vec::new())
    );
    let ann = Actor::from_user(
        &directory,
        Mode::Server,
        directory.find_user("Ann").unwrap(),
    );
    assert_eq!(
        commands::users_to_blob(ann).unwrap_err().number(),
        Some(-9949)
    );
}
