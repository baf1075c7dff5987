//! One run: words in, text or JSON out, an exit status.

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, BufRead, BufWriter, Write};
use std::path::PathBuf;

use clap::FromArgMatches as _;
pub use guichet::licensing::Moment;

use crate::args::{Cli, ColorArg, Format, GlobalArgs};
use crate::commands::{self, Outcome};
use crate::context::Context;
pub use crate::context::Prompt;
use crate::effect::Effect;
use crate::error::CliError;
use crate::exit_status::ExitStatus;
use crate::failure;
use crate::help;
use crate::output::{Page, Paint, Printer, Report, visible};
use crate::usage;

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
    /// The current folder, if it can be told.
    pub current_folder: io::Result<PathBuf>,
    /// What time it is; a run is one moment.
    pub now: Moment,
    /// How secrets are asked for, where there is a terminal: it is given the words to show.
    pub prompt: Option<Prompt<'a>>,
    /// Where this program lies, for whoever is to call it later.
    pub program: Option<PathBuf>,
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
    let cli = match parsed(words, surroundings.out.width) {
        Ok(cli) => cli,
        Err(error) => {
            let error = told(words, error, surroundings.out.width);
            return usage(words, &error, surroundings);
        }
    };
    let outcome = check_flags(&cli).and_then(|()| {
        let mut context = Context {
            global: &cli.global,
            current_folder: &surroundings.current_folder,
            stdin: Some(&mut *surroundings.stdin),
            prompt: surroundings.prompt,
            now: surroundings.now,
            program: surroundings.program.as_deref(),
        };
        let page = page(&cli.global, surroundings.out);
        let mut printer = Printer::new(surroundings.stdout, page);
        commands::run(&cli.command, &mut context, &mut printer)
    });
    match outcome {
        Ok(Outcome::Report(report)) => print(&*report, &cli, surroundings),
        Ok(Outcome::Printed(status)) => status,
        Err(error) => fail(&error, &cli.global, surroundings),
    }
}

/// Turns words into a command; help is laid out for the terminal.
fn parsed(words: &[OsString], width: Option<u16>) -> clap::error::Result<Cli> {
    let mut command = help::of_width(help::command(), width);
    let mut matches = command.clone().try_get_matches_from(words)?;
    Cli::from_arg_matches_mut(&mut matches).map_err(|error| error.format(&mut command))
}

/// Returns what the parser refuses, in words that can be printed: it repeats what it was given, as it
/// is. So where that would act on a terminal, it is given it again as it can be shown.
fn told(words: &[OsString], error: clap::Error, width: Option<u16>) -> clap::Error {
    let shown = |word: &OsString| match visible(&word.to_string_lossy()) {
        Cow::Owned(shown) if word.to_str() != Some(&shown) => OsString::from(shown),
        _ => word.clone(),
    };
    let safe: Vec<OsString> = words.iter().map(shown).collect();
    if safe == words {
        return error;
    }
    let again = parsed(&safe, width).err();
    again.unwrap_or_else(|| {
        let message = error.render().to_string();
        let message = message.strip_prefix("error: ").unwrap_or(&message);
        help::command().error(error.kind(), visible(message.trim_end()))
    })
}

/// Refuses flags that the command would not honour.
fn check_flags(cli: &Cli) -> Result<(), CliError> {
    let effect = cli.command.effect();
    if cli.global.dry_run && !effect.can_be_tried() {
        return Err(
            CliError::new("usage", "`--dry-run` is for edits of the directory").help(
                match effect {
                    Effect::Records => "Leave it out: the ledger of seats has no dry run.",
                    Effect::Reads | Effect::Edits | Effect::SetsUp => {
                        "Leave it out: this command changes no file."
                    }
                },
            ),
        );
    }
    if cli.global.editor.is_some() && !effect.has_an_editor() {
        return Err(
            CliError::new("usage", "`--as` is for edits of the directory")
                .help("Leave it out: this command does not edit the directory."),
        );
    }
    let format = cli.global.format;
    if format.is_for_all() || cli.command.formats().contains(&format) {
        return Ok(());
    }
    let others = cli.command.formats().iter();
    let mut words = vec!["`text`".to_owned(), "`json`".to_owned()];
    words.extend(others.map(|format| format!("`{}`", format.word())));
    let last = words.pop().unwrap_or_default();
    let message = format!("this command prints {} or {last}", words.join(", "));
    Err(CliError::new("usage", message).help(FORMATS))
}

/// Which command has which formats of its own.
const FORMATS: &str = "`dot`, `mermaid` and `svg` draw the hierarchy: `guichet tree --format svg`; \
                       `diff` prints `markdown`, `lint` prints `sarif` and `github`, `test` prints `junit`.";

/// Prints the answer. The status is the answer's, also where nobody reads it to its end.
fn print(report: &dyn Report, cli: &Cli, surroundings: &mut Surroundings<'_>) -> ExitStatus {
    let global = &cli.global;
    let mut out = BufWriter::new(&mut *surroundings.stdout);
    let mut printer = Printer::new(&mut out, page(global, surroundings.out));
    let written = match global.format {
        Format::Json => printer.json(report, report.document()),
        _ => report.print(&mut printer),
    };
    let flushed = written.and_then(|()| out.flush());
    // What could not be written is not tried again when the buffer goes.
    let _ = out.into_parts();
    match flushed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            fail(&unwritten(&error, report, cli), global, surroundings)
        }
        _ => report.status(),
    }
}

/// Tells that the answer cannot be written, and what was changed before.
fn unwritten(error: &io::Error, report: &dyn Report, cli: &Cli) -> CliError {
    let of_command = || {
        let done = cli.command.effect().done();
        done.filter(|_| !cli.global.dry_run)
    };
    match report.made().done().or_else(of_command) {
        Some((done, help)) => {
            let message = format!("{done}, but the answer cannot be written: {error}");
            CliError::new("input-output", message).help(help)
        }
        None => CliError::new("input-output", format!("cannot write the answer: {error}")),
    }
}

fn fail(error: &CliError, global: &GlobalArgs, surroundings: &mut Surroundings<'_>) -> ExitStatus {
    let page = page(global, surroundings.err);
    let mut printer = Printer::new(surroundings.stderr, page);
    // Nothing is left to do about an error that cannot be told.
    let _ = if global.format == Format::Json {
        printer.json(&failure::json(error), None)
    } else {
        printer.text(&failure::text(error, page))
    };
    ExitStatus::Failed
}

/// Help and version go to standard output; a wrong command line is an error like any other.
fn usage(
    words: &[OsString],
    error: &clap::Error,
    surroundings: &mut Surroundings<'_>,
) -> ExitStatus {
    let attached = if error.use_stderr() {
        surroundings.err
    } else {
        surroundings.out
    };
    let paint = match usage::asked_for(words, "--color", &["always", "never"]) {
        Some("always") => Paint::Colour,
        Some(_) => Paint::Plain,
        None => attached.paint,
    };
    let page = Page {
        paint,
        width: attached.width,
    };
    let json = usage::asked_for(words, "--format", &["json"]).is_some();
    match usage::answer(error) {
        usage::Answer::AskedFor(text, value) => {
            let mut printer = Printer::new(surroundings.stdout, page);
            let written = if json {
                printer.json(&value, None)
            } else {
                printer.text(&text)
            };
            match written.and_then(|()| printer.flush()) {
                Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                    let message = format!("the answer cannot be written: {error}");
                    let told = failure::text(&CliError::new("input-output", message), page);
                    // Nothing is left to do about an error that cannot be told.
                    let _ = Printer::new(surroundings.stderr, page).text(&told);
                    ExitStatus::Failed
                }
                _ => ExitStatus::Yes,
            }
        }
        usage::Answer::Wrong(text, error) => {
            let mut printer = Printer::new(surroundings.stderr, page);
            // The parser breaks its paragraphs, but neither usage lines nor examples.
            let _ = if json {
                printer.json(&failure::json(&error), None)
            } else {
                printer.text(&text)
            };
            ExitStatus::Failed
        }
    }
}

fn page(global: &GlobalArgs, attached: Attached) -> Page {
    let paint = match global.color {
        ColorArg::Auto => attached.paint,
        ColorArg::Always => Paint::Colour,
        ColorArg::Never => Paint::Plain,
    };
    Page {
        paint,
        width: attached.width,
    }
}
