//! Names of users, groups and plug-ins.

use crate::lint::{Page, Repair};

pub(in crate::lint) const TWIN_USER: Page = Page {
    code: "twin-user",
    summary: "two users have the same name",
    why: "Upper and lower case count as the same. A group or a setting with a third spelling of the \
          name means the first of the two users.",
    bad: r#"{
	"users": {
		"Ann Lee": {},
		"ann lee": {}
	}
}"#,
    good: r#"{
	"users": {
		"Ann Lee": {},
		"Ann Lee 2": {}
	}
}"#,
    ..Page::BASE
};

pub(in crate::lint) const TWIN_GROUP: Page = Page {
    code: "twin-group",
    summary: "two groups have the same name",
    why: "Upper and lower case count as the same. An access for a third spelling of the name goes to \
          the first of the two groups.",
    bad: r#"{
	"groups": {
		"Devs": {"users": ["Administrator"]},
		"DEVS": {}
	}
}"#,
    good: r#"{
	"groups": {
		"Devs": {"users": ["Administrator"]},
		"Old devs": {}
	}
}"#,
    ..Page::BASE
};

pub(in crate::lint) const TWIN_SCHEMA: Page = Page {
    code: "twin-schema",
    summary: "an SQL schema is written in two ways",
    why: "For SQL both are the same schema, so both give its rights. For each right the narrower of the \
          two counts here, so that what one of them closes stays closed. 4D does not document which \
          one it takes.",
    bad: r#"{
	"sqlSchemaGranters": {
		"SALES": {"readOnlyAccessGroup": "", "readWriteAccessGroup": "", "allAccessGroup": ""},
		"Sales": {"readOnlyAccessGroup": "*", "readWriteAccessGroup": "*", "allAccessGroup": "*"}
	}
}"#,
    good: r#"{
	"sqlSchemaGranters": {
		"SALES": {"readOnlyAccessGroup": "", "readWriteAccessGroup": "", "allAccessGroup": ""}
	}
}"#,
    ..Page::BASE
};

pub(in crate::lint) const EMPTY_USER_NAME: Page = Page {
    code: "empty-user-name",
    summary: "a user has an empty name",
    why: "No group and no setting can name this user: an empty text means nobody.",
    bad: r#"{
	"users": {
		"": {}
	}
}"#,
    good: r#"{
	"users": {
		"Ann": {}
	}
}"#,
    ..Page::BASE
};

pub(in crate::lint) const UNGRANTABLE_GROUP: Page = Page {
    code: "ungrantable-group",
    summary: "a group cannot be named where access is given",
    why: "In an access, `*` means everyone and an empty text means nobody. A group with such a name can \
          have members, but never an access.",
    bad: r#"{
	"groups": {
		"*": {"users": ["Administrator"]}
	}
}"#,
    good: r#"{
	"groups": {
		"Everyone": {"users": ["Administrator"]}
	}
}"#,
    ..Page::BASE
};

pub(in crate::lint) const LONG_GROUP_NAME: Page = Page {
    code: "long-group-name",
    summary: "a group name has more than 15 characters",
    why: "4D documents a limit of 15 characters. A longer name in a file works and is kept, and real \
          files have many. But you cannot rename the group to another long name.",
    bad: r#"{
	"groups": {
		"Warehouse managers": {}
	}
}"#,
    good: r#"{
	"groups": {
		"Warehouse mgrs": {}
	}
}"#,
    ..Page::BASE
};

pub(in crate::lint) const NAME_BY_CASE: Page = Page {
    code: "name-by-case",
    summary: "a name is written in another way than where it is defined",
    why: "4D finds it, since upper and lower case, and the ways in which Unicode writes an accent, count \
          as the same. Other programs that read the file may not find it, and a text search misses \
          this place.",
    bad: r#"{
	"groups": {
		"Devs": {"users": ["ADMINISTRATOR"]}
	}
}"#,
    good: r#"{
	"groups": {
		"Devs": {"users": ["Administrator"]}
	}
}"#,
    repair: Repair::Text,
    ..Page::BASE
};

pub(in crate::lint) const PLUGIN_BY_CASE: Page = Page {
    code: "plugin-by-case",
    summary: "a plug-in key resembles one of 4D's",
    why: "The keys of 4D's own plug-ins are fixed. A key in another case means a third-party plug-in, so \
          4D's own plug-in stays open to everyone.",
    bad: r#"{
	"groups": {"Writers": {"users": ["Administrator"]}},
	"remoteGranters": {"Write": "Writers"}
}"#,
    good: r#"{
	"groups": {"Writers": {"users": ["Administrator"]}},
	"remoteGranters": {"write": "Writers"}
}"#,
    ..Page::BASE
};
