//! `schema`: JSON Schemas of every JSON output, of directory.json and of guichet.toml.
//!
//! The schemas are files, `cli/schemas`: the outputs are made by many types of several crates, and a
//! test holds every output that the tests know against its schema.

use guichet::suggest::{did_you_mean, nearest};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::error::{CliError, Result};
use crate::help::examples;
use crate::output::{Column, Content, Foreign, Listing, Report, Row};

/// Each output by its name, and the definitions that they share.
const OUTPUTS: &str = include_str!("../../schemas/outputs.json");
/// The files that are read, by their names.
const FILES: [(&str, &str); 2] = [
    ("directory", include_str!("../../schemas/directory.json")),
    (
        "guichet-toml",
        include_str!("../../schemas/guichet-toml.json"),
    ),
];
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The arguments of `schema`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!(
    "guichet schema" => "the names of all",
    "guichet schema check > check.schema.json",
    "guichet schema guichet-toml" => "for an editor that completes guichet.toml",
))]
pub(crate) struct Args {
    /// Which one: an output, `directory` or `guichet-toml`; their list when left out
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

/// Runs `schema`.
pub(crate) fn run(args: &Args) -> Result<Box<dyn Report>> {
    let Some(name) = &args.name else {
        return Ok(Box::new(Listing(list())));
    };
    let of_file = FILES.iter().find(|(known, _)| known == name);
    let schema = match of_file {
        Some((_, text)) => parsed(text),
        None => output(name).ok_or_else(|| unknown(name))?,
    };
    Ok(Box::new(Schema(schema)))
}

fn unknown(name: &str) -> CliError {
    let schemas = list();
    let near = nearest(name, schemas.iter().map(|schema| schema.name.as_str()));
    let help = did_you_mean(&near);
    CliError::new("unknown-output", format!("there is no schema `{name}`"))
        .help(help.unwrap_or_else(|| "`guichet schema` lists them.".to_owned()))
}

/// Returns every schema's name with what it is of.
fn list() -> Vec<Named> {
    let catalogue = parsed(OUTPUTS);
    let outputs = catalogue.get("outputs").and_then(Value::as_object);
    let outputs = outputs.into_iter().flatten();
    let described = |schema: &Value| {
        let text = schema.get("description").and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let named = |name: &str, schema: &Value| Named {
        name: name.to_owned(),
        description: described(schema),
    };
    let outputs = outputs.map(|(name, schema)| named(name, schema));
    outputs
        .chain(FILES.map(|(name, text)| named(name, &parsed(text))))
        .collect()
}

/// Returns the schema of an output with the definitions that it needs, and no others.
fn output(name: &str) -> Option<Value> {
    let catalogue = parsed(OUTPUTS);
    let find = |name: &str| {
        let sections = ["outputs", "$defs"].into_iter();
        let mut sections = sections.filter_map(|section| catalogue.get(section));
        sections.find_map(|section| section.get(name))
    };
    let body = catalogue.get("outputs")?.get(name)?;
    let mut needed = Map::new();
    let mut open = vec![body];
    while let Some(schema) = open.pop() {
        for reference in references(schema) {
            if let Some(found) = find(reference)
                && !needed.contains_key(reference)
            {
                needed.insert(reference.to_owned(), found.clone());
                open.push(found);
            }
        }
    }
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!(DIALECT));
    schema.insert("title".to_owned(), json!(format!("guichet {name}")));
    schema.extend(body.as_object()?.clone());
    if !needed.is_empty() {
        schema.insert("$defs".to_owned(), Value::Object(needed));
    }
    Some(Value::Object(schema))
}

/// Returns the names of the definitions that a schema refers to.
fn references(schema: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut open = vec![schema];
    while let Some(value) = open.pop() {
        let target = value.get("$ref").and_then(Value::as_str);
        found.extend(target.and_then(|target| target.strip_prefix("#/$defs/")));
        match value {
            Value::Object(members) => open.extend(members.values()),
            Value::Array(elements) => open.extend(elements),
            _ => {}
        }
    }
    found
}

/// The text is our own and is read by a test.
fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}

#[derive(Debug, Serialize)]
#[serde(transparent)]
struct Schema(Value);

impl Report for Schema {
    fn foreign(&self) -> Option<Foreign> {
        Some(Foreign::json(&self.0))
    }
}

/// A schema by its name, and what it is of.
#[derive(Debug, Serialize)]
struct Named {
    name: String,
    description: String,
}

impl Row for Named {
    const COLUMNS: &'static [Column] = &[Column::Text("Schema"), Column::Text("Of")];
    const NONE: &'static str = "no schemas";

    fn cells(&self) -> Vec<Content> {
        vec![self.name.as_str().into(), self.description.as_str().into()]
    }
}
