//! The one place that draws randomness: the salts of stored passwords.

use crate::error::{CliError, Result};

/// Returns 16 random bytes from the operating system.
///
/// # Errors
///
/// `input-output` where the system has none to give.
pub(crate) fn salt() -> Result<[u8; 16]> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| {
        let message = format!("the system gives no random bytes: {error}");
        CliError::new("input-output", message)
    })?;
    Ok(bytes)
}
