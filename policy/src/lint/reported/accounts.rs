//! Accounts of `directory.json`.

use crate::lint::level::Level;
use crate::lint::page::{Example, Exception, FoundBy, Page, Repair};

pub(in crate::lint) const MISSING_BUILT_IN: Page = Page {
    code: "missing-built-in",
    level: Level::Warning,
    exception: Some(Exception {
        level: Level::Error,
        which: "for the Designer",
    }),
    summary: "the Designer or the Administrator is missing",
    why: "Every application has both: the file is taken to have them under their usual names and \
          without a password. A Designer without a password turns access control off, so that a \
          missing Designer is an error.",
    bad: Example::directory(
        r#"{
	"users": {
		"administrator": {"alias": "Administrator"}
	}
}"#,
    ),
    good: Example::directory(
        r#"{
	"users": {
		"designer": {"alias": "Designer"},
		"administrator": {"alias": "Administrator"}
	}
}"#,
    ),
    repair: Repair::None,
    found_by: FoundBy::Reading,
};

pub(in crate::lint) const MISSING_ALIAS: Page = Page {
    code: "missing-alias",
    level: Level::Info,
    exception: None,
    summary: "the Designer or the Administrator has no alias",
    why: "The two built-in users stand under fixed keys, and the alias is their name. Without \
          one the key is taken for the name, which 4D never writes.",
    bad: Example::directory(
        r#"{
	"users": {
		"designer": {},
		"administrator": {"alias": "Administrator"}
	}
}"#,
    ),
    good: Example::directory(
        r#"{
	"users": {
		"designer": {"alias": "Designer"},
		"administrator": {"alias": "Administrator"}
	}
}"#,
    ),
    repair: Repair::None,
    found_by: FoundBy::Reading,
};

pub(in crate::lint) const STRAY_ALIAS: Page = Page {
    code: "stray-alias",
    level: Level::Warning,
    exception: None,
    summary: "an ordinary user has an alias",
    why: "Only the two built-in users have an alias in `directory.json`; for everybody else the \
          key is the name. The alias is kept and has no effect, so that groups which name it name \
          nobody.",
    bad: Example::directory(
        r#"{
	"users": {
		"Ann": {"alias": "Anna"}
	}
}"#,
    ),
    good: Example::directory(
        r#"{
	"users": {
		"Anna": {}
	}
}"#,
    ),
    repair: Repair::None,
    found_by: FoundBy::Reading,
};

pub(in crate::lint) const UNKNOWN_PASSWORD: Page = Page {
    code: "unknown-password",
    level: Level::Warning,
    exception: None,
    summary: "a stored password has a shape that is not known",
    why: "4D writes two shapes: 24 characters before 19 R3, and bcrypt since. Against anything \
          else no password can be checked, and the account can probably not log in.",
    bad: Example::directory(
        r#"{
	"users": {
		"Ann": {"password": "to be set"}
	}
}"#,
    ),
    good: Example::directory(
        r#"{
	"users": {
		"Ann": {}
	}
}"#,
    ),
    repair: Repair::None,
    found_by: FoundBy::Reading,
};

pub(in crate::lint) const TOO_MANY: Page = Page {
    code: "too-many",
    level: Level::Warning,
    exception: None,
    summary: "there are more users or groups than can be created",
    why: "The Designer and the Administrator can create 16 000 users and as many groups each. A \
          larger file loads, and nobody can be added to it.",
    bad: Example::folder(r"Settings/directory.json    32 001 users"),
    good: Example::folder(r"Settings/directory.json    32 000 users"),
    repair: Repair::None,
    found_by: FoundBy::Reading,
};
