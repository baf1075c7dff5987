//! Typed passwords: from a terminal that does not show them, or from standard input; never from the
//! command line, which other accounts of the machine can read.

use std::io::{BufRead as _, Read as _};

use guichet_core::options::PasswordCharset;
use guichet_core::{Credential, Password, PasswordAttempt};
use zeroize::Zeroizing;

use super::salt::salt;
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
        FromStdin::Yes => first_line(context)?,
        FromStdin::No => {
            let typed = prompted(context, "New password: ")?;
            if *typed != *prompted(context, "The same again: ")? {
                let message = "the two passwords are not the same";
                return Err(CliError::new("passwords-differ", message).help("Try again."));
            }
            typed
        }
    };
    let password =
        Password::new(taken(typed), charset).map_err(|error| CliError::from_diagnostic(&error))?;
    Credential::bcrypt(&password, salt()?).map_err(|error| CliError::from_diagnostic(&error))
}

/// Asks for the password that somebody would type to get in.
///
/// # Errors
///
/// `no-terminal`; what reading says.
pub(crate) fn attempt(context: &mut Context<'_>, from_stdin: FromStdin) -> Result<PasswordAttempt> {
    let typed = match from_stdin {
        FromStdin::Yes => first_line(context)?,
        FromStdin::No => prompted(context, "Password: ")?,
    };
    Ok(PasswordAttempt::new(taken(typed)))
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

/// Hands the text over to a type that wipes it too.
fn taken(mut text: Zeroizing<String>) -> String {
    std::mem::take(&mut *text)
}

fn prompted(context: &Context<'_>, words: &str) -> Result<Zeroizing<String>> {
    let Some(prompt) = context.prompt() else {
        let message = "there is no terminal to ask for the password on";
        return Err(CliError::new("no-terminal", message)
            .help("Give it on standard input, with `--password-stdin`."));
    };
    match prompt(words) {
        Ok(typed) => Ok(Zeroizing::new(typed)),
        Err(error) => Err(unreadable(&error)),
    }
}

/// Reads the first line of standard input, without its end.
fn first_line(context: &mut Context<'_>) -> Result<Zeroizing<String>> {
    // As long as it can get, so that it never moves and leaves a copy behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(LONGEST).unwrap_or(1024)));
    context
        .take_stdin()?
        .take(LONGEST)
        .read_until(b'\n', &mut bytes)
        .map_err(|error| unreadable(&error))?;
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
    }
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| CliError::new("not-utf8", "the password on standard input is not UTF-8"))?;
    Ok(Zeroizing::new(text.to_owned()))
}

fn unreadable(error: &std::io::Error) -> CliError {
    CliError::new(
        "input-output",
        format!("the password cannot be read: {error}"),
    )
}
