//! `users passwd` and `verify`.

use std::cell::RefCell;

use crate::harness::Project;

/// Statements 14 and 69: case counts, and a new password is stored as bcrypt.
#[test]
fn a_password_that_was_set_is_verified() {
    let project = Project::accounting();
    let set = |input: &str| project.guichet_fed("users passwd \"Ann Lee\" --password-stdin", input);
    let valid = |input: &str| {
        let run = project.guichet_fed("verify \"ann lee\" --password-stdin --format json", input);
        let valid = run.json()["valid"].as_bool().unwrap();
        assert_eq!(run.status, i32::from(!valid), "{run}");
        valid
    };
    assert!(valid("Ann2026"));
    assert_eq!(set("Abc123\r\n").status, 0);
    assert!(valid("Abc123") && valid("Abc123\nmore"));
    assert!(!valid("abc123") && !valid("Ann2026") && !valid("") && !valid("Abc123 "));
    let text = String::from_utf8(project.directory()).unwrap();
    assert_eq!(text.matches("\"$2b$10$").count(), 5);

    // Set again, the same password is stored otherwise: the salt is another one.
    assert_eq!(set("Abc123").status, 0);
    assert_ne!(String::from_utf8(project.directory()).unwrap(), text);
    assert!(valid("Abc123"));
}

#[test]
fn a_password_that_is_refused_changes_nothing() {
    let project = Project::accounting();
    let set = |input: &str| {
        let line = "users passwd \"Ann Lee\" --password-stdin --format json";
        project.guichet_fed(line, input)
    };
    assert_eq!(set("Ünïcödé12345678").status, 0);
    let before = project.directory();
    for (input, code) in [
        ("a123456789012345", "password-too-long"),
        ("", "password-empty"),
        ("a b", "password-characters"),
    ] {
        assert_eq!(set(input).json_error()["code"], code);
        assert!(!input.contains(' ') || !set(input).stderr.contains(input));
    }
    assert_eq!(project.directory(), before);
    project.write(
        "Settings/guichet.toml",
        "[policy]\npassword_charset = \"any\"\n",
    );
    assert_eq!(set("a b").status, 0);
}

/// On a terminal it is typed twice, without being shown.
#[test]
fn a_password_is_asked_for_twice_on_a_terminal() {
    let project = Project::accounting();
    let (status, asked, told) = on_a_terminal(&project, &["Abc123", "Abc124"]);
    assert_eq!(
        (status, asked),
        (2, "New password: |Type it again: |".to_owned())
    );
    assert!(told.contains("\"passwords-differ\""), "{told}");
    let (status, _, told) = on_a_terminal(&project, &["Abc123", "Abc123"]);
    assert_eq!(status, 0, "{told}");
    assert!(!told.contains("Abc123"));
    assert_eq!(
        project
            .guichet_fed("verify #3 --password-stdin", "Abc123")
            .status,
        0
    );
}

/// Runs `users passwd` with these answers; returns the status, what was asked, and what was told.
fn on_a_terminal(project: &Project, answers: &[&str]) -> (u8, String, String) {
    let (asked, answers) = (RefCell::new(String::new()), RefCell::new(answers.iter()));
    let prompt = |words: &str| {
        asked.borrow_mut().push_str(&format!("{words}|"));
        Ok((*answers.borrow_mut().next().unwrap()).to_owned())
    };
    let line = "users passwd #3 --format json";
    let (status, told) = project.on_a_terminal(line, None, Some(&prompt));
    (status.number(), asked.into_inner(), told)
}

#[test]
fn what_verify_says() {
    let project = Project::accounting();
    let mut text = String::new();
    for line in [
        "verify \"Ann Lee\" --password-stdin",
        "verify \"Paul Durand\" --password-stdin",
        "verify \"Paul Durand\" --password-stdin --format json",
        "verify Anne --password-stdin",
        "verify \"Ann Lee\"",
        "users passwd \"Ann Lee\"",
        "users passwd \"Ann Lee\" --remove --password-stdin",
        "users passwd Anne --password-stdin",
    ] {
        text.push_str(&format!("{}\n", project.guichet_fed(line, "Ann2026\n")));
    }
    insta::assert_snapshot!(text);
}

/// Nobody but 4D knows how the digest of before 19 R3 is made.
#[test]
fn a_legacy_digest_cannot_be_verified_but_replaced() {
    let project = Project::fixture("two-groups-fr");
    let error = project
        .guichet_fed("verify #1 --password-stdin --format json", "anything")
        .json_error();
    assert_eq!(error["code"], "legacy-digest");
    assert_eq!(
        project
            .guichet_fed("users passwd #1 --password-stdin", "Abc123")
            .status,
        0
    );
    assert_eq!(
        project
            .guichet_fed("verify #1 --password-stdin", "Abc123")
            .status,
        0
    );
}
