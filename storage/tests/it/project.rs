//! A project on a real disk, and edits of it.

use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};

use guichet_core::{Applied, Change, Directory, Refused, Rules, UserName};
use guichet_storage::{
    DirectoryStore, EditError, EditNote, Edited, OptionsFile, ProjectPath, StoreSettings, Target,
    UndoReach, Undone,
};
use tempfile::TempDir;

pub(crate) const USER: &str = "Settings/directory.json";
pub(crate) const HISTORY: &str = "Settings/.guichet/directory.json.history.jsonl";
pub(crate) const UNDO: &str = "Settings/.guichet/directory.json.undo.jsonl";
/// In the folder of a directory.
pub(crate) const LOCK: &str = ".guichet/lock";
pub(crate) const DATA: &str = "Data/Settings/directory.json";

pub(crate) fn note() -> EditNote {
    EditNote {
        who: "Designer".to_owned(),
        when: "2026-11-21T12:00:00Z".parse().unwrap(),
    }
}

/// Takes the latest change back, the making of the file too.
pub(crate) fn undo_creation(store: &DirectoryStore) -> Result<Undone, EditError<Infallible>> {
    store.undo_asking(&note(), UndoReach::Creation, || Ok(()))
}

/// A project on the disk.
pub(crate) struct Project {
    pub(crate) folder: TempDir,
}

impl Project {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("Project")).unwrap();
        Self { folder }
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    pub(crate) fn with(self, inside: &str, bytes: &[u8]) -> Self {
        let path = self.path(inside);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        self
    }

    pub(crate) fn target(&self) -> Target {
        Target::Project {
            project: ProjectPath::At(self.folder.path().to_owned()),
            data: None,
        }
    }

    pub(crate) fn store(&self) -> DirectoryStore {
        DirectoryStore::new(self.target(), StoreSettings::default())
    }

    pub(crate) fn read(&self, inside: &str) -> Vec<u8> {
        fs::read(self.path(inside)).unwrap()
    }

    pub(crate) fn names(&self, inside: &str) -> Vec<String> {
        names(&self.path(inside))
    }
}

pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

pub(crate) fn make(
    changes: Vec<Change>,
) -> impl FnOnce(&mut Directory, &OptionsFile) -> Result<Applied, Refused> {
    move |directory, options| {
        let plugins: Vec<_> = options
            .plugins
            .iter()
            .map(|declared| guichet_core::Plugin {
                key: declared.key.clone(),
                number: declared.number,
                name: declared.name.clone().unwrap_or_default(),
            })
            .collect();
        let rules = Rules {
            plugins: &plugins,
            ..Rules::default()
        };
        directory.apply(&changes, &rules)
    }
}

pub(crate) fn add_user(name: &str) -> Change {
    Change::AddUser {
        name: Some(UserName::from_stored(name)),
        startup_method: None,
        groups: Vec::new(),
    }
}

pub(crate) fn edit(store: &DirectoryStore, change: Change) -> Edited {
    store.edit(&note(), make(vec![change])).unwrap()
}

#[cfg(unix)]
pub(crate) fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;

    fs::metadata(path).unwrap().permissions().mode() & 0o777
}
