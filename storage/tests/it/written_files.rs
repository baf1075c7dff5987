//! Which file an edit writes, and what that file keeps of the old one.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

use guichet_core::{
    AccessArea, Change, Credential, Diagnostic as _, Grantee, GroupName, PluginKey, UserName,
    same_in_order,
};
use guichet_storage::{DirectoryStore, ProjectPath, StoreSettings, Target};

use crate::processes::editor;
use crate::project::{
    DATA, HISTORY, Project, UNDO, USER, add_user, edit, make, mode, names, note, undo_creation,
};
use crate::support::file;

#[test]
fn statement_36_a_built_server_s_file_is_never_written_and_the_data_folder_gets_a_copy() {
    let embedded = file("corpus", "two-groups-fr");
    let folder = tempfile::tempdir().unwrap();
    let server = folder.path().join("Shop Server/Server Database");
    fs::create_dir_all(server.join("Settings")).unwrap();
    fs::write(server.join(USER), &embedded).unwrap();
    let data = folder.path().join("Shop data");
    fs::create_dir(&data).unwrap();
    let target = Target::Project {
        project: ProjectPath::At(server.clone()),
        data: Some(data.clone()),
    };
    let store = DirectoryStore::new(target, StoreSettings::default());
    let change = Change::SetPassword {
        user: UserName::from_stored("Ego"),
        credential: Some(Credential::from_stored(
            "$2b$10$kDmGbtoQTzsXnyHWwReaPIvXkS0xbTjsuOqdLUcEZmXwYPv3kQ2aa",
        )),
    };
    let edited = edit(&store, change.clone());
    assert_eq!(edited.files[0].before, None);
    let copy = data.join(USER);
    let text = fs::read_to_string(&copy).unwrap();
    assert!(text.contains("$2b$10$") && text.contains("\"Ekib\""));
    // An upgrade puts another file into the application: the data folder's is left alone and goes on counting.
    fs::write(server.join(USER), file("corpus", "one-group")).unwrap();
    assert_eq!(fs::read_to_string(&copy).unwrap(), text);
    assert_eq!(store.location().unwrap().path, copy);
    edit(&store, add_user("Ann"));
    assert_eq!(
        fs::read(server.join(USER)).unwrap(),
        file("corpus", "one-group")
    );
    assert_eq!(names(&server.join("Settings")), ["directory.json"]);
    // Taken back twice, the copy is gone.
    store.undo(&note()).unwrap();
    assert_eq!(fs::read_to_string(&copy).unwrap(), text);
    let undone = store.undo(&note()).unwrap();
    assert!(!copy.exists());
    assert_eq!(
        undone.edited.after.user_count(),
        store.load().unwrap().directory.user_count()
    );
    assert_eq!(store.undo(&note()).unwrap_err().code(), "nothing-to-undo");
    assert_eq!(store.log().unwrap().len(), 4);
}

#[test]
fn a_read_only_file_of_a_project_is_left_alone_and_the_data_folder_gets_a_copy() {
    let project = Project::new().with(USER, &file("corpus", "one-group"));
    fs::set_permissions(project.path(USER), fs::Permissions::from_mode(0o444)).unwrap();
    edit(&project.store(), add_user("Ann"));
    assert_eq!(project.read(USER), file("corpus", "one-group"));
    assert!(project.path(DATA).exists());
    fs::set_permissions(project.path(DATA), fs::Permissions::from_mode(0o444)).unwrap();
    let error = project
        .store()
        .edit(&note(), make(vec![add_user("Bob")]))
        .unwrap_err();
    assert_eq!(error.code(), "read-only");
}

#[test]
fn a_new_project_s_file_is_made_and_taken_back() {
    let project = Project::new();
    let store = project.store();
    let made = store.init(&note()).unwrap();
    assert!(project.read(USER).starts_with(b"{\n\t\"users\": {\n"));
    assert!(same_in_order(&made.after, &store.load().unwrap().directory));
    assert_eq!(store.init(&note()).unwrap_err().code(), "file-exists");
    let made = project.read(USER);
    assert_eq!(store.undo(&note()).unwrap_err().code(), "undoes-creation");
    assert_eq!(project.read(USER), made);
    undo_creation(&store).unwrap();
    assert!(!project.path(USER).exists());
    // The first edit of a project without a file makes one too, and it says no more than the edit.
    let edited = edit(&store, add_user("Ann"));
    assert_eq!(edited.files[0].before, None);
    assert!(
        String::from_utf8(project.read(USER))
            .unwrap()
            .contains("\"allAccessGroup\": \"*\"")
    );
    undo_creation(&store).unwrap();
    assert!(!project.path(USER).exists());
}

#[test]
fn the_mode_stays_and_the_undo_file_is_closed_to_others() {
    let project = Project::new().with(USER, &file("corpus", "two-groups-fr"));
    // The folder, the directory; the history, what takes changes back.
    for (folder, given, history, undo) in [
        (0o755, 0o640, 0o640, 0o600),
        (0o755, 0o644, 0o644, 0o600),
        (0o755, 0o660, 0o640, 0o600),
        (0o775, 0o664, 0o664, 0o660),
        (0o2775, 0o640, 0o660, 0o660),
        (0o2770, 0o600, 0o600, 0o600),
    ] {
        let settings = project.path("Settings");
        fs::set_permissions(&settings, fs::Permissions::from_mode(folder)).unwrap();
        fs::set_permissions(project.path(USER), fs::Permissions::from_mode(given)).unwrap();
        edit(
            &project.store(),
            add_user(&format!("user {folder:o} {given:o}")),
        );
        assert_eq!(mode(&project.path(USER)), given);
        assert_eq!(mode(&project.path(HISTORY)), history);
        assert_eq!(mode(&project.path(UNDO)), undo);
    }
    let made = Project::new();
    made.store().init(&note()).unwrap();
    assert_eq!(mode(&made.path(UNDO)), 0o600);
}

/// A bug once: read-only options were put another file in the place of, where the data folder could not take them.
#[test]
fn read_only_options_are_never_written() {
    let (area, grantee) = (AccessArea::Http, Grantee::Nobody);
    let close = Change::GrantArea { area, grantee };
    let toml = b"[access]\nhttp = \"*\"\n";
    let read_only = |project: &Project, inside: &str| {
        fs::set_permissions(project.path(inside), fs::Permissions::from_mode(0o444)).unwrap();
    };

    let options = "Data/Settings/guichet.toml";
    let project = Project::new()
        .with(DATA, &file("corpus", "one-group"))
        .with(options, toml);
    edit(&project.store(), close.clone());
    let closed = project.read(options);
    read_only(&project, options);
    assert_eq!(
        project.store().undo(&note()).unwrap_err().code(),
        "read-only"
    );
    let (area, grantee) = (AccessArea::Http, Grantee::Everyone);
    let open = Change::GrantArea { area, grantee };
    let error = project.store().edit(&note(), make(vec![open])).unwrap_err();
    assert_eq!(error.code(), "read-only");
    assert_eq!(project.read(options), closed);
    edit(&project.store(), add_user("Ann"));

    // Those of the user settings are copied, as the directory is, into a folder that is made for them.
    let options = "Settings/guichet.toml";
    let project = Project::new()
        .with(USER, &file("corpus", "one-group"))
        .with(options, toml);
    read_only(&project, options);
    edit(&project.store(), close);
    assert_eq!(project.read(options), toml);
    assert_eq!(project.read("Data/Settings/guichet.toml"), closed);
    project.store().undo(&note()).unwrap();
    assert!(!project.path("Data/Settings/guichet.toml").exists());
}

/// A bug once: what a closed file of an application holds was copied into one that everybody could read.
#[test]
fn the_copy_of_a_closed_file_is_closed_too() {
    for (given, copied) in [(0o440, 0o640), (0o400, 0o600), (0o444, 0o644)] {
        let project = Project::new().with(USER, &file("corpus", "two-groups-fr"));
        fs::set_permissions(project.path(USER), fs::Permissions::from_mode(given)).unwrap();
        edit(&project.store(), add_user("Ann"));
        assert_eq!(mode(&project.path(DATA)), copied);
        let history = "Data/Settings/.guichet/directory.json.history.jsonl";
        assert_eq!(mode(&project.path(history)), copied);
        let undo = mode(&project.path("Data/Settings/.guichet/directory.json.undo.jsonl"));
        assert_eq!(undo & 0o077, 0);
        edit(&project.store(), add_user("Bob"));
        assert_eq!(mode(&project.path(DATA)), copied);
    }
}

/// Returns the account and the group of a file.
fn owner(path: &std::path::Path) -> (u32, u32) {
    let found = fs::metadata(path).unwrap();
    (found.uid(), found.gid())
}

/// Root gives the file to another account first; any other account keeps its own.
#[test]
fn the_owner_stays_where_the_system_lets_us() {
    let project = Project::new().with(USER, &file("corpus", "one-group"));
    let own = owner(&project.path(USER));
    let another = std::os::unix::fs::chown(project.path(USER), Some(4321), Some(4321));
    edit(&project.store(), add_user("Ann"));
    let expected = another.map_or(own, |()| (4321, 4321));
    assert_eq!(owner(&project.path(USER)), expected);
}

/// A bug once: an editor who could not keep the group of a file gave its rights to a group of their own.
///
/// Root edits as another account; for any other account the group and its rights stay.
#[test]
fn another_group_gets_no_more_than_everybody() {
    use std::os::unix::process::CommandExt as _;

    for (given, written) in [
        (0o664, 0o644),
        (0o646, 0o646),
        (0o666, 0o666),
        (0o674, 0o644),
    ] {
        let project = Project::new().with(USER, &file("corpus", "one-group"));
        let open = |path: &std::path::Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        };
        open(project.folder.path(), 0o755);
        open(&project.path("Settings"), 0o777);
        open(&project.path(USER), given);
        let own = owner(&project.path(USER));
        let mut editor = editor(&project.path(USER), "other", "1");
        let (expected, written) = if own.0 == 0 {
            editor.uid(4321).gid(4321);
            ((4321, 4321), written)
        } else {
            (own, given)
        };
        let output = editor.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        assert_eq!(owner(&project.path(USER)), expected);
        assert_eq!(mode(&project.path(USER)), written, "{given:o}");
    }
}

#[test]
fn a_symbolic_link_stays_and_the_file_behind_it_is_replaced() {
    let project = Project::new().with("shared/all.json", &file("corpus", "one-group"));
    fs::create_dir_all(project.path("Settings")).unwrap();
    symlink("../shared/all.json", project.path(USER)).unwrap();
    let edited = edit(&project.store(), add_user("Ann"));
    assert!(
        fs::symlink_metadata(project.path(USER))
            .unwrap()
            .is_symlink()
    );
    assert!(
        String::from_utf8(project.read("shared/all.json"))
            .unwrap()
            .contains("\"Ann\"")
    );
    assert!(edited.path.ends_with("shared/all.json"));
    assert_eq!(project.names("Settings"), ["directory.json"]);
    project.store().undo(&note()).unwrap();
    assert_eq!(project.read("shared/all.json"), file("corpus", "one-group"));
}

#[test]
fn what_guichet_toml_holds_is_written_there_and_taken_back_too() {
    let toml = b"# ours\n[plugins.barcode] # boxes\nnumber = 15000\nname = \"Barcode\"\n";
    let project = Project::new()
        .with(USER, &file("corpus", "two-groups-fr"))
        .with("Settings/guichet.toml", toml);
    let store = project.store();
    let ekib = || Grantee::Group(GroupName::from_stored("Ekib"));
    let barcode = Change::GrantPlugin {
        plugin: PluginKey::from_stored("barcode"),
        grantee: ekib(),
    };
    let http = Change::GrantArea {
        area: AccessArea::Http,
        grantee: ekib(),
    };
    let edited = store.edit(&note(), make(vec![barcode, http])).unwrap();
    assert_eq!(edited.files.len(), 1);
    assert_eq!(project.read(USER), file("corpus", "two-groups-fr"));
    let both = edit(
        &store,
        Change::RenameGroup {
            group: GroupName::from_stored("Ekib"),
            name: GroupName::from_stored("Équipe"),
        },
    );
    let written: Vec<_> = both
        .files
        .iter()
        .map(|change| change.path.file_name().unwrap())
        .collect();
    assert_eq!(written, ["guichet.toml", "directory.json"]);
    insta::assert_snapshot!(String::from_utf8(project.read("Settings/guichet.toml")).unwrap(), @r#"
    # ours
    [plugins.barcode] # boxes
    number = 15000
    name = "Barcode"
    group = "Équipe"

    [access]
    http = "Équipe"
    "#);
    store.undo(&note()).unwrap();
    assert_eq!(project.read(USER), file("corpus", "two-groups-fr"));
    store.undo(&note()).unwrap();
    assert_eq!(project.read("Settings/guichet.toml"), toml);

    // Made where it is missing, and taken away again.
    let bare = Project::new().with(USER, &file("corpus", "two-groups-fr"));
    edit(
        &bare.store(),
        Change::GrantArea {
            area: AccessArea::Http,
            grantee: Grantee::Nobody,
        },
    );
    assert_eq!(
        bare.read("Settings/guichet.toml"),
        b"[access]\nhttp = \"\"\n"
    );
    bare.store().undo(&note()).unwrap();
    assert!(!bare.path("Settings/guichet.toml").exists());
}
