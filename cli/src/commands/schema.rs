//! `schema`: JSON Schemas of every JSON output, of directory.json and of guichet.toml.
//!
//! The schemas are files, `cli/schemas`: the outputs are made by many types of several crates, and a
//! test holds every output that the tests know against its schema.

use guichet::core::suggest::{did_you_mean, nearest};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

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
    "guichet schema" => "list the names",
    "guichet schema check > check.schema.json",
    "guichet schema guichet-toml" => "for an editor that completes guichet.toml",
))]
pub(crate) struct Args {
    /// The schema: an output, `directory` or `guichet-toml` [default: list them]
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

/// The file of the outputs.
#[derive(Default, Deserialize)]
struct Catalogue {
    outputs: Map<String, Value>,
    #[serde(rename = "$defs")]
    definitions: Map<String, Value>,
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
    let outputs = parsed::<Catalogue>(OUTPUTS).outputs.into_iter();
    let files = FILES.map(|(name, text)| (name.to_owned(), parsed(text)));
    let named = outputs.chain(files).map(|(name, schema)| {
        let description = schema.get("description").and_then(Value::as_str);
        let description = description.unwrap_or_default().to_owned();
        Named { name, description }
    });
    named.collect()
}

/// Returns the schema of an output with the definitions that it needs, and no others.
fn output(name: &str) -> Option<Value> {
    let catalogue = parsed::<Catalogue>(OUTPUTS);
    let body = catalogue.outputs.get(name)?;
    let mut needed = Map::new();
    let mut open = vec![body];
    while let Some(schema) = open.pop() {
        let text = schema.to_string();
        let references = text.split("\"#/$defs/").skip(1);
        for reference in references.filter_map(|rest| rest.split('"').next()) {
            let output = catalogue.outputs.get(reference);
            let found = output.or_else(|| catalogue.definitions.get(reference));
            if let Some(found) = found
                && needed.insert(reference.to_owned(), found.clone()).is_none()
            {
                open.push(found);
            }
        }
    }
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), DIALECT.into());
    schema.insert("title".to_owned(), format!("guichet {name}").into());
    schema.extend(body.as_object()?.clone());
    if !needed.is_empty() {
        schema.insert("$defs".to_owned(), needed.into());
    }
    Some(schema.into())
}

/// The text is our own and is read by a test.
fn parsed<T: DeserializeOwned + Default>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_default()
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
