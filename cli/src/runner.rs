//! One run: words in, text or JSON out, an exit status.

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, BufRead, BufWriter, Write};
use std::path::PathBuf;

use clap::{ColorChoice, FromArgMatches as _, ValueEnum as _};
pub use guichet::{Moment, Origin};

use crate::args::{Cli, Format};
use crate::commands::{self, Command};
use crate::context::Context;
pub use crate::context::Prompt;
use crate::effect::Effect;
use crate::error::{CliError, Result};
use crate::exit_status::ExitStatus;
use crate::first_words;
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
    /// The account and the machine that the history names.
    pub origin: Origin,
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
    let parsed = parsed(words, surroundings.out.width);
    let (format, color) = match &parsed {
        Ok(cli) => (Some(cli.global.format), Some(cli.global.color)),
        Err(_) => (
            usage::asked_for_json(words).or_else(|| usage::asked_for(words, "--format")),
            usage::asked_for(words, "--color"),
        ),
    };
    let page = |attached: Attached| Page {
        paint: match color {
            Some(ColorChoice::Always) => Paint::Colour,
            Some(ColorChoice::Never) => Paint::Plain,
            Some(ColorChoice::Auto) | None => attached.paint,
        },
        width: attached.width,
    };
    let layout = Layout {
        format: format.unwrap_or(Format::Text),
        out: page(surroundings.out),
        err: page(surroundings.err),
    };
    let mut effect = Effect::Reads;
    let answer = match &parsed {
        Ok(cli) => {
            if !cli.global.dry_run {
                effect = cli.command.effect();
            }
            carried_out(cli, layout, surroundings)
        }
        Err(error) => match first_words::lead(&help::command(), words, error) {
            Some(error) => Err(error),
            None => usage::answer(error).map(Some),
        },
    };
    match answer {
        Ok(Some(report)) => print(&*report, effect, layout, surroundings),
        Ok(None) => ExitStatus::Yes,
        Err(error) => fail(&error, layout, surroundings),
    }
}

/// How a run prints.
#[derive(Clone, Copy)]
struct Layout {
    format: Format,
    out: Page,
    err: Page,
}

/// Runs the command, unless a flag is not for it.
fn carried_out(
    cli: &Cli,
    layout: Layout,
    surroundings: &mut Surroundings<'_>,
) -> Result<Option<Box<dyn Report>>> {
    check_flags(cli)?;
    let is_terminal = surroundings.prompt.is_some() && surroundings.err.width.is_some();
    let questions = Printer::new(&mut *surroundings.stderr, layout.err);
    let mut context = Context {
        questions: Some(questions).filter(|_| is_terminal),
        global: &cli.global,
        current_folder: &surroundings.current_folder,
        stdin: Some(&mut *surroundings.stdin),
        prompt: surroundings.prompt,
        now: surroundings.now,
        origin: &surroundings.origin,
        program: surroundings.program.as_deref(),
    };
    let mut printer = Printer::new(surroundings.stdout, layout.out);
    commands::run(&cli.command, &mut context, &mut printer)
}

/// Turns words into a command; help is laid out for the terminal.
///
/// The parser repeats words that it refuses as they are. So where that would act on a terminal, it is
/// given them again as they can be shown.
fn parsed(words: &[OsString], width: Option<u16>) -> clap::error::Result<Cli> {
    let parse = |words: &[OsString]| {
        let mut command = help::of_width(help::command(), width);
        let mut matches = command.clone().try_get_matches_from(words)?;
        let name = matches.subcommand_name().unwrap_or_default().to_owned();
        let cli = Cli::from_arg_matches_mut(&mut matches);
        let mut cli = cli.map_err(|error| error.format(&mut command))?;
        if cli.global.json {
            cli.global.format = Format::Json;
        }
        Ok(Cli { name, ..cli })
    };
    parse(words).or_else(|error| {
        if let Some(words) = usage::asked_below(words, &error) {
            return parse(&words);
        }
        let shown = |word: &OsString| match visible(&word.to_string_lossy()) {
            Cow::Owned(shown) if word.to_str() != Some(&shown) => OsString::from(shown),
            _ => word.clone(),
        };
        let safe: Vec<OsString> = words.iter().map(shown).collect();
        if safe == words {
            return Err(error);
        }
        Err(parse(&safe).err().unwrap_or_else(|| {
            let message = error.render().to_string();
            let message = message.strip_prefix("error: ").unwrap_or(&message);
            help::command().error(error.kind(), visible(message.trim_end()))
        }))
    })
}

/// Refuses flags that the command would not honour.
fn check_flags(cli: &Cli) -> Result<()> {
    let effect = cli.command.effect();
    let refuse = |flag: &str, help: &str| {
        let message = format!("`{flag}` applies to edits of the directory only");
        Err(CliError::new("usage", message).help(help))
    };
    if cli.global.dry_run && !effect.can_be_tried() {
        return refuse(
            "--dry-run",
            match effect {
                Effect::Records => "Remove `--dry-run`: the ledger of seats has no dry run.",
                _ => "Remove `--dry-run`: this command changes no file.",
            },
        );
    }
    let of_edits = [
        ("--as", cli.global.editor.is_some()),
        ("--ask-above", cli.global.ask_above.is_some()),
        ("--yes", cli.global.yes),
    ];
    let refused = |(_, is_given): &&(&str, bool)| *is_given && !effect.has_an_editor();
    if let Some((flag, _)) = of_edits.iter().find(refused) {
        let help = format!("Remove `{flag}`: this command does not edit the directory.");
        return refuse(flag, &help);
    }
    let is_of_ledger = matches!(cli.command, Command::Session(_) | Command::Seats(_));
    if cli.ledger.is_given() && !is_of_ledger {
        let message = "`--ledger` and `--at` are for `session` and `seats`";
        return Err(CliError::new("usage", message)
            .help("Leave it out: this command does not use the ledger of seats."));
    }
    let format = cli.global.format;
    let is_printed = |format: &Format| format.command().is_none_or(|name| name == cli.name);
    let Some(other) = format.command().filter(|_| !is_printed(&format)) else {
        return Ok(());
    };
    let formats = Format::value_variants().iter().copied();
    let mut words: Vec<String> = formats.filter(is_printed).map(Format::quoted).collect();
    let last = words.pop().unwrap_or_default();
    let message = format!("this command prints {} or {last}", words.join(", "));
    let help = format!("`guichet {other}` prints {}.", format.quoted());
    Err(CliError::new("usage", message).help(help))
}

/// Prints the answer. The status is the answer's, also where nobody reads it to its end.
fn print(
    report: &dyn Report,
    effect: Effect,
    layout: Layout,
    surroundings: &mut Surroundings<'_>,
) -> ExitStatus {
    let mut out = BufWriter::new(&mut *surroundings.stdout);
    let mut printer = Printer::new(&mut out, layout.out);
    let written = match layout.format {
        Format::Json => printer.json(report),
        _ => report.print(&mut printer),
    };
    let flushed = written.and_then(|()| out.flush());
    // What could not be written is not tried again when the buffer goes.
    let _ = out.into_parts();
    match flushed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            let (message, help) = match report.made().done().or(effect.done()) {
                Some((done, help)) => (
                    format!("{done}, but the answer cannot be printed: {error}"),
                    Some(help.to_owned()),
                ),
                None => (format!("cannot print the answer: {error}"), None),
            };
            let error = CliError {
                help,
                ..CliError::new("input-output", message)
            };
            fail(&error, layout, surroundings)
        }
        _ => report.status(),
    }
}

fn fail(error: &CliError, layout: Layout, surroundings: &mut Surroundings<'_>) -> ExitStatus {
    let mut printer = Printer::new(surroundings.stderr, layout.err);
    // Nothing is left to do about an error that cannot be told.
    let _ = match layout.format {
        Format::Json => printer.json(error),
        _ => printer.text(&error.text(layout.err)),
    };
    ExitStatus::Failed
}
