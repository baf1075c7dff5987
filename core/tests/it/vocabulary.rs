//! The words that files, outputs and scripts rely on: one that changes breaks somebody.

use std::fmt::{self, Write as _};

use guichet_core::{
    AccessArea, Act, BuiltInPlugin, ConflictKind, Diagnostic, DirectoryBuilder, Grantee, GroupName,
    Mode, PasswordKind, RestSide, SchemaName, Severity, SqlRight, UserKind, UserName, WebSide,
};

#[test]
fn words_stay_as_they_are() {
    let words = [
        (
            "severity",
            [Severity::Info, Severity::Warning, Severity::Error]
                .map(Severity::as_str)
                .to_vec(),
        ),
        (
            "user",
            [UserKind::Designer, UserKind::Administrator, UserKind::User]
                .map(UserKind::as_str)
                .to_vec(),
        ),
        (
            "password",
            [
                PasswordKind::None,
                PasswordKind::Legacy,
                PasswordKind::Bcrypt,
                PasswordKind::Unknown,
            ]
            .map(PasswordKind::as_str)
            .to_vec(),
        ),
        (
            "mode",
            [Mode::Server, Mode::SingleUser].map(Mode::as_str).to_vec(),
        ),
        ("web", WebSide::ALL.map(WebSide::as_str).to_vec()),
        ("right", SqlRight::ALL.map(SqlRight::as_str).to_vec()),
        (
            "right in the file",
            SqlRight::ALL.map(SqlRight::key).to_vec(),
        ),
        (
            "grantee",
            [Grantee::Everyone, Grantee::Nobody, Grantee::parse("Devs")]
                .iter()
                .map(Grantee::kind)
                .collect(),
        ),
        (
            "conflict",
            [
                ConflictKind::BothChanged,
                ConflictKind::RemovedAndChanged,
                ConflictKind::SameName,
            ]
            .iter()
            .map(ConflictKind::as_str)
            .collect(),
        ),
    ];
    let mut text = String::new();
    for (what, words) in words {
        writeln!(text, "{what}: {}", words.join(", ")).unwrap();
    }
    insta::assert_snapshot!(text, @r#"
    severity: info, warning, error
    user: designer, administrator, user
    password: none, legacy, bcrypt, unknown
    mode: server, single-user
    web: local, remote
    right: read, write, all
    right in the file: readOnlyAccessGroup, readWriteAccessGroup, allAccessGroup
    grantee: everyone, nobody, group
    conflict: both-changed, removed-and-changed, same-name
    "#);
}

#[test]
fn what_says_nothing_else_is_an_error_without_advice() {
    struct Plain;
    impl fmt::Display for Plain {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("plain")
        }
    }
    impl Diagnostic for Plain {
        fn code(&self) -> &'static str {
            "plain"
        }
    }
    assert_eq!((Plain.severity(), Plain.help()), (Severity::Error, None));
}

#[test]
fn plug_ins_of_4d_have_their_keys_constants_and_numbers() {
    let mut text = String::new();
    for plugin in BuiltInPlugin::ALL {
        let (number, digits) = (plugin.number(), plugin.number().digits().unwrap());
        let name = plugin.plugin().name;
        writeln!(
            text,
            "{}: {} = {number} ({digits}), {name}",
            plugin.key(),
            plugin.constant()
        )
        .unwrap();
    }
    insta::assert_snapshot!(text, @r#"
    web: 4D Client Web license = 808465209 (0039), 4D Client Web
    soap: 4D Client SOAP license = 808465465 (0049), 4D Client SOAP
    oci: 4D for OCI license = 808465208 (0038), 4D for OCI
    write: 4D Write license = 808464697 (0019), 4D Write
    view: 4D View license = 808465207 (0037), 4D View
    odbcPro: 4D ODBC Pro license = 808464946 (0022), 4D ODBC Pro
    "#);
}

#[test]
fn areas_and_acts_are_told_in_words() {
    let mut text = String::new();
    let rights = SqlRight::ALL.map(|right| AccessArea::Sql {
        schema: SchemaName::default_schema(),
        right,
    });
    let areas = [
        AccessArea::Design,
        AccessArea::Http,
        AccessArea::Rest(RestSide::Local),
        AccessArea::Rest(RestSide::Remote),
    ];
    for area in areas.iter().chain(&rights) {
        writeln!(text, "{area}").unwrap();
    }
    for act in Act::ALL {
        writeln!(text, "{act}? {}", act.who_may()).unwrap();
    }
    insta::assert_snapshot!(text, @r#"
    the Design environment
    the HTTP server
    the REST server of single-user 4D
    the REST server of 4D Server
    reading of SQL schema `DEFAULT_SCHEMA`
    writing of SQL schema `DEFAULT_SCHEMA`
    the structure of SQL schema `DEFAULT_SCHEMA`
    create users? The Designer and the Administrator can do this.
    edit the Designer's account? Only the Designer can do this.
    edit this account? The Designer and the Administrator can do this.
    change the password? `users_may_change_password` is off: only the Designer and the Administrator can.
    edit groups? The Designer and the Administrator can do this.
    edit the members of groups? The Designer and the Administrator can do this.
    give plug-ins to groups? The Designer and the Administrator can do this.
    give access to an area? Only the Designer can do this.
    set the Default User or a web user? Only the Designer can do this.
    delete groups? Only the Designer can do this.
    rewrite the file in another order? The Designer and the Administrator can do this.
    change keys that Guichet does not know? Only the Designer can do this.
    "#);
}

#[test]
fn a_group_is_empty_when_it_lists_nothing_not_even_a_name_that_nobody_has() {
    let mut builder = DirectoryBuilder::new();
    builder.user(UserName::from_stored("Ann"));
    let groups = ["Nothing", "Ann", "Group", "Nobody", "No group"]
        .map(|name| builder.group(GroupName::from_stored(name)));
    let [_, ann, group, nobody, no_group] = groups;
    builder.members_of(ann).user("Ann");
    builder.members_of(group).group("Nothing");
    builder.members_of(nobody).user("Nobody");
    builder.members_of(no_group).group("Nowhere");
    let directory = builder.finish();
    let empty = groups.map(|group| directory.group(group).unwrap().is_empty());
    assert_eq!(empty, [true, false, false, false, false]);
}
