//! `guichet.toml`: what it says, and everything wrong with it at once.

use std::fmt::Write as _;

use guichet_core::{
    AccessArea, Diagnostic as _, Grantee, GroupName, Options, PluginKey, PluginNumber,
};
use guichet_core::{AdministratorDesign, DesignerPlugins, OwnPassword, PasswordCharset};
use guichet_storage::json::Document;
use guichet_storage::{OptionsFile, decode};

use crate::support::file;

fn problems(text: &str) -> String {
    let mut report = String::new();
    for problem in OptionsFile::parse(text.as_bytes()).unwrap_err() {
        let place = &problem.place;
        writeln!(
            report,
            "{}:{} {} [{}] {problem}",
            place.position.line,
            place.position.column,
            place.pointer,
            problem.code()
        )
        .unwrap();
        if let Some(help) = problem.help() {
            writeln!(report, "    {help}").unwrap();
        }
    }
    report
}

#[test]
fn the_documented_example_is_read() {
    let options = OptionsFile::parse(
        b"[policy]\nadministrator_design = \"always\"\ndesigner_plugins = \"by-group\"\n\n[access]\nhttp = \"Web team\"\n\n\
          [plugins.write]\nseats = 10\n\n[plugins.barcode]\nnumber = 15000\nname = \"Barcode\"\nseats = 3\ngroup = \"Warehouse\"\n",
    )
    .unwrap();
    let policies = Options {
        administrator_design: AdministratorDesign::Always,
        ..Options::default()
    };
    assert_eq!(options.policies, policies);
    assert_eq!(
        options.http.unwrap().grantee,
        Grantee::Group(GroupName::from_stored("Web team"))
    );
    let [write, barcode] = options.plugins.as_slice() else {
        panic!("{:?}", options.plugins)
    };
    assert_eq!(
        (write.key.as_str(), write.seats, &write.grantee),
        ("write", Some(10), &None)
    );
    assert_eq!(barcode.number, Some(PluginNumber::new(15_000)));
    assert_eq!(barcode.name.as_deref(), Some("Barcode"));
    assert_eq!(
        barcode.grantee,
        Some(Grantee::Group(GroupName::from_stored("Warehouse")))
    );
    assert_eq!(options.plugin_grants.len(), 1);
    assert_eq!(options.plugin_grants[0].1.place.position.line, 15);
}

#[test]
fn every_policy_has_its_other_value() {
    let options = OptionsFile::parse(
        b"policy = { administrator_design = \"always\", designer_plugins = \"always\", password_charset = \"any\", \
          users_may_change_password = false }",
    )
    .unwrap();
    let expected = Options {
        administrator_design: AdministratorDesign::Always,
        designer_plugins: DesignerPlugins::Always,
        password_charset: PasswordCharset::Any,
        own_password: OwnPassword::Fixed,
    };
    assert_eq!(options.policies, expected);
}

#[test]
fn levels_of_lint_are_read_in_their_order_with_their_places() {
    let text = b"[lint]\nempty-group = \"off\"\ncycle = \"warning\"\n\"odd one\" = \"error\"\nlong-group-name = \"info\"\n";
    let options = OptionsFile::parse(text).unwrap();
    let levels = options.lint.iter().map(|level| {
        let word = level.level.map(guichet_core::Severity::as_str);
        (
            level.code.as_str(),
            word,
            level.place.position.line,
            level.place.pointer.as_str(),
        )
    });
    assert_eq!(
        levels.collect::<Vec<_>>(),
        [
            ("empty-group", None, 2, "/lint/empty-group"),
            ("cycle", Some("warning"), 3, "/lint/cycle"),
            ("odd one", Some("error"), 4, "/lint/odd one"),
            ("long-group-name", Some("info"), 5, "/lint/long-group-name"),
        ]
    );
}

#[test]
fn a_level_that_lint_does_not_have_is_an_error_with_those_it_has() {
    insta::assert_snapshot!(problems("[lint]\ncycle = \"fatal\"\nempty-group = false\n"), @r#"
    2:9 /lint/cycle [wrong-option] `cycle` cannot be `fatal`
        Write `off` or `info` or `warning` or `error`.
    3:15 /lint/empty-group [wrong-option] `empty-group` should be a string but is true or false
    "#);
}

#[test]
fn an_empty_file_says_what_an_absent_one_says() {
    assert_eq!(
        OptionsFile::parse(b"\xef\xbb\xbf# nothing\n").unwrap(),
        OptionsFile::default()
    );
    assert_eq!(
        OptionsFile::parse(b"[policy]\n[access]\n[plugins]\n").unwrap(),
        OptionsFile::default()
    );
}

#[test]
fn everything_wrong_is_named_at_once() {
    insta::assert_snapshot!(problems(
        "polices = 1\n[policy]\nadministrator_desing = \"always\"\ndesigner_plugins = \"allways\"\n\
         password_charset = 7\nusers_may_change_password = \"yes\"\n[access]\nHTTP = \"*\"\nhttp = [\"Web\"]\n\
         [plugins]\nbare = 1\n[plugins.write]\nnumber = 1\nname = \"W\"\ngroup = \"Sales\"\nseats = -1\n\
         [plugins.Soap]\nseats = 1\n[plugins.a]\nnumber = 808464697\n[plugins.b]\nnumber = 0x10\nseats = 4294967296\n\
         [plugins.c]\nnumber = 16\nseats = 1.5\nname = 1979-05-27\nseat = true\n"
    ));
}

/// The place of each entry was once counted from the beginning of the text, and each number was looked for in a list.
#[test]
fn a_file_of_many_entries_is_read_in_linear_time() {
    let mut text = "[lint]\n".to_owned();
    for number in 0..20_000 {
        writeln!(text, "rule-{number} = \"off\"").unwrap();
    }
    for number in 0..20_000 {
        writeln!(
            text,
            "[plugins.p{number}]\nnumber = {number}\ngroup = \"*\""
        )
        .unwrap();
    }
    let options = OptionsFile::parse(text.as_bytes()).unwrap();
    assert_eq!(options.lint[19_999].place.position.line, 20_001);
    assert_eq!(options.plugin_grants[19_999].1.place.position.line, 80_001);
}

#[test]
fn what_is_not_toml_is_refused_with_its_places() {
    insta::assert_snapshot!(problems(
        "[policy\nadministrator_design = always\n= 3\n[access]\nhttp = \"a\"\nhttp = \"b\"\n"
    ), @r#"
    1:8  [toml-syntax] this is not TOML: unclosed table, expected `]`
    3:1  [toml-syntax] this is not TOML: unquoted keys cannot be empty, expected letters, numbers, `-`, `_`
    6:1  [toml-syntax] this is not TOML: duplicate key
    "#);
    let error = OptionsFile::parse(b"[access]\nhttp = \"\xff\"").unwrap_err();
    assert_eq!(
        (
            error[0].code(),
            error[0].place.position.line,
            error[0].place.position.column
        ),
        ("not-utf8", 2, 9)
    );
}

#[test]
fn grants_of_the_options_reach_the_directory_and_their_oddities_are_placed() {
    let document = Document::parse(file("odd", "third-party-plugins")).unwrap();
    let options = OptionsFile::parse(
        b"[access]\nhttp = \"SALES\"\n[plugins.barcode]\ngroup = \"Gone\"\n[plugins.labels]\ngroup = \"Sales\"\n\
          [plugins.lost]\ngroup = \"Gone\"\n[plugins.open]\ngroup = \"*\"\n",
    )
    .unwrap();
    let decoded = decode(&document, &options).unwrap();
    let directory = &decoded.directory;
    let plugin = |key: &str| {
        directory
            .grantee_by_name(directory.grants().plugin(&PluginKey::from_stored(key)))
            .as_text()
            .to_owned()
    };
    assert_eq!(
        directory
            .grantee_by_name(directory.grants().area(&AccessArea::Http).unwrap())
            .as_text(),
        "Sales"
    );
    assert_eq!(
        (
            plugin("barcode"),
            plugin("labels"),
            plugin("lost"),
            plugin("open")
        ),
        (
            "Sales".to_owned(),
            "Sales".to_owned(),
            "Gone".to_owned(),
            "*".to_owned()
        )
    );
    let found: Vec<_> = decoded
        .problems
        .iter()
        .map(|problem| {
            (
                problem.code(),
                problem.place.pointer.as_str(),
                problem.place.position.line,
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("plugin-by-case", "/remoteGranters/odbcpro", 25),
            ("name-by-case", "/access/http", 2),
            ("granted-twice", "/plugins/barcode/group", 4),
            ("missing-grantee", "/plugins/lost/group", 8),
        ]
    );
}
