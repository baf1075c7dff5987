//! A small project in a folder of its own.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "tests")]

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use guichet::Project;
use guichet::storage::filesystem::{Access, Disk, Entry, FileSystem, LockAttempt, OutputFile};
use tempfile::TempDir;

/// Four users, three groups in one another, and somebody for almost every access.
pub(crate) const DIRECTORY: &str = r#"{
	"users": {
		"designer": {
			"password": "$2b$10$XbCTABI.dXWBs8iS26eBOeT3PiiPTMYXNsvDpbLk7.r5xKha64TaW",
			"alias": "Designer"
		},
		"administrator": {
			"password": "$2b$10$LPl5NWcYfspCYDEMSRcT0.nbSqJIMebXCMsZyhfsqUm4Y0wCTfiOy",
			"alias": "Administrator"
		},
		"Ann Lee": {},
		"Paul Durand": {},
		"Zoé Martin": {}
	},
	"groups": {
		"Accounting": {
			"users": ["Zoé Martin"],
			"groups": ["Finance"]
		},
		"Finance": {
			"users": ["Paul Durand"],
			"groups": ["General Mgmt"]
		},
		"General Mgmt": {
			"users": ["Ann Lee"]
		}
	},
	"sqlSchemaGranters": {
		"DEFAULT_SCHEMA": {"readOnlyAccessGroup": "Accounting"}
	},
	"remoteGranters": {
		"write": "Finance"
	},
	"settings": {
		"designAccessGroup": "General Mgmt"
	}
}
"#;

/// What `guichet.toml` says in that project.
pub(crate) const OPTIONS: &str = r#"# What directory.json cannot say.
[access]
http = "Accounting"

[plugins.write]
seats = 2

[plugins.barcode]
number = 15000
name = "Barcode"
seats = 1
group = "Accounting"
"#;

/// A project in a folder that goes with the value.
pub(crate) struct Shop {
    folder: TempDir,
}

impl Shop {
    /// Makes the project.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let shop = Self { folder };
        shop.write("Project/Shop.4DProject", "{}");
        shop.write("Project/Sources/Methods/start.4dm", "ALERT(\"\")");
        shop.write("Data/data.4DD", "");
        shop.write("Settings/directory.json", DIRECTORY);
        shop.write("Settings/guichet.toml", OPTIONS);
        shop
    }

    /// Returns the folder of the project.
    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the path of a file.
    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.root().join(inside)
    }

    /// Opens it.
    pub(crate) fn open(&self) -> Project {
        Project::open(self.root()).unwrap()
    }

    /// Writes a file.
    pub(crate) fn write(&self, inside: &str, content: &str) {
        let path = self.path(inside);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// Reads a file.
    pub(crate) fn read(&self, inside: &str) -> String {
        std::fs::read_to_string(self.path(inside)).unwrap()
    }

    /// Puts a text in the place of another one in `directory.json`.
    pub(crate) fn replace(&self, old: &str, new: &str) {
        let text = self.read("Settings/directory.json");
        assert!(text.contains(old), "{old}");
        self.write("Settings/directory.json", &text.replace(old, new));
    }
}

/// The disk, which is full once `directory.json` was saved.
#[derive(Debug, Default)]
pub(crate) struct SavesOnce {
    saved: AtomicBool,
}

impl FileSystem for SavesOnce {
    fn entry(&self, path: &Path) -> io::Result<Option<Entry>> {
        Disk.entry(path)
    }

    fn probe(&self, path: &Path) -> io::Result<()> {
        Disk.probe(path)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        Disk.read(path)
    }

    fn resolve(&self, path: &Path) -> io::Result<PathBuf> {
        Disk.resolve(path)
    }

    fn is_read_only(&self, path: &Path) -> io::Result<bool> {
        Disk.is_read_only(path)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<OsString>> {
        Disk.names(folder)
    }

    fn create_folders(&self, folder: &Path) -> io::Result<()> {
        Disk.create_folders(folder)
    }

    fn create(&self, path: &Path, access: Access) -> io::Result<Box<dyn OutputFile>> {
        Disk.create(path, access)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if to.ends_with("directory.json") && self.saved.swap(true, Ordering::Relaxed) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Disk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        Disk.remove(path)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        Disk.sync_folder(folder)
    }

    fn try_lock(&self, path: &Path) -> io::Result<LockAttempt> {
        Disk.try_lock(path)
    }
}
