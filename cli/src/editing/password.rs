//! Typed secrets, passwords and keys: from a terminal that does not show them, or from standard input;
//! never from the command line, which other accounts of the machine can read.

use std::io::{self, BufRead as _, Read as _};

use guichet::core::{Credential, Password, PasswordAttempt, PasswordCharset};
use zeroize::Zeroizing;

use crate::context::Context;
use crate::error::{CliError, Result};

/// The most bytes that are read for a password.
const LONGEST: usize = 1024;

/// Asks for a new password and makes the stored one of it; it is asked for twice on a terminal.
///
/// # Errors
///
/// `no-terminal`, `passwords-differ`; why it cannot be a password (decision D6); what reading says.
pub(crate) fn new_credential(
    context: &mut Context<'_>,
    charset: PasswordCharset,
    from_stdin: FromStdin,
) -> Result<Credential> {
    let typed = PASSWORD.typed(context, from_stdin, &["New password: ", AGAIN])?;
    let password = Password::new(taken(typed), charset);
    let password = password.map_err(|error| CliError::from_error(&error))?;
    Credential::bcrypt(&password, salt()?).map_err(|error| CliError::from_error(&error))
}

/// Asks for the password that somebody would type to get in.
///
/// # Errors
///
/// `no-terminal`; what reading says.
pub(crate) fn attempt(context: &mut Context<'_>, from_stdin: FromStdin) -> Result<PasswordAttempt> {
    let typed = PASSWORD.typed(context, from_stdin, &["Password: "])?;
    Ok(PasswordAttempt::new(taken(typed)))
}

/// Asks for a key of `scrub`, twice on a terminal.
///
/// # Errors
///
/// `no-terminal`, `passwords-differ`; what reading says.
pub(crate) fn key(context: &mut Context<'_>, from_stdin: FromStdin) -> Result<Zeroizing<String>> {
    KEY.typed(context, from_stdin, &["Key: ", AGAIN])
}

/// Whether a password is read from standard input: `--password-stdin`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FromStdin {
    /// Its first line.
    Yes,
    /// It is asked for on the terminal.
    No,
}

impl From<bool> for FromStdin {
    fn from(flag: bool) -> Self {
        if flag { Self::Yes } else { Self::No }
    }
}

/// Returns 16 random bytes from the operating system: the one place that draws randomness.
fn salt() -> Result<[u8; 16]> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| {
        let message = format!("the system gives no random bytes: {error}");
        CliError::new("input-output", message)
    })?;
    Ok(bytes)
}

/// Hands the text over to a type that wipes it too.
fn taken(mut text: Zeroizing<String>) -> String {
    std::mem::take(&mut *text)
}

/// What is asked for.
struct Secret {
    noun: &'static str,
    /// What to do where there is no terminal.
    help: &'static str,
}

const PASSWORD: Secret = Secret {
    noun: "password",
    help: "Give it on standard input, with `--password-stdin`.",
};
const KEY: Secret = Secret {
    noun: "key",
    help: "Give it on standard input, with `--key-stdin`, or in a file, with `--key-file`.",
};
const AGAIN: &str = "Type it again: ";

impl Secret {
    /// Reads it from standard input, or asks for it with each of these words: it must be the same.
    fn typed(
        &self,
        context: &mut Context<'_>,
        from_stdin: FromStdin,
        prompts: &[&str],
    ) -> Result<Zeroizing<String>> {
        if from_stdin == FromStdin::Yes {
            return self.first_line(context);
        }
        let noun = self.noun;
        let Some(prompt) = context.prompt else {
            let message = format!("there is no terminal to ask for the {noun} on");
            return Err(CliError::new("no-terminal", message).help(self.help));
        };
        let ask = |words: &&str| prompt(words).map(Zeroizing::new);
        let typed: io::Result<Vec<_>> = prompts.iter().map(ask).collect();
        let mut typed = typed.map_err(|error| self.unreadable(&error))?;
        if typed.windows(2).any(|pair| pair.first() != pair.last()) {
            let message = format!("the two {noun}s are not the same");
            return Err(CliError::new("passwords-differ", message).help("Try again."));
        }
        Ok(typed.pop().unwrap_or_default())
    }

    /// Reads the first line of standard input, without its end.
    fn first_line(&self, context: &mut Context<'_>) -> Result<Zeroizing<String>> {
        // As long as it can get, so that it never moves and leaves a copy behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST));
        let mut input = context.take_stdin()?.take(LONGEST as u64);
        let read = input.read_until(b'\n', &mut bytes);
        read.map_err(|error| self.unreadable(&error))?;
        let line = bytes.strip_suffix(b"\n");
        let line = line.map_or(&**bytes, |line| line.strip_suffix(b"\r").unwrap_or(line));
        let text = std::str::from_utf8(line).map_err(|_| {
            let message = format!("the {} on standard input is not UTF-8", self.noun);
            CliError::new("not-utf8", message)
        })?;
        Ok(Zeroizing::new(text.to_owned()))
    }

    fn unreadable(&self, error: &io::Error) -> CliError {
        let message = format!("the {} cannot be read: {error}", self.noun);
        CliError::new("input-output", message)
    }
}
