//! Names of users, groups and plug-ins.

use crate::lint::level::Level;
use crate::lint::page::{Example, FoundBy, Page, Repair};

pub(in crate::lint) const TWIN_USER: Page = Page {
    code: "twin-user",
    level: Level::Warning,
    exception: None,
    summary: "two users have the same name",
    why: "Names are compared without regard to case. A group or a setting that writes the name \
          in a third way means the first of the two.",
    bad: Example::directory(
        r#"{
	"users": {
		"Ann Lee": {},
		"ann lee": {}
	}
}"#,
    ),
    good: Example::directory(
        r#"{
	"users": {
		"Ann Lee": {},
		"Ann Lee 2": {}
	}
}"#,
    ),
    repair: Repair::None,
    found_by: FoundBy::Reading,
};

pub(in crate::lint) const TWIN_GROUP: Page = Page {
    code: "twin-group",
    level: Level::Warning,
    exception: None,
    summary: "two groups have the same name",
    why: "Names are compared without regard to case. An access that is given to the name written \
          in a third way goes to the first of the two.",
    bad: Example::directory(
        r#"{
	"groups": {
		"Devs": {"users": ["Administrator"]},
		"DEVS": {}
	}
}"#,
    ),
    good: Example::directory(
        r#"{
	"groups": {
		"Devs": {"users": ["Administrator"]},
		"Old devs": {}
	}
}"#,
    ),
    repair: Repair::None,
    found_by: FoundBy::Reading,
};

pub(in crate::lint) const TWIN_SCHEMA: Page = Page {
    code: "twin-schema",
    level: Level::Error,
    exception: None,
    summary: "an SQL schema is written in two ways",
    why: "SQL does not tell them apart, so both give rights of one schema. Of each right the narrower \
          of the two counts here, so that what one of them closes is not open; which one 4D takes is \
          not documented.",
    bad: Example::directory(
        r#"{
	"sqlSchemaGranters": {
		"SALES": {"readOnlyAccessGroup": "", "readWriteAccessGroup": "", "allAccessGroup": ""},
		"Sales": {"readOnlyAccessGroup": "*", "readWriteAccessGroup": "*", "allAccessGroup": "*"}
	}
}"#,
    ),
    good: Example::directory(
        r#"{
	"sqlSchemaGranters": {
		"SALES": {"readOnlyAccessGroup": "", "readWriteAccessGroup": "", "allAccessGroup": ""}
	}
}"#,
    ),
    repair: Repair::None,
    found_by: FoundBy::Reading,
};

pub(in crate::lint) const EMPTY_USER_NAME: Page = Page {
    code: "empty-user-name",
    level: Level::Warning,
    exception: None,
    summary: "a user has an empty name",
    why: "No group and no setting can refer to the account: an empty text means nobody.",
    bad: Example::directory(
        r#"{
	"users": {
		"": {}
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

pub(in crate::lint) const UNGRANTABLE_GROUP: Page = Page {
    code: "ungrantable-group",
    level: Level::Warning,
    exception: None,
    summary: "a group cannot be named where access is given",
    why: "Where access is given, `*` means everyone and an empty text means nobody. A group of \
          such a name can have members and never an access.",
    bad: Example::directory(
        r#"{
	"groups": {
		"*": {"users": ["Administrator"]}
	}
}"#,
    ),
    good: Example::directory(
        r#"{
	"groups": {
		"Everyone": {"users": ["Administrator"]}
	}
}"#,
    ),
    repair: Repair::None,
    found_by: FoundBy::Reading,
};

pub(in crate::lint) const LONG_GROUP_NAME: Page = Page {
    code: "long-group-name",
    level: Level::Info,
    exception: None,
    summary: "a group name has more than 15 characters",
    why: "4D documents 15 characters as the limit. A longer name in a file works and stays as it \
          is, and real files have many; but the group cannot be renamed to anything as long again.",
    bad: Example::directory(
        r#"{
	"groups": {
		"Warehouse managers": {}
	}
}"#,
    ),
    good: Example::directory(
        r#"{
	"groups": {
		"Warehouse mgrs": {}
	}
}"#,
    ),
    repair: Repair::None,
    found_by: FoundBy::Reading,
};

pub(in crate::lint) const NAME_BY_CASE: Page = Page {
    code: "name-by-case",
    level: Level::Warning,
    exception: None,
    summary: "a name is written otherwise than where it is defined",
    why: "It is found all the same, since names are compared without regard to case and to how \
          Unicode composes an accent. Other programs that read the file may not find it, and a \
          search for the name misses the place.",
    bad: Example::directory(
        r#"{
	"groups": {
		"Devs": {"users": ["ADMINISTRATOR"]}
	}
}"#,
    ),
    good: Example::directory(
        r#"{
	"groups": {
		"Devs": {"users": ["Administrator"]}
	}
}"#,
    ),
    repair: Repair::Text,
    found_by: FoundBy::Reading,
};

pub(in crate::lint) const PLUGIN_BY_CASE: Page = Page {
    code: "plugin-by-case",
    level: Level::Warning,
    exception: None,
    summary: "a plug-in key resembles one of 4D's",
    why: "The keys of 4D's own plug-ins are fixed. One in another case is taken for a plug-in of \
          somebody else, so 4D's own stays open to everyone.",
    bad: Example::directory(
        r#"{
	"groups": {"Writers": {"users": ["Administrator"]}},
	"remoteGranters": {"Write": "Writers"}
}"#,
    ),
    good: Example::directory(
        r#"{
	"groups": {"Writers": {"users": ["Administrator"]}},
	"remoteGranters": {"write": "Writers"}
}"#,
    ),
    repair: Repair::None,
    found_by: FoundBy::Reading,
};
