//! Where users, memberships and grants stand in the text.

use guichet_core::{AccessArea, PluginKey, RestSide, SchemaName, SqlRight};
use guichet_storage::json::Document;
use guichet_storage::{DirectoryText, Extent, SourceMap};

use crate::support::editable_files;

/// The text that a spot takes, after a check that its pointer and its position say the same.
fn shown<'d>(document: &'d Document, spot: &Extent) -> &'d str {
    let place = &spot.place;
    assert_eq!(document.position(spot.span.start), place.position);
    let value = document.find(&place.pointer).unwrap();
    let text = document.text().get(spot.span.clone()).unwrap();
    let key = place.pointer.steps().last().unwrap();
    assert!(
        value.raw() == text || text.contains(&key) || text.contains('\\'),
        "{text} {key}"
    );
    text
}

fn decoded(raw: &str) -> String {
    serde_json::from_str(raw).unwrap()
}

#[test]
fn every_user_group_member_and_grant_of_every_fixture_is_found_where_it_stands() {
    for (name, bytes) in editable_files() {
        let text = DirectoryText::parse(bytes).unwrap();
        let (document, directory) = (&text.document, &text.directory);
        let places = SourceMap::new(document, directory);
        let mut found = 0;
        for (user, one) in directory.users() {
            let Some(spot) = places.user(user) else {
                continue;
            };
            let key = decoded(shown(document, &spot));
            assert!(
                key == one.name().as_str() || key == one.kind().as_str(),
                "{name}: {key}"
            );
            let stored = places
                .password(user)
                .map(|spot| decoded(shown(document, &spot)));
            let credential = one
                .credential()
                .map(guichet_core::Credential::expose_stored_text);
            assert_eq!(stored.as_deref(), credential, "{name}");
            found += 1;
        }
        let missing = directory.user_count() - found;
        let section = document.root().get("users");
        let built_ins = ["designer", "administrator"].map(|key| section?.get(key));
        assert_eq!(
            missing,
            built_ins.iter().filter(|one| one.is_none()).count(),
            "{name}"
        );
        for (group, one) in directory.groups() {
            let spot = places.group(group).unwrap();
            assert_eq!(
                decoded(shown(document, &spot)),
                one.name().as_str(),
                "{name}"
            );
            for user in one.users() {
                let spot = places.user_in(group, *user).unwrap();
                assert_eq!(
                    directory.find_user(&decoded(shown(document, &spot))),
                    Some(*user)
                );
            }
            for nested in one.groups() {
                let spot = places.group_in(group, *nested).unwrap();
                assert_eq!(
                    directory.find_group(&decoded(shown(document, &spot))),
                    Some(*nested)
                );
            }
        }
        for area in directory.grants().areas() {
            let Some(spot) = places.area(&area) else {
                continue;
            };
            let text = decoded(shown(document, &spot));
            let grantee = directory.grants().area(&area).unwrap();
            let named = directory.grantee_by_name(grantee);
            assert!(
                guichet_core::identity::same_name(named.as_text(), &text),
                "{name}: {area:?}"
            );
        }
        for grant in directory.grants().plugins() {
            let spot = places.plugin(grant.plugin()).unwrap();
            let named = directory.grantee_by_name(grant.grantee());
            let text = decoded(shown(document, &spot));
            assert!(
                guichet_core::identity::same_name(named.as_text(), &text),
                "{name}"
            );
        }
        for problem in &text.problems {
            let span = places.span(problem.place.position).unwrap();
            assert_eq!(
                document.position(span.start),
                problem.place.position,
                "{name}"
            );
        }
    }
}

/// A bug once: inside of a byte order mark columns were counted, and what begins behind it was not found.
#[test]
fn the_first_key_behind_a_byte_order_mark_is_found() {
    for length in 0..40 {
        let text = format!("\u{feff}{{\"{}\": 1}}", "x".repeat(length));
        let text = crate::meaning::parse(&text);
        let places = SourceMap::new(&text.document, &text.directory);
        let key = text.problems.last().unwrap();
        let span = places.span(key.place.position);
        assert_eq!(span, Some(4..length + 6), "{length}");
    }
}

#[test]
fn what_the_file_does_not_say_stands_nowhere() {
    let text = crate::meaning::parse("{\"users\": {\"Ann\": {}}, \"groups\": {\"Sales\": {}}}");
    let places = SourceMap::new(&text.document, &text.directory);
    let ann = text.directory.find_user("Ann").unwrap();
    let sales = text.directory.find_group("Sales").unwrap();
    let sql = AccessArea::Sql {
        schema: SchemaName::default_schema(),
        right: SqlRight::All,
    };
    for area in [
        AccessArea::Design,
        AccessArea::Http,
        AccessArea::Rest(RestSide::Remote),
        sql,
    ] {
        assert_eq!(places.area(&area), None);
    }
    assert_eq!(places.user(text.directory.designer()), None);
    assert_eq!(places.password(ann), None);
    assert_eq!(places.user_in(sales, ann), None);
    assert_eq!(places.plugin(&PluginKey::from_stored("write")), None);
    assert_eq!(places.setting("remoteDefaultUser"), None);
}

#[test]
fn of_two_schemas_of_one_name_the_last_is_shown_also_where_it_says_nothing() {
    let text = r#"{"sqlSchemaGranters": {"S": {"allAccessGroup": "Devs"}, "S": {"readOnlyAccessGroup": ""}}}"#;
    let text = DirectoryText::parse(text.into()).unwrap();
    let places = SourceMap::new(&text.document, &text.directory);
    let area = |right| AccessArea::Sql {
        schema: SchemaName::from_stored("S"),
        right,
    };
    assert_eq!(places.area(&area(SqlRight::All)), None);
    let read = places.area(&area(SqlRight::Read)).unwrap();
    assert_eq!(shown(&text.document, &read), "\"\"");
}
