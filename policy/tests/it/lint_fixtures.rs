//! For each rule that is found in a directory: a file in which it is found, and one in which it
//! almost is.

use std::fmt::Write as _;

use guichet_core::{Mode, Options, PluginKey, Severity};
use guichet_policy::Policy;
use guichet_policy::lint::{
    Facts, Finding, FoundBy, Level, Levels, LintInput, Rule, Service, lint,
};

use crate::support::json;

/// Two files that differ in little.
struct Fixture {
    rule: Rule,
    /// Found in this one.
    triggers: &'static str,
    /// Not in this one.
    almost: &'static str,
}

const FIXTURES: &[Fixture] = &[
    Fixture {
        rule: Rule::Cycle,
        triggers: r#"{
            "users": {"Ann": {}, "Bob": {}},
            "groups": {
                "A": {"users": ["Ann"], "groups": ["B"]},
                "B": {"groups": ["C"]},
                "C": {"users": ["Bob"], "groups": ["A"]},
                "Self": {"groups": ["Self"]}
            }
        }"#,
        // A diamond, not a circle.
        almost: r#"{"groups": {
            "A": {"groups": ["B", "C"]},
            "B": {"groups": ["D"]},
            "C": {"groups": ["D"]},
            "D": {}
        }}"#,
    },
    Fixture {
        rule: Rule::AccessControlOff,
        triggers: r#"{"groups": {"Devs": {}}}"#,
        // Off as well, but nobody expects anything of it.
        almost: r#"{"users": {"Ann": {}}}"#,
    },
    Fixture {
        rule: Rule::PublishedWithoutPassword,
        triggers: r#"{"users": {"designer": {"alias": "Boss"}}}"#,
        almost: r#"{"users": {"designer": {"alias": "Boss", "password": "AAECAwQFBgcICQoLDA0ODw=="}}}"#,
    },
    Fixture {
        rule: Rule::AccountWithoutPassword,
        triggers: r#"{
            "users": {
                "designer": {"password": "x"}, "administrator": {"alias": "Admin"},
                "Ann Lee": {}, "Bob": {}, "Cy": {}, "Di": {"password": "x"}
            },
            "groups": {
                "Devs": {"groups": ["Testers"]},
                "Testers": {"users": ["Ann Lee", "Di"]},
                "Writers": {"users": ["Ann Lee", "Bob"]}
            },
            "remoteGranters": {"write": "Writers"},
            "settings": {"designAccessGroup": "Devs"}
        }"#,
        // The one is in a group that opens nothing more than everyone has, or is the Default User;
        // the other has what nobody else has, and a password.
        almost: r#"{
            "users": {
                "designer": {"password": "x"}, "administrator": {"password": "y"},
                "Ann": {}, "Bob": {"password": "z"}, "Cy": {}
            },
            "groups": {
                "Club": {"users": ["Ann"], "groups": ["Devs"]},
                "Devs": {"users": ["Bob", "Cy"]},
                "Readers": {"users": ["Ann"]}
            },
            "sqlSchemaGranters": {"SALES": {
                "readOnlyAccessGroup": "Readers", "readWriteAccessGroup": "*", "allAccessGroup": "Devs"
            }},
            "settings": {"designAccessGroup": "Devs", "remoteDefaultUser": "Cy"}
        }"#,
    },
    Fixture {
        rule: Rule::DesignOpenToEveryone,
        triggers: r#"{"users": {
            "designer": {"password": "x"},
            "Ann": {}, "Bob": {}, "Cy": {}, "Di": {}, "Ed": {}, "Flo": {}
        }}"#,
        // Only the built-in users.
        almost: r#"{"users": {"designer": {"password": "x"}}}"#,
    },
    Fixture {
        rule: Rule::DefaultUserReaches,
        triggers: r#"{
            "users": {"designer": {"password": "x"}, "Guest": {}},
            "groups": {"Writers": {"groups": ["Guests"]}, "Guests": {"users": ["Guest"]}},
            "sqlSchemaGranters": {"SALES": {"allAccessGroup": ""}},
            "remoteGranters": {
                "web": "", "soap": "", "oci": "", "write": "Writers", "view": "", "odbcPro": ""
            },
            "settings": {
                "designAccessGroup": "", "remoteMobileAccessGroupRW": "Writers",
                "remoteDefaultUser": "Guest"
            }
        }"#,
        // While access control is off, everyone is the Designer.
        almost: r#"{"users": {"Guest": {}}, "settings": {"remoteDefaultUser": "Guest"}}"#,
    },
    Fixture {
        rule: Rule::WebUserIsDesigner,
        triggers: r#"{"users": {"designer": {"password": "x", "alias": "Boss"}}}"#,
        // None at all, which is not the Designer.
        almost: r#"{
            "users": {"designer": {"password": "x"}}, "settings": {"localGenericWebUser": ""}
        }"#,
    },
    Fixture {
        rule: Rule::SharedDigest,
        triggers: r#"{"users": {
            "Ann": {"password": "AAECAwQFBgcICQoLDA0ODw=="},
            "Bob": {"password": "EBESExQVFhcYGRobHB0eHw=="},
            "Cy": {"password": "AAECAwQFBgcICQoLDA0ODw=="}
        }}"#,
        // Differs in one letter's case; and two without a password share none.
        almost: r#"{"users": {
            "Ann": {"password": "AAECAwQFBgcICQoLDA0ODw=="},
            "Bob": {"password": "aAECAwQFBgcICQoLDA0ODw=="},
            "Cy": {},
            "Di": {}
        }}"#,
    },
    Fixture {
        rule: Rule::LookAlikeName,
        triggers: r#"{
            "users": {"Zoé": {}, "ZOE ": {}, "Ian": {}, "lan": {}, "Anna": {}, "\u0410nn\u0430": {}},
            "groups": {"Comptabilité": {}, "Comptabilité ": {}, "Comptabilite": {}}
        }"#,
        // A user and a group; the same name twice, which is found on reading; and two words of
        // Japanese that differ in a mark.
        almost: r#"{
            "users": {"Sales": {}, "Ann": {}, "ANN": {}, "かき": {}, "がき": {}},
            "groups": {"Sales": {}, "Sale": {}, "Ventes 1": {}, "Ventes 2": {}}
        }"#,
    },
    Fixture {
        rule: Rule::LegacyDigest,
        triggers: r#"{"users": {"Ann": {"password": "AAECAwQFBgcICQoLDA0ODw=="}}}"#,
        // One character short: nobody knows what it is.
        almost: r#"{"users": {"Ann": {"password": "AAECAwQFBgcICQoLDA0ODw="}}}"#,
    },
    Fixture {
        rule: Rule::EmptyGrantee,
        triggers: r#"{
            "groups": {"Devs": {"groups": ["Testers"]}, "Testers": {}},
            "remoteGranters": {"write": "Devs"},
            "settings": {"designAccessGroup": "Testers"}
        }"#,
        // Somebody is in it, two groups further down.
        almost: r#"{
            "users": {"Ann": {}},
            "groups": {
                "Devs": {"groups": ["Testers"]},
                "Testers": {"groups": ["Night"]},
                "Night": {"users": ["Ann"]}
            },
            "remoteGranters": {"write": "Devs"},
            "settings": {"designAccessGroup": "Testers"}
        }"#,
    },
    Fixture {
        rule: Rule::EmptyGroup,
        triggers: r#"{"groups": {"Old": {}, "Older": {"groups": ["Old"]}}}"#,
        // Empty too, but what is given to it says so already.
        almost: r#"{"groups": {"Old": {}}, "settings": {"designAccessGroup": "Old"}}"#,
    },
    Fixture {
        rule: Rule::UnreachableGroup,
        triggers: r#"{
            "users": {"Ann": {}},
            "groups": {"Devs": {"users": ["Ann"]}, "Club": {"users": ["Ann"], "groups": ["Devs"]}},
            "settings": {"designAccessGroup": "Devs"}
        }"#,
        // Below a granted group; an empty one is no matter.
        almost: r#"{
            "users": {"Ann": {}},
            "groups": {"Devs": {"groups": ["Club"]}, "Club": {"users": ["Ann"]}, "Old": {}},
            "settings": {"designAccessGroup": "Devs"}
        }"#,
    },
    Fixture {
        rule: Rule::ImpliedMembership,
        triggers: r#"{
            "users": {"Ann": {}},
            "groups": {
                "Accounting": {"users": ["Ann"], "groups": ["Finance", "Management"]},
                "Finance": {"groups": ["Management"]},
                "Management": {"users": ["Ann"]}
            }
        }"#,
        // The Administrator, a member of every new group in 4D; two groups of a cycle; and a group in itself.
        almost: r#"{
            "users": {"administrator": {"alias": "Admin"}, "Ann": {}},
            "groups": {
                "Accounting": {"users": ["Admin"], "groups": ["Finance"]},
                "Finance": {"users": ["Admin"]},
                "A": {"users": ["Ann"], "groups": ["B"]},
                "B": {"users": ["Ann"], "groups": ["A"]},
                "Outer": {"groups": ["Self"]},
                "Self": {"groups": ["Self"]}
            }
        }"#,
    },
    Fixture {
        rule: Rule::UpsideDownNesting,
        triggers: r#"{
            "users": {"Ann": {}, "Bob": {}, "Cy": {}, "Di": {}},
            "groups": {
                "Sales": {
                    "users": ["Ann", "Bob", "Cy", "Di"],
                    "groups": ["Discount", "Credit", "Refund", "Export", "Big"]
                },
                "Discount": {"users": ["Administrator", "Ann"]},
                "Credit": {"users": ["Bob"]},
                "Refund": {},
                "Export": {"users": ["Designer"]},
                "Big": {"users": ["Ann", "Bob"]}
            }
        }"#,
        // One small group less.
        almost: r#"{
            "users": {"Ann": {}, "Bob": {}, "Cy": {}, "Di": {}},
            "groups": {
                "Sales": {
                    "users": ["Ann", "Bob", "Cy", "Di"],
                    "groups": ["Discount", "Credit", "Refund", "Export"]
                },
                "Discount": {"users": ["Ann"]},
                "Credit": {"users": ["Bob"]},
                "Refund": {},
                "Export": {"users": ["Ann", "Bob"]}
            }
        }"#,
    },
    Fixture {
        rule: Rule::IneffectiveSqlRight,
        triggers: r#"{
            "groups": {"Reports": {}},
            "sqlSchemaGranters": {
                "DEFAULT_SCHEMA": {"readOnlyAccessGroup": "Reports"},
                "SALES": {
                    "readOnlyAccessGroup": "*", "readWriteAccessGroup": "", "allAccessGroup": "*"
                }
            }
        }"#,
        // What 4D writes for a new schema: only the structure is closed, and nothing is wider.
        almost: r#"{"sqlSchemaGranters": {"DEFAULT_SCHEMA": {
            "readOnlyAccessGroup": "*", "readWriteAccessGroup": "*", "allAccessGroup": ""
        }}}"#,
    },
    Fixture {
        rule: Rule::SeatsBelowGroup,
        triggers: r#"{
            "users": {"Ann": {}, "Bob": {}, "Cy": {}},
            "groups": {
                "Writers": {"users": ["Ann", "Bob"], "groups": ["Guests"]},
                "Guests": {"users": ["Cy", "Ann"]}
            },
            "remoteGranters": {"write": "Writers"}
        }"#,
        // As many as there are seats: one is in it twice.
        almost: r#"{
            "users": {"Ann": {}, "Bob": {}},
            "groups": {
                "Writers": {"users": ["Ann", "Bob"], "groups": ["Guests"]},
                "Guests": {"users": ["Ann"]}
            },
            "remoteGranters": {"write": "Writers"}
        }"#,
    },
    Fixture {
        rule: Rule::SeatsBelowEveryone,
        triggers: r#"{"users": {"Ann": {}}}"#,
        // The two built-in users alone.
        almost: r#"{"remoteGranters": {"write": "*"}}"#,
    },
];

/// What the fixtures take for granted: two seats of 4D Write, a published web server.
fn facts() -> Facts {
    Facts {
        seats: [(PluginKey::from_stored("write"), 2)].into(),
        published: vec![Service::Application, Service::Web],
    }
}

/// The findings of one rule, which is on whatever its level.
fn found(rule: Rule, text: &str) -> Vec<Finding> {
    let policy = Policy::new(json::directory(text), Mode::Server, Options::default());
    let mut levels = Levels::default();
    if rule.level() == Some(Level::Off) {
        levels.set(rule.code(), Level::Info).unwrap();
    }
    let facts = facts();
    let findings = lint(&LintInput::new(&policy, &facts), &levels);
    findings
        .into_iter()
        .filter(|finding| finding.rule == rule)
        .collect()
}

fn is_found_by_lint(rule: Rule) -> bool {
    matches!(rule.page().found_by, FoundBy::Lint(..))
}

#[test]
fn every_rule_is_found_in_its_fixture_and_not_in_the_one_that_is_almost_it() {
    for rule in Rule::ALL.iter().filter(|rule| is_found_by_lint(**rule)) {
        let of_rule = FIXTURES.iter().filter(|fixture| fixture.rule == *rule);
        let fixtures: Vec<&Fixture> = of_rule.collect();
        let [fixture] = fixtures.as_slice() else {
            panic!("`{rule}` has {} fixtures, one is needed", fixtures.len());
        };
        assert_ne!(found(*rule, fixture.triggers), [], "{rule}");
        assert_eq!(found(*rule, fixture.almost), [], "{rule}");
    }
}

/// The examples of the reference are true.
#[test]
fn every_bad_example_has_the_finding_and_no_good_one() {
    use guichet_policy::lint::ExampleFile;

    for rule in Rule::ALL.iter().filter(|rule| is_found_by_lint(**rule)) {
        let page = rule.page();
        if page.file == ExampleFile::Directory {
            assert_ne!(found(*rule, page.bad), [], "{rule}");
            assert_eq!(found(*rule, page.good), [], "{rule}");
        }
    }
}

#[test]
fn what_each_rule_says() {
    let mut said = String::new();
    for fixture in FIXTURES {
        let directory = json::directory(fixture.triggers);
        for finding in found(fixture.rule, fixture.triggers) {
            let (severity, subject) = (finding.severity, finding.subject.describe(&directory));
            writeln!(said, "{severity}[{}] {}", finding.rule, finding.message).unwrap();
            writeln!(said, "  at: {subject}").unwrap();
            if let Some(help) = &finding.help {
                writeln!(said, "  help: {help}").unwrap();
            }
            if let Some(fix) = &finding.fix {
                writeln!(said, "  fix: {fix:?}").unwrap();
            }
        }
    }
    insta::assert_snapshot!(said);
}

#[test]
fn a_level_that_was_chosen_counts_and_off_is_not_looked_for() {
    let text = r#"{"groups": {"Devs": {}}}"#;
    let policy = Policy::new(json::directory(text), Mode::Server, Options::default());
    let facts = Facts::default();
    let lint_with = |code: &str, level| {
        let mut levels = Levels::default();
        levels.set(code, level).unwrap();
        let findings = lint(&LintInput::new(&policy, &facts), &levels);
        let pairs = findings
            .into_iter()
            .map(|finding| (finding.rule, finding.severity));
        pairs.collect::<Vec<_>>()
    };
    let off = (Rule::AccessControlOff, Severity::Warning);
    let empty = (Rule::EmptyGroup, Severity::Error);
    assert_eq!(lint_with("empty-group", Level::Error), [off, empty]);
    assert_eq!(lint_with("empty-group", Level::Off), [off]);
}
