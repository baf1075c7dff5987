//! Whole texts in the place of the directory: written, remembered and taken back as edits are.

use std::convert::Infallible;

use guichet_core::Besides;
use guichet_core::Diagnostic as _;
use guichet_storage::{
    EditError, Expected, FileChange, Revision, Rewrite, SaveError, besides, normalise,
};

use crate::project::{Project, USER, add_user, edit, note, undo_creation};
use crate::support::file;

fn text(text: impl Into<String>) -> Rewrite {
    Rewrite {
        text: text.into(),
        what: vec!["the whole text".to_owned()],
    }
}

#[test]
fn a_text_is_put_in_place_told_and_taken_back() {
    let first = file("corpus", "survey-78-users.resaved");
    let project = Project::new().with(USER, &first);
    let store = project.store();
    let rewrite = |loaded: &guichet_storage::Loaded| {
        Ok::<_, Infallible>(text(normalise(
            loaded.document.as_ref().unwrap(),
            &loaded.directory,
        )))
    };
    let planned = store.plan_rewrite(rewrite).unwrap();
    assert_eq!(project.read(USER), first);
    let edited = store.rewrite(Expected::Any, &note(), rewrite).unwrap();
    assert_eq!(planned.files, edited.files);
    assert_eq!(
        edited.files[0].after.as_deref(),
        Some(project.read(USER).as_slice())
    );
    assert_eq!(edited.revision_before, Revision::new(&first));
    assert_eq!(edited.revision_after, store.load().unwrap().revision);
    assert_eq!(store.log().unwrap()[0].what, ["the whole text"]);
    // It is normal now.
    assert!(
        store
            .rewrite(Expected::Any, &note(), rewrite)
            .unwrap()
            .files
            .is_empty()
    );
    edit(&store, add_user("Ann"));
    store.undo(&note()).unwrap();
    store.undo(&note()).unwrap();
    assert_eq!(project.read(USER), first);
    assert_eq!(store.log().unwrap().len(), 4);
}

#[test]
fn a_text_that_is_no_directory_is_refused_with_its_place() {
    let first = file("corpus", "one-group");
    let project = Project::new().with(USER, &first);
    for (new, code) in [
        ("{\n<<<<<<< ours", "json-syntax"),
        ("{\"users\": []}", "wrong-kind"),
    ] {
        let refused = project
            .store()
            .rewrite(Expected::Any, &note(), |_| Ok::<_, Infallible>(text(new)));
        let Err(EditError::Save(SaveError::Text(error))) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(error.code(), code);
        assert_eq!(
            error.place().position.line,
            if code == "json-syntax" { 2 } else { 1 }
        );
    }
    assert_eq!(project.read(USER), first);
}

#[test]
fn a_file_that_has_changed_or_a_closure_that_refuses_writes_nothing() {
    let first = file("corpus", "one-group");
    let project = Project::new().with(USER, &first);
    let store = project.store();
    let other = Expected::Revision(Revision::new(b"another text"));
    let error = store
        .rewrite(other, &note(), |_| Ok::<_, Infallible>(text("{}")))
        .unwrap_err();
    assert!(
        matches!(error, EditError::Save(SaveError::Conflict { .. })),
        "{error:?}"
    );
    let refused = store.rewrite(Expected::Any, &note(), |_| {
        Err::<Rewrite, _>(SaveError::ReadOnly {
            path: "here".into(),
        })
    });
    assert!(matches!(refused, Err(EditError::Refused(_))), "{refused:?}");
    assert_eq!(project.read(USER), first);
}

#[test]
fn where_there_is_no_file_one_is_made_and_taken_away_again() {
    let project = Project::new();
    let store = project.store();
    let edited = store
        .rewrite(Expected::Revision(Revision::ABSENT), &note(), |_| {
            Ok::<_, Infallible>(text("{}"))
        })
        .unwrap();
    assert_eq!(edited.files[0].before, None);
    assert_eq!(project.read(USER), b"{}");
    undo_creation(&store).unwrap();
    assert!(!project.path(USER).exists());
}

/// What the Administrator may do by changes is theirs to merge, to decide and to take back as well.
#[test]
fn conflicts_and_who_may_use_a_plugin_are_no_unread_content() {
    let of = |path: &str, before: &str, after: &str| {
        let change = FileChange {
            path: path.into(),
            before: Some(before.into()),
            after: Some(after.into()),
        };
        besides(&[change], &[])
    };
    let text = "{\n\t\"users\": {},\n\t\"groups\": {}\n}";
    let conflict = r#"{"kind": "both-changed", "ours": ["a"], "theirs": ["b"]}"#;
    let disputed = text.replace(
        "{}\n}",
        &format!("{{}},\n\t\"guichetConflicts\": [{conflict}]\n}}"),
    );
    let other = disputed.replace("\"b\"", "\"c\"");
    let noted = disputed.replace("\"users\"", "\"note\": 1, \"users\"");
    for (before, after, expected) in [
        (text, &*disputed, Besides::Form),
        (&disputed, text, Besides::Form),
        (&disputed, &other, Besides::Form),
        (&disputed, &disputed.replace('\t', ""), Besides::Form),
        (text, &noted, Besides::Content),
        (&noted, text, Besides::Content),
    ] {
        let path = "Settings/directory.json";
        assert_eq!(of(path, before, after), expected, "{before}{after}");
    }
    let plugin = "[plugins.4DReport]\nseats = 3\n";
    let granted = format!("{plugin}group = \"Devs\"\n");
    // A link may lead to a file of any name.
    for path in ["Settings/guichet.toml", "shared/access.toml"] {
        assert_eq!(of(path, &granted, plugin), Besides::Form);
        assert_eq!(of(path, plugin, &granted), Besides::Form);
        let more = granted.replace('3', "4");
        assert_eq!(of(path, &granted, &more), Besides::Content);
        assert_eq!(of(path, &granted, "users ="), Besides::Content);
    }
}
