//! Which project a place belongs to.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use guichet::storage::Source;
use guichet::{Clock, Mode, Moment, Project};

use crate::support::{DIRECTORY, Shop};

#[test]
fn a_project_is_found_from_every_place_in_it() {
    let shop = Shop::new();
    for place in [
        "",
        "Project",
        "Project/Shop.4DProject",
        "Project/Sources/Methods",
        "Project/Sources/Methods/start.4dm",
        "Settings",
        "Settings/guichet.toml",
        "Data/data.4DD",
    ] {
        let project = Project::open(shop.path(place)).unwrap();
        let view = project.current();
        let location = view.location();
        assert_eq!(location.source, Source::User, "{place}");
        assert_eq!(
            location.path,
            shop.path("Settings/directory.json"),
            "{place}"
        );
        assert_eq!(view.directory().user_count(), 5, "{place}");
    }
}

#[test]
fn a_directory_file_is_opened_by_itself() {
    let shop = Shop::new();
    shop.write("Data/Settings/directory.json", "{}");
    shop.write("copies/former.json", DIRECTORY);
    let of = |place: &str| Project::open(shop.path(place)).unwrap().current();
    assert_eq!(of("").location().source, Source::Data);
    assert_eq!(
        of("Settings/directory.json").location().source,
        Source::Explicit
    );

    let elsewhere = tempfile::tempdir().unwrap();
    let copy = elsewhere.path().join("former.json");
    std::fs::write(&copy, DIRECTORY).unwrap();
    let view = Project::open(&copy).unwrap().current();
    assert_eq!(
        (
            view.location().path.as_path(),
            view.directory().user_count()
        ),
        (copy.as_path(), 5)
    );
}

#[test]
fn a_place_in_no_project_is_an_error_with_a_code_and_advice() {
    let folder = tempfile::tempdir().unwrap();
    let error = Project::open(folder.path()).unwrap_err();
    assert_eq!(error.code(), "no-project");
    assert!(error.help().is_some());
    assert_eq!(error.path(), Some(folder.path()));
}

#[test]
fn a_broken_file_is_an_error_with_its_line_and_column() {
    let shop = Shop::new();
    shop.replace("\"groups\": {\n\t\t\"Acc", "\"groups\": {{\n\t\t\"Acc");
    let error = Project::open(shop.root()).unwrap_err();
    assert_eq!(error.code(), "json-syntax");
    assert_eq!((error.line(), error.column()), (Some(15), Some(13)));
    assert_eq!(
        error.path(),
        Some(shop.path("Settings/directory.json").as_path())
    );
    assert_eq!(error.findings().len(), 1);
}

#[test]
fn a_plug_in_that_is_declared_twice_is_an_error_in_guichet_toml() {
    let shop = Shop::new();
    shop.write(
        "Settings/guichet.toml",
        "[plugins.a]\nname = \"Same\"\n[plugins.b]\nname = \"same\"\n",
    );
    let error = Project::open(shop.root()).unwrap_err();
    assert_eq!(
        error.path(),
        Some(shop.path("Settings/guichet.toml").as_path())
    );
    assert!(error.to_string().contains("ame"), "{error}");
}

#[test]
fn options_choose_the_data_folder_the_mode_and_the_clock() {
    let shop = Shop::new();
    shop.write("elsewhere/Settings/directory.json", "{}");
    let at: Moment = "2026-11-21T09:00:00Z".parse().unwrap();
    let options = Project::options().data(shop.path("elsewhere"));
    let options = options.mode(Mode::SingleUser).clock(Clock::At(at));
    let project = options.open(shop.root()).unwrap();
    assert_eq!(project.current().location().source, Source::Data);
    assert_eq!(project.current().mode(), Mode::SingleUser);
    assert_eq!(project.clock().now(), at);
}
