//! Scripts of sessions and seats in a file of tests, played on an empty ledger.

use guichet::licensing::script::{Script, ScriptContext, ScriptFile, ScriptOutcome, play};
use guichet::policy::suite::SuiteError;

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
    let starts = line_starts(text);
    let placed = file.seats.into_iter().map(|script| Placed {
        line: Some(line(&starts, script.span().start)),
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
    let context = ScriptContext {
        catalogue: loaded.catalogue(),
        entitlements: loaded.entitlements(),
        gate: &loaded.admission(),
        at: loaded.now(),
    };
    Tested {
        name: placed.script.title(),
        kind: "seats",
        line: placed.line,
        verdict: match play(&placed.script, &context) {
            ScriptOutcome::Held => Verdict::Passed,
            ScriptOutcome::Failed(surprise) => Verdict::Failed {
                expected: format!("{} at step {}", surprise.expected, surprise.step + 1),
                got: surprise.got,
                why: surprise.why,
            },
            ScriptOutcome::Invalid(error) => Verdict::Invalid(CliError::from_diagnostic(&error)),
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
    let column = before
        .chars()
        .rev()
        .take_while(|character| *character != '\n');
    (line(&line_starts(text), offset), column.count() + 1)
}

/// The bytes at which the lines of a text begin; looked up once for a file of any number of scripts.
fn line_starts(text: &str) -> Vec<usize> {
    let ends = text.match_indices('\n').map(|(end, _)| end + 1);
    std::iter::once(0).chain(ends).collect()
}

/// The line of a byte, from 1.
fn line(starts: &[usize], offset: usize) -> usize {
    starts.partition_point(|start| *start <= offset)
}

#[cfg(test)]
mod tests {
    use super::{line, line_starts, place};

    #[test]
    fn lines_are_found_as_if_they_were_counted() {
        for text in ["", "\n", "one", "one\ntwo\n\nné four\n"] {
            let starts = line_starts(text);
            for (offset, _) in text.char_indices() {
                let counted = text
                    .bytes()
                    .take(offset)
                    .filter(|byte| *byte == b'\n')
                    .count()
                    + 1;
                assert_eq!(line(&starts, offset), counted, "{text:?} {offset}");
            }
        }
        assert_eq!(place("one\nné x", 8), (2, 4));
    }
}
