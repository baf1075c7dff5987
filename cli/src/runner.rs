//! One run: words in, text or JSON out, an exit status.

use std::ffi::OsString;
use std::io::{self, BufRead, Write};
use std::path::PathBuf;

use clap::Parser as _;
use clap::error::ErrorKind;

use crate::args::{Cli, ColorArg, Command, Format};
use crate::commands;
use crate::context::Context;
use crate::error::CliError;
use crate::exit_status::ExitStatus;
use crate::failure;
use crate::output::{Page, Paint, Report};

/// What one stream is attached to.
#[derive(Debug, Clone, Copy)]
pub struct Attached {
    /// The colours that the stream wants by itself: a terminal's, `NO_COLOR` honoured.
    pub paint: Paint,
    /// The terminal's width in columns, if it is a terminal.
    pub width: Option<u16>,
}

/// The surroundings of a run, so that tests need no process.
pub struct Surroundings<'a> {
    /// Standard input.
    pub stdin: &'a mut dyn BufRead,
    /// Standard output.
    pub stdout: &'a mut dyn Write,
    /// Standard error.
    pub stderr: &'a mut dyn Write,
    /// What standard output is attached to.
    pub out: Attached,
    /// What standard error is attached to.
    pub err: Attached,
    /// The current folder.
    pub current_folder: PathBuf,
}

impl std::fmt::Debug for Surroundings<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Surroundings")
            .field("current_folder", &self.current_folder)
            .finish_non_exhaustive()
    }
}

/// Runs one command line; the first word is the program's name.
pub fn run(words: &[OsString], surroundings: &mut Surroundings<'_>) -> ExitStatus {
    let cli = match Cli::try_parse_from(words) {
        Ok(cli) => cli,
        Err(error) => return usage(words, &error, surroundings),
    };
    let page = page(cli.global.color, surroundings.out);
    let format = cli.global.format;
    let outcome = check_format(&cli).and_then(|()| {
        let stdin = &mut *surroundings.stdin;
        let mut context = Context::new(&cli.global, surroundings.current_folder.clone(), stdin);
        commands::run(&cli, &mut context)
    });
    match outcome {
        Ok(report) => print(&*report, format, page, surroundings),
        Err(error) => fail(
            &error,
            format,
            page_of_errors(cli.global.color, surroundings),
            surroundings,
        ),
    }
}

/// A drawing's format is `tree`'s only; scripts and manual pages have one format.
fn check_format(cli: &Cli) -> Result<(), CliError> {
    match (cli.global.format, &cli.command) {
        (Format::Text | Format::Json, _)
        | (Format::Dot | Format::Mermaid | Format::Svg, Command::Tree(_)) => Ok(()),
        _ => Err(
            CliError::new("usage", "this command prints `text` or `json`").help(
                "`dot`, `mermaid` and `svg` draw the hierarchy: `guichet tree --format svg`.",
            ),
        ),
    }
}

fn print(
    report: &dyn Report,
    format: Format,
    page: Page,
    surroundings: &mut Surroundings<'_>,
) -> ExitStatus {
    let text = match format {
        Format::Json => json_text(&report.json()),
        Format::Text | Format::Dot | Format::Mermaid | Format::Svg => report.text(page),
    };
    let written = surroundings
        .stdout
        .write_all(text.as_bytes())
        .and_then(|()| surroundings.stdout.flush());
    match written {
        Ok(()) => report.status(),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitStatus::Yes,
        Err(error) => {
            let error = CliError::new("io", format!("cannot write the answer: {error}"));
            fail(&error, format, page, surroundings)
        }
    }
}

fn json_text(value: &serde_json::Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

fn fail(
    error: &CliError,
    format: Format,
    page: Page,
    surroundings: &mut Surroundings<'_>,
) -> ExitStatus {
    let text = match format {
        Format::Json => json_text(&failure::json(error)),
        Format::Text | Format::Dot | Format::Mermaid | Format::Svg => failure::text(error, page),
    };
    // Nothing is left to do about an error that cannot be told.
    let _ = surroundings.stderr.write_all(text.as_bytes());
    ExitStatus::Failed
}

/// Help and version go to standard output; a wrong command line is an error like any other.
fn usage(
    words: &[OsString],
    error: &clap::Error,
    surroundings: &mut Surroundings<'_>,
) -> ExitStatus {
    let colour = asked_for(words, "--color", &["always", "never"]);
    let styled = |paint: Paint| match paint {
        Paint::Colour => error.render().ansi().to_string(),
        Paint::Plain => error.render().to_string(),
    };
    let paint = |attached: Attached| match colour {
        Some("always") => Paint::Colour,
        Some("never") => Paint::Plain,
        _ => attached.paint,
    };
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        let text = styled(paint(surroundings.out));
        let _ = surroundings.stdout.write_all(text.as_bytes());
        return ExitStatus::Yes;
    }
    let text = if asked_for(words, "--format", &["json"]).is_some() {
        let plain = error.render().to_string();
        let message = plain.lines().next().unwrap_or_default();
        let message = message.strip_prefix("error: ").unwrap_or(message);
        let error =
            CliError::new("usage", message).help("`guichet --help` lists commands and flags.");
        json_text(&failure::json(&error))
    } else {
        styled(paint(surroundings.err))
    };
    let _ = surroundings.stderr.write_all(text.as_bytes());
    ExitStatus::Failed
}

/// Finds a flag's value in words that clap refused.
fn asked_for<'v>(words: &[OsString], flag: &str, values: &[&'v str]) -> Option<&'v str> {
    let mut words = words.iter().filter_map(|word| word.to_str());
    let mut found = None;
    while let Some(word) = words.next() {
        let value = match word.strip_prefix(flag) {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('='),
            None => continue,
        };
        found = value
            .and_then(|value| values.iter().find(|known| **known == value))
            .copied();
    }
    found
}

fn page(color: ColorArg, attached: Attached) -> Page {
    let paint = match color {
        ColorArg::Auto => attached.paint,
        ColorArg::Always => Paint::Colour,
        ColorArg::Never => Paint::Plain,
    };
    Page {
        paint,
        width: attached.width,
    }
}

fn page_of_errors(color: ColorArg, surroundings: &Surroundings<'_>) -> Page {
    page(color, surroundings.err)
}
