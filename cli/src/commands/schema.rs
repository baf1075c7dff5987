//! `schema`: JSON Schemas of every JSON output, of directory.json and of guichet.toml.
//!
//! The schemas are files, `cli/schemas`: the outputs are made by many types of several crates, and a
//! test holds every output that the tests know against its schema.

use serde_json::{Map, Value, json};

use crate::error::{CliError, Result};
use crate::help::examples;
use crate::output::{Column, Page, Report, Table};
use crate::suggest::nearest;

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
    "guichet schema                               the names of all",
    "guichet schema check > check.schema.json",
    "guichet schema guichet-toml                  for an editor that completes guichet.toml",
))]
pub(crate) struct Args {
    /// Which one: an output, `directory` or `guichet-toml`; their list when left out
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

/// Runs `schema`.
pub(crate) fn run(args: &Args) -> Result<Box<dyn Report>> {
    let Some(name) = &args.name else {
        return Ok(Box::new(List(list())));
    };
    let of_file = FILES.iter().find(|(known, _)| known == name);
    let schema = match of_file {
        Some((_, text)) => parsed(text),
        None => output(name).ok_or_else(|| unknown(name))?,
    };
    Ok(Box::new(Schema(schema)))
}

fn unknown(name: &str) -> CliError {
    let names = list().into_iter().map(|(name, _)| name);
    let names: Vec<String> = names.collect();
    let help = nearest(name, names.iter().map(String::as_str));
    CliError::new("unknown-output", format!("there is no schema `{name}`"))
        .help(help.unwrap_or_else(|| "`guichet schema` lists them.".to_owned()))
}

/// Returns every schema's name with what it is of.
fn list() -> Vec<(String, String)> {
    let catalogue = parsed(OUTPUTS);
    let outputs = catalogue.get("outputs").and_then(Value::as_object);
    let outputs = outputs.into_iter().flatten();
    let described = |schema: &Value| {
        let text = schema.get("description").and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    };
    let mut list: Vec<(String, String)> = outputs
        .map(|(name, schema)| (name.clone(), described(schema)))
        .collect();
    list.extend(FILES.map(|(name, text)| (name.to_owned(), described(&parsed(text)))));
    list
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

#[derive(Debug)]
struct Schema(Value);

impl Report for Schema {
    fn json(&self) -> Value {
        self.0.clone()
    }

    fn text(&self, _: Page) -> String {
        format!("{:#}\n", self.0)
    }
}

#[derive(Debug)]
struct List(Vec<(String, String)>);

impl Report for List {
    fn json(&self) -> Value {
        let schemas = self.0.iter();
        let schemas = schemas.map(|(name, of)| json!({"name": name, "description": of}));
        Value::Array(schemas.collect())
    }

    fn text(&self, page: Page) -> String {
        let mut table = Table::new(page, &["Schema", "Of"].map(Column::Text));
        for (name, of) in &self.0 {
            table.row([name.as_str().into(), of.as_str().into()]);
        }
        table.render()
    }
}
