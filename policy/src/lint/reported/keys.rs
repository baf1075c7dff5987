//! Keys of `directory.json`.

use crate::lint::level::Level;
use crate::lint::page::{Example, Exception, FoundBy, Page, Repair};

pub(in crate::lint) const DUPLICATE_KEY: Page = Page {
    code: "duplicate-key",
    level: Level::Error,
    exception: None,
    summary: "a key stands twice in one object",
    why: "Only one of the two counts, the last one here. Which one 4D takes is not documented, and \
          whoever reads the file may look at the other.",
    bad: Example::directory(
        r#"{
	"users": {
		"Ann": {"startupMethod": "Start"},
		"Ann": {}
	}
}"#,
    ),
    good: Example::directory(
        r#"{
	"users": {
		"Ann": {"startupMethod": "Start"}
	}
}"#,
    ),
    repair: Repair::None,
    found_by: FoundBy::Reading,
};

pub(in crate::lint) const UNKNOWN_KEY: Page = Page {
    code: "unknown-key",
    level: Level::Warning,
    exception: Some(Exception {
        level: Level::Info,
        which: "where it resembles no known one",
    }),
    summary: "a key that is not known here",
    why: "It is kept when the file is written and has no effect. When it resembles a known key it is \
          probably a mistake, and what it should restrict is open; when it resembles none, a newer \
          4D may have written it, and the finding is only worth knowing.",
    bad: Example::directory(
        r#"{
	"settings": {"designAccesGroup": "Devs"}
}"#,
    ),
    good: Example::directory(
        r#"{
	"settings": {"designAccessGroup": "Devs"}
}"#,
    ),
    repair: Repair::None,
    found_by: FoundBy::Reading,
};

pub(in crate::lint) const EMPTY_COLLECTION: Page = Page {
    code: "empty-collection",
    level: Level::Info,
    exception: None,
    summary: "an empty list or object where 4D leaves the key out",
    why: "It means the same. 4D never writes it, so somebody else did, and the next save by 4D takes \
          it out: a difference in git that is no change.",
    bad: Example::directory(
        r#"{
	"groups": {"Devs": {"users": ["Administrator"], "groups": []}}
}"#,
    ),
    good: Example::directory(
        r#"{
	"groups": {"Devs": {"users": ["Administrator"]}}
}"#,
    ),
    repair: Repair::None,
    found_by: FoundBy::Reading,
};
