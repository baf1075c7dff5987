//! Scripts of sessions and seats in a file of tests, played on an empty ledger.

use guichet_licensing::script::{Played, Script, ScriptFile, Stage, play};
use guichet_policy::suite::SuiteError;

use super::tested::{Tested, Verdict};
use crate::error::CliError;
use crate::loaded::Loaded;

/// A script, and the line where it begins.
#[derive(Debug)]
pub(super) struct Placed {
    line: Option<usize>,
    script: Script,
}

/// Reads the scripts of a TOML file.
pub(super) fn from_toml(text: &str) -> Result<Vec<Placed>, SuiteError> {
    let file = toml::from_str::<ScriptFile<toml::Spanned<Script>>>(text);
    let file = file.map_err(|error| SuiteError {
        message: first_line(error.message()),
        place: error.span().map(|span| place(text, span.start)),
    })?;
    let placed = file.seats.into_iter().map(|script| Placed {
        line: Some(place(text, script.span().start).0),
        script: script.into_inner(),
    });
    Ok(placed.collect())
}

/// Reads the scripts of a YAML file.
pub(super) fn from_yaml(text: &str) -> Result<Vec<Placed>, SuiteError> {
    let file = serde_saphyr::from_str::<ScriptFile<serde_saphyr::Spanned<Script>>>(text);
    let file = file.map_err(|error| SuiteError {
        message: first_line(&error.without_snippet().to_string()),
        place: error.location().and_then(|location| known(&location)),
    })?;
    let placed = file.seats.into_iter().map(|script| Placed {
        line: known(&script.referenced).map(|(line, _)| line),
        script: script.value,
    });
    Ok(placed.collect())
}

/// Plays a script with the users and the licences of a directory.
pub(super) fn played(placed: &Placed, loaded: &Loaded) -> Tested {
    let stage = Stage {
        catalogue: loaded.catalogue(),
        entitlements: loaded.entitlements(),
        gate: &loaded.admission(),
        at: loaded.now(),
    };
    Tested {
        name: placed.script.title(),
        kind: "seats",
        line: placed.line,
        verdict: match play(&placed.script, &stage) {
            Played::Held => Verdict::Passed,
            Played::Failed(surprise) => Verdict::Failed {
                expected: format!("{} at step {}", surprise.expected, surprise.step + 1),
                got: surprise.got,
                why: surprise.why,
            },
            Played::Invalid(error) => Verdict::Invalid(CliError::from_diagnostic(&error)),
        },
    }
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}

fn known(location: &serde_saphyr::Location) -> Option<(usize, usize)> {
    let number = |number: u64| usize::try_from(number).ok().filter(|number| *number > 0);
    number(location.line()).zip(number(location.column()))
}

/// The line and the column, in characters, of a byte of a text.
fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count();
    let column = before
        .chars()
        .rev()
        .take_while(|character| *character != '\n');
    (line + 1, column.count() + 1)
}
