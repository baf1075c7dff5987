//! References by name: members of groups, and who gets an access.

use crate::lint::{Page, Repair};

pub(in crate::lint) const MISSING_USER: Page = Page {
    code: "missing-user",
    summary: "a group lists a user who does not exist",
    why: "The name has no effect today. As soon as somebody creates a user with that name, the new \
          user is in the group and has what the group has.",
    bad: r#"{
	"users": {"Ann": {}},
	"groups": {
		"Devs": {"users": ["Ann", "Bob"]}
	}
}"#,
    good: r#"{
	"users": {"Ann": {}},
	"groups": {
		"Devs": {"users": ["Ann"]}
	}
}"#,
    repair: Repair::Text,
    ..Page::BASE
};

pub(in crate::lint) const MISSING_NESTED_GROUP: Page = Page {
    code: "missing-nested-group",
    summary: "a group lists a group that does not exist",
    why: "The name has no effect today. As soon as somebody creates a group with that name, its users \
          have what the container has.",
    bad: r#"{
	"groups": {
		"Devs": {"groups": ["Testers"]}
	}
}"#,
    good: r#"{
	"groups": {
		"Devs": {"groups": ["Tests"]},
		"Tests": {"users": ["Administrator"]}
	}
}"#,
    repair: Repair::Text,
    ..Page::BASE
};

pub(in crate::lint) const DUPLICATE_MEMBER: Page = Page {
    code: "duplicate-member",
    summary: "a group lists a member twice",
    why: "The member counts once. If you remove it from the list by hand and overlook the second \
          place, nothing changes.",
    bad: r#"{
	"groups": {
		"Devs": {"users": ["Administrator", "Administrator"]}
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

pub(in crate::lint) const MISSING_GRANTEE: Page = Page {
    code: "missing-grantee",
    summary: "an access is given to a group that does not exist",
    why: "Only the Designer has this access; for a plug-in, nobody has it. Somebody probably renamed the group or mistyped its name. \
          A new group with that name gets the access at once.",
    bad: r#"{
	"groups": {"Devs": {"users": ["Administrator"]}},
	"settings": {"designAccessGroup": "Developers"}
}"#,
    good: r#"{
	"groups": {"Devs": {"users": ["Administrator"]}},
	"settings": {"designAccessGroup": "Devs"}
}"#,
    ..Page::BASE
};

pub(in crate::lint) const MISSING_SETTING_USER: Page = Page {
    code: "missing-setting-user",
    summary: "a setting names a user who does not exist",
    why: "The setting has no effect. Users who should connect with the rights of that account see the \
          login dialog, or are refused.",
    bad: r#"{
	"users": {"Web visitor": {}},
	"settings": {"remoteDefaultUser": "Visitor"}
}"#,
    good: r#"{
	"users": {"Web visitor": {}},
	"settings": {"remoteDefaultUser": "Web visitor"}
}"#,
    ..Page::BASE
};
