//! An SQL right that is restricted while a wider one is open to everyone (decision D17).

use guichet_core::{AccessArea, Directory, Grantee, SchemaGrants, SqlRight};

use crate::lint::{Finding, FoundBy, Level, LintInput, Page, Rule, Subject};

pub(in crate::lint) const PAGE: Page = Page {
    code: "ineffective-sql-right",
    summary: "an SQL right is restricted while a wider one is open to everyone",
    why: "Users who may read and write may also read, and users with all rights have the other two. So \
          restricting a right has no effect while a wider right is open to everyone. A right is open \
          to everyone unless the file restricts it.",
    bad: r#"{
	"users": {"Ann": {}},
	"groups": {"Reports": {"users": ["Ann"]}},
	"sqlSchemaGranters": {
		"DEFAULT_SCHEMA": {
			"readOnlyAccessGroup": "Reports",
			"readWriteAccessGroup": "*",
			"allAccessGroup": ""
		}
	}
}"#,
    good: r#"{
	"users": {"Ann": {}},
	"groups": {"Reports": {"users": ["Ann"]}},
	"sqlSchemaGranters": {
		"DEFAULT_SCHEMA": {
			"readOnlyAccessGroup": "Reports",
			"readWriteAccessGroup": "",
			"allAccessGroup": ""
		}
	}
}"#,
    found_by: FoundBy::Lint(Level::Warning, find),
    ..Page::BASE
};

/// O(schemas).
fn find(input: &LintInput<'_>) -> Vec<Finding> {
    let directory = input.directory();
    let schemas = directory.grants().schemas().iter();
    schemas
        .flat_map(|grants| {
            let rights = SqlRight::ALL.into_iter();
            rights.filter_map(|right| of_right(directory, grants, right))
        })
        .collect()
}

fn of_right(directory: &Directory, grants: &SchemaGrants, right: SqlRight) -> Option<Finding> {
    let grantee = match directory.grantee_by_name(grants.right(right)) {
        Grantee::Everyone => return None,
        Grantee::Nobody => "to nobody".to_owned(),
        Grantee::Group(name) => format!("to group `{name}`"),
    };
    let wider = SqlRight::ALL
        .into_iter()
        .find(|wider| *wider > right && *grants.right(*wider) == Grantee::Everyone)?;
    let area = |right| AccessArea::Sql {
        schema: grants.schema().clone(),
        right,
    };
    let what = match wider {
        SqlRight::Read => "reading",
        SqlRight::Write => "writing",
        SqlRight::All => "the structure",
    };
    let message = format!(
        "{} is given {grantee}, and everyone has it, because {what} is open to everyone",
        area(right)
    );
    let finding = Finding::new(
        Rule::IneffectiveSqlRight,
        Subject::Area(area(right)),
        message,
    );
    let key = wider.key();
    Some(finding.with_help(format!("Restrict `{key}` as well.")))
}
