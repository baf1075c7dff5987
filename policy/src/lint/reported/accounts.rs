//! Accounts of `directory.json`.

use crate::lint::{ExampleFile, Page};

pub(in crate::lint) const MISSING_BUILT_IN: Page = Page {
    code: "missing-built-in",
    summary: "the Designer or the Administrator is missing",
    why: "Every application has both. If one is missing in the file, it counts as present with its \
          usual name and no password. A Designer without a password turns access control off, so a \
          missing Designer is an error.",
    bad: r#"{
	"users": {
		"administrator": {"alias": "Administrator"}
	}
}"#,
    good: r#"{
	"users": {
		"designer": {"alias": "Designer"},
		"administrator": {"alias": "Administrator"}
	}
}"#,
    ..Page::BASE
};

pub(in crate::lint) const MISSING_ALIAS: Page = Page {
    code: "missing-alias",
    summary: "the Designer or the Administrator has no alias",
    why: "The two built-in users have fixed keys, and the alias is their name. Without an alias the \
          key counts as the name; 4D always writes an alias.",
    bad: r#"{
	"users": {
		"designer": {},
		"administrator": {"alias": "Administrator"}
	}
}"#,
    good: r#"{
	"users": {
		"designer": {"alias": "Designer"},
		"administrator": {"alias": "Administrator"}
	}
}"#,
    ..Page::BASE
};

pub(in crate::lint) const STRAY_ALIAS: Page = Page {
    code: "stray-alias",
    summary: "an ordinary user has an alias",
    why: "Only the two built-in users have an alias in `directory.json`; for all other users the key is \
          the name. The alias is kept and has no effect: a group that lists it lists nobody.",
    bad: r#"{
	"users": {
		"Ann": {"alias": "Anna"}
	}
}"#,
    good: r#"{
	"users": {
		"Anna": {}
	}
}"#,
    ..Page::BASE
};

pub(in crate::lint) const UNKNOWN_PASSWORD: Page = Page {
    code: "unknown-password",
    summary: "a stored password has an unknown format",
    why: "4D writes two formats: 24 characters before 19 R3, and bcrypt since. No password can be \
          checked against another format, so the user probably cannot log in.",
    bad: r#"{
	"users": {
		"Ann": {"password": "to be set"}
	}
}"#,
    good: r#"{
	"users": {
		"Ann": {}
	}
}"#,
    ..Page::BASE
};

pub(in crate::lint) const TOO_MANY: Page = Page {
    code: "too-many",
    summary: "there are more users or groups than can be created",
    why: "The Designer and the Administrator can each create 16 000 users and 16 000 groups. A larger \
          file can be opened, but nothing can be added to it.",
    file: ExampleFile::Folder,
    bad: r"Settings/directory.json    32 001 users",
    good: r"Settings/directory.json    32 000 users",
    ..Page::BASE
};
