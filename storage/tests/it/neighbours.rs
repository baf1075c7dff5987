//! The files beside a directory: a second one that does not count, and the settings of the application.

use guichet_core::Diagnostic as _;
use guichet_storage::filesystem::Disk;
use guichet_storage::{Neighbours, PublishedServer, Target, inspect, locate, read};

use crate::project::{DATA, Project, USER};
use crate::support::file;

const SOURCES: &str = "Project/Sources/settings.4DSettings";
const USER_SETTINGS: &str = "Settings/settings.4DSettings";

fn neighbours(project: &Project, target: &Target) -> Neighbours {
    let location = locate(&Disk, target).unwrap();
    let loaded = read(&Disk, &location).unwrap();
    let document = loaded.document.as_ref();
    let neighbours = inspect(&Disk, &location, &loaded.directory, document);
    assert!(
        neighbours
            .findings
            .iter()
            .all(|finding| finding.path.starts_with(project.folder.path()))
    );
    neighbours
}

fn told(project: &Project) -> String {
    let found = neighbours(project, &project.target());
    let lines = found.findings.iter().map(|finding| {
        let path = finding.path.strip_prefix(project.folder.path()).unwrap();
        let place = format!(
            "{}:{}:{}",
            path.display(),
            finding.position.line,
            finding.position.column
        );
        format!(
            "{}[{}] {place} {finding}\n    {}\n",
            finding.severity(),
            finding.code(),
            finding.help().unwrap()
        )
    });
    lines.collect()
}

fn settings(inside: &str) -> Vec<u8> {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><preferences stamp=\"9\">\n\t<com.4d>\n{inside}\n\t</com.4d>\n</preferences>").into_bytes()
}

#[test]
fn a_second_directory_counts_by_its_meaning() {
    let (one, resaved) = (
        file("corpus", "survey-78-users"),
        file("corpus", "survey-78-users.resaved"),
    );
    let same = Project::new().with(DATA, &one).with(USER, &resaved);
    assert_eq!(told(&same), "");
    let other = Project::new()
        .with(DATA, &one)
        .with(USER, &file("corpus", "one-group"));
    insta::assert_snapshot!(told(&other), @"
    warning[shadowed-file-differs] Settings/directory.json:1:1 4D ignores this file: the data folder has its own, and they differ
        Merge what you need into the data folder's file, then delete this one.
    ");
    let broken = Project::new().with(DATA, &one).with(USER, b"{\"users\": ");
    insta::assert_snapshot!(told(&broken), @"
    warning[shadowed-file-differs] Settings/directory.json:1:1 4D ignores this file: the data folder has its own; this one cannot be read
        Merge what you need into the data folder's file, then delete this one.
    ");
    assert_eq!(told(&Project::new().with(USER, &one)), "");
}

#[test]
fn numbers_that_disagree_are_named_with_whom_they_mean() {
    // Beside this directory such numbers were seen, and all of them agreed (`directory-format.md` §9).
    let directory = file("corpus", "two-groups-fr");
    let agreeing = "\t\t<interface>\n\t\t\t<developper design_acces=\"15001\"/>\n\t\t\t<user default_user=\"3\"/>\n\t\t</interface>\n\
        \t\t<web><standalone_server><options><web_passwords generic_web_user=\"2\"/></options></standalone_server>\n\
        \t\t<remote><options><web_passwords generic_web_user=\"1\"/></options></remote></web>\n\
        \t\t<sql><access data_read_only=\"0\" data_read_write=\"0\" full=\"1\"/></sql>";
    let project = Project::new()
        .with(USER, &directory)
        .with(SOURCES, &settings(agreeing));
    assert_eq!(told(&project), "");
    let mut disagreeing = agreeing.to_owned();
    for (from, to) in [
        ("15001", "-15002"),
        ("default_user=\"3\"", "default_user=\"4\""),
        ("user=\"2\"", "user=\"0\""),
        ("user=\"1\"", "user=\"99\""),
        ("only=\"0\"", "only=\"15002\""),
        ("write=\"0\"", "write=\"many\""),
        ("full=\"1\"", "full=\"0\""),
    ] {
        disagreeing = disagreeing.replacen(from, to, 1);
    }
    let project = Project::new()
        .with(USER, &directory)
        .with(SOURCES, &settings(&disagreeing));
    insta::assert_snapshot!(told(&project), @r#"
    warning[settings-leftover] Project/Sources/settings.4DSettings:4:16 `design_acces` is -15002, which is nobody who is there, and `directory.json` says the group `Efidakukafoda`
        Remove the attribute: 4D reads `directory.json`.
    warning[settings-leftover] Project/Sources/settings.4DSettings:5:10 `default_user` is 4, which is the user `Ego`, and `directory.json` says the user `Ufukofabefo`
        Remove the attribute: 4D reads `directory.json`.
    warning[settings-leftover] Project/Sources/settings.4DSettings:7:51 `generic_web_user` is 0, which is no user, and `directory.json` says the user `Ekegedukabugub`
        Remove the attribute: 4D reads `directory.json`.
    warning[settings-leftover] Project/Sources/settings.4DSettings:8:35 `generic_web_user` is 99, which is nobody who is there, and `directory.json` says the user `Ebububogudibufede`
        Remove the attribute: 4D reads `directory.json`.
    warning[settings-leftover] Project/Sources/settings.4DSettings:9:16 `data_read_only` is 15002, which is the group `Ekib`, and `directory.json` says everyone
        Remove the attribute: 4D reads `directory.json`.
    warning[settings-leftover] Project/Sources/settings.4DSettings:9:62 `full` is 0, which is everyone, and `directory.json` says nobody
        Remove the attribute: 4D reads `directory.json`.
    "#);
}

#[test]
fn the_first_settings_file_that_speaks_of_a_server_says_whether_it_is_published() {
    let web = |truth: &str| {
        format!(
            "<web><standalone_server><configuration publish_at_startup=\"{truth}\"/></standalone_server></web>"
        )
    };
    let both = "<web><standalone_server><configuration port_number=\"8044\" publish_at_startup=\"true\"/><rest launch_at_startup=\"true\"/></standalone_server></web>";
    let project = Project::new()
        .with(USER, b"{}")
        .with(SOURCES, &settings(both));
    let published = |project: &Project| neighbours(project, &project.target()).published;
    assert_eq!(
        published(&project),
        [PublishedServer::Web, PublishedServer::Rest]
    );
    let project = project.with(USER_SETTINGS, &settings(&web("false")));
    assert_eq!(published(&project), [PublishedServer::Rest]);
    let project = project.with("Data/Settings/settings.4DSettings", &settings(&web("true")));
    assert_eq!(
        published(&project),
        [PublishedServer::Web, PublishedServer::Rest]
    );
    // Nobody knows to which application a file belongs that was named.
    assert_eq!(
        neighbours(&project, &Target::File(project.path(USER))),
        Neighbours::default()
    );
}

#[test]
fn settings_that_cannot_be_read_say_nothing() {
    let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    let bomb = "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><preferences>&b;</preferences>";
    for text in [
        &b""[..],
        b"<preferences>",
        b"\0",
        b"\xff\xfe<\0",
        b"{}",
        bomb.as_bytes(),
        b"<other/>",
        b"<preferences><com.4d/></preferences>",
        deep.as_bytes(),
    ] {
        let project = Project::new().with(USER, b"{}").with(SOURCES, text);
        let found = neighbours(&project, &project.target());
        assert_eq!(found, Neighbours::default());
    }
    // A byte order mark takes no column.
    let marked = "\u{feff}<preferences><com.4d><interface><user default_user=\"9\"/></interface></com.4d></preferences>";
    let project = Project::new()
        .with(USER, b"{}")
        .with(SOURCES, marked.as_bytes());
    let found = neighbours(&project, &project.target());
    let place = found.findings[0].position.to_string();
    assert_eq!(place, "line 1, column 39");
}
