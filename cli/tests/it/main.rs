//! Tests of the program as people and scripts meet it: words in, streams and an exit status out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::format_push_string,
    reason = "tests"
)]

mod apply;
mod asking;
mod batch;
mod broken;
mod diff;
mod differential;
mod dry_run;
mod editing;
mod effects;
mod error_codes;
mod error_reference;
mod errors;
mod flags;
mod git;
mod harness;
mod hostile;
mod laws;
mod lint;
mod lint_risks;
mod merge;
mod normalise;
mod open_doors;
mod passwords;
mod powers;
mod reading;
mod readme;
mod reference;
mod repository;
mod schemas;
mod scrub;
mod seats;
mod seats_moments;
mod seats_race;
mod seats_reading;
#[cfg(unix)]
mod seats_shared;
mod seats_twins;
mod secrets;
mod shells;
mod statements;
mod streams;
mod suites;
mod together;
mod tree;
mod undo;
mod vocabulary;
mod watch;
mod width;

/// clap's own check of the definition: flags that clash, defaults that are no values.
#[test]
fn the_definition_of_the_command_line_is_sound() {
    let command = guichet_cli::command();
    command.clone().debug_assert();
    assert_eq!(command.get_name(), "guichet");
}
