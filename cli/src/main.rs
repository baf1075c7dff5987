//! The `guichet` program: everything is in the library, so that tests need no process.

use std::process::ExitCode;

fn main() -> ExitCode {
    guichet_cli::main()
}
