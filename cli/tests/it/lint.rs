//! `lint`: findings at their places, for people, programs, code scanning and reviews.

use guichet_policy::lint::{ExampleFile, FoundBy, Level, Repair, Rule};
use serde::Deserialize as _;
use serde_json::{Value, json};

use crate::harness::{Project, fixture};
use crate::repository::assert_up_to_date;

/// A project with findings of every severity and kind of place.
fn odd() -> Project {
    let project = Project::with(
        r#"{
	"users": {
		"designer": {"password": "AAAAAAAAAAAAAAAAAAAAAA==", "alias": "Designer"},
		"administrator": {"alias": "Administrator"},
		"Ann": {"password": "AAAAAAAAAAAAAAAAAAAAAA=="},
		"Bob": {}
	},
	"groups": {
		"Devs": {"users": ["Ann", "ann", "Nobody"], "groups": ["Testers", "All"]},
		"Testers": {"users": ["Ann", "Bob"]},
		"All": {"groups": ["Devs"]},
		"Nobody is in it": {}
	},
	"remoteGranters": {"write": "Nobody is in it", "view": "Nowhere"},
	"settings": {"designAccessGroup": "Devs"},
	"colour": "red"
}"#,
    );
    project.write("Settings/guichet.toml", "[plugins.write]\nseats = 1\n");
    project
}

fn codes(document: &Value) -> Vec<String> {
    let findings = document["findings"].as_array().unwrap();
    let code = |finding: &Value| finding["code"].as_str().unwrap().to_owned();
    findings.iter().map(code).collect()
}

#[test]
fn each_finding_is_drawn_at_its_place() {
    insta::assert_snapshot!(odd().guichet("lint"));
}

/// Thousands of remarks of one rule would hide the one error among them.
#[test]
fn many_findings_of_one_rule_are_counted_unless_all_are_asked_for() {
    let names: Vec<String> = (1..=30)
        .map(|number| format!("\"User {number:02}\""))
        .collect();
    let names = names.join(", ");
    let users = names.replace("\",", "\": {},") + ": {}";
    let project = Project::with(format!(
        r#"{{"users": {{"designer": {{"alias": "Designer"}}, "administrator": {{"alias": "Administrator"}}, {users}}},
"groups": {{"Out": {{"users": [{names}], "groups": ["In"]}}, "In": {{"users": [{names}]}}}}}}"#
    ));
    let drawn = |text: &str| text.matches("[implied-membership]").count();
    let few = project.guichet("lint");
    assert_eq!(drawn(&few.stdout), 10, "{few}");
    assert!(
        few.stdout.contains("\nimplied-membership: 20 more\n"),
        "{few}"
    );
    assert!(few.stdout.contains("30 remarks"), "{few}");
    let each = project.guichet("lint --all");
    assert_eq!(drawn(&each.stdout), 30, "{each}");
    assert!(!each.stdout.contains("more"), "{each}");
    let programs = project.guichet("lint --format json").json();
    let of_rule = codes(&programs)
        .into_iter()
        .filter(|code| code == "implied-membership");
    assert_eq!(of_rule.count(), 30);
}

#[test]
fn programs_get_every_finding() {
    insta::assert_snapshot!(odd().guichet("lint --format json"));
}

#[test]
fn reviews_get_annotations() {
    insta::assert_snapshot!(odd().guichet("lint --format github"), @"
    $ guichet lint --format github
    ::warning file=Settings/directory.json,line=3,col=3,title=shared-digest::`Designer` and `Ann` have the same password%0AGive each of these users a different password.
    ::notice file=Settings/directory.json,line=3,col=3,title=legacy-digest::`Designer` and `Ann` have passwords that are stored as 4D did before 19 R3%0AAsk these users to set their passwords again.
    ::error file=Settings/directory.json,line=4,col=3,title=account-without-password::`Administrator` has no password, so anyone can log in with this name and administer the server%0ASet a password: `guichet users passwd Administrator`.
    ::warning file=Settings/directory.json,line=6,col=3,title=account-without-password::`Bob` has no password, so anyone can log in with this name and open the Design environment%0ASet a password: `guichet users passwd Bob`.
    ::notice file=Settings/directory.json,line=9,col=22,title=implied-membership::user `Ann` is in group `Devs` directly, and anyway through `Testers`
    ::warning file=Settings/directory.json,line=9,col=29,title=duplicate-member::the group `Devs` lists `ann` more than once%0ARemove one of them.
    ::warning file=Settings/directory.json,line=9,col=36,title=missing-user::the group `Devs` lists the user `Nobody`, who does not exist%0ARemove the name from the list, or correct it.
    ::error file=Settings/directory.json,line=9,col=69,title=cycle::`Devs` contains `All` and `All` contains `Devs`, so each has the members of both%0ARemove `All` from `Devs`, and nobody loses a membership.
    ::warning file=Settings/directory.json,line=14,col=30,title=empty-grantee::plug-in `write` is given to group `Nobody is in it`, which nobody is in%0APlace users in the group, or give the access to another group or to nobody.
    ::error file=Settings/directory.json,line=14,col=57,title=missing-grantee::the plug-in `view` is given to the group `Nowhere`, which does not exist, so nobody has it%0AGive it to a group that exists, to everyone or to nobody.
    ::notice file=Settings/directory.json,line=16,col=2,title=unknown-key::the key `colour` is unknown; it is kept and has no effect
    [1]
    ");
}

#[test]
fn a_sound_directory_has_nothing() {
    let project = Project::with(
        r#"{"users": {"designer": {"alias": "Designer"}, "administrator": {"alias": "Administrator"}}}"#,
    );
    let run = project.guichet("lint --deny infos");
    assert_eq!(run.status, 0, "{run}");
    assert_eq!(
        project.guichet("lint --format json").json(),
        json!({"findings": []})
    );
}

/// The contract: errors fail, warnings where they are denied.
#[test]
fn what_fails_is_chosen() {
    let errors = Project::fixture("cycle");
    assert_eq!(errors.guichet("lint").status, 1);
    let warnings = Project::fixture("dangling-members");
    let severities = warnings.guichet("lint --format json").json();
    let severities = severities["findings"].as_array().unwrap();
    assert!(
        severities
            .iter()
            .all(|finding| finding["severity"] != "error")
    );
    assert_eq!(warnings.guichet("lint").status, 0);
    assert_eq!(warnings.guichet("lint --deny warnings").status, 1);
}

#[test]
fn guichet_toml_chooses_the_levels() {
    let project = Project::fixture("cycle");
    let before = codes(&project.guichet("lint --format json").json());
    assert!(before.contains(&"cycle".to_owned()), "{before:?}");
    project.write("Settings/guichet.toml", "[lint]\ncycle = \"off\"\n");
    let after = codes(&project.guichet("lint --format json").json());
    assert!(!after.contains(&"cycle".to_owned()), "{after:?}");
    project.write(
        "Settings/guichet.toml",
        "[lint]\ncycle = \"off\"\nempty-groop = \"error\"\n",
    );
    insta::assert_snapshot!(project.session(&["lint", "lint --format json"]));
}

/// Both count the same: what was read, what lies beside, and what the rules find at the chosen levels.
#[test]
fn show_counts_what_lint_finds() {
    let project = Project::fixture("cycle");
    for options in ["", "[lint]\ncycle = \"off\"\nmissing-built-in = \"info\"\n"] {
        project.write("Settings/guichet.toml", options);
        let lint = project.guichet("lint --format json").json();
        let findings = lint["findings"].as_array().unwrap();
        let count = |severity| {
            let of_it = findings.iter().filter(|one| one["severity"] == severity);
            of_it.count()
        };
        let [errors, warnings, infos] = ["error", "warning", "info"].map(count);
        assert!(!findings.is_empty(), "{options}");
        assert_eq!(
            project.guichet("show --format json").json()["problems"],
            json!({"errors": errors, "warnings": warnings, "infos": infos}),
            "{options}"
        );
    }
}

/// The settings of the application say what is published, and keep numbers of groups; the file that does
/// not count may say something else.
#[test]
fn files_beside_the_directory_are_looked_at() {
    let project = Project::accounting();
    let settings = r#"<?xml version="1.0" encoding="UTF-8"?>
<preferences stamp="9">
	<com.4d>
		<interface><developper design_acces="15001"/></interface>
		<web><standalone_server><configuration publish_at_startup="true"/></standalone_server></web>
	</com.4d>
</preferences>"#;
    project.write("Project/Sources/settings.4DSettings", settings);
    assert_eq!(project.guichet("users passwd #1 --remove").status, 0);
    let found = project.guichet("lint --format json").json();
    let found = codes(&found);
    for code in [
        "shadowed-file-differs",
        "settings-leftover",
        "published-without-password",
    ] {
        assert!(found.contains(&code.to_owned()), "{code}: {found:?}");
    }
    insta::assert_snapshot!(project.guichet("lint"));
}

/// Fixing changes the file and nobody's access, and does not find anything to do twice.
#[test]
fn fixing_takes_no_access_and_gives_none() {
    let project = odd();
    project.write("before.json", project.directory());
    insta::assert_snapshot!(project.session(&["lint --fix --dry-run", "lint --fix"]));
    let difference = project
        .guichet("diff before.json Settings/directory.json --format json")
        .json();
    assert_eq!(difference["access"], json!([]));
    let fixed = project.directory();
    let again = project.guichet("lint --fix --format json").json();
    assert_eq!(project.directory(), fixed);
    let findings = again["findings"].as_array().unwrap();
    assert!(
        findings.iter().all(|finding| finding["fixable"] == false),
        "{again}"
    );
}

/// Read into the types of SARIF 2.1.0 and written again the log is the same: everything that is
/// required is there, and nothing that SARIF does not know.
#[test]
fn the_sarif_log_is_valid() {
    let read = |log: &Value| serde_sarif::sarif::Sarif::deserialize(log);
    let odd_names = Project::fixture("odd-characters");
    for project in [
        odd(),
        odd_names,
        Project::fixture("cycle"),
        Project::accounting(),
    ] {
        let run = project.guichet("lint --format sarif");
        let log: Value = serde_json::from_str(&run.stdout).unwrap();
        let again = serde_json::to_value(read(&log).unwrap()).unwrap();
        assert_eq!(again, log);
        let results = log["runs"][0]["results"].as_array().unwrap().len();
        let findings = codes(&project.guichet("lint --format json").json()).len();
        assert_eq!(results, findings);
    }
    let broken = json!({"version": "2.1.0", "runs": [{"tool": {}}]});
    assert!(read(&broken).is_err(), "a tool has a driver");
}

#[test]
fn a_sarif_result_has_its_place_and_its_rule() {
    let log: Value = serde_json::from_str(&odd().guichet("lint --format sarif").stdout).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let one = results
        .iter()
        .find(|result| result["ruleId"] == "missing-user")
        .unwrap();
    let index = usize::try_from(one["ruleIndex"].as_u64().unwrap()).unwrap();
    let rule = &log["runs"][0]["tool"]["driver"]["rules"][index];
    assert_eq!(rule["id"], "missing-user");
    insta::assert_snapshot!(format!("{one:#}\n{rule:#}"));
}

/// Every problem that storage reports is a rule of the catalogue, so that none is lost.
#[test]
fn what_is_found_on_reading_is_in_the_catalogue() {
    let mut seen = 0;
    for name in [
        "duplicate-keys",
        "dangling-members",
        "odd-characters",
        "cycle",
        "renamed-built-ins-by-key",
    ] {
        let bytes = std::fs::read(fixture(name)).unwrap();
        let text = guichet_storage::DirectoryText::parse(bytes).unwrap();
        for problem in &text.problems {
            use guichet_core::Diagnostic as _;
            assert!(
                Rule::from_code(problem.code()).is_ok(),
                "{}",
                problem.code()
            );
            seen += 1;
        }
    }
    assert!(seen > 5);
}

/// The bad example of a page shows what the page is about, and the good one does not; policy asks the
/// same of the rules that it finds itself.
#[test]
fn the_examples_of_what_is_found_on_reading_are_true() {
    let mut shown = 0;
    for rule in Rule::ALL {
        let page = rule.page();
        if !matches!(page.found_by, FoundBy::Reading) || page.file != ExampleFile::Directory {
            continue;
        }
        let finds = |directory: &str| {
            let project = Project::with(directory);
            project.write(
                "Settings/guichet.toml",
                format!("[lint]\n{rule} = \"error\"\n"),
            );
            codes(&project.guichet("lint --format json").json())
        };
        let code = rule.code().to_owned();
        let (bad, good) = (finds(page.bad), finds(page.good));
        assert!(
            bad.contains(&code),
            "the bad example of {code} shows {bad:?}"
        );
        assert!(!good.contains(&code), "the good example of {code}");
        shown += 1;
    }
    assert!(shown > 15, "{shown}");
}

/// How much findings of a rule can matter, in words.
fn levels(rule: Rule) -> String {
    let levels = guichet::usual_levels(rule);
    levels
        .iter()
        .map(|level| level.as_str())
        .collect::<Vec<_>>()
        .join(" or ")
}

/// One truth: what a file yields is what the page of its rule says, where it says two levels too.
#[test]
fn a_finding_has_the_level_that_its_page_says() {
    let findings = |directory: &str| {
        let json = Project::with(directory).guichet("lint --format json");
        json.json()["findings"].as_array().unwrap().clone()
    };
    let mut compared = 0;
    for rule in Rule::ALL {
        let page = rule.page();
        if page.file == ExampleFile::Directory {
            for finding in findings(page.bad) {
                let code = finding["code"].as_str().unwrap();
                let severity = finding["severity"].as_str().unwrap();
                let levels = levels(Rule::from_code(code).unwrap());
                let mut words = levels.split(" or ");
                assert!(
                    words.any(|level| level == severity),
                    "{finding} of {levels}"
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 30, "{compared}");
    for (directory, code, severity, levels) in [
        (
            r#"{"users": {"administrator": {"alias": "Administrator"}}}"#,
            "missing-built-in",
            "error",
            "warning or error",
        ),
        (
            r#"{"users": {"designer": {"alias": "Designer"}}}"#,
            "missing-built-in",
            "warning",
            "warning or error",
        ),
        (
            r#"{"settings": {"designAccesGroup": ""}}"#,
            "unknown-key",
            "warning",
            "info or warning",
        ),
        (
            r#"{"settings": {"colour": ""}}"#,
            "unknown-key",
            "info",
            "info or warning",
        ),
    ] {
        let found = findings(directory);
        let found = found
            .iter()
            .find(|finding| finding["code"] == code)
            .unwrap();
        assert_eq!(found["severity"], severity, "{directory}");
        assert_eq!(self::levels(Rule::from_code(code).unwrap()), levels);
    }
}

/// `docs/lints.md` is the catalogue as a page.
#[test]
fn the_reference_of_lint_is_up_to_date() {
    let mut page = String::from(
        "# Lint\n\n\
         Look up what a finding of `guichet lint` means, why it matters and what to do.\n\
         Each rule has a level: an `error` fails the command (exit status 1), a `warning` does with `--deny warnings`, \
         `info` only with `--deny infos`; a rule that is `off` is not checked.\n\
         To choose another level, write in `guichet.toml`:\n\n\
         ```toml\n[lint]\nempty-group = \"off\"\nlegacy-digest = \"error\"\n```\n\n\
         `guichet lint --fix` fixes what can be fixed without changing anyone's access.\n\n\
         <!-- This page is written by a test of guichet-cli, from the catalogue in policy/src/lint. -->\n\n\
         | rule | level | what it finds | `--fix` |\n|---|---|---|---|\n",
    );
    for rule in Rule::ALL {
        let one = rule.page();
        let fixed = if one.repair == Repair::None {
            ""
        } else {
            "yes"
        };
        page.push_str(&format!(
            "| [`{rule}`](#{rule}) | {} | {} | {fixed} |\n",
            levels(*rule),
            one.summary
        ));
    }
    for rule in Rule::ALL {
        let one = rule.page();
        page.push_str(&format!(
            "\n## {rule}\n\n**{}**, level `{}`",
            sentence(one.summary),
            levels(*rule).replace(" or ", "` or `")
        ));
        page.push_str(match rule.level() {
            Some(Level::Off) => ": checked only if `guichet.toml` asks for it.",
            _ => ".",
        });
        page.push_str(&format!("\n{}\n", one.why));
        for (word, example) in [("Bad", one.bad), ("Good", one.good)] {
            let language = one.file.language();
            page.push_str(&format!(
                "\n{word}:\n\n```{language}\n{}\n```\n",
                example.trim_end()
            ));
        }
        page.push_str(match one.repair {
            Repair::None => "\nOnly a person can decide what to do.\n",
            Repair::Changes | Repair::Text => "\n`guichet lint --fix` fixes it.\n",
        });
    }
    assert_up_to_date("docs/lints.md", &page);
}

fn sentence(summary: &str) -> String {
    let (first, rest) = summary.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}

/// It once said that it fixes a name in `guichet.toml`, and never did.
#[test]
fn what_is_called_fixable_is_gone_after_a_fix() {
    let project =
        Project::with(r#"{"users": {"Ann": {}}, "groups": {"Devs": {"users": ["ANN", "Ann"]}}}"#);
    project.write("Settings/guichet.toml", "[access]\nhttp = \"devs\"\n");
    let found = |line: &str| project.guichet(line).json()["findings"].clone();
    let fixable = |findings: &Value| {
        let findings = findings.as_array().unwrap().iter();
        findings.filter(|one| one["fixable"] == true).count()
    };
    let before = found("lint --format json");
    assert!(fixable(&before) > 0, "{before}");
    let in_options = before.as_array().unwrap().iter();
    let mut in_options = in_options.filter(|one| one["path"].to_string().contains("guichet.toml"));
    assert_eq!(in_options.next().unwrap()["code"], "name-by-case");
    assert_eq!(fixable(&found("lint --fix --format json")), 0);
}

/// 4D once wrote a directory in one line; it was too long to be drawn.
#[test]
fn a_finding_far_out_in_a_long_line_is_drawn_with_what_is_around_it() {
    let users: Vec<String> = (0..10_000)
        .map(|user| format!("\"Somebody {user}\": {{}}"))
        .collect();
    let users = users.join(", ");
    let project = Project::with(format!(
        "{{\"users\": {{{users}, \"Ann\": {{}}}}, \"groups\": {{\"Devs\": {{\"users\": [\"Ann\", \"Gone\"]}}}}}}"
    ));
    let run = project.guichet("lint");
    let column = project.guichet("lint --format json").json()["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["code"] == "missing-user")
        .unwrap()["column"]
        .clone();
    let drawn = run
        .stdout
        .split("\n\n")
        .find(|one| one.contains("missing-user"))
        .unwrap();
    assert!(
        drawn.contains(&format!("Settings/directory.json:1:{column}\n")),
        "{drawn}"
    );
    assert!(drawn.contains("[\"Ann\", \"Gone\"]"), "{drawn}");
    assert!(drawn.contains("^^^^^^ /groups/Devs/users/1"), "{drawn}");
    assert!(
        drawn.lines().all(|line| line.chars().count() < 200),
        "{drawn}"
    );
}
