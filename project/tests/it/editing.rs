//! Edits: previewed, made, refused, taken back.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use guichet::core::{Credential, GroupName, UserName};
use guichet::edit::{FileLife, Side};
use guichet::licensing::SeatCount;
use guichet::{
    Absent, Change, ControlChange, Editor, Expected, Grantee, Outcome, Project, UndoReach, Wish,
};

use crate::support::Shop;

fn rename(user: &str, name: &str) -> Change {
    Change::RenameUser {
        user: UserName::from_stored(user),
        name: UserName::from_stored(name),
    }
}

fn give_write(group: &str) -> Change {
    let grantee = Grantee::Group(GroupName::from_stored(group));
    let plugin = guichet::core::PluginKey::from_stored("write");
    Change::GrantPlugin { plugin, grantee }
}

fn delete(user: &str) -> Change {
    Change::DeleteUser {
        user: UserName::from_stored(user),
    }
}

/// All that an outcome tells.
fn told(outcome: &Outcome) -> String {
    let access: Vec<String> = outcome
        .impact()
        .unwrap()
        .iter()
        .map(|change| format!("{} {} {}", change.user, change.access, change.after))
        .collect();
    format!(
        "{:?}\n{:?}\n{:?}\n{:?}\n{:?}\n{} {}",
        outcome.sentences(),
        outcome.events(),
        access,
        outcome.seats().unwrap(),
        outcome.diffs(),
        outcome.revision_before(),
        outcome.revision_after(),
    )
}

fn lists() -> Vec<Vec<Change>> {
    vec![
        vec![rename("Ann Lee", "Anna Lee")],
        vec![give_write("General Mgmt"), delete("Paul Durand")],
        vec![
            rename("Zoé Martin", "Zoé"),
            give_write("Accounting"),
            rename("Zoé", "Zo"),
        ],
        vec![Change::GrantPlugin {
            plugin: guichet::core::PluginKey::from_stored("barcode"),
            grantee: Grantee::Nobody,
        }],
        vec![],
    ]
}

#[test]
fn an_edit_does_what_its_preview_said() {
    for changes in lists() {
        let shop = Shop::new();
        let project = shop.open();
        let view = project.current();
        let text = shop.read("Settings/directory.json");

        let preview = project.preview(&Editor::Designer, &changes, &view).unwrap();
        assert!(!preview.is_saved());
        assert_eq!(
            shop.read("Settings/directory.json"),
            text,
            "a preview writes nothing"
        );
        assert_eq!(project.current().revision(), view.revision());

        let outcome = project.apply(&Editor::Designer, &changes, &view).unwrap();
        assert!(outcome.is_saved());
        assert_eq!(told(&outcome), told(&preview));
        assert_eq!(project.current().revision(), outcome.revision_after());
    }
}

#[test]
fn taking_an_edit_back_gives_the_first_bytes_back() {
    for changes in lists().into_iter().filter(|changes| !changes.is_empty()) {
        let shop = Shop::new();
        let project = shop.open();
        let files = ["Settings/directory.json", "Settings/guichet.toml"];
        let before = files.map(|file| shop.read(file));
        project
            .apply(&Editor::Designer, &changes, Expected::Any)
            .unwrap();
        assert_ne!(files.map(|file| shop.read(file)), before);

        let undone = project
            .undo(&Editor::Designer, UndoReach::Edits, Expected::Any)
            .unwrap();
        assert_eq!(files.map(|file| shop.read(file)), before);
        let sentences = undone.outcome.sentences();
        assert!(sentences[0].starts_with("undone: "), "{sentences:?}");
        let history = project.history().unwrap();
        assert_eq!(history.len(), 2);
        assert_eq!(undone.entry, history[0]);
    }
}

#[test]
fn an_edit_of_another_version_is_a_conflict_and_changes_nothing() {
    let shop = Shop::new();
    let project = shop.open();
    let view = project.current();
    shop.replace("\"Paul Durand\": {},", "\"Paul Durand\": {}, \"New\": {},");
    let text = shop.read("Settings/directory.json");
    let changes = [rename("Ann Lee", "Anna Lee")];
    let stale: [Expected; 3] = [
        (&view).into(),
        view.revision().into(),
        Some(view.revision()).into(),
    ];
    for expected in stale {
        let preview = project.preview(&Editor::Designer, &changes, expected.clone());
        assert_eq!(preview.unwrap_err().code(), "conflict");
        let error = project
            .apply(&Editor::Designer, &changes, expected)
            .unwrap_err();
        assert_eq!(error.code(), "conflict");
    }
    assert_eq!(shop.read("Settings/directory.json"), text);
    let fresh = project.reload().unwrap();
    assert!(project.apply(&Editor::Designer, &changes, &fresh).is_ok());
}

#[test]
fn an_edit_of_a_view_with_other_options_is_a_conflict_too() {
    let shop = Shop::new();
    let project = shop.open();
    let view = project.current();
    let options = shop.read("Settings/guichet.toml");
    shop.write(
        "Settings/guichet.toml",
        &options.replace("\"Accounting\"", "\"*\""),
    );
    let changes = [rename("Ann Lee", "Anna Lee")];
    let error = project
        .apply(&Editor::Designer, &changes, &view)
        .unwrap_err();
    assert_eq!(error.code(), "conflict");
    assert_eq!(
        error.path(),
        Some(shop.path("Settings/guichet.toml").as_path())
    );
    assert!(
        project
            .apply(&Editor::Designer, &changes, view.revision())
            .is_ok()
    );
}

#[test]
fn every_refused_change_of_a_list_is_named() {
    let shop = Shop::new();
    let project = shop.open();
    let changes = [
        rename("Ann Lee", "Anna Lee"),
        delete("Anne Lee"),
        delete("Designer"),
        rename("Anna Lee", "Paul Durand"),
        delete("Paul Durand"),
    ];
    let error = project
        .apply(&Editor::Designer, &changes, Expected::Any)
        .unwrap_err();
    assert_eq!(error.code(), "unknown-user");
    assert_eq!(error.help().as_deref(), Some("Did you mean `Ann Lee`?"));
    let guichet::Error::Refused(refused) = error else {
        panic!("{error}");
    };
    let found: Vec<(usize, &str)> = refused
        .iter()
        .map(|one| (one.index(), guichet::Diagnostic::code(one)))
        .collect();
    assert_eq!(
        found,
        [(1, "unknown-user"), (2, "built-in"), (3, "name-taken")]
    );
    assert!(shop.read("Settings/directory.json").contains("\"Ann Lee\""));
}

/// Not even the folder of the lock is made.
#[test]
fn a_refused_edit_writes_nothing_at_all() {
    let shop = Shop::new();
    let project = shop.open();
    let ann = Editor::from(UserName::from_stored("Ann Lee"));
    let view = project.current();
    let refused = [
        project.apply(&Editor::Designer, &[delete("Nobody")], Expected::Any),
        project.apply(&ann, &[delete("Paul Durand")], Expected::Any),
        project.normalise(&ann, Expected::Any),
        project.apply(&Editor::Designer, &[], guichet::Revision::ABSENT),
        project.edit(&Editor::Designer, &view, |names| {
            Ok(vec![delete(names.user_name("Nobody")?.as_str())])
        }),
    ];
    let codes = refused.map(|refused| refused.unwrap_err().code());
    assert_eq!(
        codes,
        [
            "unknown-user",
            "not-allowed",
            "not-allowed",
            "conflict",
            "unknown-user"
        ]
    );
    let mut files = std::fs::read_dir(shop.path("Settings")).unwrap();
    assert!(files.all(|file| file.unwrap().file_name() != ".guichet"));
}

#[test]
fn who_edits_may_do_what_4d_lets_them() {
    let shop = Shop::new();
    let project = shop.open();
    let as_user = |name: &str| Editor::from(UserName::from_stored(name));
    let changes = [give_write("Accounting")];
    let apply = |name: &str| project.apply(&as_user(name), &changes, Expected::Any);
    assert_eq!(apply("Ann Lee").unwrap_err().code(), "not-allowed");
    for nobody in ["Anne", "#1"] {
        assert_eq!(apply(nobody).unwrap_err().code(), "unknown-user");
    }
    assert!(apply("Administrator").is_ok());
    assert_eq!(project.history().unwrap()[0].who, "Administrator");
}

#[test]
fn words_are_looked_up_in_what_the_file_says_when_it_is_locked() {
    let shop = Shop::new();
    let project = shop.open();
    shop.replace("\"Ann Lee\"", "\"Anna Lee\"");
    let outcome = project
        .edit(&Editor::Designer, Expected::Any, |names| {
            let user = names.user_name("#3")?;
            assert_eq!(user.as_str(), "Anna Lee");
            Ok(vec![Change::DeleteUser { user }])
        })
        .unwrap();
    assert!(outcome.has_changes());
}

#[test]
fn two_clones_see_one_anothers_edit() {
    let shop = Shop::new();
    let (one, other) = (shop.open(), Project::open(shop.root()).unwrap());
    let clone = one.clone();
    one.apply(&Editor::Designer, &[delete("Ann Lee")], Expected::Any)
        .unwrap();
    assert!(clone.current().user("Ann Lee").is_err());
    assert!(
        other.current().user("Ann Lee").is_ok(),
        "opened apart, it looks when it is told to"
    );
    assert!(other.reload().unwrap().user("Ann Lee").is_err());
}

#[test]
fn impact_and_seats_follow_a_user_who_is_renamed() {
    let shop = Shop::new();
    let project = shop.open();
    let renamed = [rename("Ann Lee", "Anna Lee")];
    let outcome = project
        .apply(&Editor::Designer, &renamed, Expected::Any)
        .unwrap();
    assert_eq!(outcome.impact().unwrap(), []);
    assert_eq!(outcome.seats().unwrap(), []);

    let given = [give_write("Accounting")];
    let outcome = project
        .apply(&Editor::Designer, &given, Expected::Any)
        .unwrap();
    let seats = outcome.seats().unwrap();
    assert_eq!(seats.len(), 1);
    assert_eq!(seats[0].gained, [UserName::from_stored("Zoé Martin")]);
    let short = |count: Option<SeatCount>| count.map(SeatCount::get);
    assert_eq!(short(seats[0].short_before), Some(0));
    assert_eq!(short(seats[0].short_after), Some(1));
}

#[test]
fn a_rehearsal_goes_on_from_edit_to_edit_and_leaves_the_disk_as_it_is() {
    let shop = Shop::new();
    let project = shop.open();
    let text = shop.read("Settings/directory.json");
    let rehearsal = project.rehearse();
    let designer = Editor::Designer;
    rehearsal
        .apply(&designer, &[rename("Ann Lee", "Anna")], Expected::Any)
        .unwrap();
    rehearsal
        .apply(&designer, &[rename("Anna", "Annie")], Expected::Any)
        .unwrap();
    assert!(rehearsal.current().user("Annie").is_ok());
    assert_eq!(rehearsal.history().unwrap().len(), 2);
    rehearsal
        .undo(&designer, UndoReach::Edits, Expected::Any)
        .unwrap();
    assert!(rehearsal.current().user("Anna").is_ok());
    assert_eq!(shop.read("Settings/directory.json"), text);
    assert_eq!(std::fs::read_dir(shop.path("Settings")).unwrap().count(), 2);
}

/// What `undo` showed before it asked is what it takes back.
#[test]
fn an_undo_takes_back_what_was_looked_at_or_nothing() {
    let shop = Shop::new();
    let project = shop.open();
    let designer = Editor::Designer;
    let rename = |user, name| {
        let changes = [rename(user, name)];
        project.apply(&designer, &changes, Expected::Any).unwrap();
        project.current()
    };
    let seen = rename("Ann Lee", "Anna");
    let newer = rename("Anna", "Annie");
    let refused = project.undo(&designer, UndoReach::Edits, &seen);
    assert_eq!(refused.unwrap_err().code(), "conflict");
    assert!(project.current().user("Annie").is_ok());
    project.undo(&designer, UndoReach::Edits, &newer).unwrap();
    assert!(project.current().user("Anna").is_ok());
}

#[test]
fn a_rehearsal_of_a_relative_path_reads_what_it_wrote() {
    let project = Project::open("../examples/accounting").unwrap();
    let rehearsal = project.rehearse();
    let rename = [rename("Ann Lee", "Anna")];
    rehearsal
        .apply(&Editor::Designer, &rename, Expected::Any)
        .unwrap();
    assert!(rehearsal.reload().unwrap().user("Anna").is_ok());
}

#[test]
fn a_password_of_the_designer_that_goes_is_told_as_access_control() {
    let shop = Shop::new();
    let project = shop.open();
    let change = Change::SetPassword {
        user: UserName::from_stored("Designer"),
        credential: None,
    };
    let outcome = project
        .preview(&Editor::Designer, &[change], Expected::Any)
        .unwrap();
    let sentence = ControlChange::Off.sentence();
    assert_eq!(
        outcome.sentences().last().map(String::as_str),
        Some(sentence)
    );
}

#[test]
fn a_project_without_a_file_gets_one_and_only_once() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("Project")).unwrap();
    let project = Project::open(folder.path()).unwrap();
    assert_eq!(project.current().directory().user_count(), 2);
    assert!(project.init(&Editor::Designer).unwrap().is_saved());
    assert!(project.current().location().exists);
    assert_eq!(
        project.init(&Editor::Designer).unwrap_err().code(),
        "file-exists"
    );
}

#[test]
fn the_lines_that_change_are_given_without_stored_passwords() {
    let shop = Shop::new();
    let project = shop.open();
    let former = "$2b$10$XbCTABI.dXWBs8iS26eBOeT3PiiPTMYXNsvDpbLk7.r5xKha64TaW";
    let change = Change::SetPassword {
        user: UserName::from_stored("Designer"),
        credential: Some(Credential::from_stored(former.replace("Xb", "Yb"))),
    };
    let outcome = project
        .preview(&Editor::Designer, &[change], Expected::Any)
        .unwrap();
    let diffs = outcome.diffs();
    let [diff] = diffs.as_slice() else {
        panic!("{diffs:?}");
    };
    assert_eq!(
        (&diff.path, diff.life),
        (&shop.path("Settings/directory.json"), FileLife::Changed)
    );
    let [hunk] = diff.hunks.as_slice() else {
        panic!("{diff:?}");
    };
    assert_eq!((hunk.before.clone(), hunk.after.clone()), (0..7, 0..7));
    let changed = hunk.lines.iter().filter(|line| line.side != Side::Both);
    let changed: Vec<&str> = changed.map(|line| line.text.as_str()).collect();
    assert_eq!(changed, ["\t\t\t\"password\": \"[bcrypt]\","; 2]);

    let grant = [Change::GrantPlugin {
        plugin: guichet::core::PluginKey::from_stored("barcode"),
        grantee: Grantee::Nobody,
    }];
    let outcome = project
        .apply(&Editor::Designer, &grant, Expected::Any)
        .unwrap();
    let files: Vec<_> = outcome.files().collect();
    assert_eq!(
        files,
        [(
            shop.path("Settings/guichet.toml").as_path(),
            FileLife::Changed
        )]
    );
}

#[test]
fn what_another_source_does_not_know_stays_and_a_second_time_changes_nothing() {
    let shop = Shop::new();
    let project = shop.open();
    let mut wish = Wish::new();
    wish.user(UserName::from_stored("Mia"));
    wish.member_user(
        GroupName::from_stored("Finance"),
        UserName::from_stored("Mia"),
    );
    wish.absent_members(Absent::Removed);
    let view = project.current();
    let preview = project
        .rehearse()
        .apply_wish(&Editor::Designer, &wish, &view)
        .unwrap();
    let outcome = project.apply_wish(&Editor::Designer, &wish, &view).unwrap();
    assert_eq!(told(&outcome), told(&preview));
    let after = project.current();
    assert_eq!(after.areas(), view.areas());
    assert_eq!(
        after.directory().access_control(),
        view.directory().access_control()
    );
    let again = project
        .apply_wish(&Editor::Designer, &wish, Expected::Any)
        .unwrap();
    assert!(!again.has_changes());

    wish.member_user(
        GroupName::from_stored("Finance"),
        UserName::from_stored("Nobody"),
    );
    let error = project
        .apply_wish(&Editor::Designer, &wish, Expected::Any)
        .unwrap_err();
    assert_eq!(error.code(), "unknown-user");
}
