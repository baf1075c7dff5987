//! Tests of the crate's public items: one binary, one module per subject.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests"
)]

mod changes;
mod corpus;
mod crashes;
mod damage;
mod duplicate_keys;
mod edit_statements;
mod embedded;
mod encoding;
mod faults;
mod finding_places;
mod fixtures;
mod json_damage;
mod json_oracle;
mod locating;
mod meaning;
mod merging;
mod neighbours;
mod normal;
mod option_edits;
mod options;
mod processes;
mod project;
mod reading;
mod redacting;
mod repairing;
mod rewriting;
mod saving;
mod scrubbing;
mod side_folder;
mod simulated;
mod statements;
mod support;
mod taking_back;
mod touched_lines;
mod watching;
mod written_files;

/// A file below tests/it that nobody declares would never run.
#[test]
fn no_test_file_is_forgotten() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let declared = include_str!("main.rs");
    for entry in std::fs::read_dir(here).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Some(module) = name.strip_suffix(".rs").filter(|module| *module != "main") else {
            continue;
        };
        assert!(declared.contains(&format!("\nmod {module};\n")), "{module}");
    }
}
