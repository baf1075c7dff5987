//! `docs/cli.md` has the help of every command, made from the definition of the command line, and
//! `docs/json.md` every JSON document, made from its schema.

use std::fmt::Write as _;

use clap::Command;
use serde_json::Value;

use crate::harness::program;
use crate::repository::{assert_up_to_date, text};

const REFERENCE: &str = "docs/cli.md";
const MARK: &str = "<!-- Below: the help of every command, written by a test of guichet-cli. -->\n";

fn help(words: &[String]) -> String {
    let output = program().args(words).arg("--help").output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn add(command: &Command, words: &mut Vec<String>, text: &mut String) {
    for nested in command
        .get_subcommands()
        .filter(|one| one.get_name() != "help")
    {
        words.push(nested.get_name().to_owned());
        let name = words.join(" ");
        let help = help(words);
        let help = help.trim_end();
        write!(text, "\n### guichet {name}\n\n```text\n{help}\n```\n").unwrap();
        add(nested, words, text);
        words.pop();
    }
}

#[test]
fn the_reference_is_up_to_date() {
    let committed = text(REFERENCE);
    let (written_by_hand, _) = committed.split_once(MARK).expect("the mark");
    let mut generated = format!("{written_by_hand}{MARK}\n```text\n");
    generated.push_str(help(&[]).trim_end());
    let options = program().args(["help", "options"]).output().unwrap();
    let options = String::from_utf8(options.stdout).unwrap();
    write!(generated, "\n```\n\n```text\n{}\n```\n", options.trim_end()).unwrap();
    add(&guichet_cli::command(), &mut Vec::new(), &mut generated);
    assert_up_to_date(REFERENCE, &generated);
}

const DOCUMENTS: &str = "docs/json.md";
const DOCUMENTS_MARK: &str =
    "<!-- Below: every document, written by a test of guichet-cli from its JSON Schema. -->\n";

/// What a schema allows, in one line.
fn shape(schema: &Value) -> String {
    if let Some(part) = schema["$ref"].as_str() {
        return part.rsplit('/').next().unwrap().to_uppercase();
    }
    let alternatives = ["anyOf", "oneOf"].map(|key| schema[key].as_array());
    if let Some(alternatives) = alternatives.into_iter().flatten().next() {
        let shapes: Vec<String> = alternatives.iter().map(shape).collect();
        return shapes.join(" | ");
    }
    if let Some(values) = schema["enum"].as_array() {
        let values: Vec<String> = values.iter().map(Value::to_string).collect();
        return values.join(" | ");
    }
    if let Some(value) = schema.get("const") {
        return value.to_string();
    }
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => Vec::from_iter(kind.as_str()),
    };
    let shapes = kinds.into_iter().map(|kind| match kind {
        "object" => {
            let members: Vec<String> = members(schema).map(|(member, _)| member).collect();
            format!("{{{}}}", members.join(", "))
        }
        "array" => format!("[{}…]", shape(&schema["items"])),
        "string" => "text".to_owned(),
        "integer" => "number".to_owned(),
        "boolean" => "bool".to_owned(),
        other => other.to_owned(),
    });
    shapes.collect::<Vec<_>>().join(" | ")
}

/// The members of an object, each with what is said of it.
fn members(schema: &Value) -> impl Iterator<Item = (String, &str)> {
    let required = &schema["required"];
    let is_required = move |name: &String| {
        required
            .as_array()
            .is_some_and(|all| all.iter().any(|one| one == name))
    };
    let named = schema["properties"].as_object().into_iter().flatten();
    let named = named.map(move |(name, member)| {
        let mark = if is_required(name) { "" } else { "?" };
        let text = format!("\"{name}\"{mark}: {}", shape(member));
        (text, member["description"].as_str().unwrap_or_default())
    });
    let others = schema["additionalProperties"].as_object();
    let others = others.map(|_| {
        (
            format!("NAME: {}", shape(&schema["additionalProperties"])),
            "",
        )
    });
    named.chain(others)
}

/// A schema as a section: an object has a line for each member.
fn section(title: &str, schema: &Value) -> String {
    let mut text = format!("\n### {title}\n\n");
    if let Some(description) = schema["description"].as_str() {
        writeln!(text, "{description}.\n").unwrap();
    }
    text.push_str("```text\n");
    if schema["properties"].is_object() {
        text.push_str("{\n");
        for (member, description) in members(schema) {
            let note = if description.is_empty() { "" } else { "  // " };
            writeln!(text, "  {member}{note}{description}").unwrap();
        }
        text.push('}');
    } else {
        text.push_str(&shape(schema));
    }
    text + "\n```\n"
}

#[test]
fn the_reference_of_json_is_up_to_date() {
    let committed = text(DOCUMENTS);
    let (written_by_hand, _) = committed.split_once(DOCUMENTS_MARK).expect("the mark");
    let schemas: Value = serde_json::from_str(&text("cli/schemas/outputs.json")).unwrap();
    let mut generated = format!("{written_by_hand}{DOCUMENTS_MARK}\n## Documents\n");
    for (name, schema) in schemas["outputs"].as_object().unwrap() {
        generated.push_str(&section(name, schema));
    }
    generated.push_str("\n## Parts\n");
    for (name, schema) in schemas["$defs"].as_object().unwrap() {
        generated.push_str(&section(&name.to_uppercase(), schema));
    }
    assert_up_to_date(DOCUMENTS, &generated);
}
