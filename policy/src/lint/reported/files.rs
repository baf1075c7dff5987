//! Files beside one another that say different things.

use crate::lint::{ExampleFile, Page};

pub(in crate::lint) const GRANTED_TWICE: Page = Page {
    code: "granted-twice",
    summary: "a plug-in has a group in two files",
    why: "The group in `directory.json` counts, and the group in `guichet.toml` has no effect. A person \
          who reads only `guichet.toml` gets a wrong answer.",
    file: ExampleFile::Options,
    bad: r#"# directory.json has "remoteGranters": {"barcode": "Warehouse"}
[plugins.barcode]
number = 15000
group = "Everybody""#,
    good: r#"# directory.json has "remoteGranters": {"barcode": "Warehouse"}
[plugins.barcode]
number = 15000"#,
    ..Page::BASE
};

pub(in crate::lint) const SHADOWED_FILE_DIFFERS: Page = Page {
    code: "shadowed-file-differs",
    summary: "two directory files, and they differ",
    why: "Only the file of the data folder counts. While it exists, an edit of the file in `Settings` \
          has no effect, even if an upgrade brings it.",
    file: ExampleFile::Folder,
    bad: r"Settings/directory.json         12 users
Data/Settings/directory.json    14 users (this one counts)",
    good: r"Data/Settings/directory.json    14 users",
    ..Page::BASE
};

pub(in crate::lint) const SETTINGS_LEFTOVER: Page = Page {
    code: "settings-leftover",
    summary: "a number in the settings disagrees with the directory",
    why: "Applications converted from a binary database keep numbers of users and groups in \
          `settings.4DSettings`. In a project, `directory.json` gives access by name, and the number \
          has no effect. Numbers are positions, so it means somebody else today.",
    file: ExampleFile::Settings,
    bad: r#"<!-- directory.json has "designAccessGroup": "*" -->
<developper design_acces="15001"/>"#,
    good: r"<developper/>",
    ..Page::BASE
};

pub(in crate::lint) const UNRESOLVED_CONFLICT: Page = Page {
    code: "unresolved-conflict",
    summary: "a merge left a conflict that a person must resolve",
    why: "Both sides changed the same thing. The merge kept our side and listed what the other side \
          wanted. The file works, but nobody has decided yet: see `guichet resolve`.",
    bad: r#"{
	"groups": {"Writers": {}, "Authors": {}},
	"remoteGranters": {"write": "Writers"},
	"guichetConflicts": [{
		"kind": "both-changed",
		"ours": ["plug-in `write` was given to group `Writers`"],
		"theirs": ["plug-in `write` was given to group `Authors`"]
	}]
}"#,
    good: r#"{
	"groups": {"Writers": {}, "Authors": {}},
	"remoteGranters": {"write": "Authors"}
}"#,
    ..Page::BASE
};
