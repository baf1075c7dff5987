//! Typed secrets, passwords and keys: from a terminal that does not show them, or from standard input;
//! never from the command line, which other accounts of the machine can read.

use std::io::{BufRead as _, Read as _};

use guichet::core::PasswordCharset;
use guichet::core::{Credential, Password, PasswordAttempt};
use zeroize::Zeroizing;

use crate::context::Context;
use crate::error::{CliError, Result};

/// The most bytes that are read for a password.
const LONGEST: u64 = 1024;

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
    let typed = match from_stdin {
        FromStdin::Yes => first_line(context, Secret::Password)?,
        FromStdin::No => prompted_twice(context, Secret::Password, "New password: ")?,
    };
    let password =
        Password::new(taken(typed), charset).map_err(|error| CliError::from_error(&error))?;
    Credential::bcrypt(&password, salt()?).map_err(|error| CliError::from_error(&error))
}

/// Asks for the password that somebody would type to get in.
///
/// # Errors
///
/// `no-terminal`; what reading says.
pub(crate) fn attempt(context: &mut Context<'_>, from_stdin: FromStdin) -> Result<PasswordAttempt> {
    let typed = match from_stdin {
        FromStdin::Yes => first_line(context, Secret::Password)?,
        FromStdin::No => prompted(context, Secret::Password, "Password: ")?,
    };
    Ok(PasswordAttempt::new(taken(typed)))
}

/// Asks for a key of `scrub`, twice on a terminal.
///
/// # Errors
///
/// `no-terminal`, `passwords-differ`; what reading says.
pub(crate) fn key(context: &mut Context<'_>, from_stdin: FromStdin) -> Result<Zeroizing<String>> {
    match from_stdin {
        FromStdin::Yes => first_line(context, Secret::Key),
        FromStdin::No => prompted_twice(context, Secret::Key, "Key: "),
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
enum Secret {
    Password,
    Key,
}

impl Secret {
    const fn noun(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Key => "key",
        }
    }

    const fn help(self) -> &'static str {
        match self {
            Self::Password => "Give it on standard input, with `--password-stdin`.",
            Self::Key => {
                "Give it on standard input, with `--key-stdin`, or in a file, with `--key-file`."
            }
        }
    }
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

fn prompted_twice(context: &Context<'_>, secret: Secret, words: &str) -> Result<Zeroizing<String>> {
    let typed = prompted(context, secret, words)?;
    if *typed == *prompted(context, secret, "Type it again: ")? {
        return Ok(typed);
    }
    let message = format!("the two {}s are not the same", secret.noun());
    Err(CliError::new("passwords-differ", message).help("Try again."))
}

fn prompted(context: &Context<'_>, secret: Secret, words: &str) -> Result<Zeroizing<String>> {
    let Some(prompt) = context.prompt else {
        let message = format!("there is no terminal to ask for the {} on", secret.noun());
        return Err(CliError::new("no-terminal", message).help(secret.help()));
    };
    match prompt(words) {
        Ok(typed) => Ok(Zeroizing::new(typed)),
        Err(error) => Err(unreadable(secret, &error)),
    }
}

/// Reads the first line of standard input, without its end.
fn first_line(context: &mut Context<'_>, secret: Secret) -> Result<Zeroizing<String>> {
    // As long as it can get, so that it never moves and leaves a copy behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(LONGEST).unwrap_or(1024)));
    context
        .take_stdin()?
        .take(LONGEST)
        .read_until(b'\n', &mut bytes)
        .map_err(|error| unreadable(secret, &error))?;
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| {
        let message = format!("the {} on standard input is not UTF-8", secret.noun());
        CliError::new("not-utf8", message)
    })?;
    Ok(Zeroizing::new(text.to_owned()))
}

fn unreadable(secret: Secret, error: &std::io::Error) -> CliError {
    let message = format!("the {} cannot be read: {error}", secret.noun());
    CliError::new("input-output", message)
}
