//! `where`: which directory.json counts, and which one it shadows.

use std::path::PathBuf;

use guichet::storage::{Location, Source};
use serde::{Serialize, Serializer};
use serde_json::json;

use crate::context::Context;
use crate::error::Result;
use crate::output::{Facts, Page, Report, Text};

#[derive(Debug)]
struct Where(Location);

/// Runs `where`.
pub(crate) fn run(context: &Context<'_>) -> Result<Box<dyn Report>> {
    Ok(Box::new(Where(context.locate()?)))
}

impl Serialize for Where {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = |path: &PathBuf| path.display().to_string();
        json!({
            "path": text(&self.0.path),
            "source": self.0.source.as_str(),
            "exists": self.0.exists,
            "shadowed": self.0.shadowed.iter().map(text).collect::<Vec<_>>(),
            "options": self.0.options.as_ref().map(text),
        })
        .serialize(serializer)
    }
}

impl Report for Where {
    fn text(&self, page: Page) -> Text {
        let mut facts = Facts::new(page);
        add_file(&mut facts, &self.0);
        for path in &self.0.shadowed {
            facts.add("shadowed", format_args!("{} (not read)", path.display()));
        }
        match &self.0.options {
            Some(path) => facts.add("options", path.display()),
            None => facts.add("options", "no guichet.toml"),
        }
        facts.render()
    }
}

/// Says which file it is, which of the candidates, and what it means for a project when there is none.
pub(crate) fn add_file(facts: &mut Facts, location: &Location) {
    let everyone = " (does not exist: everyone works as the Designer)";
    let (source, missing) = match location.source {
        Source::Explicit => ("named on the command line", " (does not exist)"),
        Source::Data => ("data settings folder, which has priority", everyone),
        Source::User => ("user settings folder", everyone),
    };
    let missing = if location.exists { "" } else { missing };
    let path = location.path.display();
    facts.add("directory", format_args!("{path}{missing}"));
    facts.add("source", source);
}
