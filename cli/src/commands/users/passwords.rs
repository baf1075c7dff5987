//! `users passwd`: a password is asked for, hashed and stored; it is never an argument.

use guichet::core::Change;

use crate::context::Context;
use crate::editing::{edit, password};
use crate::error::Result;
use crate::output::Report;

/// The arguments of `users passwd`.
#[derive(Debug, clap::Args)]
pub(crate) struct PasswdArgs {
    /// The user, by name or as `#3`
    user: String,
    /// Read the password from standard input: its first line
    #[arg(long, conflicts_with = "remove")]
    password_stdin: bool,
    /// Remove the password; without one of the Designer, access control is off
    #[arg(long)]
    remove: bool,
}

/// Runs `users passwd`.
pub(super) fn passwd(args: &PasswdArgs, context: &mut Context<'_>) -> Result<Box<dyn Report>> {
    let credential = if args.remove {
        None
    } else {
        // Asked for and hashed before the lock is taken: somebody may type for minutes.
        let loaded = context.load()?;
        loaded.user(&args.user)?;
        let charset = loaded.policy().options().password_charset;
        let from_stdin = args.password_stdin.into();
        let credential = password::new_credential(context, charset, from_stdin)?;
        Some(credential)
    };
    edit(context, |names| {
        let user = names.user_name(&args.user)?;
        let credential = credential.clone();
        Ok(Change::SetPassword { user, credential })
    })
}
