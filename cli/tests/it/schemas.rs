//! `schema`: every JSON output that a test knows is what its schema says.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::harness::{Project, Run, fixture, words};
use crate::repository::{blocks, repository, text};

fn schema(name: &str) -> Value {
    let run = Project::empty_folder().guichet(&format!("schema {name}"));
    assert_eq!(run.status, 0, "{run}");
    serde_json::from_str(&run.stdout).unwrap()
}

/// The names of the outputs and of the files.
fn names() -> BTreeSet<String> {
    let list = Project::empty_folder()
        .guichet("schema --format json")
        .json();
    let names = list.as_array().unwrap().iter();
    names
        .map(|one| one["name"].as_str().unwrap().to_owned())
        .collect()
}

/// A schema that also refuses members that it does not list: what is printed belongs into it.
fn strict(mut schema: Value) -> Value {
    let mut open = vec![&mut schema];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(members) => {
                let properties = members.get("properties").and_then(Value::as_object);
                // A change has other members for each kind.
                let open_ended = |properties: &serde_json::Map<String, Value>| {
                    properties.len() == 1 && properties.contains_key("kind")
                };
                if properties.is_some_and(|properties| !open_ended(properties)) {
                    members.insert("additionalProperties".to_owned(), Value::Bool(false));
                }
                open.extend(members.values_mut());
            }
            Value::Array(elements) => open.extend(elements),
            _ => {}
        }
    }
    schema
}

fn complaints(schema: &Value, document: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).unwrap();
    let complaints = validator.iter_errors(document);
    complaints
        .map(|error| format!("{} {error}", error.instance_path()))
        .collect()
}

/// The schema of what a command line prints.
fn schema_of(line: &str, words: &[String]) -> String {
    let with = |word: &str| words.iter().any(|one| one == word);
    let program = std::iter::once("guichet".to_owned());
    let matches = match guichet_cli::command().try_get_matches_from(program.chain(words.to_vec())) {
        Ok(matches) => matches,
        Err(error) if error.kind() == clap::error::ErrorKind::DisplayVersion => {
            return "version".to_owned();
        }
        Err(error) if error.kind() == clap::error::ErrorKind::DisplayHelp => {
            return "text".to_owned();
        }
        Err(_) => return "error".to_owned(),
    };
    let mut path = Vec::new();
    let mut inside = &matches;
    while let Some((name, nested)) = inside.subcommand() {
        path.push(name);
        inside = nested;
    }
    match path.join(" ").as_str() {
        "check" if with("--batch") => "check-batch",
        "normalise" if with("--check") => "normalise-check",
        "normalise" if with("-") => "text",
        "scrub" if with("-o") => "scrub-output",
        "test" if with("--init") => "text",
        "scrub" | "git textconv" | "completions" | "man" => "text",
        "git install" | "git uninstall" => "git-setup",
        other => {
            let name = other.replace(' ', "-");
            if names().contains(&name) {
                return name;
            }
            assert!(line.contains("--format"), "{line}");
            "edit"
        }
    }
    .to_owned()
}

/// Every command line of the snapshots that asks for JSON, and what it printed.
fn printed() -> Vec<(String, Value)> {
    let mut printed = Vec::new();
    for entry in std::fs::read_dir(repository().join("cli/tests/it/snapshots")).unwrap() {
        let content = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for session in content.split("$ guichet ").skip(1) {
            let (line, answer) = session.split_once('\n').unwrap();
            let Some(end) = answer.find("\n[") else {
                continue;
            };
            let answer = &answer[..end];
            let error = answer.split_once("--- standard error\n");
            let document = error.map_or(answer, |(_, error)| error);
            let json = line.contains("--format json") || line.contains("--format=json");
            let asked = json && !line.starts_with("schema");
            if let (true, Ok(document)) = (asked, serde_json::from_str(document)) {
                printed.push((line.to_owned(), document));
            }
        }
    }
    printed
}

#[test]
fn every_output_of_the_tests_is_what_its_schema_says() {
    let mut seen = BTreeSet::new();
    let mut hold = |line: &str, document: &Value| {
        let name = if document.get("error").is_some_and(Value::is_object) {
            "error".to_owned()
        } else {
            schema_of(line, &words(line))
        };
        let found = complaints(&strict(schema(&name)), document);
        assert_eq!(found, [""; 0], "{line} is not a `{name}`");
        seen.insert(name);
    };
    let printed = printed();
    assert!(printed.len() > 60, "{}", printed.len());
    for (line, document) in &printed {
        hold(line, document);
    }
    // What no snapshot shows.
    let project = Project::accounting();
    let both = "Settings/directory.json Data/Settings/directory.json";
    for line in [
        "--version",
        "man",
        "verify #1 --password-stdin",
        "normalise --check",
        "scrub -o scrubbed.json",
        &format!(
            "git diff a {} 0 0 {} 0 0",
            "Settings/directory.json", "Data/Settings/directory.json"
        ),
        &format!("merge {both} scrubbed.json"),
        "merge Settings/directory.json Data/Settings/directory.json scrubbed.json -o Data/Settings/directory.json",
        "lint --fix",
        "resolve",
        "undo",
    ] {
        let line = format!("{line} --format json");
        let run: Run = project.guichet(&line);
        assert_ne!(run.status, 2, "{run}");
        hold(&line, &run.json());
    }
    let change = project.guichet("watch --count 0 --format json");
    assert_eq!(change.stdout, "", "a change is shown in `watch`");
    seen.extend(["watch", "directory", "guichet-toml"].map(str::to_owned));
    assert_eq!(seen, names());
}

#[test]
fn every_schema_is_a_schema() {
    for name in names() {
        let schema = schema(&name);
        assert!(jsonschema::meta::is_valid(&schema), "{name}");
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
    }
}

#[test]
fn what_is_read_is_what_its_schema_says() {
    let directory = schema("directory");
    for name in [
        "office-45-groups",
        "demo-13-users",
        "two-groups-fr",
        "upper-camel-settings-2020",
        "survey-78-users",
    ] {
        let bytes = std::fs::read(fixture(name)).unwrap();
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        let document = serde_json::from_slice(bytes).unwrap();
        assert_eq!(complaints(&directory, &document), [""; 0], "{name}");
    }
    let refused = std::fs::read(fixture("members-not-strings")).unwrap();
    let refused = serde_json::from_slice(&refused).unwrap();
    assert_ne!(complaints(&directory, &refused), [""; 0]);

    let options = schema("guichet-toml");
    let page = text("docs/cli.md");
    let documented = blocks(&page, "toml")[0];
    let document: Value = toml::from_str(documented).unwrap();
    assert!(document["lint"].is_object());
    assert_eq!(complaints(&options, &document), [""; 0]);
    let wrong: Value = toml::from_str("[policy]\ndesigner_plugin = \"always\"\n").unwrap();
    assert_ne!(complaints(&options, &wrong), [""; 0]);
}

#[test]
fn schemas_are_listed_and_suggested() {
    let folder = Project::empty_folder();
    let list = folder.guichet("schema").stdout;
    let listed = list
        .lines()
        .skip(1)
        .map(|line| line.split(' ').next().unwrap().to_owned());
    assert_eq!(listed.collect::<BTreeSet<_>>(), names(), "{list}");
    insta::assert_snapshot!(folder.guichet("schema chekc"), @"
    $ guichet schema chekc
    --- standard error
    error: there is no schema `chekc`
    help: Did you mean `check`, `check-batch` or `normalise-check`?
    [2]
    ");
}
