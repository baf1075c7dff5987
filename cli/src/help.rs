//! Help: the commands in groups, the options of every command, and pieces that commands share.
//!
//! The parser breaks lines where the terminal ends, but does not know that a remark belongs to its
//! command; so a remark has a line of its own, further in.

use std::fmt::Write as _;

use clap::builder::{StyledStr, Styles};
use clap::{Args as _, Command, CommandFactory as _};
use guichet::core::suggest::{did_you_mean, nearest};
use serde::{Serialize, Serializer};

use crate::args::{Cli, GlobalArgs};
use crate::commands::GROUPS;
use crate::error::{CliError, Result};
use crate::first_words;
use crate::output::{Page, Report, Text};

/// The most columns that help takes.
const WIDEST: usize = 100;

/// The arguments of `help`.
#[derive(Debug, clap::Args)]
#[command(after_help = examples!("guichet help users add", "guichet help options"))]
pub(crate) struct Args {
    /// The command, or `options` [default: list all commands]
    #[arg(value_name = "COMMAND")]
    words: Vec<String>,
}

/// Runs `help`.
pub(crate) fn run(args: &Args) -> Result<Box<dyn Report>> {
    if args.words != ["options"] {
        find(command(), &args.words)?;
    }
    Ok(Box::new(Help(args.words.clone())))
}

/// The page of help of a command, or of `options`.
#[derive(Debug)]
struct Help(Vec<String>);

impl Help {
    fn render(&self, width: Option<u16>) -> StyledStr {
        if self.0 == ["options"] {
            return of_width(options(), width).render_help();
        }
        // As the parser answers the flag.
        let words = self.0.iter().map(String::as_str);
        let words = ["guichet"].into_iter().chain(words).chain(["--help"]);
        let answer = of_width(command(), width).try_get_matches_from(words);
        let help = answer.err().map(|help| help.render());
        help.unwrap_or_default()
    }
}

impl Serialize for Help {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.render(None))
    }
}

impl Report for Help {
    fn text(&self, page: Page) -> Text {
        Text::of_parser(&self.render(page.width))
    }
}

/// Returns the definition of the command line, with its help laid out.
pub(crate) fn command() -> Command {
    let program = first_words::added_to(Cli::command()).mut_subcommands(with_pointer);
    let overview = overview(&program);
    // The options of every command would take most of every page.
    let program = program.mut_args(|option| option.hide(true));
    program.max_term_width(WIDEST).help_template(overview)
}

/// Returns a command whose help fits a terminal of so many columns.
pub(crate) fn of_width(command: Command, width: Option<u16>) -> Command {
    match width {
        Some(width) => command.term_width(WIDEST.min(width.into())),
        None => command,
    }
}

/// Finds a command of the program by its words, with all that it takes over from those above it.
///
/// # Errors
///
/// `unknown-command`, with a suggestion.
pub(crate) fn find(mut program: Command, words: &[String]) -> Result<Command> {
    program.build();
    let mut command = &program;
    for word in words {
        command = command.find_subcommand(word).ok_or_else(|| {
            let known = command.get_subcommands().map(Command::get_name);
            let message = format!("`{}` has no command `{word}`", command.get_name());
            let near = did_you_mean(&nearest(word, known));
            let help = near.unwrap_or_else(|| "`guichet help` lists the commands.".to_owned());
            CliError::new("unknown-command", message).help(help)
        })?;
    }
    Ok(command.clone())
}

/// Points at the options of every command in the help of each.
fn with_pointer(command: Command) -> Command {
    let mut after = "`guichet help options` lists the options of every command.".to_owned();
    if let Some(examples) = command.get_after_help() {
        after = format!("{after}\n\n{examples}");
    }
    command.after_help(after).mut_subcommands(with_pointer)
}

/// Lays out the help of the program: its commands in groups, each in a line.
fn overview(program: &Command) -> StyledStr {
    let styles = Styles::styled();
    let (heading, literal) = (styles.get_header(), styles.get_literal());
    let mut text = "{about}\n\n{usage-heading} {usage}\n\n".to_owned();
    let commands = program.get_subcommands().map(|command| {
        let about = command.get_about().map(ToString::to_string);
        (command.get_name(), about.unwrap_or_default())
    });
    for (name, about) in commands.filter(|(name, _)| *name != "help") {
        let group = GROUPS.iter().find(|(_, first)| *first == name);
        let group = group.map_or("", |(group, _)| group);
        let gap = 8 - group.len();
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{heading}{group}{heading:#}{:gap$}{literal}{name:<11}{literal:#}  {about}",
            "",
        );
    }
    text.push_str(
        "\nguichet help COMMAND   what a command takes, with examples\n\
         guichet help options   the options of every command, and the exit status",
    );
    text.into()
}

/// Makes a page of the options of every command.
fn options() -> Command {
    let page = GlobalArgs::augment_args(Command::new("options"));
    let page = page.about("Options of every command, before or after its name");
    let page = page.max_term_width(WIDEST).disable_help_flag(true);
    page.help_template(concat!(
        "{about}\n\n{all-args}\n",
        "  -h, --help              Print the help of the command\n",
        "  -V, --version           Print the version, without a command\n\n",
        "Exit status: 0 yes or done; 1 no; 2 wrong request or failure",
    ))
}

/// Puts command lines under the heading `Examples:`, each with its remark where it has one.
macro_rules! examples {
    ($($line:literal $(=> $remark:literal)?),+ $(,)?) => {
        concat!("Examples:", $("\n  ", $line $(, "\n      ", $remark)?),+)
    };
}

/// Says what an ACCESS is, then puts command lines under the heading `Examples:`.
macro_rules! access_and_examples {
    ($($line:literal $(=> $remark:literal)?),+ $(,)?) => {
        concat!(
            "An ACCESS is one of:\n",
            "  design, runtime-explorer, http, rest, administration\n",
            "  sql[:SCHEMA[:read|write|all]]\n",
            "      DEFAULT_SCHEMA and read when left out\n",
            "  plugin:KEY\n",
            "      write, 808464697, '4D Write license', or a name\n",
            "      from guichet.toml\n",
            "  group:NAME\n",
            "      membership itself, direct or through nested groups\n",
            "\n",
            $crate::help::examples!($($line $(=> $remark)?),+)
        )
    };
}

pub(crate) use {access_and_examples, examples};
