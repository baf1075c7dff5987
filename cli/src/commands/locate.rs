//! `where`: which directory.json counts, and which one it shadows.

use std::borrow::Cow;

use serde::Serialize;

use crate::context::Context;
use crate::error::Result;
use crate::output::{Facts, Page, Report, Text};

#[derive(Debug, Serialize)]
struct Where {
    path: String,
    source: &'static str,
    exists: bool,
    shadowed: Vec<String>,
    options: Option<String>,
}

/// Runs `where`.
pub(crate) fn run(context: &Context<'_>) -> Result<Box<dyn Report>> {
    let location = context.locate()?;
    Ok(Box::new(Where {
        path: location.path.display().to_string(),
        source: location.source.as_str(),
        exists: location.exists,
        shadowed: location
            .shadowed
            .iter()
            .map(|path| path.display().to_string())
            .collect(),
        options: location
            .options
            .as_ref()
            .map(|path| path.display().to_string()),
    }))
}

impl Report for Where {
    fn text(&self, page: Page) -> Text {
        let mut facts = Facts::new(page);
        add_file(&mut facts, &self.path, self.source, self.exists);
        for path in &self.shadowed {
            facts.add("shadowed", format!("{path} (not read)"));
        }
        facts.add(
            "options",
            self.options.as_deref().unwrap_or("no guichet.toml"),
        );
        facts.render()
    }
}

/// Says which file it is, and which of the candidates.
pub(crate) fn add_file(facts: &mut Facts, path: &str, source: &str, exists: bool) {
    facts.add("directory", path_in_words(path, source, exists));
    facts.add("source", source_in_words(source));
}

/// Says where the file is, and what it means for a project when there is none.
fn path_in_words<'a>(path: &'a str, source: &str, exists: bool) -> Cow<'a, str> {
    match (exists, source) {
        (true, _) => Cow::Borrowed(path),
        (false, "explicit") => Cow::Owned(format!("{path} (does not exist)")),
        (false, _) => Cow::Owned(format!(
            "{path} (does not exist: everyone works as the Designer)"
        )),
    }
}

/// Says in words which of the candidates a file is.
fn source_in_words(source: &str) -> &'static str {
    match source {
        "explicit" => "named on the command line",
        "data" => "data settings folder, which has priority",
        _ => "user settings folder",
    }
}
