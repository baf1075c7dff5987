//! `check --batch`: many questions, their order, their exit status, their bad lines.

use crate::harness::Project;

const QUESTIONS: &str = "Zoé Martin\tplugin:write\n\
                         Ann Lee\tplugin:write\n\
                         \n\
                         Designer\tdesign\n";

#[test]
fn answers_come_in_the_order_of_the_questions() {
    let project = Project::accounting();
    project.write("questions.tsv", QUESTIONS);
    insta::assert_snapshot!(project.session(&[
        "check --batch questions.tsv",
        "check --batch questions.tsv --format json",
    ]));
}

#[test]
fn standard_input_is_a_file_too() {
    let project = Project::accounting();
    project.write("questions.tsv", QUESTIONS);
    let from_file = project.guichet("check --batch questions.tsv --format json");
    let from_input = project.guichet_fed("check --batch - --format json", QUESTIONS);
    assert_eq!(from_file.json(), from_input.json());
    assert_eq!((from_file.status, from_input.status), (1, 1));
}

#[test]
fn the_status_is_0_only_when_all_are_allowed() {
    let project = Project::accounting();
    let status = |questions| project.guichet_fed("check --batch -", questions).status;
    assert_eq!(status("Ann Lee\thttp\nPaul Durand\thttp\n"), 0);
    assert_eq!(status("Ann Lee\thttp\nWeb Guest\thttp\n"), 1);
    assert_eq!(status(""), 0);
    assert_eq!(status("Ann Lee\thttp\nNobody Known\thttp\n"), 2);
}

/// Files of other systems: a byte-order mark, CRLF, a line without an end.
#[test]
fn line_ends_and_marks_of_other_systems_are_read() {
    let project = Project::accounting();
    let questions = "\u{feff}Ann Lee\thttp\r\n\r\nPaul Durand\thttp";
    let answers = project.guichet_fed("check --batch - --format json", questions);
    assert_eq!(answers.json().as_array().map(Vec::len), Some(2));
    assert_eq!(answers.status, 0);
}

#[test]
fn a_bad_line_is_named_by_its_number_and_nothing_is_answered() {
    let project = Project::accounting();
    project.write("no-tab.tsv", "Ann Lee\tdesign\n\nAnn Lee design\n");
    project.write("no-user.tsv", "Ann Lee\tdesign\nAnn Leen\tdesign\n");
    project.write("no-access.tsv", "Ann Lee\tdesing\n");
    insta::assert_snapshot!(project.session(&[
        "check --batch no-tab.tsv",
        "check --batch no-user.tsv",
        "check --batch no-access.tsv --format json",
        "check --batch missing.tsv",
    ]));
}

/// A question in a file has the answer that it has alone; once the end of an access was cut.
#[test]
fn names_that_begin_or_end_with_spaces_are_found_as_they_are() {
    let project = Project::with(
        r#"{"users": {"designer": {"password": "AAAAAAAAAAAAAAAAAAAAAA=="}, "Trail ": {}, " Lead": {}, "In  side": {}},
            "groups": {"Ops": {}, "Ops ": {"users": ["Trail ", " Lead"]}, " Ops": {"users": ["In  side"]}}}"#,
    );
    for user in ["Trail ", " Lead", "In  side"] {
        for group in ["Ops", "Ops ", " Ops"] {
            let alone =
                project.guichet(&format!("check \"{user}\" \"group:{group}\" --format json"));
            let questions = format!("{user}\tgroup:{group}\r\n");
            let batch = project.guichet_fed("check --batch - --format json", &questions);
            assert_eq!(batch.json()[0], alone.json(), "{questions:?}");
        }
    }
    let unknown = project.guichet_fed("check --batch - --format json", "Trail\tdesign\n");
    assert_eq!(unknown.json_error()["code"], "unknown-user");
}
