//! What lint says of who gets in: found by a trial as new users, when it said "nothing found".

use crate::harness::Project;

/// The Designer has a password and Design a group; everybody else has none, and a Default User works
/// for whoever connects.
#[test]
fn accounts_without_passwords_and_the_default_user_are_reported() {
    let project = Project::with(
        r#"{
	"users": {
		"designer": {"password": "$2b$10$XbCTABI.dXWBs8iS26eBOeT3PiiPTMYXNsvDpbLk7.r5xKha64TaW", "alias": "Designer"},
		"administrator": {"alias": "Administrator"},
		"Anne Durand": {},
		"Karim": {}
	},
	"groups": {"Direction": {"users": ["Anne Durand", "Karim"]}},
	"settings": {"designAccessGroup": "Direction", "remoteDefaultUser": "Anne Durand"}
}"#,
    );
    let run = project.guichet("lint");
    assert_eq!(run.status, 1);
    for said in [
        "error[account-without-password]: `Administrator` has no password",
        "warning[account-without-password]: `Karim` has no password",
        "warning[default-user-reaches]: everyone who connects works as `Anne Durand`, and can open the",
    ] {
        assert!(run.stdout.contains(said), "{said}\n{}", run.stdout);
    }
    assert!(!run.stdout.contains("`Anne Durand` has no password"));
}

/// Design open to all, web requests served as the Designer, and three spellings of one group.
#[test]
fn open_areas_and_names_that_look_alike_are_reported() {
    let project = Project::with(
        r#"{
	"users": {
		"designer": {"password": "$2b$10$XbCTABI.dXWBs8iS26eBOeT3PiiPTMYXNsvDpbLk7.r5xKha64TaW", "alias": "Designer"},
		"administrator": {"password": "$2b$10$XbCTABI.dXWBs8iS26eBOeT3PiiPTMYXNsvDpbLk7.r5xKha64TaX", "alias": "Administrator"},
		"Ann": {}
	},
	"groups": {"Comptabilité": {}, "Comptabilité ": {}, "Comptabilite": {}}
}"#,
    );
    project.write(
        "Project/Sources/settings.4DSettings",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<preferences stamp="9"><com.4d>
	<web><standalone_server><configuration publish_at_startup="true"/></standalone_server></web>
</com.4d></preferences>"#,
    );
    let run = project.guichet("lint");
    for said in [
        "warning[design-open-to-everyone]: the Design environment is open to everyone: `Ann` can",
        "warning[web-user-is-designer]: the settings publish the web server, and requests without a",
        "warning[look-alike-name]: groups `Comptabilité`, `Comptabilité ` and `Comptabilite` differ",
    ] {
        assert!(run.stdout.contains(said), "{said}\n{}", run.stdout);
    }
}
