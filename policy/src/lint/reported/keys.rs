//! Keys of `directory.json`.

use crate::lint::Page;

pub(in crate::lint) const DUPLICATE_KEY: Page = Page {
    code: "duplicate-key",
    summary: "an object has the same key twice",
    why: "Only one of the two counts: here the last one. 4D does not document which one it takes, and a \
          person who reads the file may look at the other one.",
    bad: r#"{
	"users": {
		"Ann": {"startupMethod": "Start"},
		"Ann": {}
	}
}"#,
    good: r#"{
	"users": {
		"Ann": {"startupMethod": "Start"}
	}
}"#,
    ..Page::BASE
};

pub(in crate::lint) const UNKNOWN_KEY: Page = Page {
    code: "unknown-key",
    summary: "an unknown key",
    why: "The key is kept when the file is written, and has no effect. If it resembles a known key, it \
          is probably a mistake, and what it should restrict is open. If not, a newer 4D may have \
          written it, and the finding is only information.",
    bad: r#"{
	"settings": {"designAccesGroup": "Devs"}
}"#,
    good: r#"{
	"settings": {"designAccessGroup": "Devs"}
}"#,
    ..Page::BASE
};

pub(in crate::lint) const EMPTY_COLLECTION: Page = Page {
    code: "empty-collection",
    summary: "an empty list or object where 4D leaves the key out",
    why: "Both mean the same. 4D never writes an empty one, so another program did, and the next save \
          by 4D removes it: git then shows a difference where nothing changed.",
    bad: r#"{
	"groups": {"Devs": {"users": ["Administrator"], "groups": []}}
}"#,
    good: r#"{
	"groups": {"Devs": {"users": ["Administrator"]}}
}"#,
    ..Page::BASE
};
