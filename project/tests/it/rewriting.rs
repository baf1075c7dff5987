//! Whole texts put in place: who may, what is remembered, what is repaired.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use std::sync::Arc;

use guichet::core::{AccessArea, GroupName, UserName};
use guichet::edit::{Decisions, Layout, Sides};
use guichet::storage::{DirectoryText, Rewrite};
use guichet::{Change, Editor, Expected, Grantee, Project, Result, UndoReach};

use crate::support::{DIRECTORY, SavesOnce, Shop};

fn administrator() -> Editor {
    Editor::from(UserName::from_stored("Administrator"))
}

fn ann() -> Editor {
    Editor::from(UserName::from_stored("Ann Lee"))
}

/// Puts the text of the project with something else in it in its place.
fn replace(project: &Project, editor: &Editor, old: &str, new: &str) -> Result<()> {
    let outcome = project.rewrite(editor, Expected::Any, |view| {
        let text = view.document().unwrap().text();
        assert!(text.contains(old), "{old}");
        Ok(Rewrite {
            text: text.replace(old, new),
            what: vec!["a test wrote".to_owned()],
        })
    })?;
    assert!(outcome.has_changes());
    Ok(())
}

#[test]
fn whoever_puts_a_text_in_place_may_do_no_more_than_by_changes() {
    let cases = [
        // Of the Administrator, whether it is allowed.
        ("\"Ann Lee\": {},", "\"Ann Lee\": {}, \"Mia\": {},", true),
        ("\"users\": [\"Ann Lee\"]", "", true),
        ("\"users\": [\"Ann Lee\"]", "\"users\":[\"Ann Lee\"]", true),
        ("\"write\": \"Finance\"", "\"write\": \"Accounting\"", true),
        (
            "\"designAccessGroup\": \"General Mgmt\"",
            "\"designAccessGroup\": \"*\"",
            false,
        ),
        ("$2b$10$Xb", "$2b$10$Xc", false),
        (
            "\"write\": \"Finance\"",
            "\"write\": \"Finance\"}, \"unknown\": {\"key\": 1",
            false,
        ),
        (
            "\"users\": [\"Ann Lee\"]",
            "\"users\": [], \"colour\": \"red\"",
            false,
        ),
    ];
    for (old, new, may_administrator) in cases {
        let shop = Shop::new();
        let project = shop.open();
        let error = replace(&project, &ann(), old, new).unwrap_err();
        assert_eq!(error.code(), "not-allowed", "{new}");
        let by_administrator = replace(&project, &administrator(), old, new);
        assert_eq!(
            by_administrator.is_ok(),
            may_administrator,
            "{new}: {by_administrator:?}"
        );
        if !may_administrator {
            assert_eq!(shop.read("Settings/directory.json"), DIRECTORY);
            replace(&project, &Editor::Designer, old, new).unwrap();
        }
        project
            .undo(&Editor::Designer, UndoReach::Edits, Expected::Any)
            .unwrap();
        assert_eq!(shop.read("Settings/directory.json"), DIRECTORY);
    }
}

#[test]
fn an_undo_is_asked_as_the_edit_was() {
    let shop = Shop::new();
    let project = shop.open();
    let design = Change::GrantArea {
        area: AccessArea::Design,
        grantee: Grantee::Group(GroupName::from_stored("Finance")),
    };
    project
        .apply(&Editor::Designer, &[design], Expected::Any)
        .unwrap();
    for editor in [ann(), administrator()] {
        assert_eq!(
            project
                .undo(&editor, UndoReach::Edits, Expected::Any)
                .unwrap_err()
                .code(),
            "not-allowed"
        );
    }
    let rename = Change::RenameUser {
        user: UserName::from_stored("Ann Lee"),
        name: UserName::from_stored("Anna"),
    };
    project
        .apply(&Editor::Designer, &[rename], Expected::Any)
        .unwrap();
    assert!(
        project
            .undo(&administrator(), UndoReach::Edits, Expected::Any)
            .is_ok()
    );
}

#[test]
fn a_text_of_another_version_is_a_conflict() {
    let shop = Shop::new();
    let project = shop.open();
    let view = project.current();
    shop.replace("\"Ann Lee\"", "\"Anna Lee\"");
    let error = project.normalise(&Editor::Designer, &view).unwrap_err();
    assert_eq!(error.code(), "conflict");
}

#[test]
fn a_normal_form_is_written_once() {
    let shop = Shop::new();
    let project = shop.open();
    assert!(
        project
            .normalise(&administrator(), Expected::Any)
            .unwrap()
            .has_changes()
    );
    let again = project.normalise(&administrator(), Expected::Any).unwrap();
    assert!(!again.has_changes());
    assert!(again.sentences().is_empty());
    assert_eq!(project.history().unwrap().len(), 1);
}

#[test]
fn a_merge_is_an_edit_that_is_taken_back() {
    let text = |text: String| DirectoryText::parse(text.into_bytes()).unwrap();
    let shop = Shop::new();
    let project = shop.open();
    let theirs = DIRECTORY.replace("\"write\": \"Finance\"", "\"write\": \"Accounting\"");
    let (base, theirs) = (text(DIRECTORY.to_owned()), text(theirs));
    let sides = Sides {
        base: &base,
        ours: None,
        theirs: &theirs,
        layout: Layout::Ours,
    };
    let merged = project
        .merge(&Editor::Designer, Expected::Any, &sides)
        .unwrap();
    assert!(merged.conflicts.is_empty());
    assert_eq!(merged.taken.deltas().len(), 1);
    assert_eq!(merged.outcome.impact().unwrap().len(), 1);
    project
        .undo(&Editor::Designer, UndoReach::Edits, Expected::Any)
        .unwrap();
    assert_eq!(shop.read("Settings/directory.json"), DIRECTORY);
}

/// A bug once: the history told of such a merge without a word.
#[test]
fn a_merge_that_only_lists_conflicts_stands_in_the_history_with_them() {
    let text = |group: &str| {
        let text = DIRECTORY.replace("\"write\": \"Finance\"", &format!("\"write\": \"{group}\""));
        DirectoryText::parse(text.into_bytes()).unwrap()
    };
    let shop = Shop::new();
    shop.replace("\"write\": \"Finance\"", "\"write\": \"Accounting\"");
    let project = shop.open();
    let (base, theirs) = (text("Finance"), text("*"));
    let sides = Sides {
        base: &base,
        ours: None,
        theirs: &theirs,
        layout: Layout::Ours,
    };
    let merged = project.merge(&Editor::Designer, Expected::Any, &sides);
    assert_eq!(merged.unwrap().conflicts.len(), 1);
    let history = project.history().unwrap();
    let [entry] = history.as_slice() else {
        panic!("{history:?}");
    };
    let [said] = entry.what.as_slice() else {
        panic!("{entry:?}");
    };
    assert!(
        said.starts_with("a conflict was listed: both-changed; ours: "),
        "{said}"
    );
}

/// The second edit may fail, and the first one stays made.
#[test]
fn what_was_repaired_is_not_lost_where_the_rest_fails() {
    let shop = Shop::new();
    shop.replace(
        "\"users\": [\"Zoé Martin\"]",
        "\"users\": [\"Zoé Martin\", \"Zoé Martin\", \"Ann Lee\"]",
    );
    let files = Arc::new(SavesOnce::default());
    let options = Project::options().files(files);
    let project = options.open(shop.root()).unwrap();
    let fixed = project.fix(&Editor::Designer).unwrap();
    assert_eq!(fixed.outcomes.len(), 1);
    assert_eq!(fixed.failure.unwrap().code(), "disk-full");
    assert_eq!(project.history().unwrap().len(), 1);
    let text = shop.read("Settings/directory.json");
    assert_eq!(text.matches("Zoé Martin").count(), 2, "{text}");
}

#[test]
fn a_conflict_that_is_not_there_is_not_decided() {
    let shop = Shop::new();
    let project = shop.open();
    let decide = |numbers: &[usize]| {
        let decisions = Decisions::Numbered(numbers);
        project.resolve(&Editor::Designer, Expected::Any, decisions)
    };
    let error = decide(&[1]).unwrap_err();
    assert_eq!(error.code(), "unknown-conflict");
    assert_eq!(error.to_string(), "there is no conflict 1: none is open");
    let two = "\"guichetConflicts\": [{\"kind\": \"a\"}, {\"kind\": \"b\"}], \"settings\"";
    shop.replace("\"settings\"", two);
    assert_eq!(
        decide(&[3]).unwrap_err().to_string(),
        "there is no conflict 3: they are numbered from 1 to 2"
    );
    let resolved = decide(&[1]).unwrap();
    assert_eq!(resolved.left.len(), 1);
    assert_eq!(project.current().conflicts(), resolved.left);
}

#[test]
fn what_can_be_repaired_is_repaired_and_nobody_gains_or_loses_an_access() {
    let shop = Shop::new();
    shop.replace(
        "\"users\": [\"Zoé Martin\"]",
        "\"users\": [\"Zoé Martin\", \"Zoé Martin\", \"Ann Lee\"]",
    );
    let project = shop.open();
    let text = shop.read("Settings/directory.json");
    assert_eq!(project.lint().unwrap().repairable(), 2);

    let rehearsed = project.rehearse().fix(&Editor::Designer).unwrap();
    assert_eq!(shop.read("Settings/directory.json"), text);
    let done = project.fix(&Editor::Designer).unwrap();
    assert_eq!(done.outcomes.len(), 2);
    for (done, rehearsed) in done.outcomes.iter().zip(&rehearsed.outcomes) {
        assert_eq!(done.sentences(), rehearsed.sentences());
        assert_eq!(done.impact().unwrap(), []);
    }
    assert_eq!(project.lint().unwrap().repairable(), 0);
    assert_eq!(project.fix(&Editor::Designer).unwrap().outcomes.len(), 0);
    project
        .undo(&Editor::Designer, UndoReach::Edits, Expected::Any)
        .unwrap();
    project
        .undo(&Editor::Designer, UndoReach::Edits, Expected::Any)
        .unwrap();
    assert_eq!(shop.read("Settings/directory.json"), text);
}

#[test]
fn a_project_without_a_file_has_no_text_to_rewrite() {
    let shop = Shop::new();
    std::fs::remove_file(shop.path("Settings/directory.json")).unwrap();
    let error = shop
        .open()
        .normalise(&Editor::Designer, Expected::Any)
        .unwrap_err();
    assert_eq!(error.code(), "file-not-found");
    assert_eq!(error.help().as_deref(), Some("`guichet init` makes one."));
}
