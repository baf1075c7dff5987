//! First words of people: other words for commands, and words that are no command but lead to some.

use std::ffi::OsString;

use clap::Command;
use clap::error::{ContextKind, ContextValue};
use guichet::core::suggest::did_you_mean;

use crate::error::CliError;

const TABLE: &str = include_str!("first_words.txt");

/// Lets a program take other words for its commands too; help does not show them.
pub(crate) fn added_to(program: Command) -> Command {
    program.mut_subcommands(|command| with_other_words(command, ""))
}

fn with_other_words(command: Command, above: &str) -> Command {
    let meant = format!("{above}{}", command.get_name());
    let table = TABLE.lines().filter_map(|line| line.split_once(" = "));
    let words = table.filter(|(_, command)| *command == meant);
    let words = words.filter_map(|(typed, _)| typed.rsplit(' ').next());
    let above = format!("{meant} ");
    command
        .aliases(words)
        .mut_subcommands(|nested| with_other_words(nested, &above))
}

/// Returns what to say where the parser refused a word that leads to commands.
pub(crate) fn lead(program: &Command, words: &[OsString], error: &clap::Error) -> Option<CliError> {
    let Some(ContextValue::String(refused)) = error.get(ContextKind::InvalidSubcommand) else {
        return None;
    };
    let before = words.iter().take_while(|word| *word != refused.as_str());
    let above = before
        .skip(1)
        .find_map(|word| program.find_subcommand(word));
    let above = above.map_or_else(String::new, |command| format!("{} ", command.get_name()));
    let typed = format!("{above}{refused}");
    let mut leads = TABLE.lines().filter_map(|line| line.split_once(" ? "));
    let (_, commands) = leads.find(|(word, _)| *word == typed)?;
    let commands = commands
        .split(", ")
        .map(|command| format!("guichet {command}"));
    let help = did_you_mean(&commands.collect::<Vec<_>>());
    let message = format!("`guichet {typed}` is not a command");
    Some(CliError::new("unknown-command", message).help(help.unwrap_or_default()))
}
